"""What stands in the calendar. Other pages add their own dates with ``register``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import MeetingState
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import State
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar; ``state`` and ``state_kind`` are the words and the colour of a mark."""

    date: dt.date
    kind: str
    title: str
    href: str
    starts: dt.time | None = None
    place: str = ""
    state: str = ""
    state_kind: str = "default"


Source = Callable[[Actor, dt.date, dt.date, bool], Iterable[Entry]]
"""Gets the actor, a half-open period and whether only their own dates are asked."""
_SOURCES: dict[str, tuple[Any, Source]] = {}


def register(name: str, label: Any, source: Source) -> None:
    """Add a kind of dates; ``label`` is how the calendar calls them."""
    _SOURCES[name] = (label, source)


def labels() -> dict[str, str]:
    """Return the kinds of dates by name."""
    return {name: str(label) for name, (label, _source) in _SOURCES.items()}


def entries(actor: Actor, start: dt.date, end: dt.date, *, own: bool) -> list[Entry]:
    """Return all dates of a half-open period, in order."""
    found = [entry for _label, source in _SOURCES.values() for entry in source(actor, start, end, own)]
    return sorted(found, key=lambda entry: (entry.date, entry.starts or dt.time.min, entry.title))


def _meetings(actor: Actor, start: dt.date, end: dt.date, own: bool) -> Iterable[Entry]:
    if not actor.may("meeting.view"):
        return
    found = meetings.between(
        organisation_id=actor.organisation_id, start=start, end=end, user_id=actor.user_id if own else None
    )
    for one in found:
        held = one.state is MeetingState.HELD
        yield Entry(
            date=one.date,
            kind=meetings.kinds()[one.kind].name,
            title=one.title,
            href=reverse("meeting", kwargs={"meeting_id": one.id}),
            starts=one.starts,
            place=one.place,
            state=str(meetings.STATE_LABELS[one.state]),
            state_kind="success" if held else "info",
        )


def _tasks(actor: Actor, start: dt.date, end: dt.date, own: bool) -> Iterable[Entry]:
    if not actor.may("obligation.view"):
        return
    found = obligations.due_between(
        organisation_id=actor.organisation_id, start=start, end=end, owner_id=actor.user_id if own else None
    )
    today = clock.today()
    for one in found:
        late = one.late(today)
        kind = "error" if late else "success" if one.state is State.DONE else "default"
        yield Entry(
            date=one.due,
            kind=_("Taak"),
            title=one.title,
            href=reverse("task", kwargs={"task_id": one.id}),
            state=_("Te laat") if late else str(obligations.STATE_LABELS[one.state]),
            state_kind=kind,
        )


register("meetings", gettext_lazy("Bijeenkomsten"), _meetings)
register("tasks", gettext_lazy("Taken"), _tasks)
