"""The shell and the components in a real browser: accessible, narrow, zoomed, without JavaScript, on paper."""

import re

import pytest
from playwright.sync_api import expect

from koopkracht.accounts.permissions import Role
from tests.e2e.conftest import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# On the catalogue page examples stand out of their place: a second breadcrumb, a heading without its parent.
EXAMPLES_OUT_OF_PLACE = ("heading-order", "landmark-unique", "page-has-heading-one", "duplicate-id")


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("path", ["/", "/hulp", "/hulp/eerste-diagnose", "/accounts/2fa/", "/accounts/sessions/"])
def test_pages_are_accessible(page_as, axe_clean, path, size):
    axe_clean(page_as(Role.BUYER, path, size=size))


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/hulp"])
def test_pages_for_strangers_are_accessible(page_as, axe_clean, path, size):
    axe_clean(page_as(None, path, size=size))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_component_is_accessible(page_as, axe_clean, size):
    page = page_as(Role.BUYER, "/componenten", size=size)
    axe_clean(page, ignore=EXAMPLES_OUT_OF_PLACE)
    for summary in page.locator(".kk-specimen summary").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    axe_clean(page, ignore=EXAMPLES_OUT_OF_PLACE)


def test_a_missing_page_is_in_the_house_style(page_as, axe_clean):
    page = page_as(Role.BUYER, "/bestaat-niet", clean_console=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("We vinden deze pagina niet")
    expect(page.get_by_role("link", name="Naar de startpagina")).to_be_visible()
    axe_clean(page)


def test_the_skip_link_is_the_first_stop(page_as):
    page = page_as(Role.BUYER)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("inhoud")


def test_the_menu_on_a_narrow_screen(page_as, axe_clean):
    page = page_as(Role.BUYER, size=NARROW)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()
    button = page.get_by_role("button", name="Menu")
    button.click()
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    axe_clean(page)


def test_the_profile_menu_closes_with_escape(page_as):
    page = page_as(Role.BUYER)
    page.get_by_text("Profiel").click()
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Afmelden")).to_be_hidden()


def test_charts_are_drawn_and_keep_their_table(page_as):
    page = page_as(Role.BUYER, "/componenten")
    canvas = page.locator("#voorbeeld-jaren canvas")
    expect(canvas).to_be_visible()
    page.locator("#voorbeeld-jaren summary").click()
    expect(page.locator("#voorbeeld-jaren table")).to_contain_text(re.compile("1.690.000"))
    canvas.hover()


def test_without_javascript_nothing_is_missing(page_as):
    page = page_as(Role.BUYER, "/componenten", size=NARROW, javascript=False)
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()
    expect(page.locator("#voorbeeld-jaren table")).to_be_visible()
    expect(page.locator("#voorbeeld-jaren [data-chart]")).to_be_hidden()


def test_text_twice_as_large_fits(page_as):
    page = page_as(Role.BUYER, "/componenten")
    page.evaluate("document.documentElement.style.fontSize = '125%'")  # ours is 62.5 %
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_on_paper_the_tools_are_gone_and_tables_open(page_as):
    page = page_as(Role.BUYER, "/componenten")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.locator("#voorbeeld-jaren table")).to_be_visible()


def test_filters_without_a_value_stay_out_of_the_address(page_as):
    page = page_as(Role.BUYER, "/componenten")
    form = page.locator("#lijst-voorbeeld form")
    form.get_by_label("Zoek op naam of nummer").fill("groen")
    form.get_by_role("button", name="Zoek").click()
    page.wait_for_url("**/componenten?zoek=groen")


def test_a_refused_form_takes_the_reader_to_the_problems(page_as):
    page = page_as(None, "/accounts/login/")
    page.get_by_label("E-mailadres").fill("iemand@voorbeeld.be")
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.locator(":focus")).to_contain_text("nog niet bewaard")
    page.get_by_role("link", name="Wachtwoord", exact=True).click()
    expect(page.get_by_label("Wachtwoord")).to_be_focused()
