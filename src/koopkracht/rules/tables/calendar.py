"""Count days as Belgian procurement law does: working days, public holidays, terms that end on a working day."""

from __future__ import annotations

import calendar
import datetime as dt
import functools

import holidays

DAY = dt.timedelta(days=1)
SATURDAY = 5


@functools.cache
def _public_holidays(country: str, year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays(country.upper(), years=year, language=None))


def is_working_day(day: dt.date, *, country: str = "be") -> bool:
    """Tell whether ``day`` is no Saturday, Sunday or public holiday."""
    return day.weekday() < SATURDAY and day not in _public_holidays(country, day.year)


def next_working_day(day: dt.date, *, country: str = "be") -> dt.date:
    """Return ``day`` itself when it is a working day, else the first one after it."""
    while not is_working_day(day, country=country):
        day += DAY
    return day


def after_full_days(start: dt.date, days: int, *, country: str = "be") -> dt.date:
    """Return the first day on which ``days`` whole days have passed; neither the first nor the last day counts."""
    return next_working_day(start + (days + 1) * DAY, country=country)


def term_end(event: dt.date, days: int, *, country: str = "be") -> dt.date:
    """Return the last day of a term that starts the day after ``event``; it ends on a working day."""
    return next_working_day(event + days * DAY, country=country)


def working_days_after(event: dt.date, days: int, *, country: str = "be") -> dt.date:
    """Return the last of ``days`` working days after ``event``."""
    day = event
    while days:
        day += DAY
        days -= is_working_day(day, country=country)
    return day


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return dt.date(day.year + year, month + 1, min(day.day, last))


def add_years(day: dt.date, years: int) -> dt.date:
    """Return the same day ``years`` later; 29 February becomes 28 February."""
    return add_months(day, 12 * years)
