"""The pages about suppliers, duplicates, social enterprises, registers and the purchasing plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import (
    Recognition,
    RecognitionKind,
    SocialEnterpriseEntry,
    SupplierCandidate,
)
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy import api as strategy
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation
from tests.market.factories import kbo

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def actor(place: Any) -> Any:
    return make_actor(place)


def client_of(place: Any, role: Role) -> Client:
    found = Client()
    found.force_login(member(place, role), backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def client(place: Any) -> Client:
    return client_of(place, Role.BUYER)


@pytest.fixture
def suppliers(actor: Any) -> dict[str, int]:
    return dict(
        market.resolve_suppliers(
            actor=actor,
            candidates=[
                SupplierCandidate(key="a", name="Schoonmaak Janssens", external_id="1", identifier=kbo(1)),
                SupplierCandidate(key="b", name="Schoonmaak Jansens", external_id="2"),
                SupplierCandidate(key="c", name="<script>Bakker", external_id="3"),
            ],
            source="spend",
        )
    )


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_empty_register_says_what_to_do(client) -> None:
    assert "Laad uitgaven, facturen of een lijst van leveranciers in" in text_of(client.get(reverse("suppliers")))


def test_the_register_lists_searches_and_exports(client, suppliers) -> None:
    text = text_of(client.get(reverse("suppliers")))
    assert "Schoonmaak Janssens" in text
    assert "&lt;script&gt;Bakker" in text
    found = text_of(client.get(reverse("suppliers"), {"zoek": "bakker"}))
    assert "Schoonmaak" not in found
    export = b"".join(client.get(reverse("suppliers"), {"formaat": "csv"}).streaming_content).decode("utf-8-sig")
    assert export.count("\r\n") == 4
    assert "Schoonmaak Janssens" not in text_of(client.get(reverse("suppliers"), {"identified": "no"}))


def test_the_register_page_costs_the_same_for_many_suppliers(
    client, actor, suppliers, django_assert_max_num_queries
) -> None:
    market.resolve_suppliers(
        actor=actor,
        candidates=[SupplierCandidate(key=str(number), name=f"Zaak {number}") for number in range(200)],
        source="spend",
    )
    client.get(reverse("suppliers"))

    with django_assert_max_num_queries(14):
        client.get(reverse("suppliers"))


def test_a_supplier_shows_its_names_and_where_they_come_from(client, suppliers) -> None:
    text = text_of(client.get(reverse("supplier", kwargs={"supplier_id": suppliers["a"]})))

    assert "Schoonmaak Janssens" in text
    assert "Leveranciersnummer" in text
    assert "uitgaven" in text


def test_a_buyer_changes_a_supplier_with_a_source(client, suppliers) -> None:
    address = reverse("supplier-edit", kwargs={"supplier_id": suppliers["b"]})
    values = {"name": "Jansens", "kind": "non-profit", "size": "small", "municipality": "Gent", "as_of": "2026-11-01"}

    refused = client.post(address, values)
    assert refused.status_code == 422
    assert "waar u dit vandaan hebt" in refused.content.decode()

    assert client.post(address, {**values, "source": "website"}).status_code == 302
    text = text_of(client.get(reverse("supplier", kwargs={"supplier_id": suppliers["b"]})))
    assert "bron: website, 01-11-2026" in text


def test_duplicates_are_found_merged_shown_and_undone(client, actor, suppliers) -> None:
    assert client.post(reverse("duplicates-propose")).status_code == 302
    page = text_of(client.get(reverse("duplicates")))
    assert "Schoonmaak Jansens" in page
    pair = market.list_duplicates(actor=actor, query=ListQuery()).rows[0]

    client.post(reverse("duplicate-merge", kwargs={"pair_id": pair.id}), {"kept": str(suppliers["a"])})
    assert market.canonical_ids(organisation_id=actor.organisation_id) == {suppliers["b"]: suppliers["a"]}
    merged = client.get(reverse("supplier", kwargs={"supplier_id": suppliers["b"]}))
    assert merged.url == reverse("supplier", kwargs={"supplier_id": suppliers["a"]})
    assert "Samengevoegd met deze leverancier" in text_of(client.get(merged.url))
    assert "Maak ongedaan" in text_of(client.get(reverse("duplicates"), {"stand": "merged"}))

    client.post(reverse("duplicate-undo", kwargs={"pair_id": pair.id}))
    assert market.canonical_ids(organisation_id=actor.organisation_id) == {}

    client.post(reverse("duplicate-apart", kwargs={"pair_id": pair.id}))
    assert "Geen voorstellen te bekijken" in text_of(client.get(reverse("duplicates")))
    again = client.post(reverse("duplicate-apart", kwargs={"pair_id": pair.id}), follow=True)
    assert "al beslist" in again.content.decode()


def test_two_suppliers_are_merged_by_hand(client, actor, suppliers) -> None:
    address = reverse("supplier-merge", kwargs={"supplier_id": suppliers["a"]})

    assert "tweemaal dezelfde" in client.post(address, {"other": suppliers["a"]}).content.decode()
    assert client.post(address, {"other": 999_999}).status_code == 422
    assert client.post(address, {"other": suppliers["c"], "remark": "zelfde zaak"}).status_code == 302
    assert market.canonical_ids(organisation_id=actor.organisation_id) == {suppliers["c"]: suppliers["a"]}


def test_an_auditor_looks_but_does_not_decide(place, actor, suppliers) -> None:
    market.propose_duplicates(actor=actor)
    auditor = client_of(place, Role.AUDITOR)
    pair = market.list_duplicates(actor=actor, query=ListQuery()).rows[0]

    assert "Voeg samen" not in text_of(auditor.get(reverse("duplicates")))
    assert auditor.post(reverse("duplicate-merge", kwargs={"pair_id": pair.id})).status_code == 403


def test_another_organisation_sees_nothing_of_a_supplier(suppliers) -> None:
    stranger = client_of(organisation(), Role.BUYER)

    assert stranger.get(reverse("supplier", kwargs={"supplier_id": suppliers["a"]})).status_code == 404


def test_the_directory_shows_source_and_date_and_filters_on_offer(client, actor) -> None:
    entry = SocialEnterpriseEntry(
        key="1",
        name="De Wroeter",
        identifier=kbo(9),
        recognitions=(Recognition(RecognitionKind.SHELTERED_WORKSHOP, None, None),),
        activities="groenonderhoud",
        product_groups=("GRN-01",),
        cpv_codes=(),
        region="Limburg",
        municipality="Borgloon",
        capacity=50,
        website="",
        source="lijst van de streek",
        source_date=dt.date(2026, 3, 1),
    )
    supplier_id = market.put_social_enterprises(actor=actor, entries=[entry])["1"]

    text = text_of(client.get(reverse("social-enterprises")))
    assert "lijst van de streek" in text
    assert "01-03-2026" in text
    found = text_of(client.get(reverse("social-enterprises"), {"product_group": "SCH-01"}))
    assert "Niets gevonden" in found
    assert "Maatwerkbedrijf" in text_of(client.get(reverse("supplier", kwargs={"supplier_id": supplier_id})))


def upload(client: Client, content: str, **values: str) -> Any:
    file = SimpleUploadedFile("lijst.csv", content.encode())
    return client.post(reverse("register-upload"), {"file": file, **values})


def test_a_register_goes_from_upload_to_report_with_the_bad_rows_back(client, actor) -> None:
    answer = upload(client, f"Naam;Ondernemingsnummer\nAlfa;{kbo(1)}\nFout;0475.480.737\n", source="gemeente")
    assert answer.status_code == 302
    check = text_of(client.get(answer.url))
    assert "Laad 1 rij in" in check
    assert "controlegetal" in check

    client.post(answer.url + "/inladen")
    report = text_of(client.get(answer.url))
    assert "Het register is ingeladen" in report
    file = b"".join(client.get(answer.url + "/te-verbeteren").streaming_content).decode("utf-8-sig")
    assert "Fout;0475.480.737" in file
    assert [row.name for row in market.list_suppliers(actor=actor, query=ListQuery()).rows] == ["Alfa"]
    same = upload(client, f"Naam;Ondernemingsnummer\nAlfa;{kbo(1)}\nFout;0475.480.737\n")
    assert "al ingeladen" in text_of(client.get(same.url))


def test_what_is_no_register_is_refused_on_the_form(client) -> None:
    answer = upload(client, "Kleur;Smaak\nrood;zoet\n")

    assert answer.status_code == 422
    assert "herkennen dit bestand niet" in answer.content.decode()


def test_the_example_files_can_be_downloaded(client) -> None:
    page = text_of(client.get(reverse("register-upload")))
    address = reverse("register-template", kwargs={"register": "social-enterprises"})

    assert address in page
    assert "Erkenning" in client.get(address).content.decode("utf-8-sig")
    assert client.get(reverse("register-template", kwargs={"register": "x"})).status_code == 404


def test_the_purchasing_plan_takes_quick_entries_and_adds_up_per_segment(client, actor) -> None:
    assert "Nog geen geplande aankopen" in text_of(client.get(reverse("purchasing-plan")))
    address = reverse("purchasing-plan-add")
    values = {"title": "Poetsen van de scholen", "product_group": "SCH-01", "amount": "1250000", "source": "informal"}

    refused = client.post(address, values)
    assert refused.status_code == 422
    assert "van wie u dit weet" in refused.content.decode()

    assert client.post(address, {**values, "contact": "schoolhoofd"}).status_code == 302
    text = text_of(client.get(reverse("purchasing-plan")))
    assert "Informeel contact (schoolhoofd)" in text
    assert "Schoonmaak en hygiëne" in text
    assert "1.250.000" in text
    line = strategy.list_planned_purchases(actor=actor, query=ListQuery()).rows[0]
    client.post(reverse("purchasing-plan-remove", kwargs={"purchase_id": line.id}))
    assert strategy.list_planned_purchases(actor=actor, query=ListQuery()).rows == []


@pytest.mark.parametrize("other", [str(2**63), "9" * 40])
def test_a_supplier_number_that_cannot_be_is_answered_on_the_form(place: Any, actor: Any, other: str) -> None:
    one = market.resolve_suppliers(actor=actor, candidates=[SupplierCandidate(key="a", name="Een")], source="spend")
    address = reverse("supplier-merge", kwargs={"supplier_id": one["a"]})
    answer = client_of(place, Role.BUYER).post(address, {"other": other})
    assert answer.status_code == 422
