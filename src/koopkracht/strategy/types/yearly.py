"""What crosses the border of strategy: what entities did and plan per year for the strategic goals. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ActionKind(StrEnum):
    """Whether an action was realised in the year or is planned for it."""

    REALISED = "realised"
    PLANNED = "planned"


class OverviewState(StrEnum):
    """How far a yearly overview is: first made, then sent to the board, then public."""

    COMPILED = "compiled"
    INFORMED = "informed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class YearlyActionInput:
    """One action of an entity (a department or domain) in a year, for at least one strategic goal."""

    entity: str
    year: int
    kind: ActionKind
    title: str
    detail: str
    strategic_goals: tuple[str, ...]
    social_goal_id: int | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class YearlyActionView:
    """An action as pages show it."""

    id: int
    entity: str
    year: int
    kind: ActionKind
    title: str
    detail: str
    strategic_goals: tuple[str, ...]
    social_goal_id: int | None
    social_goal: str


@dataclass(frozen=True, slots=True)
class YearlyOverview:
    """The overview of one year as it was compiled: per strategic goal what was done and what is planned next."""

    id: int
    year: int
    state: OverviewState
    compiled_on: dt.date
    informed_on: dt.date | None
    published_on: dt.date | None
    goals: tuple[Mapping[str, object], ...]
