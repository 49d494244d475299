"""Real notices against facts that were computed by another program: no field of any notice may differ."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from koopkracht.exchange.formats.eforms import list_terms, read_eforms
from koopkracht.exchange.formats.notice_records import LotRecord, NoticeRecord
from koopkracht.exchange.formats.ted_legacy import read_ted_legacy
from koopkracht.exchange.formats.xml_safe import parse_xml
from koopkracht.market.api import normalise_belgian
from tests.exchange import eforms_facts, ted_legacy_facts

pytestmark = pytest.mark.reference


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile() and member.name.endswith(".xml"):
                content = opened.extractfile(member)
                assert content is not None
                yield Path(member.name).name, content.read()


@pytest.fixture(scope="module")
def notices(reference_data: Path) -> dict[str, NoticeRecord]:
    archive = reference_data / "eforms" / "notices-real.tar.gz"
    return {name: read_eforms(data) for name, data in members(archive)}


@pytest.fixture(scope="module")
def kpis(reference_data: Path) -> dict[str, Any]:
    return json.loads((reference_data / "eforms" / "notices-real-kpis.json").read_text())


def test_every_field_of_every_real_notice(reference_data: Path, notices: dict[str, NoticeRecord]) -> None:
    with gzip.open(reference_data / "eforms" / "notices-real-facts.jsonl.gz", "rt", encoding="utf-8") as lines:
        expected = {row["file"]: row for row in map(json.loads, lines)}
    assert notices.keys() == expected.keys()
    for name, notice in notices.items():
        found = eforms_facts.facts(name, notice)

        assert found == {key: value for key, value in expected[name].items() if key in found}
        assert not expected[name].keys() - found.keys()


def test_figures_added_up(notices: dict[str, NoticeRecord], kpis: dict[str, Any]) -> None:
    lots = [lot for notice in notices.values() for lot in notice.lots_of_kind("Lot")]
    found = notice_figures(list(notices.values())) | lot_figures(lots) | result_figures(list(notices.values()))
    assert found == kpis


def notice_figures(notices: list[NoticeRecord]) -> dict[str, Any]:
    values: Counter[str] = Counter()
    for notice in notices:
        for value in notice.notice_values:
            values[value.currency] += value.amount or Decimal(0)  # type: ignore[assignment]
    return {
        "notices": len(notices),
        "notices_by_form_type": Counter(notice.form_type for notice in notices),
        "notices_by_subtype": Counter(notice.subtype for notice in notices),
        "notices_by_language": Counter(notice.language for notice in notices),
        "notices_with_belgian_buyer": sum(
            any(
                (body := notice.organisation(buyer.organisation_id)) and body.country == "BEL"
                for buyer in notice.buyers
            )
            for notice in notices
        ),
        "notice_value_by_currency": {currency: str(value) for currency, value in values.items()},
        "change_notices": sum(bool(notice.changed_notices) for notice in notices),
        "modification_notices": sum(bool(notice.modified_notices) for notice in notices),
        "notices_with_withheld_fields": sum(bool(notice.withheld_fields) for notice in notices),
    }


def lot_figures(lots: list[LotRecord]) -> dict[str, Any]:
    def coded(pick: Any) -> Counter[str]:
        return Counter(code for lot in lots for code in set(pick(lot)))

    price_only = [lot for lot in lots if lot.criteria and {one.type for one in lot.criteria} <= {"price", "cost"}]
    return {
        "lots": len(lots),
        "lots_green": sum(bool(lot.strategic.green) or "env-imp" in lot.strategic.goals for lot in lots),
        "lots_social": sum(lot.strategic.is_social for lot in lots),
        "lots_innovation": sum(lot.strategic.is_innovative for lot in lots),
        "lots_strategic": sum(
            lot.strategic.is_green or lot.strategic.is_social or lot.strategic.is_innovative for lot in lots
        ),
        "lots_strategic_stated": sum(
            bool(lot.strategic.goals or lot.strategic.green or lot.strategic.social or lot.strategic.innovation)
            for lot in lots
        ),
        "lots_reserved_participation": sum(bool(set(lot.reserved_participation) - {"none"}) for lot in lots),
        "lots_reserved_execution": sum("yes" in lot.reserved_execution for lot in lots),
        "lots_gpp_criteria": sum(bool(lot.strategic.gpp_criteria) for lot in lots),
        "codes_BT-06": coded(lambda lot: lot.strategic.goals),
        "codes_BT-774": coded(lambda lot: lot.strategic.green),
        "codes_BT-775": coded(lambda lot: lot.strategic.social),
        "codes_BT-776": coded(lambda lot: lot.strategic.innovation),
        "codes_BT-805": coded(lambda lot: lot.strategic.gpp_criteria),
        "codes_BT-71": coded(lambda lot: lot.reserved_participation),
        "codes_BT-736": coded(lambda lot: lot.reserved_execution),
        "codes_BT-765": coded(lambda lot: lot.framework),
        "codes_BT-726": Counter(lot.sme_suitable for lot in lots if lot.sme_suitable),
        "lots_price_only": len(price_only),
        "lots_with_award_criteria": sum(bool(lot.criteria) for lot in lots),
        "lots_by_cpv_division": Counter(lot.main_cpv[:2] for lot in lots if lot.main_cpv),
    }


def result_figures(notices: list[NoticeRecord]) -> dict[str, Any]:
    results = [result for notice in notices for result in notice.results]
    awarded = [result for result in results if result.status == "selec-w"]
    winners = [winner for result in awarded for winner in result.winners]
    sizes = Counter(winner.size or "unknown" for winner in winners)
    values: dict[str, Decimal] = {}
    for value in (value for result in awarded for value in result.winning_values):
        if result_amount := value.amount:
            values[value.currency] = values.get(value.currency, Decimal(0)) + result_amount
    coded = [result for result in results if result.count_basis == "coded"]
    uncoded = [result for result in results if result.count_basis == "uncoded"]
    sme = [count for result in results if (count := result.tenders_received_sme) is not None]
    return {
        "lot_results": len(results),
        "lot_results_by_BT-142": Counter(result.status or "null" for result in results),
        "codes_BT-144": Counter(result.reason for result in results if result.reason),
        "lot_results_with_coded_tender_count": len(coded),
        "tenders_received_coded": sum(result.tenders_received or 0 for result in coded),
        "lot_results_with_uncoded_count": len(uncoded),
        "tenders_received_uncoded": sum(result.tenders_received or 0 for result in uncoded),
        "lot_results_with_tender_count": len(coded) + len(uncoded),
        "tenders_received": sum(result.tenders_received or 0 for result in results),
        "single_bid_lot_results": sum(result.tenders_received == 1 for result in results),
        "lot_results_with_tender_of_other_lot": sum(bool(result.tenders_of_other_lot) for result in results),
        "winners_found_by": Counter(
            {"contract": "contract", "listed-tenders": "all-tenders"}[result.winner_basis]
            for result in results
            if result.winner_basis
        ),
        "lot_results_with_sme_tender_count": len(sme),
        "sme_tenders_received": sum(sme),
        "winners_listed": len(winners),
        "winners_by_size": sizes,
        "winners_sme": sum(sizes[size] for size in ("micro", "small", "medium", "sme")),
        "winners_size_known": len(winners) - sizes["unknown"],
        "awarded_value_by_currency": {currency: str(value) for currency, value in values.items()},
    }


def test_every_example_of_the_standard_is_read(reference_data: Path) -> None:
    examples = dict(members(reference_data / "eforms" / "sdk-examples-1.14.2.tar.gz"))
    assert len(examples) == 60
    for name, data in examples.items():
        notice = read_eforms(data)
        assert notice.notice_id or any(issue.code == "notice-id-missing" for issue in notice.issues), name
        assert list_terms(parse_xml(data)), name


def test_every_field_of_every_notice_before_eforms(reference_data: Path) -> None:
    folder = reference_data / "eforms"
    rows = map(json.loads, io.StringIO((folder / "ted-legacy-be-facts.jsonl").read_text(encoding="utf-8")))
    expected = {row["file"]: row for row in rows}
    found = {name: read_ted_legacy(data) for name, data in members(folder / "ted-legacy-be.tar.gz")}
    assert found.keys() == expected.keys()
    for name, notice in found.items():
        ours = ted_legacy_facts.facts(name, notice)
        assert ours == {key: value for key, value in expected[name].items() if key in ours}


def test_belgian_identifiers(reference_data: Path, notices: dict[str, NoticeRecord]) -> None:
    text = (reference_data / "eforms" / "be-organisation-ids.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        organisation = notices[row["file"]].organisation(row["org"])
        assert organisation is not None
        assert row["raw_company_id"] in organisation.company_ids
        assert normalise_belgian(row["raw_company_id"]) == (row["expected_kbo"] or None)
