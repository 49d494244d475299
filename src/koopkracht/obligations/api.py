"""The door of obligations: what must be shown, by whom, by when. Stable, keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from koopkracht.obligations import actions, queries
from koopkracht.obligations.models import STATE_LABELS, STEP_LABELS
from koopkracht.obligations.terms import due_after, in_weekend
from koopkracht.obligations.types import (
    ObligationDetail,
    ObligationInput,
    ObligationView,
    Progress,
    Revision,
    Submission,
)
from koopkracht.obligations.work import enqueue_reminders
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice

__all__ = [
    "STATE_LABELS",
    "STEP_LABELS",
    "approve",
    "cancel",
    "complete",
    "create",
    "due_after",
    "due_between",
    "enqueue_reminders",
    "hand_over",
    "in_weekend",
    "list_obligations",
    "mine",
    "move_event",
    "obligation",
    "of_subjects",
    "overdue",
    "progress",
    "revisions",
    "send_back",
    "submit",
    "to_approve",
]


def create(*, actor: Actor, obligation: ObligationInput) -> int:
    """Agree on something that must be shown and return its number. Raises ``ObligationRefused``, ``NotAllowed``."""
    return actions.create(actor=actor, obligation=obligation)


def submit(*, actor: Actor, obligation_id: int, submission: Submission | None = None) -> None:
    """Hand in as the owner; the documents are already in the document store.

    Raises ``ObligationNotFound``, ``NotTheOwner``, ``ObligationRefused`` (evidence is missing), ``WrongState``,
    ``DocumentNotFound`` and ``NotAllowed``.
    """
    actions.submit(actor=actor, obligation_id=obligation_id, submission=submission or Submission())


def approve(*, actor: Actor, obligation_id: int, remark: str = "") -> None:
    """Approve what another person handed in.

    Raises ``ObligationNotFound``, ``FourEyes``, ``NotTheApprover``, ``WrongState`` and ``NotAllowed``.
    """
    actions.approve(actor=actor, obligation_id=obligation_id, remark=remark)


def send_back(*, actor: Actor, obligation_id: int, reason: str) -> None:
    """Give it back with a reason. Raises as ``approve``, and ``ObligationRefused`` without a reason."""
    actions.send_back(actor=actor, obligation_id=obligation_id, reason=reason)


def complete(*, actor: Actor, obligation_id: int, remark: str = "") -> None:
    """Finish a simple task as its owner; twice is once.

    Raises ``ObligationNotFound``, ``NotTheOwner``, ``ObligationRefused`` (somebody must approve), ``WrongState``.
    """
    actions.complete(actor=actor, obligation_id=obligation_id, remark=remark)


def cancel(*, actor: Actor, obligation_id: int, reason: str) -> None:
    """Let it lapse. Raises ``ObligationNotFound``, ``ObligationRefused``, ``WrongState`` and ``NotAllowed``."""
    actions.cancel(actor=actor, obligation_id=obligation_id, reason=reason)


def hand_over(
    *, actor: Actor, obligation_id: int, owner_id: int, approver_id: int | None = None, reason: str = ""
) -> None:
    """Give it another owner or approver. Raises as ``create``, ``ObligationNotFound`` and ``WrongState``."""
    actions.hand_over(
        actor=actor, obligation_id=obligation_id, owner_id=owner_id, approver_id=approver_id, reason=reason
    )


def move_event(*, actor: Actor, subject: str, subject_key: int, event: str, on: dt.date) -> int:
    """Move the event from which terms are counted; return how many due days moved. Raises ``NotAllowed``."""
    return actions.move_event(actor=actor, subject=subject, subject_key=subject_key, event=event, on=on)


def obligation(*, organisation_id: int, obligation_id: int) -> ObligationDetail:
    """Return one obligation with its history. Raises ``ObligationNotFound``."""
    return queries.find(organisation_id, obligation_id)


def of_subjects(
    *, organisation_id: int, subject: str, subject_keys: Collection[int]
) -> Mapping[int, tuple[ObligationView, ...]]:
    """Return the obligations of these subjects by key, by due day; a subject without any is left out."""
    return queries.of_subjects(organisation_id, subject, subject_keys)


def mine(*, actor: Actor, query: ListQuery) -> Slice[ObligationView]:
    """Return what this person must do. Filters: ``state`` (a state, ``living``, ``late``), ``subject``."""
    actor.require("obligation.view")
    return queries.list_obligations(actor.organisation_id, query, on=clock.today(), owner_id=actor.user_id or 0)


def list_obligations(*, actor: Actor, query: ListQuery) -> Slice[ObligationView]:
    """Return what everybody must do. Filters as ``mine``, and ``owner``."""
    actor.require("obligation.view")
    return queries.list_obligations(actor.organisation_id, query, on=clock.today())


def to_approve(*, actor: Actor) -> tuple[ObligationView, ...]:
    """Return what waits for the eyes of this person, by due day."""
    if actor.user_id is None or not actor.may("obligation.approve"):
        return ()
    return queries.to_approve(actor.organisation_id, actor.user_id)


def due_between(
    *, organisation_id: int, start: dt.date, end: dt.date, owner_id: int | None = None, living: bool = False
) -> tuple[ObligationView, ...]:
    """Return what is due in a half-open period, of everybody or of one owner; ``living`` leaves out what is done."""
    return queries.due_between(organisation_id, start, end, owner_id=owner_id, living=living)


def overdue(*, organisation_id: int, on: dt.date) -> tuple[ObligationView, ...]:
    """Return what is late on a day."""
    return queries.overdue(organisation_id, on)


def progress(*, obligations: Iterable[ObligationView], on: dt.date) -> Progress:
    """Count how far a set of obligations is."""
    return queries.progress(obligations, on)


def revisions(*, organisation_id: int, obligation_ids: Collection[int]) -> Mapping[int, Revision]:
    """Return how often each obligation changed and when it last did, so that a calendar sees a change."""
    return queries.revisions(organisation_id, obligation_ids)
