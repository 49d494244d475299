"""Reads of scoring. Querysets stay inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from koopkracht.scoring import ranking
from koopkracht.scoring.errors import MethodNotFound
from koopkracht.scoring.models import AssessmentRow, Method, MethodCriterion, ScoreRow
from koopkracht.scoring.types import Assessment, Criterion, MethodView, Ranking, Score


def method(organisation_id: int, method_id: int) -> MethodView:
    """Return one version of a method. Raises ``MethodNotFound``."""
    row = Method.objects.of(organisation_id).filter(pk=method_id).first()
    if row is None:
        raise MethodNotFound(method_id)
    return _views(organisation_id, [row])[0]


def active_method(organisation_id: int, subject: str) -> MethodView | None:
    """Return the version in use for a subject, or ``None``."""
    rows = list(Method.objects.of(organisation_id).filter(subject=subject, active=True))
    return _views(organisation_id, rows)[0] if rows else None


def methods(organisation_id: int, subject: str) -> tuple[MethodView, ...]:
    """Return all versions of a subject, the newest first."""
    return _views(
        organisation_id, list(Method.objects.of(organisation_id).filter(subject=subject).order_by("-version"))
    )


def _views(organisation_id: int, rows: list[Any]) -> tuple[MethodView, ...]:
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    wanted = MethodCriterion.objects.of(organisation_id).filter(method__in=[row.pk for row in rows])
    for one in wanted.order_by("method_id", "position"):
        criteria[one.method_id].append(
            Criterion(
                code=one.code,
                name=one.name,
                weight=one.weight,
                inverse=one.inverse,
                explanation=one.explanation,
                scale_min=one.scale_min,
                scale_max=one.scale_max,
                parent=one.parent,
            )
        )
    return tuple(
        MethodView(
            id=row.pk,
            subject=row.subject,
            version=row.version,
            name=row.name,
            note=row.note,
            active=row.active,
            created_at=row.created_at,
            created_by=row.created_by_id,
            criteria=tuple(criteria[row.pk]),
        )
        for row in rows
    )


def assessments(
    organisation_id: int, method_id: int, subject: str, subject_keys: Iterable[int] | None
) -> Mapping[int, tuple[Assessment, ...]]:
    """Return the scores of all assessors by option; ``None`` as keys means every option that was scored."""
    rows = AssessmentRow.objects.of(organisation_id).filter(method=method_id, subject=subject)
    if subject_keys is not None:
        rows = rows.filter(subject_key__in=set(subject_keys))
    scores: dict[int, dict[str, Score]] = defaultdict(dict)
    given = ScoreRow.objects.of(organisation_id).filter(assessment__in=rows.values("pk"))
    for assessment_id, code, value, remark in given.values_list("assessment_id", "criterion__code", "value", "remark"):
        scores[assessment_id][code] = Score(value, remark)
    found: dict[int, tuple[Assessment, ...]] = {}
    for row in rows.order_by("subject_key", "assessor_id"):
        one = Assessment(row.subject_key, row.assessor_id, scores[row.pk], row.updated_at)
        found[row.subject_key] = (*found.get(row.subject_key, ()), one)
    return found


def results(organisation_id: int, method_id: int, subject: str, subject_keys: Iterable[int] | None) -> Ranking:
    """Return all options ranked; an option that nobody scored is there as incomplete when its key is asked for."""
    view = method(organisation_id, method_id)
    wanted = None if subject_keys is None else tuple(dict.fromkeys(subject_keys))
    given = assessments(organisation_id, method_id, subject, wanted)
    keys = tuple(given) if wanted is None else wanted
    placed = ranking.ranked(ranking.consolidate(view.criteria, key, given.get(key, ())) for key in keys)
    return Ranking(view, placed, {one.subject_key: one for one in placed})
