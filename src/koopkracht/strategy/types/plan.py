"""What crosses the border of strategy: planned purchases. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PlanSource(StrEnum):
    """Where a planned purchase is known from."""

    PLAN = "plan"
    INFORMAL = "informal"


@dataclass(frozen=True, slots=True)
class PlannedPurchaseEntry:
    """A planned purchase as a person or a file gives it; ``amount`` is in EUR without VAT over the whole duration.

    ``contact`` and ``source_date`` say from whom and when, for what is known from an informal contact.
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


@dataclass(frozen=True, slots=True)
class SegmentTotal:
    """What is planned within one segment; ``without_amount`` counts the lines whose size is not known."""

    segment: str
    purchases: int
    amount: Decimal
    without_amount: int
