"""The pages of a market survey, and the page on which a company answers without an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from koopkracht.market.api import surveys
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import State
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation
from tests.market.test_surveys import list_of, make
from tests.questionnaires.factories import PATTERN, fill, tokens

pytestmark = pytest.mark.django_db
WITH_JOBS = pytest.mark.django_db(transaction=True)
TEXT = "De meeste deelnemers kunnen dit leveren. Enkele deelnemers vragen meer tijd."


@pytest.fixture(autouse=True)
def fresh_measure() -> None:
    cache.clear()


@pytest.fixture
def place() -> Any:
    return organisation("Gemeente Proefbeke")


@pytest.fixture
def actor(place: Any) -> Actor:
    return make_actor(place)


@pytest.fixture
def client(place: Any) -> Client:
    found = Client()
    found.force_login(member(place, Role.BUYER), backend="django.contrib.auth.backends.ModelBackend")
    return found


def at(name: str, survey_id: int, **more: Any) -> str:
    return reverse(name, kwargs={"survey_id": survey_id, **more})


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


@pytest.fixture
def opened(actor: Actor) -> int:
    survey_id = make(actor, title="Onderhoud van het park")
    surveys.pick_questions(actor=actor, survey_id=survey_id, codes=["could-deliver", "people", "access"])
    lines = "\n".join(f"Bedrijf Nummer{n}; bedrijf{n}@voorbeeld.example; Noord" for n in range(1, 7))
    surveys.paste_recipients(actor=actor, survey_id=survey_id, text=lines)
    surveys.confirm_composition(actor=actor, survey_id=survey_id)
    questionnaires.open(
        actor=actor, questionnaire_id=list_of(actor, survey_id), closes_on=clock.today(), link_pattern=PATTERN
    )
    return survey_id


def fields_of(actor: Actor, survey_id: int) -> list[str]:
    found = questionnaires.questions(organisation_id=actor.organisation_id, questionnaire_id=list_of(actor, survey_id))
    return [f"v{one.id}" for one in found]


def test_a_survey_is_made_in_five_steps(client, actor) -> None:
    assert "Nog geen bevragingen" in text_of(client.get(reverse("surveys")))
    assert "Geef de bevraging een titel" in text_of(client.post(reverse("survey-add"), {}), 422)
    answer = client.post(reverse("survey-add"), {"title": "Park", "product_group": "GRN-01"})
    survey_id = int(re.search(r"bevragingen/(\d+)/vragen", answer.url)[1])

    assert "Kies eerst een of meer vragen" in text_of(client.post(at("survey-pick", survey_id)), 422)
    client.post(at("survey-pick", survey_id), {"code": ["could-deliver", "fit"]})
    own = {"text": "Wat is haalbaar?", "kind": "one", "options": "Alles"}
    assert "minstens twee verschillende antwoorden" in text_of(client.post(at("survey-questions", survey_id), own), 422)
    client.post(at("survey-questions", survey_id), {**own, "options": "Alles\nEen deel"})
    page = text_of(client.get(at("survey-questions", survey_id)))
    assert page.index("Kunt u dit leveren?") < page.index("Wat is haalbaar?")

    pasted = client.post(at("survey-paste", survey_id), {"text": "Een; een@voorbeeld.example\nFout; nergens\nTwee"})
    page = text_of(pasted, 422)
    assert "Regel 2 (Fout)" in page
    assert "Fout; nergens" in page
    assert "Gekozen: 2" in page
    assert "zet een vinkje" in text_of(client.post(at("survey-composition", survey_id), {}), 422)
    assert client.post(at("survey-composition", survey_id), {"fair": "on"}).url == at("survey-send", survey_id)
    assert "ligt in het verleden" in text_of(
        client.post(at("survey-send", survey_id), {"closes_on": "2020-01-01"}), 422
    )
    sent = client.post(at("survey-send", survey_id), {"closes_on": clock.today().isoformat()})
    assert sent.url == at("survey", survey_id)
    assert "De bevraging loopt" in text_of(client.get(sent.url))


def test_an_empty_survey_is_not_sent_and_says_what_is_missing(client, actor) -> None:
    survey_id = make(actor)
    page = text_of(client.post(at("survey-send", survey_id), {"closes_on": clock.today().isoformat()}), 422)
    for missing in ("minstens één vraag", "nog niemand gekozen", "bevestig ze"):
        assert missing in page
    assert "Kies eerst wie" in text_of(client.post(at("survey-composition", survey_id), {"fair": "on"}), 422)


def test_the_eleventh_question_is_refused_on_the_screen_and_typed_text_stays(client, actor) -> None:
    survey_id = make(actor)
    codes = [one.code for one in surveys.library()][:10]
    client.post(at("survey-pick", survey_id), {"code": codes})
    page = text_of(client.post(at("survey-questions", survey_id), {"text": "De elfde?", "kind": "long"}), 422)
    assert "hoogstens 10 vragen" in page
    assert 'value="De elfde?"' in page
    assert "hoogstens 10 vragen" in text_of(client.post(at("survey-pick", survey_id), {"code": ["chain-labels"]}), 422)
    assert len(fields_of(actor, survey_id)) == 10


def test_questions_move_change_and_go_without_javascript(client, actor) -> None:
    survey_id = make(actor)
    client.post(at("survey-pick", survey_id), {"code": ["could-deliver", "fit"]})
    first, second = (int(name[1:]) for name in fields_of(actor, survey_id))
    client.post(at("survey-question-move", survey_id, question_id=second), {"richting": "hoger"})
    assert fields_of(actor, survey_id) == [f"v{second}", f"v{first}"]
    client.post(at("survey-question", survey_id, question_id=first), {"text": "Nieuw woord?", "kind": "yes-no"})
    assert "Nieuw woord?" in text_of(client.get(at("survey-questions", survey_id)))
    client.post(at("survey-question-remove", survey_id, question_id=first))
    assert fields_of(actor, survey_id) == [f"v{second}"]
    other = make(actor)
    assert client.post(at("survey-question-remove", other, question_id=second)).status_code == 404


def test_a_company_answers_without_account_and_sees_nothing_of_itself_or_others(client, actor, opened) -> None:
    token = tokens(actor, list_of(actor, opened))[0]
    stranger, address = Client(enforce_csrf_checks=True), reverse("survey-answer", kwargs={"token": token})
    answer = stranger.get(address)
    page = text_of(answer)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in page
    assert "Onderhoud van het park" in page
    assert "Bedrijf Nummer" not in page
    assert "@voorbeeld.example" not in page

    mark = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    one, people, many = fields_of(actor, opened)
    wrong = stranger.post(address, {"csrfmiddlewaretoken": mark, one: "0", people: "heel veel", many: ["0", "1"]})
    page = text_of(wrong, 422)
    assert "andere antwoorden zijn al bewaard" in page
    assert "heel veel" in page, "what was typed stays"
    good = stranger.post(address, {"csrfmiddlewaretoken": mark, one: "0", people: "12,5", many: ["0", "1"]})
    assert good.status_code == 302
    assert "Bedankt voor uw antwoorden" in text_of(stranger.get(good.url))
    again = text_of(stranger.get(address))
    assert 'value="12,5"' in again
    assert "U antwoordde al" in again


def test_an_empty_answer_and_a_missing_required_one_are_told(actor, opened) -> None:
    token = tokens(actor, list_of(actor, opened))[0]
    address = reverse("survey-answer", kwargs={"token": token})
    page = text_of(Client().post(address, {}), 422)
    assert "Deze vraag is verplicht" in page


def test_a_closed_survey_and_a_made_up_link_take_no_answers(client, actor, opened) -> None:
    token = tokens(actor, list_of(actor, opened))[0]
    address = reverse("survey-answer", kwargs={"token": token})
    client.post(at("survey-close", opened))
    assert "afgesloten" in text_of(Client().get(address))
    assert "afgesloten" in text_of(Client().post(address, {fields_of(actor, opened)[0]: "0"}))
    assert Client().get(reverse("survey-answer", kwargs={"token": "verzonnen.token"})).status_code in {404, 410}
    assert client.post(at("survey-close", opened)).status_code == 409


def test_strangers_cannot_hammer_the_page(actor, opened) -> None:
    address = reverse("survey-answer", kwargs={"token": "verzonnen.token"})
    stranger = Client()
    statuses = {stranger.get(address).status_code for _number in range(61)}
    assert 429 in statuses


@WITH_JOBS
def test_from_answers_to_a_finished_survey(client, actor, opened) -> None:
    key = list_of(actor, opened)
    jobs.run_until_idle()
    assert "Nog te weinig antwoorden" in text_of(client.get(at("survey-results", opened)))
    for token in tokens(actor, key)[:5]:
        fill(token, "0", "4", ["0"])
    page = text_of(client.get(at("survey-results", opened)))
    assert "83,3" in page
    assert "Bedrijf Nummer" not in page, "who answered is not told"

    client.post(at("survey-close", opened))
    named = {"summary": "Bedrijf Nummer3 wil meer tijd om te starten.", "wat": "goedkeuren"}
    page = text_of(client.post(at("survey-summary", opened), named), 422)
    assert "Schrijf zonder namen" in page
    assert "Bedrijf Nummer3 wil meer tijd" in page
    done = client.post(at("survey-summary", opened), {"summary": TEXT, "wat": "goedkeuren"})
    assert done.url == at("survey", opened)
    assert "nog niet bij iedereen" in text_of(client.post(at("survey-finish", opened), follow=True))
    client.post(at("survey-summary-send", opened), {"aan": "iedereen"})
    jobs.run_until_idle()
    assert surveys.survey(actor=actor, survey_id=opened).list.state is State.FINISHED
    assert "Afgerond op" in text_of(client.get(at("survey", opened)))
    copied = client.post(at("survey-to-sheet", opened))
    assert TEXT in text_of(client.get(copied.url))
    public = text_of(Client().get(reverse("survey-answer", kwargs={"token": tokens(actor, key)[5]})))
    assert TEXT in public
    assert "Bedrijf Nummer" not in public


def test_links_are_shown_and_exported_for_a_town_without_mail(client, actor, opened) -> None:
    page = text_of(client.post(at("survey-links", opened)))
    assert page.count("http://testserver/bevraging/") == 6
    export = client.post(at("survey-links", opened), {"formaat": "csv"}).content.decode("utf-8-sig")
    assert export.count("\r\n") == 7
    link = export.splitlines()[1].split(";")[2]
    assert "Onderhoud van het park" in text_of(Client().get(link))
    client.post(at("survey-deliver", opened, what="uitnodigingen"), {"hoe": "zelf"})
    assert "Zelf bezorgd" in text_of(client.get(at("survey-deliveries", opened, what="uitnodigingen")))
    assert client.get(at("survey-deliveries", opened, what="iets")).status_code == 404


def test_an_auditor_reads_and_a_stranger_finds_nothing(place, opened) -> None:
    auditor, stranger = Client(), Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    auditor.force_login(member(place, Role.AUDITOR), backend=backend)
    stranger.force_login(member(organisation(), Role.BUYER), backend=backend)
    assert "Sluit nu af" not in text_of(auditor.get(at("survey", opened)))
    assert auditor.post(at("survey-links", opened)).status_code == 403
    assert stranger.get(at("survey", opened)).status_code == 404
    assert stranger.post(at("survey-links", opened)).status_code == 404


def test_pages_cost_a_fixed_number_of_queries(client, actor, opened, django_assert_max_num_queries) -> None:
    for number in range(20):
        make(actor, title=f"Bevraging {number}")
    for address, limit in (
        (reverse("surveys"), 14),
        (at("survey", opened), 24),
        (at("survey-results", opened), 18),
        (at("survey-deliveries", opened, what="uitnodigingen"), 14),
    ):
        client.get(address)
        with django_assert_max_num_queries(limit):
            client.get(address)
