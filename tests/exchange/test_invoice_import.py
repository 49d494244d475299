"""Invoices from upload to inbox: good ones matched, bad ones refused with a reason, nothing lost and nothing twice."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.audit.models import Event
from koopkracht.contracts import api as contracts
from koopkracht.contracts.models import Contract, Invoice, InvoiceLine, InvoiceState
from koopkracht.contracts.types import ContractInput, ContractPartyInput
from koopkracht.exchange import api
from koopkracht.exchange.errors import NothingUsable, WrongState
from koopkracht.exchange.formats import schematron
from koopkracht.exchange.formats.ubl_rules import Reason
from koopkracht.exchange.invoices.reasons import explain, readable
from koopkracht.exchange.models import ImportIssue, Provenance
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierCandidate
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.guards import HostileFile
from koopkracht.shared.listing import ListQuery
from tests.accounts import factories
from tests.exchange.test_ubl import RULES
from tests.exchange.ubl_factory import invoice

pytestmark = pytest.mark.django_db
needs_saxon = pytest.mark.skipif(not schematron.is_available(), reason="Saxon is not installed")
_TITLED = RULES.replace(b'<ns prefix="cbc"', b'<title>EN16931 model bound to UBL</title><ns prefix="cbc"', 1)


@pytest.fixture
def actor() -> Actor:
    return factories.actor()


def upload(actor: Actor, data: bytes, filename: str = "factuur.xml") -> dict[str, int]:
    """Receive, plan and apply; the counts of what happened."""
    receipt = api.receive_invoices(actor=actor, filename=filename, stream=io.BytesIO(data))
    api.plan_invoices(actor=actor, receipt_id=receipt.id)
    return dict(api.apply_invoices(actor=actor, receipt_id=receipt.id).counts)


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in files.items():
            target.writestr(f"map/{name}.xml", data)
    return buffer.getvalue()


def only_invoice(actor: Actor) -> Invoice:
    return Invoice.objects.of(actor.organisation_id).get()


def test_a_good_invoice_is_matched_to_its_supplier(actor: Actor) -> None:
    assert upload(actor, invoice(contract="")) == {"unreadable": 0, "known": 0, "matched": 1}
    row = only_invoice(actor)
    supplier = market.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=[row.supplier_id])
    assert supplier[row.supplier_id].kbo == "0999000129"
    assert (str(row.net), str(row.payable), row.currency, row.line_count) == ("150.0000", "181.5000", "EUR", 2)
    assert [line.cpv for line in row.lines.order_by("position")] == ["77310000", "77310000"]
    origin = Provenance.objects.of(actor.organisation_id).get(object_type="invoice")
    assert (origin.object_id, origin.pointer) == (str(row.pk), "factuur.xml")
    assert Event.objects.filter(action="invoice.recorded").count() == 1


def test_an_invalid_invoice_stays_in_the_inbox_with_the_rule_and_the_figures(actor: Actor) -> None:
    assert upload(actor, invoice(payable="200.00"))["refused"] == 1
    detail = contracts.invoice(organisation_id=actor.organisation_id, invoice_id=only_invoice(actor).pk)
    assert detail.row.state == InvoiceState.REFUSED
    assert [reason.rule for reason in detail.fatal] == ["BR-CO-16"]
    assert "€ 200,00" in detail.fatal[0].message
    assert detail.fatal[0].mend
    assert [check.label for check in detail.checks if not check.is_done] == [
        "Opbouw van het bestand (UBL-schema)",
        "Europese regels (EN 16931)",
        "Afspraken van Peppol BIS Billing",
    ]


def test_an_archive_takes_the_good_and_names_the_bad(actor: Actor) -> None:
    data = archive(goed=invoice(number="1"), fout=invoice(number="2", vat="9.00"), anders=b"<Order/>", stuk=b"<Invoice")
    receipt = api.receive_invoices(actor=actor, filename="maart.zip", stream=io.BytesIO(data))
    plan = api.plan_invoices(actor=actor, receipt_id=receipt.id).plan
    assert plan["counts"] == {"documents": 4, "acceptable": 1, "refused": 1, "unreadable": 2}
    assert not Invoice.objects.exists()
    assert dict(api.apply_invoices(actor=actor, receipt_id=receipt.id).counts) == {
        "unreadable": 2,
        "known": 0,
        "accepted": 1,
        "refused": 1,
    }
    issues = ImportIssue.objects.of(actor.organisation_id).order_by("column")
    assert [issue.column for issue in issues] == ["map/anders.xml", "map/stuk.xml"]


def test_a_tar_archive_is_read_too(actor: Actor) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as target:
        data = invoice()
        info = tarfile.TarInfo("a.xml")
        info.size = len(data)
        target.addfile(info, io.BytesIO(data))
    assert upload(actor, buffer.getvalue(), "a.tgz")["accepted"] == 1


def test_the_same_file_twice_changes_nothing(actor: Actor) -> None:
    upload(actor, invoice())
    events = Event.objects.count()
    receipt = api.receive_invoices(actor=actor, filename="nog eens.xml", stream=io.BytesIO(invoice()))
    assert not receipt.is_new
    api.plan_invoices(actor=actor, receipt_id=receipt.id)
    api.apply_invoices(actor=actor, receipt_id=receipt.id)
    assert (Invoice.objects.count(), InvoiceLine.objects.count(), Event.objects.count()) == (1, 2, events)


def test_the_same_invoice_in_an_archive_is_known(actor: Actor) -> None:
    upload(actor, invoice())
    assert upload(actor, archive(a=invoice(), b=invoice(number="2")), "a.zip") == {
        "unreadable": 0,
        "known": 1,
        "accepted": 1,
    }


def test_another_document_with_the_same_number_is_refused_as_double(actor: Actor) -> None:
    upload(actor, invoice())
    assert upload(actor, invoice(lines=("10.00",)))["refused"] == 1
    refused = Invoice.objects.of(actor.organisation_id).get(state=InvoiceState.REFUSED)
    assert refused.reasons[0]["rule"] == "DUBBEL"
    assert upload(actor, invoice(kind="CreditNote"), "credit.xml")["accepted"] == 1


def test_a_file_without_invoices_is_refused_with_the_reason(actor: Actor) -> None:
    receipt = api.receive_invoices(actor=actor, filename="order.xml", stream=io.BytesIO(b"<Order/>"))
    with pytest.raises(NothingUsable, match="begint met “Order”"):
        api.plan_invoices(actor=actor, receipt_id=receipt.id)
    assert api.receipt(organisation_id=actor.organisation_id, receipt_id=receipt.id).status == "rejected"
    with pytest.raises(WrongState):
        api.apply_invoices(actor=actor, receipt_id=receipt.id)


def test_hostile_upload_leaves_nothing(actor: Actor) -> None:
    with pytest.raises(HostileFile, match="DOCTYPE"):
        upload(actor, b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>')
    assert not Invoice.objects.exists()


def test_without_permission_nothing_happens() -> None:
    reader = factories.actor(None, Role.EXECUTIVE)
    with pytest.raises(NotAllowed):
        api.receive_invoices(actor=reader, filename="a.xml", stream=io.BytesIO(invoice()))


def _contract(actor: Actor, reference: str, number: str, name: str) -> int:
    found = market.resolve_suppliers(
        actor=actor, candidates=[SupplierCandidate(key="s", name=name, identifier=number)], source="test"
    )
    party = ContractPartyInput(name=name, supplier_id=found["s"], leader=True)
    stated = ContractInput(key=reference, reference=reference, parties=(party,))
    return contracts.record_contract(actor=actor, contract=stated)[0]


def test_an_invoice_is_linked_to_the_contract_it_names(actor: Actor) -> None:
    contract_id = _contract(actor, "RO-2024-07", "0999000129", "Maatwerkbedrijf Het Voorbeeld vzw")
    upload(actor, invoice(contract="ro-2024-07"))
    row = only_invoice(actor)
    assert (row.contract_id, row.state) == (contract_id, InvoiceState.MATCHED)


def test_a_contract_of_another_supplier_is_never_linked(actor: Actor) -> None:
    _contract(actor, "RO-2024-07", "0999000327", "Een Ander nv")
    upload(actor, invoice())
    assert (only_invoice(actor).contract_id, only_invoice(actor).state) == (None, InvoiceState.ACCEPTED)


def test_a_contract_that_comes_later_is_linked_later(actor: Actor) -> None:
    upload(actor, invoice())
    assert contracts.match_invoices(actor=actor) == 0
    _contract(actor, "RO-2024-07", "0999000129", "Maatwerkbedrijf Het Voorbeeld vzw")
    assert contracts.match_invoices(actor=actor) == 1
    assert only_invoice(actor).state == InvoiceState.MATCHED


def test_another_organisation_sees_nothing(actor: Actor) -> None:
    upload(actor, invoice())
    other = factories.actor()
    assert not contracts.invoices(organisation_id=other.organisation_id, query=ListQuery()).rows
    assert set(contracts.invoice_counts(organisation_id=other.organisation_id).values()) == {0}
    assert upload(other, invoice())["accepted"] == 1
    assert Contract.objects.count() == 0


@needs_saxon
def test_loaded_rules_judge_in_a_child_and_can_be_asked_again(actor: Actor) -> None:
    upload(actor, invoice(number="X-9"))
    row = only_invoice(actor)
    assert row.state == InvoiceState.ACCEPTED
    loaded = api.load_artefact(
        actor=factories.operator(actor.organisation_id), filename="regels-9.9.sch", stream=io.BytesIO(_TITLED)
    )
    assert (loaded.kind, loaded.version) == ("en16931-ubl", "9.9")
    detail = api.judge_invoice_again(actor=actor, invoice_id=row.pk)
    assert detail.row.state == InvoiceState.REFUSED
    assert detail.fatal[0].rule == "T-1"
    assert "must be an F" in detail.fatal[0].official
    assert [(check.version, check.is_done) for check in detail.checks if check.name == "en16931"] == [("9.9", True)]
    assert upload(actor, archive(a=invoice(number="X-10"), b=b"<Order/>"), "b.zip")["refused"] == 1


@needs_saxon
def test_a_document_that_brings_the_child_down_is_refused_alone(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    api.load_artefact(
        actor=factories.operator(actor.organisation_id), filename="regels-9.9.sch", stream=io.BytesIO(_TITLED)
    )
    from koopkracht.exchange.invoices import judging

    real = judging._in_child

    def dies(batch, rules, limits):
        if any(b"BOEM" in member.data for member in batch):
            raise HostileFile("Dit bestand doet het programma vastlopen.", code="guard.crash")
        return real(batch, rules, limits)

    monkeypatch.setattr(judging, "_in_child", dies)
    data = archive(a=invoice(number="F-1"), b=invoice(number="F-2", seller="BOEM"))
    counts = upload(actor, data, "c.zip")
    assert (counts["unreadable"], counts["known"]) == (1, 0)


@pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
def test_a_large_archive_becomes_a_job(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    from koopkracht.jobs import api as jobs

    monkeypatch.setattr("koopkracht.exchange.invoices.actions._AT_ONCE", 1)
    data = archive(a=invoice(number="1"), b=invoice(number="2"))
    receipt = api.receive_invoices(actor=actor, filename="a.zip", stream=io.BytesIO(data))
    api.plan_invoices(actor=actor, receipt_id=receipt.id)
    job_id = api.start_apply_invoices(actor=actor, receipt_id=receipt.id)
    assert job_id is not None
    jobs.run_until_idle()
    assert Invoice.objects.of(actor.organisation_id).count() == 2


def test_inbox_list_costs_one_or_two_statements(actor: Actor, django_assert_max_num_queries) -> None:
    upload(actor, archive(**{f"f{number}": invoice(number=str(number)) for number in range(20)}), "a.zip")
    with django_assert_max_num_queries(2):
        found = contracts.invoices(organisation_id=actor.organisation_id, query=ListQuery(sort="payable"))
    assert len(found.rows) == 20


def test_every_rule_has_words() -> None:
    assert explain("BR-16").text == "De factuur heeft geen enkele lijn."
    assert explain("BR-CL-04").text.startswith("Een code")
    assert explain("BR-99").text == "Een verplicht gegeven ontbreekt."
    assert explain("ANDERS-1").mend


def test_our_figures_replace_the_words_of_the_rule_and_repetitions_are_cut() -> None:
    own = Reason("arithmetic", "BR-CO-10", "De lijnen zijn samen € 1,00.", "x", True)
    official = Reason("en16931", "BR-CO-10", "[BR-CO-10]-Sum", "/Invoice", True)
    many = [Reason("en16931", "BR-22", "[BR-22]", f"/Invoice/{number}", True) for number in range(9)]
    found = readable([official, *many, own])
    assert found[0].message == "De lijnen zijn samen € 1,00."
    assert found[0].official == "[BR-CO-10]-Sum"
    assert len(found) == 6


def test_documents_are_kept_one_by_one(actor: Actor, settings) -> None:
    upload(actor, archive(a=invoice(number="1"), b=invoice(number="2")), "a.zip")
    kept = [path for path in Path(settings.DOCUMENTS_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 3


def test_invoices_that_name_unknown_contracts_cost_no_statements(actor: Actor, django_assert_max_num_queries) -> None:
    for number in range(4):
        upload(actor, invoice(number=f"F-{number}"))
    with django_assert_max_num_queries(5):
        assert contracts.match_invoices(actor=actor) == 0
