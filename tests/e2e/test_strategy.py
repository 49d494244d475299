"""The strategy chapter in a real browser: from a shared goal to a target that is measured, and to a plan that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page

from koopkracht.accounts.models import Organisation
from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from koopkracht.shared import clock
from tests.accounts.factories import actor
from tests.e2e.conftest import NARROW, WIDE
from tests.market.factories import kbo
from tests.monitoring.planner.town import put_market

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROUP, GROUP_NAME = "GRN-01", "Onderhoud van groen"
CHAIN_GOAL = "Werk voor mensen die ver van de arbeidsmarkt staan"
INDICATOR = "Aandeel sociale economie in de drie groepen"
SOCIAL = kbo(sum(map(ord, GROUP)) * 100)
"""The enterprise number of the first social enterprise that ``put_market`` stores for the group."""


class Walk:
    """One person in one browser: goes to a page, fills in, presses, looks."""

    def __init__(self, page: Page, look: Callable[..., None] | None) -> None:
        self.page, self._look = page, look

    def go(self, path: str) -> None:
        """Open a page of the site, which must answer with success."""
        answer = self.page.goto(urljoin(self.page.url, path))
        assert answer is not None
        assert answer.status == 200, path

    def follow(self, name: str) -> None:
        """Follow the first link with this text."""
        self.click(self.page.get_by_role("link", name=name, exact=True))

    def press(self, name: str) -> None:
        """Press the first button with this text."""
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def click(self, found: Locator) -> None:
        """Click on the first of what was found, which leads to a page."""
        with self.page.expect_navigation():
            found.first.click()

    def fill(self, **values: str) -> None:
        """Fill in fields by their name."""
        for name, value in values.items():
            self.page.fill(f"main [name={name}]", value)

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.page.input_value(f"main [name={name}]")

    def sees(self, *texts: str) -> None:
        """Fail unless the page says all of this."""
        said = " ".join(self.page.inner_text("main").split())
        for text in texts:
            assert text in said, f"{self.page.url} does not say “{text}”: {said[:1500]}"

    def look(self) -> None:
        """Check this page at both widths, with axe; without JavaScript axe cannot run."""
        if self._look is None:
            return
        for width, height in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": height})
            assert self.page.locator("h1").count() == 1, self.page.url
            self._look(self.page)


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def as_role(
    page_as: Callable[..., Page], javascript: bool, axe_clean: Callable[..., None]
) -> Iterator[Callable[[Role, str], Walk]]:
    """Return ``walk(role, path)``: a person with a role, on a page.

    A form that is refused answers with 422, which the browser notes as a failed load; any other complaint fails the
    test at its end.
    """
    complaints: list[str] = []

    def walk(role: Role, path: str) -> Walk:
        page = page_as(role, path, javascript=javascript, clean_console=False)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Walk(page, axe_clean if javascript else None)

    yield walk
    assert [said for said in complaints if "status of 422" not in said] == [], "the browser console is not empty"


@pytest.fixture
def spend(tmp_path: Path) -> Path:
    """Return last year's spend: 6.000 of 50.000 euro in the group went to a social enterprise."""
    year = clock.today().year - 1
    lines = (
        "Boekdatum;Leverancier;Ondernemingsnummer;Algemene rekening;Omschrijving;Bedrag excl. btw",
        f"02/02/{year};Sociaal bedrijf {GROUP} 0;{SOCIAL};61001200;Groenonderhoud park;6.000,00",
        f"14/05/{year};Tuinen Peeters BV;;61001200;Groenonderhoud plantsoen;44.000,00",
    )
    path = tmp_path / "uitgaven.csv"
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
    return path


