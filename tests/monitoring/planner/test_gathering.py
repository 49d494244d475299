"""A plan is made from what the organisation stored: purchases, targets, market and law, each with its origin."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from importlib.resources import files

import jsonschema
import pytest
import yaml

from koopkracht.catalogue import api as catalogue
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import Direction, Frequency, IndicatorKind, MeasurementInput, Source
from koopkracht.monitoring.planner import api, content
from koopkracht.monitoring.planner.legal import Lawyer, Open, Purchase
from koopkracht.monitoring.planner.types import Lock, PlanState
from koopkracht.rules import api as rules
from koopkracht.shared.periods import Period
from tests.accounts.factories import actor as make_actor
from tests.monitoring.planner.town import YEAR, planned, purchase, put_indicator, put_market, put_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor()


def test_the_content_fits_its_schema_and_names_only_what_exists() -> None:
    folder = files("koopkracht.content") / "menus"
    schema = yaml.safe_load((folder / "schema.yaml").read_text(encoding="utf-8"))
    plain = json.loads(
        json.dumps(yaml.safe_load((folder / "instruments.yaml").read_text(encoding="utf-8")), default=str)
    )
    jsonschema.validate(plain, schema, format_checker=jsonschema.FormatChecker())
    aims = {one["code"] for one in plain["aims"]}
    codes = {one["code"] for one in plain["instruments"]}
    known = {card.code for family in rules.families() for card in family.rules}
    for one in plain["instruments"]:
        assert {gift["aim"] for gift in one["gives"]} <= aims
        assert set(one["rules"]) <= known, one["code"]
        assert set(one["intended"]) <= set(rules.fact_specs()), one["code"]
    assert all(set(combination) <= codes for combination in plain["combinations"])
    assert {one["code"] for one in plain["settings"]} == {"staff-hours", "free-share", "euro-per-hour"}


def opening(code: str, *, value: str, months: int, group: str = "SCH-01", suitable: int = 3, day=dt.date(YEAR, 3, 1)):
    asked = Purchase(catalogue.product_group(code=group), Decimal(value), months, day, suitable)
    return Lawyer(enterprises=3).opening(content.menu().instrument(code), asked)


@pytest.mark.parametrize(
    ("value", "months", "state"),
    [
        ("85000.00", 7, Open.CLOSED),
        ("85000.01", 6, Open.CLOSED),
        ("85000.01", 7, Open.OPEN),
    ],
)
def test_the_menu_of_actions_is_for_strictly_more_than_85000_euro_and_6_months(value, months, state) -> None:
    assert opening("menu", value=value, months=months).state is state


def test_a_reservation_with_too_few_enterprises_is_a_doubt_and_never_silent() -> None:
    assert opening("reserved", value="100000", months=12).state is Open.OPEN
    doubt = opening("reserved", value="100000", months=12, suitable=2)
    assert doubt.state is Open.DOUBT
    assert [one.rule for one in doubt.findings if one.outcome is Open.DOUBT] == ["BE-RES-08"]


def test_an_instrument_that_does_not_fit_the_kind_of_purchase_is_closed_without_asking_the_law() -> None:
    closed = opening("clause", value="100000", months=12, group="TEX-01")
    assert closed.state is Open.CLOSED
    assert [one.rule for one in closed.findings] == [""]


def test_a_day_before_the_law_is_a_doubt() -> None:
    found = opening("clause", value="100000", months=12, day=dt.date(2017, 1, 1))
    assert found.state is Open.DOUBT


def test_the_law_is_asked_once_for_the_same_facts() -> None:
    lawyer = Lawyer(enterprises=3)
    group, menu = catalogue.product_group(code="SCH-01"), content.menu()
    asked = []
    for month in range(1, 13):
        for one in menu.instruments:
            lawyer.opening(one, Purchase(group, Decimal(100_000), 12, dt.date(YEAR, month, 1), 3))
        asked.append(lawyer.asked)
    assert asked[-1] == asked[0], "another day in the same period of law asks nothing new"


def test_only_the_part_of_the_year_counts(actor) -> None:
    put_plan(actor, purchase("Poetsen", amount=480_000, duration_months=48, start=dt.date(YEAR, 7, 1)))
    plan = planned(actor, own={"social-value": 1})
    (line,) = plan.inputs["dossiers"].values()
    assert line["year_cents"] == 60_000_00
    assert line["quarter"] == 3


def test_hours_fall_in_the_quarter_of_the_start_and_follow_up_after_it(actor) -> None:
    put_plan(actor, purchase("Poetsen", start=dt.date(YEAR, 4, 1), duration_months=6))
    plan = planned(actor, own={"target-hours": 1})
    (_key, _title, _quarter, _lock, packages) = plan.inputs["problem"]["dossiers"][0]
    clause = next(one for one in packages if one[0] == "clause")
    assert clause[5] == {"staff:2": 14, "staff:3": 6}
    assert clause[2] == 20


def test_a_share_asks_what_is_still_missing_and_says_where_it_comes_from(actor) -> None:
    put_plan(actor, purchase("Poetsen", amount=400_000))
    put_market(actor)
    key = put_indicator(actor)
    plan = planned(actor, indicators={key: "social-spend"})
    assert plan.inputs["problem"]["targets"] == [[f"i{key}", "Aandeel sociale economie", "cents", 120_000_00]]
    origin = plan.inputs["targets"][f"i{key}"]
    assert ["Gevraagd", "200.000 euro"] in origin["lines"]
    assert ["Loopt al", "80.000 euro"] in origin["lines"]
    assert origin["id"] == key
    assert plan.state is PlanState.SOLVED
    assert list(plan.result["base"]["choice"].values()) == ["reserved"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"measured": None}, "nog geen meting"),
        ({"direction": Direction.LOWER}, "lager beter"),
        ({"frequency": Frequency.QUARTER, "measured": None}, "niet per jaar"),
        ({"kind": IndicatorKind.COUNT, "unit": "stuks", "target": "5", "measured": "1"}, "telt iets anders"),
    ],
)
def test_a_target_that_cannot_be_used_is_named_with_the_reason(actor, fields, why) -> None:
    put_plan(actor, purchase("Poetsen"))
    key = put_indicator(actor, **fields)
    plan = planned(actor, indicators={key: "social-spend"}, own={"social-contracts": 1})
    (unused,) = plan.inputs["unused_targets"]
    assert why in unused["why"]
    assert unused["fix"]


def test_an_indicator_that_the_platform_computes_is_recognised(actor) -> None:
    key = put_indicator(actor)
    (option,) = api.target_options(organisation_id=actor.organisation_id, year=YEAR)
    assert (option.indicator_id, option.asked, option.problem, option.unit) == (key, "10 %", "", "cents")


def test_purchases_without_amount_start_or_group_are_left_out_with_what_to_do(actor) -> None:
    put_plan(
        actor,
        purchase("Goed"),
        purchase("Zonder raming", amount=None),
        purchase("Zonder start", start=None),
        purchase("Zonder groep", group=""),
        purchase("Ander jaar", start=dt.date(YEAR + 1, 1, 1)),
    )
    plan = planned(actor)
    assert {one["what"]: one["why"] for one in plan.inputs["left_out"]} == {
        "Zonder raming": "Er staat geen raming.",
        "Zonder start": "Er staat geen startdatum.",
        "Zonder groep": "Er staat geen productgroep.",
    }
    assert all(one["fix"] for one in plan.inputs["left_out"])
    assert plan.inputs["other_years"] == 1


def test_the_market_is_counted_from_the_directory_and_never_exceeded(actor) -> None:
    put_plan(actor, purchase("Poetsen", amount=3_000_000), purchase("Ramen", amount=500_000))
    put_market(actor, 3, capacity=20)  # 60 people x 1,400 hours x 32 euro x 20 % = 537,600 euro
    plan = planned(actor, own={"social-spend": 500_000_00})
    ((_code, label, unit, kind, limit),) = [one for one in plan.inputs["problem"]["resources"] if one[3] == "market"]
    assert (label, unit, kind, limit) == (catalogue.product_group(code="SCH-01").name, "cents", "market", 537_600_00)
    assert plan.state is PlanState.SOLVED
    assert plan.result["base"]["uses"]["market:SCH-01"] <= limit
    assert planned(actor, own={"social-spend": 538_000_00}).state is PlanState.IMPOSSIBLE
    assert planned(actor, own={"social-spend": 538_000_00}, market=2000).state is PlanState.SOLVED


def test_unknown_capacity_is_a_doubt_without_a_limit(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    put_market(actor, 3, capacity=None)
    careful, bold = (
        planned(actor, own={"social-spend": 100}),
        planned(actor, own={"social-spend": 100}, allow_doubt=True),
    )
    assert careful.state is PlanState.IMPOSSIBLE
    assert bold.state is PlanState.SOLVED
    assert bold.inputs["market"] == {}
    key = next(iter(bold.result["base"]["choice"]))
    package = bold.result["base"]["choice"][key]
    ways = {one[0]: one for one in bold.inputs["problem"]["dossiers"][0][4]}
    assert ways[package][6] is True, "the plan says that this has to be looked at first"


def test_a_group_without_social_enterprises_has_no_reservation(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    plan = planned(actor, allow_doubt=True)
    (line,) = plan.inputs["dossiers"].values()
    states = {one["code"]: one["state"] for one in line["instruments"]}
    assert (states["reserved"], states["lot"], states["subcontract"]) == ("closed", "closed", "closed")
    assert states["clause"] == "open"


def test_people_lock_dossiers_in_and_out_and_hear_when_that_cannot_be(actor) -> None:
    keys = put_plan(actor, purchase("Poetsen"), purchase("Ramen", "SCH-02"), purchase("Software", "ICT-01", amount=1))
    locks = {keys["Poetsen"]: Lock.OUT, keys["Ramen"]: Lock.IN, keys["Software"]: Lock.OUT}
    plan = planned(actor, locks=locks)
    assert list(plan.result["base"]["choice"]) == [str(keys["Ramen"])]


def test_the_release_of_the_law_and_the_version_of_the_content_are_kept(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    plan = planned(actor)
    assert plan.inputs["law_release"] == rules.current_release().number
    assert plan.inputs["content"] == content.menu().version
    assert plan.solver.startswith("HiGHS ")


def test_an_own_number_changes_the_plan_and_ours_comes_back(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    api.set_assumption(actor=actor, code="clause.prepare", value=99, reason="tijdregistratie 2026")
    assert planned(actor).inputs["instruments"]["clause"]["prepare"] == 99
    shown = {one.code: one for one in api.assumptions(organisation_id=actor.organisation_id)}["clause.prepare"]
    assert (shown.value, shown.default, shown.reason, shown.is_own) == (99, 14, "tijdregistratie 2026", True)
    api.set_assumption(actor=actor, code="clause.prepare", value=None)
    assert api.menu(organisation_id=actor.organisation_id).instrument("clause").prepare == 14


def test_the_same_data_give_the_same_stored_plan_to_the_byte(actor) -> None:
    put_plan(actor, *(purchase(f"Dossier {number}", amount=50_000 * number) for number in range(1, 9)))
    put_market(actor)
    first, second = (planned(actor, own={"social-spend": 300_000_00, "target-hours": 900}) for _ in range(2))
    assert json.dumps(first.result) == json.dumps(second.result)
    assert json.dumps(first.inputs) == json.dumps(second.inputs)


def test_many_dossiers_need_few_queries(actor, django_assert_max_num_queries) -> None:
    menu = content.menu()
    put_plan(
        actor,
        *(
            purchase(f"D{number}", amount=60_000 + number * 13, start=dt.date(YEAR, number % 12 + 1, 1))
            for number in range(60)
        ),
    )
    from koopkracht.monitoring.planner.gather import gather
    from tests.monitoring.planner.town import request

    # Per distinct question about the law one read of its release; menu and weighting look at the amount.
    with django_assert_max_num_queries(200):
        found = gather(organisation_id=actor.organisation_id, request=request(), menu=menu, on=dt.date(2026, 11, 27))
    assert len(found.problem.dossiers) == 60


def gains_of(plan, title: str) -> dict[str, dict[str, int]]:
    """Return per package what it gives, for the purchase with this title."""
    dossiers = plan.inputs["problem"]["dossiers"]
    return next({one[0]: one[4] for one in packages} for _key, name, _q, _lock, packages in dossiers if name == title)


def test_only_contracts_within_the_scope_count_for_subcontracting_of_large_contracts(actor) -> None:
    long = {"duration_months": 48}
    put_plan(
        actor,
        purchase("Groot en lang", amount=450_001, **long),
        purchase("Precies de waarde", amount=450_000, **long),
        purchase("Te kort", amount=900_000, duration_months=47),
    )
    put_market(actor)
    computed = {"source": Source.COMPUTED, "measure": "subcontracting-share"}
    key = put_indicator(actor, **computed)
    supplies = put_indicator(actor, name="Alleen leveringen", parameters={"natures": ["supplies"]}, **computed)
    plan = planned(actor, indicators={key: "subcontract-spend", supplies: "subcontract-spend"}, allow_doubt=True)
    assert f"i{key}" in gains_of(plan, "Groot en lang")["subcontract"]
    for title in ("Groot en lang", "Precies de waarde", "Te kort"):
        assert f"i{supplies}" not in gains_of(plan, title)["subcontract"]
    assert f"i{key}" not in gains_of(plan, "Precies de waarde")["subcontract"]
    assert f"i{key}" not in gains_of(plan, "Te kort")["subcontract"]


def test_a_purchase_counts_for_the_groups_and_segments_of_a_target_only(actor) -> None:
    put_plan(actor, purchase("Poetsen"), purchase("Ramen", "SCH-02"))
    one = put_indicator(actor, parameters={"product_groups": ["SCH-01"]})
    segment = put_indicator(actor, name="Schoonmaak", parameters={"product_groups": ["SCH"]})
    plan = planned(actor, indicators={one: "social-value", segment: "social-value"})
    assert set(gains_of(plan, "Poetsen")["clause"]) == {f"i{one}", f"i{segment}"}
    assert set(gains_of(plan, "Ramen")["clause"]) == {f"i{segment}"}


def test_a_computed_share_over_something_else_than_social_euro_is_not_planned_towards(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    key = put_indicator(actor, source=Source.COMPUTED, measure="sustainable-lots")
    (option,) = api.target_options(organisation_id=actor.organisation_id, year=YEAR)
    assert "geen instrument" in option.problem
    plan = planned(actor, indicators={key: "social-spend"}, own={"social-contracts": 1})
    (unused,) = plan.inputs["unused_targets"]
    assert "geen instrument" in unused["why"]


def test_contracts_of_an_earlier_year_do_not_start_again(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    key = put_indicator(actor, kind=IndicatorKind.COUNT, unit="opdrachten", target="3", measured="2")
    plan = planned(actor, indicators={key: "social-contracts"})
    assert plan.inputs["problem"]["targets"] == [[f"i{key}", "Aandeel sociale economie", "count", 3]]
    assert ["Loopt al", "0 opdrachten"] in plan.inputs["targets"][f"i{key}"]["lines"]


def test_a_share_is_never_taken_of_the_total_of_another_year(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    key = put_indicator(actor)
    newest = MeasurementInput(Period.calendar_year(YEAR - 1), Decimal("0.05"), source="schatting")
    indicators.measure(actor=actor, indicator_id=key, measurement=newest)
    plan = planned(actor, indicators={key: "social-spend"}, own={"social-contracts": 1})
    (unused,) = plan.inputs["unused_targets"]
    assert "over welk totaal" in unused["why"]


def test_an_indicator_that_is_no_longer_active_is_named(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    key = put_indicator(actor)
    indicators.close(actor=actor, indicator_id=key, reason="Vervangen")
    plan = planned(actor, indicators={key: "social-spend"}, own={"social-contracts": 1})
    (unused,) = plan.inputs["unused_targets"]
    assert "niet (meer) actief" in unused["why"]


def test_an_own_number_of_contracts_is_counted_as_it_was_set(actor) -> None:
    put_plan(actor, purchase("Poetsen"))
    put_market(actor)
    api.set_assumption(actor=actor, code="lot.reserved-lots", value=3, reason="drie percelen per opdracht")
    plan = planned(actor, own={"reserved-lots": 1})
    assert gains_of(plan, "Poetsen")["lot"] == {"own-reserved-lots": 3}
