"""What crosses the border about market sheets: what is known of the market of one product group. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class SheetState(StrEnum):
    """How far a market sheet is."""

    EMPTY = "empty"
    FILLED = "filled"
    OUT_OF_DATE = "out-of-date"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one of the exploration questions, with where and when it comes from."""

    text: str = ""
    source: str = ""
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SheetInput:
    """A new version of a sheet. Keys of ``answers``, ``profile`` and ``readiness`` are codes of the content.

    ``based_on`` is the number of the version that the writer had before him (0: none): a colleague's newer version is
    never overwritten unseen. Scores of ``readiness`` run from 0 to 4; a statement that nobody knows is left out.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    profile: Mapping[str, str] = field(default_factory=dict)
    readiness: Mapping[str, int] = field(default_factory=dict)
    findings: str = ""
    remark: str = ""
    based_on: int = 0


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the market is for hard demands, from 0 to 1; ``None`` while nothing was scored."""

    score: Decimal | None
    scored: int
    statements: int
    level: str
    advice: str
    warn: bool


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion about a market that later decisions can point at; ``origin`` is the content it was taken from."""

    id: int
    product_group: str
    text: str
    source: str
    as_of: dt.date
    origin: str
    withdrawn_on: dt.date | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of a market sheet; ``version`` 0 is a sheet that nobody began."""

    product_group: str
    version: int
    latest: int
    state: SheetState
    answers: Mapping[str, Answer]
    profile: Mapping[str, str]
    readiness: Mapping[str, int]
    readiness_result: Readiness
    findings: str
    remark: str
    saved_at: dt.datetime | None
    saved_by: str
    as_of: dt.date | None
    conclusions: tuple[Conclusion, ...]

    @property
    def answered(self) -> int:
        """Return how many of the exploration questions have an answer."""
        return sum(1 for answer in self.answers.values() if answer.text)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in a list."""

    product_group: str
    version: int
    state: SheetState
    answered: int
    saved_at: dt.datetime
    as_of: dt.date | None


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """A version in the history of a sheet."""

    version: int
    saved_at: dt.datetime
    saved_by: str
    remark: str
    answered: int


@dataclass(frozen=True, slots=True)
class Question:
    """One of the ten exploration questions."""

    code: str
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the market profile; with ``options`` it is a choice, else it is text."""

    code: str
    label: str
    help: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about the readiness of a market, with its weight."""

    code: str
    text: str
    help: str
    weight: int


@dataclass(frozen=True, slots=True)
class Level:
    """A level of readiness: from which score (0 to 1) it starts and what it advises."""

    code: str
    name: str
    start: Decimal
    advice: str
    warn: bool


@dataclass(frozen=True, slots=True)
class SupplyWarning:
    """A demand that shrinks supply, why, and what to do instead."""

    code: str
    title: str
    text: str
    instead: str


@dataclass(frozen=True, slots=True)
class Preloaded:
    """A conclusion of earlier market research that a town may take over."""

    code: str
    kind: str
    text: str
    product_groups: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class SheetForm:
    """All that a market sheet asks and says, from the content."""

    questions: tuple[Question, ...]
    fields: tuple[Field, ...]
    statements: tuple[Statement, ...]
    levels: tuple[Level, ...]
    warnings: tuple[SupplyWarning, ...]
    conclusions: tuple[Preloaded, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds of the market part, from the content."""

    sheet_months: int
    entry_months: int
    minimum_enterprises: int
    hours_per_person: int
    dialogue_amount: Decimal
    dialogue_months: int
    domains: Mapping[str, str]
    channels: Mapping[str, str]
    points: Mapping[str, int]
