"""What crosses the border of this context."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Finding(StrEnum):
    """What is wrong with a chain; the first seven are found by the chain, the last three by an anchor."""

    CHANGED = "changed"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    BROKEN_LINK = "broken-link"
    CUT = "cut"
    HEAD_DIFFERS = "head-differs"
    HEAD_MISSING = "head-missing"
    ANCHOR_CUT = "anchor-cut"
    ANCHOR_REWRITTEN = "anchor-rewritten"
    ANCHOR_FILE_CHANGED = "anchor-file-changed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One deviation, with its place: ``sequence`` is the first event concerned, ``last`` the last one."""

    organisation_id: int
    sequence: int
    finding: Finding
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a verification; ``problems`` holds the first ones found, ``problem_count`` counts all."""

    events: int
    chains: int
    anchors: int
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0

    @property
    def whole(self) -> bool:
        """Tell whether nothing was found."""
        return self.problem_count == 0

    @property
    def first(self) -> Problem | None:
        """Return the first deviation, or ``None``."""
        return self.problems[0] if self.problems else None


@dataclass(frozen=True, slots=True)
class AnchorResult:
    """What an export of anchors wrote."""

    chains: int
    written: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as the auditor sees it."""

    organisation_id: int
    sequence: int
    recorded_at: dt.datetime
    user_id: int | None
    actor_label: str
    action: str
    subject: str
    subject_key: str
    data: dict[str, Any] = field(default_factory=dict)
    previous_hash: str = ""
    event_hash: str = ""
