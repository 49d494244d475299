"""Terms are counted from an event and end on a day that one can check on a calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from koopkracht.obligations.terms import due_after, in_weekend


@pytest.mark.parametrize(
    ("event", "months", "days", "due"),
    [
        (dt.date(2026, 3, 15), 1, 0, dt.date(2026, 4, 15)),
        (dt.date(2026, 1, 31), 1, 0, dt.date(2026, 2, 28)),
        (dt.date(2028, 1, 31), 1, 0, dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 15), 1, 0, dt.date(2027, 1, 15)),
        (dt.date(2026, 3, 31), -1, 0, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 31), 1, 1, dt.date(2026, 3, 1)),
        (dt.date(2026, 3, 15), 0, 30, dt.date(2026, 4, 14)),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_month_or_on_its_last_day(event, months, days, due) -> None:
    assert due_after(event, months=months, days=days) == due


def test_a_term_in_a_weekend_is_kept_and_can_be_told() -> None:
    due = due_after(dt.date(2026, 1, 15), months=1)
    assert due == dt.date(2026, 2, 15)
    assert in_weekend(due)
    assert not in_weekend(dt.date(2026, 2, 16))


def test_a_term_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match=r"calendar|range|year"):
        due_after(dt.date(9999, 12, 31), days=1)
    with pytest.raises(ValueError, match=r"calendar|range|year"):
        due_after(dt.date(9999, 12, 31), months=1)
