"""What crosses the border of indicators. No Django.

Values are exact decimals: a share is a fraction (0.10 is 10 %), an amount is EUR without VAT, yes is 1 and no is 0.
An empty value is unknown; it is never shown or counted as 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from koopkracht.shared.periods import Period

__all__ = [
    "Direction",
    "DiscussionInput",
    "DiscussionView",
    "Frequency",
    "IndicatorInput",
    "IndicatorKind",
    "IndicatorView",
    "MeasurementInput",
    "MeasurementView",
    "Source",
    "Standing",
    "State",
    "TargetPath",
    "TargetView",
]


class IndicatorKind(StrEnum):
    """What is counted (PG-2.2-19)."""

    SHARE = "share"
    COUNT = "count"
    HOURS = "hours"
    AMOUNT = "amount"
    YES_NO = "yes-no"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class State(StrEnum):
    """Where an indicator stands; the transitions are in ``workflow``."""

    DRAFT = "draft"
    ACTIVE = "active"
    NO_DATA = "no-data"
    CLOSED = "closed"


class Source(StrEnum):
    """Whether the platform computes the values or people enter them."""

    COMPUTED = "computed"
    ENTERED = "entered"


class Frequency(StrEnum):
    """How long one period of measurement is."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """The four-part form (PG-2.2-12): ambition, indicator, realism, responsible person.

    ``measure`` is the code of a computed measure and ``parameters`` what it needs (product groups, a minimum);
    ``unit`` is the word behind a value ("werfbezoeken"). ``theme`` groups indicators for reports.
    """

    name: str
    kind: IndicatorKind
    unit: str
    ambition: str
    definition: str
    realism: str
    source: Source
    measure: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    frequency: Frequency = Frequency.YEAR
    direction: Direction = Direction.HIGHER
    data_available: bool = False
    data_reliable: bool = False
    responsible_id: int | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class TargetPath:
    """Where the value should go (CF-04).

    From ``baseline_value`` in ``baseline_year`` it moves by ``yearly_growth`` each year (for a share: in points, so
    0.01 is one percentage point). ``end_value`` in ``end_year`` is a promise of its own; the two are never mixed. A
    fixed target for every period is a baseline with growth 0. Without growth, the path is the straight line from the
    baseline to the end value.
    """

    baseline_year: int
    baseline_value: Decimal
    yearly_growth: Decimal | None = None
    end_year: int | None = None
    end_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TargetView:
    """One target path in the history of an indicator; ``path`` is empty where the target was taken away."""

    path: TargetPath | None
    set_at: dt.datetime
    set_by_id: int | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its current target path."""

    id: int
    subject: str
    subject_key: int
    name: str
    kind: IndicatorKind
    unit: str
    ambition: str
    definition: str
    realism: str
    source: Source
    measure: str
    parameters: Mapping[str, Any]
    frequency: Frequency
    direction: Direction
    data_available: bool
    data_reliable: bool
    responsible_id: int | None
    theme: str
    state: State
    activated_on: dt.date | None
    closed_on: dt.date | None
    close_reason: str
    target: TargetPath | None = None


@dataclass(frozen=True, slots=True)
class MeasurementInput:
    """One value of one period.

    ``evidence`` holds the SHA-256 of stored documents. ``provenance`` says where a computed value comes from: what
    was counted and the address parameters of the page with the lines behind it.
    """

    period: Period
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    source: str = ""
    remark: str = ""
    evidence: tuple[str, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasurementView:
    """A measurement as it is kept; a newer one for the same period replaces it and leaves it readable."""

    id: int
    indicator_id: int
    period: Period
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    source: str
    remark: str
    evidence: tuple[str, ...]
    provenance: Mapping[str, Any]
    recorded_at: dt.datetime
    recorded_by_id: int | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class DiscussionInput:
    """A talk about an indicator with its stakeholders, planned or held (PG-2.2-15)."""

    topic: str
    participants: str
    planned_on: dt.date
    held_on: dt.date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class DiscussionView:
    """A planned or held talk."""

    id: int
    indicator_id: int
    topic: str
    participants: str
    planned_on: dt.date
    held_on: dt.date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an indicator stands (CF-03, CF-04); every field that is not known is ``None``, never 0.

    ``period`` is the newest measured period, or the last finished one without any measurement. ``target`` is what
    the path asks for in that period and ``gap`` is actual minus target; ``attainment`` is actual divided by target.
    ``end_gap`` is actual minus the end value. ``forecast`` is what the end year gives when the agreed growth goes on,
    or without agreed growth the trend of the measurements; ``trend`` is always that linear trend. ``needed_growth`` is
    the yearly growth that still reaches the end value. ``on_track`` tells whether the end value (or, without one, the
    path) is within reach. ``values`` is how many periods are measured.
    """

    indicator: IndicatorView
    period: Period
    actual: Decimal | None
    target: Decimal | None
    gap: Decimal | None
    attainment: Decimal | None
    forecast: Decimal | None
    needed_growth: Decimal | None
    end_gap: Decimal | None
    on_track: bool | None
    as_of: dt.date
    target_met: bool | None = None
    trend: Decimal | None = None
    end_year: int | None = None
    end_value: Decimal | None = None
    previous: Decimal | None = None
    values: int = 0
