"""How dates, amounts and shares are written on paper in Flanders; ``None`` reads "onbekend", never zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NBSP = "\u00a0"
UNKNOWN = "onbekend"
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_SWAP = str.maketrans(",.", ".,")


def _grouped(value: Decimal | int, decimals: int) -> str:
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,.{decimals}f}".translate(_SWAP)


def date(value: dt.date | None) -> str:
    """21 november 2026."""
    return UNKNOWN if value is None else f"{value.day}{NBSP}{_MONTHS[value.month - 1]}{NBSP}{value.year}"


def euro(value: Decimal | int | None) -> str:
    """€ 1.234,56."""
    return UNKNOWN if value is None else f"€{NBSP}{_grouped(value, 2)}"


def euro_round(value: Decimal | int | None) -> str:
    """€ 1.235."""
    return UNKNOWN if value is None else f"€{NBSP}{_grouped(value, 0)}"


def number(value: Decimal | int | None) -> str:
    """1.234 or 1.234,5: at most two decimals."""
    if value is None:
        return UNKNOWN
    text = _grouped(value, 2)
    return text.rstrip("0").rstrip(",")


def percent(value: Decimal | None) -> str:
    """Write a share of one as 12,3 %."""
    return UNKNOWN if value is None else f"{_grouped(value * 100, 1)}{NBSP}%"


FILTERS: Mapping[str, Callable[[Any], str]] = {
    "date": date,
    "euro": euro,
    "euro_round": euro_round,
    "number": number,
    "percent": percent,
}
