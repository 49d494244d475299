"""The door of scoring: methods with weighted criteria, scores of assessors, rankings. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from koopkracht.scoring import actions, firmness, queries, ranking
from koopkracht.scoring.types import Assessment, Criterion, MethodView, Ranking, Result, Score, Sensitivity
from koopkracht.shared.actor import Actor

__all__ = [
    "active_method",
    "assessments",
    "consolidate",
    "create_method",
    "forget",
    "leaves",
    "method",
    "methods",
    "ranked",
    "results",
    "scale",
    "score",
    "sensitivity",
    "shares",
    "total",
]


def create_method(
    *, actor: Actor, subject: str, name: str, criteria: Sequence[Criterion], note: str = "", new_version: bool = False
) -> MethodView:
    """Store a new version of the method of a subject, put it in use and return it; equal criteria change nothing.

    ``new_version`` makes one all the same, for an owner that keeps something of its own with a version.

    Raises ``MethodRefused`` (no criteria, a code twice, an unknown parent, a negative weight, weights that sum to zero,
    a scale without room) and ``NotAllowed`` without ``scoring.edit``. Old results stay on their version.
    """
    return actions.create_method(
        actor=actor, subject=subject, name=name, criteria=criteria, note=note, new_version=new_version
    )


def method(*, organisation_id: int, method_id: int) -> MethodView:
    """Return one version of a method. Raises ``MethodNotFound``."""
    return queries.method(organisation_id, method_id)


def active_method(*, organisation_id: int, subject: str) -> MethodView | None:
    """Return the version in use for a subject, or ``None`` when there is none yet."""
    return queries.active_method(organisation_id, subject)


def methods(*, organisation_id: int, subject: str) -> tuple[MethodView, ...]:
    """Return every version of the method of a subject, the newest first."""
    return queries.methods(organisation_id, subject)


def score(*, actor: Actor, method_id: int, subject: str, subject_key: int, scores: Mapping[str, Score]) -> None:
    """Store the scores of the acting person for an option; criteria that are not in ``scores`` stay as they were.

    Raises ``ScoreRefused`` (an unknown criterion, outside the scale, a version no longer in use, nobody logged in),
    ``MethodNotFound`` and ``NotAllowed`` without ``scoring.assess``.
    """
    actions.score(actor=actor, method_id=method_id, subject=subject, subject_key=subject_key, scores=scores)


def forget(*, actor: Actor, subject: str, subject_key: int) -> int:
    """Remove all scores of an option; for owners that remove the option. Raises ``NotAllowed``."""
    return actions.forget(actor=actor, subject=subject, subject_key=subject_key)


def assessments(
    *, organisation_id: int, method_id: int, subject: str, subject_keys: Iterable[int] | None = None
) -> Mapping[int, tuple[Assessment, ...]]:
    """Return the scores of every assessor by option (all scored options without ``subject_keys``)."""
    return queries.assessments(organisation_id, method_id, subject, subject_keys)


def results(
    *, organisation_id: int, method_id: int, subject: str, subject_keys: Iterable[int] | None = None
) -> Ranking:
    """Return the ranking: mean and spread per criterion, totals, ranks, assessors. Raises ``MethodNotFound``."""
    return queries.results(organisation_id, method_id, subject, subject_keys)


def sensitivity(*, criteria: Sequence[Criterion], results: Sequence[Result], variation: Fraction) -> Sensitivity:
    """Return best and worst rank per option when one weight at a time varies, and what lets number two overtake.

    ``variation`` is a part from 0 to 1. Raises ``ValueError`` outside that. Pure: no database.
    """
    return firmness.sensitivity(criteria, results, variation)


def leaves(*, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that are scored: those without parts."""
    return ranking.leaves(criteria)


def shares(*, criteria: Sequence[Criterion]) -> Mapping[str, Fraction]:
    """Return the share of every scored criterion in the whole; they add up to one."""
    return ranking.shares(criteria)


def scale(*, criteria: Sequence[Criterion]) -> tuple[int, int]:
    """Return the lowest and highest possible total."""
    return ranking.scale(criteria)


def total(*, criteria: Sequence[Criterion], raw: Mapping[str, Fraction]) -> Fraction | None:
    """Return the weighted mean of one set of raw scores, or ``None`` while one is missing."""
    return ranking.total(criteria, raw)


def consolidate(*, criteria: Sequence[Criterion], subject_key: int, assessments: Iterable[Assessment]) -> Result:
    """Return what the scores of several assessors come to for one option. Pure: no database."""
    return ranking.consolidate(criteria, subject_key, assessments)


def ranked(*, results: Iterable[Result]) -> tuple[Result, ...]:
    """Return results with their ranks, best first. Pure: no database."""
    return ranking.ranked(results)
