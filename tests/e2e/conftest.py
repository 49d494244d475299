"""A real Chromium against a real server: pages as a role, and the accessibility check."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page, sync_playwright

from koopkracht.accounts.models import Membership, Organisation, User
from koopkracht.accounts.permissions import Role

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = (1280, 900), (390, 844)

# The browser is driven from an event loop in this thread; the server answers in another one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _chromium() -> str | None:
    named = os.environ.get("KOOPKRACHT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all browser tests; skip outside CI when there is none."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        except Error as error:
            pytest.skip(f"no Chromium (set KOOPKRACHT_CHROMIUM): {error}")
        yield started
        started.close()


@pytest.fixture
def organisation(transactional_db: None) -> Organisation:
    """Return the town for which the pages are opened; tests put their own data in it."""
    return Organisation.objects.create(name="Gemeente Meerbeke", slug="meerbeke", kind="municipality")


OpenPage = Callable[..., Page]


@pytest.fixture
def page_as(live_server, browser: Browser, organisation: Organisation) -> Iterator[OpenPage]:
    """Return ``open(role, path="/", size=WIDE, javascript=True, clean_console=True)``; role ``None`` is a stranger.

    Whatever the browser complains about (a script error, a file that is missing, a refusal by the security policy)
    fails the test at its end, unless it was opened with ``clean_console=False``.
    """
    contexts, complaints = [], []

    def open_page(
        role: Role | str | None,
        path: str = "/",
        *,
        size: tuple[int, int] = WIDE,
        javascript: bool = True,
        clean_console: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="nl-BE", java_script_enabled=javascript
        )
        contexts.append(context)
        if role is not None:
            context.add_cookies([{"name": "sessionid", "value": _session(organisation, role), "url": live_server.url}])
        page = context.new_page()
        if clean_console:
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == [], "the browser console is not empty"


def _session(organisation: Organisation, role: Role | str) -> str:
    user, _ = User.objects.get_or_create(email=f"{role}@voorbeeld.be")
    Membership.objects.get_or_create(organisation=organisation, user=user, role=str(role))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def axe_clean() -> Callable[..., None]:
    """Return ``check(page, ignore=())``: fails on a violation, and when the page is wider than the screen."""

    def check(page: Page, ignore: tuple[str, ...] = ()) -> None:
        found = Axe().run(page).response["violations"]
        told = [
            f"{one['id']}: {one['help']} - {node['html'][:200]}"
            for one in found
            if one["id"] not in ignore
            for node in one["nodes"]
        ]
        assert told == []
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{page.url} is {too_wide} px wider than the screen"

    return check
