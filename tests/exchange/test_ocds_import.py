"""OCDS packages enter the same register as eForms notices, once, with their contracts and suppliers."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from koopkracht.contracts.models import Contract
from koopkracht.dossiers.models import Notice, Procedure
from koopkracht.exchange import api
from koopkracht.exchange.errors import NothingUsable
from koopkracht.exchange.models import ImportIssue
from koopkracht.market.models import Supplier
from koopkracht.shared.actor import Actor
from tests.accounts import factories
from tests.exchange.test_ocds import SCHEMA, UUID, package, release

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return factories.actor()


def upload(actor: Actor, data: bytes, filename: str = "pakket.json") -> dict[str, int]:
    receipt = api.receive_ocds(actor=actor, filename=filename, stream=io.BytesIO(data))
    api.plan_ocds(actor=actor, receipt_id=receipt.id)
    return dict(api.apply_ocds(actor=actor, receipt_id=receipt.id).counts)


def as_json(document: Any) -> bytes:
    return json.dumps(document).encode()


def test_a_release_becomes_notice_contract_and_supplier(actor: Actor) -> None:
    assert upload(actor, as_json(package(release()))) == {"create": 1}
    procedure = Procedure.objects.of(actor.organisation_id).get()
    assert procedure.key == UUID
    contract = Contract.objects.of(actor.organisation_id).get()
    assert (contract.value, contract.supplier_name) == (Decimal("900.5"), "Werkplaats")
    assert contract.supplier.name == "Werkplaats"


def test_the_same_package_in_another_file_changes_nothing(actor: Actor) -> None:
    upload(actor, as_json(package(release())))
    before = (Notice.objects.count(), Contract.objects.count(), Supplier.objects.count())
    assert upload(actor, as_json(package(release(), publishedDate="2026-05-05"))) == {"skip": 1}
    assert (Notice.objects.count(), Contract.objects.count(), Supplier.objects.count()) == before


def test_a_later_release_replaces_the_earlier_in_every_count(actor: Actor) -> None:
    upload(actor, as_json(package(release())))
    later = release(
        id="2", date="2026-04-01T00:00:00Z", contracts=[{"id": "C", "awardID": "A", "value": {"amount": 950}}]
    )
    assert upload(actor, as_json(package(later))) == {"create": 1}
    assert Procedure.objects.count() == 1
    assert [contract.value for contract in Contract.objects.filter(counts=True)] == [Decimal(950)]


def test_lines_archives_and_bad_parts(actor: Actor) -> None:
    lines = b"\n".join(as_json(part) for part in (package(release()), {"x": 1}, package(release(ocid="o-2"))))
    receipt = api.receive_ocds(actor=actor, filename="alles.jsonl", stream=io.BytesIO(lines))
    plan = api.plan_ocds(actor=actor, receipt_id=receipt.id).plan
    assert (plan["counts"]["create"], plan["counts"]["refused"]) == (2, 1)
    issue = ImportIssue.objects.of(actor.organisation_id).get(code="ocds-other-document")
    assert "line 2" in issue.column


def test_a_file_without_ocds_is_refused(actor: Actor) -> None:
    receipt = api.receive_ocds(actor=actor, filename="x.json", stream=io.BytesIO(b'{"a": 1}'))
    with pytest.raises(NothingUsable, match="geen OCDS-pakket"):
        api.plan_ocds(actor=actor, receipt_id=receipt.id)


def test_loaded_schemas_are_used(actor: Actor) -> None:
    package_schema = {"id": "https://example.org/p.json", "type": "object", "required": ["publisher"]}
    files = {
        "release-schema.json": as_json({**SCHEMA, "id": "https://x.org/schema/1__1__5/release-schema.json"}),
        "release-package-schema.json": as_json(package_schema),
    }
    data = _zip({f"ocds-1.1.5/{name}": content for name, content in files.items()})
    loaded = api.load_artefact(
        actor=factories.operator(actor.organisation_id), filename="ocds.zip", stream=io.BytesIO(data)
    )
    assert (loaded.kind, loaded.version, loaded.files) == ("ocds-schema", "1.1.5", 2)
    later = {"ocid": release()["ocid"], "id": "2", "date": "2026-09-09", "tag": ["award"]}
    assert upload(actor, as_json(package(release(), later))) == {"create": 1}
    assert ImportIssue.objects.of(actor.organisation_id).filter(code="ocds-schema").count() == 1


def _zip(files: dict[str, bytes]) -> bytes:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.reference
def test_portuguese_register_to_the_cent(actor: Actor, reference_data: Path) -> None:
    folder = reference_data / "ocds"
    expected = json.loads((folder / "real-portugal-base-facts.json").read_text(encoding="utf-8"))
    counts = upload(actor, (folder / "real-portugal-base-release-package.json").read_bytes())
    values = list(Contract.objects.of(actor.organisation_id).values_list("value", flat=True))
    assert counts == {"create": expected["releases"]}
    assert len(values) == expected["contracts"]
    assert sum(values) == Decimal(expected["contract_value_eur"])
    assert set(Contract.objects.values_list("currency", flat=True)) == {"EUR"}
