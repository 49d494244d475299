"""Terms: the day on which something is due, counted from an event. Pure: no Django, no clock.

A term of months ends on the same day of the month (15 March and one month is 15 April); a month that is too short
ends the term on its last day (31 January and one month is the last day of February). A term that ends in a weekend
or on a holiday is kept as it is: these are working agreements, not procedural terms, and nobody should have to guess.
"""

from __future__ import annotations

import calendar
import datetime as dt

_LATEST_YEAR = 9999


def due_after(event: dt.date, *, months: int = 0, days: int = 0) -> dt.date:
    """Return the last day of a term of ``months`` and then ``days`` after ``event``; negative counts backwards.

    Raises ``ValueError`` when the day lies outside the calendar.
    """
    years, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    if not 1 <= years <= _LATEST_YEAR:
        raise ValueError("this term ends outside the calendar")
    last = calendar.monthrange(years, month + 1)[1]
    moved = event.replace(year=years, month=month + 1, day=min(event.day, last))
    try:
        return moved + dt.timedelta(days=days)
    except OverflowError as error:
        raise ValueError("this term ends outside the calendar") from error


def in_weekend(day: dt.date) -> bool:
    """Tell whether a day is a Saturday or a Sunday: the screen says so, the term does not move."""
    return day.isoweekday() > 5
