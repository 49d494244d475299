"""What crosses the border of strategy: planned purchases. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from koopkracht.shared.periods import months_after


class PlanSource(StrEnum):
    """Where a planned purchase is known from."""

    PLAN = "plan"
    INFORMAL = "informal"


@dataclass(frozen=True, slots=True)
class PlannedPurchaseEntry:
    """A planned purchase as a person or a file gives it; ``amount`` is in EUR without VAT over the whole duration.

    ``contact`` and ``source_date`` say from whom and when, for what is known from an informal contact.
    ``intended_impact`` is what the purchase should mean for people; ``follows`` is the key of the contract that it
    succeeds. Where these two are empty, what was known before is kept: a file with the plan does not hold them.
    """

    title: str
    product_group: str = ""
    amount: Decimal | None = None
    start: dt.date | None = None
    duration_months: int | None = None
    responsible: str = ""
    source: PlanSource = PlanSource.PLAN
    contact: str = ""
    source_date: dt.date | None = None
    intended_impact: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPurchaseView:
    """A line of the purchasing plan."""

    id: int
    title: str
    segment: str
    product_group: str
    amount: Decimal | None
    start: dt.date | None
    duration_months: int | None
    responsible: str
    source: PlanSource
    contact: str
    source_date: dt.date | None
    intended_impact: str = ""
    follows: str = ""

    @property
    def end(self) -> dt.date | None:
        """Return the first day after the purchase, or ``None`` while start or duration is unknown."""
        if self.start is None or self.duration_months is None:
            return None
        return months_after(self.start, self.duration_months)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which of the five facts of a planned purchase are not known yet, by field name."""
        facts = {
            "product_group": self.product_group,
            "amount": self.amount is not None,
            "duration_months": self.duration_months,
            "responsible": self.responsible,
        }
        return tuple(name for name, value in facts.items() if not value)


@dataclass(frozen=True, slots=True)
class SegmentTotal:
    """What is planned within one segment; ``without_amount`` counts the lines whose size is not known."""

    segment: str
    purchases: int
    amount: Decimal
    without_amount: int
