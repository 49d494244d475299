"""What crosses the border of strategy about the working group and the talks around it. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from koopkracht.meetings.types import GroupView, MeetingView


class NeedSource(StrEnum):
    """Where a department told what it needs."""

    TALK = "talk"
    FORUM = "forum"


@dataclass(frozen=True, slots=True)
class WorkgroupStanding:
    """How the working group stands on a day: who is missing, and when it meets.

    ``missing_needed`` are roles without which it should not decide (the board and the buyers), ``missing_advised``
    roles that help, ``missing_leads`` roles that should own the work together. ``next_due`` follows from the rhythm;
    ``overdue`` says that this day has passed without a new meeting in the calendar.
    """

    group: GroupView
    missing_needed: tuple[str, ...]
    missing_advised: tuple[str, ...]
    missing_leads: tuple[str, ...]
    last_held: MeetingView | None
    next_meeting: MeetingView | None
    next_due: dt.date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class RoundTableResult:
    """One line that a round table brought: a goal that can be taken over in the list of social goals."""

    meeting_id: int
    meeting_title: str
    date: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class ExchangeCheck:
    """The yearly exchange event: the next one within twelve months, and the last one that was held."""

    planned: MeetingView | None
    last_held: MeetingView | None

    @property
    def warning(self) -> bool:
        """Tell whether none is planned in the coming twelve months."""
        return self.planned is None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of a meeting, and the task that came from it (``None`` without owner and day)."""

    decision_id: int
    obligation_id: int | None


@dataclass(frozen=True, slots=True)
class DepartmentNeedInput:
    """An assignment that a department sees for the social economy, or something that it needs.

    ``yearly_amount`` is in EUR without VAT per year, ``None`` when not known; ``meeting_id`` is the talk in which it
    was told; ``planned_purchase_id`` the line of the purchasing plan that will cover it.
    """

    department: str
    title: str
    source: NeedSource = NeedSource.TALK
    yearly_amount: Decimal | None = None
    product_group: str = ""
    meeting_id: int = 0
    planned_purchase_id: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentNeedView:
    """A need of a department as others see it."""

    id: int
    department: str
    title: str
    source: NeedSource
    yearly_amount: Decimal | None
    product_group: str
    meeting_id: int
    planned_purchase_id: int | None
    planned_purchase: str
    remark: str


@dataclass(frozen=True, slots=True)
class DepartmentTotal:
    """What one department brought: number, sum per year (EUR without VAT) and how many have no amount."""

    department: str
    needs: int
    yearly_amount: Decimal
    without_amount: int
