"""What crosses the border of the planner. No Django.

Amounts are whole cents, effort is whole hours. ``inputs`` and ``result`` are the stored JSON of a plan: they hold all
that the answer depends on, with the origin of every number, in the words of that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from koopkracht.monitoring.planner.problem import Lock

__all__ = [
    "Aim",
    "Appetite",
    "Assumption",
    "Lock",
    "PlanRequest",
    "PlanRow",
    "PlanState",
    "PlanView",
    "TargetOption",
]


class PlanState(StrEnum):
    """Where a plan stands."""

    WAITING = "waiting"
    SOLVED = "solved"
    IMPOSSIBLE = "impossible"
    FAILED = "failed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a person asks of the planner.

    ``indicators`` says per indicator for which aim it counts; ``own`` holds targets without an indicator, per aim, in
    the unit of the aim (cents, hours, number). ``market`` is the factor on the capacity of the market, in promille.
    ``locks`` holds per planned purchase what people decided beforehand.
    """

    name: str
    year: int
    staff_hours: tuple[int, int, int, int]
    indicators: Mapping[int, str] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)
    market: int = 1000
    appetite: str = "balanced"
    allow_doubt: bool = False
    locks: Mapping[int, Lock] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aim:
    """Something a plan can count for."""

    code: str
    name: str
    unit: str
    help: str


@dataclass(frozen=True, slots=True)
class Appetite:
    """How heavily risk weighs: hours of work per point."""

    code: str
    name: str
    risk: int
    help: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number the planner assumes; ``value`` is what the organisation uses, ``default`` what we ship."""

    code: str
    group: str
    name: str
    unit: str
    default: int
    value: int
    largest: int
    source: str
    reason: str = ""
    changed_by: str = ""
    changed_on: dt.date | None = None

    @property
    def is_own(self) -> bool:
        """Tell whether the organisation set its own value."""
        return self.changed_on is not None


@dataclass(frozen=True, slots=True)
class TargetOption:
    """An active indicator that a plan can work towards, or why it cannot; ``aim`` is what it seems to count."""

    indicator_id: int
    name: str
    kind: str
    unit: str
    aim: str
    asked: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as a line of the list."""

    id: int
    name: str
    year: int
    state: PlanState
    created_at: dt.datetime
    created_by: str
    hours: int | None
    dossiers: int | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A stored plan. ``decision`` is empty until people decide: what they chose otherwise, and what it adds up to."""

    id: int
    name: str
    year: int
    state: PlanState
    created_at: dt.datetime
    created_by: str
    job_id: int | None
    inputs: Mapping[str, Any]
    result: Mapping[str, Any]
    solver: str
    message: str
    decided_at: dt.datetime | None
    decided_by: str
    reason: str
    decision: Mapping[str, Any]
