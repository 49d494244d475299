"""Official Schematron rules, executed as loaded.

A rule file is turned into one XSLT that reports each failed assertion with its id, severity, place and official text;
Saxon compiles and runs it, shut off from files, network and environment: a rule file is somebody's program, and it
runs on the invoices of everybody. No rule is re-coded here: what the file says is what is judged. Saxon is an optional
part of the installation, so whoever asks for rules must be ready to hear that they cannot be run
(``SchematronUnavailable``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from koopkracht.exchange.formats.xml_safe import XmlLimits, parse_xml
from koopkracht.shared.errors import ConfigurationError, Rejected

__all__ = ["Finding", "RuleSet", "SchematronUnavailable", "compile_rules", "is_available", "rule_ids"]

_SCH: Final = "{http://purl.oclc.org/dsdl/schematron}"
_XSL_URI: Final = "http://www.w3.org/1999/XSL/Transform"
_XSL: Final = f"{{{_XSL_URI}}}"
_EXPANDED_NAME = re.compile(r"Q\{([^}]*)\}")
_SHUT: Final = {
    # No document, text, collection or stylesheet from anywhere else.
    "http://saxon.sf.net/feature/allowedProtocols": "",
    # No extension, no system property or environment variable, and no result document: nothing is written.
    "http://saxon.sf.net/feature/allow-external-functions": "off",
}
_RULE_LIMITS: Final = XmlLimits(size=64 << 20, elements=2_000_000)


class SchematronUnavailable(ConfigurationError):
    """Saxon is not installed, so official rules cannot be run."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One assertion that failed: its official id and text, how serious it is, and where."""

    rule: str
    is_fatal: bool
    message: str
    location: str


class RuleSet:
    """A compiled rule file; judges any number of documents. Not shared between threads."""

    def __init__(self, processor: Any, executable: Any, prefixes: dict[str, str], assertions: int) -> None:
        self._processor = processor
        self._executable = executable
        self._prefixes = prefixes
        self.assertions = assertions

    def judge(self, data: bytes) -> tuple[Finding, ...]:
        """Return what fails in this document, in document order within each pattern.

        The bytes pass ``parse_xml`` first: Saxon never sees hostile input. Raises ``Rejected`` when Saxon cannot run
        a rule on this document (a text where the rule needs a number), because then nothing is known.
        """
        try:
            node = self._processor.parse_xml(xml_text=_text_of(data))
            report = self._executable.transform_to_string(xdm_node=node)
        except Exception as error:
            raise Rejected(
                "De officiële regels konden op dit document niet worden uitgevoerd. Meestal staat er tekst op de "
                "plaats van een getal of datum.",
                code="rules-failed",
                reason=str(error)[:500],
            ) from error
        return tuple(self._findings(report or ""))

    def _findings(self, report: str) -> Iterator[Finding]:
        if not report:
            return
        for found in etree.fromstring(report.encode("utf-8")):
            yield Finding(
                rule=found.get("rule", ""),
                is_fatal=found.get("flag", "fatal") in ("fatal", "error", "ERROR"),
                message=" ".join("".join(map(str, found.itertext())).split()),
                location=_EXPANDED_NAME.sub(self._prefix, found.get("at", "")),
            )

    def _prefix(self, match: re.Match[str]) -> str:
        prefix = self._prefixes.get(match.group(1), "")
        return f"{prefix}:" if prefix else ""


def is_available() -> bool:
    """Tell whether Saxon is installed."""
    try:
        import saxonche  # noqa: F401 - optional part
    except ImportError:
        return False
    return True


