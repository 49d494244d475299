"""Half-open periods of dates: ``start`` belongs to the period, ``end`` does not."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Dates from ``start`` up to but not including ``end``; an open end is ``None``."""

    start: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"period ends on {self.end}, which is not after its start {self.start}")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether a day exists that belongs to both periods."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    @classmethod
    def calendar_year(cls, year: int) -> Period:
        """Return the period of one calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later (or earlier) month; the last day of a month that is too short for it."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
