"""The pages of the register: each opens, says what it shows, and needs a constant number of queries."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.contracts.models import Contract
from koopkracht.dossiers.models import Notice, Procedure
from koopkracht.exchange import api as exchange
from tests.accounts import factories
from tests.exchange import notice_xml as xml

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return factories.organisation(kbo_number="0207528035")


def client_of(place: Any, role: Role) -> Client:
    client = Client()
    client.force_login(factories.member(place, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(place: Any) -> Client:
    return client_of(place, Role.BUYER)


def fill(place: Any, count: int = 1, start: int = 0) -> None:
    actor = factories.actor(place, Role.BUYER)
    for number in range(start, start + count):
        data = xml.award_notice(number=f"n-{number}").replace(b"p-1", f"p-{number}".encode())
        received = exchange.receive_notices(actor=actor, filename=f"{number}.xml", stream=io.BytesIO(data))
        exchange.plan_notices(actor=actor, receipt_id=received.id)
        exchange.apply_notices(actor=actor, receipt_id=received.id)


def test_from_upload_to_report(client: Client) -> None:
    answer = client.post(reverse("notices-upload"), {"file": SimpleUploadedFile("gunning.xml", xml.award_notice())})
    assert answer.status_code == 302
    preview = client.get(answer.url).content.decode()
    assert "Laad 1 aankondiging in" in preview
    assert "Stad Voorbeeld" in preview
    assert not Notice.objects.exists()
    assert client.post(answer.url + "/inladen").status_code == 302
    report = client.get(answer.url).content.decode()
    assert "De aankondigingen zijn ingeladen" in report
    assert Notice.objects.count() == 1


def test_a_wrong_file_is_answered_on_the_form(client: Client) -> None:
    answer = client.post(reverse("notices-upload"), {"file": SimpleUploadedFile("factuur.xml", b"<Invoice/>")})
    assert answer.status_code == 422
    assert "geen aankondiging" in answer.content.decode()
    assert client.post(reverse("notices-upload"), {}).status_code == 422


@pytest.mark.parametrize("route", ["registers", "notices", "procedures", "lots", "contracts"])
def test_empty_pages_say_what_to_do(client: Client, route: str) -> None:
    answer = client.get(reverse(route))
    assert answer.status_code == 200
    assert reverse("notices-upload") in answer.content.decode()


@pytest.mark.parametrize(
    ("route", "shown"),
    [
        ("notices", "Poetsen van de scholen"),
        ("procedures", "Poetsen van de scholen"),
        ("lots", "Titel van LOT-0001"),
        ("contracts", "Maatwerkbedrijf De Brug"),
    ],
)
def test_lists_need_the_same_number_of_queries_for_one_row_as_for_many(
    place: Any, client: Client, route: str, shown: str
) -> None:
    fill(place)
    client.get(reverse(route))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert shown in client.get(reverse(route)).content.decode()
    fill(place, 7, start=1)
    with CaptureQueriesContext(connection) as many:
        assert client.get(reverse(route)).status_code == 200
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(
    ("route", "address", "rows"),
    [
        ("notices", "?van=markt", 0),
        ("notices", "?soort=result&zoek=poetsen", 1),
        ("procedures", "?fase=result&van=eigen", 1),
        ("procedures", "?aard=works", 0),
        ("lots", "?doel=sociaal", 0),
        ("lots", "?cpv=909", 1),
        ("contracts", "?raam=ja", 0),
        ("contracts", "?eindigt_voor=geen-datum&zoek=brug", 1),
        ("contracts", "?sorteer=-end_date", 1),
    ],
)
def test_filters_search_and_sort(place: Any, client: Client, route: str, address: str, rows: int) -> None:
    fill(place)
    text = client.get(reverse(route) + address).content.decode()
    assert ("1 resultaat" in text) == bool(rows)


def test_exports_hold_the_rows(place: Any, client: Client) -> None:
    fill(place)
    answer = client.get(reverse("contracts") + "?formaat=csv")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "Maatwerkbedrijf De Brug" in content.decode("utf-8-sig")


def test_the_page_of_a_notice_shows_terms_issues_and_origin(place: Any, client: Client) -> None:
    fill(place)
    with CaptureQueriesContext(connection) as queries:
        text = client.get(reverse("notice", kwargs={"notice_id": Notice.objects.get().pk})).content.decode()
    text = text.replace("\xa0", " ")
    for shown in ("BT-21", "Titel", "vermeld zonder soort", "0.xml", "Maatwerkbedrijf De Brug", "€ 125.000,50"):
        assert shown in text
    assert len(queries) <= 16


def test_the_document_comes_back_as_it_was(place: Any, client: Client) -> None:
    fill(place)
    answer = client.get(reverse("notice-document", kwargs={"notice_id": Notice.objects.get().pk}))
    assert b"".join(answer.streaming_content) == xml.award_notice(number="n-0").replace(b"p-1", b"p-0")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_pages_of_a_procedure_and_a_contract(place: Any, client: Client) -> None:
    fill(place)
    procedure = client.get(reverse("procedure", kwargs={"procedure_id": Procedure.objects.get().pk})).content.decode()
    assert "Titel van LOT-0001" in procedure
    assert "Gegund" in procedure
    contract = client.get(reverse("contract", kwargs={"contract_id": Contract.objects.get().pk})).content.decode()
    assert "REF CON-0001" in contract


def test_another_organisation_sees_nothing(place: Any) -> None:
    fill(place)
    other = client_of(factories.organisation(), Role.BUYER)
    assert "Poetsen" not in other.get(reverse("notices")).content.decode()
    for route, name, row in (
        ("notice", "notice_id", Notice.objects.get()),
        ("notice-document", "notice_id", Notice.objects.get()),
        ("procedure", "procedure_id", Procedure.objects.get()),
        ("contract", "contract_id", Contract.objects.get()),
    ):
        assert other.get(reverse(route, kwargs={name: row.pk})).status_code == 404


def test_who_may_not_import_reads_only(place: Any) -> None:
    reader = client_of(place, Role.AUDITOR)
    assert reader.get(reverse("notices")).status_code == 200
    assert reader.get(reverse("notices-upload")).status_code == 403
