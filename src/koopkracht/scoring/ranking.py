"""The arithmetic of scoring: weights, totals, ranks. Exact fractions, no Django, no database.

Sources: total = sum(weight x suitability) / sum(weights) (CF-06). With different scales in one method every score is
first brought to a part of its scale, and the total is given from 0 to 100.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from koopkracht.scoring.types import Assessment, AssessorResult, Criterion, CriterionResult, Result

HUNDRED = (0, 100)


def leaves(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that are scored: those without parts."""
    parents = {criterion.parent for criterion in criteria}
    return tuple(criterion for criterion in criteria if criterion.code not in parents)


def shares(criteria: Sequence[Criterion]) -> dict[str, Fraction]:
    """Return the share of every scored criterion in the whole; the shares add up to one.

    A criterion without weight has share 0 and so have its parts. Expects checked criteria.
    """
    parts: dict[str, list[Criterion]] = defaultdict(list)
    for criterion in criteria:
        parts[criterion.parent].append(criterion)
    found: dict[str, Fraction] = {}
    waiting = [("", Fraction(1))]
    while waiting:
        code, share = waiting.pop()
        if code and code not in parts:
            found[code] = share
            continue
        whole = sum(Fraction(part.weight) for part in parts[code])
        waiting.extend(
            (part.code, share * Fraction(part.weight) / whole if whole else Fraction(0)) for part in parts[code]
        )
    return {criterion.code: found[criterion.code] for criterion in leaves(criteria)}


def scale(criteria: Sequence[Criterion]) -> tuple[int, int]:
    """Return the scale of totals: that of the criteria when they share one, else 0 to 100."""
    scales = {(criterion.scale_min, criterion.scale_max) for criterion in leaves(criteria)}
    return scales.pop() if len(scales) == 1 else HUNDRED


def suitability(criterion: Criterion, raw: Decimal | Fraction) -> Fraction:
    """Return a raw score as it counts: mirrored within its scale when the criterion is inverse."""
    value = Fraction(raw)
    return criterion.scale_min + criterion.scale_max - value if criterion.inverse else value


def part_of_scale(criterion: Criterion, raw: Decimal | Fraction) -> Fraction:
    """Return a raw score as a part of its scale: 0 for the least suitable, 1 for the most suitable."""
    return (suitability(criterion, raw) - criterion.scale_min) / (criterion.scale_max - criterion.scale_min)


def total(criteria: Sequence[Criterion], raw: Mapping[str, Decimal | Fraction]) -> Fraction | None:
    """Return the weighted mean of the suitabilities, or ``None`` while a criterion with weight has no score."""
    weight = shares(criteria)
    part = Fraction(0)
    for criterion in leaves(criteria):
        if not weight[criterion.code]:
            continue
        if criterion.code not in raw:
            return None
        part += weight[criterion.code] * part_of_scale(criterion, raw[criterion.code])
    lowest, highest = scale(criteria)
    return lowest + part * (highest - lowest)


def consolidate(criteria: Sequence[Criterion], key: int, assessments: Iterable[Assessment]) -> Result:
    """Put the scores of all assessors of one option together: the mean per criterion of those who scored it."""
    given = tuple(sorted(assessments, key=lambda one: one.assessor_id))
    by_code = {
        criterion.code: [
            one.scores[criterion.code].value
            for one in given
            if criterion.code in one.scores and one.scores[criterion.code].value is not None
        ]
        for criterion in leaves(criteria)
    }
    found = {criterion.code: _criterion(criterion, by_code[criterion.code]) for criterion in leaves(criteria)}
    weight = shares(criteria)
    return Result(
        subject_key=key,
        total=total(criteria, {code: one.mean for code, one in found.items() if one.mean is not None}),
        rank=None,
        missing=tuple(code for code, one in found.items() if one.mean is None and weight[code]),
        criteria=found,
        assessors=tuple(
            AssessorResult(
                assessor_id=one.assessor_id,
                scores=one.scores,
                total=total(criteria, {code: s.value for code, s in one.scores.items() if s.value is not None}),
                updated_at=one.updated_at,
            )
            for one in given
        ),
    )


def _criterion(criterion: Criterion, values: Sequence[Decimal | None]) -> CriterionResult:
    known = [value for value in values if value is not None]
    if not known:
        return CriterionResult(criterion.code, 0, None, None, None, None)
    mean = sum((Fraction(value) for value in known), Fraction(0)) / len(known)
    return CriterionResult(criterion.code, len(known), mean, min(known), max(known), suitability(criterion, mean))


def ranked(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results with ranks, best first; equal totals share the better rank and stand in order of key."""
    found = list(results)
    complete = sorted(
        (one for one in found if one.total is not None), key=lambda one: (-(one.total or 0), one.subject_key)
    )
    rest = sorted((one for one in found if one.total is None), key=lambda one: one.subject_key)
    placed: list[Result] = []
    for position, one in enumerate(complete, start=1):
        before = placed[-1] if placed else None
        rank = before.rank if before is not None and before.total == one.total else position
        placed.append(_with_rank(one, rank))
    return (*placed, *rest)


def _with_rank(result: Result, rank: int | None) -> Result:
    return Result(
        subject_key=result.subject_key,
        total=result.total,
        rank=rank,
        missing=result.missing,
        criteria=result.criteria,
        assessors=result.assessors,
    )
