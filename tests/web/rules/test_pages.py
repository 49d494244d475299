"""The Wetswijzer: asking, answering, keeping, and the public pages, without and with an account."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.rules import api as rules
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db

ASKED = {
    "on": "2026-11-21",
    "contract_type": "services",
    "estimated_value": "142.000,00",
    "social_service": "nee",
    "buyer_kind": "local",
    "social_aim": "employment",
    "duration_months": "24",
}


@pytest.fixture
def buyer(client: Client) -> Client:
    client.force_login(member(organisation(), Role.BUYER))
    return client


def test_the_question_is_public(client: Client) -> None:
    answer = client.get(reverse("rules"))

    assert answer.status_code == 200
    assert "geen juridisch advies" in answer.text
    assert 'name="estimated_value"' in answer.text


def test_the_answer_names_open_procedures_release_and_reasons(client: Client) -> None:
    answer = client.get(reverse("rules-answer"), ASKED)

    assert answer.status_code == 200
    text = answer.text
    assert "De vereenvoudigde onderhandelingsprocedure met voorafgaande bekendmaking is mogelijk." in text
    assert "Wet 17-06-2016 art. 41" in text
    assert "Uitgave 1 van de regels" in text
    assert "nog niet nagekeken door een jurist" in text


def test_the_answer_shows_what_was_different_a_year_earlier(client: Client) -> None:
    text = client.get(reverse("rules-answer"), ASKED).text

    earlier = text.split("Een jaar eerder")[1].split("Een jaar later")[0]
    assert "De onderhandelingsprocedure zonder voorafgaande bekendmaking op bedrag is mogelijk." in earlier


def test_a_later_year_without_amounts_says_so(client: Client) -> None:
    text = client.get(reverse("rules-answer"), {**ASKED, "on": "2027-11-21"}).text

    assert "nog geen waarde geladen" in text.split("Een jaar later")[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"estimated_value": "-5"}, "Een bedrag kan niet negatief zijn."),
        ({"contract_type": ""}, "Vul dit in: zonder dit gegeven is er geen antwoord."),
        ({"on": "2017-06-29"}, "valt onder de wet van 15 juni 2006"),
        ({"on": "2028-01-01"}, "nog geen waarde geladen"),
        ({"on": ""}, "Vul een datum in"),
        ({"cpv": "99999999"}, "Deze code staat niet in de lijst."),
        ({"duration_months": "veel"}, "Schrijf een geheel getal"),
    ],
)
def test_bad_input_is_refused_beside_the_field(client: Client, change: dict[str, str], sentence: str) -> None:
    answer = client.get(reverse("rules-answer"), {**ASKED, **change})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_all_faults_are_shown_at_once(client: Client) -> None:
    text = client.get(reverse("rules-answer"), {**ASKED, "contract_type": "", "estimated_value": "-5"}).text

    assert "Vul dit in: zonder dit gegeven is er geen antwoord." in text
    assert "Een bedrag kan niet negatief zijn." in text


def test_parameters_can_be_searched(client: Client) -> None:
    found = client.get(reverse("rules-parameters"), {"zoek": "wachttermijn"}).text

    assert "Wachttermijn voor de sluiting" in found
    assert "Europese drempel voor werken" not in found
    assert "Niets gevonden" in client.get(reverse("rules-parameters"), {"zoek": "xyzzy"}).text


def test_a_social_cpv_code_opens_the_lighter_regime(client: Client) -> None:
    text = client.get(reverse("rules-answer"), {**ASKED, "social_service": "", "cpv": "85320000-8"}).text

    assert "De vereenvoudigde onderhandelingsprocedure met bekendmaking voor sociale diensten is mogelijk." in text


@pytest.mark.parametrize("family", [found.code for found in rules.families()])
def test_every_family_has_a_question_page(client: Client, family: str) -> None:
    answer = client.get(reverse("rules-ask-family", kwargs={"family": family}))

    assert answer.status_code == 200
    assert len(re.findall("<h1", answer.text)) == 1


def test_an_unknown_family_is_refused(client: Client) -> None:
    assert client.get(reverse("rules-ask-family", kwargs={"family": "magie"})).status_code == 422
    assert client.get(reverse("rules-answer"), {"vraag": "magie", "on": "2026-01-01"}).status_code == 422


def test_a_family_question_answers_only_that_family(client: Client) -> None:
    asked = {"vraag": "reservation", "on": "2026-11-21", "target_share": "29,99", "local_limit": "ja"}
    text = client.get(reverse("rules-answer"), asked).text

    assert "29,99 % tegenover minstens 30 %." in text
    assert "Schrap de beperking" in text
    assert "BE-PROC-10" not in text


def test_the_answer_as_pdf(client: Client) -> None:
    answer = client.get(reverse("rules-answer-pdf"), ASKED)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "regels-2026-11-21.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("code", ["BE-PROC-02", "BE-RES-02", "NL-04", "KK-ACC-01", "BE-LAB-01"])
def test_a_rule_has_a_public_page(client: Client, code: str) -> None:
    answer = client.get(reverse("rule", kwargs={"code": code}))

    assert answer.status_code == 200
    assert code in answer.text


def test_every_parameter_has_a_public_page_with_its_history(client: Client) -> None:
    for parameter in rules.parameters():
        text = client.get(reverse("rules-parameter", kwargs={"code": parameter.code})).text
        assert text.count('<th scope="row">') == len(parameter.values), parameter.code


def test_a_doubtful_parameter_carries_a_warning(client: Client) -> None:
    text = client.get(reverse("rules-parameter", kwargs={"code": "commitment_period"})).text

    assert "uit het geheugen: nakijken" in text


def test_unknown_rule_and_parameter(client: Client) -> None:
    assert client.get(reverse("rule", kwargs={"code": "BE-NIETS"})).status_code == 404
    assert client.get(reverse("rules-parameter", kwargs={"code": "niets"})).status_code == 404


def test_lists_are_public(client: Client) -> None:
    assert "BE-PROC-02" in client.get(reverse("rules-catalogue")).text
    assert "Europese drempel voor werken" in client.get(reverse("rules-parameters")).text


def test_keeping_gives_a_permanent_address(buyer: Client) -> None:
    query = "&".join(f"{name}={value}" for name, value in ASKED.items())
    answer = buyer.post(reverse("rules-keep"), {"query": query, "title": "Poetsdienst"})

    assert answer.status_code == 302
    page = buyer.get(answer.headers["Location"])
    assert "Poetsdienst" in page.text
    assert "Opnieuw berekend op uitgave 1: hetzelfde antwoord" in page.text
    assert "Poetsdienst" in buyer.get(reverse("rules-kept")).text
    assert buyer.get(answer.headers["Location"] + ".pdf").content.startswith(b"%PDF")


def test_another_organisation_cannot_open_a_kept_answer(buyer: Client) -> None:
    query = "&".join(f"{name}={value}" for name, value in ASKED.items())
    address = buyer.post(reverse("rules-keep"), {"query": query, "title": "Poetsdienst"}).headers["Location"]
    stranger = Client()
    stranger.force_login(member(organisation(), Role.BUYER))

    assert stranger.get(address).status_code == 404


def test_keeping_needs_an_account(client: Client) -> None:
    assert client.post(reverse("rules-keep"), {"query": "", "title": ""}).status_code == 302
    assert client.get(reverse("rules-kept")).status_code == 302


def test_an_empty_list_says_what_to_do(buyer: Client) -> None:
    assert "Nog niets bewaard" in buyer.get(reverse("rules-kept")).text


def test_reminders_are_for_jurists(buyer: Client, client: Client) -> None:
    assert buyer.get(reverse("rules-reminders")).status_code == 403
    jurist = Client()
    jurist.force_login(member(organisation(), Role.LAWYER))
    assert "Verbintenistermijn" in jurist.get(reverse("rules-reminders")).text
