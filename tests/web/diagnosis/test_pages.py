"""The pages of the diagnosis: what they show, what they let people do, and how many queries they take."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from koopkracht.accounts.permissions import Role
from koopkracht.audit.models import Event
from koopkracht.monitoring.models import AssignmentRule, BenchmarkSharing, ManualAssignment
from tests.accounts.factories import organisation
from tests.monitoring.factories import rebuild
from tests.web.diagnosis.conftest import Town, logged_in

pytestmark = pytest.mark.django_db

# Queries a page may take, whatever the size of the town; those of session, person and shell included.
PAGES = {
    "/diagnose/": 30,
    "/diagnose/?jaar=2024&vergelijk=2025": 30,
    "/diagnose/productgroep/GRN-02": 27,
    "/diagnose/verschil": 21,
    "/diagnose/cijfers": 8,
    "/diagnose/lijnen": 15,
    "/diagnose/lijnen?groep=geen&jaar=2025&zoek=prestaties": 15,
    "/diagnose/toewijzen": 15,
    "/diagnose/toewijzen/beslissingen": 10,
    "/diagnose/regels": 14,
    "/diagnose/regels/nieuw": 9,
}


@pytest.mark.parametrize(("address", "queries"), PAGES.items())
def test_pages_answer_within_their_queries(
    town: Town, address: str, queries: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    town.client.get(address)
    with django_assert_max_num_queries(queries):
        answer = town.client.get(address)
    assert answer.status_code == 200


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_the_overview_shows_shares_with_what_is_not_known_beside_them(town: Town) -> None:
    shown = text_of(town.client, "/diagnose/")
    assert "€ 1.100" in shown
    assert "27,3 %" in shown
    assert "Van 18,2 % is de grootte niet bekend" in shown
    assert "Nog niet toegewezen" in shown
    assert "/diagnose/lijnen?jaar=2025" in shown


def test_the_group_page_names_suppliers_and_links_to_lines(town: Town) -> None:
    shown = text_of(town.client, "/diagnose/productgroep/GRN-02?jaar=2025")
    assert "Asfalt nv" in shown
    assert "/diagnose/lijnen?jaar=2025&amp;groep=GRN-02" in shown


def test_the_supplier_page_adds_up_to_the_rollup(town: Town) -> None:
    shown = text_of(town.client, f"/diagnose/leverancier/{town.suppliers['De Brug']}?jaar=2025")
    assert "€ 300" in shown
    assert town.client.get("/diagnose/leverancier/999999").status_code == 404


def test_lines_show_the_place_in_the_file_and_why(town: Town) -> None:
    shown = text_of(town.client, "/diagnose/lijnen?groep=GRN-02")
    assert "2 lijnen" in shown
    assert "regel " in shown
    assert "Standaardregel" in shown
    assert "0 lijnen" in text_of(town.client, "/diagnose/lijnen?zoek=bestaatniet")


def test_an_address_that_makes_no_sense_is_refused_in_words(town: Town) -> None:
    answer = town.client.get("/diagnose/?jaar=abc")
    assert answer.status_code == 422
    assert "moet een getal zijn" in answer.content.decode()


def test_a_combination_is_assigned_in_one_click_and_can_be_taken_back(town: Town) -> None:
    item = {
        "supplier": town.suppliers["Onbekend"],
        "account": "6999",
        "product_group": "SCH-01",
        "back": "/diagnose/toewijzen",
    }
    answer = town.client.post("/diagnose/toewijzen/bewaren", item)
    assert (answer.status_code, answer["Location"]) == (302, "/diagnose/toewijzen")
    decision = ManualAssignment.objects.get()
    assert Event.objects.filter(action="spend.assigned").exists()
    rebuild(town.of)
    assert "Alles is toegewezen" in text_of(town.client, "/diagnose/toewijzen")
    town.client.post(f"/diagnose/toewijzen/beslissingen/{decision.pk}/terug")
    rebuild(town.of)
    assert "Wijs toe" in text_of(town.client, "/diagnose/toewijzen")


def test_a_click_never_leads_to_another_site(town: Town) -> None:
    item = {"supplier": town.suppliers["Onbekend"], "account": "6999", "product_group": "SCH-01"}
    for back in ("https://example.org/", "//example.org/"):
        answer = town.client.post("/diagnose/toewijzen/bewaren", {**item, "back": back})
        assert answer["Location"] == "/diagnose/toewijzen"


def test_a_rule_is_made_changed_moved_and_removed(town: Town) -> None:
    form = {"product_group": "GRN-06", "words": "prestaties, zand", "account_prefix": "", "cpv_prefix": ""}
    assert town.client.post("/diagnose/regels/nieuw", form).status_code == 302
    town.client.post("/diagnose/regels/nieuw", {**form, "product_group": "SCH-01", "words": "maaien"})
    first, second = AssignmentRule.objects.order_by("position")
    assert (first.product_group, second.words) == ("SCH-01", ["prestaties", "zand"])
    town.client.post(f"/diagnose/regels/{first.pk}/verplaatsen", {"richting": "omlaag"})
    assert AssignmentRule.objects.order_by("position").first() == second
    assert town.client.post(f"/diagnose/regels/{first.pk}", {**form, "words": "gras"}).status_code == 302
    town.client.post(f"/diagnose/regels/{second.pk}/verwijderen")
    assert AssignmentRule.objects.get().words == ["gras"]


@pytest.mark.parametrize("wrong", [{"words": "factuur"}, {}, {"cpv_prefix": "90x"}])
def test_a_rule_without_sense_comes_back_with_the_reason(town: Town, wrong: dict[str, str]) -> None:
    answer = town.client.post("/diagnose/regels/nieuw", {"product_group": "GRN-06", **wrong})
    assert answer.status_code == 422
    assert "kk-error-summary" in answer.content.decode()
    assert not AssignmentRule.objects.exists()


def test_exports_have_no_active_cells(town: Town) -> None:
    csv = b"".join(town.client.get("/diagnose/lijnen?formaat=csv").streaming_content).decode("utf-8-sig")
    assert "=1+1" in csv
    assert not [cell for line in csv.splitlines() for cell in line.split(";") if cell.startswith("=")]
    content = b"".join(town.client.get("/diagnose/rapport.xlsx").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_report_is_a_pdf(town: Town) -> None:
    answer = town.client.get("/diagnose/rapport.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")


def test_reading_is_for_all_staff_and_changing_is_not(town: Town) -> None:
    executive = logged_in(town.of, Role.FINANCE)
    assert executive.get("/diagnose/toewijzen").status_code == 200
    assert executive.post("/diagnose/regels/nieuw", {}).status_code == 403
    assert executive.post("/diagnose/delen", {"deel": "ja"}).status_code == 403
    assert not BenchmarkSharing.objects.exists()


def test_another_town_sees_nothing(town: Town) -> None:
    stranger = logged_in(organisation("Gemeente Elders"), Role.ADMINISTRATOR)
    assert "Nog geen uitgaven ingeladen" in text_of(stranger, "/diagnose/")
    assert "De Brug" not in text_of(stranger, f"/diagnose/lijnen?leverancier={town.suppliers['De Brug']}")
    assert stranger.get(f"/diagnose/leverancier/{town.suppliers['De Brug']}").status_code == 404
    assert stranger.get("/diagnose/rapport.pdf").status_code == 404


def test_sharing_is_a_choice_that_can_be_undone(town: Town) -> None:
    for answer, shares in (("ja", True), ("nee", False)):
        town.client.post("/diagnose/delen", {"deel": answer})
        assert BenchmarkSharing.objects.get(organisation=town.of).shares is shares
