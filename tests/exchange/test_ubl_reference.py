"""The published examples: every fact read, every official verdict repeated, every unit test of the rules reproduced."""

from __future__ import annotations

import csv
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from koopkracht.exchange.formats import schematron
from koopkracht.exchange.formats.schematron import RuleSet, compile_rules, rule_ids
from koopkracht.exchange.formats.ubl import InvoiceRecord, read_invoice
from koopkracht.exchange.formats.ubl_arithmetic import recompute

pytestmark = [pytest.mark.reference, pytest.mark.contract]

RULES = "EN16931-UBL-validation-1.3.16-preprocessed.sch"
_TEST_SET = "{http://difi.no/xsd/vefa/validator/1.0}"


@pytest.fixture(scope="module")
def invoices(reference_data: Path) -> dict[str, bytes]:
    return dict(_files(reference_data / "ubl" / "invoices.tar.gz"))


@pytest.fixture(scope="module")
def rules(reference_data: Path) -> RuleSet:
    if not schematron.is_available():
        pytest.skip("Saxon is not installed")
    return compile_rules((reference_data / "ubl" / RULES).read_bytes())


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile():
                stream = archive.extractfile(member)
                assert stream is not None
                yield member.name.partition("/")[2], stream.read()


def _verdicts(reference_data: Path) -> list[dict[str, str]]:
    with (reference_data / "ubl" / "invoices-verdicts.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _facts(record: InvoiceRecord) -> dict[str, Any]:
    """The record in the shape of the facts file."""
    seller = record.seller
    return {
        "type": record.kind,
        "id": record.number,
        "issue_date": record.issue_date,
        "due_date": record.due_date,
        "type_code": record.type_code,
        "currency": record.currency,
        "buyer_reference": record.buyer_reference,
        "order": record.order,
        "contract": record.contract,
        "seller": {
            "name": seller.name,
            "vat": seller.vat,
            "legal_id": seller.legal_id,
            "endpoint": seller.endpoint,
            "endpoint_scheme": seller.endpoint_scheme,
            "country": seller.country,
        },
        "buyer": {"name": record.buyer.name, "legal_id": record.buyer.legal_id},
        "net": record.totals.net,
        "vat": record.vat,
        "gross": record.totals.gross,
        "payable": record.totals.payable,
        "vat_breakdown": [
            {"category": part.category, "rate": part.rate or "", "taxable": part.taxable, "tax": part.tax}
            for part in record.vat_breakdown
        ],
        "lines": [
            {
                "id": line.id,
                "net": line.net,
                "name": line.name,
                "cpv": [code for _, code in line.classifications],
                "account": line.account,
            }
            for line in record.lines
        ],
    }


def _without_outer_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_outer_blanks(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_outer_blanks(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def test_facts_without_a_difference(reference_data: Path, invoices: dict[str, bytes]) -> None:
    lines = (reference_data / "ubl" / "invoices-facts.jsonl").read_text(encoding="utf-8").splitlines()
    differences = {}
    for expected in map(json.loads, lines):
        name = expected.pop("file")
        found = _facts(read_invoice(invoices[name]))
        wanted = _without_outer_blanks(expected)
        differences.update({f"{name}:{key}": (wanted[key], found[key]) for key in wanted if wanted[key] != found[key]})
    assert len(lines) == 39
    assert differences == {}


def test_verdict_of_every_example_and_mutation(
    reference_data: Path, invoices: dict[str, bytes], rules: RuleSet
) -> None:
    differences = {}
    for row in _verdicts(reference_data):
        found = rules.judge(invoices[row["file"]])
        got = (rule_ids(found, fatal=True), rule_ids(found, fatal=False))
        official = tuple(tuple(sorted(row[name].split())) for name in ("en16931_fatal", "en16931_warning"))
        if got != official:
            differences[row["file"]] = (official, got)
    assert differences == {}


def test_own_arithmetic_refuses_what_the_rules_refuse_and_nothing_else(
    reference_data: Path, invoices: dict[str, bytes]
) -> None:
    sums = {f"BR-CO-{number}" for number in range(10, 18)} | {"BR-S-08"}
    differences = {}
    for row in _verdicts(reference_data):
        found = {fault.rule for fault in recompute(read_invoice(invoices[row["file"]])) if fault.is_fatal}
        official = sums & set(row["en16931_fatal"].split())
        if found != official:
            differences[row["file"]] = (official, found)
    assert differences == {}


def test_official_unit_tests_of_the_rules(reference_data: Path, rules: RuleSet) -> None:
    """Each fragment names the rule that must pass or fail on it."""
    with (reference_data / "ubl" / "en16931-unit-tests-expected.csv").open(encoding="utf-8") as stream:
        expectations = list(csv.DictReader(stream))
    sets = dict(_files(reference_data / "ubl" / "en16931-unit-tests.tar.gz"))
    fired: dict[tuple[str, str], set[str]] = {}
    for name in {row["file"] for row in expectations}:
        for number, test in enumerate(etree.fromstring(sets[name]).iterfind(f"{_TEST_SET}test"), start=1):
            document = next(child for child in test if etree.QName(child).localname in ("Invoice", "CreditNote"))
            findings = rules.judge(etree.tostring(document, with_tail=False))
            fired[name, str(number)] = {finding.rule for finding in findings}
    wrong = [
        row
        for row in expectations
        if (row["rule"] in fired[row["file"], row["test_no"]]) != (row["expected"] != "success")
    ]
    assert len(expectations) == 721
    assert wrong == []
