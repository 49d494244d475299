"""From official findings to reasons a person can read: one per rule, in Dutch, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from koopkracht.contracts.types import InvoiceCheck, InvoiceReason
from koopkracht.exchange.formats.ubl_rules import Check, Reason

_CHECK_LABELS = {
    "xsd": "Opbouw van het bestand (UBL-schema)",
    "en16931": "Europese regels (EN 16931)",
    "peppol": "Afspraken van Peppol BIS Billing",
    "arithmetic": "Eigen narekening van alle totalen",
}
_MOST_OF_ONE_RULE = 5


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule means for the person who checks the invoice."""

    text: str
    mend: str


def explain(rule: str) -> Explanation:
    """Return our words for a rule, or for the family it belongs to."""
    rules, families = _texts()
    if rule in rules:
        return rules[rule]
    found = [start for start in families if rule.startswith(start)]
    if found:
        return families[max(found, key=len)]
    return Explanation("De factuur volgt een officiële regel niet.", "Bezorg de leverancier de tekst van de regel.")


def readable(reasons: Iterable[Reason]) -> tuple[InvoiceReason, ...]:
    """Return the reasons in Dutch; where our own sum says the same as a rule, its figures are given once."""
    found = list(reasons)
    own = {reason.rule: reason for reason in found if reason.source == "arithmetic"}
    official = {reason.rule for reason in found if reason.source != "arithmetic"}
    counted: dict[str, int] = {}
    answer: list[InvoiceReason] = []
    for reason in found:
        if reason.source == "arithmetic" and reason.rule in official:
            continue
        counted[reason.rule] = counted.get(reason.rule, 0) + 1
        if counted[reason.rule] <= _MOST_OF_ONE_RULE:
            answer.append(_readable(reason, own.get(reason.rule)))
    return tuple(sorted(answer, key=lambda reason: not reason.is_fatal))


def _readable(reason: Reason, own: Reason | None) -> InvoiceReason:
    explanation = explain(reason.rule) if reason.rule else Explanation(reason.message, "")
    figures = own.message if own else ""
    return InvoiceReason(
        rule=reason.rule,
        message=figures or explanation.text,
        mend=explanation.mend,
        official="" if reason.source == "arithmetic" else reason.message,
        location=reason.location,
        source=reason.source,
        is_fatal=reason.is_fatal,
    )


def readable_checks(checks: Iterable[Check]) -> tuple[InvoiceCheck, ...]:
    """Return the checks with their Dutch names; a rule file that is not loaded is named as not done."""
    done = {check.name: check for check in checks}
    answer = []
    for name, label in _CHECK_LABELS.items():
        check = done.get(name) or Check(name=name, is_done=False, why_not="Deze regels zijn niet geladen.")
        answer.append(
            InvoiceCheck(name=name, label=label, is_done=check.is_done, version=check.version, why_not=check.why_not)
        )
    return tuple(answer)


@cache
def _texts() -> tuple[dict[str, Explanation], dict[str, Explanation]]:
    content = yaml.safe_load((files("koopkracht.content") / "invoice_rules" / "en16931.yaml").read_text("utf-8"))
    rules = {name: Explanation(**text) for name, text in content["rules"].items()}
    return rules, {name: Explanation(**text) for name, text in content["families"].items()}
