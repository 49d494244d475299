"""The planner finds the best plan, proves it, and gives the same answer twice."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from koopkracht.monitoring.planner import explain
from koopkracht.monitoring.planner.check import verify
from koopkracht.monitoring.planner.codec import problem_from, problem_json
from koopkracht.monitoring.planner.problem import Dossier, Lock, Weights, dominated, make
from koopkracht.monitoring.planner.solve import Options, Status, solve
from tests.monitoring.planner.problems import brute, euros, market, problems, staff, way


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_answer_equals_trying_everything(problem) -> None:
    best = brute(problem)
    answer = solve(problem)
    if best is None:
        assert answer.status is Status.INFEASIBLE
    else:
        assert answer.status is Status.OPTIMAL
        assert answer.cost == answer.bound == best
        assert verify(problem, answer.choice).holds


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_whole_result_is_the_same_byte_for_byte_also_in_another_order(problem) -> None:
    dice = random.Random(1)
    shuffled = [replace(one, packages=tuple(dice.sample(one.packages, len(one.packages)))) for one in problem.dossiers]
    dice.shuffle(shuffled)
    other = make(shuffled, reversed(problem.targets), reversed(problem.resources), problem.weights)
    first, second = (json.dumps(explain.plan(one)) for one in (problem, other))
    assert first == second


@settings(max_examples=50, deadline=None)
@given(problems())
def test_a_stored_problem_is_the_same_problem(problem) -> None:
    stored = json.dumps(problem_json(problem))
    assert problem_from(json.loads(stored)) == problem


def test_the_cheapest_way_that_reaches_the_target_is_taken() -> None:
    dossiers = [
        Dossier("1", "Poetsen", 1, (way("dear", 40, gains={"spend": 500}), way("easy", 8, gains={"spend": 500}))),
        Dossier("2", "Groen", 1, (way("easy", 9, gains={"spend": 500}),)),
    ]
    answer = solve(make(dossiers, [euros(500)], []))
    assert answer.choice == {"1": "easy"}
    assert answer.cost == 8 + 8
    assert solve(make(dossiers, [euros(501)], [])).choice == {"1": "easy", "2": "easy"}


def test_a_full_market_sends_the_plan_elsewhere_and_is_kept_to_the_cent() -> None:
    big = way("lot", 5, gains={"spend": 10_000_000_01}, uses={"market:SCH-01": 10_000_000_01})
    other = way("lot", 50, gains={"spend": 10_000_000_01})
    dossiers = [Dossier("1", "Poetsen", 1, (big,)), Dossier("2", "Groen", 1, (other,))]
    targets = [euros(10_000_000_01)]
    assert solve(make(dossiers, targets, [market(10_000_000_01)])).choice == {"1": "lot"}
    assert solve(make(dossiers, targets, [market(10_000_000_00)])).choice == {"2": "lot"}


def test_people_decide_first() -> None:
    way_of_it = way("easy", 8, gains={"spend": 500}, uses={"staff:1": 8})
    dossiers = [Dossier("1", "Poetsen", 1, (way_of_it,)), Dossier("2", "Groen", 1, (way_of_it,))]
    out = [replace(dossiers[0], lock=Lock.OUT), dossiers[1]]
    both = [replace(one, lock=Lock.IN) for one in dossiers]
    assert solve(make(out, [euros(500)], [staff(20)])).choice == {"2": "easy"}
    assert solve(make(both, [euros(500)], [staff(20)])).choice == {"1": "easy", "2": "easy"}
    assert solve(make(both, [euros(500)], [staff(15)])).status is Status.INFEASIBLE


def test_risk_weighs_as_heavily_as_people_say() -> None:
    ways = (way("fast", 10, 5, gains={"spend": 1}), way("safe", 30, 1, gains={"spend": 1}))
    dossier = [Dossier("1", "Poetsen", 1, ways)]
    assert solve(make(dossier, [euros(1)], [], Weights(risk=0))).choice == {"1": "fast"}
    assert solve(make(dossier, [euros(1)], [], Weights(risk=8))).choice == {"1": "safe"}


def test_a_gap_is_told_and_true() -> None:
    dice = random.Random(4)
    dossiers = [
        Dossier(
            f"{number:03}",
            f"Dossier {number}",
            1,
            tuple(way(f"w{one}", dice.randrange(5, 90), gains={"spend": dice.randrange(10**7)}) for one in range(4)),
        )
        for number in range(60)
    ]
    problem = make(dossiers, [euros(15 * 10**7)], [])
    exact, rough = solve(problem), solve(problem, Options(gap=200))
    assert exact.status is Status.OPTIMAL
    assert rough.cost >= exact.cost >= rough.bound
    assert rough.gap <= 200
    assert verify(problem, rough.choice).holds


def test_nothing_to_reach_needs_nothing() -> None:
    answer = solve(make([Dossier("1", "Poetsen", 1, (way("easy"),))], [euros(0)], []))
    assert (answer.status, answer.choice, answer.cost) == (Status.OPTIMAL, {}, 0)
    assert solve(make([], [], [])).status is Status.OPTIMAL
    assert solve(make([], [euros(1)], [])).status is Status.INFEASIBLE


def test_the_checker_finds_every_kind_of_fault() -> None:
    dossiers = [
        Dossier("1", "Poetsen", 1, (way("easy", uses={"staff:1": 10}),)),
        Dossier("2", "Groen", 1, (way("easy"),), Lock.OUT),
        Dossier("3", "Was", 1, (way("easy"),), Lock.IN),
    ]
    problem = make(dossiers, [euros(5)], [staff(9)])
    verdict = verify(problem, {"1": "easy", "2": "easy", "4": "easy"})
    assert verdict.faults == ("package:4", "lock:2", "lock:3", "target:spend", "resource:staff:1")
    assert not verdict.holds


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: make([], [euros(1), euros(2)], []),
        lambda: make([Dossier("1", "x", 1, (way("a"), way("a")))], [], []),
        lambda: make([Dossier("1", "x", 1, (way("a", gains={"nergens": 1}),))], [], []),
        lambda: make([Dossier("1", "x", 1, (way("a", uses={"nergens": 1}),))], [], []),
        lambda: make([Dossier("1", "x", 1, (way("a", -1),))], [], []),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"code|names|below zero"):
        wrong()


def test_a_way_that_another_beats_is_left_out_and_doubt_never_pushes_out_certainty() -> None:
    weights = Weights()
    sure, doubt = way("b", gains={}), way("a", undetermined=True)
    assert dominated((doubt, sure), weights) == {"a"}
    assert dominated((way("a"), way("b")), weights) == {"b"}
    assert dominated((way("a", 9, undetermined=True), way("b", 10)), weights) == frozenset()
    assert dominated((way("a", 10), way("b", 20)), weights) == {"b"}
