"""Notices from file to register: plan first, one transaction each, the same file twice changes nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from unittest import mock

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.award import api as award
from koopkracht.award.models import LotResult, Winner
from koopkracht.contracts import api as contracts
from koopkracht.contracts.models import Contract
from koopkracht.dossiers import api as dossiers
from koopkracht.dossiers.models import Lot, Notice, Procedure
from koopkracht.exchange import api as exchange
from koopkracht.exchange.errors import NothingUsable, WrongState
from koopkracht.exchange.models import ImportIssue, Provenance, Receipt
from koopkracht.exchange.types import ReceiptView
from koopkracht.market.models import Supplier
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed, Rejected
from koopkracht.shared.listing import ListQuery
from tests.accounts import factories
from tests.exchange import notice_xml as xml

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation(kbo_number="0207528035"), Role.BUYER)


def archive(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, data in files.items():
            opened.writestr(f"{name}.xml", data)
    return made.getvalue()


def plan(actor: Actor, data: bytes, filename: str = "aankondiging.xml") -> ReceiptView:
    received = exchange.receive_notices(actor=actor, filename=filename, stream=io.BytesIO(data))
    return exchange.plan_notices(actor=actor, receipt_id=received.id)


def take_over(actor: Actor, data: bytes, filename: str = "aankondiging.xml") -> ReceiptView:
    return exchange.apply_notices(actor=actor, receipt_id=plan(actor, data, filename).id)


def test_plan_says_what_will_happen_and_writes_nothing(actor: Actor) -> None:
    view = plan(actor, xml.award_notice())
    assert view.plan["counts"] == {"documents": 1, "create": 1, "lots": 1, "results": 1, "contracts": 1, "own": 1}
    (line,) = view.plan["documents"]
    assert (line["outcome"], line["buyer"], line["is_own"]) == ("create", "Stad Voorbeeld", True)
    assert not Notice.objects.exists()
    assert ImportIssue.objects.filter(code="tender-count-uncoded", severity="info").exists()


def test_apply_fills_the_register_with_provenance(actor: Actor) -> None:
    view = take_over(actor, xml.award_notice())
    assert view.counts == {"create": 1}
    (result,) = award.results(organisation_id=actor.organisation_id, procedure_id=Procedure.objects.get().pk)
    assert (result.tenders_received, result.count_basis, str(result.value.normalize())) == (2, "uncoded", "125000.5")
    (winner,) = result.winners
    assert winner.proven
    supplier = Supplier.objects.get(pk=winner.supplier_id)
    assert (supplier.kbo, supplier.country, supplier.size) == ("0400000185", "BE", "sme")
    contract = Contract.objects.get()
    assert (contract.supplier_id, contract.is_own, contract.reference) == (supplier.pk, True, "REF CON-0001")
    origins = Provenance.objects.filter(receipt_id=view.id).values_list("object_type", "pointer")
    assert {kind for kind, _ in origins} == {"notice", "procedure", "lot", "lot_result", "contract", "supplier"}
    assert any(pointer.endswith("/efac:NoticeResult/efac:LotResult") for _, pointer in origins)


def test_the_same_file_twice_changes_nothing(actor: Actor) -> None:
    first = take_over(actor, xml.award_notice())
    before = [model.objects.count() for model in (Notice, Lot, LotResult, Winner, Contract, Supplier, Provenance)]
    again = take_over(actor, xml.award_notice(), "andere naam.xml")
    assert again.id == first.id
    in_archive = take_over(actor, archive(a=xml.award_notice()), "archief.zip")
    assert in_archive.plan["counts"]["skip"] == 1
    assert in_archive.counts == {"skip": 1}
    assert before == [
        model.objects.count() for model in (Notice, Lot, LotResult, Winner, Contract, Supplier, Provenance)
    ]


@pytest.mark.parametrize("order", [("01", "02"), ("02", "01")])
def test_a_later_version_replaces_the_earlier_in_every_count(actor: Actor, order: tuple[str, str]) -> None:
    for version in order:
        take_over(actor, xml.award_notice(version=version, value="1000" if version == "02" else "2000"))
    figures = award.tender_figures(organisation_id=actor.organisation_id)
    assert figures.results == 1
    (contract,) = contracts.contracts(organisation_id=actor.organisation_id, query=ListQuery()).rows
    assert contract.value == 1000
    (row,) = dossiers.notices(organisation_id=actor.organisation_id, query=ListQuery()).rows
    assert Notice.objects.get(pk=row.id).version == "02"
    everything = dossiers.notices(organisation_id=actor.organisation_id, query=ListQuery(filters={"versies": "alle"}))
    assert len(everything.rows) == 2


@pytest.mark.parametrize("reference", ["n-1-01", "123-2024"])
@pytest.mark.parametrize("change_first", [False, True])
def test_a_correction_replaces_what_it_names(actor: Actor, reference: str, change_first: bool) -> None:
    publication = (
        "<efac:Publication><efbc:NoticePublicationID>00000123-2024</efbc:NoticePublicationID></efac:Publication>"
    )
    bodies = xml.organisations(xml.organisation("ORG-0001", "Stad", "0207528035"))
    original = xml.notice(xml.buyer("ORG-0001") + xml.project() + xml.lot(), extension=publication + bodies)
    changes = f"<efac:Changes><efbc:ChangedNoticeIdentifier>{reference}</efbc:ChangedNoticeIdentifier></efac:Changes>"
    correction = xml.notice(
        xml.buyer("ORG-0001") + xml.project("Nieuwe titel") + xml.lot(), extension=changes + bodies, number="n-2"
    )
    for data in (correction, original) if change_first else (original, correction):
        take_over(actor, data)
    (row,) = dossiers.notices(organisation_id=actor.organisation_id, query=ListQuery()).rows
    assert row.title == "Nieuwe titel"


def test_other_content_under_the_same_number_is_a_conflict_and_stays_out(actor: Actor) -> None:
    take_over(actor, xml.award_notice())
    view = plan(actor, xml.award_notice(value="999"))
    assert view.plan["counts"]["conflict"] == 1
    assert exchange.apply_notices(actor=actor, receipt_id=view.id).counts == {"conflict": 1}
    assert Contract.objects.get().value == pytest.approx(125000.5)


def test_a_bad_document_in_an_archive_does_not_stop_the_others(actor: Actor) -> None:
    data = archive(goed=xml.award_notice(), factuur=b"<Invoice/>", stuk=b"<r>")
    view = take_over(actor, data, "archief.zip")
    assert view.counts == {"create": 1, "refused": 2}
    reasons = {line["name"]: line.get("message", "") for line in view.plan["documents"]}
    assert "geen aankondiging" in reasons["factuur.xml"]
    assert reasons["stuk.xml"]


def test_a_market_notice_is_kept_apart_from_our_own(actor: Actor) -> None:
    body = xml.organisations(xml.organisation("ORG-0001", "Andere stad", "0200068636"))
    take_over(actor, xml.notice(xml.buyer("ORG-0001") + xml.project() + xml.lot(), extension=body))
    assert not Procedure.objects.get().is_own
    assert not Lot.objects.get().is_own
    assert dossiers.strategic_figures(organisation_id=actor.organisation_id).lots == 0
    assert dossiers.strategic_figures(organisation_id=actor.organisation_id, own=False).lots == 1


def test_an_apply_that_was_cut_off_goes_on(actor: Actor) -> None:
    data = archive(a=xml.award_notice(), b=xml.award_notice(number="n-2"))
    view = plan(actor, data, "archief.zip")
    target = "koopkracht.exchange.notices.applying._remember_origins"
    with mock.patch(target, side_effect=[None, RuntimeError("stroom weg")]), pytest.raises(RuntimeError):
        exchange.apply_notices(actor=actor, receipt_id=view.id)
    assert Notice.objects.count() == 1
    assert exchange.apply_notices(actor=actor, receipt_id=view.id).counts == {"skip": 1, "create": 1}
    assert Notice.objects.count() == Contract.objects.count() == 2


def test_a_file_without_notices_is_refused_and_says_why(actor: Actor) -> None:
    with pytest.raises(NothingUsable, match="geen aankondiging"):
        plan(actor, archive(factuur=b"<Invoice/>"), "archief.zip")
    assert Receipt.objects.get().status == "rejected"


def test_hostile_files_are_refused(actor: Actor, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    doctype = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]><ContractNotice>&x;</ContractNotice>'.encode()
    with pytest.raises(Rejected):
        plan(actor, doctype)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.xml", b" " * (40 << 20))
    with pytest.raises(Rejected):
        plan(actor, bomb.getvalue(), "bom.zip")
    assert not Notice.objects.exists()


def test_apply_needs_a_plan_and_a_permission(actor: Actor) -> None:
    received = exchange.receive_notices(actor=actor, filename="a.xml", stream=io.BytesIO(xml.award_notice()))
    with pytest.raises(WrongState):
        exchange.apply_notices(actor=actor, receipt_id=received.id)
    reader = factories.bare_actor(actor.organisation_id, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        exchange.plan_notices(actor=reader, receipt_id=received.id)


def test_content_of_a_notice_leaves_persons_out(actor: Actor) -> None:
    contact = "<cac:Contact><cbc:Name>Jan Peeters</cbc:Name></cac:Contact></efac:Company>"
    data = xml.award_notice().replace(b"</efac:Company>", contact.encode(), 1)
    take_over(actor, data)
    content = exchange.notice_content(organisation_id=actor.organisation_id, sha256=Notice.objects.get().document_hash)
    assert content.hidden_terms == 1
    assert "Jan Peeters" not in {term.value for term in content.terms}
    assert {"Poetsen van de scholen", "Maatwerkbedrijf De Brug"} <= {term.value for term in content.terms}


@pytest.mark.reference
def test_all_real_notices_go_into_the_register(actor: Actor, reference_data: Path) -> None:
    for name in ("notices-real.tar.gz", "ted-legacy-be.tar.gz", "sdk-examples-1.14.2.tar.gz"):
        view = take_over(actor, (reference_data / "eforms" / name).read_bytes(), name)
        assert not view.counts.get("refused")
        again = take_over(actor, (reference_data / "eforms" / name).read_bytes(), name)
        assert again.counts == view.counts
    assert Notice.objects.filter(format="ted-legacy").count() == 82
    assert LotResult.objects.filter(notice__format="eforms").count() >= 112
    assert Winner.objects.filter(proven=False).exists()
    assert not Contract.objects.filter(value__isnull=False, currency="").exists()
