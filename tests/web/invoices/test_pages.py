"""The pages of invoices: from upload to a readable reason, with a constant number of statements."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.contracts.models import Invoice
from koopkracht.exchange import api as exchange
from tests.accounts import factories
from tests.exchange.ubl_factory import invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return factories.organisation()


def client_of(place: Any, role: Role) -> Client:
    client = Client()
    client.force_login(factories.member(place, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(place: Any) -> Client:
    return client_of(place, Role.BUYER)


def fill(place: Any, count: int, start: int = 0) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(start, start + count):
            archive.writestr(f"{number}.xml", invoice(number=f"F-{number}", payable="1.00" if number % 2 else "181.50"))
    actor = factories.actor(place, Role.BUYER)
    received = exchange.receive_invoices(actor=actor, filename="a.zip", stream=io.BytesIO(buffer.getvalue()))
    exchange.plan_invoices(actor=actor, receipt_id=received.id)
    exchange.apply_invoices(actor=actor, receipt_id=received.id)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_upload_to_a_readable_reason(client: Client) -> None:
    file = SimpleUploadedFile("factuur.xml", invoice(payable="200.00"))
    answer = client.post(reverse("invoices-upload"), {"file": file})
    assert answer.status_code == 302
    preview = text_of(client.get(answer.url))
    assert "Zet 1 factuur in de inbox" in preview
    assert not Invoice.objects.exists()
    assert client.post(answer.url + "/inladen").status_code == 302
    assert "De facturen staan in de inbox" in text_of(client.get(answer.url))
    page = text_of(client.get(reverse("invoice", args=[Invoice.objects.get().pk])))
    assert "Waarom is deze factuur geweigerd?" in page
    assert "BR-CO-16" in page
    assert "€\xa0200,00" in page.replace("€ ", "€\xa0")
    assert "Europese regels (EN 16931)" in page
    assert "Deze regels zijn niet geladen." in page


def test_a_wrong_file_is_answered_on_the_form(client: Client) -> None:
    answer = client.post(reverse("invoices-upload"), {"file": SimpleUploadedFile("order.xml", b"<Order/>")})
    assert answer.status_code == 422
    assert "geen UBL-factuur" in answer.content.decode()
    hostile = SimpleUploadedFile("x.xml", b"<!DOCTYPE a []><a/>")
    assert "DOCTYPE" in client.post(reverse("invoices-upload"), {"file": hostile}).content.decode()
    assert client.post(reverse("invoices-upload"), {}).status_code == 422


def test_upload_page_says_which_rules_are_not_loaded(client: Client) -> None:
    assert "Regels voor facturen (EN 16931): niet geladen." in text_of(client.get(reverse("invoices-upload")))


def test_inbox_filters_searches_and_costs_the_same_for_many(client: Client, place: Any) -> None:
    fill(place, 2)
    client.get(reverse("invoices"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        text_of(client.get(reverse("invoices")))
    fill(place, 20, start=2)
    with CaptureQueriesContext(connection) as many:
        page = text_of(client.get(reverse("invoices"), {"status": "refused"}))
    assert "F-21" in page
    assert "F-20<" not in page
    assert len(many) <= len(few)
    assert "F-4<" in text_of(client.get(reverse("invoices"), {"zoek": "F-4", "q": "F-4"}))


def test_page_of_an_invoice_costs_the_same_for_many_lines(client: Client, place: Any) -> None:
    fill(place, 1)
    pk = Invoice.objects.get().pk
    client.get(reverse("invoice", args=[pk]))
    with CaptureQueriesContext(connection) as statements:
        text_of(client.get(reverse("invoice", args=[pk])))
    assert len(statements) <= 14


def test_the_file_comes_back_as_it_was(client: Client, place: Any) -> None:
    fill(place, 1)
    answer = client.get(reverse("invoice-document", args=[Invoice.objects.get().pk]))
    assert b"".join(answer.streaming_content) == invoice(number="F-0", payable="181.50")


def test_judging_again_and_matching_answer_with_a_message(client: Client, place: Any) -> None:
    fill(place, 1)
    answer = client.post(reverse("invoice-judge", args=[Invoice.objects.get().pk]), follow=True)
    assert "opnieuw nagekeken" in text_of(answer)
    assert "gekoppeld aan hun contract" in text_of(client.post(reverse("invoices-match"), follow=True))


def test_another_organisation_gets_nothing(place: Any) -> None:
    fill(place, 1)
    stranger = client_of(factories.organisation(), Role.BUYER)
    pk = Invoice.objects.get().pk
    for route in ("invoice", "invoice-document"):
        assert stranger.get(reverse(route, args=[pk])).status_code == 404
    assert stranger.post(reverse("invoice-judge", args=[pk])).status_code == 404
    assert "F-0" not in text_of(stranger.get(reverse("invoices")))


def test_a_reader_may_look_and_not_import(place: Any) -> None:
    reader = client_of(place, Role.EXECUTIVE)
    assert "Facturen inladen" not in text_of(reader.get(reverse("invoices")))
    assert reader.get(reverse("invoices-upload")).status_code == 403
