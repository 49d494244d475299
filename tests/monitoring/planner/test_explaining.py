"""Plans that cannot exist are explained; alternatives lie beside the plan."""

from __future__ import annotations

from hypothesis import given, settings

from koopkracht.monitoring.planner import explain
from koopkracht.monitoring.planner.problem import Dossier, Lock, Scarce, Target, Unit, make
from koopkracht.monitoring.planner.solve import Status, elastic, is_feasible, most, solve
from tests.monitoring.planner.problems import brute, euros, market, problems, staff, way


def lot(number: int, value: int, hours: int = 10, **fields) -> Dossier:
    """Return a dossier with one way, that needs the market and the staff."""
    package = way("lot", hours, gains={"spend": value}, uses={"staff:1": hours, "market:SCH-01": value})
    return Dossier(f"{number}", f"Dossier {number}", 1, (package,), **fields)


def test_a_target_beyond_the_market_names_the_market() -> None:
    problem = make([lot(1, 9_500_000), lot(2, 9_500_000)], [euros(14_000_000)], [market(9_600_000), staff(500)])
    found = explain.plan(problem)["infeasible"]
    assert found["reasons"][0]["sentence"] == (
        "“Sociale economie” vraagt 140.000 euro. Wat er gepland is, kan hoogstens 95.000 euro opleveren, omdat de "
        "sociale economie voor Schoonmaak nog 96.000 euro aankan."
    )
    assert found["reasons"][0]["conflict"] == ["resource:market:SCH-01", "target:spend"]
    assert found["extra"] == {"market:SCH-01": 9_400_000, "staff:1": 0}
    assert found["remedy"] == "Het lukt wel met 94.000 euro meer in de markt voor Schoonmaak."
    assert found["missing"] == ["“Sociale economie”: er ontbreekt nog 45.000 euro van 140.000 euro."]


def test_a_target_beyond_the_hours_names_the_quarter() -> None:
    problem = make([lot(1, 100), lot(2, 100)], [euros(200)], [market(10_000), staff(19)])
    found = explain.plan(problem)["infeasible"]
    assert "uw medewerkers in kwartaal 1 19 uur hebben" in found["reasons"][0]["sentence"]
    assert found["remedy"] == "Het lukt wel met 1 uur meer in kwartaal 1."


def test_a_target_beyond_all_dossiers_says_that_more_hours_do_not_help() -> None:
    found = explain.plan(make([lot(1, 100)], [euros(101)], [market(10_000), staff(19)]))["infeasible"]
    assert found["reasons"][0]["conflict"] == ["target:spend"]
    assert "omdat er niet meer dossiers zijn" in found["reasons"][0]["sentence"]
    assert found["extra"] is None
    assert found["remedy"].startswith("Ook met meer uren")


def test_what_people_locked_out_is_named() -> None:
    problem = make([lot(1, 100), lot(2, 100, lock=Lock.OUT)], [euros(150)], [market(10_000), staff(100)])
    reason = explain.plan(problem)["infeasible"]["reasons"][0]
    assert reason["conflict"] == ["locks", "target:spend"]
    assert "u dossiers vastzette of uitsloot" in reason["sentence"]


def test_targets_that_are_within_reach_one_by_one_are_named_together() -> None:
    ways = (way("a", gains={"spend": 5}, uses={"staff:1": 10}), way("b", gains={"work": 1}, uses={"staff:1": 10}))
    targets = [euros(5), Target("work", "Sociale clausules", Unit.COUNT, 1)]
    problem = make([Dossier("1", "Poetsen", 1, ways)], targets, [staff(10)])
    (reason,) = explain.plan(problem)["infeasible"]["reasons"]
    assert reason["conflict"] == ["target:spend", "target:work"]
    assert reason["sentence"].startswith("Apart zijn ze haalbaar, maar “Sociale economie” en “Sociale clausules”")


def test_the_reach_of_one_target_is_a_ceiling() -> None:
    problem = make([lot(1, 7_000), lot(2, 5_000), lot(3, 4_000)], [euros(1)], [market(9_999), staff(100)])
    assert most(problem, "spend") == 9_000


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_conflict_clashes_and_none_of_it_can_be_missed(problem) -> None:
    if brute(problem) is not None:
        return
    clash = explain.conflict(problem)
    every = {"locks", *(f"resource:{one.code}" for one in problem.resources)}
    every |= {f"target:{one.code}" for one in problem.targets}
    rest = frozenset(every - set(clash))
    relaxed = not is_feasible(problem, relaxed=True)
    assert not is_feasible(problem, dropped=rest, relaxed=relaxed)
    for name in clash:
        assert is_feasible(problem, dropped=rest | {name}, relaxed=relaxed)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_what_is_asked_extra_is_enough(problem) -> None:
    wider = elastic(problem, targets=False, resources=True)
    if wider is None or brute(problem) is not None:
        return
    larger = [
        type(one)(one.code, one.label, one.unit, one.kind, one.limit + wider.extra[one.code])
        for one in problem.resources
    ]
    assert solve(make(problem.dossiers, problem.targets, larger)).status is Status.OPTIMAL


def test_alternatives_lie_beside_the_plan() -> None:
    ways = (
        way("fast", 10, 6, gains={"spend": 100}, uses={"staff:1": 10}),
        way("safe", 30, 1, gains={"spend": 100}, uses={"staff:1": 30}),
    )
    dossiers = [Dossier("1", "Poetsen", 1, ways), lot(2, 100, 90)]
    found = explain.plan(make(dossiers, [euros(100)], [market(100), staff(100)]))
    beside = {one["code"]: one for one in found["variants"]}
    assert found["base"]["choice"] == {"1": "safe"}
    assert beside["cheapest"]["choice"] == {"1": "fast"}
    assert beside["cheapest"]["changed"] == ["1"]
    assert beside["safest"]["choice"] == {"1": "safe"}
    assert beside["without:1"]["choice"] == {"2": "lot"}
    assert (beside["without:1"]["added"], beside["without:1"]["dropped"]) == (["2"], ["1"])
    assert beside["half-staff"]["choice"] == {"1": "safe"}


def test_an_alternative_that_cannot_be_says_what_is_missing() -> None:
    found = explain.plan(make([lot(1, 10_000)], [euros(10_000)], [market(10_000), staff(10)]))
    half = next(one for one in found["variants"] if one["code"] == "half-market")
    assert half["status"] == "infeasible"
    assert half["why"] == "“Sociale economie”: er ontbreekt nog 100 euro van 100 euro."


def test_what_binds_is_what_another_step_no_longer_fits_in() -> None:
    problem = make([lot(1, 100), lot(2, 100)], [euros(100)], [market(150), staff(100)])
    assert explain.binding(problem, {"1": "lot"}) == ["market:SCH-01"]
    assert problem.with_limits(Scarce.MARKET, 2000).resources[0].limit == 300
