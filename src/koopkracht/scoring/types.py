"""What crosses the border of scoring: methods, scores, results. Exact figures, no Django.

A *raw* score is what an assessor gave. The *suitability* of a score is the same figure, mirrored within its scale for
an inverse criterion (on a scale of 1 to 5 a raw 4 becomes 2). Totals are weighted means of suitabilities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a method; ``parent`` is the code of the criterion it is part of.

    Only criteria without parts are scored. The weights of the parts of one criterion divide its weight among them.
    ``inverse`` means that a high raw score makes the option less suitable.
    """

    code: str
    name: str
    weight: Decimal
    inverse: bool = False
    explanation: str = ""
    scale_min: int = 1
    scale_max: int = 5
    parent: str = ""


@dataclass(frozen=True, slots=True)
class MethodView:
    """A version of a scoring method; a version never changes, a change makes a new one."""

    id: int
    subject: str
    version: int
    name: str
    note: str
    active: bool
    created_at: dt.datetime
    created_by: int | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What an assessor gives for one criterion; without a value only the remark is kept."""

    value: Decimal | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The scores of one assessor for one option."""

    subject_key: int
    assessor_id: int
    scores: Mapping[str, Score]
    updated_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AssessorResult:
    """What one assessor's scores come to; ``total`` is ``None`` while scores are missing."""

    assessor_id: int
    scores: Mapping[str, Score]
    total: Fraction | None
    updated_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion over all assessors: mean and extremes of the raw scores, and the mean suitability.

    ``spread`` is the largest raw score minus the smallest. Everything is ``None`` when nobody scored it.
    """

    code: str
    assessors: int
    mean: Fraction | None
    lowest: Decimal | None
    highest: Decimal | None
    suitability: Fraction | None

    @property
    def spread(self) -> Decimal | None:
        """Return the largest score minus the smallest, or ``None`` without scores."""
        if self.highest is None or self.lowest is None:
            return None
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Result:
    """What the scores of one option come to.

    ``total`` is on the scale of the method; it is ``None``, never 0, while a criterion with weight has no score;
    ``missing`` names those criteria. ``rank`` counts from 1; equal totals share a rank, incomplete options have none.
    """

    subject_key: int
    total: Fraction | None
    rank: int | None
    missing: tuple[str, ...]
    criteria: Mapping[str, CriterionResult]
    assessors: tuple[AssessorResult, ...]

    @property
    def complete(self) -> bool:
        """Tell whether every criterion with weight has at least one score."""
        return self.total is not None

    @property
    def spread(self) -> Fraction | None:
        """Return the largest total of an assessor minus the smallest; ``None`` with fewer than two complete ones."""
        totals = [one.total for one in self.assessors if one.total is not None]
        return max(totals) - min(totals) if len(totals) > 1 else None


@dataclass(frozen=True, slots=True)
class RankRange:
    """Between which ranks an option moves when one weight at a time varies."""

    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Overtake:
    """How far one weight must move before number two draws level with number one; past it, number two leads.

    ``weight`` is the share of this criterion in all weights now, ``at`` the same weight at which they are level (before
    the shares are made to add up to one again), ``change`` the difference; ``relative`` is that difference as a part of
    the weight, ``None`` for a criterion without weight.
    """

    code: str
    weight: Fraction
    at: Fraction

    @property
    def change(self) -> Fraction:
        """Return how much the weight changes: negative when it becomes smaller."""
        return self.at - self.weight

    @property
    def relative(self) -> Fraction | None:
        """Return the change as a part of the weight it had."""
        return self.change / self.weight if self.weight else None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How firm a ranking is: rank ranges per option, and what lets number two overtake number one.

    ``overtakes`` is ordered from the smallest change; empty when no single weight can do it, or with fewer than two
    options. ``level`` says that the first two are equal already.
    """

    variation: Fraction
    ranges: Mapping[int, RankRange]
    first: int | None = None
    second: int | None = None
    level: bool = False
    overtakes: tuple[Overtake, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """All options with their results: ranked ones first, equal ones by key, incomplete ones at the end."""

    method: MethodView
    results: tuple[Result, ...]
    by_key: Mapping[int, Result] = field(default_factory=dict)

    @property
    def ranked(self) -> tuple[Result, ...]:
        """Return only the options whose scores are complete."""
        return tuple(result for result in self.results if result.complete)
