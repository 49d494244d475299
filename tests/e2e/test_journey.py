"""The buyer's first hour: from an empty organisation to a diagnosis with proof, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from koopkracht.accounts.models import Organisation
from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from koopkracht.lake import api as lake
from tests.e2e.conftest import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADER = "Boekdatum;Leverancier;Ondernemingsnummer;Algemene rekening;Omschrijving;Bedrag excl. btw\r\n"
LINES = (
    "02/01/2025;Zuiver Schoonmaak NV;;61001200;Schoonmaak scholen;12.400,00\r\n",
    "03/02/2025;Maatwerk De Brug VZW;;61001200;Ramen wassen;1.250,50\r\n",
    "14/03/2025;Bakkerij Smet;;61006100;Brood;310,25\r\n",
    "31/02/2025;Fietspunt;;61007200;Herstelling fiets;80,00\r\n",
    "21/05/2025;Onbekend Werk BV;;69999999;Xyzzy;2.000,00\r\n",
)
TOTAL_CENTS = 1_240_000 + 125_050 + 31_025 + 200_000


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "uitgaven 2025.csv"
    path.write_bytes((HEADER + "".join(LINES)).encode("cp1252"))
    return path


def _import(page: Page, file: Path) -> None:
    page.goto(urljoin(page.url, "/inladen/uitgaven"))
    page.set_input_files("input[type=file]", str(file))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_from_an_own_file_to_the_diagnosis_and_back_to_the_lines(
    page_as: Callable[..., Page], organisation: Organisation, export: Path, javascript: bool
) -> None:
    page = page_as(Role.BUYER, "/", javascript=javascript)
    assert "Gegevens inladen" in page.inner_text("main")

    _import(page, export)
    assert "Klopt dit?" in page.inner_text("h1")
    assert "31/02/2025" in page.inner_text("main"), "the line that cannot come along is named"
    page.get_by_role("button", name="Laad 4 lijnen in").click()
    page.wait_for_load_state()
    jobs.run_until_idle()
    receipt = page.url
    page.goto(receipt)
    assert "De uitgaven zijn ingeladen" in page.inner_text("main")
    batches = lake.batches(organisation_id=organisation.pk, table="spend_lines")
    assert [(batch.rows, batch.sum_cents) for batch in batches] == [(4, TOTAL_CENTS)]

    base = receipt.split("/inladen")[0]
    page.goto(base + "/diagnose/")
    assert "15.961" in page.inner_text("main")
    page.goto(base + "/diagnose/lijnen?jaar=2025")
    assert "Maatwerk De Brug" in page.inner_text("main")
    page.goto(base + "/diagnose/toewijzen")
    assert "Onbekend Werk BV" in page.inner_text("main")

    _import(page, export)
    assert "al ingeladen" in page.inner_text("main"), "the same file twice changes nothing"
    assert len(lake.batches(organisation_id=organisation.pk, table="spend_lines")) == 1


def test_reports_come_as_spreadsheet_and_paper(
    page_as: Callable[..., Page], organisation: Organisation, export: Path
) -> None:
    page = page_as(Role.BUYER, "/")
    _import(page, export)
    page.get_by_role("button", name="Laad 4 lijnen in").click()
    page.wait_for_load_state()
    jobs.run_until_idle()
    base = page.url.split("/inladen")[0]
    sheet = page.request.get(base + "/diagnose/rapport.xlsx?jaar=2025")
    assert (sheet.status, sheet.body()[:2]) == (200, b"PK")
    paper = page.request.get(base + "/diagnose/rapport.pdf?jaar=2025")
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")


PAGES = (
    "/",
    "/inladen/",
    "/inladen/uitgaven",
    "/inladen/uitgaven/bestanden",
    "/inladen/aankondigingen",
    "/inladen/facturen",
    "/inladen/registers",
    "/diagnose/",
    "/diagnose/verschil",
    "/diagnose/toewijzen",
    "/diagnose/regels",
    "/diagnose/lijnen?jaar=2025",
    "/diagnose/cijfers",
    "/registers/",
    "/strategie/",
    "/strategie/argumenten",
    "/strategie/bijeenkomsten/plannen",
    "/strategie/doelen",
    "/strategie/doelen/boom",
    "/strategie/doelen/nieuw",
    "/strategie/doelen/shortlist",
    "/strategie/doelen/voorbeelden",
    "/strategie/draagvlak",
    "/strategie/draagvlak/activiteiten",
    "/strategie/draagvlak/activiteiten/nieuw",
    "/strategie/draagvlak/akkoord",
    "/strategie/draagvlak/akkoord/nieuw",
    "/strategie/draagvlak/betrokkenen",
    "/strategie/draagvlak/doel",
    "/strategie/draagvlak/ideeen",
    "/strategie/draagvlak/koppelfiches",
    "/strategie/draagvlak/symbooldossiers",
    "/strategie/draagvlak/uitnodigen",
    "/strategie/draagvlak/verslagen",
    "/strategie/draagvlak/verslagen/nieuw",
    "/strategie/draagvlak/verwachtingen",
    "/strategie/indicatoren/",
    "/strategie/indicatoren/kant-en-klaar",
    "/strategie/indicatoren/nieuw",
    "/strategie/indicatoren/trends",
    "/strategie/jaaracties",
    "/strategie/jaaracties/nieuw",
    "/strategie/mijn-aankopen",
    "/strategie/planner/",
    "/strategie/planner/aannames",
    "/strategie/planner/nieuw",
    "/strategie/planning/nieuw",
    "/strategie/principes",
    "/strategie/principes/nieuw",
    "/strategie/productgroepen/",
    "/strategie/productgroepen/aankopen",
    "/strategie/productgroepen/methode",
    "/strategie/productgroepen/methode/nieuw",
    "/strategie/productgroepen/rangschikking",
    "/strategie/productgroepen/werksessie",
    "/strategie/verhalen",
    "/strategie/verhalen/nieuw",
    "/strategie/werkgroep",
    "/strategie/werkgroep/gesprekken",
    "/strategie/werkgroep/oprichten",
    "/markt/",
    "/markt/bevragingen/",
    "/markt/bevragingen/nieuw",
    "/markt/contacten",
    "/markt/ervaringen",
    "/markt/fiches",
    "/markt/gesprekken",
    "/markt/gesprekken/nieuw",
    "/markt/hinder",
    "/markt/informatie",
    "/markt/noden",
    "/markt/ondernemingen/nieuw",
    "/markt/pioniers",
    "/taken",
    "/taken/alle",
    "/agenda",
    "/begrippen",
    "/voorbeelden",
    "/strategie/planning",
    "/strategie/planning/tijdlijn",
    "/strategie/planning/opvolgers",
    "/strategie/planning/samen",
    "/leveranciers/",
    "/leveranciers/dubbels",
    "/leveranciers/sociale-economie",
    "/facturen",
    "/registers/aankondigingen",
    "/registers/contracten",
    "/organisatie",
    "/mijn-account",
    "/regels/catalogus",
    "/beheer/officiele-bestanden",
    "/productgroepen/",
    "/regels/",
    "/hulp",
    "/beheer",
    "/beheer/logboek",
    "/beheer/mensen",
)


def test_every_page_is_accessible_and_fits_with_data_on_it(
    page_as: Callable[..., Page], axe_clean: Callable[..., None], organisation: Organisation, export: Path
) -> None:
    page = page_as(Role.BUYER, "/")
    _import(page, export)
    page.get_by_role("button", name="Laad 4 lijnen in").click()
    page.wait_for_load_state()
    jobs.run_until_idle()
    base = page.url.split("/inladen")[0]
    administrator = page_as(Role.ADMINISTRATOR, "/")
    for path in PAGES:
        _look(administrator, base + path, axe_clean)


def _look(page: Page, address: str, axe_clean: Callable[..., Any]) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    assert page.locator("h1").count() == 1, address
    assert page.title(), address
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        axe_clean(page)
