"""What crosses the border of strategy: social goals, purchasing goals, principles, decisions. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from koopkracht.shared.periods import Period

SUBJECT = PURCHASING_GOAL = "purchasing-goal"
"""The subject under which indicators of a purchasing goal are kept."""

PRINCIPLE = "principle"
"""The subject under which the indicator of a principle is kept."""


class Pillar(StrEnum):
    """What a goal is about in the first place; both stand in the same overview."""

    SOCIAL = "social"
    ECOLOGICAL = "ecological"


class GoalState(StrEnum):
    """How far a social goal is on its way to purchases."""

    INVENTORIED = "inventoried"
    JUDGED = "judged"
    SHORTLISTED = "shortlisted"
    TRANSLATED = "translated"
    PARKED = "parked"


class Effect(StrEnum):
    """How large the effect of purchases on a goal is expected to be."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"


class PurposeState(StrEnum):
    """Where a purchasing goal stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    REACHED = "reached"
    ENDED = "ended"


class DecisionKind(StrEnum):
    """What was decided about goals."""

    SHORTLIST = "shortlist"
    APPROVAL = "approval"


class Part(StrEnum):
    """The four parts of the strategic framework."""

    GOALS = "goals"
    PURPOSES = "purposes"
    SELECTION = "selection"
    WORKGROUP = "workgroup"


class FrameworkState(StrEnum):
    """Where the strategic framework stands."""

    EMPTY = "empty"
    IN_PROGRESS = "in-progress"
    COMPLETE = "complete"
    UNDER_REVIEW = "under-review"


@dataclass(frozen=True, slots=True)
class Named:
    """A code of a list with its Dutch name and what it means; ``is_own`` marks what the organisation added."""

    code: str
    name: str
    explanation: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """Which purchases a goal is about, by type, value and duration.

    ``types`` are ``works``, ``services`` and ``supplies`` (none: all). The value (EUR without VAT) must be strictly
    greater than ``value_over``; the duration at least ``months``. ``None`` sets no limit.
    """

    types: tuple[str, ...] = ()
    value_over: Decimal | None = None
    months: int | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether the rule says nothing."""
        return not self.types and self.value_over is None and self.months is None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a form about goals starts with; an organisation changes it on the form."""

    theme: str
    scope: ScopeRule
    principle_minimum: Decimal
    principle_group: str
    reference: str


@dataclass(frozen=True, slots=True)
class ExampleAction:
    """An example of a yearly action."""

    code: str
    title: str
    detail: str
    strategic_goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SocialGoalInput:
    """A social (or ecological) goal as a person notes it, with the document it stands in.

    ``source_sha`` is the hash of a stored file. Without themes a new goal gets the default theme of the organisation.
    """

    title: str
    description: str = ""
    pillar: Pillar = Pillar.SOCIAL
    themes: tuple[str, ...] = ()
    strategic_goals: tuple[str, ...] = ()
    source_title: str = ""
    source_sha: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether purchases are a lever for a goal, and how large the effect can be.

    ``other_lever`` names what works better when purchases are no lever.
    """

    is_lever: bool
    effect: Effect | None = None
    remark: str = ""
    other_lever: str = ""


@dataclass(frozen=True, slots=True)
class SocialGoalView:
    """A social goal as pages show it; ``rank`` is its place on the shortlist (1 is first)."""

    id: int
    title: str
    description: str
    pillar: Pillar
    themes: tuple[str, ...]
    strategic_goals: tuple[str, ...]
    source_title: str
    source_sha: str
    state: GoalState
    is_lever: bool | None
    effect: Effect | None
    judgement: str
    other_lever: str
    judged_on: dt.date | None
    judged_by: str
    rank: int | None
    parked_reason: str
    purposes: int = 0


