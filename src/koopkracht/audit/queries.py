"""Reads of events: pages for the auditor and the stream for an export."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from koopkracht.audit.chain import Link, from_microseconds, to_microseconds
from koopkracht.audit.models import Event
from koopkracht.audit.types import EventView
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound, Rejected
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_FIELDS = Link._fields
_EXACT = {"action": "action", "subject": "subject", "key": "subject_key"}


def list_events(*, actor: Actor, query: ListQuery) -> Slice[EventView]:
    """Return part of the log of the actor's organisation; needs ``audit.view``.

    The list sorts on ``sequence``. Filters: ``action``, ``subject``, ``key``, ``user`` (a number), ``since`` and
    ``until`` (dates, both included). Raises ``Rejected`` for a user or date that is none.
    """
    actor.require("audit.view")
    rows = _narrowed(Event.objects.filter(organisation_key=actor.organisation_id), query.filters)
    return keyset(rows, query=query, sorts={"sequence": "sequence"}, fields=_FIELDS, convert=_from_row)


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
    """Return the whole chain of the actor's organisation as JSON lines to verify offline; needs ``audit.view``."""
    actor.require("audit.view")
    return _lines(actor.organisation_id)


def _lines(organisation_key: int) -> Iterator[str]:
    rows = Event.objects.filter(organisation_key=organisation_key).order_by("sequence").values_list(*Link._fields)
    for row in rows.iterator(chunk_size=2000):
        yield json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n"


def _narrowed(rows: QuerySet[Event], filters: Mapping[str, str]) -> QuerySet[Event]:
    exact = {column: filters[name] for name, column in _EXACT.items() if filters.get(name)}
    rows = rows.filter(**exact)
    if filters.get("user"):
        rows = rows.filter(user_key=_number(filters["user"]))
    if filters.get("since"):
        rows = rows.filter(recorded_us__gte=_start_of(filters["since"], days=0))
    if filters.get("until"):
        rows = rows.filter(recorded_us__lt=_start_of(filters["until"], days=1))
    return rows


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) < 19):
        raise Rejected("Vul het nummer van een persoon in.", code="audit-filter-user", field="user")
    return int(text)


def _start_of(text: str, *, days: int) -> int:
    """Return the start of a Belgian day, ``days`` later, in microseconds."""
    try:
        day = dt.date.fromisoformat(text) + dt.timedelta(days=days)
    except (ValueError, OverflowError):
        raise Rejected("Vul een datum in als jjjj-mm-dd.", code="audit-filter-date", field="since") from None
    return to_microseconds(dt.datetime.combine(day, dt.time(), tzinfo=clock.BRUSSELS))


def _from_row(**columns: Any) -> EventView:
    return _view(Event(**columns))


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
        previous_hash=row.previous_hash,
        event_hash=row.event_hash,
    )


def _data(text: str) -> dict[str, Any]:
    """Return the data of an event; a tampered row must not take away the auditor's screen."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"onleesbaar": text}
