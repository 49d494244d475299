"""Reads of events: pages for the auditor and the stream for an export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from koopkracht.audit.chain import Link, from_microseconds, to_microseconds
from koopkracht.audit.models import Event
from koopkracht.audit.types import EventFilter, EventPage, EventView
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound

PAGE_SIZE = 50


def events(*, actor: Actor, narrowed: EventFilter, before: int | None = None, size: int = PAGE_SIZE) -> EventPage:
    """Return a page of events of the actor's organisation, newest first; needs ``audit.view``."""
    actor.require("audit.view")
    rows = _narrowed(actor.organisation_id, narrowed).order_by("-sequence")
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    found = list(rows[: size + 1])
    shown = found[:size]
    return EventPage(
        events=tuple(_view(row) for row in shown),
        next_before=shown[-1].sequence if len(found) > size else None,
    )


def event(*, actor: Actor, sequence: int) -> EventView:
    """Return one event of the actor's organisation; needs ``audit.view``, raises ``NotFound``."""
    actor.require("audit.view")
    found = Event.objects.filter(organisation_key=actor.organisation_id, sequence=sequence).first()
    if found is None:
        raise NotFound("Deze gebeurtenis staat niet in het logboek van uw organisatie.", code="event-not-found")
    return _view(found)


def choices(*, actor: Actor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actions and the subjects that occur in the log of the actor's organisation; needs ``audit.view``."""
    actor.require("audit.view")
    mine = Event.objects.filter(organisation_key=actor.organisation_id)
    actions = mine.order_by("action").values_list("action", flat=True).distinct()
    subjects = mine.order_by("subject").values_list("subject", flat=True).distinct()
    return tuple(actions), tuple(subjects)


def export_lines(*, actor: Actor) -> Iterator[str]:
    """Return the whole chain of the actor's organisation as JSON lines for the offline verifier; needs ``audit.view``."""
    actor.require("audit.view")
    return _lines(actor.organisation_id)


def _lines(organisation_key: int) -> Iterator[str]:
    rows = Event.objects.filter(organisation_key=organisation_key).order_by("sequence").values_list(*Link._fields)
    for row in rows.iterator(chunk_size=2000):
        yield json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n"


def _narrowed(organisation_key: int, narrowed: EventFilter) -> QuerySet[Event]:
    wanted = {
        "action": narrowed.action or None,
        "subject": narrowed.subject or None,
        "subject_key": narrowed.subject_key or None,
        "user_key": narrowed.user_id,
        "recorded_us__gte": to_microseconds(narrowed.since) if narrowed.since else None,
        "recorded_us__lt": to_microseconds(narrowed.until) if narrowed.until else None,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return Event.objects.filter(organisation_key=organisation_key, **given)


def _view(row: Event) -> EventView:
    return EventView(
        organisation_id=row.organisation_key,
        sequence=row.sequence,
        recorded_at=from_microseconds(row.recorded_us),
        user_id=row.user_key,
        actor_label=row.actor_label,
        action=row.action,
        subject=row.subject,
        subject_key=row.subject_key,
        data=_data(row.data),
        event_hash=row.event_hash,
    )


def _data(text: str) -> dict[str, Any]:
    """Return the data of an event; a tampered row must not take away the auditor's screen."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"onleesbaar": text}