class Fit(StrEnum):
    """Whether something falls under a scope rule; unknown when a size that matters is not known."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PurposeInput:
    """A purchasing goal: how buying helps to reach a social goal, and for which purchases."""

    title: str
    description: str = ""
    product_groups: tuple[str, ...] = ()
    scope: ScopeRule = field(default_factory=ScopeRule)


@dataclass(frozen=True, slots=True)
class PurposeView:
    """A purchasing goal as pages show it."""

    id: int
    social_goal_id: int
    social_goal: str
    title: str
    description: str
    product_groups: tuple[str, ...]
    scope: ScopeRule
    state: PurposeState
    ended_reason: str
    changed_on: dt.date
    chain: str = ""


class Missing(StrEnum):
    """What a purchasing goal lacks to be more than an intention."""

    SCOPE = "scope"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class PlannedInScope:
    """A planned purchase and whether it falls under the rule or the product groups of a purchasing goal."""

    id: int
    title: str
    product_group: str
    amount: Decimal | None
    start: dt.date | None
    months: int | None
    fit: Fit


@dataclass(frozen=True, slots=True)
class PrincipleInput:
    """A minimum share (0.80 is 80 %) of what is spent in a product group that goes to the social economy."""

    product_group: str
    minimum: Decimal
    valid: Period
    reason: str = ""
    purpose_id: int | None = None


@dataclass(frozen=True, slots=True)
class PrincipleView:
    """A principle of a product group; ``indicator_id`` names the indicator that follows it."""

    id: int
    product_group: str
    minimum: Decimal
    valid: Period
    reason: str
    purpose_id: int | None
    indicator_id: int | None


@dataclass(frozen=True, slots=True)
class Compliance:
    """Whether a principle was met: spend with the social economy over all spend of the group (CF-05)."""

    minimum: Decimal
    social: Decimal
    whole: Decimal

    @property
    def share(self) -> Decimal | None:
        """Return the share, or ``None`` without spend: nothing spent is not the same as nothing reached."""
        return None if self.whole <= 0 else self.social / self.whole

    @property
    def is_met(self) -> bool | None:
        """Tell whether the share is at least the minimum; ``None`` when it is not known."""
        return None if self.share is None else self.share >= self.minimum


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A dated decision about goals, with the goals as they were then."""

    id: int
    kind: DecisionKind
    decided_on: dt.date
    decided_by: str
    body: str
    reason: str
    goals: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class ChainIndicator:
    """An indicator of an example chain.

    ``target`` is a fixed target for every period; ``baseline`` with ``growth`` per year, or with ``end_value`` after
    ``years``, is a path. Without either the indicator is followed without a target.
    """

    name: str
    kind: str
    unit: str
    definition: str
    realism: str
    source: str
    measure: str = ""
    target: Decimal | None = None
    baseline: Decimal | None = None
    growth: Decimal | None = None
    years: int | None = None
    end_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """An example chain from social goal to target, written in our own words, with its source."""

    code: str
    name: str
    story: str
    source: str
    goal: SocialGoalInput
    effect: Effect
    purpose: PurposeInput
    indicators: tuple[ChainIndicator, ...]


@dataclass(frozen=True, slots=True)
class ChainTaken:
    """What taking over a chain made."""

    social_goal_id: int
    purpose_id: int
    indicator_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the framework: whether it is there, and what was found."""

    part: Part
    is_complete: bool
    is_started: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """The strategic framework of an organisation (CF-25: completed parts out of four)."""

    parts: tuple[PartView, ...]
    state: FrameworkState
    review_open_since: dt.date | None = None
    last_review: dt.date | None = None
    review_due: bool = False

    @property
    def completed(self) -> int:
        """Return how many parts are complete."""
        return sum(part.is_complete for part in self.parts)

    @property
    def share(self) -> Decimal:
        """Return the completed parts over all parts."""
        return Decimal(self.completed) / Decimal(len(self.parts))

    @property
    def missing(self) -> tuple[Part, ...]:
        """Return the parts that are not complete."""
        return tuple(part.part for part in self.parts if not part.is_complete)