def test_a_shared_goal_becomes_a_target_that_the_own_figures_measure(
    as_role: Callable[[Role, str], Walk], organisation: Organisation, spend: Path
) -> None:
    put_market(actor(organisation), group=GROUP)
    officer = as_role(Role.SOCIAL_ECONOMY_OFFICER, "/strategie/draagvlak")
    executive = as_role(Role.EXECUTIVE, "/strategie/")

    _agree_in_principle(officer, executive)
    _choose_goals(officer, executive)
    indicator = _take_the_example(officer)
    _set_a_target(officer, indicator)
    _measure(as_role(Role.BUYER, "/inladen/uitgaven"), spend, indicator)

    year = clock.today().year - 1
    executive.go("/")
    executive.sees("Onze streefwaarden", INDICATOR, str(year), "10,0 %", "12,0 %", "+2 punt", "op koers")
    executive.look()
    executive.go("/strategie/")
    executive.look()


def _agree_in_principle(officer: Walk, executive: Walk) -> None:
    officer.press("Werkruimte openen")
    officer.go("/strategie/draagvlak/doel/schrijven")
    officer.fill(text="  ", remark="Eerste versie")
    officer.press("Bewaren")
    officer.sees("Schrijf het gezamenlijke doel op.")
    assert officer.value("remark") == "Eerste versie", "what was filled in is not lost"
    officer.fill(text="Elke grote aankoop geeft iemand een eerlijke kans op werk.")
    officer.press("Bewaren")
    officer.sees("Elke grote aankoop geeft iemand een eerlijke kans op werk.", "Versie 1")

    officer.go("/strategie/draagvlak/akkoord/nieuw")
    officer.fill(title="Akkoord over sociaal aankopen", body="College van burgemeester en schepenen")
    officer.press("Bewaren")
    agreement = officer.page.url
    officer.press("Voorleggen aan het bestuur")
    officer.sees("Een bestuurder registreert hier de beslissing")
    executive.go(agreement)
    executive.look()
    executive.follow("Goedkeuring registreren")
    executive.fill(decision="")
    executive.press("Bewaren")
    executive.sees("Schrijf op wat het orgaan besliste")
    executive.fill(decision="Het college keurt dit akkoord goed voor drie jaar.")
    executive.press("Bewaren")
    executive.sees("Dit is de opdracht van het bestuur om verder te werken", "keurt dit akkoord goed voor drie jaar")


def _choose_goals(officer: Walk, executive: Walk) -> None:
    """Note two goals, judge them, and put one on the shortlist, which the executive approves."""
    goals = {}
    for title, lever in ((CHAIN_GOAL, "ja"), ("Meer mensen leren zwemmen", "nee")):
        officer.go("/strategie/doelen/nieuw")
        officer.fill(title=title, source_title="Bestuursakkoord, bladzijde 12")
        officer.press("Bewaar het doel")
        goals[title] = officer.page.url
        officer.follow("Beoordeel de hefboom")
        officer.page.check(f"[name=is_lever][value={lever}]")
        if lever == "ja":
            officer.press("Bewaar de beoordeling")
            officer.sees("Er is 1 probleem")
            officer.page.check("[name=effect][value=large]")
        officer.press("Bewaar de beoordeling")
        officer.sees("De beoordeling is bewaard.")
    officer.sees("Aankopen zijn hier geen hefboom")

    officer.go("/strategie/doelen/shortlist")
    assert officer.page.locator("main input[name^=plaats-]").count() == 1, "only a goal with a lever gets a place"
    officer.page.fill("main input[name^=plaats-]", "1")
    officer.press("Leg de shortlist vast")
    officer.sees("Schrijf kort waarom.")
    assert officer.page.input_value("main input[name^=plaats-]") == "1"
    officer.fill(reason="Hier kunnen onze aankopen het meest betekenen.")
    officer.press("Leg de shortlist vast")
    officer.sees("De shortlist is vastgelegd.", "Hier kunnen onze aankopen het meest betekenen.")
    officer.look()
    executive.go("/strategie/doelen/shortlist")
    executive.fill(reason="Past bij het meerjarenplan.")
    executive.press("Keur deze doelen goed")
    executive.sees("De doelen zijn goedgekeurd.", CHAIN_GOAL, "Past bij het meerjarenplan.")
    officer.go(goals[CHAIN_GOAL])
    officer.sees("Plaats op de shortlist 1", "ja, effect: groot")
    officer.look()


