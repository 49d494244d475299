"""Yearly actions and the yearly overview through the door."""

from __future__ import annotations

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.strategy.api import yearly
from koopkracht.strategy.errors.goals import GoalIncomplete, GoalNotFound, StepNotPossible
from koopkracht.strategy.types.yearly import ActionKind, OverviewState, YearlyActionInput
from tests.accounts import factories
from tests.strategy.test_goals import note

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return factories.actor(None, Role.SOCIAL_ECONOMY_OFFICER)


def put(actor: Actor, title: str = "Markt bevragen", **fields: object) -> int:
    values = {
        "entity": "Groendienst",
        "year": 2026,
        "kind": ActionKind.REALISED,
        "detail": "",
        "strategic_goals": ("kmo",),
        **fields,
    }
    return yearly.put_action(actor=actor, action=YearlyActionInput(title=title, **values))


def test_an_action_needs_a_strategic_goal_an_entity_a_title_and_a_year(actor) -> None:
    for fields, field in (
        ({"strategic_goals": ()}, "strategic_goals"),
        ({"strategic_goals": ("bestaat-niet",)}, "strategic_goals"),
        ({"entity": " "}, "entity"),
        ({"title": " "}, "title"),
        ({"year": 1900}, "year"),
    ):
        with pytest.raises(GoalIncomplete) as caught:
            put(actor, **fields)
        assert caught.value.details["field"] == field


def test_the_same_action_again_replaces_it(actor) -> None:
    goal_id = note(actor, "Meer kansen")
    assert put(actor) == put(actor, detail="met tien ondernemingen", social_goal_id=goal_id)
    (found,) = yearly.actions(organisation_id=actor.organisation_id, year=2026)
    assert (found.detail, found.social_goal) == ("met tien ondernemingen", "Meer kansen")


def test_the_overview_goes_to_the_board_before_it_is_public(actor) -> None:
    with pytest.raises(StepNotPossible, match="nog geen acties"):
        yearly.compile_overview(actor=actor, year=2026)
    put(actor, strategic_goals=("kmo", "professioneel"))
    put(actor, "Werf openstellen", year=2027, kind=ActionKind.PLANNED)
    put(actor, "Te laat voor dit overzicht", year=2028, kind=ActionKind.PLANNED)
    yearly.compile_overview(actor=actor, year=2026)

    with pytest.raises(StepNotPossible, match="volgorde"):
        yearly.publish(actor=actor, year=2026)
    with pytest.raises(GoalNotFound):
        yearly.published(organisation_id=actor.organisation_id, year=2026)
    put(actor, "Nog een actie")
    yearly.compile_overview(actor=actor, year=2026)
    yearly.inform_board(actor=actor, year=2026)
    yearly.inform_board(actor=actor, year=2026)
    with pytest.raises(StepNotPossible, match="bestuur"):
        yearly.compile_overview(actor=actor, year=2026)
    yearly.publish(actor=actor, year=2026)

    found = yearly.published(organisation_id=actor.organisation_id, year=2026)
    assert found.state is OverviewState.PUBLISHED
    assert None not in (found.informed_on, found.published_on)
    by_goal = {goal["code"]: goal for goal in found.goals}
    assert len(by_goal) == 6
    assert [one["title"] for one in by_goal["kmo"]["realised"]] == ["Markt bevragen", "Nog een actie"]
    assert [one["title"] for one in by_goal["kmo"]["planned"]] == ["Werf openstellen"]
    assert [one["title"] for one in by_goal["professioneel"]["realised"]] == ["Markt bevragen"]
    assert by_goal["digitaal"]["realised"] == []


def test_who_may_and_whose_it_is(actor) -> None:
    key = put(actor)
    stranger = factories.actor()
    with pytest.raises(GoalNotFound):
        yearly.remove_action(actor=stranger, action_id=key)
    with pytest.raises(GoalNotFound):
        put(stranger, social_goal_id=note(actor, "Van ons"))
    with pytest.raises(GoalNotFound):
        yearly.inform_board(actor=stranger, year=2026)
    reader = factories.bare_actor(actor.organisation_id, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        yearly.remove_action(actor=reader, action_id=key)
    yearly.remove_action(actor=actor, action_id=key)
    assert yearly.actions(organisation_id=actor.organisation_id, year=2026) == ()
