"""What crosses the border of obligations: what must be shown, by whom, by when. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where an obligation stands. Late is not a state: it follows from the day and is never stored."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SENT_BACK = "sent-back"
    DONE = "done"
    CANCELLED = "cancelled"


WITH_OWNER = frozenset({State.OPEN, State.SENT_BACK})
"""States in which the owner is the one who must do something."""
LIVING = WITH_OWNER | {State.SUBMITTED}
"""States in which something must still happen."""


class StepKind(StrEnum):
    """What happened to an obligation."""

    CREATED = "created"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent-back"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed-over"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Clock:
    """From which event a term is counted: its name (``kick-off``), its day, and the offset."""

    event: str
    on: dt.date
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class ObligationInput:
    """What must be shown. ``evidence_kind`` names what proves it (``document``, ``report``…); empty asks for nothing.

    ``subject`` and ``subject_key`` point at what it belongs to. Give ``due``, or a ``clock`` from which it follows.
    ``approver_id`` names the only person who may approve; without it everybody with the permission may, except the
    person who submitted.
    """

    title: str
    detail: str
    subject: str
    subject_key: int
    owner_id: int
    due: dt.date | None = None
    evidence_kind: str = ""
    approver_id: int | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that proves it: the hash under which the document store keeps it, and its name."""

    sha256: str
    filename: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of the history."""

    kind: StepKind
    at: dt.datetime
    by_id: int | None
    by: str
    remark: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation as others see it; names of people are read by the caller from their identities."""

    id: int
    title: str
    detail: str
    subject: str
    subject_key: int
    owner_id: int
    approver_id: int | None
    due: dt.date
    evidence_kind: str
    state: State
    event: str
    event_on: dt.date | None
    submitted_by_id: int | None
    submitted_on: dt.date | None
    done_on: dt.date | None

    def late(self, on: dt.date) -> bool:
        """Tell whether the last day has passed without proof; what was handed in on time and waits is not late."""
        if self.state in WITH_OWNER:
            return on > self.due
        return self.state is State.SUBMITTED and self.submitted_on is not None and self.submitted_on > self.due

    @property
    def needs_approval(self) -> bool:
        """Tell whether somebody else must approve: when evidence is asked or an approver is named."""
        return bool(self.evidence_kind) or self.approver_id is not None


@dataclass(frozen=True, slots=True)
class ObligationDetail:
    """An obligation with its history, oldest first."""

    obligation: ObligationView
    steps: tuple[StepView, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the documents of the last submission."""
        for step in reversed(self.steps):
            if step.kind is StepKind.SUBMITTED:
                return step.evidence
        return ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a set of obligations is on a day (cancelled ones do not count)."""

    total: int = 0
    done: int = 0
    waiting: int = 0
    open: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """When to remind: ``days`` after the due day (negative is before); the mail opens with ``text``."""

    code: str
    days: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ReminderReport:
    """What one turn of reminders did."""

    mails: int = 0
    obligations: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """What the owner hands in: documents and a remark."""

    evidence: Sequence[Evidence] = field(default_factory=tuple)
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """How many things happened to an obligation, and when the last did: for calendars."""

    number: int
    at: dt.datetime
