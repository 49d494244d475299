"""Terms: the day on which something is due, counted from an event. Pure: no Django, no clock.

A term of months ends on the same day of the month (15 March and one month is 15 April); a month that is too short
ends the term on its last day (31 January and one month is the last day of February). A term that ends in a weekend
or on a holiday is kept as it is: these are working agreements, not procedural terms, and nobody should have to guess.
"""

from __future__ import annotations

import datetime as dt

from koopkracht.shared.periods import months_after


def due_after(event: dt.date, *, months: int = 0, days: int = 0) -> dt.date:
    """Return the last day of a term of ``months`` and then ``days`` after ``event``; negative counts backwards.

    Raises ``ValueError`` when the day lies outside the calendar.
    """
    try:
        return months_after(event, months) + dt.timedelta(days=days)
    except OverflowError as error:
        raise ValueError("this term ends outside the calendar") from error


def in_weekend(day: dt.date) -> bool:
    """Tell whether a day is a Saturday or a Sunday: the screen says so, the term does not move."""
    return day.isoweekday() > 5
