"""The arithmetic of scoring, against worked amounts and against brute force."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopkracht.scoring import firmness, ranking
from koopkracht.scoring.types import Assessment, Criterion, Result, Score

CODES = "ABC"


def criterion(code: str, weight: object = 1, **fields: object) -> Criterion:
    return Criterion(code, f"Criterium {code}", Decimal(str(weight)), **fields)


def six(**inverse: bool) -> list[Criterion]:
    return [criterion(code, inverse=code in {"C", "D"}) for code in "ABCDEF"]


def raw(**values: object) -> dict[str, Decimal]:
    return {code: Decimal(str(value)) for code, value in values.items()}


def result_of(criteria: list[Criterion], key: int, values: dict[str, Decimal]) -> Result:
    given = Assessment(key, 1, {code: Score(value) for code, value in values.items()})
    return ranking.consolidate(criteria, key, [given])


def test_the_check_value_of_equal_weights_and_inverse_criteria() -> None:
    """CF-06: suitabilities 4, 5, 4, 4, 5 and F 4 make 4.33; C and D are given as 2 because they are inverse."""
    total = ranking.total(six(), raw(A=4, B=5, C=2, D=2, E=5, F=4))
    assert total == Fraction(26, 6)
    assert round(Decimal(total.numerator) / total.denominator, 2) == Decimal("4.33")


@pytest.mark.parametrize(("given_score", "counts"), [(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)])
def test_an_inverse_score_is_mirrored_within_its_scale(given_score: int, counts: int) -> None:
    assert ranking.suitability(criterion("C", inverse=True), Decimal(given_score)) == counts


def test_weights_count_and_a_criterion_without_weight_does_not() -> None:
    criteria = [criterion("A", 3), criterion("B", 1), criterion("C", 0)]
    assert ranking.total(criteria, raw(A=5, B=1)) == 4
    assert ranking.total(criteria, raw(A=5, B=1, C=1)) == 4


def test_parts_divide_the_weight_of_what_they_belong_to() -> None:
    criteria = [criterion("A", 1), criterion("F", 1), criterion("F-1", 3, parent="F"), criterion("F-2", 1, parent="F")]
    assert ranking.shares(criteria) == {"A": Fraction(1, 2), "F-1": Fraction(3, 8), "F-2": Fraction(1, 8)}
    assert ranking.total(criteria, {"A": Fraction(1), "F-1": Fraction(5), "F-2": Fraction(1)}) == Fraction(5, 2)


def test_different_scales_are_brought_to_a_hundred() -> None:
    criteria = [criterion("A"), criterion("B", scale_min=0, scale_max=20)]
    assert ranking.scale(criteria) == (0, 100)
    assert ranking.total(criteria, raw(A=5, B=10)) == 75


def test_what_is_missing_is_never_counted_as_zero() -> None:
    criteria = [criterion("A"), criterion("B")]
    half = result_of(criteria, 1, raw(A=5))
    assert (half.total, half.missing, half.complete) == (None, ("B",), False)
    placed = ranking.ranked([half, result_of(criteria, 2, raw(A=1, B=1))])
    assert [(one.subject_key, one.rank) for one in placed] == [(2, 1), (1, None)]


def test_assessors_are_put_together_per_criterion_and_their_spread_is_shown() -> None:
    criteria = [criterion("A"), criterion("B", inverse=True)]
    found = ranking.consolidate(
        criteria,
        1,
        [
            Assessment(1, 8, {"A": Score(Decimal(5)), "B": Score(Decimal(1))}),
            Assessment(1, 7, {"A": Score(Decimal(2)), "B": Score(Decimal(4))}),
            Assessment(1, 9, {"A": Score(Decimal(3)), "B": Score(None, "weet ik niet")}),
        ],
    )
    first = found.criteria["A"]
    assert (first.mean, first.spread, first.assessors) == (Fraction(10, 3), Decimal(3), 3)
    assert (found.criteria["B"].mean, found.criteria["B"].suitability) == (Fraction(5, 2), Fraction(7, 2))
    assert found.total == (Fraction(10, 3) + Fraction(7, 2)) / 2
    assert [(one.assessor_id, one.total) for one in found.assessors] == [(7, 2), (8, 5), (9, None)]
    assert found.spread == 3


def test_equal_totals_share_a_rank_and_keep_one_order() -> None:
    criteria = [criterion("A")]
    results = [result_of(criteria, key, raw(A=score)) for key, score in ((9, 4), (3, 4), (5, 5), (1, 2))]
    for given_order in (results, results[::-1]):
        placed = ranking.ranked(given_order)
        assert [(one.subject_key, one.rank) for one in placed] == [(5, 1), (3, 2), (9, 2), (1, 4)]


# --- sensitivity -----------------------------------------------------------------------------------------------

VARIATION = Fraction(1, 4)
scores = st.integers(1, 5)
cases = st.tuples(
    st.lists(st.integers(0, 6), min_size=3, max_size=3).filter(any),
    st.lists(st.tuples(scores, scores, scores), min_size=2, max_size=6),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)


def build(case: tuple) -> tuple[list[Criterion], list[Result]]:
    weights, rows, inverse = case
    criteria = [criterion(code, weights[i], inverse=inverse[i]) for i, code in enumerate(CODES)]
    return criteria, [
        result_of(criteria, key, {code: Decimal(row[i]) for i, code in enumerate(CODES)})
        for key, row in enumerate(rows)
    ]


def totals_at(criteria: list[Criterion], results: list[Result], code: str, weight: Fraction) -> dict[int, Fraction]:
    """Compute every total again, from scratch, with one other weight: the slow way."""
    wanted = {one.code: weight if one.code == code else Fraction(one.weight) for one in criteria}
    whole = sum(wanted.values())
    return {
        result.subject_key: sum(
            wanted[one.code] * ranking.suitability(one, result.criteria[one.code].mean) for one in criteria
        )
        / whole
        for result in results
    }


def rank_in(totals: dict[int, Fraction], key: int) -> int:
    return 1 + sum(1 for other in totals.values() if other > totals[key])


@settings(max_examples=40, deadline=None)
@given(cases)
def test_rank_ranges_are_those_of_trying_every_weight(case: tuple) -> None:
    """Every crossing of two lines lies at a fraction; all of them, and the points between them, are tried."""
    criteria, results = build(case)
    found = firmness.sensitivity(criteria, results, VARIATION)
    seen: dict[int, set[int]] = {one.subject_key: set() for one in results}
    for one in criteria:
        for weight in _weights_to_try(criteria, results, one):
            if sum(Fraction(other.weight) for other in criteria if other.code != one.code) + weight == 0:
                continue
            totals = totals_at(criteria, results, one.code, weight)
            for key in seen:
                seen[key].add(rank_in(totals, key))
    assert {key: (one.best, one.worst) for key, one in found.ranges.items()} == {
        key: (min(ranks), max(ranks)) for key, ranks in seen.items()
    }


def _weights_to_try(criteria: list[Criterion], results: list[Result], one: Criterion) -> list[Fraction]:
    """Return the ends, the crossings of all pairs (from two totals at two weights) and the middles between those."""
    low, high = Fraction(one.weight) * (1 - VARIATION), Fraction(one.weight) * (1 + VARIATION)
    others = sum(Fraction(other.weight) for other in criteria if other.code != one.code)
    points = {low, high}
    if low != high:
        start = {k: v * (others + low) for k, v in totals_at(criteria, results, one.code, low).items()}
        end = {k: v * (others + high) for k, v in totals_at(criteria, results, one.code, high).items()}
        for a in start:
            for b in start:
                gap, after = start[a] - start[b], end[a] - end[b]
                if gap * after < 0:
                    points.add(low + (high - low) * gap / (gap - after))
    ordered = sorted(points)
    return ordered + [(a + b) / 2 for a, b in pairwise(ordered)] + [Fraction(one.weight)]


@settings(max_examples=40, deadline=None)
@given(cases)
def test_number_two_overtakes_exactly_past_the_named_weight(case: tuple) -> None:
    criteria, results = build(case)
    found = firmness.sensitivity(criteria, results, VARIATION)
    whole = sum(Fraction(one.weight) for one in criteria)
    by_key = {one.subject_key: one.total for one in results}
    order = sorted(by_key, key=lambda key: (-by_key[key], key))
    assert [found.first, found.second] == order[:2]
    assert found.level == (by_key[order[0]] == by_key[order[1]])
    for one in found.overtakes:
        at = one.at * whole
        step = at / 1000 * (1 if one.change > 0 else -1)
        level = totals_at(criteria, results, one.code, at)
        past = totals_at(criteria, results, one.code, at + step)
        before = totals_at(criteria, results, one.code, at - step)
        assert level[found.first] == level[found.second]
        assert past[found.second] > past[found.first]
        assert before[found.second] < before[found.first]
    assert [abs(one.change) for one in found.overtakes] == sorted(abs(one.change) for one in found.overtakes)


@settings(max_examples=40, deadline=None)
@given(cases)
def test_no_weight_that_is_not_named_lets_number_two_overtake(case: tuple) -> None:
    criteria, results = build(case)
    found = firmness.sensitivity(criteria, results, VARIATION)
    if found.level:
        return
    named = {one.code for one in found.overtakes}
    for one in criteria:
        if one.code in named:
            continue
        for weight in (Fraction(1, 10**6), Fraction(1, 2), Fraction(3), Fraction(10**6)):
            totals = totals_at(criteria, results, one.code, weight)
            assert totals[found.second] <= totals[found.first]


def test_a_worked_example_of_overtaking() -> None:
    """Weights 1 and 1: option 1 has 5 and 2, option 2 has 3 and 3. From 4/3 upon 2/3 for A they are level."""
    criteria = [criterion("A"), criterion("B")]
    results = [result_of(criteria, 1, raw(A=5, B=2)), result_of(criteria, 2, raw(A=3, B=3))]
    found = firmness.sensitivity(criteria, results, Fraction(3, 10))
    by_code = {one.code: one for one in found.overtakes}
    assert by_code["A"].relative == Fraction(-1, 2)  # A at half its weight: 2.5 + 2 against 1.5 + 3
    assert by_code["B"].relative == 1
    assert [one.code for one in found.overtakes] == ["A", "B"]
    assert {key: (one.best, one.worst) for key, one in found.ranges.items()} == {1: (1, 1), 2: (2, 2)}
    wide = firmness.sensitivity(criteria, results, Fraction(3, 5))
    assert {key: (one.best, one.worst) for key, one in wide.ranges.items()} == {1: (1, 2), 2: (1, 2)}


def test_one_option_or_none_has_nothing_to_overtake() -> None:
    criteria = [criterion("A")]
    assert firmness.sensitivity(criteria, [], VARIATION).first is None
    alone = firmness.sensitivity(criteria, [result_of(criteria, 4, raw(A=3))], VARIATION)
    assert (alone.first, alone.second, alone.overtakes) == (4, None, ())
    with pytest.raises(ValueError, match="variation"):
        firmness.sensitivity(criteria, [], Fraction(3, 2))
