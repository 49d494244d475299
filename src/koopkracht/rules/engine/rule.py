"""What a rule is, and what it may ask while it decides.

A rule is a small class with its code, its Dutch statement and its article. ``decide`` answers with :func:`met`,
:func:`not_met` or :func:`undetermined`. It never reads a clock: the launch date is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from koopkracht.rules.tables.tables import Tables, long_date
from koopkracht.rules.types import (
    DECIDES_LAW,
    DECIDES_PRACTICE,
    Boundary,
    Confidence,
    Facts,
    Ground,
    Kind,
    Outcome,
    ResultValue,
    UsedParameter,
)

REGIME_START = dt.date(2017, 6, 30)
"""First day of the Belgian law of 17 June 2016; no question about an earlier day is answered."""

_DOUBT = {
    Confidence.MEMORY: "de waarde komt uit het geheugen",
    Confidence.CONFLICTING: "de bronnen spreken elkaar tegen",
    Confidence.PRACTICE: "de waarde komt uit de praktijk en niet uit een gelezen wettekst",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decided, before the engine adds its parameters and sources."""

    outcome: Outcome
    reason: str
    results: Mapping[str, ResultValue] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def met(reason: str, **results: ResultValue) -> Decision:
    """Say that the statement holds."""
    return Decision(Outcome.MET, reason, results)


def not_met(reason: str, **results: ResultValue) -> Decision:
    """Say that the statement does not hold."""
    return Decision(Outcome.NOT_MET, reason, results)


def undetermined(reason: str, *missing: str, **results: ResultValue) -> Decision:
    """Say that the statement cannot be decided from what is known."""
    return Decision(Outcome.UNDETERMINED, reason, results, missing)


def decided(holds: bool, reason: str, **results: ResultValue) -> Decision:
    """Met or not met, with the same reason."""
    return Decision(Outcome.MET if holds else Outcome.NOT_MET, reason, results)


class MissingFacts(Exception):
    """Raised inside a rule when facts it needs were not given; the engine turns it into *undetermined*."""

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.names = names


