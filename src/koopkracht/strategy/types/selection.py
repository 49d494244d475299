"""What crosses the border of strategy about the selection of product groups. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from koopkracht.scoring.types import MethodView, Result
from koopkracht.strategy.types.plan import PlannedPurchaseView


class GroupStatus(StrEnum):
    """Where a product group stands on the one ladder from the list to a decision."""

    LISTED = "listed"
    PRIORITY = "priority"
    SCORED = "scored"
    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not-significant"


class Step(StrEnum):
    """What people did to a product group."""

    PRIORITISE = "prioritise"
    WITHDRAW = "withdraw"
    SCORE = "score"
    DECIDE_SIGNIFICANT = "significant"
    DECIDE_NOT = "not-significant"
    REOPEN = "reopen"


TRANSITIONS: Mapping[tuple[GroupStatus, Step], GroupStatus] = {
    (GroupStatus.LISTED, Step.PRIORITISE): GroupStatus.PRIORITY,
    (GroupStatus.SCORED, Step.PRIORITISE): GroupStatus.SCORED,
    (GroupStatus.PRIORITY, Step.WITHDRAW): GroupStatus.LISTED,
    (GroupStatus.LISTED, Step.SCORE): GroupStatus.SCORED,
    (GroupStatus.PRIORITY, Step.SCORE): GroupStatus.SCORED,
    (GroupStatus.SCORED, Step.DECIDE_SIGNIFICANT): GroupStatus.SIGNIFICANT,
    (GroupStatus.SCORED, Step.DECIDE_NOT): GroupStatus.NOT_SIGNIFICANT,
    (GroupStatus.SIGNIFICANT, Step.REOPEN): GroupStatus.SCORED,
    (GroupStatus.NOT_SIGNIFICANT, Step.REOPEN): GroupStatus.SCORED,
}
"""Every step that is possible, and where it leads."""

PRIORITY_STATES = frozenset({GroupStatus.PRIORITY, GroupStatus.SIGNIFICANT})
"""States in which a planned purchase of the group can be marked; a scored group only when the workshop chose it."""


class SizeClass(StrEnum):
    """How large a purchase is for this organisation."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Note:
    """A short text from the content: a feature, an advantage, a warning, a ground."""

    code: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """The words that help people score one parameter; ``low`` and ``high`` say what the ends of the scale mean."""

    code: str
    name: str
    inverse: bool
    question: str
    low: str
    high: str
    explanation: str
    questions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    parts: tuple[Guidance, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Borders that belong to a version of the method; amounts in EUR without VAT over the whole duration.

    Smaller than ``small_below`` is small, ``large_from`` and more is large. From a total of ``significant_from`` the
    screen advises to call a group significant; people decide. A purchase that starts within ``urgent_months`` is
    urgent.
    """

    small_below: Decimal
    large_from: Decimal
    significant_from: Decimal
    urgent_months: int

    def size_of(self, amount: Decimal | None) -> SizeClass | None:
        """Return the class of an amount, ``None`` for an unknown amount."""
        if amount is None:
            return None
        if amount < self.small_below:
            return SizeClass.SMALL
        return SizeClass.LARGE if amount >= self.large_from else SizeClass.MEDIUM


@dataclass(frozen=True, slots=True)
class SelectionContent:
    """The default method and all texts of ``content/scoring/product_group_selection.yaml``."""

    version: str
    source: str
    name: str
    scale: tuple[int, int]
    parameters: tuple[Guidance, ...]
    thresholds: Thresholds
    small_advantages: tuple[Note, ...]
    large_warnings: tuple[Note, ...]
    large_proposal: str
    complexity_reason: str
    urgency_reason: str
    urgency_unknown: str
    dialogue_reason: str
    worker_types: tuple[Note, ...]
    features: tuple[Note, ...]
    feature_examples: str
    focus_grounds: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ExtraParameter:
    """A parameter that the organisation adds under F, perhaps for one purchasing goal."""

    name: str
    explanation: str = ""
    weight: Decimal = Decimal(1)
    goal_id: int | None = None
    goal_name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class MethodInput:
    """A new version of the method: weights by code, borders, own parameters, and why it changes."""

    weights: Mapping[str, Decimal]
    thresholds: Thresholds
    extra: tuple[ExtraParameter, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SelectionMethodView:
    """A version of the method; version 0 is the default that nobody put in use yet."""

    method: MethodView
    thresholds: Thresholds
    extra: tuple[ExtraParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One step that people took about a group, with what the ranking advised at that moment."""

    step: Step
    reason: str
    decided_on: dt.date
    participants: str
    recorded_by: int | None
    recorded_at: dt.datetime
    score: Decimal | None = None
    rank: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """Where one product group stands. ``id`` is 0 while nobody did anything with it."""

    product_group: str
    id: int = 0
    status: GroupStatus = GroupStatus.LISTED
    priority_on: dt.date | None = None
    focus: tuple[str, ...] = ()
    focus_reason: str = ""
    features: tuple[str, ...] = ()
    result: Result | None = None

    @property
    def has_priority(self) -> bool:
        """Tell whether planned purchases in this group can be marked."""
        return self.priority_on is not None or self.status in PRIORITY_STATES

    @property
    def score(self) -> Fraction | None:
        """Return the total of the consolidated scores, ``None`` while incomplete."""
        return self.result.total if self.result else None


@dataclass(frozen=True, slots=True)
class Standings:
    """All groups that something was done with, and the method they are shown with."""

    method: SelectionMethodView
    groups: Mapping[str, GroupStanding] = field(default_factory=dict)

    def of(self, code: str) -> GroupStanding:
        """Return the standing of a group, also when nothing happened to it yet."""
        return self.groups.get(code, GroupStanding(code))

    @property
    def ranked(self) -> tuple[GroupStanding, ...]:
        """Return the completely scored groups, best first."""
        found = [one for one in self.groups.values() if one.result is not None and one.result.rank is not None]
        return tuple(sorted(found, key=lambda one: (one.result.rank, one.product_group)))  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Mark:
    """That social impact gets priority in a planned purchase, and why."""

    purchase_id: int
    reason: str
    marked_by: int | None
    marked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MarkedPurchase:
    """A planned purchase in a group with priority, with its mark when it has one."""

    purchase: PlannedPurchaseView
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The method applied to one planned purchase. ``urgent`` is ``None`` when its start is not known."""

    purchase: PlannedPurchaseView
    group: GroupStanding | None
    method: SelectionMethodView
    size: SizeClass | None
    urgent: bool | None
    complex: bool
    suggest_dialogue: bool
    mark: Mark | None
