"""CPU of a 50-row register page through the whole server: middleware, session, roles, keyset query, template.

The baseline answers the same question with hand-written SQL and strings, without Django. Goal: at most 2.5 ms.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROWS = 100_000
GOAL_MS = 2.5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the measured register."""

    id: int
    name: str
    kind: str
    nis_code: str
    kbo_number: str
    inhabitants: int | None


def main() -> int:
    """Measure and print; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--requests", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            KOOPKRACHT_HOME=home, DJANGO_SETTINGS_MODULE="koopkracht.config.settings", KOOPKRACHT_LOG_JSON="1"
        )
        session, application = prepare(options.rows)
        page = request(application, session)
        plain = hand_written(Path(home) / "koopkracht.sqlite3")
        assert page().count("<tr>") == plain().count("<tr>") == 51
        measured = {"register page": [], "hand-written": []}
        for _round in range(3):
            measured["register page"].append(cpu_ms(page, options.requests))
            measured["hand-written"].append(cpu_ms(plain, options.requests))
    middle = {name: statistics.median(times) for name, times in measured.items()}
    for name, milliseconds in middle.items():
        print(f"{name:15} {milliseconds:6.2f} ms CPU")
    print(f"ratio {middle['register page'] / middle['hand-written']:.1f}; goal {GOAL_MS} ms")
    return int(middle["register page"] > GOAL_MS)


def prepare(rows: int) -> tuple[str, Callable[..., list[bytes]]]:
    """Make the database, the page and a session; return the session and the WSGI application."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test import Client

    from koopkracht.accounts.models import Membership, Organisation, User

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    Path(settings.STATIC_ROOT).mkdir(parents=True)
    call_command("migrate", verbosity=0)
    Organisation.objects.bulk_create(
        (
            Organisation(
                name=f"Gemeente {place * 7919 % rows:06}",
                slug=f"g{place}",
                kind="municipality",
                nis_code=f"{place % 99999:05}",
                kbo_number=f"{place:010}",
                inhabitants=place * 31 % 90_000 or None,
            )
            for place in range(rows)
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:  # our registers have an index on what one can sort by
        cursor.execute("CREATE INDEX measured ON accounts_organisation (name, id)")
    user = User.objects.create_user("koper@voorbeeld.be")
    Membership.objects.create(organisation=Organisation.objects.earliest("pk"), user=user, role="buyer")
    settings.ROOT_URLCONF = addresses()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value, get_wsgi_application()


def addresses() -> str:
    """Return the name of a module with all our addresses and the measured page."""
    from django.http.response import HttpResponseBase
    from django.urls import path
    from jinja2 import ChoiceLoader, DictLoader

    from koopkracht.accounts.models import Organisation
    from koopkracht.config.urls import urlpatterns
    from koopkracht.shared.keyset import keyset
    from koopkracht.shared.listing import ListQuery, Slice
    from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
    from koopkracht.web.ui.page import Request, jinja, page

    fields = ["id", "name", "kind", "nis_code", "kbo_number", "inhabitants"]
    register = Listing(
        name="proef",
        caption="Gemeenten",
        columns=(
            Column("name", "Naam", sort=True, href=link_to("help-topic", topic="id")),
            Column("kind", "Soort"),
            Column("nis_code", "NIS-code"),
            Column("kbo_number", "Ondernemingsnummer"),
            Column("inhabitants", "Inwoners", format="number", sort=True),
        ),
        sort="name",
        filters=(Filter("soort", "Soort", options=(("municipality", "Gemeente"),)),),
        search="Zoek op naam",
    )

    def fetch(query: ListQuery) -> Slice[Row]:
        sorts = {"name": "name", "inhabitants": "inhabitants"}
        return keyset(Organisation.objects.all(), query=query, sorts=sorts, fields=fields, convert=Row)

    @page("register.view")
    def measured(request: Request) -> HttpResponseBase:
        return register.respond(request, fetch, "proef.html")

    text = (
        '{% extends "ui/base.html" %}{% block content %}'
        "{% block list %}{{ ui.listing(list) }}{% endblock %}{% endblock %}"
    )
    jinja().loader = ChoiceLoader([jinja().loader, DictLoader({"proef.html": text})])  # type: ignore[list-item]
    module = ModuleType("measured_urls")
    module.urlpatterns = [*urlpatterns, path("proef", measured)]  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
    return module.__name__


def request(application: Callable[..., list[bytes]], session: str) -> Callable[[], str]:
    """Return a function that asks for the page and gives its text."""

    def ask() -> str:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/proef",
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"sessionid={session}",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        answer = application(environ, lambda *_: None)
        text = b"".join(answer).decode()
        answer.close()  # type: ignore[attr-defined]
        return text

    return ask


def hand_written(database: Path) -> Callable[[], str]:
    """Return the same register as short as it can be."""
    connection = sqlite3.connect(database)

    def ask() -> str:
        found = connection.execute(
            "SELECT id, name, kind, nis_code, kbo_number, inhabitants FROM accounts_organisation"
            " ORDER BY name, id LIMIT 50"
        ).fetchall()
        rows = "".join(
            f'<tr><td><a href="/hulp/{row[0]}">{html.escape(row[1])}</a></td><td>{html.escape(row[2])}</td>'
            f"<td>{html.escape(row[3])}</td><td>{html.escape(row[4])}</td><td>{row[5] or 'onbekend'}</td></tr>"
            for row in found
        )
        return f"<table><tr><th>Naam</th></tr>{rows}</table>"

    return ask


def cpu_ms(ask: Callable[[], str], times: int) -> float:
    """Return the CPU time of one call in milliseconds."""
    for _warm in range(20):
        ask()
    start = time.process_time()
    for _turn in range(times):
        ask()
    return (time.process_time() - start) / times * 1000


if __name__ == "__main__":
    sys.exit(main())
