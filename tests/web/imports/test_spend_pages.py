"""The pages of a spend import: four steps, each with a way forward, and a constant number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.exchange import api as exchange
from koopkracht.jobs import api as jobs
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation
from tests.exchange.spend_files import HEADER, LINES, applied, csv_bytes, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def client(place: Any) -> Client:
    found = Client()
    found.force_login(member(place, Role.FINANCE), backend="django.contrib.auth.backends.ModelBackend")
    return found


def upload(client: Client, content: bytes, name: str = "uitgaven.csv") -> Any:
    return client.post(reverse("spend-upload"), {"file": SimpleUploadedFile(name, content)})


def test_start_page_offers_spend_first(client: Client) -> None:
    text = client.get(reverse("imports")).content.decode()
    assert reverse("spend-upload") in text
    assert "Nog geen bestanden" in text


@pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
def test_a_clear_file_goes_from_upload_to_report(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    answer = upload(client, csv_bytes())
    assert answer.status_code == 302
    page = client.get(answer.url)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Laad 3 lijnen in" in text
    assert "Bouwwerken Peeters bv" in text
    with django_capture_on_commit_callbacks(execute=True):
        started = client.post(answer.url + "/inladen")
    assert started.status_code == 302
    jobs.run_until_idle()
    report = client.get(answer.url).content.decode()
    assert "De uitgaven zijn ingeladen" in report
    assert "2.200,06" in report


def test_the_same_file_again_says_so_and_changes_nothing(client: Client, place: Any) -> None:
    applied(make_actor(place), csv_bytes())
    answer = upload(client, csv_bytes(), "kopie.csv")
    text = client.get(answer.url).content.decode()
    assert "al ingeladen" in text
    assert len(exchange.spend_batches(organisation_id=place.pk)) == 1


def test_unknown_columns_lead_to_the_mapping_page(client: Client) -> None:
    header = ("x1", "x2", "x3", "x4", "x5", "x6")
    answer = upload(
        client, csv_bytes([("piet", "b", "c", "d", "e", "f"), ("jan", "b", "c", "d", "e", "f")], header=header)
    )
    page = client.get(answer.url)
    assert page.status_code == 302
    text = client.get(page.url).content.decode()
    assert "Kies de kolom met het bedrag" in text
    assert 'name="column_0"' in text


def test_a_person_corrects_the_mapping(client: Client) -> None:
    answer = upload(client, csv_bytes())
    fields = {f"column_{n}": "" for n in range(len(HEADER))}
    fields |= {"column_0": "booking_date", "column_1": "supplier_name", "column_3": "amount", "column_5": "description"}
    fields |= {"decimal": "auto", "date_order": "auto", "currency": "EUR"}
    done = client.post(answer.url + "/kolommen", fields)
    assert done.status_code == 302
    assert "F-1" in client.get(done.url).content.decode()


def test_one_meaning_for_two_columns_is_refused_at_the_column(client: Client) -> None:
    answer = upload(client, csv_bytes())
    fields = {f"column_{n}": "amount" if n in (3, 4) else "" for n in range(len(HEADER))}
    fields |= {"decimal": "auto", "date_order": "auto", "currency": "EUR"}
    refused = client.post(answer.url + "/kolommen", fields)
    assert refused.status_code == 422
    assert "is al gekozen voor kolom Bedrag excl. btw" in refused.content.decode()


def test_a_picture_is_refused_with_a_reason(client: Client) -> None:
    refused = upload(client, b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert refused.status_code == 422
    assert "kk-field__error" in refused.content.decode()


def test_rejected_lines_come_back_as_a_file(client: Client, place: Any) -> None:
    receipt = applied(make_actor(place), csv_bytes([*LINES, ("gisteren", "X", "1", "5,00", "6", "F-4")]))
    page = client.get(reverse("spend-receipt", kwargs={"receipt_id": receipt.id})).content.decode()
    assert "“gisteren” is geen datum" in page
    file = client.get(reverse("spend-rejected", kwargs={"receipt_id": receipt.id}))
    assert b"gisteren" in b"".join(file.streaming_content)
    assert "attachment" in file["Content-Disposition"]


def test_undo_asks_first(client: Client, place: Any) -> None:
    receipt = applied(make_actor(place), csv_bytes())
    address = reverse("spend-undo", kwargs={"receipt_id": receipt.id})
    assert "3 lijnen verdwijnen uit de cijfers" in client.get(address).content.decode()
    assert len(exchange.spend_batches(organisation_id=place.pk)) == 1
    client.post(address)
    assert exchange.spend_batches(organisation_id=place.pk) == ()
    assert (
        "Ongedaan gemaakt" in client.get(reverse("spend-receipt", kwargs={"receipt_id": receipt.id})).content.decode()
    )


def test_another_organisation_sees_nothing(client: Client) -> None:
    receipt = received(make_actor(), csv_bytes())
    assert client.get(reverse("spend-receipt", kwargs={"receipt_id": receipt.id})).status_code == 404


def test_who_may_not_import_is_refused(place: Any) -> None:
    other = Client()
    other.force_login(member(place, Role.AUDITOR), backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(reverse("spend-upload")).status_code == 403


@pytest.mark.parametrize("count", [1, 4])
def test_lists_need_a_constant_number_of_queries(
    client: Client, place: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    actor = make_actor(place)
    for number in range(count):
        applied(actor, csv_bytes([(f"0{number + 1}/12/2025", "X", "1", "1,00", "6", "F")]), f"{number}.csv")
    client.get(reverse("spend-files"))
    with django_assert_max_num_queries(9):
        client.get(reverse("spend-files"))


@pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
def test_a_crashed_job_leaves_a_way_forward(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def crash(**_: Any) -> None:
        raise RuntimeError

    answer = upload(client, csv_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer.url + "/inladen")
    monkeypatch.setattr("koopkracht.exchange.spend.actions.applying.apply", crash)
    jobs.run_until_idle()
    stopped = client.get(answer.url).content.decode()
    assert "Het inladen is niet gelukt" in stopped
    monkeypatch.undo()
    client.post(answer.url + "/opnieuw")
    assert "Laad 3 lijnen in" in client.get(answer.url).content.decode()
