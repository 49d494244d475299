"""A spend file from plan to undo: proposals, questions, problems, the same file twice, overlap."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.exchange import api
from koopkracht.exchange.errors import FileUnreadable, MappingIncomplete, NothingUsable, WrongState
from koopkracht.exchange.formats.spend import Role as Column
from koopkracht.exchange.formats.spend import propose
from koopkracht.exchange.models import ImportIssue, Receipt, ReceiptStatus
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.market import api as market
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed, Rejected
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import organisation
from tests.exchange.spend_files import HEADER, LINES, applied, csv_bytes, received, xlsx_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return make_actor()


def lines_of(actor: Actor) -> pa.Table:
    files = lake.files(organisation_ids=[actor.organisation_id], table=SPEND_LINES)
    return pa.concat_tables([pq.read_table(file.path) for file in files])


def plan_of(actor: Actor, content: bytes, choice: api.SpendChoice | None = None) -> dict[str, Any]:
    return dict(api.plan_spend(actor=actor, receipt_id=received(actor, content).id, choice=choice).plan)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "Boekdatum;Naam leverancier;Bedrag excl. btw",
            {Column.BOOKING_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 2},
        ),
        ("FACTUURDATUM;Crediteur;Netto-bedrag", {Column.DOCUMENT_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 2}),
        (
            "Date comptable;Nom fournisseur;Montant HTVA",
            {Column.BOOKING_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 2},
        ),
        ("Payment Date;Beneficiary;Net Amount", {Column.BOOKING_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 2}),
        (
            "Boekings datum;Leverancier naam;Bedrag (excl. BTW)",
            {Column.BOOKING_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 2},
        ),
        ("a;b;c", {Column.BOOKING_DATE: 0, Column.AMOUNT: 2}),
    ],
)
def test_columns_are_proposed_by_name_and_by_content(header: str, expected: dict[Column, int]) -> None:
    samples = [("21/11/2025", "22/11/2025"), ("Peeters bv", "De Kring vzw"), ("12,50", "1.234,00")]
    assert {found.role: found.column for found in propose(header.split(";"), samples)} == expected


@pytest.mark.parametrize("header", ["Alg. rekening", "Alg. rek."])
def test_a_shortened_name_of_the_ledger_account_is_known(header: str) -> None:
    (found,) = propose([header], [("613000", "613100")])
    assert (found.role, found.reason) == (Column.ACCOUNT_CODE, "name")


def test_a_name_that_its_values_contradict_is_not_proposed() -> None:
    samples = [("21/11/2025",), ("Peeters bv",), ("uitgave",), ("12,50",)]
    found = {item.role: item.column for item in propose(["Datum", "Leverancier", "Bedrag", "Saldo"], samples)}
    assert found[Column.AMOUNT] == 3


def test_lines_arrive_in_the_lake_with_their_suppliers(actor: Actor) -> None:
    result = applied(actor, csv_bytes())
    lines = lines_of(actor)
    assert result.status == ReceiptStatus.APPLIED
    assert lines["amount_cents"].to_pylist() == [123456, -3450, 100000]
    assert lines["booking_date"].to_pylist()[0] == dt.date(2025, 11, 21)
    assert lines["line_no"].to_pylist() == [2, 3, 4]
    assert lines["document_number"].to_pylist() == ["F-1", "F-2", "F-3"]
    ids = lines["supplier_id"].to_pylist()
    assert ids[0] == ids[2] != ids[1]
    views = market.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=ids)
    assert {view.name for view in views.values()} == {"Bouwwerken Peeters bv", "Maatwerkbedrijf De Kring vzw"}
    origin = api.receipt_of(
        organisation_id=actor.organisation_id, object_type="lake.Batch", object_id=result.counts["batch_id"]
    )
    assert origin is not None
    assert origin.id == result.id


def test_two_spellings_of_one_supplier_count_as_one_supplier(actor: Actor) -> None:
    other = ("24/11/2025", "BOUWWERKEN PEETERS", "100", "10,00", "613000", "F-4")
    nobody = ("25/11/2025", "", "", "10,00", "613000", "F-5")
    counts = applied(actor, csv_bytes((*LINES, other, nobody))).counts
    assert (counts["spellings"], counts["suppliers"], counts["nameless"]) == (3, 2, 1)


def test_the_last_line_may_lack_its_end(actor: Actor) -> None:
    plan = plan_of(actor, csv_bytes().rstrip(b"\r\n"))
    assert (plan["rows"], plan["skipped"]) == (3, 0)


def test_planning_changes_nothing_in_the_lake(actor: Actor) -> None:
    plan = plan_of(actor, csv_bytes())
    assert (plan["rows"], plan["cents"], plan["period"]) == (3, {"EUR": 220006}, ["2025-11-21", "2025-11-23"])
    assert lake.files(organisation_ids=[actor.organisation_id], table=SPEND_LINES) == ()
    assert market.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=range(100)) == {}


def test_a_workbook_reads_like_its_csv(actor: Actor) -> None:
    rows = [
        (dt.date(2025, 11, 21), "Peeters bv", 100, 1234.56, 613000, "=2+3"),
        (dt.date(2025, 11, 22), "X", 1, -34.5, 6, "F"),
    ]
    result = applied(actor, xlsx_bytes(rows), "uitgaven.xlsx")
    lines = lines_of(actor)
    assert result.plan["header_line"] == 3
    assert lines["amount_cents"].to_pylist() == [123456, -3450]
    assert lines["line_no"].to_pylist() == [4, 5]
    assert "=2+3" not in lines["document_number"].to_pylist(), "a formula is never taken over as text nor calculated"


def test_an_archive_gives_a_receipt_per_table(actor: Actor) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("map/een.csv", csv_bytes())
        archive.writestr("twee.csv", csv_bytes([("01/12/2025", "X", "1", "1,00", "6", "F")]))
        archive.writestr("lees mij.md", "niets")
    stream.seek(0)
    receipts = api.receive_spend(actor=actor, filename="alles.zip", stream=stream)
    assert [receipt.filename for receipt in receipts] == ["een.csv", "twee.csv"]
    assert {receipt.source for receipt in receipts} == {"alles.zip"}


def test_the_same_file_twice_changes_nothing(actor: Actor) -> None:
    first = applied(actor, csv_bytes())
    second = received(actor, csv_bytes(), "andere naam.csv")
    assert (second.id, second.is_new, second.status) == (first.id, False, ReceiptStatus.APPLIED)
    again = api.apply_spend(actor=actor, receipt_id=first.id)
    assert again.counts == first.counts
    with pytest.raises(WrongState):
        api.plan_spend(actor=actor, receipt_id=first.id)
    assert lines_of(actor).num_rows == 3


def test_bad_lines_come_back_and_can_be_mended(actor: Actor) -> None:
    bad = [
        ("gisteren", "=cmd|' /C calc'!A0", "1", "5,00", "6", "F-4"),
        ("24/11/2025", "Y", "2", "veel", "6", "-x"),
        ("", "Totaal", "", "2.200,06", "", ""),
        ("", "", "", "", "", ""),
        HEADER,
    ]
    result = applied(actor, csv_bytes([*LINES, *bad]))
    assert (result.counts["rows"], result.counts["rejected"], result.counts["skipped"]) == (3, 3, 2)
    issues = api.issues(organisation_id=actor.organisation_id, receipt_id=result.id)
    assert [(issue.line, issue.column, issue.code) for issue in issues] == [
        (5, "Boekdatum", "date-unreadable"),
        (6, "Bedrag excl. btw", "amount-unreadable"),
        (7, "Boekdatum", "row-total"),
    ]
    assert "gisteren" in issues[0].message
    _, path = api.rejected_file(organisation_id=actor.organisation_id, receipt_id=result.id)
    text = path.read_text(encoding="utf-8-sig")
    assert "'=cmd|" in text, "a formula goes out inert"
    mended = text.replace("gisteren", "23/11/2025").replace("veel", "7,50")
    receipt = received(actor, mended.encode("utf-8-sig"), "verbeterd.csv")
    plan = api.plan_spend(actor=actor, receipt_id=receipt.id).plan
    assert plan["proposals"][0]["reason"] == "name"
    assert (plan["rows"], plan["rejected"], plan["cents"]) == (2, 1, {"EUR": 1250})
    assert plan["preview"][0]["supplier_name_raw"] == "=cmd|' /C calc'!A0"
    assert plan["preview"][1]["document_number"] == "-x"


def test_an_ambiguous_date_order_is_asked_and_answered(actor: Actor) -> None:
    header = ("Date", "Supplier", "Amount")
    content = csv_bytes([("03/04/2025", "Acme", "12.50"), ("05/06/2025", "Acme", "7.25")], header=header, delimiter=",")
    plan = plan_of(actor, content)
    assert plan["questions"] == ["date-order"]
    receipt = received(actor, content)
    with pytest.raises(MappingIncomplete):
        api.apply_spend(actor=actor, receipt_id=receipt.id)
    api.plan_spend(actor=actor, receipt_id=receipt.id, choice=api.SpendChoice(date_order="mdy"))
    api.apply_spend(actor=actor, receipt_id=receipt.id)
    assert lines_of(actor)["booking_date"].to_pylist() == [dt.date(2025, 3, 4), dt.date(2025, 5, 6)]


def test_one_clear_date_far_down_decides_the_order(actor: Actor) -> None:
    rows = [("03/04/2025", "Acme", "12.50")] * 5000 + [("04/25/2025", "Acme", "7.25")]
    plan = plan_of(actor, csv_bytes(rows, header=("Date", "Supplier", "Amount"), delimiter=","))
    assert plan["questions"] == []
    assert plan["mapping"]["day_first"] is False
    assert plan["rejected"] == 0


def test_an_uncertain_thousands_sign_is_asked(actor: Actor) -> None:
    rows = [("13/04/2025", "X", "1", "1.234", "6", "F"), ("14/04/2025", "X", "1", "2.500", "6", "F")]
    content = csv_bytes(rows)
    assert plan_of(actor, content)["questions"] == ["decimal-sign"]
    assert plan_of(actor, content, api.SpendChoice(decimal=","))["cents"] == {"EUR": 373400}
    assert plan_of(actor, content, api.SpendChoice(decimal="."))["cents"] == {"EUR": 373}


def test_a_corrected_mapping_is_remembered_for_the_layout(actor: Actor) -> None:
    header = ("wanneer", "wie", "hoeveel")
    first = received(actor, csv_bytes([("21/11/2025", "X", "5"), ("22/11/2025", "Y", "6")], header=header))
    assert "amount-column-missing" in api.plan_spend(actor=actor, receipt_id=first.id).plan["questions"]
    columns = {Column.BOOKING_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 2}
    plan = api.plan_spend(
        actor=actor, receipt_id=first.id, choice=api.SpendChoice(columns=columns, currency="GBP")
    ).plan
    assert (plan["questions"], plan["cents"]) == ([], {"GBP": 1100})
    second = plan_of(actor, csv_bytes([("23/11/2025", "Z", "7")], header=("Wanneer", "WIE", "Hoeveel")))
    assert (second["questions"], second["cents"]) == ([], {"GBP": 700})
    assert {item["reason"] for item in second["proposals"]} == {"remembered"}
    elsewhere = plan_of(make_actor(), csv_bytes([("23/11/2025", "Z", "7")], header=header))
    assert elsewhere["questions"], "another organisation remembers nothing of it"


@pytest.mark.parametrize(
    ("header", "row", "cents"),
    [
        (("Datum", "Leverancier", "Bedrag incl. btw", "BTW"), ("21/11/2025", "X", "121,00", "21,00"), 10000),
        (("Datum", "Leverancier", "Debet", "Credit"), ("21/11/2025", "X", "100,00", ""), 10000),
        (("Datum", "Leverancier", "Debet", "Credit"), ("21/11/2025", "X", "", "100,00"), -10000),
        (("Datum", "Leverancier", "Bedrag", "D/C"), ("21/11/2025", "X", "100,00", "C"), -10000),
        (("Datum", "Leverancier", "Bedrag", "D/C"), ("21/11/2025", "X", "100,00", "D"), 10000),
    ],
)
def test_amounts_in_other_columns(actor: Actor, header: tuple[str, ...], row: tuple[str, ...], cents: int) -> None:
    assert plan_of(actor, csv_bytes([row], header=header))["cents"] == {"EUR": cents}


def test_currencies_are_never_added(actor: Actor) -> None:
    header = ("Datum", "Leverancier", "Bedrag", "Munt")
    rows = [
        ("21/11/2025", "X", "10,00", "EUR"),
        ("21/11/2025", "X", "5,00", "usd"),
        ("21/11/2025", "X", "1,00", "kroon"),
    ]
    plan = plan_of(actor, csv_bytes(rows, header=header))
    assert plan["cents"] == {"EUR": 1000, "USD": 500}
    assert plan["problems"][0]["code"] == "currency-unreadable"


def test_an_unreadable_vat_amount_is_a_warning(actor: Actor) -> None:
    header = ("Datum", "Leverancier", "Bedrag", "BTW bedrag")
    result = applied(
        actor, csv_bytes([("21/11/2025", "X", "10,00", "2,10"), ("21/11/2025", "X", "5,00", "geen")], header=header)
    )
    assert lines_of(actor)["vat_cents"].to_pylist() == [210, None]
    (issue,) = api.issues(organisation_id=actor.organisation_id, receipt_id=result.id)
    assert (issue.severity, issue.code, issue.line) == ("warning", "vat-unreadable", 3)


def test_a_line_without_supplier_counts_as_unknown(actor: Actor) -> None:
    result = applied(actor, csv_bytes([*LINES, ("24/11/2025", "", "", "9,00", "6", "J-1")]))
    assert result.counts["nameless"] == 1
    assert lines_of(actor)["supplier_id"].to_pylist()[3] is None


def test_overlap_with_an_earlier_file_is_shown(actor: Actor) -> None:
    first = applied(actor, csv_bytes(), "november.csv")
    more = csv_bytes([*LINES[1:], ("30/11/2025", "X", "1", "1,00", "6", "F-9")])
    (overlap,) = plan_of(actor, more)["overlaps"]
    assert (overlap["lines"], overlap["filename"], overlap["batch_id"]) == (2, "november.csv", first.counts["batch_id"])
    assert plan_of(make_actor(), more)["overlaps"] == []
    api.undo_spend(actor=actor, receipt_id=first.id)
    assert plan_of(actor, more)["overlaps"] == []


def test_equal_lines_are_kept_and_reported(actor: Actor) -> None:
    result = applied(actor, csv_bytes([LINES[0], LINES[0]]))
    assert (result.counts["rows"], result.counts["repeated"]) == (2, 1)


def test_undo_takes_the_lines_out_and_the_file_can_come_back(actor: Actor) -> None:
    result = applied(actor, csv_bytes())
    assert api.undo_spend(actor=actor, receipt_id=result.id).status == ReceiptStatus.UNDONE
    assert api.spend_batches(organisation_id=actor.organisation_id) == ()
    with pytest.raises(WrongState):
        api.undo_spend(actor=actor, receipt_id=result.id)
    assert applied(actor, csv_bytes()).id == result.id
    assert lines_of(actor).num_rows == 3


def test_a_file_without_one_usable_line_is_refused_and_leaves_nothing(actor: Actor) -> None:
    receipt = received(actor, csv_bytes([("gisteren", "X", "1", "5,00", "6", "F")] * 2))
    columns = {Column.BOOKING_DATE: 0, Column.SUPPLIER_NAME: 1, Column.AMOUNT: 3}
    api.plan_spend(actor=actor, receipt_id=receipt.id, choice=api.SpendChoice(columns=columns))
    with pytest.raises(NothingUsable):
        api.apply_spend(actor=actor, receipt_id=receipt.id)
    assert api.receipt(organisation_id=actor.organisation_id, receipt_id=receipt.id).status == ReceiptStatus.FAILED
    assert lake.files(organisation_ids=[actor.organisation_id], table=SPEND_LINES) == ()
    assert not ImportIssue.objects.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"x" * 100, b"\x89PNG\r\n\x1a\n" + bytes(100), bytes(3000)])
def test_what_is_no_list_is_refused_with_a_sentence(actor: Actor, content: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        applied(actor, content)
    assert caught.value.message.endswith(".")
    assert not Receipt.objects.of(actor.organisation_id).exclude(status=ReceiptStatus.REJECTED).exists()


def test_text_that_is_no_table_is_refused_and_remembered(actor: Actor) -> None:
    receipt = received(actor, b";".join(b"k%d" % n for n in range(700)) + b"\n1;2\n")
    with pytest.raises(FileUnreadable):
        api.plan_spend(actor=actor, receipt_id=receipt.id)
    found = api.receipt(organisation_id=actor.organisation_id, receipt_id=receipt.id)
    assert (found.status, found.status_message != "") == (ReceiptStatus.REJECTED, True)


def test_too_large_a_file_is_refused_before_it_is_kept(actor: Actor, settings: Any) -> None:
    settings.UPLOAD_LIMITS_MB = {**settings.UPLOAD_LIMITS_MB, "spend": 0}
    with pytest.raises(Rejected) as caught:
        received(actor, csv_bytes())
    assert "groot" in caught.value.message


def test_importing_needs_the_permission() -> None:
    auditor = make_actor(organisation(), Role.AUDITOR)
    with pytest.raises(NotAllowed):
        received(auditor, csv_bytes())


def test_a_receipt_of_another_kind_is_left_alone(actor: Actor) -> None:
    receipt = Receipt.objects.create(
        organisation_id=actor.organisation_id, kind="invoices", content_hash="0" * 64, filename="factuur.xml", size=1
    )
    for use in (api.plan_spend, api.start_plan, api.undo_spend):
        with pytest.raises(WrongState) as caught:
            use(actor=actor, receipt_id=receipt.pk)
        assert caught.value.code == "receipt-kind"
    receipt.refresh_from_db()
    assert receipt.status == ReceiptStatus.RECEIVED


def _zip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("uitgaven.csv", content)
    return packed.getvalue()


def _receive_unjudged(actor: Actor, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koopkracht.documents.checks.LARGE_ARCHIVE", 0)
    api.receive_spend(actor=actor, filename="uitgaven.zip", stream=io.BytesIO(content))


def test_a_bomb_in_an_archive_too_large_to_judge_beforehand_is_refused(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Rejected) as caught:
        _receive_unjudged(actor, _zip(b"0" * (20 << 20)), monkeypatch)
    assert caught.value.code == "guard.archive.bomb"
    assert not Receipt.objects.exists()


def test_damage_in_an_archive_too_large_to_judge_beforehand_is_said(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(_zip(csv_bytes()))
    content[len("uitgaven.csv") + 40] ^= 0xFF
    with pytest.raises(Rejected) as caught:
        _receive_unjudged(actor, bytes(content), monkeypatch)
    assert caught.value.code == "guard.archive.damaged"
