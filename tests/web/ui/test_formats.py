"""Figures and dates as people in Flanders write them."""

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.web.ui import formats
from koopkracht.web.ui.formats import FORMATS, NBSP


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("euro", Decimal("1234.56"), "€ 1.234,56"),
        ("euro", Decimal("-0.001"), "€ 0,00"),
        ("euro", Decimal("-1234567.005"), "€ -1.234.567,01"),
        ("euro_round", Decimal("1234.5"), "€ 1.235"),
        ("euro_short", Decimal(12345678), "€ 12,3 mln."),
        ("euro_short", Decimal(999999), "€ 999.999"),
        ("euro_short", Decimal(1250000000), "€ 1,25 mld."),
        ("cents", 123456, "€ 1.234,56"),
        ("cents_round", -50, "€ -1"),
        ("cents_short", 4131245600, "€ 41,3 mln."),
        ("number", 1234567, "1.234.567"),
        ("number", Decimal("1234.50"), "1.234,5"),
        ("number", Decimal(1200), "1.200"),
        ("percent", Decimal("0.1234"), "12,3 %"),
        ("percent", 0.0, "0,0 %"),
        ("date", dt.date(2026, 11, 21), "21 november 2026"),
        ("date_short", dt.date(2026, 3, 1), "01-03-2026"),
        ("yes_no", False, "nee"),
        ("bytes", 999, "999 B"),
        ("bytes", 3_400_000, "3,4 MB"),
        ("bytes", 5_000_000_000_000, "5.000,0 GB"),
    ],
)
def test_written_as_in_flanders(name, value, written):
    assert FORMATS[name](value).replace(NBSP, " ") == written


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
def test_what_is_not_there_is_unknown_and_never_zero(name):
    assert FORMATS[name](None) == "onbekend"


def test_a_moment_is_told_in_belgian_time():
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    assert formats.moment(late).replace(NBSP, " ") == "1 januari 2027, 0.30 uur"
    assert formats.date_short(late) == "01-01-2027"


def test_amount_and_sign_stay_on_one_line():
    assert " " not in formats.euro(Decimal(5))
    assert " " not in formats.percent(Decimal("0.5"))
