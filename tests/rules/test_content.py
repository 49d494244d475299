"""The shipped legal content: complete, sourced, and refused when it could mislead."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from koopkracht.rules.errors import NotInForce
from koopkracht.rules.tables.checking import check_document
from koopkracht.rules.tables.loading import build_tables, content_hash, read_document, shipped_tables

pytestmark = pytest.mark.rules
DAY = dt.date(2026, 11, 21)


@pytest.fixture
def document() -> dict[str, Any]:
    return copy.deepcopy(read_document())


def _first(document: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for theme in document["themes"] for one in theme["parameters"] if one["code"] == code)


def _errors(document: dict[str, Any]) -> list[str]:
    return [problem.message for problem in check_document(document, on=DAY) if problem.level == "error"]


def test_the_shipped_content_has_no_errors(document: dict[str, Any]) -> None:
    assert _errors(document) == []


def test_all_rows_of_the_legal_facts_are_there(document: dict[str, Any]) -> None:
    rows = {value["row"] for theme in document["themes"] for one in theme["parameters"] for value in one["values"]}
    assert len({row for row in rows if "/" not in row}) == 266


def test_a_value_without_source_is_refused(document: dict[str, Any]) -> None:
    _first(document, "art7")["values"][0]["sources"] = []
    assert any("schema" in message for message in _errors(document))


def test_an_unknown_source_is_refused(document: dict[str, Any]) -> None:
    _first(document, "art7")["values"][0]["sources"] = ["NERGENS"]
    assert "De bron NERGENS staat niet in sources.yaml." in _errors(document)


def test_a_source_without_address_is_refused(document: dict[str, Any]) -> None:
    del document["sources"]["LAW2016"]["address"]
    assert "Deze bron heeft geen adres." in _errors(document)


def test_dates_out_of_order_are_refused(document: dict[str, Any]) -> None:
    _first(document, "opzvb_amount_max")["values"].reverse()
    assert any("niet in volgorde" in message for message in _errors(document))


def test_overlap_is_refused(document: dict[str, Any]) -> None:
    _first(document, "opzvb_amount_max")["values"][0]["until"] = "2018-01-01"
    assert "Twee waarden gelden tegelijk vanaf 2018-01-01." in _errors(document)


def test_an_end_before_the_start_is_refused(document: dict[str, Any]) -> None:
    _first(document, "opzvb_amount_max")["values"][-1]["until"] = "2025-12-31"
    assert any("ligt voor de begindatum" in message for message in _errors(document))


def test_a_code_that_occurs_twice_is_refused(document: dict[str, Any]) -> None:
    document["themes"][0]["parameters"].append(copy.deepcopy(document["themes"][0]["parameters"][0]))
    assert "Deze code komt twee keer voor." in _errors(document)


def test_a_float_is_refused(document: dict[str, Any]) -> None:
    _first(document, "general_penalty_single")["values"][0]["value"]["percent"] = 0.07
    assert any("aanhalingstekens" in message for message in _errors(document))


def test_old_and_doubtful_values_warn() -> None:
    found = check_document(read_document(), on=dt.date(2028, 1, 1))
    messages = " ".join(problem.message for problem in found if problem.level == "warning")
    assert "langer dan een jaar geleden" in messages
    assert "Beslist nooit (memory)" in messages


def test_the_hash_follows_the_content(document: dict[str, Any]) -> None:
    before = content_hash(document)
    _first(document, "limited_value_max")["values"][0]["value"] = 31000
    assert content_hash(document) != before
    assert content_hash(read_document()) == before


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("eu_works", dt.date(2028, 1, 1)),
        ("advance_cap", dt.date(2023, 12, 31)),
        ("sroi_utrecht_v1", DAY),
    ],
)
def test_outside_validity_there_is_no_default(code: str, day: dt.date) -> None:
    with pytest.raises(NotInForce):
        shipped_tables().on(code, day)


def test_tables_are_the_same_from_file_and_from_release(document: dict[str, Any]) -> None:
    assert build_tables(document, release=7).content_hash == shipped_tables().content_hash
