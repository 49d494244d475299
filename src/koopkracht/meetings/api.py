"""The door of meetings: groups, meetings by script, minutes and decisions. Stable, keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from koopkracht.meetings import people, queries, scripts
from koopkracht.meetings.actions import (
    cancel,
    change,
    confirm,
    correct,
    decide,
    hold,
    invite,
    plan,
    set_agenda,
    uninvite,
)
from koopkracht.meetings.grouping import add_member, change_group, close_group, create_group, end_member
from koopkracht.meetings.models import STATE_LABELS
from koopkracht.meetings.types import (
    DecisionView,
    GroupKind,
    GroupView,
    MeetingDetail,
    MeetingKind,
    MeetingView,
    YearFigures,
)

__all__ = [
    "STATE_LABELS",
    "add_member",
    "between",
    "cancel",
    "change",
    "change_group",
    "close_group",
    "confirm",
    "correct",
    "create_group",
    "decide",
    "decisions",
    "end_member",
    "group",
    "group_kinds",
    "groups",
    "hold",
    "invite",
    "kinds",
    "meeting",
    "minutes_of",
    "missing_roles",
    "next_due",
    "of_decisions",
    "of_groups",
    "of_kinds",
    "of_subjects",
    "plan",
    "planned_next",
    "roles",
    "set_agenda",
    "uninvite",
    "year_figures",
]


def kinds() -> Mapping[str, MeetingKind]:
    """Return the kinds of meetings with their scripts, by code."""
    return scripts.kinds()


def group_kinds() -> Mapping[str, GroupKind]:
    """Return the kinds of groups, by code."""
    return scripts.group_kinds()


def roles() -> Mapping[str, str]:
    """Return the Dutch names of the roles at the table, by code."""
    return scripts.roles()


def groups(*, organisation_id: int, kind: str = "") -> tuple[GroupView, ...]:
    """Return the groups with their members, the open ones first."""
    return queries.groups(organisation_id, kind=kind)


def group(*, organisation_id: int, group_id: int) -> GroupView:
    """Return one group. Raises ``GroupNotFound``."""
    return queries.group(organisation_id, group_id)


def meeting(*, organisation_id: int, meeting_id: int) -> MeetingDetail:
    """Return one meeting with participants, agenda, all versions of the minutes and decisions.

    Raises ``MeetingNotFound``.
    """
    return queries.meeting(organisation_id, meeting_id)


def of_subjects(
    *, organisation_id: int, subject: str, subject_keys: Collection[int]
) -> Mapping[int, tuple[MeetingView, ...]]:
    """Return the meetings of these subjects by key, the newest first; a subject without any is left out."""
    return queries.of_subjects(organisation_id, subject, subject_keys)


def of_decisions(*, organisation_id: int, decision_ids: Collection[int]) -> Mapping[int, MeetingView]:
    """Return the meeting in which each of these decisions was taken; unknown ones are left out."""
    return queries.of_decisions(organisation_id, decision_ids)


def of_groups(*, organisation_id: int, group_ids: Collection[int]) -> Mapping[int, tuple[MeetingView, ...]]:
    """Return the meetings of these groups by group, the newest first."""
    return queries.of_groups(organisation_id, group_ids)


def of_kinds(*, organisation_id: int, kinds: Collection[str]) -> tuple[MeetingView, ...]:
    """Return the meetings of these kinds, the newest first."""
    return queries.of_kinds(organisation_id, kinds)


def between(
    *,
    organisation_id: int,
    start: dt.date,
    end: dt.date,
    user_id: int | None = None,
    kind: str = "",
    cancelled: bool = False,
) -> tuple[MeetingView, ...]:
    """Return the meetings of a half-open period in order; with ``user_id`` those to which this person is invited."""
    return queries.between(organisation_id, start, end, user_id=user_id, kind=kind, cancelled=cancelled)


def decisions(*, organisation_id: int, meeting_ids: Collection[int]) -> tuple[DecisionView, ...]:
    """Return the decisions of these meetings in the order in which they were taken."""
    return queries.decisions(organisation_id, meeting_ids)


def minutes_of(*, organisation_id: int, meeting_ids: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """Return the minutes that count, by meeting and part of the script."""
    return queries.minutes_of(organisation_id, meeting_ids)


def missing_roles(*, kind: str, present: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles without which a meeting cannot go on, and those that should be there, as far as absent."""
    described = scripts.kind(kind)
    return people.missing(described.must_attend, present), people.missing(described.should_attend, present)


def next_due(*, group: GroupView, meetings: Iterable[MeetingView]) -> dt.date | None:
    """Return the last day for the next meeting by the rhythm of the group; ``None`` without a rhythm."""
    return queries.next_due(group, meetings)


def planned_next(*, meetings: Iterable[MeetingView], on: dt.date) -> MeetingView | None:
    """Return the first coming meeting from a day on."""
    return queries.planned_next(meetings, on)


def year_figures(*, organisation_id: int, kinds: Collection[str], year: int) -> YearFigures:
    """Return meetings, dossiers and mean waiting time of a calendar year, over meetings of these kinds."""
    return queries.year_figures(organisation_id, kinds, year)