def _take_the_example(officer: Walk) -> str:
    """Take chain 1a over, under the goal that exists; return the address of its indicator."""
    officer.go("/strategie/doelen/voorbeelden/1a")
    assert officer.value("target-0") == "10,00", "the example asks ten percent"
    officer.look()
    officer.page.fill("main [name=target-0]", "150")
    officer.press("Neem deze keten over")
    officer.sees("Er is 1 probleem")
    officer.page.fill("main [name=target-0]", "10")
    officer.press("Neem deze keten over")
    officer.sees(
        "De keten is overgenomen.", CHAIN_GOAL, INDICATOR, GROUP_NAME, "Drukwerk", "Broodjes, recepties en catering"
    )
    officer.look()
    officer.press("Maak dit aankoopdoel actief")
    officer.sees("Het aankoopdoel is actief.")
    officer.follow(INDICATOR)
    return officer.page.url


def _set_a_target(officer: Walk, indicator: str) -> None:
    """Set a path of two points a year, and make the indicator active once its data are there."""
    year = clock.today().year - 1
    officer.press("Zet actief")
    officer.sees("Dat kan nog niet")
    officer.go(indicator)
    officer.follow("Wijzigen")
    officer.page.check("[name=data_available]")
    officer.page.check("[name=data_reliable]")
    officer.press("Bewaar")
    officer.follow("Streefwaarde")
    officer.fill(baseline_year=str(year), baseline_value="", yearly_growth="2")
    officer.press("Bewaar")
    officer.sees("Er is 1 probleem", "Waarde in het startjaar")
    assert officer.value("yearly_growth") == "2", "a target without a value is refused and the rest stays"
    officer.fill(baseline_value="10", end_year=str(year + 5), end_value="20")
    officer.look()
    officer.press("Bewaar")
    officer.sees("De streefwaarde is bewaard.")
    officer.press("Zet actief")
    officer.sees("De indicator is actief.", "nog geen meting")


def _measure(buyer: Walk, spend: Path, indicator: str) -> None:
    """Load the spend; the indicator is computed from it and leads back to the lines."""
    buyer.page.set_input_files("input[type=file]", str(spend))
    buyer.click(buyer.page.locator("main form button[type=submit]"))
    buyer.press("Laad 2 lijnen in")
    jobs.run_until_idle()
    buyer.go(indicator)
    buyer.sees("12,0 %", "€ 6.000,00 van € 50.000,00", "Het pad vraagt 10,0 %. Nu is het 12,0 %")
    buyer.look()
    buyer.click(buyer.page.locator("#waarden").get_by_role("link", name=GROUP_NAME))
    buyer.sees(GROUP_NAME)
    buyer.click(buyer.page.locator("main a[href^='/diagnose/lijnen']"))
    buyer.sees("Groenonderhoud park", f"Sociaal bedrijf {GROUP} 0", "Groenonderhoud plantsoen", "Tuinen Peeters BV")


def test_people_choose_a_group_look_early_at_a_purchase_and_follow_a_plan(
    as_role: Callable[[Role, str], Walk], organisation: Organisation
) -> None:
    put_market(actor(organisation), group=GROUP)
    officer = as_role(Role.SOCIAL_ECONOMY_OFFICER, "/strategie/productgroepen/")
    buyer = as_role(Role.BUYER, "/strategie/productgroepen/")

    _refuse_weights_of_zero(officer)
    _score_and_decide(officer, buyer)
    purchase = _plan_a_purchase(buyer)
    _look_early(officer, buyer, purchase)
    _plan_the_targets(buyer, as_role(Role.EXECUTIVE, "/strategie/planner/"))
    buyer.go(purchase)
    buyer.look()


