"""A market survey in a real browser: made by a buyer, answered without account or JavaScript, told to everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from koopkracht.accounts.models import Organisation
from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from tests.e2e.conftest import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SUMMARY = "De meeste deelnemers kunnen dit leveren. Enkele deelnemers vragen meer tijd om te starten."


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def checked_at_both_widths(page: Page, axe_clean: Callable[..., None]) -> None:
    for width, height in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        axe_clean(page)


def test_a_survey_from_the_first_question_to_the_summary(
    page_as: Callable[..., Page], organisation: Organisation, axe_clean: Callable[..., None]
) -> None:
    page = page_as(Role.BUYER, "/markt/bevragingen/")
    checked_at_both_widths(page, axe_clean)
    page.get_by_role("link", name="Nieuwe bevraging").first.click()
    page.fill("[name=title]", "Onderhoud van het park")
    page.select_option("[name=product_group]", "GRN-01")
    checked_at_both_widths(page, axe_clean)
    press(page, "Verder naar de vragen")

    page.check("[value=could-deliver]")
    page.check("[value=people]")
    press(page, "Voeg de gekozen vragen toe")
    checked_at_both_widths(page, axe_clean)
    page.get_by_role("link", name="Verder naar de ontvangers").click()
    page.fill("[name=text]", "\n".join(f"Bedrijf Nummer{n}; bedrijf{n}@voorbeeld.example" for n in range(1, 5)))
    press(page, "Voeg deze regels toe")
    checked_at_both_widths(page, axe_clean)
    page.get_by_role("link", name="Kijk de samenstelling na").click()
    page.check("[name=fair]")
    checked_at_both_widths(page, axe_clean)
    press(page, "Bevestig de samenstelling")
    checked_at_both_widths(page, axe_clean)
    press(page, "Verstuur de bevraging")
    survey = page.url
    jobs.run_until_idle()
    page.goto(survey)
    assert "De bevraging loopt" in page.inner_text("main")
    checked_at_both_widths(page, axe_clean)

    press(page, "Toon de links")
    addresses = [box.input_value() for box in page.locator("main table input").all()]
    assert len(addresses) == 4
    checked_at_both_widths(page, axe_clean)

    for number, address in enumerate(addresses[:3]):
        company = page_as(None, address[address.index("/bevraging/") :], javascript=False, clean_console=False)
        company.get_by_label("Ja, alleen").check()
        if number == 0:
            company.get_by_label("Hoeveel mensen").fill("veel")
            press(company, "Verstuur mijn antwoorden")
            assert "Vul een getal in" in company.inner_text("main")
            company.get_by_label("Hoeveel mensen").fill("7,5")
        press(company, "Verstuur mijn antwoorden")
        assert "Bedankt voor uw antwoorden" in company.inner_text("h1")
    other = page_as(None, addresses[3][addresses[3].index("/bevraging/") :])
    checked_at_both_widths(other, axe_clean)

    page.goto(survey)
    press(page, "Sluit nu af")
    assert "75" in page.inner_text("main")
    checked_at_both_widths(page, axe_clean)
    page.get_by_role("link", name="Schrijf de samenvatting").click()
    page.fill("[name=summary]", SUMMARY)
    checked_at_both_widths(page, axe_clean)
    press(page, "Keur goed")
    press(page, "Stuur naar wie antwoordde")
    jobs.run_until_idle()
    page.reload()
    checked_at_both_widths(page, axe_clean)
    page.goto(survey)
    assert "Afgerond op" in page.inner_text("main")
    other.reload()
    assert SUMMARY in other.inner_text("main")
    assert "Bedrijf Nummer" not in other.inner_text("main")
    checked_at_both_widths(other, axe_clean)
