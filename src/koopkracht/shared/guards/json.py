"""JSON guard and reader: bounded size, depth, number of values and length of numbers; money never passes a float."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any, NoReturn

from koopkracht.shared.guards.reasons import HostileFile, too_large

_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_ALL_BUT_BRACKETS = bytes(value for value in range(256) if value not in b"[]{}")
_FIELDS_PER_OBJECT = 2_000
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class JsonLimits:
    """What one JSON text may hold."""

    size: int = 32 << 20
    depth: int = 64
    values: int = 1_500_000


DEFAULT = JsonLimits()


def check_json(data: bytes, limits: JsonLimits = DEFAULT) -> None:
    """Raise ``HostileFile`` when the text is too large, too deep, or holds absurdly many values."""
    if len(data) > limits.size:
        raise too_large(len(data), limits.size, "Dit JSON-bestand")
    values = data.count(b",") + data.count(b"[") + data.count(b"{")
    if values > limits.values and _count_outside_strings(data) > limits.values:
        raise HostileFile(
            "Dit JSON-bestand bevat meer dan een miljoen losse waarden. Splits het per reeks opdrachten en laad "
            "de delen na elkaar in.",
            code="guard.json.values",
        )
    if data.count(b'":') > _FIELDS_PER_OBJECT * (1 + data.count(b"{")):
        raise HostileFile(
            "Dit JSON-bestand bevat een object met duizenden velden; dat komt in echte gegevens niet voor.",
            code="guard.json.fields",
        )
    if _depth(data) > limits.depth and _depth(_STRINGS.sub(b"", data)) > limits.depth:
        raise HostileFile(
            f"Dit JSON-bestand is meer dan {limits.depth} niveaus diep genest; dat komt in echte gegevens niet voor.",
            code="guard.json.depth",
        )


def load_json(data: bytes, limits: JsonLimits = DEFAULT) -> Any:
    """Check, then read: numbers with a point become ``Decimal``, ``NaN`` and doubled keys are refused."""
    check_json(data, limits)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HostileFile(
            f"Dit JSON-bestand is geen geldige UTF-8 (byte {error.start + 1}). Bewaar het als UTF-8.",
            code="guard.json.encoding",
            position=error.start,
        ) from None
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_not_a_number, object_pairs_hook=_unique_keys)
    except json.JSONDecodeError as error:
        raise HostileFile(
            f"Dit is geen geldige JSON: er staat een fout op regel {error.lineno}, positie {error.colno}.",
            code="guard.json.malformed",
            line=error.lineno,
            column=error.colno,
        ) from None
    except ValueError:
        raise HostileFile(
            "Dit JSON-bestand bevat een getal van duizenden cijfers; dat kan geen bedrag of aantal zijn.",
            code="guard.json.number",
        ) from None
    if _SURROGATE.search(data):
        _check_texts(value)
    return value


def _count_outside_strings(data: bytes) -> int:
    bare = _STRINGS.sub(b"", data)
    return bare.count(b",") + bare.count(b"[") + bare.count(b"{")


def _depth(data: bytes) -> int:
    brackets = data.translate(None, _ALL_BUT_BRACKETS)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)


def _check_texts(value: Any) -> None:
    """Refuse half a sign (a lone surrogate): it can be read, but neither stored nor sent on."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str) and any("\ud800" <= sign <= "\udfff" for sign in each):
            raise HostileFile(
                "Dit JSON-bestand bevat een half teken (een losse surrogaatcode). Maak het bestand opnieuw.",
                code="guard.json.surrogate",
            )


def _not_a_number(word: str) -> NoReturn:
    raise HostileFile(
        f"Dit JSON-bestand bevat {word}; dat is geen getal. Vul een getal in of laat het veld weg.",
        code="guard.json.not_a_number",
    )


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        seen: set[str] = set()
        doubled = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise HostileFile(
            f"Dit JSON-bestand noemt het veld “{doubled[:60]}” twee keer in hetzelfde object; wij kunnen niet weten "
            "welke waarde geldt.",
            code="guard.json.doubled_key",
            key=doubled[:200],
        )
    return record
