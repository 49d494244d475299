"""Reads of meetings. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F, Q

from koopkracht.meetings.errors import GroupNotFound, MeetingNotFound
from koopkracht.meetings.models import AgendaItem, Decision, Group, Meeting, Member, Minutes, Participant
from koopkracht.meetings.types import (
    COMING,
    AgendaView,
    DecisionView,
    GroupView,
    MeetingDetail,
    MeetingState,
    MeetingView,
    MemberView,
    MinutesView,
    ParticipantView,
    YearFigures,
)
from koopkracht.shared.periods import Period, months_after

_MEETING = (
    "id",
    "kind",
    "title",
    "date",
    "starts",
    "ends",
    "place",
    "state",
    "group_id",
    "subject",
    "subject_key",
    "sequence",
    "changed_at",
)
_MEMBER = ("id", "group_id", "role", "user_id", "name", "organisation_name", "leads", "valid_from", "valid_until")
_GROUP = ("id", "kind", "name", "purpose", "rhythm_months", "started_on", "closed_on")
_DECISION = ("id", "meeting_id", "text", "owner_id", "due")


def view(*, state: str, **fields: Any) -> MeetingView:
    """Return a row as others see it."""
    return MeetingView(state=MeetingState(state), **fields)


def _views(rows: Any) -> tuple[MeetingView, ...]:
    return tuple(view(**row) for row in rows.values(*_MEETING))


def groups(organisation_id: int, *, kind: str = "", group_id: int | None = None) -> tuple[GroupView, ...]:
    """Return the groups with their members, the open ones first."""
    rows = Group.objects.of(organisation_id)
    if kind:
        rows = rows.filter(kind=kind)
    if group_id is not None:
        rows = rows.filter(pk=group_id)
    found = list(rows.order_by("id").values(*_GROUP))
    members: dict[int, list[MemberView]] = defaultdict(list)
    people = Member.objects.of(organisation_id).filter(group_id__in=[row["id"] for row in found])
    for row in people.order_by("-leads", "id").values(*_MEMBER):
        members[row["group_id"]].append(MemberView(**row))
    made = [GroupView(members=tuple(members[row["id"]]), **row) for row in found]
    return tuple(sorted(made, key=lambda group: (group.closed_on is not None, group.id)))


def group(organisation_id: int, group_id: int) -> GroupView:
    """Return one group; raises ``GroupNotFound``."""
    found = groups(organisation_id, group_id=group_id)
    if not found:
        raise GroupNotFound(group_id)
    return found[0]


def meeting(organisation_id: int, meeting_id: int) -> MeetingDetail:
    """Return a meeting with all that belongs to it; raises ``MeetingNotFound``."""
    found = _views(Meeting.objects.of(organisation_id).filter(pk=meeting_id))
    if not found:
        raise MeetingNotFound(meeting_id)

    def rows(model: Any, order: str, *fields: str) -> Iterable[dict[str, Any]]:
        found = model.objects.of(organisation_id).filter(meeting_id=meeting_id).order_by(order, "id")
        return list(found.values(*fields))

    people = rows(Participant, "id", "id", "role", "user_id", "name", "organisation_name", "attended")
    agenda = rows(AgendaItem, "position", "id", "position", "title", "part", "detail", "reference", "requested_on")
    return MeetingDetail(
        meeting=found[0],
        participants=tuple(ParticipantView(**row) for row in people),
        agenda=tuple(AgendaView(**row) for row in agenda),
        minutes=tuple(MinutesView(**row) for row in rows(Minutes, "version", "version", "parts", "at", "by_id")),
        decisions=tuple(DecisionView(**row) for row in rows(Decision, "id", *_DECISION)),
    )


def of_subjects(
    organisation_id: int, subject: str, subject_keys: Collection[int]
) -> Mapping[int, tuple[MeetingView, ...]]:
    """Return the meetings of these subjects by key, the newest first; cancelled ones too."""
    found: dict[int, list[MeetingView]] = defaultdict(list)
    rows = Meeting.objects.of(organisation_id).filter(subject=subject, subject_key__in=list(subject_keys))
    for one in _views(rows.order_by("-date", "-id")):
        found[one.subject_key].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def of_groups(organisation_id: int, group_ids: Collection[int]) -> Mapping[int, tuple[MeetingView, ...]]:
    """Return the meetings of these groups by group, the newest first."""
    found: dict[int, list[MeetingView]] = defaultdict(list)
    rows = Meeting.objects.of(organisation_id).filter(group_id__in=list(group_ids)).order_by("-date", "-id")
    for one in _views(rows):
        found[one.group_id or 0].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def of_kinds(organisation_id: int, kinds: Collection[str]) -> tuple[MeetingView, ...]:
    """Return the meetings of these kinds, the newest first."""
    return _views(Meeting.objects.of(organisation_id).filter(kind__in=list(kinds)).order_by("-date", "-id"))


def between(
    organisation_id: int,
    start: dt.date,
    end: dt.date,
    *,
    user_id: int | None = None,
    kind: str = "",
    cancelled: bool = False,
) -> tuple[MeetingView, ...]:
    """Return the meetings of a half-open period; with ``user_id`` only those to which this person is invited."""
    rows = Meeting.objects.of(organisation_id).filter(date__gte=start, date__lt=end)
    if kind:
        rows = rows.filter(kind=kind)
    if not cancelled:
        rows = rows.exclude(state=MeetingState.CANCELLED)
    if user_id is not None:
        invited = Participant.objects.of(organisation_id).filter(user_id=user_id).values("meeting_id")
        rows = rows.filter(pk__in=invited)
    return _views(rows.order_by("date", F("starts").asc(nulls_first=True), "id"))


def decisions(organisation_id: int, meeting_ids: Collection[int]) -> tuple[DecisionView, ...]:
    """Return the decisions of these meetings, in the order in which they were taken."""
    rows = Decision.objects.of(organisation_id).filter(meeting_id__in=list(meeting_ids)).order_by("id")
    return tuple(DecisionView(**row) for row in rows.values(*_DECISION))


def of_decisions(organisation_id: int, decision_ids: Collection[int]) -> Mapping[int, MeetingView]:
    """Return the meeting in which each of these decisions was taken."""
    pairs = dict(Decision.objects.of(organisation_id).filter(pk__in=list(decision_ids)).values_list("pk", "meeting_id"))
    found = {one.id: one for one in _views(Meeting.objects.of(organisation_id).filter(pk__in=set(pairs.values())))}
    return {key: found[meeting_id] for key, meeting_id in pairs.items()}


def minutes_of(organisation_id: int, meeting_ids: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """Return the minutes that count (the last version) by meeting."""
    rows = Minutes.objects.of(organisation_id).filter(meeting_id__in=list(meeting_ids)).order_by("version")
    return {row["meeting_id"]: row["parts"] for row in rows.values("meeting_id", "parts")}


def next_due(group: GroupView, meetings: Iterable[MeetingView]) -> dt.date | None:
    """Return the last day for the next meeting of a group; ``None`` without a rhythm.

    It is counted from the last meeting that was held, or from the start of the group.
    """
    if not group.rhythm_months or group.closed_on is not None:
        return None
    held = [one.date for one in meetings if one.state is MeetingState.HELD]
    return months_after(max(held, default=group.started_on), group.rhythm_months)


def planned_next(meetings: Iterable[MeetingView], on: dt.date) -> MeetingView | None:
    """Return the first coming meeting from a day on."""
    coming = [one for one in meetings if one.state in COMING and one.date >= on]
    return min(coming, key=lambda one: (one.date, one.id), default=None)


def year_figures(organisation_id: int, kinds: Collection[str], year: int) -> YearFigures:
    """Return the figures of a calendar year over meetings of these kinds."""
    period = Period.calendar_year(year)
    held = Meeting.objects.of(organisation_id).filter(
        kind__in=list(kinds), state=MeetingState.HELD, date__gte=period.start, date__lt=period.end
    )
    items = AgendaItem.objects.of(organisation_id).filter(~Q(reference=""), meeting__in=held)
    rows = list(items.values_list("reference", "requested_on", "meeting__date"))
    waits = [(date - asked).days for _reference, asked, date in rows if asked is not None and asked <= date]
    return YearFigures(
        year=year,
        meetings=held.count(),
        dossiers=len({reference.casefold() for reference, _asked, _date in rows}),
        waiting_days=(2 * sum(waits) + len(waits)) // (2 * len(waits)) if waits else None,
    )
