"""How firm a ranking is when a weight changes. Exact fractions, no Django, no database.

One weight at a time becomes (1 + t) times as large, with t between minus and plus the variation; all shares are then
made to add up to one again. That last step changes every total by the same factor, so for the order only the sign of

    difference(t) = (total of A - total of B) + t x share of the criterion x (score of A - score of B)

counts, which is a straight line in t. Between the points where a line crosses zero no rank changes: it is enough to
look at those points, just after them, and at both ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from koopkracht.scoring.ranking import leaves, part_of_scale, shares
from koopkracht.scoring.types import Criterion, Overtake, RankRange, Result, Sensitivity

Parts = Mapping[str, Fraction]


def sensitivity(criteria: Sequence[Criterion], results: Sequence[Result], variation: Fraction) -> Sensitivity:
    """Return rank ranges per option and what lets number two overtake number one; incomplete options are left out.

    ``variation`` is a part (``Fraction(1, 5)`` for 20 percent), from 0 up to and including 1.
    """
    if not 0 <= variation <= 1:
        raise ValueError(f"variation must lie between 0 and 1, not {variation}")
    weight = shares(criteria)
    parts = {one.subject_key: _parts(criteria, one) for one in results if one.total is not None}
    sums = {key: sum((weight[code] * part[code] for code in part), Fraction(0)) for key, part in parts.items()}
    ranges = {key: _range(key, parts, sums, weight, variation) for key in parts}
    order = sorted(sums, key=lambda key: (-sums[key], key))
    if len(order) < 2:
        return Sensitivity(variation, ranges, first=order[0] if order else None)
    first, second = order[:2]
    level = sums[first] == sums[second]
    found = () if level else _overtakes(sums[first] - sums[second], parts[first], parts[second], weight)
    return Sensitivity(variation, ranges, first, second, level, found)


def _parts(criteria: Sequence[Criterion], result: Result) -> dict[str, Fraction]:
    return {
        criterion.code: part_of_scale(criterion, mean)
        for criterion in leaves(criteria)
        if (mean := result.criteria[criterion.code].mean) is not None
    }


def _range(
    key: int, parts: Mapping[int, Parts], sums: Mapping[int, Fraction], weight: Parts, variation: Fraction
) -> RankRange:
    best = worst = 1 + sum(1 for other in sums.values() if other > sums[key])
    for code, share in weight.items():
        if not share or share == 1 or not variation:  # a weight that is all there is changes no order
            continue
        ahead = _Ahead(
            [
                (sums[other] - sums[key], share * (parts[other][code] - parts[key][code]))
                for other in parts
                if other != key
            ]
        )
        lowest, highest = ahead.extremes(variation)
        best, worst = min(best, 1 + lowest), max(worst, 1 + highest)
    return RankRange(best, worst)


class _Ahead:
    """Counts how many straight lines ``start + slope x t`` lie above zero."""

    def __init__(self, lines: Sequence[tuple[Fraction, Fraction]]) -> None:
        self.always = sum(1 for start, slope in lines if not slope and start > 0)
        self.rising = sorted(-start / slope for start, slope in lines if slope > 0)
        self.falling = sorted(-start / slope for start, slope in lines if slope < 0)

    def at(self, point: Fraction) -> int:
        """Return how many lie above zero at ``point`` itself."""
        return self.always + bisect_left(self.rising, point) + len(self.falling) - bisect_right(self.falling, point)

    def after(self, point: Fraction) -> int:
        """Return how many lie above zero just after ``point``."""
        return self.always + bisect_right(self.rising, point) + len(self.falling) - bisect_right(self.falling, point)

    def extremes(self, variation: Fraction) -> tuple[int, int]:
        """Return the smallest and the largest count between minus and plus ``variation``."""
        inside = [point for point in (*self.rising, *self.falling) if -variation < point < variation]
        counts = [self.at(-variation), self.after(-variation), self.at(variation)]
        for point in inside:
            counts += [self.at(point), self.after(point)]
        return min(counts), max(counts)


def _overtakes(ahead: Fraction, first: Parts, second: Parts, weight: Parts) -> tuple[Overtake, ...]:
    """Return per criterion the weight at which number two is level with number one, the smallest change first."""
    found = []
    for code, share in weight.items():
        if code not in first or code not in second:
            continue  # without weight and without scores it can decide nothing
        difference = second[code] - first[code]
        if not difference:
            continue
        at = share + ahead / difference
        if at > 0:  # at 0 they would only be level: a weight cannot become negative
            found.append(Overtake(code, share, at))
    order = list(weight)
    return tuple(sorted(found, key=lambda one: (abs(one.change), order.index(one.code))))
