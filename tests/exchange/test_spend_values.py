"""Amounts and dates: every usual way of writing, exact, and the fast way equal to the plain one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopkracht.exchange.formats.values import (
    amount_evidence,
    amounts_to_cents,
    date_evidence,
    dates_to_days,
    parse_amount,
    parse_date,
)


@pytest.mark.parametrize(
    ("text", "decimal", "cents"),
    [
        ("1234,56", ",", 123456),
        ("1.234,56", ",", 123456),
        ("1 234,56", ",", 123456),
        ("1\u00a0234,56", ",", 123456),
        ("1\u202f234\u202f567,8", ",", 123456780),
        ("1'234,56", ",", 123456),
        ("-1.234,56", ",", -123456),
        ("1.234,56-", ",", -123456),
        ("(1.234,56)", ",", -123456),
        ("\u22121.234,56", ",", -123456),
        ("- 12", ",", -1200),
        ("+12,5", ",", 1250),
        ("€ 1.234,56", ",", 123456),
        ("1.234,56 EUR", ",", 123456),
        ("€ -12,00", ",", -1200),
        ("-€ 12,00", ",", -1200),
        ("1.234", ",", 123400),
        ("1.234", ".", 123),
        (",5", ",", 50),
        ("5,", ",", 500),
        ("0", ",", 0),
        ("1,234.56", ".", 123456),
        (" 866,079.89 ", ".", 86607989),
        ("460.80000000000007", ".", 46080),
        ("1428.6399999999999", ".", 142864),
        ("0.125", ".", 12),
        ("0.135", ".", 14),
        ("-1.1E-13", ".", 0),
        ("1.5e3", ".", 150000),
    ],
)
def test_amounts(text: str, decimal: str, cents: int) -> None:
    assert parse_amount(text, decimal=decimal) == cents
    assert amounts_to_cents(pa.array([text]), decimal=decimal).to_pylist() == [cents]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tien",
        "12.5",
        "1.23,45",
        "1.2345,00",
        "1,2,3",
        "=1+1",
        "12 stuks",
        "--5",
        "1.234.56",
        "€",
        "-",
        "1e999",
        "९९",
    ],
)
def test_no_amounts_with_a_decimal_comma(text: str) -> None:
    assert parse_amount(text, decimal=",") is None
    assert amounts_to_cents(pa.array([text]), decimal=",").to_pylist() == [None]


def test_amounts_beyond_any_budget_are_refused() -> None:
    assert parse_amount("9" * 17, decimal=",") is None
    assert amounts_to_cents(pa.array(["9" * 30]), decimal=",").to_pylist() == [None]


AMOUNTISH = st.one_of(
    st.from_regex(r"\A[-+( ]{0,2}(€ ?)?\d{0,7}([., ]\d{1,4}){0,3}[)-]?\Z"),
    st.text("0123456789.,-+() €'eE", max_size=12),
)


@given(st.lists(AMOUNTISH, max_size=12), st.sampled_from([",", "."]), st.booleans())
def test_the_fast_way_equals_the_plain_way(texts: list[str], decimal: str, encoded: bool) -> None:
    column = pa.array(texts, pa.string())
    found = amounts_to_cents(column.dictionary_encode() if encoded else column, decimal=decimal).to_pylist()
    assert found == [parse_amount(text, decimal=decimal) if text.strip() else None for text in texts]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_amount_survives_its_spellings(amount: Decimal) -> None:
    cents = int(amount * 100)
    english = f"{amount:,.2f}"
    flemish = english.translate(str.maketrans(",.", ".,"))
    assert parse_amount(english, decimal=".") == parse_amount(flemish, decimal=",") == cents
    assert parse_amount(f"€ {flemish}", decimal=",") == parse_amount(flemish.replace(".", " "), decimal=",") == cents


def test_evidence_for_the_decimal_sign() -> None:
    assert amount_evidence(["1.234,56", "12,5"]).decimal(default=".") == ","
    assert amount_evidence(["1,234.56", "12.5"]).decimal(default=",") == "."
    assert amount_evidence(["1428.6399999999999"]).decimal(default=",") == "."
    undecided = amount_evidence(["1.234", "12"])
    assert undecided.ambiguous
    assert undecided.decimal(default=",") == ","
    assert not amount_evidence(["1234", "7"]).ambiguous


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21/11/2025", dt.date(2025, 11, 21)),
        ("21-11-2025", dt.date(2025, 11, 21)),
        ("21.11.25", dt.date(2025, 11, 21)),
        ("1/2/2025", dt.date(2025, 2, 1)),
        ("2025-11-21", dt.date(2025, 11, 21)),
        ("2025-11-21 00:00:00", dt.date(2025, 11, 21)),
        ("2025-11-21T10:11:12.5Z", dt.date(2025, 11, 21)),
        ("21/11/2025 8:05", dt.date(2025, 11, 21)),
        ("20251121", dt.date(2025, 11, 21)),
        ("21112025", dt.date(2025, 11, 21)),
        ("21 november 2025", dt.date(2025, 11, 21)),
        ("21-nov-25", dt.date(2025, 11, 21)),
        ("1 mrt. 2025", dt.date(2025, 3, 1)),
        ("1 août 2025", dt.date(2025, 8, 1)),
        ("45982", dt.date(2025, 11, 21)),
        ("45982,5", dt.date(2025, 11, 21)),
        ("31/12/99", dt.date(1999, 12, 31)),
        ("29/02/2024", dt.date(2024, 2, 29)),
    ],
)
def test_dates(text: str, day: dt.date) -> None:
    assert parse_date(text) == day
    assert dates_to_days(pa.array([text]), day_first=True).to_pylist() == [day]


@pytest.mark.parametrize(
    "text", ["", "gisteren", "31/02/2025", "29/02/2025", "12/31/2025", "2025", "202511", "1/1/0001", "99999999"]
)
def test_no_dates(text: str) -> None:
    assert parse_date(text) is None


def test_order_of_day_and_month() -> None:
    assert parse_date("03/04/2025", day_first=False) == dt.date(2025, 3, 4)
    assert date_evidence(["03/04/2025", "13/04/2025"]).day_leads
    assert not date_evidence(["03/04/2025", "04/13/2025"]).day_leads
    assert date_evidence(["03/04/2025"]).ambiguous
    assert not date_evidence(["04/04/2025", "2025-03-04"]).ambiguous
