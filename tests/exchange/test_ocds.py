"""OCDS packages of both versions: recognised, compiled, and turned into notices without inventing anything."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from koopkracht.exchange.formats.ocds import OcdsKind, OcdsSchemas, kind_of, processes, read_documents
from koopkracht.exchange.formats.ocds_notice import WHOLE_PROCEDURE, to_notice
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import HostileFile

UUID = "0b2f9b52-6f4e-4b0e-9f0e-0d9a4c6f1a11"
SCHEMA = {
    "id": "https://example.org/release-schema.json",
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "required": ["ocid", "id", "date"],
    "properties": {
        "ocid": {"type": "string"},
        "id": {"type": "string", "omitWhenMerged": True},
        "date": {"type": "string", "format": "date-time", "omitWhenMerged": True},
        "awards": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "suppliers": {
                        "type": "array",
                        "items": {"type": "object", "properties": {"id": {"type": "string"}}},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def schemas() -> OcdsSchemas:
    return OcdsSchemas({"release-schema.json": json.dumps(SCHEMA).encode()})


def release(**changed: Any) -> dict[str, Any]:
    """A contract of one lot, by a town, with a workshop."""
    return {
        "ocid": f"ocds-abc-{UUID}",
        "id": "1",
        "date": "2026-02-01T00:00:00Z",
        "tag": ["award"],
        "language": "nl",
        "parties": [
            {"id": "B", "name": "Stad Voorbeeld", "identifier": {"scheme": "BE-BCE_KBO", "id": "0999000228"}},
            {"id": "S", "name": "Werkplaats", "details": {"scale": "small"}, "address": {"countryName": "BE"}},
        ],
        "buyer": {"id": "B", "name": "Stad Voorbeeld"},
        "tender": {
            "id": "T-1",
            "title": "Groenonderhoud",
            "procurementMethod": "open",
            "mainProcurementCategory": "services",
            "classification": {"scheme": "CPV", "id": "77310000-6"},
            "value": {"amount": 1000.10, "currency": "EUR"},
            "numberOfTenderers": 3,
        },
        "awards": [
            {
                "id": "A",
                "status": "active",
                "value": {"amount": 900, "currency": "EUR"},
                "suppliers": [{"id": "S"}],
            }
        ],
        "contracts": [{"id": "C", "awardID": "A", "dateSigned": "2026-02-03", "value": {"amount": 900.5}}],
        **changed,
    }


def package(*releases: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"uri": "urn:x", "version": "1.1", "publishedDate": "2026-02-01", "releases": list(releases), **changed}


def read(document: Any) -> Any:
    """The document as it comes out of the JSON reader: amounts are decimals."""
    return next(read_documents(io.BytesIO(json.dumps(document).encode())))[1]


def notice_of(document: Any, schemas: OcdsSchemas | None = None) -> Any:
    return to_notice(next(processes(read(document), schemas)))


def test_a_release_becomes_a_notice() -> None:
    notice = notice_of(package(release()))
    assert (notice.procedure_id, notice.notice_id) == (UUID, f"ocds-abc-{UUID}")
    assert (notice.title, notice.procedure_type, notice.nature, notice.main_cpv) == (
        "Groenonderhoud",
        "open",
        "services",
        "77310000",
    )
    assert (notice.estimated_value.text, notice.estimated_value.currency) == ("1000.1", "EUR")
    result, contract = notice.results[0], notice.contracts[0]
    assert (result.lot_id, result.status, result.tenders_received) == (WHOLE_PROCEDURE, "selec-w", 3)
    assert [winner.organisation_id for winner in result.winners] == ["S"]
    assert (contract.value.text, contract.conclusion_date.day, contract.tender_ids) == ("900.5", "2026-02-03", ("A",))
    supplier = notice.organisation("S")
    assert (supplier.name, supplier.size, supplier.country) == ("Werkplaats", "small", "BE")
    assert notice.organisation("B").company_ids == ("0999000228",)
    assert notice.issues == ()


def test_lots_with_social_goals_and_reservation() -> None:
    tender = {
        "id": "T",
        "lots": [
            {
                "id": "LOT-0001",
                "title": "Perceel 1",
                "value": {"amount": 5, "currency": "EUR"},
                "sustainability": [
                    {"goal": "social.disadvantagedEmploymentOpportunities"},
                    {"goal": "environmental.x"},
                ],
                "otherRequirements": {"reservedParticipation": ["shelteredWorkshop"], "reservedExecution": True},
            },
            {"id": "LOT-0002"},
        ],
        "items": [
            {"id": "1", "relatedLot": "LOT-0002", "classification": {"scheme": "CPV", "id": "90911200"}},
        ],
        "numberOfTenderers": 7,
    }
    awards = [{"id": "A", "status": "active", "relatedLots": ["LOT-0001"]}]
    statistics = {"statistics": [{"measure": "bids", "value": 2, "relatedLot": "LOT-0001"}]}
    notice = notice_of(package(release(tender=tender, awards=awards, contracts=[], bids=statistics)))
    first, second = notice.lots
    assert (first.strategic.is_social, first.strategic.is_green, second.strategic.is_social) == (True, True, False)
    assert (first.reserved_participation, first.reserved_execution) == (("res-ws",), ("yes",))
    assert (first.main_cpv, second.main_cpv) == (None, "90911200")
    assert notice.results[0].tenders_received == 2


def test_a_release_of_1_0_describes_its_parties_on_the_spot() -> None:
    old = release(
        buyer={"name": "Stad Voorbeeld", "identifier": {"id": "0999000228"}},
        awards=[{"id": "A", "suppliers": [{"name": "Werkplaats", "identifier": {"id": "0999000129"}}]}],
        contracts=[],
    )
    del old["parties"]
    document = package(old)
    del document["version"]
    notice = notice_of(document)
    assert notice.buyers[0].organisation_id == "0999000228"
    assert {each.name for each in notice.organisations} == {"Stad Voorbeeld", "Werkplaats"}
    assert notice.results[0].winners[0].organisation_id == "0999000129"


def test_releases_of_one_process_are_combined(schemas: OcdsSchemas) -> None:
    first = release(id="1", date="2026-01-01T00:00:00Z", awards=[])
    second = {
        "ocid": first["ocid"],
        "id": "2",
        "date": "2026-03-01T00:00:00Z",
        "tag": ["award"],
        "awards": [{"id": "N"}],
    }
    found = list(processes(read(package(second, first)), schemas))
    assert len(found) == 1
    assert found[0].release_ids == ("2", "1")
    notice = to_notice(found[0])
    assert (notice.version, notice.title, notice.results[0].id) == ("2026-03-01T00:00:00Z", "Groenonderhoud", "N")


def test_suppliers_of_1_0_are_replaced_whole(schemas: OcdsSchemas) -> None:
    def old(day: str, supplier: str) -> dict[str, Any]:
        return {
            "ocid": "o",
            "id": day,
            "date": day,
            "tag": ["award"],
            "awards": [{"id": "A", "suppliers": [{"id": supplier}]}],
        }

    releases = [old("2026-01-01", "X"), old("2026-02-01", "Y")]
    without_version = {"releases": releases, "uri": "u"}
    suppliers = [
        [supplier["id"] for supplier in next(processes(read(document), schemas)).compiled["awards"][0]["suppliers"]]
        for document in (without_version, package(*releases))
    ]
    assert suppliers == [["Y"], ["X", "Y"]]


def test_without_schemas_several_releases_of_one_process_are_refused() -> None:
    with pytest.raises(Rejected, match="OCDS-schema's nodig"):
        list(processes(read(package(release(), release(id="2"))), None))


def test_record_package_prefers_what_the_publisher_compiled() -> None:
    record = {"ocid": "o-1", "releases": [{"url": "https://x.invalid/1", "date": "2026"}], "compiledRelease": release()}
    found = list(processes(read({"records": [record], "version": "1.1"}), None))
    assert found[0].compiled["tender"]["title"] == "Groenonderhoud"
    assert [issue.code for issue in found[0].issues] == ["ocds-linked-releases"]


def test_contradictions_are_reported() -> None:
    notice = notice_of(package(release(contracts=[{"id": "C", "awardID": "weg"}])))
    assert [issue.code for issue in notice.issues] == ["ocds-contract-without-award"]
    assert notice.contracts[0].tender_ids == ("weg",)


@pytest.mark.parametrize("document", [[], {}, {"ocid": 3}, {"releases": "x"}, "text", 5, None])
def test_another_document_is_refused(document: Any) -> None:
    assert kind_of(document) is OcdsKind.OTHER
    with pytest.raises(Rejected, match="geen OCDS-pakket"):
        list(processes(document, None))


@pytest.mark.parametrize("value", [None, [], "x", 3, {"amount": "veel"}, {"amount": True}, {"amount": 1e400}])
def test_wrong_types_never_break_the_reader(value: Any) -> None:
    for field in ("tender", "awards", "contracts", "parties", "buyer", "bids", "date", "tag", "language"):
        notice = to_notice(next(processes(package(release(**{field: value})), None)))
        assert notice.notice_id.startswith("ocds-abc")


def test_lines_are_read_one_by_one() -> None:
    text = b"\n".join(json.dumps(release(ocid=f"o-{number}", id="x")).encode() for number in range(3)) + b"\n\n"
    found = list(read_documents(io.BytesIO(text)))
    assert [pointer for pointer, _ in found] == ["line 1", "line 2", "line 3"]
    with pytest.raises(HostileFile, match=r"^Regel 2:"):
        list(read_documents(io.BytesIO(b'{"a":1}\n{"a":NaN}\n')))


def test_a_large_file_that_is_not_lines_is_refused() -> None:
    with pytest.raises(HostileFile, match="JSON-regels"):
        list(read_documents(io.BytesIO(b"[" + b"1," * (17 << 20) + b"1]")))


def test_schema_faults_have_a_place(schemas: OcdsSchemas) -> None:
    faults = schemas.faults({"ocid": 5, "id": "1", "date": "gisteren"}, OcdsKind.RELEASE)
    assert {(fault.pointer, fault.rule) for fault in faults} == {("/ocid", "type"), ("/date", "format")}
    assert [fault.is_format for fault in faults if fault.pointer == "/date"] == [True]
    assert schemas.faults({}, OcdsKind.RECORD_PACKAGE) == ()
