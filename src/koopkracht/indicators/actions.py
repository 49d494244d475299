"""Use cases of indicators: make, change, activate, close, aim, measure, discuss. Each is one transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.indicators import checks, figures, queries, workflow
from koopkracht.indicators.errors import (
    DiscussionNotFound,
    IndicatorClosed,
    IndicatorIncomplete,
    IndicatorNotFound,
    NotReady,
)
from koopkracht.indicators.models import Discussion, Indicator, Measurement, TargetPathVersion
from koopkracht.indicators.queries import to_millionths
from koopkracht.indicators.types import (
    DiscussionInput,
    Frequency,
    IndicatorInput,
    MeasurementInput,
    State,
    TargetPath,
)
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import Period

EDIT, MEASURE = "indicator.edit", "indicator.measure"
_SUBJECT = "indicator"


def create(*, actor: Actor, subject: str, subject_key: int, indicator: IndicatorInput) -> int:
    """Make a draft indicator."""
    actor.require(EDIT)
    values = _values(actor, indicator)
    with transaction.atomic():
        row = Indicator.objects.create(
            organisation_id=actor.organisation_id, subject=subject, subject_key=subject_key, **values
        )
        _record(actor, "indicator.created", row.pk, subject=subject, subject_key=subject_key)
    return int(row.pk)


def change(*, actor: Actor, indicator_id: int, indicator: IndicatorInput) -> None:
    """Change what an indicator says; without good data or responsible person it is a draft again."""
    actor.require(EDIT)
    values = _values(actor, indicator)
    with transaction.atomic():
        row = _open(actor, indicator_id)
        measured = Measurement.objects.of(actor.organisation_id).filter(indicator=row).exists()
        if measured and (values["kind"], values["frequency"]) != (row.kind, row.frequency):
            raise IndicatorIncomplete(
                _("Er zijn al metingen. De soort en het ritme kunnen niet meer veranderen; maak een nieuwe indicator."),
                field="kind",
            )
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        if not changed:
            return
        for name, value in values.items():
            setattr(row, name, value)
        if _missing(row) and State(row.state) is not State.DRAFT:
            row.state = workflow.after(State(row.state), workflow.Step.WITHDRAW).value
        row.save()
        _record(actor, "indicator.changed", row.pk, fields=changed, state=row.state)


def activate(*, actor: Actor, indicator_id: int) -> None:
    """Start measuring (PG-2.2-13)."""
    actor.require(EDIT)
    with transaction.atomic():
        row = _open(actor, indicator_id)
        state = workflow.after(State(row.state), workflow.Step.ACTIVATE)
        missing = _missing(row)
        if missing:
            raise NotReady(missing)
        row.state = state.value
        row.activated_on = row.activated_on or clock.today()
        row.save(update_fields=["state", "activated_on"])
        _record(actor, "indicator.activated", row.pk)


def close(*, actor: Actor, indicator_id: int, reason: str) -> None:
    """Stop measuring for good."""
    actor.require(EDIT)
    if not reason.strip():
        raise IndicatorIncomplete(_("Schrijf kort waarom u deze indicator afsluit."), field="reason")
    with transaction.atomic():
        row = _open(actor, indicator_id)
        row.state = workflow.after(State(row.state), workflow.Step.CLOSE).value
        row.closed_on, row.close_reason = clock.today(), reason.strip()[:2000]
        row.save(update_fields=["state", "closed_on", "close_reason"])
        _record(actor, "indicator.closed", row.pk)


def set_target(*, actor: Actor, indicator_id: int, path: TargetPath | None) -> None:
    """Set another target path, or none; the earlier one stays in the history."""
    actor.require(EDIT)
    with transaction.atomic():
        row = _open(actor, indicator_id)
        view = queries.indicator(actor.organisation_id, indicator_id)
        if path is not None:
            checks.check_path(view, path)
            path = _as_kept(path)
        if path == view.target:
            return
        TargetPathVersion.objects.of(actor.organisation_id).filter(indicator=row, is_current=True).update(
            is_current=False
        )
        TargetPathVersion.objects.create(
            organisation_id=actor.organisation_id,
            indicator=row,
            baseline_year=path.baseline_year if path else None,
            baseline_millionths=to_millionths(path.baseline_value) if path else None,
            growth_millionths=to_millionths(path.yearly_growth) if path else None,
            end_year=path.end_year if path else None,
            end_millionths=to_millionths(path.end_value) if path else None,
            set_by_id=actor.user_id,
        )
        _record(actor, "indicator.target-set", row.pk, target=path is not None)


def measure(*, actor: Actor, indicator_id: int, measurement: MeasurementInput) -> bool:
    """Keep the value of a period in the place of an earlier one; tells whether something changed."""
    actor.require(MEASURE)
    for sha256 in measurement.evidence:
        documents.document(organisation_id=actor.organisation_id, sha256=sha256)
    with transaction.atomic():
        row = _open(actor, indicator_id)
        checks.check_measurement(queries.indicator(actor.organisation_id, indicator_id), measurement)
        period = {"period_start": measurement.period.start, "period_end": measurement.period.end}
        before = Measurement.objects.of(actor.organisation_id).filter(indicator=row, is_current=True, **period).first()
        values = _measured(measurement)
        if before is not None and all(getattr(before, name) == value for name, value in values.items()):
            return False
        if before is not None:
            before.is_current = False
            before.save(update_fields=["is_current"])
        Measurement.objects.create(
            organisation_id=actor.organisation_id, indicator=row, recorded_by_id=actor.user_id, **period, **values
        )
        _settle(row, clock.today())
        _record(
            actor,
            "indicator.measured",
            row.pk,
            period=measurement.period.start.isoformat(),
            value=str(measurement.value),
            replaced=before is not None,
        )
    return True


def retract(*, actor: Actor, indicator_id: int, period: Period) -> bool:
    """Let the value of a period no longer hold."""
    actor.require(MEASURE)
    with transaction.atomic():
        row = _open(actor, indicator_id)
        found = (
            Measurement.objects.of(actor.organisation_id)
            .filter(indicator=row, is_current=True, period_start=period.start, period_end=period.end or period.start)
            .update(is_current=False)
        )
        if found:
            _settle(row, clock.today())
            _record(actor, "indicator.retracted", row.pk, period=period.start.isoformat())
    return bool(found)


def add_discussion(*, actor: Actor, indicator_id: int, discussion: DiscussionInput) -> int:
    """Plan or log a talk with stakeholders."""
    actor.require(MEASURE)
    _check_discussion(discussion)
    with transaction.atomic():
        row = _open(actor, indicator_id)
        made = Discussion.objects.create(
            organisation_id=actor.organisation_id,
            indicator=row,
            topic=discussion.topic.strip()[:200],
            participants=discussion.participants.strip()[:300],
            planned_on=discussion.planned_on,
            held_on=discussion.held_on,
            outcome=discussion.outcome.strip(),
        )
        _record(actor, "indicator.discussed", row.pk, held=discussion.held_on is not None)
    return int(made.pk)


def hold_discussion(*, actor: Actor, discussion_id: int, held_on: dt.date, outcome: str) -> None:
    """Log what a planned talk gave."""
    actor.require(MEASURE)
    with transaction.atomic():
        row = Discussion.objects.of(actor.organisation_id).filter(pk=discussion_id).select_for_update().first()
        if row is None:
            raise DiscussionNotFound(discussion_id)
        _check_held(held_on, outcome)
        row.held_on, row.outcome = held_on, outcome.strip()
        row.save(update_fields=["held_on", "outcome"])
        _record(actor, "indicator.discussed", row.indicator_id, held=True)


def refresh_states(*, organisation_id: int, on: dt.date) -> int:
    """Put active indicators without a value for a finished period on "no data", and back."""
    changed = 0
    rows = Indicator.objects.of(organisation_id).filter(state__in=[State.ACTIVE.value, State.NO_DATA.value])
    with transaction.atomic():
        for row in rows.select_for_update().order_by("pk"):
            changed += _settle(row, on)
    return changed


def remove_of_subject(*, actor: Actor, subject: str, subject_key: int) -> int:
    """Remove all indicators of something that is removed itself."""
    actor.require(EDIT)
    with transaction.atomic():
        rows = Indicator.objects.of(actor.organisation_id).filter(subject=subject, subject_key=subject_key)
        keys = list(rows.values_list("pk", flat=True))
        if keys:
            rows.delete()
            _record(actor, "indicator.removed", subject_key, indicators=len(keys), of=subject)
    return len(keys)


def _settle(row: Indicator, on: dt.date) -> int:
    """Bring "active" and "no data" in line with the values of the last finished period since the start."""
    state = State(row.state)
    if state not in (State.ACTIVE, State.NO_DATA):
        return 0
    wanted = State.NO_DATA if _lacks_value(row, on) else State.ACTIVE
    if wanted is state:
        return 0
    step = workflow.Step.MISS if wanted is State.NO_DATA else workflow.Step.SUPPLY
    row.state = workflow.after(state, step).value
    row.save(update_fields=["state"])
    return 1


def _lacks_value(row: Indicator, on: dt.date) -> bool:
    """Tell whether the last finished period has no value; periods from before the start are not asked for."""
    period = figures.last_finished(on, Frequency(row.frequency))
    if row.activated_on is None or period.end is None or period.end <= row.activated_on:
        return False
    return not (
        Measurement.objects.of(row.organisation_id)
        .filter(indicator=row, is_current=True, period_start=period.start, period_end=period.end)
        .exists()
    )


def _open(actor: Actor, indicator_id: int) -> Indicator:
    """Return the row, locked, of an indicator that is not closed."""
    row = Indicator.objects.of(actor.organisation_id).filter(pk=indicator_id).select_for_update().first()
    if row is None:
        raise IndicatorNotFound(indicator_id)
    if row.state == State.CLOSED.value:
        raise IndicatorClosed
    found: Indicator = row
    return found


def _missing(row: Indicator) -> list[str]:
    """Return what an indicator still needs before it can be active."""
    needs = (
        (bool(row.definition.strip()), _("een definitie van wat u meet")),
        (row.data_available, _("bevestigen dat de gegevens er zijn")),
        (row.data_reliable, _("bevestigen dat de gegevens betrouwbaar zijn")),
        (row.responsible_id is not None, _("een verantwoordelijke")),
    )
    return [text for there, text in needs if not there]


def _values(actor: Actor, indicator: IndicatorInput) -> dict[str, Any]:
    checks.check_indicator(indicator)
    if indicator.responsible_id is not None:
        accounts.person(organisation_id=actor.organisation_id, user_id=indicator.responsible_id)
    return {
        "name": indicator.name.strip()[:200],
        "kind": indicator.kind.value,
        "unit": indicator.unit.strip()[:60],
        "ambition": indicator.ambition.strip(),
        "definition": indicator.definition.strip(),
        "realism": indicator.realism.strip(),
        "source": indicator.source.value,
        "measure": indicator.measure,
        "parameters": dict(indicator.parameters),
        "frequency": indicator.frequency.value,
        "direction": indicator.direction.value,
        "theme": indicator.theme[:40],
        "data_available": indicator.data_available,
        "data_reliable": indicator.data_reliable,
        "responsible_id": indicator.responsible_id,
    }


def _measured(measurement: MeasurementInput) -> dict[str, Any]:
    return {
        "value_millionths": to_millionths(measurement.value),
        "numerator_millionths": to_millionths(measurement.numerator),
        "denominator_millionths": to_millionths(measurement.denominator),
        "source": measurement.source.strip()[:300],
        "remark": measurement.remark.strip(),
        "evidence": list(measurement.evidence),
        "provenance": dict(measurement.provenance),
    }


def _as_kept(path: TargetPath) -> TargetPath:
    """Return the path with the decimals that are kept, so that the same path is recognised."""
    return TargetPath(
        path.baseline_year,
        figures.rounded(path.baseline_value),
        None if path.yearly_growth is None else figures.rounded(path.yearly_growth),
        path.end_year,
        None if path.end_value is None else figures.rounded(path.end_value),
    )


def _check_discussion(discussion: DiscussionInput) -> None:
    if not discussion.topic.strip():
        raise IndicatorIncomplete(_("Waarover gaat het overleg? Vul een onderwerp in."), field="topic")
    if not discussion.participants.strip():
        raise IndicatorIncomplete(_("Vul in met wie u overlegt."), field="participants")
    if discussion.held_on is not None:
        _check_held(discussion.held_on, discussion.outcome)


def _check_held(held_on: dt.date, outcome: str) -> None:
    if held_on > clock.today():
        raise IndicatorIncomplete(
            _("Deze datum moet nog komen. Plan het overleg, en vul later in wat eruit kwam."), field="held_on"
        )
    if not outcome.strip():
        raise IndicatorIncomplete(_("Schrijf kort wat uit het overleg kwam."), field="outcome")


def _record(actor: Actor, action: str, key: int, **data: Any) -> None:
    audit.record(actor=actor, action=action, subject=_SUBJECT, subject_key=key, data=data)
