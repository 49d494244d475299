"""The published packages, merge fixtures and register extract: same verdicts, same merges, same totals."""

from __future__ import annotations

import csv
import io
import json
import tarfile
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ocdsmerge.rules import get_merge_rules

from koopkracht.exchange.formats.ocds import OcdsKind, OcdsSchemas, kind_of, processes, read_documents
from koopkracht.exchange.formats.ocds_notice import to_notice

pytestmark = [pytest.mark.reference, pytest.mark.contract]


def _archive(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {
            member.name.removeprefix(f"{path.name.partition('.')[0]}/"): archive.extractfile(member).read()  # type: ignore[union-attr]
            for member in archive
            if member.isfile()
        }


@pytest.fixture(scope="module")
def schemas(reference_data: Path) -> OcdsSchemas:
    files = _archive(reference_data / "ocds" / "ocds-1.1.5-schema.tar.gz")
    return OcdsSchemas({Path(name).name: data for name, data in files.items() if name.endswith("-schema.json")})


def test_verdict_of_every_package(reference_data: Path, schemas: OcdsSchemas) -> None:
    files = _archive(reference_data / "ocds" / "ocds-packages.tar.gz")
    with (reference_data / "ocds" / "ocds-packages-index.csv").open(encoding="utf-8") as stream:
        index = [row for row in csv.DictReader(stream) if row["file"].endswith(".json")]
    differences = {}
    for row in index:
        found = _verdict(files[row["file"]], schemas)
        if found != row["verdict_schema_1.1.5"]:
            differences[row["file"]] = found
    assert len(index) == 43
    assert differences == {}


def _verdict(data: bytes, schemas: OcdsSchemas) -> str:
    documents = list(read_documents(io.BytesIO(data)))
    if len(documents) > 1:
        return "json-lines"
    document = documents[0][1]
    kind = kind_of(document)
    if kind is OcdsKind.OTHER:
        return "not-a-package"
    assert sum(1 for _ in processes(document, schemas)) > 0
    # The published verdicts were made without the check of formats (an empty text where an address is expected).
    return "invalid" if [fault for fault in schemas.faults(document, kind) if not fault.is_format] else "valid"


def test_merge_fixtures(reference_data: Path, schemas: OcdsSchemas) -> None:
    files = _archive(reference_data / "ocds" / "ocds-merge-fixtures.tar.gz")
    special = OcdsSchemas.__new__(OcdsSchemas)
    special._rules = dict(get_merge_rules(json.loads(files["schema.json"])))
    compared = 0
    for name, data in files.items():
        folder, _, file = name.rpartition("/")
        chosen = special if folder == "schema" else schemas
        version = "1.0" if folder == "1.0" else "1.1"
        for suffix, merge in (("-compiled.json", chosen.compile), ("-versioned.json", chosen.compile_versioned)):
            if file.endswith(suffix):
                releases = json.loads(files[name.removesuffix(suffix) + ".json"])
                assert merge(releases, version) == json.loads(data), name
                compared += 1
    assert compared == 29


def test_portuguese_register_without_a_difference(reference_data: Path, schemas: OcdsSchemas) -> None:
    folder = reference_data / "ocds"
    document = next(read_documents((folder / "real-portugal-base-release-package.json").open("rb")))[1]
    expected = json.loads((folder / "real-portugal-base-facts.json").read_text(encoding="utf-8"))
    faults = schemas.faults(document, OcdsKind.RELEASE_PACKAGE)
    notices = [to_notice(process) for process in processes(document, schemas)]
    by_buyer: dict[str, Decimal] = defaultdict(Decimal)
    by_supplier: dict[str, Decimal] = defaultdict(Decimal)
    methods: Counter[str] = Counter()
    for notice, release in zip(notices, document["releases"], strict=True):
        by_buyer[notice.buyers[0].organisation_id] += _sum(contract.value for contract in notice.contracts)
        for result in notice.results:
            for winner in result.winners:
                by_supplier[winner.organisation_id] += _sum(result.winning_values)
        methods[release["tender"]["procurementMethod"]] += 1
        assert notice.procedure_type == "neg-wo-call"
    counts = [result.tenders_received for notice in notices for result in notice.results]
    found = {
        "releases": len(notices),
        "contracts": sum(len(notice.contracts) for notice in notices),
        "contract_value_eur": str(sum(by_buyer.values())),
        "buyers": len(by_buyer),
        "suppliers": len(by_supplier),
        "procurement_methods": dict(methods),
        "releases_with_number_of_tenderers": sum(count is not None for count in counts),
        "number_of_tenderers_sum": sum(count or 0 for count in counts),
        "schema_errors_1_1_5": len(faults),
        "schema_error_kinds": sorted({fault.rule for fault in faults}),
    }
    tops = {"top_buyers": by_buyer, "top_suppliers_by_award_value": by_supplier}
    assert found == {key: value for key, value in expected.items() if key not in tops}
    for key, totals in tops.items():
        assert [[name, Decimal(total)] for name, total in expected[key]] == [
            list(item) for item in sorted(totals.items(), key=lambda item: -item[1])[:5]
        ]


def _sum(values: Any) -> Decimal:
    return sum((value.amount or Decimal(0) for value in values if value), start=Decimal(0))
