"""The one JSON form of an answer: for the API, the command line and the stored evaluation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from koopkracht.rules.types import Difference, Evaluation, Finding, Outcome, Source, UsedParameter

DISCLAIMER = "Dit is geen juridisch advies. Laat een jurist het antwoord nakijken voor u beslist."
OUTCOME_WORDS = {Outcome.MET: "voldaan", Outcome.NOT_MET: "niet voldaan", Outcome.UNDETERMINED: "onbepaald"}


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: amounts and dates as text."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    return value


def answer_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as JSON, with release, sources and the warning that it is no legal advice."""
    return {
        "question": evaluation.question,
        "on": evaluation.on.isoformat(),
        "outcome": evaluation.outcome.value,
        "release": evaluation.release,
        "content_hash": evaluation.content_hash,
        "disclaimer": DISCLAIMER,
        "facts": plain(evaluation.facts),
        "findings": [_finding(finding) for finding in evaluation.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "family": finding.family,
        "kind": finding.kind.value,
        "ground": finding.ground.value,
        "outcome": finding.outcome.value,
        "statement": finding.statement,
        "reason": finding.reason,
        "article": finding.article,
        "missing_facts": list(finding.missing_facts),
        "results": plain(finding.results),
        "sources": [_source(source) for source in finding.sources],
        "parameters": [_parameter(parameter) for parameter in finding.parameters],
    }


def _source(source: Source) -> dict[str, Any]:
    return {"code": source.code, "title": source.title, "kind": source.kind, "address": source.address}


def _parameter(used: UsedParameter) -> dict[str, Any]:
    return {
        "code": used.code,
        "label": used.label,
        "value": plain(used.value),
        "unit": used.unit,
        "valid_from": plain(used.valid_from),
        "valid_to": plain(used.valid_to),
        "confidence": used.confidence.value,
        "article": used.article,
        "checked_on": used.checked_on.isoformat(),
        "note": used.note,
        "sources": [source.code for source in used.sources],
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any], *, results: bool = True) -> tuple[Difference, ...]:
    """Return the rules that answer differently in two answers in JSON form; ``results`` also compares their figures."""
    old = {finding["rule"]: finding for finding in before["findings"]}
    new = {finding["rule"]: finding for finding in after["findings"]}
    found = []
    for rule in dict.fromkeys((*old, *new)):
        was, now = old.get(rule), new.get(rule)
        if _core(was, results) != _core(now, results):
            statement = (now or was or {})["statement"]
            found.append(Difference(rule, statement, _words(was), _words(now)))
    return tuple(found)


def _core(finding: Mapping[str, Any] | None, results: bool) -> Any:
    return finding and (finding["outcome"], finding["results"] if results else None)


def _words(finding: Mapping[str, Any] | None) -> str:
    if finding is None:
        return "geen antwoord"
    return f"{OUTCOME_WORDS[Outcome(finding['outcome'])]}: {finding['reason']}"
