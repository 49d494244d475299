"""Figures and dates as people in Flanders write them; used as template filters, in lists and in charts.

``None`` is never a zero: it reads "onbekend".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext

from koopkracht.shared.clock import BRUSSELS
from koopkracht.shared.money import from_cents

NBSP = "\u00a0"
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_UNITS = ("kB", "MB", "GB")
_SWAP = str.maketrans(",.", ".,")
_MILLION, _BILLION = Decimal(1_000_000), Decimal(1_000_000_000)


def unknown() -> str:
    """Return the word for a value that is not there."""
    return gettext("onbekend")


def _grouped(value: Decimal | int, decimals: int) -> str:
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)  # no "-0"
    return f"{rounded:,.{decimals}f}".translate(_SWAP)


def euro(value: Decimal | int | None) -> str:
    """€ 1.234,56."""
    return unknown() if value is None else f"€{NBSP}{_grouped(value, 2)}"


def euro_round(value: Decimal | int | None) -> str:
    """€ 1.235, for overviews."""
    return unknown() if value is None else f"€{NBSP}{_grouped(value, 0)}"


def euro_short(value: Decimal | int | None) -> str:
    """€ 12,3 mln., for key figures; small amounts are written in full."""
    if value is None:
        return unknown()
    amount = Decimal(value)
    if abs(amount) >= _BILLION:
        return f"€{NBSP}{_grouped(amount / _BILLION, 2)}{NBSP}{gettext('mld.')}"
    if abs(amount) >= _MILLION:
        return f"€{NBSP}{_grouped(amount / _MILLION, 1)}{NBSP}{gettext('mln.')}"
    return euro_round(amount)


def cents(value: int | None) -> str:
    """Whole cents as € 1.234,56."""
    return unknown() if value is None else euro(from_cents(value))


def cents_round(value: int | None) -> str:
    """Whole cents as € 1.235."""
    return unknown() if value is None else euro_round(from_cents(value))


def cents_short(value: int | None) -> str:
    """Whole cents as € 12,3 mln."""
    return unknown() if value is None else euro_short(from_cents(value))


def number(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """1.234 or 1.234,5: as many decimals as given, else at most two."""
    if value is None:
        return unknown()
    if isinstance(value, int):
        return f"{value:,}".translate(_SWAP)
    exact = Decimal(str(value))
    if decimals is None:
        text = _grouped(exact, 2)
        return text.rstrip("0").rstrip(",") if "," in text else text
    return _grouped(exact, decimals)


def percent(value: Decimal | float | None, decimals: int = 1) -> str:
    """Write a share of one as 12,3 %."""
    return unknown() if value is None else f"{_grouped(Decimal(str(value)) * 100, decimals)}{NBSP}%"


def date(value: dt.date | None) -> str:
    """21 november 2026."""
    if value is None:
        return unknown()
    day = _in_belgium(value)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def date_short(value: dt.date | None) -> str:
    """21-11-2026, for tables."""
    if value is None:
        return unknown()
    day = _in_belgium(value)
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def moment(value: dt.datetime | None) -> str:
    """21 november 2026, 14.05 uur in Belgian time."""
    if value is None:
        return unknown()
    local = value.astimezone(BRUSSELS)
    return f"{date(local)}, {local.hour}.{local.minute:02}{NBSP}{gettext('uur')}"


def yes_no(value: bool | None) -> str:
    """Ja, nee or onbekend."""
    if value is None:
        return unknown()
    return gettext("ja") if value else gettext("nee")


def size(value: int | None) -> str:
    """Write a number of bytes as 3,4 MB."""
    if value is None:
        return unknown()
    if value < 1000:
        return f"{value}{NBSP}B"
    amount, power = Decimal(value), 0
    while amount >= 1000 and power < len(_UNITS):
        amount, power = amount / 1000, power + 1
    return f"{_grouped(amount, 1)}{NBSP}{_UNITS[power - 1]}"


def text(value: object) -> str:
    """Any text; nothing becomes an empty cell."""
    return "" if value is None else str(value)


def _in_belgium(value: dt.date) -> dt.date:
    return value.astimezone(BRUSSELS).date() if isinstance(value, dt.datetime) else value


FORMATS: dict[str, Callable[[Any], str]] = {
    "text": text,
    "euro": euro,
    "euro_round": euro_round,
    "euro_short": euro_short,
    "cents": cents,
    "cents_round": cents_round,
    "cents_short": cents_short,
    "number": number,
    "percent": percent,
    "date": date,
    "date_short": date_short,
    "moment": moment,
    "yes_no": yes_no,
    "bytes": size,
}
NUMERIC = frozenset(
    {"euro", "euro_round", "euro_short", "cents", "cents_round", "cents_short", "number", "percent", "bytes"}
)


def show(value: Any, name: str = "text") -> str:
    """Write ``value`` in the format called ``name``."""
    return FORMATS[name](value)
