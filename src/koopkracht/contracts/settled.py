"""How long a contract runs: the end date that is stated, or the one that start and duration give."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

__all__ = ["computed_end"]

_MONTHS = {"MONTH": 1, "YEAR": 12}
_DAYS = {"DAY": 1, "WEEK": 7}


def computed_end(start: dt.date, duration: Decimal, unit: str) -> dt.date | None:
    """Return the last day of a contract of this duration; ``None`` for a unit or length that gives no date.

    A year from 5 March 2024 ends on 4 March 2025. Part months are not guessed at.
    """
    unit = unit.upper()
    try:
        if unit in _DAYS:
            return start + dt.timedelta(days=int(duration * _DAYS[unit]) - 1)
        months = duration * _MONTHS[unit]
        if months != months.to_integral_value() or months <= 0:
            return None
        return _months_later(start, int(months)) - dt.timedelta(days=1)
    except (KeyError, OverflowError, ValueError):
        return None


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
