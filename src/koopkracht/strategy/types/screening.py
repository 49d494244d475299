"""What crosses the border of the plan's early look: screening, bundling and preparation. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from koopkracht.strategy.types.plan import PlannedPurchaseView


class RoleOfSocialEconomy(StrEnum):
    """The answer to the one question of a screening: whether the social economy can play a part in the purchase."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ScreeningState(StrEnum):
    """How far the early look at a planned purchase is; derived, never stored."""

    NOT_ASKED = "not-asked"
    WAITING = "waiting"
    TERM_OVER = "term-over"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class ContactNote:
    """What the officer discussed with the one who asked for the purchase, and what turned out to be possible."""

    id: int
    on: dt.date
    contact: str
    result: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """The early look at one planned purchase.

    Once ``due`` has passed without an answer the purchase simply continues: a screening never delays the buyer.
    """

    purchase_id: int
    asked_on: dt.date | None
    due: dt.date | None
    answer: RoleOfSocialEconomy | None
    reason: str
    answered_by: str
    answered_on: dt.date | None
    notes: tuple[ContactNote, ...] = ()

    def state(self, today: dt.date) -> ScreeningState:
        """Return how far the look is on ``today``."""
        if self.answer is not None:
            return ScreeningState.ANSWERED
        if self.asked_on is None or self.due is None:
            return ScreeningState.NOT_ASKED
        return ScreeningState.TERM_OVER if self.due < today else ScreeningState.WAITING

    def holds_up(self, today: dt.date) -> bool:
        """Tell whether the purchase waits for the officer: only while the term runs."""
        return self.state(today) is ScreeningState.WAITING


@dataclass(frozen=True, slots=True)
class Bundle:
    """Purchases of one product group that start close together."""

    product_group: str
    lines: tuple[PlannedPurchaseView, ...]

    @property
    def total(self) -> Decimal | None:
        """Return the sum of the known amounts in EUR without VAT, or ``None`` when no amount is known."""
        known = [line.amount for line in self.lines if line.amount is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Preparation:
    """By when work on a purchase must begin; ``is_late`` when that day has passed, ``is_past`` when the start has."""

    begin: dt.date
    start: dt.date
    is_late: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Terms of the plan: an organisation's defaults, not law."""

    screening_days: int
    preparation_months: int
    look_ahead_months: int
    bundle_gap_months: int
