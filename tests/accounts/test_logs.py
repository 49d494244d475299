"""Canaries: what people type and who they are never reaches a log line, an error page or an address in the log."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.config import logs
from tests.accounts import factories

CANARIES = [
    *(f"kanarie{number}@vogels.example" for number in range(100)),
    *(f"85.07.30-{number:03d}.61" for number in range(100)),
    *(f"BE68 5390 0754 {number:04d}" for number in range(100)),
    *(f"047{number:03d}1234567" for number in range(100)),
    *(f"Xk3_{number:03d}abCdEfGhIjKlMnOpQrStUvWx" for number in range(100)),
]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Log everything, down to the details of the libraries, as in production, into a text."""
    kept = logging.root.handlers[:], logging.root.level
    logs.configure({"json": True})
    stream = io.StringIO()
    handler = logging.root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    logging.root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)  # noqa: TID251
    yield stream
    logging.root.handlers[:], level = kept
    logging.root.setLevel(level)


def test_there_are_five_hundred_canaries() -> None:
    assert len(set(CANARIES)) == 500


def test_canaries_in_keys_sentences_arguments_and_exceptions_are_left_out(written: io.StringIO) -> None:
    ours, library = structlog.get_logger("koopkracht.test"), logging.getLogger("some.library")  # noqa: TID251 - it plays a library
    for canary in CANARIES:
        ours.info(
            "something happened", email=canary, reason=f"because of {canary}", nested={"name": canary, "x": [canary]}
        )
        library.warning("could not handle %s", canary)
        library.error(f"already formatted: {canary}")
        try:
            int(f"no number: {canary}")
        except ValueError:
            ours.exception("failed")
            library.exception("failed for %s", canary)
    text = written.getvalue()
    assert text.count("something happened") == len(CANARIES)
    assert text.count("ValueError") >= len(CANARIES)
    assert "test_logs.py" in text
    assert not [canary for canary in CANARIES if canary in text]


def test_what_helps_to_find_a_fault_stays(written: io.StringIO) -> None:
    structlog.get_logger("koopkracht.test").info("import finished", receipt=12, rows=340_000, code="receipt-exists")
    line = json.loads(written.getvalue())
    assert (line["event"], line["receipt"], line["rows"], line["code"]) == (
        "import finished", 12, 340_000, "receipt-exists",
    )  # fmt: skip


@pytest.mark.django_db
def test_canaries_in_forms_and_addresses_do_not_reach_the_log(written: io.StringIO) -> None:
    secret, address, named = "Xk3abCdEfGhIjKlMnOpQrStUvWx9", "kanarie@vogels.example", "Kanarievogel"
    admin = Client()
    admin.force_login(factories.member(factories.organisation(), Role.ADMINISTRATOR))
    guest = Client(raise_request_exception=False)
    guest.post(reverse("account_login"), {"login": address, "password": secret})
    guest.post(reverse("account_reset_password"), {"email": address})
    guest.get(reverse("invitation-accept", kwargs={"token": secret}))
    guest.get(f"/bestaat-niet/{secret}?zoek={named}")
    guest.get("/", headers={"user-agent": named, "host": f"{named}.example"})
    admin.post(reverse("invitation-new"), {"email": address, "name": named, "roles": ["buyer"]})
    admin.post(reverse("profile"), {"name": named})
    admin.get(reverse("audit-log"), {"persoon": named})
    text = written.getvalue()
    assert "request_finished" in text  # it did log
    for canary in (secret, address, named):
        assert canary not in text, [line for line in text.splitlines() if canary in line]
