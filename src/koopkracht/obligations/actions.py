"""Use cases of obligations: agreeing, handing in, approving by somebody else, sending back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.obligations import workflow
from koopkracht.obligations.errors import (
    FourEyes,
    NotTheApprover,
    NotTheOwner,
    ObligationNotFound,
    ObligationRefused,
    WrongState,
)
from koopkracht.obligations.models import STATE_LABELS, Obligation, Step
from koopkracht.obligations.terms import due_after
from koopkracht.obligations.types import LIVING, Clock, Evidence, ObligationInput, State, StepKind, Submission
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound

_LONGEST_TITLE = 200


def create(*, actor: Actor, obligation: ObligationInput) -> int:
    """Agree on something that must be shown, and return its number."""
    actor.require("obligation.edit")
    due = _due(obligation)
    _check(actor, obligation)
    counted = obligation.clock
    with transaction.atomic():
        made = Obligation.objects.create(
            organisation_id=actor.organisation_id,
            title=obligation.title.strip()[:_LONGEST_TITLE],
            detail=obligation.detail.strip(),
            subject=obligation.subject,
            subject_key=obligation.subject_key,
            owner_id=obligation.owner_id,
            approver_id=obligation.approver_id,
            due=due,
            evidence_kind=obligation.evidence_kind,
            event=counted.event if counted else "",
            event_on=counted.on if counted else None,
            months=counted.months if counted else 0,
            days=counted.days if counted else 0,
        )
        _record(actor, made, StepKind.CREATED)
        audit.record(
            actor=actor,
            action="obligation.created",
            subject="obligation",
            subject_key=made.pk,
            data={"of": obligation.subject, "key": obligation.subject_key, "due": due, "owner": obligation.owner_id},
        )
    return made.pk


def submit(*, actor: Actor, obligation_id: int, submission: Submission) -> None:
    """Hand in what proves it; only the owner does."""
    actor.require("obligation.fulfil")
    with transaction.atomic():
        found = _locked(actor, obligation_id)
        _check_owner(actor, found)
        if found.evidence_kind and not submission.evidence:
            raise ObligationRefused(_("Voeg het bewijs toe: zonder bestand kan niemand dit nakijken."), field="file")
        for one in submission.evidence:
            documents.document(organisation_id=actor.organisation_id, sha256=one.sha256)
        found.submitted_by_id = actor.user_id
        found.submitted_on = clock.today()
        _move(actor, found, StepKind.SUBMITTED, remark=submission.remark, evidence=submission.evidence)
        audit.record(actor=actor, action="obligation.submitted", subject="obligation", subject_key=found.pk)


def approve(*, actor: Actor, obligation_id: int, remark: str = "") -> None:
    """Approve what somebody else handed in."""
    actor.require("obligation.approve")
    with transaction.atomic():
        found = _locked(actor, obligation_id)
        _check_eyes(actor, found)
        found.done_on = clock.today()
        _move(actor, found, StepKind.APPROVED, remark=remark)
        audit.record(actor=actor, action="obligation.approved", subject="obligation", subject_key=found.pk)


def send_back(*, actor: Actor, obligation_id: int, reason: str) -> None:
    """Give it back to the owner, with the reason."""
    actor.require("obligation.approve")
    if not reason.strip():
        raise ObligationRefused(
            _("Schrijf waarom u dit terugstuurt, zodat uw collega weet wat er mist."), field="reason"
        )
    with transaction.atomic():
        found = _locked(actor, obligation_id)
        _check_eyes(actor, found)
        found.submitted_by_id = None
        found.submitted_on = None
        _move(actor, found, StepKind.SENT_BACK, remark=reason)
        audit.record(actor=actor, action="obligation.sent-back", subject="obligation", subject_key=found.pk)


def complete(*, actor: Actor, obligation_id: int, remark: str = "") -> None:
    """Finish a simple task at once; refused when evidence or an approver was asked."""
    actor.require("obligation.fulfil")
    with transaction.atomic():
        found = _locked(actor, obligation_id)
        _check_owner(actor, found)
        if found.state == State.DONE:
            return
        if found.evidence_kind or found.approver_id is not None:
            raise ObligationRefused(_("Bij deze taak kijkt iemand anders mee. Dien ze in ter goedkeuring."))
        found.done_on = clock.today()
        _move(actor, found, StepKind.COMPLETED, remark=remark)
        audit.record(actor=actor, action="obligation.completed", subject="obligation", subject_key=found.pk)


def cancel(*, actor: Actor, obligation_id: int, reason: str) -> None:
    """Let it lapse, with the reason."""
    actor.require("obligation.edit")
    if not reason.strip():
        raise ObligationRefused(_("Schrijf waarom dit niet meer nodig is."), field="reason")
    with transaction.atomic():
        found = _locked(actor, obligation_id)
        _move(actor, found, StepKind.CANCELLED, remark=reason)
        audit.record(actor=actor, action="obligation.cancelled", subject="obligation", subject_key=found.pk)


def hand_over(*, actor: Actor, obligation_id: int, owner_id: int, approver_id: int | None, reason: str = "") -> None:
    """Give it another owner or another approver."""
    actor.require("obligation.edit")
    _check_people(actor, owner_id, approver_id)
    with transaction.atomic():
        found = _locked(actor, obligation_id)
        if State(found.state) not in LIVING:
            raise WrongState(_("Deze taak is al afgesloten."))
        if approver_id is not None and approver_id == found.submitted_by_id:
            raise ObligationRefused(_("Wie iets indiende, kan het niet zelf goedkeuren."), field="approver")
        found.owner_id, found.approver_id = owner_id, approver_id
        found.save(update_fields=["owner_id", "approver_id"])
        _record(actor, found, StepKind.HANDED_OVER, remark=reason)
        audit.record(
            actor=actor,
            action="obligation.handed-over",
            subject="obligation",
            subject_key=found.pk,
            data={"owner": owner_id, "approver": approver_id},
        )


def move_event(*, actor: Actor, subject: str, subject_key: int, event: str, on: dt.date) -> int:
    """Say that an event falls on another day: what is counted from it and still lives moves along; return how many."""
    actor.require("obligation.edit")
    moved = 0
    with transaction.atomic():
        rows = Obligation.objects.of(actor.organisation_id).select_for_update().filter(
            subject=subject, subject_key=subject_key, event=event, state__in=LIVING
        )  # fmt: skip
        for found in rows.order_by("id"):
            due = _counted(Clock(event=event, on=on, months=found.months, days=found.days))
            if found.event_on == on and found.due == due:
                continue
            found.event_on, found.due = on, due
            found.save(update_fields=["event_on", "due"])
            _record(actor, found, StepKind.MOVED)
            moved += 1
        if moved:
            audit.record(
                actor=actor,
                action="obligation.event-moved",
                subject="obligation",
                data={"of": subject, "key": subject_key, "event": event, "on": on, "moved": moved},
            )
    return moved


def _counted(counted: Clock) -> dt.date:
    try:
        return due_after(counted.on, months=counted.months, days=counted.days)
    except ValueError as error:
        raise ObligationRefused(_("Deze termijn valt buiten de kalender."), field="due") from error


def _due(obligation: ObligationInput) -> dt.date:
    if obligation.due is not None:
        return obligation.due
    if obligation.clock is None:
        raise ObligationRefused(_("Kies tegen wanneer dit klaar moet zijn."), field="due")
    return _counted(obligation.clock)


def _check(actor: Actor, obligation: ObligationInput) -> None:
    if not obligation.title.strip():
        raise ObligationRefused(_("Schrijf wat er moet gebeuren."), field="title")
    _check_people(actor, obligation.owner_id, obligation.approver_id)


def _check_people(actor: Actor, owner_id: int, approver_id: int | None) -> None:
    """Owner and approver are two people who work here."""
    if approver_id == owner_id:
        raise ObligationRefused(_("Kies iemand anders om goed te keuren dan wie het doet."), field="approver")
    for field, user_id in (("owner", owner_id), ("approver", approver_id)):
        if user_id is None:
            continue
        try:
            accounts.person(organisation_id=actor.organisation_id, user_id=user_id)
        except NotFound as error:
            raise ObligationRefused(_("Kies iemand die in uw organisatie werkt."), field=field) from error


def _locked(actor: Actor, obligation_id: int) -> Obligation:
    found: Obligation | None = (
        Obligation.objects.of(actor.organisation_id).select_for_update().filter(pk=obligation_id).first()
    )
    if found is None:
        raise ObligationNotFound(obligation_id)
    return found


def _check_owner(actor: Actor, found: Obligation) -> None:
    if actor.user_id is None or actor.user_id != found.owner_id:
        raise NotTheOwner


def _check_eyes(actor: Actor, found: Obligation) -> None:
    if actor.user_id is None or actor.user_id in {found.submitted_by_id, found.owner_id}:
        raise FourEyes
    if found.approver_id is not None and found.approver_id != actor.user_id:
        raise NotTheApprover


def _move(
    actor: Actor, found: Obligation, step: StepKind, *, remark: str = "", evidence: Sequence[Evidence] = ()
) -> None:
    state = State(found.state)
    if not workflow.allowed(state, step):
        raise WrongState(
            _("Dit kan niet meer: de taak staat nu op “%(state)s”. Open de taak opnieuw.")
            % {"state": STATE_LABELS[state]}
        )
    found.state = workflow.after(step).value
    found.save()
    _record(actor, found, step, remark=remark, evidence=evidence)


def _record(
    actor: Actor, found: Obligation, kind: StepKind, *, remark: str = "", evidence: Sequence[Evidence] = ()
) -> None:
    kept: list[dict[str, Any]] = [{"sha256": one.sha256, "filename": one.filename} for one in evidence]
    Step.objects.create(
        organisation_id=actor.organisation_id,
        obligation=found,
        kind=kind.value,
        by_id=actor.user_id,
        by_label=actor.label[:200],
        remark=remark.strip(),
        evidence=kept,
    )
