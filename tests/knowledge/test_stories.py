"""Success stories: nothing is published before everybody who is named agreed."""

from __future__ import annotations

import itertools

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.knowledge import api, workflow
from koopkracht.knowledge.errors import ConsentMissing, StoryIncomplete, StoryNotFound, StoryStateChanged
from koopkracht.knowledge.types import Audience, StoryInput, StoryState
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from tests.accounts import factories

pytestmark = pytest.mark.django_db
PARTIES = ("Maatwerk De Brug", "Groendienst")


@pytest.fixture
def officer():
    return factories.actor(None, Role.SOCIAL_ECONOMY_OFFICER)


def write(actor, **fields) -> int:
    values = {"title": "Het park", "text": "Vijf mensen leerden snoeien.", "parties": PARTIES, **fields}
    return api.write_story(actor=actor, story=StoryInput(**values))


def agree_all(actor, story_id: int) -> None:
    for consent in api.story(actor=actor, story_id=story_id).consents:
        api.note_consent(actor=actor, story_id=story_id, consent_id=consent.id, how="mail van 3 maart")


def test_publishing_waits_for_everybody_and_names_who_is_missing(officer) -> None:
    story = write(officer)
    first = api.story(actor=officer, story_id=story).consents[0]
    api.note_consent(actor=officer, story_id=story, consent_id=first.id, how="gesprek")
    with pytest.raises(ConsentMissing) as missing:
        api.move_story(actor=officer, story_id=story, to=StoryState.PUBLISHED)
    assert "Groendienst" in missing.value.message
    assert "De Brug" not in missing.value.message
    agree_all(officer, story)
    api.move_story(actor=officer, story_id=story, to=StoryState.PUBLISHED)
    assert api.story(actor=officer, story_id=story).state is StoryState.PUBLISHED


def test_another_text_asks_for_consent_again(officer) -> None:
    story = write(officer)
    agree_all(officer, story)
    changed = StoryInput(title="Het park", text="Zes mensen leerden snoeien.", parties=PARTIES)
    api.write_story(actor=officer, story=changed, story_id=story)
    assert api.story(actor=officer, story_id=story).waits_for == PARTIES


def test_the_same_text_keeps_consent(officer) -> None:
    story = write(officer)
    agree_all(officer, story)
    same = StoryInput(title="Het park", text="Vijf mensen leerden snoeien.", parties=PARTIES)
    api.write_story(actor=officer, story=same, story_id=story)
    assert api.story(actor=officer, story_id=story).waits_for == ()


def test_everybody_reads_only_what_is_published_for_everybody(officer) -> None:
    inside = write(officer, parties=())
    outside = write(officer, title="De school", parties=(), audience=Audience.PUBLIC)
    draft = write(officer, title="Ontwerp", parties=(), audience=Audience.PUBLIC)
    for story in (inside, outside):
        api.move_story(actor=officer, story_id=story, to=StoryState.PUBLISHED)
    assert [story.title for story in api.public_stories()] == ["De school"]
    for hidden in (inside, draft):
        with pytest.raises(StoryNotFound):
            api.public_story(story_id=hidden)
    api.move_story(actor=officer, story_id=outside, to=StoryState.WITHDRAWN)
    assert api.public_stories() == ()


def test_a_published_story_is_withdrawn_before_it_changes(officer) -> None:
    story = write(officer, parties=())
    api.move_story(actor=officer, story_id=story, to=StoryState.PUBLISHED)
    with pytest.raises(StoryIncomplete):
        api.write_story(actor=officer, story=StoryInput(title="x", text="y"), story_id=story)


def test_steps_outside_the_table_are_refused() -> None:
    for before, after in itertools.product(StoryState, repeat=2):
        if after not in workflow.MOVES[before]:
            with pytest.raises(StoryStateChanged):
                workflow.check(before.value, after)


def test_stories_stay_within_their_organisation_and_need_the_permission(officer) -> None:
    story = write(officer)
    other = factories.actor(None, Role.SOCIAL_ECONOMY_OFFICER)
    with pytest.raises(StoryNotFound):
        api.story(actor=other, story_id=story)
    with pytest.raises(StoryNotFound):
        api.move_story(actor=other, story_id=story, to=StoryState.CONSENT_ASKED)
    with pytest.raises(NotAllowed):
        write(factories.actor(None, Role.AUDITOR))
    assert api.stories(actor=other, query=ListQuery()).rows == []


@pytest.mark.parametrize(
    ("fields", "field"), [({"title": " "}, "title"), ({"text": ""}, "text"), ({"text": "x" * 9000}, "text")]
)
def test_an_incomplete_story_is_refused_at_its_field(officer, fields, field) -> None:
    with pytest.raises(StoryIncomplete) as refused:
        write(officer, **fields)
    assert refused.value.details["field"] == field


def test_who_agreed_within_the_organisation_is_asked_again_before_everybody_reads_it(officer) -> None:
    story = write(officer)
    agree_all(officer, story)
    wider = StoryInput(title="Het park", text="Vijf mensen leerden snoeien.", parties=PARTIES, audience=Audience.PUBLIC)
    api.write_story(actor=officer, story=wider, story_id=story)
    assert api.story(actor=officer, story_id=story).waits_for == PARTIES
