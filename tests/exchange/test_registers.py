"""Registers in: suppliers, social enterprises and the purchasing plan, with the bad rows back as a file."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from koopkracht.documents import api as documents
from koopkracht.exchange.errors import FileUnreadable, NothingUsable, WrongState
from koopkracht.exchange.formats.registers import choose_columns, guess_register, registers
from koopkracht.exchange.queries import issues
from koopkracht.exchange.registers.actions import (
    apply_register,
    plan_register,
    receive_register,
    register_kinds,
    register_template,
)
from koopkracht.exchange.types import ReceiptView
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy import api as strategy
from tests.market import factories

pytestmark = pytest.mark.django_db

SUPPLIERS = """Naam;Ondernemingsnummer;Leveranciersnummer;Soort;Grootte;Gemeente
Janssens nv;{good};100;vennootschap;klein;Gent
De Kring vzw;;101;vzw;;Aalst
Fout bv;0475.480.737;102;onderneming;groot;Gent
;;103;onderneming;;Gent
Raar bv;;104;ruimteschip;;Gent
"""

ENTERPRISES = """Naam;Ondernemingsnummer;Erkenning;Activiteiten;CPV;Regio;Aantal doelgroepmedewerkers;Erkend vanaf
De Wroeter;{good};maatwerkbedrijf;groenonderhoud en poetsen;77310000;Limburg;120;01/02/2019
Fietspunt;;lokale diensteneconomie;fietsen herstellen;;Gent;15;
Sterk;;maanlanding;alles;;Gent;1;
"""

PLAN = """Titel;Productgroep;Geraamd bedrag;Start;Looptijd;Verantwoordelijke
Poetsen van de scholen;90911200;1.250.000,00;01/09/2027;48;An
Nieuwe fietsen;MOB-03;45000;2027;;
Zonder bedrag;SCH-01;;2027;;
Vreemde groep;qwertz;100;2027;;
Negatief;SCH-01;-5;2027;;
"""


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation())


def plan(actor: Actor, content: str | bytes, *, name: str = "register.csv", register: str = "") -> ReceiptView:
    raw = content.encode() if isinstance(content, str) else content
    receipt = receive_register(actor=actor, filename=name, stream=io.BytesIO(raw))
    return plan_register(actor=actor, receipt_id=receipt.id, register=register)


def take_over(actor: Actor, content: str | bytes, **options: str) -> ReceiptView:
    return apply_register(actor=actor, receipt_id=plan(actor, content, **options).id)


def suppliers(actor: Actor) -> dict[str, int]:
    return {row.name: row.id for row in market.list_suppliers(actor=actor, query=ListQuery()).rows}


def test_suppliers_come_in_and_bad_rows_stay_out_with_a_reason(actor) -> None:
    receipt = take_over(actor, SUPPLIERS.format(good=factories.kbo(1)))

    assert receipt.counts["rows"] == 2
    assert suppliers(actor).keys() == {"Janssens nv", "De Kring vzw"}
    found = issues(organisation_id=actor.organisation_id, receipt_id=receipt.id)
    assert [(issue.line, issue.code) for issue in found] == [
        (4, "wrong-check-digit"),
        (5, "cell-missing"),
        (6, "kind-unknown"),
    ]


def test_kind_and_size_are_kept_with_their_source(actor) -> None:
    take_over(actor, SUPPLIERS.format(good=factories.kbo(1)))

    found = market.supplier(actor=actor, supplier_id=suppliers(actor)["Janssens nv"]).supplier
    assert (found.kind, found.size) == (SupplierKind.ENTERPRISE, SupplierSize.SMALL)
    assert found.kbo == factories.kbo(1)
    assert found.size_as_of is not None


def test_the_refused_rows_come_back_as_a_file_that_can_be_mended_and_loaded_again(actor) -> None:
    receipt = take_over(actor, SUPPLIERS.format(good=factories.kbo(1)))
    with documents.open_document(
        organisation_id=actor.organisation_id, sha256=receipt.counts["rejected_file"]
    ) as stream:
        text = stream.read().decode("utf-8-sig")

    assert text.count("\n") == 4
    assert "controlegetal" in text

    mended = text.replace("0475.480.737", "0475.480.736").replace(";;103", "Nieuw bv;;103").replace("ruimteschip", "bv")
    again = take_over(actor, mended)

    assert (again.counts["rows"], again.counts["rejected"]) == (3, 0)
    assert len(suppliers(actor)) == 5


def test_the_plan_changes_nothing_and_shows_what_will_happen(actor) -> None:
    receipt = plan(actor, SUPPLIERS.format(good=factories.kbo(1)))

    assert (receipt.plan["register"], receipt.plan["rows"], receipt.plan["rejected"]) == ("suppliers", 2, 3)
    assert receipt.plan["columns"]["identifier"] == "Ondernemingsnummer"
    assert suppliers(actor) == {}


def test_the_same_file_twice_changes_nothing(actor) -> None:
    content = SUPPLIERS.format(good=factories.kbo(1))
    first = take_over(actor, content)

    second = receive_register(actor=actor, filename="other name.csv", stream=io.BytesIO(content.encode()))

    assert second.id == first.id
    assert not second.is_new
    with pytest.raises(WrongState):
        plan_register(actor=actor, receipt_id=second.id)
    assert apply_register(actor=actor, receipt_id=second.id).counts == first.counts


def test_social_enterprises_come_in_with_recognition_offer_and_region(actor) -> None:
    receipt = take_over(actor, ENTERPRISES.format(good=factories.kbo(2)))

    rows = {row.name: row for row in market.list_social_enterprises(actor=actor, query=ListQuery()).rows}
    assert receipt.counts["rejected"] == 1
    assert rows["De Wroeter"].recognitions[0].kind == "maatwerkbedrijf"
    assert rows["De Wroeter"].product_groups == ("GRN-01",)
    assert rows["De Wroeter"].capacity == 120
    assert "MOB-12" in rows["Fietspunt"].product_groups


def test_the_purchasing_plan_comes_in_with_its_groups_and_amounts(actor) -> None:
    receipt = take_over(actor, PLAN)

    rows = {row.title: row for row in strategy.list_planned_purchases(actor=actor, query=ListQuery()).rows}
    assert rows.keys() == {"Poetsen van de scholen", "Nieuwe fietsen"}
    assert rows["Poetsen van de scholen"].amount == Decimal("1250000.00")
    assert rows["Poetsen van de scholen"].segment == "SCH"
    assert rows["Nieuwe fietsen"].start.year == 2027
    found = issues(organisation_id=actor.organisation_id, receipt_id=receipt.id)
    assert [issue.code for issue in found] == ["cell-missing", "product-group-unknown", "amount-negative"]


def test_a_purchase_from_hearsay_names_who_said_it(actor) -> None:
    take_over(
        actor,
        "Titel;Productgroep;Geraamd bedrag;Bron;Gehoord van;Beoogde impact\n"
        "Drukwerk;;100;informeel contact;Hoofd communicatie;Werk voor twee mensen\n"
        "Was;;100;informeel;;\n"
        "Bermen;;100;planning;;\n"
        "Raar;;100;sterren;;\n",
    )
    rows = {row.title: row for row in strategy.list_planned_purchases(actor=actor, query=ListQuery()).rows}
    assert rows.keys() == {"Drukwerk", "Bermen"}
    assert (rows["Drukwerk"].source.value, rows["Drukwerk"].contact) == ("informal", "Hoofd communicatie")
    assert rows["Drukwerk"].intended_impact == "Werk voor twee mensen"
    assert rows["Bermen"].source.value == "plan"


def test_a_workbook_reads_like_a_text_file(actor) -> None:
    book = openpyxl.Workbook()
    for line in SUPPLIERS.format(good=factories.kbo(1)).splitlines():
        book.active.append(line.split(";"))
    content = io.BytesIO()
    book.save(content)

    receipt = take_over(actor, content.getvalue(), name="leveranciers.xlsx")

    assert (receipt.counts["rows"], receipt.counts["rejected"]) == (2, 3)


def test_a_row_that_stands_twice_is_taken_once(actor) -> None:
    receipt = take_over(actor, "Naam;Ondernemingsnummer\nAlfa;\nAlfa;\n")

    assert (receipt.counts["rows"], receipt.counts["rejected"]) == (1, 1)


def test_what_is_no_register_is_refused_with_a_way_out(actor) -> None:
    with pytest.raises(FileUnreadable, match="voorbeeldbestand"):
        plan(actor, "Kleur;Smaak\nrood;zoet\n")


def test_a_chosen_register_without_its_columns_names_them(actor) -> None:
    with pytest.raises(FileUnreadable, match="Erkenning"):
        plan(actor, "Naam;Gemeente\nAlfa;Gent\n", register="social-enterprises")


def test_a_file_without_one_good_row_changes_nothing(actor) -> None:
    receipt = plan(actor, "Naam;Ondernemingsnummer\nAlfa;0475.480.737\n")

    with pytest.raises(NothingUsable):
        apply_register(actor=actor, receipt_id=receipt.id)
    assert suppliers(actor) == {}


def test_registers_are_refused_without_the_permission() -> None:
    reader = factories.actor(factories.organisation(), permissions=frozenset({"supplier.view"}))

    with pytest.raises(NotAllowed):
        receive_register(actor=reader, filename="a.csv", stream=io.BytesIO(b"Naam\nAlfa\n"))


@pytest.mark.parametrize("register", ["suppliers", "social-enterprises", "purchasing-plan"])
def test_the_example_file_is_recognised_as_its_register(register) -> None:
    header = register_template(register=register).decode("utf-8-sig").strip().split(";")

    assert guess_register(header) == register
    assert set(choose_columns(registers()[register], header)) == set(registers()[register].columns)
    assert register in [code for code, _label, _help in register_kinds()]
