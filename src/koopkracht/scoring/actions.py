"""Use cases of scoring: a new version of a method, the scores of an assessor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.scoring import checks, queries
from koopkracht.scoring.errors import MethodRefused, ScoreRefused
from koopkracht.scoring.models import AssessmentRow, Method, MethodCriterion, ScoreRow
from koopkracht.scoring.types import Criterion, MethodView, Score
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

_LONGEST_REMARK = 2000


def create_method(
    *, actor: Actor, subject: str, name: str, criteria: Sequence[Criterion], note: str = "", new_version: bool = False
) -> MethodView:
    """Store a new version and make it the one in use; criteria equal to those in use change nothing.

    ``new_version`` asks for one anyway, for an owner that keeps something of its own with the version.
    """
    actor.require("scoring.edit")
    checks.check_criteria(criteria)
    try:
        with transaction.atomic():
            return _create_method(actor, subject, name, criteria, note, new_version=new_version)
    except IntegrityError as error:  # somebody stored a version at the same moment
        current = queries.active_method(actor.organisation_id, subject)
        if current is None or current.criteria != tuple(criteria) or new_version:
            raise MethodRefused(
                _("Iemand anders wijzigde de methode op hetzelfde moment. Bekijk ze opnieuw en probeer nog eens."),
                code="scoring-method-changed",
            ) from error
        return current


def _create_method(
    actor: Actor, subject: str, name: str, criteria: Sequence[Criterion], note: str, *, new_version: bool
) -> MethodView:
    known = list(
        Method.objects.select_for_update().of(actor.organisation_id).filter(subject=subject).order_by("version")
    )
    current = queries.active_method(actor.organisation_id, subject)
    same = current is not None and current.criteria == tuple(criteria) and current.name == name.strip()
    if current is not None and same and not new_version:
        return current
    Method.objects.of(actor.organisation_id).filter(subject=subject, active=True).update(active=False)
    row = Method.objects.create(
        organisation_id=actor.organisation_id,
        subject=subject,
        version=known[-1].version + 1 if known else 1,
        name=name.strip()[:120],
        note=note.strip()[:500],
        active=True,
        created_by_id=actor.user_id,
    )
    MethodCriterion.objects.bulk_create(
        _criterion_row(actor.organisation_id, row.pk, place, one) for place, one in enumerate(criteria)
    )
    audit.record(
        actor=actor,
        action="scoring.method-created",
        subject="scoring-method",
        subject_key=row.pk,
        data={"about": subject, "version": row.version},
    )
    return queries.method(actor.organisation_id, row.pk)


def _criterion_row(organisation_id: int, method_id: int, place: int, one: Criterion) -> MethodCriterion:
    return MethodCriterion(
        organisation_id=organisation_id,
        method_id=method_id,
        position=place,
        code=one.code,
        parent=one.parent,
        name=one.name.strip()[:120],
        weight=one.weight,
        inverse=one.inverse,
        explanation=one.explanation.strip(),
        scale_min=one.scale_min,
        scale_max=one.scale_max,
    )


def score(*, actor: Actor, method_id: int, subject: str, subject_key: int, scores: Mapping[str, Score]) -> None:
    """Store what this person gives for an option; what was given before for other criteria stays."""
    actor.require("scoring.assess")
    if actor.user_id is None:
        raise ScoreRefused(
            _("Alleen iemand die aangemeld is, kan scores geven: er hoort een naam bij."), code="scoring-nobody"
        )
    method = queries.method(actor.organisation_id, method_id)
    if not method.active:
        raise ScoreRefused(
            _("Er is intussen een nieuwe versie van de methode. Open het formulier opnieuw en geef uw scores daar."),
            code="scoring-version-closed",
        )
    checks.check_scores(method.criteria, scores)
    with transaction.atomic():
        row, _created = AssessmentRow.objects.update_or_create(
            organisation_id=actor.organisation_id,
            method_id=method_id,
            subject=subject,
            subject_key=subject_key,
            assessor_id=actor.user_id,
            defaults={"updated_at": clock.now()},
        )
        ids = dict(MethodCriterion.objects.of(actor.organisation_id).filter(method=method_id).values_list("code", "pk"))
        ScoreRow.objects.bulk_create(
            [
                ScoreRow(
                    organisation_id=actor.organisation_id,
                    assessment=row,
                    criterion_id=ids[code],
                    value=one.value,
                    remark=one.remark.strip()[:_LONGEST_REMARK],
                )
                for code, one in scores.items()
            ],
            update_conflicts=True,
            unique_fields=["organisation", "assessment", "criterion"],
            update_fields=["value", "remark"],
        )
        audit.record(
            actor=actor,
            action="scoring.scored",
            subject=subject,
            subject_key=subject_key,
            data={"method": method_id, "version": method.version, "criteria": sorted(scores)},
        )


def forget(*, actor: Actor, subject: str, subject_key: int) -> int:
    """Remove all scores of an option whose owner removes it; return how many assessments went."""
    actor.require("scoring.edit")
    with transaction.atomic():
        rows = AssessmentRow.objects.of(actor.organisation_id).filter(subject=subject, subject_key=subject_key)
        count = rows.count()
        rows.delete()
        if count:
            audit.record(actor=actor, action="scoring.removed", subject=subject, subject_key=subject_key)
    return count