def compile_rules(data: bytes, *, phase: str | None = None, include: Callable[[str], bytes] | None = None) -> RuleSet:
    """Compile a Schematron file (and the files it includes) for one phase, or for all patterns.

    Raises ``SchematronUnavailable`` without Saxon and ``Rejected`` when the file is not Schematron that can be run.
    """
    schema = _with_includes(parse_xml(data, _RULE_LIMITS), include)
    if schema.tag != f"{_SCH}schema":
        raise Rejected("Dit is geen Schematron-bestand met regels.", code="rules-not-schematron")
    stylesheet, assertions = _to_stylesheet(schema, phase)
    processor = _processor()
    compiler = processor.new_xslt30_processor()
    try:
        executable = compiler.compile_stylesheet(stylesheet_text=etree.tostring(stylesheet, encoding="unicode"))
    except Exception as error:
        raise Rejected(
            "Dit regelbestand kan niet worden uitgevoerd. Haal het opnieuw op bij de uitgever.",
            code="rules-not-compiled",
            reason=str(error)[:500],
        ) from error
    prefixes = {uri: prefix for prefix, uri in _namespaces(schema).items()}
    return RuleSet(processor, executable, prefixes, assertions)


@lru_cache(maxsize=1)
def _processor() -> Any:
    try:
        from saxonche import PySaxonProcessor
    except ImportError as error:
        raise SchematronUnavailable(
            "De officiële regels kunnen hier niet worden uitgevoerd: het onderdeel Saxon is niet geïnstalleerd. "
            "Installeer koopkracht[schematron].",
            code="schematron-unavailable",
        ) from error
    processor = PySaxonProcessor(license=False)
    for feature, value in _SHUT.items():
        processor.set_configuration_property(feature, value)
    return processor


def _with_includes(schema: etree._Element, include: Callable[[str], bytes] | None) -> etree._Element:
    for link in list(schema.iter(f"{_SCH}include")):
        if include is None:
            raise Rejected(
                "Dit regelbestand verwijst naar andere bestanden die er niet bij zijn.", code="rules-include"
            )
        part = _with_includes(parse_xml(include(link.get("href", "")), _RULE_LIMITS), include)
        parent = link.getparent()
        if parent is not None:
            parent.replace(link, part)
    return schema


def _to_stylesheet(schema: etree._Element, phase: str | None) -> tuple[etree._Element, int]:
    """Each pattern becomes a mode; in a mode the first rule whose context matches wins, as Schematron says."""
    namespaces = _namespaces(schema)
    sheet = etree.Element(f"{_XSL}stylesheet", {"version": "3.0"}, nsmap={"xsl": _XSL_URI, **namespaces})
    etree.SubElement(sheet, f"{_XSL}output", {"method": "xml", "encoding": "UTF-8", "omit-xml-declaration": "yes"})
    _add_globals(sheet, schema)
    patterns = _active_patterns(schema, phase)
    start = etree.SubElement(sheet, f"{_XSL}template", {"match": "/", "priority": "10000"})
    report = etree.SubElement(start, "report")
    assertions = 0
    for number, pattern in enumerate(patterns):
        mode = f"m{number}"
        etree.SubElement(report, f"{_XSL}apply-templates", {"select": "/", "mode": mode})
        assertions += _add_pattern(sheet, pattern, mode)
    return sheet, assertions


def _namespaces(schema: etree._Element) -> dict[str, str]:
    return {each.get("prefix", ""): each.get("uri", "") for each in schema.iter(f"{_SCH}ns")}


def _add_globals(sheet: etree._Element, schema: etree._Element) -> None:
    for child in schema:
        if child.tag == f"{_SCH}let":
            _add_variable(sheet, child)
        elif isinstance(child.tag, str) and child.tag.startswith(_XSL):
            sheet.append(child)


def _active_patterns(schema: etree._Element, phase: str | None) -> list[etree._Element]:
    patterns = list(schema.iter(f"{_SCH}pattern"))
    if phase is None:
        return patterns
    chosen = next((each for each in schema.iter(f"{_SCH}phase") if each.get("id") == phase), None)
    if chosen is None:
        raise Rejected(f"Dit regelbestand kent de fase {phase} niet.", code="rules-phase", phase=phase)
    wanted = {active.get("pattern") for active in chosen.iter(f"{_SCH}active")}
    return [each for each in patterns if each.get("id") in wanted]


