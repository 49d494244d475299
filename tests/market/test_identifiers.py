"""Identifiers and names as files write them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopkracht.market.identifiers import (
    NumberStatus,
    check_number,
    format_kbo,
    normalise_belgian,
    normalise_name,
    normalise_vat,
)
from tests.market.factories import kbo


@pytest.mark.parametrize(
    "raw",
    [
        "0475480736",
        "0475.480.736",
        "BE0475.480.736",
        "BE 0475.480.736",
        "be0475480736",
        "0475480736_720",
        "0475 480 736",
        "475.480.736",
        "475480736",
        "475480736.0",
        "(0)475.480.736",
        "0208:0475480736",
        "BTW BE 0475.480.736",
        "KBO: 0475.480.736",
        "RPR Gent 0475.480.736",
        "BE\u20110475.480.736",
        "='0475480736'",
    ],
)
def test_every_way_of_writing_gives_the_same_ten_digits(raw: str) -> None:
    assert normalise_belgian(raw) == "0475480736"


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "   ",
        "BE001",
        "JRC",
        "nvt",
        "BE68539007547034",
        "BE68 5390 0754 7034",
        "+32 475 48 07 36",
        "2.123.456.789",
    ],
)
def test_what_is_no_enterprise_number_gives_nothing(raw: str | None) -> None:
    assert normalise_belgian(raw) is None


def test_a_wrong_check_digit_is_reported_and_not_repaired() -> None:
    checked = check_number("0475.480.737")

    assert checked.status is NumberStatus.WRONG_CHECK_DIGIT
    assert checked.kbo == ""


@pytest.mark.parametrize("raw", ["NL123456782B90", "NL 1234.56.782.B90"])
def test_a_foreign_vat_number_is_checked_by_its_own_country(raw: str) -> None:
    checked = check_number(raw)

    assert (checked.status, checked.vat, checked.kbo) == (NumberStatus.FOREIGN, "NL123456782B90", "")


def test_ten_digits_behind_another_country_are_not_belgian() -> None:
    assert normalise_belgian("NL0475480736") is None
    assert normalise_vat("XX0475480736") is None


@given(st.integers(min_value=0, max_value=999_999))
def test_formatting_and_reading_are_each_others_mirror(number: int) -> None:
    assert normalise_belgian(format_kbo(kbo(number))) == kbo(number)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    found = normalise_belgian(text)

    assert found is None or (len(found) == 10 and found.isdigit())
    assert normalise_name(normalise_name(text)) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("J. Janssens & Zonen B.V.B.A.", "J JANSSENS EN ZONEN BV"),
        ("VZW De Kringwinkel", "De Kringwinkel vzw"),
        ("Société Générale S.A.", "SOCIETE GENERALE"),
        ("Müller GmbH *1614*", "muller"),
        ("YOUNG DEVON (IVYBRIDGE)****5215", "Young Devon Ivybridge"),
        ("'t Atelier cvba-so", "'t Atelier"),
    ],
)
def test_spellings_of_one_name_are_equal(left: str, right: str) -> None:
    assert normalise_name(left) == normalise_name(right)


@pytest.mark.parametrize(("left", "right"), [("Jansen", "Janssen"), ("De Kring", "De Kring Gent"), ("NV", "BV")])
def test_different_names_stay_different(left: str, right: str) -> None:
    assert normalise_name(left) != normalise_name(right)


@pytest.mark.reference
def test_belgian_identifiers_of_real_notices_show_no_difference(reference_data: Path) -> None:
    with (reference_data / "eforms" / "be-organisation-ids.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    different = [row for row in rows if (normalise_belgian(row["raw_company_id"]) or "") != row["expected_kbo"]]

    assert len(rows) == 40
    assert different == []


@pytest.mark.reference
def test_all_enterprise_numbers_of_flemish_local_governments_pass(reference_data: Path) -> None:
    path = reference_data / "organisations" / "flemish-local-governments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        numbers = [row["kbo"] for row in csv.DictReader(file) if row["kbo"]]

    assert len(numbers) == 1312
    assert [number for number in numbers if normalise_belgian(format_kbo(number)) != number] == []
