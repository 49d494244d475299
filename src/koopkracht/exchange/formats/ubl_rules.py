"""The official judgement on an invoice: XSD and Schematron rules, executed as the operator loaded them.

``judge`` states what was checked and with which version, and as plainly what was not: an invoice that no loaded rule
refused is not the same as an invoice that passed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from koopkracht.exchange.formats.schematron import Finding, RuleSet, compile_rules, is_available
from koopkracht.exchange.formats.ubl import InvoiceRecord, read_invoice_root
from koopkracht.exchange.formats.ubl_arithmetic import ArithmeticFault, recompute
from koopkracht.exchange.formats.xml_safe import parse_xml
from koopkracht.shared.errors import Rejected

__all__ = ["Check", "LoadedRules", "Reason", "Verdict", "judge", "rule_set"]

_MAIN_SCHEMAS: Final = {
    "Invoice": "maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "maindoc/UBL-CreditNote-2.1.xsd",
}
_MOST_REASONS: Final = 200


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """What the operator loaded: rule files by name, and the folder of the UBL schemas; versions by the same names."""

    schematron: Mapping[str, Path] = field(default_factory=dict)
    schemas: Path | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of check: whether it was done, on which version, and if not, why not."""

    name: str
    is_done: bool
    version: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong. ``source`` is ``xsd``, ``arithmetic`` or the name of the rule file."""

    source: str
    rule: str
    message: str
    location: str
    is_fatal: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The record with everything that was found wrong with it, and what was looked at."""

    invoice: InvoiceRecord
    reasons: tuple[Reason, ...]
    checks: tuple[Check, ...]

    @property
    def is_refused(self) -> bool:
        """Tell whether at least one fatal reason was found."""
        return any(reason.is_fatal for reason in self.reasons)


def judge(data: bytes, rules: LoadedRules) -> Verdict:
    """Read an invoice and hold it against everything that is loaded, our own arithmetic always.

    Raises ``HostileXml`` and ``UnreadableXml`` when there is no invoice to judge.
    """
    root = parse_xml(data)
    invoice = read_invoice_root(root)
    reasons: list[Reason] = []
    checks = [_check_schema(root, invoice.kind, rules, reasons)]
    for name, path in sorted(rules.schematron.items()):
        checks.append(_check_rules(data, name, path, rules, reasons))
    reasons.extend(_as_reason(fault) for fault in recompute(invoice))
    checks.append(Check(name="arithmetic", is_done=True))
    return Verdict(invoice=invoice, reasons=tuple(reasons[:_MOST_REASONS]), checks=tuple(checks))


def _check_schema(root: etree._Element, kind: str, rules: LoadedRules, reasons: list[Reason]) -> Check:
    if rules.schemas is None:
        return Check(name="xsd", is_done=False, why_not="De UBL-schema's zijn niet geladen.")
    path = rules.schemas / _MAIN_SCHEMAS[kind]
    schema = _schema(str(path), path.stat().st_mtime_ns)
    if not schema.validate(root):
        reasons.extend(
            Reason(source="xsd", rule="XSD", message=entry.message, location=f"regel {entry.line}", is_fatal=True)
            for entry in schema.error_log  # type: ignore[attr-defined]
        )
    return Check(name="xsd", is_done=True, version=rules.versions.get("xsd", ""))


@lru_cache(maxsize=4)
def _schema(path: str, _changed: int) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False)))


def _check_rules(data: bytes, name: str, path: Path, rules: LoadedRules, reasons: list[Reason]) -> Check:
    if not is_available():
        return Check(name=name, is_done=False, why_not="Het onderdeel Saxon is niet geïnstalleerd.")
    try:
        findings = rule_set(path).judge(data)
    except Rejected as error:
        reasons.append(Reason(source=name, rule="", message=error.message, location="", is_fatal=True))
        return Check(name=name, is_done=False, why_not=error.message)
    reasons.extend(_reason(name, finding) for finding in findings)
    return Check(name=name, is_done=True, version=rules.versions.get(name, ""))


def _reason(source: str, finding: Finding) -> Reason:
    return Reason(
        source=source,
        rule=finding.rule,
        message=finding.message,
        location=finding.location,
        is_fatal=finding.is_fatal,
    )


def rule_set(path: Path) -> RuleSet:
    """Return the compiled rules of a file; compiling takes half a second, so it is done once per process."""
    return _compiled(hashlib.sha256(path.read_bytes()).hexdigest(), str(path))


@lru_cache(maxsize=4)
def _compiled(_sha256: str, path: str) -> RuleSet:
    return compile_rules(Path(path).read_bytes())


def _as_reason(fault: ArithmeticFault) -> Reason:
    return Reason(
        source="arithmetic",
        rule=fault.rule,
        message=fault.message,
        location=fault.pointer,
        is_fatal=fault.is_fatal,
    )
