"""What crosses the border of this context: outcomes, findings, parameters and evaluations (no Django here)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

FactValue: TypeAlias = bool | int | str | Decimal | dt.date | tuple[str, ...] | tuple[Decimal, ...]
Facts: TypeAlias = Mapping[str, FactValue]
ResultValue: TypeAlias = bool | int | str | Decimal | dt.date | tuple[str, ...]

CONTENT_RELEASE = 0
"""Release number of tables read straight from the shipped files, before an operator has loaded them."""


class Outcome(StrEnum):
    """What a rule says about its own statement."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


class Confidence(StrEnum):
    """How sure we are of a value; see section 0 of the legal facts."""

    LAW = "law"
    SOURCE = "source"
    DERIVED = "derived"
    PRACTICE = "practice"
    MEMORY = "memory"
    CONFLICTING = "conflicting"


DECIDES_LAW = frozenset({Confidence.LAW, Confidence.SOURCE, Confidence.DERIVED})
DECIDES_PRACTICE = DECIDES_LAW | {Confidence.PRACTICE}


class Boundary(StrEnum):
    """How an amount is compared with the value of the parameter."""

    NONE = "none"
    BELOW = "below"
    FROM = "from"
    ABOVE = "above"


class Ground(StrEnum):
    """Whether a rule speaks for the law or for good practice."""

    LAW = "law"
    PRACTICE = "practice"


class Kind(StrEnum):
    """Where a finding belongs on the answer page."""

    REGIME = "regime"
    PROCEDURE = "procedure"
    DUTY = "duty"
    TERM = "term"
    INSTRUMENT = "instrument"
    MONEY = "money"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read."""

    code: str
    title: str
    kind: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One value of a parameter with the days it holds for; ``valid_to`` is its last day."""

    value: Any
    valid_from: dt.date | None
    valid_to: dt.date | None
    confidence: Confidence
    sources: tuple[Source, ...]
    checked_on: dt.date
    row: str
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether this value is known to hold on ``day``."""
        if self.valid_from is None or day < self.valid_from:
            return False
        return self.valid_to is None or day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated series of values from the law or from practice."""

    code: str
    label: str
    unit: str
    boundary: Boundary
    article: str
    note: str
    theme: str
    theme_title: str
    jurisdiction: str
    checked_by: str
    values: tuple[ParameterValue, ...]


@dataclass(frozen=True, slots=True)
class UsedParameter:
    """A parameter as it was used in a finding."""

    code: str
    label: str
    value: Any
    unit: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    confidence: Confidence
    article: str
    checked_on: dt.date
    note: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one rule: the statement, whether it is met, and why."""

    rule: str
    family: str
    kind: Kind
    ground: Ground
    outcome: Outcome
    statement: str
    reason: str
    article: str
    sources: tuple[Source, ...]
    parameters: tuple[UsedParameter, ...]
    missing_facts: tuple[str, ...] = ()
    results: Mapping[str, ResultValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer to one question on one launch date, with the release it was given on."""

    question: str
    on: dt.date
    facts: Facts
    outcome: Outcome
    findings: tuple[Finding, ...]
    release: int
    content_hash: str

    def finding(self, rule: str) -> Finding | None:
        """Return the finding of one rule, or nothing when the rule was silent."""
        return next((found for found in self.findings if found.rule == rule), None)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact a rule may ask for: its type, its Dutch label and its allowed values."""

    name: str
    label: str
    kind: str
    group: str
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule as the public page shows it."""

    code: str
    family: str
    statement: str
    article: str
    jurisdiction: str
    kind: Kind
    ground: Ground
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    in_force_from: dt.date
    in_force_to: dt.date | None


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """A family of rules, with the name of its page in words."""

    code: str
    title: str
    purpose: str
    rules: tuple[RuleCard, ...]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """A numbered, unchangeable release of the tables."""

    number: int
    content_hash: str
    catalogue_hash: str
    created_at: dt.datetime
    note: str
    parameters: int


@dataclass(frozen=True, slots=True)
class StoredEvaluation:
    """An evaluation that was kept, as it was on that day."""

    id: UUID
    title: str
    question: str
    on: dt.date
    facts: Mapping[str, Any]
    outcome: Outcome
    release: int
    content_hash: str
    created_at: dt.datetime
    created_by: str
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Replay:
    """A kept evaluation computed again, with what differs."""

    stored: StoredEvaluation
    again: Evaluation
    differences: tuple[Difference, ...]
    rules_changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule that answers differently in two evaluations."""

    rule: str
    statement: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A kept evaluation whose answer differs between two releases."""

    evaluation_id: UUID
    title: str
    on: dt.date
    differences: tuple[Difference, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the content check refuses (``error``) or asks a person to look at (``warning``)."""

    level: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A parameter somebody should look at before the year starts."""

    code: str
    label: str
    reason: str
    day: dt.date