def _refuse_weights_of_zero(officer: Walk) -> None:
    officer.go("/strategie/productgroepen/methode/nieuw")
    for field in officer.page.locator("main input[name^=weight_]").all():
        field.fill("0")
    officer.fill(note="We proberen iets anders.")
    officer.press("Neem deze versie in gebruik")
    officer.sees("Alle gewichten zijn 0. Geef minstens één criterium een gewicht groter dan 0.")
    assert officer.value("note") == "We proberen iets anders.", "what was filled in is not lost"
    officer.look()
    officer.go("/strategie/productgroepen/methode")
    assert "We proberen iets anders." not in officer.page.inner_text("main")


def _score_and_decide(officer: Walk, buyer: Walk) -> None:
    """Give the group priority, score it as two people, and decide on the advice of the ranking."""
    officer.go("/strategie/productgroepen/werksessie")
    officer.page.check(f"[name=groups][value={GROUP}]")
    officer.fill(reason="Veel handwerk en een ruim aanbod.", participants="Aankoop en sociale dienst")
    officer.press("Geef voorrang")

    group = f"/strategie/productgroepen/{GROUP}"
    for person, score in ((officer, "5"), (buyer, "4")):
        person.go(f"{group}/scores")
        for field in person.page.locator(f"main input[type=radio][name^=score_][value='{score}']").all():
            name = field.get_attribute("name") or ""
            inverse = name in {"score_C", "score_D"}
            person.page.check(f"[name={name}][value='{'1' if inverse else score}']")
        person.fill(remark_A="Onze ploegen werken hier al jaren.")
        person.look()
        person.press("Bewaar mijn scores")
    # Six parameters weigh the same. A low score on the two inverse ones counts as 5; the other four have a mean of 4,5.
    buyer.go(group)
    buyer.sees("4,67", "Boven de grens van het advies", "Plaats 1 in de rangschikking")
    buyer.look()
    buyer.go("/strategie/productgroepen/rangschikking")
    buyer.sees(GROUP_NAME, "4,67")
    buyer.look()
    buyer.go(f"{group}/beslissen")
    buyer.page.check("[name=significant][value=yes]")
    buyer.press("Bewaar de beslissing")
    buyer.sees("Schrijf de reden erbij.", "Vul in wie mee beslist heeft.")
    assert buyer.page.is_checked("[name=significant][value=yes]")
    buyer.fill(reason="De werkgroep koos deze groep.", participants="Werkgroep sociaal aankopen")
    buyer.press("Bewaar de beslissing")
    buyer.sees("De werkgroep koos deze groep.", "Score toen: 4,67, plaats 1")


def _plan_a_purchase(buyer: Walk) -> str:
    """Plan a purchase in the chosen group and mark it; return its address."""
    buyer.go("/strategie/planning/nieuw")
    buyer.fill(title="Onderhoud van de parken", amount="veel")
    buyer.page.select_option("[name=product_group]", GROUP)
    buyer.fill(start=f"{clock.today().year + 1}-03-01", duration_months="12", responsible="Els")
    buyer.press("Zet in de planning")
    buyer.sees("Er is 1 probleem")
    buyer.fill(amount="400.000")
    buyer.press("Zet in de planning")
    buyer.sees("“Onderhoud van de parken” staat in de planning.", "€ 400.000")
    buyer.follow("Onderhoud van de parken")
    purchase = buyer.page.url

    buyer.go(f"/strategie/productgroepen/aankopen/{purchase.rsplit('/', 1)[1]}")
    buyer.fill(reason="")
    buyer.press("Geef sociale impact voorrang")
    buyer.sees("Schrijf de reden erbij.")
    buyer.fill(reason="Twee ploegen kunnen hier aan de slag.")
    buyer.press("Geef sociale impact voorrang")
    buyer.sees("Sociale impact krijgt voorrang in deze aankoop.", "Twee ploegen kunnen hier aan de slag.")
    buyer.go("/strategie/productgroepen/aankopen")
    buyer.sees("Onderhoud van de parken")
    buyer.go(f"/markt/fiches/{GROUP}")
    buyer.sees(GROUP_NAME)
    buyer.look()
    buyer.go(f"/markt/wie-kan-dit/{GROUP}")
    buyer.sees(f"Sociaal bedrijf {GROUP} 0")
    buyer.look()
    return purchase


