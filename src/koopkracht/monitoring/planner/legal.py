"""Which instruments are open to a planned purchase: its nature and size, then the dated law."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from koopkracht.catalogue.types import ProductGroup
from koopkracht.monitoring.planner.content import Instrument
from koopkracht.monitoring.planner.words import thousands
from koopkracht.rules import api as rules
from koopkracht.rules.errors import BadFacts, NotInForce
from koopkracht.rules.types import Outcome

NATURE = {"supply": "supplies", "service": "services", "work": "works"}
"""From the type of a product group to the nature of a contract."""


class Open(StrEnum):
    """Whether an instrument may be used."""

    OPEN = "open"
    DOUBT = "doubt"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: the rule (empty for our own conditions), what it says, and why."""

    rule: str
    outcome: Open
    text: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an instrument is open to a purchase, with everything that was looked at."""

    state: Open
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Purchase:
    """What the law and the conditions need to know of a planned purchase; ``suitable`` counts social enterprises."""

    group: ProductGroup
    value: Decimal
    months: int | None
    launch: dt.date
    suitable: int


class Lawyer:
    """Asks the rules once per distinct facts and period of law, so that hundreds of purchases stay quick."""

    def __init__(self, *, enterprises: int) -> None:
        self.release = rules.current_release().number
        self.enterprises = enterprises
        cards = [card for family in rules.families() for card in family.rules]
        self._facts = {card.code: card.facts for card in cards}
        days = {card.in_force_from for card in cards}
        for parameter in rules.parameters():
            for value in parameter.values:
                days |= {day for day in (value.valid_from, value.valid_to and _next(value.valid_to)) if day}
        self._changes = sorted(days)
        self._known: dict[tuple[Any, ...], Finding] = {}
        self.asked = 0

    def opening(self, instrument: Instrument, purchase: Purchase) -> Opening:
        """Return whether an instrument is open; the law is asked only when our own conditions hold."""
        closed = tuple(Finding("", Open.CLOSED, text) for text in _unfit(instrument, purchase))
        if closed:
            return Opening(Open.CLOSED, closed)
        facts = self._facts_of(instrument, purchase)
        findings = tuple(self._ask(code, facts, purchase.launch) for code in instrument.rules)
        states = {one.outcome for one in findings}
        worst = next((state for state in (Open.CLOSED, Open.DOUBT) if state in states), Open.OPEN)
        return Opening(worst, findings)

    def _facts_of(self, instrument: Instrument, purchase: Purchase) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "contract_type": NATURE[purchase.group.type.value],
            "estimated_value": purchase.value,
            "sector": "classic",
            "buyer_kind": "local",
            **instrument.intended,
        }
        if purchase.months is not None:
            facts["duration_months"] = purchase.months
        if instrument.competition and purchase.suitable >= self.enterprises:
            facts["competition_evidence"] = True
        return facts

    def _ask(self, code: str, facts: Mapping[str, Any], on: dt.date) -> Finding:
        wanted = set(self._facts.get(code, ()))
        # A rule may look at more than it names: intentions are few and always sent, sizes only to rules that name them.
        sizes = {"estimated_value", "duration_months"}
        sent = {name: value for name, value in facts.items() if name in wanted or name not in sizes}
        period = bisect.bisect_right(self._changes, on)
        key = (code, period, tuple(sorted((name, str(value)) for name, value in sent.items())))
        if key not in self._known:
            self.asked += 1
            self._known[key] = _finding(code, sent, on, self.release)
        return self._known[key]


def _finding(code: str, facts: Mapping[str, Any], on: dt.date, release: int) -> Finding:
    try:
        answer = rules.evaluate(question=code, facts=facts, on=on, release=release)
    except NotInForce as error:
        return Finding(code, Open.DOUBT, error.message)
    except BadFacts as error:
        return Finding(code, Open.DOUBT, error.message)
    found = answer.findings[0]
    state = {Outcome.MET: Open.OPEN, Outcome.NOT_MET: Open.CLOSED}.get(found.outcome, Open.DOUBT)
    return Finding(code, state, f"{found.statement} {found.reason}")


def _next(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _unfit(instrument: Instrument, purchase: Purchase) -> list[str]:
    found = []
    if purchase.group.type.value not in instrument.types:
        found.append(
            "Dit instrument past niet bij een levering."
            if purchase.group.type.value == "supply"
            else "Dit instrument past niet bij deze soort opdracht."
        )
    potential = purchase.group.social_potential.value
    if potential not in instrument.potentials:
        found.append(f"De kansen voor de sociale economie zijn {potential} in “{purchase.group.name}”.")
    if instrument.value_over is not None and purchase.value <= instrument.value_over:
        found.append(
            f"De raming moet hoger zijn dan {thousands(instrument.value_over)} euro om dit de moeite te maken."
        )
    if instrument.months_over is not None and (purchase.months or 0) <= instrument.months_over:
        found.append(f"De opdracht moet langer duren dan {instrument.months_over} maanden.")
    return found
