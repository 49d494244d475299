"""The calendar of one person as an iCalendar file (RFC 5545), for the calendar program that they use already.

It holds the names, days and places of meetings and the days of tasks: no names of people, no agenda, no minutes, and
not even the title of a task, because a link can be forwarded and a calendar is often shared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import MeetingState, MeetingView
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import ObligationView, Revision
from koopkracht.shared import clock
from koopkracht.shared.periods import months_after

BACK_MONTHS, AHEAD_MONTHS = 6, 18
DEFAULT_LENGTH = dt.timedelta(hours=1)
_STATUS = {MeetingState.PLANNED: "TENTATIVE", MeetingState.CANCELLED: "CANCELLED"}
LinkOf = Callable[[str, int], str]


def calendar_of(*, organisation_id: int, user_id: int, on: dt.date, link_of: LinkOf) -> bytes:
    """Return the calendar of a person on a day; the same rows give the same bytes."""
    start, end = months_after(on, -BACK_MONTHS), months_after(on, AHEAD_MONTHS)
    found = Calendar()
    found.add("prodid", "-//Koopkracht//Agenda//NL")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Koopkracht"))
    found.add("x-wr-timezone", "Europe/Brussels")
    found.add("refresh-interval", dt.timedelta(hours=6), parameters={"value": "DURATION"})
    for one in meetings.between(organisation_id=organisation_id, start=start, end=end, user_id=user_id, cancelled=True):
        found.add_component(_meeting(organisation_id, one, link_of))
    due = obligations.due_between(organisation_id=organisation_id, start=start, end=end, owner_id=user_id, living=True)
    revisions = obligations.revisions(organisation_id=organisation_id, obligation_ids=[task.id for task in due])
    for task in due:
        found.add_component(_task(organisation_id, task, revisions[task.id], link_of))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _meeting(organisation_id: int, one: MeetingView, link_of: LinkOf) -> Event:
    event = Event()
    event.add("uid", f"meeting-{one.id}.{organisation_id}@koopkracht")
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.sequence)
    event.add("summary", one.title)
    if one.place:
        event.add("location", one.place)
    event.add("status", _STATUS.get(one.state, "CONFIRMED"))
    event.add("url", link_of("meeting", one.id))
    if one.starts is None:
        event.add("dtstart", one.date)
        event.add("dtend", one.date + dt.timedelta(days=1))
        return event
    start = dt.datetime.combine(one.date, one.starts, tzinfo=clock.BRUSSELS)
    end = dt.datetime.combine(one.date, one.ends, tzinfo=clock.BRUSSELS) if one.ends else start + DEFAULT_LENGTH
    event.add("dtstart", start)
    event.add("dtend", end)
    return event


def _task(organisation_id: int, one: ObligationView, revision: Revision, link_of: LinkOf) -> Event:
    event = Event()
    event.add("uid", f"task-{one.id}.{organisation_id}@koopkracht")
    event.add("dtstamp", revision.at)
    event.add("last-modified", revision.at)
    event.add("sequence", revision.number)
    event.add("summary", _("Taak in Koopkracht, uiterlijk vandaag"))
    event.add("url", link_of("task", one.id))
    event.add("dtstart", one.due)
    event.add("dtend", one.due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
