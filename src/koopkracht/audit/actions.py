"""Writing events: the hash of each covers its content and the hash of the one before."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from koopkracht.audit.chain import GENESIS, canonical, event_hash, storable, to_microseconds
from koopkracht.audit.models import ChainHead, Event
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

_LABEL_LENGTH = 200


def record(
    *,
    actor: Actor,
    action: str,
    subject: str,
    subject_key: str | int = "",
    data: dict[str, Any] | None = None,
) -> int:
    """Append an event to the chain of the actor's organisation and return its sequence number.

    Must be called inside the transaction that makes the change, so that the two stand or fall together;
    raises ``TransactionManagementError`` otherwise. ``data`` holds no personal data and must be plain JSON (dates and
    decimals become text); anything else raises ``TypeError`` or ``ValueError``.

    Writers of one organisation queue up behind the head of its chain until they commit: call this last in a use
    case. A use case that records for several organisations does so in ascending order of their keys.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("audit.record needs the transaction of the change it records")
    head = _locked_head(actor.organisation_id)
    content = (
        actor.organisation_id,
        head.sequence + 1,
        to_microseconds(clock.now()),
        actor.user_id,
        storable(actor.label)[:_LABEL_LENGTH],
        action,
        subject,
        storable(str(subject_key)),
        canonical(data or {}),
    )
    made = event_hash(head.event_hash, content)
    names = ("organisation_key", "sequence", "recorded_us", "user_key", "actor_label", "action", "subject")
    values = dict(zip((*names, "subject_key", "data"), content, strict=True))
    Event.objects.create(**values, previous_hash=head.event_hash, event_hash=made)
    head.sequence += 1
    head.event_hash = made
    head.save(update_fields=["sequence", "event_hash"])
    return head.sequence


def _locked_head(organisation_key: int) -> ChainHead:
    """Return the head of a chain, locked until the end of the transaction (SQLite locks the whole database)."""
    heads = ChainHead.objects.select_for_update().filter(organisation_key=organisation_key)
    head = heads.first()
    if head is None:
        ChainHead.objects.bulk_create(
            [ChainHead(organisation_key=organisation_key, event_hash=GENESIS)], ignore_conflicts=True
        )
        head = heads.get()
    return head
