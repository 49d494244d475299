"""A buyer's own page: only what counts stands out, with the targets it serves and examples that help."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, IndicatorKind, Source
from koopkracht.knowledge import api as knowledge
from koopkracht.knowledge.types import Audience, StoryInput, StoryState
from koopkracht.scoring.types import Score
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import selection
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
CLEANING, MOWING = "SCH-01", "GRN-01"
SCORES = {"A": 4, "B": 5, "C": 2, "D": 2, "E": 5, "F-1": 4, "F-2": 4}


def choose(actor: Actor, group: str) -> None:
    given = {code: Score(Decimal(value)) for code, value in SCORES.items()}
    selection.score(actor=actor, product_group=group, scores=given)
    selection.decide(
        actor=actor,
        product_group=group,
        significant=True,
        reason="Veel handwerk",
        decided_on=clock.today(),
        participants="Werkgroep",
    )


def promise(actor: Actor, name: str, group: str) -> None:
    made = indicators.create(
        actor=actor,
        subject="organisation",
        subject_key=actor.organisation_id,
        indicator=IndicatorInput(
            name=name,
            kind=IndicatorKind.SHARE,
            unit="",
            ambition="Meer werk voor wie moeilijk werk vindt.",
            definition="Aandeel van de sociale economie.",
            realism="De cijfers zijn er.",
            source=Source.ENTERED,
            parameters={"product_groups": [group]},
            data_available=True,
            data_reliable=True,
            responsible_id=actor.user_id,
        ),
    )
    indicators.activate(actor=actor, indicator_id=made)


def tell(actor: Actor, title: str, group: str) -> None:
    story = StoryInput(title=title, text="Het lukte.", audience=Audience.PUBLIC, product_group=group)
    made = knowledge.write_story(actor=actor, story=story)
    knowledge.move_story(actor=actor, story_id=made, to=StoryState.PUBLISHED)


def test_the_targets_and_examples_are_those_of_the_own_groups() -> None:
    place = organisation()
    person, actor = member(place, Role.BUYER), make_actor(place, Role.BUYER)
    name = person.name or person.email
    entries = [
        PlannedPurchaseEntry("Poetsen van scholen", product_group=CLEANING, responsible=name),
        PlannedPurchaseEntry("Kantoormateriaal", responsible=name),
        PlannedPurchaseEntry("Bermen maaien", product_group=MOWING, responsible="Joris"),
    ]
    strategy.put_planned_purchases(actor=actor, entries=entries)
    for group, target, story in ((CLEANING, "Aandeel poets", "Poets loont"), (MOWING, "Aandeel groen", "Groen loont")):
        choose(actor, group)
        promise(actor, target, group)
        tell(actor, story, group)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(reverse("my-purchases")).content.decode()
    focus, rest = text.split('id="kansen"')[1].split('id="andere"')
    assert "Poetsen van scholen" in focus
    assert "Kantoormateriaal" not in focus
    assert "Kantoormateriaal" in rest
    assert "Aandeel poets" in focus
    assert "Poets loont" in focus
    for other in ("Bermen maaien", "Aandeel groen", "Groen loont"):
        assert other not in text
