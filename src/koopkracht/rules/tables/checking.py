"""Refuse content that could mislead: the check behind ``koopkracht rules check`` and behind every release."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from koopkracht.rules.types import Problem

STALE_DAYS = 366

_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_VALUE = {
    "type": "object",
    "required": ["from", "value", "sources", "confidence", "checked_on", "row"],
    "additionalProperties": False,
    "properties": {
        "from": {"anyOf": [_DAY, {"type": "null"}]},
        "until": _DAY,
        "value": {},
        "details": {"type": "object"},
        "sources": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "confidence": {"enum": ["law", "source", "derived", "practice", "memory", "conflicting"]},
        "checked_on": _DAY,
        "note": {"type": "string"},
        "row": {"type": "string", "minLength": 1},
    },
}
_PARAMETER = {
    "type": "object",
    "required": ["code", "label", "unit", "article", "values"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "label": {"type": "string", "minLength": 3},
        "unit": {"enum": ["EUR", "percent", "days", "months", "years", "factor", "none"]},
        "boundary": {"enum": ["below", "from", "above"]},
        "article": {"type": "string", "minLength": 3},
        "note": {"type": "string"},
        "values": {"type": "array", "minItems": 1, "items": _VALUE},
    },
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["sources", "themes"],
    "properties": {
        "sources": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["title", "kind"],
                "additionalProperties": False,
                "properties": {
                    "title": {"type": "string", "minLength": 3},
                    "kind": {"type": "string"},
                    "address": {"type": "string", "pattern": "^https?://"},
                },
            },
        },
        "themes": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["file", "theme", "title", "jurisdiction", "checked_by", "parameters"],
                "additionalProperties": False,
                "properties": {
                    "file": {"type": "string"},
                    "theme": {"type": "string"},
                    "title": {"type": "string"},
                    "jurisdiction": {"enum": ["be", "nl"]},
                    "checked_by": {"type": "string", "minLength": 3},
                    "parameters": {"type": "array", "items": _PARAMETER},
                },
            },
        },
    },
}
_WITHOUT_ADDRESS = frozenset({"memory", "founding_document", "project_note", "editorial"})


def check_document(document: dict[str, Any], *, on: dt.date) -> tuple[Problem, ...]:
    """Return every problem of the content; an empty result or only warnings means it may become a release."""
    shape = tuple(_shape(document))
    if shape:
        return shape
    return tuple(itertools.chain(_sources(document), _codes(document), _series(document), _stale(document, on)))


def _shape(document: dict[str, Any]) -> Iterator[Problem]:
    # Building its grammars costs more than starting everything else; only this check needs them.
    import jsonschema

    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    for error in validator.iter_errors(document):
        where = "/".join(str(part) for part in error.absolute_path)
        yield Problem("error", where, f"Het bestand volgt het schema niet: {error.message[:200]}")


def _parameters(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for theme in document["themes"]:
        for parameter in theme["parameters"]:
            yield f"{theme['file']}: {parameter['code']}", parameter


def _sources(document: dict[str, Any]) -> Iterator[Problem]:
    for code, source in document["sources"].items():
        if not source.get("address") and source["kind"] not in _WITHOUT_ADDRESS:
            yield Problem("error", f"sources.yaml: {code}", "Deze bron heeft geen adres.")
    for where, parameter in _parameters(document):
        for value in parameter["values"]:
            for code in value["sources"]:
                if code not in document["sources"]:
                    yield Problem("error", where, f"De bron {code} staat niet in sources.yaml.")


def _codes(document: dict[str, Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for where, parameter in _parameters(document):
        if parameter["code"] in seen:
            yield Problem("error", where, "Deze code komt twee keer voor.")
        seen.add(parameter["code"])


def _series(document: dict[str, Any]) -> Iterator[Problem]:
    for where, parameter in _parameters(document):
        yield from _dates(where, parameter["values"])
        for value in parameter["values"]:
            if _has_float(value["value"]):
                yield Problem("error", where, "Schrijf een kommagetal tussen aanhalingstekens, dan blijft het precies.")
        if parameter["unit"] == "EUR" and any(isinstance(value["value"], bool) for value in parameter["values"]):
            yield Problem("error", where, "Een bedrag in euro moet een getal zijn.")


def _dates(where: str, values: list[dict[str, Any]]) -> Iterator[Problem]:
    for value in values:
        if value["from"] and value.get("until") and value["until"] < value["from"]:
            yield Problem("error", where, f"De einddatum {value['until']} ligt voor de begindatum {value['from']}.")
        if value["from"] is None and len(values) > 1:
            yield Problem("error", where, "Een reeks met meer dan één waarde heeft overal een begindatum nodig.")
    for earlier, later in itertools.pairwise(values):
        if not earlier["from"] or not later["from"]:
            continue
        if later["from"] <= earlier["from"]:
            yield Problem(
                "error", where, f"De begindatums staan niet in volgorde ({earlier['from']}, {later['from']})."
            )
        if not earlier.get("until") or earlier["until"] >= later["from"]:
            yield Problem("error", where, f"Twee waarden gelden tegelijk vanaf {later['from']}.")


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_float(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_has_float(inner) for inner in value)
    return isinstance(value, float)


def _stale(document: dict[str, Any], on: dt.date) -> Iterator[Problem]:
    for where, parameter in _parameters(document):
        checked = max(value["checked_on"] for value in parameter["values"])
        if (on - dt.date.fromisoformat(checked)).days > STALE_DAYS:
            yield Problem("warning", where, f"Laatst nagekeken op {checked}: langer dan een jaar geleden.")
        last = parameter["values"][-1]
        if last["confidence"] in {"memory", "conflicting"}:
            yield Problem("warning", where, f"Beslist nooit ({last['confidence']}): laat dit nakijken.")
