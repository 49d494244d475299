"""What crosses the border about talking with the market. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class DialogueKind(StrEnum):
    """The forms of a talk with the market; the codes are those of the kinds of meetings."""

    INTERVIEW = "interview"
    GROUP = "group-dialogue"
    SESSION = "market-session"


class DialogueState(StrEnum):
    """How far a talk is."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class PartyRole(StrEnum):
    """As what a party comes to a session."""

    COMPANY = "company"
    SOCIAL_ENTERPRISE = "social-enterprise"
    SUPPORT = "support"
    AUTHORITY = "authority"


class Reply(StrEnum):
    """What a party said to an invitation."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


class ContactForm(StrEnum):
    """In which form there was contact."""

    TALK = "talk"
    SURVEY = "survey"
    SESSION = "session"
    VISIT = "visit"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class DialogueInput:
    """A planned talk: when, how, with whom and why. ``part_one`` and ``part_two`` are for sessions.

    ``purchase_id`` is the key of a planned purchase it is about, or ``None``.
    """

    kind: DialogueKind
    title: str
    product_group: str
    date: dt.date
    place: str = ""
    participants: str = ""
    purpose: str = ""
    part_one: str = ""
    part_two: str = ""
    purchase_id: int | None = None


@dataclass(frozen=True, slots=True)
class DialogueReport:
    """What a talk gave: three outputs, notes, and how many people were there."""

    approach: str
    lot_tasks: str
    tactic: str
    notes: str = ""
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A talk as the screens see it."""

    id: int
    plan: DialogueInput
    state: DialogueState
    report: DialogueReport
    meeting_id: int | None
    cancelled_reason: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party that is invited to a session, by its name and a function; ``people`` is how many came."""

    name: str
    role: PartyRole
    supplier_id: int | None = None
    contact_function: str = ""
    reply: Reply = Reply.OPEN
    people: int | None = None
    pitch: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """One party asks for contact with another after a session. Details are given only when both agreed."""

    id: int
    asker: str
    asked: str
    message: str
    asked_on: dt.date
    agreed_on: dt.date | None
    declined_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Information:
    """What one market party was told, and when and through which channel everybody could read it."""

    product_group: str
    party: str
    content: str
    given_on: dt.date
    channel: str
    dialogue_id: int | None = None
    published_on: dt.date | None = None
    published_channel: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class NeedReaction:
    """How a market party reacted to an announced need."""

    party: str
    content: str
    received_on: dt.date
    id: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """A need that is made known to the market long before a tender."""

    title: str
    product_group: str
    description: str
    expected_start: dt.date | None
    announced_on: dt.date
    channel: str
    reactions_until: dt.date | None = None
    reactions: tuple[NeedReaction, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with a party outside; the person is named by function."""

    party: str
    contact_function: str
    form: ContactForm
    content: str
    held_on: dt.date
    product_group: str = ""
    follow_up: str = ""
    supplier_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule, demand or protocol that seems to stand in the way, with what is done about it."""

    title: str
    product_group: str
    why: str
    raised_by: str
    raised_on: dt.date
    follow_up: str = ""
    resolved_on: dt.date | None = None
    outcome: str = ""
    id: int = 0
