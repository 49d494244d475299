"""The formulas of indicators (part 10 of the field guide): plain functions over exact decimals, no storage.

CF-03 gap and attainment, CF-04 target path, needed growth and forecast, CF-05 a minimum share, F-03 linear trend.
What cannot be known is ``None``, never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from koopkracht.indicators.types import Direction, Frequency, TargetPath
from koopkracht.shared.periods import Period

STEP = Decimal("0.000001")
"""What is kept of a value: a share of one in a million, an amount well under a cent."""

_MONTHS = {Frequency.YEAR: 12, Frequency.QUARTER: 3, Frequency.MONTH: 1}


def rounded(value: Decimal) -> Decimal:
    """Return a value with the decimals that are kept."""
    return value.quantize(STEP, rounding=ROUND_HALF_EVEN)


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Return a part of a whole; ``None`` without a whole."""
    return rounded(Decimal(part) / Decimal(whole)) if whole else None


def gap(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Return actual minus target (CF-03)."""
    return None if actual is None or target is None else rounded(actual - target)


def attainment(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Return actual divided by target as a fraction (CF-03); ``None`` without target, or with a target of 0."""
    return None if actual is None or not target else rounded(actual / target)


def met(actual: Decimal | None, target: Decimal | None, direction: Direction = Direction.HIGHER) -> bool | None:
    """Tell whether a value is at least the target, or at most where lower is better."""
    if actual is None or target is None:
        return None
    return actual >= target if direction is Direction.HIGHER else actual <= target


def minimum_met(part: Decimal | int, whole: Decimal | int, minimum: Decimal) -> bool | None:
    """Tell whether a part is at least a minimum share of the whole (CF-05), exact: 80 of 100 meets 80 %."""
    if not whole:
        return None
    return Decimal(part) >= minimum * Decimal(whole)


def path_value(path: TargetPath | None, year: int) -> Decimal | None:
    """Return what the path asks for in a year (CF-04); ``None`` before it starts.

    After the end year the last value stays. Without growth and with an end value it is a straight line between the two.
    """
    if path is None or year < path.baseline_year:
        return None
    last = year if path.end_year is None else min(year, path.end_year)
    if path.yearly_growth is not None:
        return rounded(path.baseline_value + path.yearly_growth * (last - path.baseline_year))
    if path.end_value is None or path.end_year is None:
        return rounded(path.baseline_value)
    years = path.end_year - path.baseline_year
    if not years:
        return rounded(path.end_value)
    return rounded(path.baseline_value + (path.end_value - path.baseline_value) * (last - path.baseline_year) / years)


def needed_growth(path: TargetPath | None, actual: Decimal | None, year: int) -> Decimal | None:
    """Return the growth per year that still reaches the end value (CF-04); ``None`` without end or without time."""
    if path is None or actual is None or path.end_value is None or path.end_year is None:
        return None
    left = path.end_year - year
    return rounded((path.end_value - actual) / left) if left > 0 else None


def forecast(path: TargetPath | None, actual: Decimal | None, year: int) -> Decimal | None:
    """Return the value in the end year when the agreed growth goes on from today's value (CF-04)."""
    if path is None or actual is None or path.yearly_growth is None or path.end_year is None:
        return None
    return rounded(actual + path.yearly_growth * max(path.end_year - year, 0))


def trend(values: Mapping[int, Decimal], year: int) -> Decimal | None:
    """Return the linear trend (least squares) of yearly values in another year (F-03); two years are needed."""
    if len(values) < 2:
        return None
    count = Decimal(len(values))
    mean_year = sum((Decimal(one) for one in values), Decimal(0)) / count
    mean = sum(values.values(), Decimal(0)) / count
    spread = sum(((one - mean_year) ** 2 for one in values), Decimal(0))
    slope = sum(((one - mean_year) * (value - mean) for one, value in values.items()), Decimal(0)) / spread
    return rounded(mean + slope * (year - mean_year))


def on_track(
    path: TargetPath | None,
    *,
    actual: Decimal | None,
    expected: Decimal | None,
    year: int,
    direction: Direction = Direction.HIGHER,
) -> bool | None:
    """Tell whether the end value is expected to be met, or the path is met where there is no end value.

    With an end year that is past or present, the value itself decides.
    """
    if path is None or actual is None:
        return None
    if path.end_value is None or path.end_year is None:
        return met(actual, path_value(path, year), direction)
    if year >= path.end_year:
        return met(actual, path.end_value, direction)
    return met(expected, path.end_value, direction)


def period_of(day: dt.date, frequency: Frequency) -> Period:
    """Return the period of measurement to which a day belongs."""
    months = _MONTHS[frequency]
    first = (day.month - 1) // months * months + 1
    start = dt.date(day.year, first, 1)
    return Period(start, _months_later(start, months))


def last_finished(day: dt.date, frequency: Frequency) -> Period:
    """Return the last period that ended on or before the start of a day."""
    return period_of(period_of(day, frequency).start - dt.timedelta(days=1), frequency)


def is_whole(period: Period, frequency: Frequency) -> bool:
    """Tell whether a period is exactly one period of this frequency."""
    return period == period_of(period.start, frequency)


def yearly(values: Iterable[tuple[Period, Decimal]]) -> dict[int, Decimal]:
    """Return one value per year for a trend: the mean of the periods that start in it."""
    found: dict[int, list[Decimal]] = {}
    for period, value in values:
        found.setdefault(period.start.year, []).append(value)
    return {year: sum(ones, Decimal(0)) / len(ones) for year, ones in found.items()}


def _months_later(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, day.day)
