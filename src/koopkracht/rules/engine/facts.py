"""Turn what a person or a program sends into facts, or say in Dutch what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from koopkracht.rules.errors import BadFacts
from koopkracht.rules.types import FactSpec, FactValue

LARGEST_AMOUNT = Decimal("1e12")
FIRST_YEAR, LAST_YEAR = 1950, 2100
_CPV = re.compile(r"^\d{8}(-\d)?$")
_YES = frozenset({"true", "ja", "1", "on", "yes"})
_NO = frozenset({"false", "nee", "0", "off", "no"})


class _Unreadable(ValueError):
    """The text of one fact cannot be read; the message is for the person."""


def parse_facts(
    raw: Mapping[str, Any], specs: Mapping[str, FactSpec], *, required: tuple[str, ...] = ()
) -> dict[str, FactValue]:
    """Return typed facts; empty answers are left out.

    Raises :class:`BadFacts` with one Dutch sentence per fact that is unknown, unreadable or missing.
    """
    facts: dict[str, FactValue] = {}
    wrong: dict[str, str] = {}
    for name, value in raw.items():
        spec = specs.get(name)
        if spec is None:
            wrong[name] = f"Het gegeven “{name}” bestaat niet. Kijk in de lijst van gegevens van de Wetswijzer."
        elif not _empty(value):
            try:
                facts[name] = _READERS[spec.kind](value, spec)
            except _Unreadable as error:
                wrong[name] = f"{spec.label}: {error}"
    for name in required:
        if name not in facts and name not in wrong:
            wrong[name] = f"{specs[name].label}: vul dit in, zonder dit gegeven is er geen antwoord."
    if wrong:
        raise BadFacts(wrong)
    return facts


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], ())


def _amount(value: Any, _: FactSpec) -> Decimal:
    # A JSON number arrives as a float; its shortest text is what the sender wrote.
    text = str(value).strip().replace("€", "").replace(" ", "").replace("\u00a0", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _Unreadable("schrijf een bedrag in euro, bijvoorbeeld 139.999,99.") from None
    if not amount.is_finite() or amount.copy_abs() > LARGEST_AMOUNT:
        raise _Unreadable("dit bedrag is te groot om te gebruiken.")
    if amount < 0:
        raise _Unreadable("een bedrag kan niet negatief zijn.")
    if amount != amount.quantize(Decimal("0.01")):
        raise _Unreadable("gebruik hoogstens twee cijfers na de komma.")
    return amount


def _percent(value: Any, spec: FactSpec) -> Decimal:
    amount = _amount(str(value).replace("%", ""), spec)
    if amount > 100:
        raise _Unreadable("een percentage ligt tussen 0 en 100.")
    return amount


def _integer(value: Any, _: FactSpec) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,7}", str(value).strip()):
        raise _Unreadable("schrijf een geheel getal, nul of meer.")
    return int(value)


def _date(value: Any, _: FactSpec) -> dt.date:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value).strip())
    except ValueError:
        raise _Unreadable("schrijf een datum als 2026-11-21.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Unreadable(f"kies een datum tussen {FIRST_YEAR} en {LAST_YEAR}.")
    return day


def _flag(value: Any, _: FactSpec) -> bool:
    text = str(value).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise _Unreadable("antwoord met ja of nee.")


def _choice(value: Any, spec: FactSpec) -> str:
    text = str(value).strip()
    if text not in dict(spec.choices):
        allowed = ", ".join(code for code, _ in spec.choices)
        raise _Unreadable(f"kies een van deze mogelijkheden: {allowed}.")
    return text


def _cpv(value: Any, _: FactSpec) -> str:
    text = str(value).strip()
    if not _CPV.match(text):
        raise _Unreadable("een CPV-code heeft acht cijfers, bijvoorbeeld 85320000.")
    return text[:8]


def _text(value: Any, _: FactSpec) -> str:
    return str(value).strip()[:2000]


def _amounts(value: Any, spec: FactSpec) -> tuple[Decimal, ...]:
    return tuple(_amount(part, spec) for part in _parts(value))


def _percents(value: Any, spec: FactSpec) -> tuple[Decimal, ...]:
    return tuple(_percent(part, spec) for part in _parts(value))


def _choices(value: Any, spec: FactSpec) -> tuple[str, ...]:
    return tuple(_choice(part, spec) for part in _parts(value))


def _parts(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [part for part in re.split(r"[;\n]", str(value)) if part.strip()]


_READERS: dict[str, Callable[[Any, FactSpec], FactValue]] = {
    "amount": _amount,
    "percent": _percent,
    "integer": _integer,
    "date": _date,
    "flag": _flag,
    "choice": _choice,
    "cpv": _cpv,
    "text": _text,
    "amounts": _amounts,
    "percents": _percents,
    "choices": _choices,
}
