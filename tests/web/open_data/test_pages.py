"""The import pages of OCDS and the page of official files."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.models import Organisation
from koopkracht.accounts.permissions import Role, permissions_of
from koopkracht.config import cli
from koopkracht.contracts.models import Contract
from tests.accounts import factories
from tests.exchange.test_ocds import SCHEMA, package, release

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    person = factories.member(factories.organisation(), Role.ADMINISTRATOR)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_from_upload_to_report(client: Client) -> None:
    assert "zijn niet geladen" in client.get(reverse("ocds-upload")).content.decode()
    file = SimpleUploadedFile("pakket.json", json.dumps(package(release())).encode())
    answer = client.post(reverse("ocds-upload"), {"file": file})
    assert answer.status_code == 302
    preview = client.get(answer.url).content.decode()
    assert "Laad 1 opdracht in" in preview
    assert "Groenonderhoud" in preview
    assert client.post(answer.url + "/inladen").status_code == 302
    assert "De gegevens zijn ingeladen" in client.get(answer.url).content.decode()
    assert Contract.objects.count() == 1


def test_a_wrong_file_is_answered_on_the_form(client: Client) -> None:
    answer = client.post(reverse("ocds-upload"), {"file": SimpleUploadedFile("x.json", b'{"a": 1}')})
    assert answer.status_code == 422
    assert "geen OCDS-pakket" in answer.content.decode()


def test_official_files_are_loaded_by_the_operator_and_shown_to_the_administrator(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "o.zip"
    with zipfile.ZipFile(file, "w") as archive:
        schema = {**SCHEMA, "id": "https://x.org/schema/1__1__5/release-schema.json"}
        archive.writestr("release-schema.json", json.dumps(schema))
        archive.writestr("release-package-schema.json", json.dumps({"id": "https://x.org/p.json"}))
    slug = Organisation.objects.get().slug
    assert cli.main(["artefacts", "load", str(file), "--org", slug]) == 0
    assert "1.1.5" in capsys.readouterr().out
    page = client.get(reverse("artefacts")).content.decode()
    assert "1.1.5" in page
    assert "Zonder deze regels rekenen we facturen alleen zelf na." in page
    assert client.post(reverse("artefacts"), {"file": b""}).status_code == 405


def test_an_unknown_official_file_is_refused_with_what_is_known(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xml").write_bytes(b"<a/>")
    slug = Organisation.objects.get().slug
    assert cli.main(["artefacts", "load", str(tmp_path / "x.xml"), "--org", slug]) == 1
    assert "geen officieel bestand" in capsys.readouterr().err


def test_no_role_of_an_organisation_may_load_official_files() -> None:
    assert not any("artefacts.manage" in permissions_of(frozenset({role})) for role in Role)