def _look_early(officer: Walk, buyer: Walk, purchase: str) -> None:
    """The buyer asks, the officer answers, the buyer reads the answer and goes on."""
    buyer.go(purchase)
    buyer.press("Vraag een vroege blik")
    buyer.sees("De medewerker sociale economie ziet deze aankoop nu.", "Antwoord gevraagd voor")
    officer.go(purchase)
    officer.page.check("[name=answer][value=partly]")
    officer.press("Bewaar het antwoord")
    officer.sees("Leg in één zin uit waarom.")
    assert officer.page.is_checked("[name=answer][value=partly]")
    officer.page.locator("form[action$=antwoord] [name=reason]").fill("Het snoeiwerk kan, de machines niet.")
    officer.press("Bewaar het antwoord")
    officer.sees("Uw antwoord is bewaard.")
    officer.look()
    buyer.go(purchase)
    buyer.sees("Het snoeiwerk kan, de machines niet.", "Schrijf op wat deze aankoop voor mensen moet betekenen.")
    buyer.fill(text="Werk voor vier mensen.")
    buyer.press("Bewaar de impact")
    buyer.sees("De beoogde impact is bewaard.", "klaar om als dossier te starten")


def _plan_the_targets(buyer: Walk, executive: Walk) -> None:
    """Ask for a plan, refused without a target; have it computed and follow it."""
    buyer.go(f"/strategie/planner/nieuw?jaar={clock.today().year + 1}")
    buyer.page.locator("#dossiers summary").click()
    buyer.sees("Onderhoud van de parken")
    buyer.fill(name="Plan van de werkgroep")
    buyer.press("Zoek het beste plan")
    buyer.sees("Kies minstens één doel")
    assert buyer.value("name") == "Plan van de werkgroep"
    buyer.page.fill("main [name=own_social-spend]", "50.000")
    buyer.press("Zoek het beste plan")
    buyer.sees("Even geduld")
    plan = buyer.page.url
    jobs.run_until_idle()
    buyer.go(plan)
    buyer.sees("Bewezen beste plan", "Onderhoud van de parken", "Halen we de doelen?", "50.000 euro", "Kwartaal 1")
    buyer.look()
    executive.go(plan)
    executive.follow("Beslissen")
    executive.press("Dit plan volgen we")
    executive.sees("Schrijf waarom u dit plan volgt.")
    executive.fill(reason="Besproken in het college.")
    executive.look()
    executive.press("Dit plan volgen we")
    executive.sees("U volgt dit plan. De beslissing is bewaard.", "Besproken in het college.")


def test_an_eleventh_question_is_refused_and_ten_stay(
    page_as: Callable[..., Page], organisation: Organisation, axe_clean: Callable[..., None]
) -> None:
    buyer = Walk(page_as(Role.BUYER, "/markt/bevragingen/nieuw", clean_console=False), axe_clean)
    buyer.fill(title="Onderhoud van het park")
    buyer.page.select_option("[name=product_group]", GROUP)
    buyer.press("Verder naar de vragen")
    ready = buyer.page.locator("main input[name=code]")
    for box in ready.all()[:10]:
        box.check()
    buyer.press("Voeg de gekozen vragen toe")
    assert buyer.page.locator(".kk-question").count() == 10
    buyer.fill(text="Hoeveel ploegen hebt u?")
    buyer.page.select_option("[name=kind]", "number")
    buyer.press("Voeg de vraag toe")
    buyer.sees("Een vragenlijst telt hoogstens 10 vragen.")
    assert buyer.value("text") == "Hoeveel ploegen hebt u?", "the question is not lost"
    assert buyer.page.locator(".kk-question").count() == 10
    buyer.look()
