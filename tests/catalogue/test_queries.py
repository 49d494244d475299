"""Looking things up in the catalogue."""

from __future__ import annotations

import datetime as dt

import pytest

from koopkracht.catalogue import api, tables
from koopkracht.catalogue.errors import CpvTableMissing, ProductGroupNotFound
from koopkracht.catalogue.types import ProductGroupType


@pytest.mark.parametrize(
    ("cpv", "name"),
    [
        ("90911200", "Schoonmaak van gebouwen"),
        ("90911300-9", "Ramen wassen"),
        ("77314100", "Maaien van gras en bermen"),
        ("45233161", "Fietspaden en voetpaden"),
        ("55523100", "Kantine en schoolmaaltijden"),
        ("30199770", "Maaltijdcheques en voordelen"),
    ],
)
def test_the_longest_beginning_of_a_cpv_code_decides(cpv: str, name: str) -> None:
    group = api.product_group_for_cpv(cpv=cpv)

    assert group is not None
    assert group.name == name


@pytest.mark.parametrize("text", ["", "schoonmaak", "9091", "01000000"])
def test_what_is_no_cpv_code_has_no_group(text: str) -> None:
    assert api.product_group_for_cpv(cpv=text) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("poetsen", "SCH-01"), ("groenonderhoud", "GRN-01"), ("kopieertoestellen", "KAN-04"), ("90910000", "SCH-01")],
)
def test_words_and_numbers_find_a_group(words: str, code: str) -> None:
    assert code in [group.code for group in api.search_product_groups(words=words)]


def test_nonsense_finds_nothing() -> None:
    assert api.search_product_groups(words="qwertz") == ()


def test_a_group_is_typed_and_belongs_to_a_segment() -> None:
    group = api.product_group(code="SCH-01")

    assert group.type is ProductGroupType.SERVICE
    assert group.segment.code == "SCH"
    assert group.social_reason


def test_an_unknown_group_is_an_error_with_a_way_out() -> None:
    with pytest.raises(ProductGroupNotFound, match="Kies een groep"):
        api.product_group(code="XXX-99")


def test_groups_do_not_hold_before_their_first_day() -> None:
    first = api.product_group(code="SCH-01").valid_from

    assert api.product_groups(on=first - dt.timedelta(days=1)) == ()
    assert len(api.product_groups(on=first)) == len(tables.product_groups())


def test_a_merged_municipality_is_found_under_its_old_code() -> None:
    antwerp = api.municipality(nis="11007")

    assert antwerp is not None
    assert (antwerp.name, antwerp.nis) == ("Antwerpen", "11002")
    assert api.municipality(nis="99999") is None


def test_municipalities_are_searched_by_part_of_their_name() -> None:
    assert [town.name for town in api.search_municipalities(words="GENT", limit=1)] == ["Gent"]


@pytest.mark.parametrize(
    ("cpv", "expected"), [("85312110", True), ("55520000", True), ("90910000", False), ("x", False)]
)
def test_social_services_are_recognised(cpv: str, expected: bool) -> None:
    assert api.is_social_service(cpv=cpv) is expected


def test_codes_have_dutch_names_and_unknown_codes_keep_their_own() -> None:
    assert api.code_label(list_name="reserved-procurement", code="res-ws").startswith("Voorbehouden aan maatwerk")
    assert api.code_label(list_name="reserved-procurement", code="new") == "new"


def test_a_missing_cpv_table_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    tables.cpv_codes.cache_clear()
    monkeypatch.setattr(tables.resources, "files", lambda _: tmp_path)

    with pytest.raises(CpvTableMissing, match="installatie"):
        tables.cpv_codes()
    tables.cpv_codes.cache_clear()
