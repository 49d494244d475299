"""The glossary, the words under each page, and success stories on the screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.knowledge import api as knowledge
from koopkracht.knowledge.types import Audience, StoryInput, StoryState
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def client(place: Any) -> Client:
    found = Client()
    found.force_login(member(place, Role.SOCIAL_ECONOMY_OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    return found


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_everybody_reads_the_glossary_and_searches_it() -> None:
    text = text_of(Client().get(reverse("glossary")))
    for term in knowledge.glossary():
        assert f'id="{term.slug}"' in text
    found = text_of(Client().get(reverse("glossary"), {"zoek": "PERCEEL"}))
    assert 'id="perceel"' in found
    assert 'id="doorstroom"' not in found
    assert "Dit woord staat er niet in" in text_of(Client().get(reverse("glossary"), {"zoek": "qwertz"}))


def test_a_page_explains_the_words_it_uses(client) -> None:
    text = text_of(client.get(reverse("purchasing-plan")))
    words = text.split("Begrippen op deze pagina")[1]
    assert "<summary>sociale economie</summary>" in words
    assert "#sociale-economie" in words


def test_a_story_goes_from_draft_to_everybody(client, place) -> None:
    data = {
        "title": "Het park", "text": "Vijf mensen leerden snoeien.", "figures": "", "product_group": "GRN-01",
        "audience": "public", "channels": ["intranet"], "parties": "De Brug\nGroendienst",
    }  # fmt: skip
    answer = client.post(reverse("story-add"), data)
    address = answer.url
    page = text_of(client.get(address))
    assert "Toestemming is gevraagd" in page
    assert "Publiceren" not in page
    story_id = int(address.rsplit("/", 1)[1])
    refused = client.post(reverse("story-move", kwargs={"story_id": story_id}), {"naar": "published"})
    assert "De Brug, Groendienst" in text_of(refused, 422)
    for consent in knowledge.story(actor=make_actor(place), story_id=story_id).consents:
        client.post(reverse("story-consent", kwargs={"story_id": story_id, "consent_id": consent.id}), {"hoe": "mail"})
    assert client.post(reverse("story-move", kwargs={"story_id": story_id}), {"naar": "published"}).status_code == 302
    assert "Het park" in text_of(Client().get(reverse("public-stories")))
    public = text_of(Client().get(reverse("public-story", kwargs={"story_id": story_id})))
    assert "Onderhoud van groen" in public
    assert "mail" not in public.split("<main")[1].split("</main")[0], "how consent was given is nobody's business"


def test_a_missing_consent_note_and_an_unknown_step_are_refused(client, place) -> None:
    actor = make_actor(place)
    story = knowledge.write_story(actor=actor, story=StoryInput(title="x", text="y", parties=("De Brug",)))
    consent = knowledge.story(actor=actor, story_id=story).consents[0].id
    answer = client.post(reverse("story-consent", kwargs={"story_id": story, "consent_id": consent}), {"hoe": " "})
    assert "Vul in hoe de toestemming gegeven is" in text_of(answer, 422)
    assert client.post(reverse("story-move", kwargs={"story_id": story}), {"naar": "weg"}).status_code == 422


def test_the_list_filters_and_costs_the_same_for_many(client, place, django_assert_max_num_queries) -> None:
    actor = make_actor(place)
    for number in range(60):
        made = knowledge.write_story(
            actor=actor, story=StoryInput(title=f"Verhaal {number:02}", text="x", audience=Audience.PUBLIC)
        )
        if number % 2:
            knowledge.move_story(actor=actor, story_id=made, to=StoryState.PUBLISHED)
    client.get(reverse("stories"))
    with django_assert_max_num_queries(8):
        text = text_of(client.get(reverse("stories"), {"state": "published"}))
    assert "Verhaal 01" in text
    assert "Verhaal 02" not in text
    with django_assert_max_num_queries(4):
        Client().get(reverse("public-stories"))