def _add_pattern(sheet: etree._Element, pattern: etree._Element, mode: str) -> int:
    rules = [child for child in pattern if child.tag == f"{_SCH}rule" and child.get("abstract") != "true"]
    for variable in pattern.findall(f"{_SCH}let"):
        _add_variable(sheet, variable)
    has_attributes = any("@" in _outside_predicates(rule.get("context", "")) for rule in rules)
    onward = "@*|*" if has_attributes else "*"
    assertions = sum(
        _add_rule(sheet, rule, mode, priority=1000 + len(rules) - place, onward=onward)
        for place, rule in enumerate(rules)
    )
    walk = etree.SubElement(sheet, f"{_XSL}template", {"match": "*|/", "mode": mode, "priority": "-5"})
    etree.SubElement(walk, f"{_XSL}apply-templates", {"select": onward, "mode": mode})
    etree.SubElement(sheet, f"{_XSL}template", {"match": "@*|text()", "mode": mode, "priority": "-6"})
    return assertions


def _outside_predicates(context: str) -> str:
    previous = ""
    while previous != context:
        previous, context = context, re.sub(r"\[[^\[\]]*\]", "", context)
    return context


def _add_rule(sheet: etree._Element, rule: etree._Element, mode: str, *, priority: int, onward: str) -> int:
    template = etree.SubElement(
        sheet, f"{_XSL}template", {"match": rule.get("context", ""), "mode": mode, "priority": str(priority)}
    )
    assertions = 0
    for child in rule:
        if child.tag == f"{_SCH}let":
            _add_variable(template, child)
        elif child.tag in (f"{_SCH}assert", f"{_SCH}report"):
            _add_assertion(template, child)
            assertions += 1
    etree.SubElement(template, f"{_XSL}apply-templates", {"select": onward, "mode": mode})
    return assertions


def _add_variable(parent: etree._Element, let: etree._Element) -> None:
    attributes = {"name": let.get("name", "")}
    if let.get("value") is not None:
        attributes["select"] = let.get("value", "")
    etree.SubElement(parent, f"{_XSL}variable", attributes)


def _add_assertion(template: etree._Element, assertion: etree._Element) -> None:
    test = assertion.get("test", "")
    fails = test if assertion.tag == f"{_SCH}report" else f"not({test})"
    condition = etree.SubElement(template, f"{_XSL}if", {"test": fails})
    finding = etree.SubElement(
        condition,
        "finding",
        {
            "rule": _literal(assertion.get("id", "")),
            "flag": _literal(assertion.get("flag") or assertion.get("role") or "fatal"),
            "at": "{path(.)}",
        },
    )
    _add_message(finding, assertion)


def _add_message(finding: etree._Element, assertion: etree._Element) -> None:
    _add_text(finding, assertion.text)
    for child in assertion:
        if child.tag == f"{_SCH}value-of":
            etree.SubElement(finding, f"{_XSL}value-of", {"select": child.get("select", ".")})
        elif child.tag == f"{_SCH}name":
            etree.SubElement(finding, f"{_XSL}value-of", {"select": f"name({child.get('path', '.')})"})
        else:
            _add_text(finding, "".join(map(str, child.itertext())))
        _add_text(finding, child.tail)


def _add_text(parent: etree._Element, text: str | None) -> None:
    if text:
        etree.SubElement(parent, f"{_XSL}text").text = text


def _literal(text: str) -> str:
    """Text in an attribute of a literal element, where braces would start an expression."""
    return text.replace("{", "{{").replace("}", "}}")


def _text_of(data: bytes) -> str:
    """Return the document as text without its declaration, whatever its encoding: Saxon takes text as it is."""
    root = parse_xml(data, keep_blank_text=True)
    return etree.tostring(root, encoding="unicode")


def rule_ids(findings: Iterable[Finding], *, fatal: bool) -> tuple[str, ...]:
    """Return the ids of the failed rules of one severity, sorted, each once."""
    return tuple(sorted({each.rule for each in findings if each.is_fatal is fatal}))
