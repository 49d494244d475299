"""What crosses the border of meetings: groups, meetings, agenda, minutes and decisions. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"


COMING = frozenset({MeetingState.PLANNED, MeetingState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class ScriptPart:
    """One part of the script of a meeting: its title, and help for who leads it."""

    code: str
    title: str
    guidance: str


@dataclass(frozen=True, slots=True)
class MeetingKind:
    """A kind of meeting as the content describes it.

    ``must_attend`` are roles without which it cannot be confirmed; ``should_attend`` only warn. The agenda must have
    an item for each of ``agenda_parts``, and holds at most ``agenda_limit`` items (``None``: no limit).
    """

    code: str
    name: str
    purpose: str
    parts: tuple[ScriptPart, ...]
    must_attend: tuple[str, ...] = ()
    should_attend: tuple[str, ...] = ()
    agenda_parts: tuple[str, ...] = ()
    agenda_limit: int | None = None
    tips: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupKind:
    """A kind of group: whether it needs a rhythm, and which roles it needs, is advised to have, and is led by."""

    code: str
    name: str
    purpose: str
    rhythm_required: bool
    meeting_kind: str
    needed: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberInput:
    """A member: somebody with an account (``user_id``), or a name with an organisation."""

    role: str
    user_id: int | None = None
    name: str = ""
    organisation_name: str = ""
    leads: bool = False
    valid_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member with the period in which they belong; ``valid_until`` is the last day, ``None`` is open."""

    id: int
    group_id: int
    role: str
    user_id: int | None
    name: str
    organisation_name: str
    leads: bool
    valid_from: dt.date
    valid_until: dt.date | None

    def current(self, on: dt.date) -> bool:
        """Tell whether this person belongs to the group on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group; ``rhythm_months`` is how many months lie between two meetings, ``None`` when it has no rhythm."""

    id: int
    kind: str
    name: str
    purpose: str
    rhythm_months: int | None
    started_on: dt.date
    closed_on: dt.date | None
    members: tuple[MemberView, ...] = ()

    def roles(self, on: dt.date) -> frozenset[str]:
        """Return the roles that are represented on a day."""
        return frozenset(member.role for member in self.members if member.current(on))


@dataclass(frozen=True, slots=True)
class ParticipantInput:
    """Who is invited: somebody with an account, or a name with an organisation."""

    role: str
    user_id: int | None = None
    name: str = ""
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class AgendaInput:
    """An item of the agenda. ``part`` is a part of the script; ``reference`` names a dossier that it is about."""

    title: str
    part: str = ""
    detail: str = ""
    reference: str = ""
    requested_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MeetingInput:
    """A meeting to plan. With a ``group_id`` and without ``participants``, the members of that day are invited."""

    kind: str
    title: str
    date: dt.date
    group_id: int | None = None
    subject: str = ""
    subject_key: int = 0
    place: str = ""
    starts: dt.time | None = None
    ends: dt.time | None = None
    participants: tuple[ParticipantInput, ...] = ()
    agenda: tuple[AgendaInput, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """What was decided; with an owner and a due day it can become a task."""

    text: str
    owner_id: int | None = None
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """Who was invited; ``attended`` is ``None`` until somebody wrote it down."""

    id: int
    role: str
    user_id: int | None
    name: str
    organisation_name: str
    attended: bool | None


@dataclass(frozen=True, slots=True)
class AgendaView:
    """An item of the agenda."""

    id: int
    position: int
    title: str
    part: str
    detail: str
    reference: str
    requested_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MinutesView:
    """One version of the minutes: a text per part of the script."""

    version: int
    parts: Mapping[str, str]
    at: dt.datetime
    by_id: int | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision."""

    id: int
    meeting_id: int
    text: str
    owner_id: int | None
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting in a list; ``sequence`` counts the changes of day, hour, place or title."""

    id: int
    kind: str
    title: str
    date: dt.date
    starts: dt.time | None
    ends: dt.time | None
    place: str
    state: MeetingState
    group_id: int | None
    subject: str
    subject_key: int
    sequence: int
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """A meeting with all that belongs to it; the last of ``minutes`` counts."""

    meeting: MeetingView
    participants: tuple[ParticipantView, ...] = ()
    agenda: tuple[AgendaView, ...] = ()
    minutes: tuple[MinutesView, ...] = ()
    decisions: tuple[DecisionView, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What is written down of a meeting: a text per part of the script, and who was there (by participant number)."""

    minutes: Mapping[str, str]
    attendance: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Figures of one calendar year: meetings held, dossiers discussed, and the mean waiting time in days.

    A dossier is counted once a year. ``waiting_days`` is the mean, in whole days, between the day on which a dossier
    was offered and the meeting that discussed it; ``None`` when nobody wrote down those days.
    """

    year: int
    meetings: int
    dossiers: int
    waiting_days: int | None
