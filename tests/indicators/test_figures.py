"""The formulas, with the check values of the catalogue of requirements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.indicators import figures
from koopkracht.indicators.types import Direction, Frequency, TargetPath
from koopkracht.shared.periods import Period

CITY = TargetPath(2017, Decimal("0.125"), Decimal("0.01"), 2018, Decimal("0.15"))
"""12.5 % in 2017, one point a year, and a promise of 15 % in 2018 (CF-04, AMB-08)."""


def test_gap_and_attainment_of_three_visits_out_of_four() -> None:
    assert figures.gap(Decimal(3), Decimal(4)) == -1
    assert figures.attainment(Decimal(3), Decimal(4)) == Decimal("0.75")
    assert figures.met(Decimal(3), Decimal(4)) is False


@pytest.mark.parametrize(("actual", "target"), [(None, Decimal(4)), (Decimal(3), None), (None, None)])
def test_without_value_or_target_nothing_is_zero(actual: Decimal | None, target: Decimal | None) -> None:
    assert figures.gap(actual, target) is None
    assert figures.attainment(actual, target) is None
    assert figures.met(actual, target) is None


def test_attainment_of_a_target_of_nothing_does_not_exist() -> None:
    assert figures.attainment(Decimal(3), Decimal(0)) is None


def test_the_path_of_a_city_grows_by_one_point() -> None:
    assert figures.path_value(CITY, 2017) == Decimal("0.125")
    assert figures.path_value(CITY, 2018) == Decimal("0.135")
    assert figures.path_value(CITY, 2016) is None
    assert figures.path_value(CITY, 2025) == Decimal("0.135"), "after the end year the last value stays"


def test_the_promise_of_the_city_needs_more_than_the_agreed_step() -> None:
    actual = Decimal("0.125")
    assert figures.needed_growth(CITY, actual, 2017) == Decimal("0.025")
    expected = figures.forecast(CITY, actual, 2017)
    assert expected == Decimal("0.135")
    assert figures.on_track(CITY, actual=actual, expected=expected, year=2017) is False


def test_without_time_left_there_is_no_needed_growth_and_the_value_decides() -> None:
    assert figures.needed_growth(CITY, Decimal("0.15"), 2018) is None
    assert figures.on_track(CITY, actual=Decimal("0.15"), expected=None, year=2018) is True
    assert figures.on_track(CITY, actual=Decimal("0.149999"), expected=None, year=2018) is False


def test_without_an_agreed_step_the_path_is_a_straight_line() -> None:
    path = TargetPath(2020, Decimal("0.20"), None, 2024, Decimal(1))
    assert [figures.path_value(path, year) for year in (2020, 2022, 2024)] == [Decimal("0.2"), Decimal("0.6"), 1]


def test_lower_can_be_better() -> None:
    assert figures.met(Decimal("0.2"), Decimal("0.25"), Direction.LOWER) is True
    assert figures.met(Decimal("0.3"), Decimal("0.25"), Direction.LOWER) is False


def test_a_minimum_share_is_exact() -> None:
    assert figures.minimum_met(80_000, 100_000, Decimal("0.80")) is True
    assert figures.minimum_met(799_999_999, 1_000_000_000, Decimal("0.80")) is False
    assert figures.minimum_met(0, 0, Decimal("0.80")) is None


def test_the_linear_trend_meets_all_in_the_target_year() -> None:
    values = {2017: Decimal("0.40"), 2018: Decimal("0.60"), 2019: Decimal("0.80")}
    assert figures.trend(values, 2020) == Decimal(1)
    assert figures.trend({2019: Decimal("0.80")}, 2020) is None


@pytest.mark.parametrize(
    ("frequency", "start", "end"),
    [
        (Frequency.YEAR, dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
        (Frequency.QUARTER, dt.date(2025, 10, 1), dt.date(2026, 1, 1)),
        (Frequency.MONTH, dt.date(2025, 12, 1), dt.date(2026, 1, 1)),
    ],
)
def test_the_last_finished_period_on_new_year(frequency: Frequency, start: dt.date, end: dt.date) -> None:
    assert figures.last_finished(dt.date(2026, 1, 1), frequency) == Period(start, end)
    assert figures.is_whole(Period(start, end), frequency)
    assert not figures.is_whole(Period(start, dt.date(2026, 1, 2)), frequency)