class Unsure(Exception):
    """Raised inside a rule when what is known does not decide; the engine turns it into *undetermined*."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = f"Laat dit nakijken: {reason}"


class NotDecisive(Unsure):
    """A value of the tables may not decide, because it is not sure enough."""

    def __init__(self, used: UsedParameter) -> None:
        doubt = _DOUBT.get(used.confidence, "de waarde is niet zeker")
        super().__init__(f"“{used.label}” mag niet beslissen, want {doubt}.")


class Ask:
    """What one rule may see: the facts, the launch date and the tables; it remembers what was used."""

    __slots__ = ("_decisive", "facts", "on", "tables", "used")

    def __init__(self, facts: Facts, on: dt.date, tables: Tables, ground: Ground = Ground.LAW) -> None:
        self.facts = facts
        self.on = on
        self.tables = tables
        self.used: dict[str, UsedParameter] = {}
        self._decisive = DECIDES_PRACTICE if ground is Ground.PRACTICE else DECIDES_LAW

    # facts

    def need(self, *names: str) -> None:
        """Stop here unless all these facts are given; all missing ones are reported together."""
        for name in names:
            if name not in self.facts:
                raise MissingFacts(*(wanted for wanted in names if wanted not in self.facts))

    def has(self, *names: str) -> bool:
        """Tell whether all these facts are given."""
        for name in names:  # noqa: SIM110 - the hottest line of a full evaluation
            if name not in self.facts:
                return False
        return True

    def amount(self, name: str) -> Decimal:
        """Return an amount or a percentage."""
        self.need(name)
        value = self.facts[name]
        if not isinstance(value, Decimal):
            raise TypeError(f"fact {name} is no Decimal")
        return value

    def number(self, name: str) -> int:
        """Return a whole number."""
        self.need(name)
        value = self.facts[name]
        if not isinstance(value, int):
            raise TypeError(f"fact {name} is no int")
        return value

    def text(self, name: str) -> str:
        """Return a choice or a text."""
        self.need(name)
        value = self.facts[name]
        if not isinstance(value, str):
            raise TypeError(f"fact {name} is no str")
        return value

    def day(self, name: str) -> dt.date:
        """Return a date."""
        self.need(name)
        value = self.facts[name]
        if not isinstance(value, dt.date):
            raise TypeError(f"fact {name} is no dt.date")
        return value

    def yes(self, name: str) -> bool:
        """Return the answer to a yes-or-no question."""
        self.need(name)
        return bool(self.facts[name])

    def choices(self, name: str) -> tuple[str, ...]:
        """Return all chosen answers of a question with several."""
        self.need(name)
        value = self.facts[name]
        if not isinstance(value, tuple):
            raise TypeError(f"fact {name} is no tuple")
        return tuple(str(one) for one in value)

    def amounts(self, name: str) -> tuple[Decimal, ...]:
        """Return a list of amounts."""
        self.need(name)
        value = self.facts[name]
        if not isinstance(value, tuple):
            raise TypeError(f"fact {name} is no tuple")
        return value  # type: ignore[return-value]

    def choice_or(self, name: str, otherwise: str) -> str:
        """Return a choice, or the neutral answer when the question was not put."""
        value = self.facts.get(name, otherwise)
        return str(value)

    # parameters

    def value(self, code: str) -> Any:
        """Return the value of a parameter on the launch date; it must be sure enough to decide."""
        found, used = self.tables.on(code, self.on)
        self.used[code] = used
        if found.confidence not in self._decisive:
            raise NotDecisive(used)
        return found.value

    def detail(self, code: str, name: str) -> Any:
        """Return one of the details that belong to a value; it must be sure enough to decide."""
        self.value(code)
        return self.tables.on(code, self.on)[0].details[name]

    def limit(self, code: str) -> Decimal:
        """Return an amount or percentage of the tables that is sure enough to decide."""
        return Decimal(self.value(code))

    def days(self, code: str) -> int:
        """Return a whole number of the tables that is sure enough to decide."""
        return int(self.value(code))

    def passes(self, code: str, amount: Decimal) -> bool:
        """Compare ``amount`` with a parameter on the boundary that the parameter itself declares."""
        limit = self.limit(code)
        match self.tables.parameter(code).boundary:
            case Boundary.BELOW:
                return amount < limit
            case Boundary.FROM:
                return amount >= limit
            case Boundary.ABOVE:
                return amount > limit
            case Boundary.NONE:
                raise ValueError(f"parameter {code} declares no boundary")

    def knows(self, code: str) -> bool:
        """Tell whether a parameter has a value on the launch date."""
        return any(value.holds_on(self.on) for value in self.tables.parameter(code).values)

    def cite(self, *codes: str) -> None:
        """Show parameters with the finding without letting them decide."""
        for code in codes:
            self.used[code] = self.tables.on(code, self.on)[1]


class Rule:
    """Base of all rules; a subclass is named after what it decides."""

    code: ClassVar[str]
    family: ClassVar[str]
    statement: ClassVar[str]
    article: ClassVar[str]
    kind: ClassVar[Kind] = Kind.DUTY
    ground: ClassVar[Ground] = Ground.LAW
    jurisdiction: ClassVar[str] = "be"
    facts: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[tuple[str, ...]] = ()
    in_force_from: ClassVar[dt.date] = REGIME_START
    in_force_to: ClassVar[dt.date | None] = None

    def applies(self, ask: Ask) -> bool:
        """Tell whether a report should hold this rule for these facts; by default when all its facts are given."""
        return ask.has(*self.facts)

    def decide(self, ask: Ask) -> Decision:
        """Answer for these facts on this launch date."""
        raise NotImplementedError

    def in_force(self, on: dt.date) -> bool:
        """Tell whether this rule itself existed on ``on``."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


class Confirmed(Rule):
    """A condition that a person confirms with yes or no: the first of ``facts``."""

    yes: ClassVar[str]
    no: ClassVar[str]

    def decide(self, ask: Ask) -> Decision:
        """Met when the person says yes."""
        for code in self.parameters:
            ask.value(code)
        holds = ask.yes(self.facts[0])
        return decided(holds, self.yes if holds else self.no)


class Standing(Rule):
    """A duty or a fact of law that holds for every contract on this day."""

    because: ClassVar[str]

    def decide(self, ask: Ask) -> Decision:
        """Met as long as the values behind it may decide."""
        for code in self.parameters:
            ask.value(code)
        return met(self.because)


def eur(amount: Decimal | int) -> str:
    """Return an amount as it is written in Belgium: ``€ 1.234,56``; whole euros have no decimals."""
    text = f"{Decimal(amount):,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"€ {text.removesuffix(',00')}"


def percent(value: Decimal | int | str) -> str:
    """Return a percentage in Dutch: ``12,5 %``."""
    number = Decimal(value)
    text = f"{number.normalize():f}" if number == number.to_integral_value() else f"{number:f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} %"


__all__ = [
    "REGIME_START",
    "Ask",
    "Confirmed",
    "Decision",
    "MissingFacts",
    "NotDecisive",
    "Rule",
    "Standing",
    "Unsure",
    "decided",
    "eur",
    "long_date",
    "met",
    "not_met",
    "percent",
    "undetermined",
]
