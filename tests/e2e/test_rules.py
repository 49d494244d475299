"""The Wetswijzer in a real browser: accessible, narrow, without JavaScript, and kept at a permanent address."""

import pytest
from playwright.sync_api import expect

from koopkracht.accounts.permissions import Role
from tests.e2e.conftest import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWER = (
    "/regels/antwoord?on=2026-11-21&contract_type=services&estimated_value=142000&social_service=nee&buyer_kind=local"
    "&social_aim=employment&duration_months=24&reserved=ja&award_sent_on=2027-02-01&concluded_on=2027-02-19"
)
PUBLIC = ("/regels/", "/regels/vraag/reservation", ANSWER, "/regels/catalogus", "/regels/regel/BE-PROC-02")
LAW = ("/regels/gegevens", "/regels/gegeven/opzvb_amount_max", "/regels/gegeven/commitment_period")


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("path", PUBLIC + LAW)
def test_public_pages_are_accessible(page_as, axe_clean, path, size):
    page = page_as(None, path, size=size)
    axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("path", ["/regels/bewaard", "/regels/nakijken"])
def test_pages_of_the_jurist_are_accessible(page_as, axe_clean, path):
    axe_clean(page_as(Role.LAWYER, path))


def test_a_refused_question_points_at_the_field(page_as, axe_clean):
    page = page_as(None, "/regels/antwoord?on=2026-11-21&contract_type=works&estimated_value=-5", clean_console=False)
    expect(page.get_by_role("link", name="Raming zonder btw")).to_be_visible()
    axe_clean(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_buyer_asks_and_keeps_the_answer(page_as, javascript):
    page = page_as(Role.BUYER, "/regels/", javascript=javascript)
    page.get_by_label("Datum van bekendmaking of uitnodiging").fill("2026-11-21")
    page.get_by_label("Soort opdracht").select_option("works")
    page.get_by_label("Raming zonder btw").fill("139.999,99")
    page.get_by_role("button", name="Toon het antwoord").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Antwoord op uw vraag")
    page.get_by_label("Naam van de aankoop").fill("Dakwerken")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dakwerken")
    expect(page.get_by_text("hetzelfde antwoord")).to_be_visible()
