"""Social goals through the door: inventory, judgement, shortlist, decisions, parking."""

from __future__ import annotations

import datetime as dt

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.documents.errors import DocumentNotFound
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy.api import goals
from koopkracht.strategy.errors.goals import GoalIncomplete, GoalNotFound, StepNotPossible
from koopkracht.strategy.types.goals import (
    DecisionKind,
    Effect,
    GoalState,
    Judgement,
    Pillar,
    PurposeInput,
    PurposeState,
    SocialGoalInput,
)
from koopkracht.strategy.workflow import GOAL_STEPS, PURPOSE_STEPS, goal_may, purpose_may
from tests.accounts import factories

pytestmark = pytest.mark.django_db
LEVER = Judgement(is_lever=True, effect=Effect.LARGE, remark="veel handwerk")
DAY = dt.date(2026, 3, 5)


@pytest.fixture
def actor() -> Actor:
    return factories.actor(None, Role.BUYER)


def note(actor: Actor, title: str = "Werk voor iedereen", **fields: object) -> int:
    return goals.note_goal(actor=actor, goal=SocialGoalInput(title=title, **fields))


def judged(actor: Actor, title: str) -> int:
    key = note(actor, title)
    goals.judge_goal(actor=actor, goal_id=key, judgement=LEVER)
    return key


def fix(actor: Actor, *keys: int, **fields: object) -> int:
    values = {"decided_on": DAY, "body": "werkgroep", "reason": "grootste effect", **fields}
    return goals.fix_shortlist(actor=actor, goal_ids=keys, **values)


def read(actor: Actor, key: int):
    return goals.goal(organisation_id=actor.organisation_id, goal_id=key)


@pytest.mark.parametrize("state", GoalState)
@pytest.mark.parametrize("step", GOAL_STEPS)
def test_the_table_of_steps_of_a_social_goal(step: str, state: GoalState) -> None:
    expected = {
        "judge": {"inventoried", "judged"},
        "shortlist": {"judged", "shortlisted", "translated"},
        "drop": {"shortlisted", "translated"},
        "translate": {"shortlisted", "translated"},
        "park": {"inventoried", "judged", "shortlisted", "translated"},
        "reopen": {"parked"},
    }
    assert goal_may(step, state) is (state.value in expected[step])


@pytest.mark.parametrize("state", PurposeState)
@pytest.mark.parametrize("step", PURPOSE_STEPS)
def test_the_table_of_steps_of_a_purchasing_goal(step: str, state: PurposeState) -> None:
    expected = {"activate": {"draft", "reached"}, "reach": {"active"}, "end": {"draft", "active", "reached"}}
    assert purpose_may(step, state) is (state.value in expected[step])


def test_a_new_goal_gets_the_default_theme_which_an_organisation_can_change(actor) -> None:
    assert read(actor, note(actor)).themes == ("werk-grote-afstand",)

    own = goals.add_theme(actor=actor, name="Buurtwerk")
    assert goals.add_theme(actor=actor, name=" buurtwerk ") == own
    goals.choose_default_theme(actor=actor, theme=own)

    assert read(actor, note(actor, "Ander doel")).themes == (own,)
    names = [theme.name for theme in goals.themes(organisation_id=actor.organisation_id)]
    assert len(names) == 6
    assert names[-1] == "Buurtwerk"
    with pytest.raises(GoalIncomplete):
        goals.choose_default_theme(actor=actor, theme="bestaat-niet")
    with pytest.raises(GoalIncomplete):
        goals.add_theme(actor=actor, name=" ! ")


def test_a_goal_is_kept_with_its_source_and_changed(actor) -> None:
    key = note(actor, description="Toelichting", pillar=Pillar.ECOLOGICAL, source_title="Bestuursakkoord 2025")
    goals.change_goal(
        actor=actor, goal_id=key, goal=SocialGoalInput(title="Minder uitstoot", themes=("eerlijke-handel",))
    )

    found = read(actor, key)
    assert (found.title, found.state, found.themes) == ("Minder uitstoot", GoalState.INVENTORIED, ("eerlijke-handel",))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"themes": ("bestaat-niet",)}, "themes"),
        ({"strategic_goals": ("bestaat-niet",)}, "strategic_goals"),
    ],
)
def test_what_is_wrong_with_a_goal_is_said_at_its_field(actor, fields, field) -> None:
    with pytest.raises(GoalIncomplete) as caught:
        note(actor, **{"title": "Goed", **fields})
    assert caught.value.details["field"] == field


def test_the_same_title_twice_and_a_file_that_is_not_there_are_refused(actor) -> None:
    note(actor)
    with pytest.raises(GoalIncomplete, match="al een doel"):
        note(actor)
    with pytest.raises(DocumentNotFound):
        note(actor, "Ander", source_sha="0" * 64)


def test_a_judgement_needs_an_effect_when_purchases_are_a_lever(actor) -> None:
    key = note(actor)
    with pytest.raises(GoalIncomplete) as caught:
        goals.judge_goal(actor=actor, goal_id=key, judgement=Judgement(is_lever=True))
    assert caught.value.details["field"] == "effect"

    goals.judge_goal(actor=actor, goal_id=key, judgement=LEVER)
    found = read(actor, key)
    assert (found.state, found.is_lever, found.effect) == (GoalState.JUDGED, True, Effect.LARGE)
    assert found.judged_on == clock.today()
    assert found.judged_by


def test_a_goal_for_which_purchases_are_no_lever_keeps_another_lever_and_stays_off_the_shortlist(actor) -> None:
    key = note(actor)
    with pytest.raises(GoalIncomplete):
        goals.judge_goal(actor=actor, goal_id=key, judgement=Judgement(is_lever=False, other_lever="bestaat-niet"))
    goals.judge_goal(actor=actor, goal_id=key, judgement=Judgement(is_lever=False, other_lever="subsidie"))

    assert read(actor, key).other_lever == "subsidie"
    with pytest.raises(StepNotPossible, match="geen hefboom"):
        fix(actor, key)
    with pytest.raises(StepNotPossible):
        goals.create_purpose(actor=actor, social_goal_id=key, purpose=PurposeInput("Meer opdrachten"))


def test_a_goal_is_judged_before_it_can_be_shortlisted(actor) -> None:
    with pytest.raises(StepNotPossible, match="Beoordeel eerst"):
        fix(actor, note(actor))


def test_a_shortlist_is_ranked_fixed_changed_and_remembered(actor) -> None:
    one, two, three = (judged(actor, title) for title in ("Een", "Twee", "Drie"))
    first = fix(actor, two, one)
    assert fix(actor, two, one) == first  # sent twice
    assert [(goal.title, goal.rank) for goal in ranked(actor)] == [("Twee", 1), ("Een", 2)]

    fix(actor, three, two, decided_on=dt.date(2026, 4, 1), reason="nieuw akkoord")
    assert [(goal.title, goal.rank) for goal in ranked(actor)] == [("Drie", 1), ("Twee", 2)]
    assert read(actor, one).state is GoalState.JUDGED

    newest, oldest = goals.decisions(organisation_id=actor.organisation_id, kind=DecisionKind.SHORTLIST)
    assert (newest.decided_on, newest.reason, newest.body) == (dt.date(2026, 4, 1), "nieuw akkoord", "werkgroep")
    assert [goal["title"] for goal in oldest.goals] == ["Twee", "Een"]
    assert oldest.decided_by


def ranked(actor: Actor):
    states = (GoalState.SHORTLISTED, GoalState.TRANSLATED)
    return goals.all_goals(organisation_id=actor.organisation_id, states=states)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"decided_on": dt.date(2999, 1, 1)}, "decided_on"),
        ({"body": " "}, "body"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_decision_has_a_day_somebody_and_a_reason(actor, fields, field) -> None:
    with pytest.raises(GoalIncomplete) as caught:
        fix(actor, judged(actor, "Een"), **fields)
    assert caught.value.details["field"] == field
    with pytest.raises(GoalIncomplete):
        fix(actor)


def test_a_refused_shortlist_changes_nothing(actor) -> None:
    good = judged(actor, "Goed")
    with pytest.raises(StepNotPossible):
        fix(actor, good, note(actor, "Niet beoordeeld"))
    assert read(actor, good).rank is None
    assert goals.decisions(organisation_id=actor.organisation_id) == ()


def test_a_parked_goal_leaves_the_list_and_is_judged_anew(actor) -> None:
    key = judged(actor, "Een")
    fix(actor, key)
    with pytest.raises(GoalIncomplete):
        goals.park_goal(actor=actor, goal_id=key, reason=" ")
    goals.park_goal(actor=actor, goal_id=key, reason="volgend jaar")
    assert (read(actor, key).state, read(actor, key).rank) == (GoalState.PARKED, None)
    with pytest.raises(StepNotPossible, match="Geparkeerd"):
        goals.judge_goal(actor=actor, goal_id=key, judgement=LEVER)

    goals.reopen_goal(actor=actor, goal_id=key)
    assert (read(actor, key).state, read(actor, key).is_lever) == (GoalState.INVENTORIED, None)


def test_only_the_executive_approves_and_only_what_is_on_the_shortlist(actor) -> None:
    key, other = judged(actor, "Een"), judged(actor, "Twee")
    fix(actor, key)
    executive = factories.bare_actor(actor.organisation_id, Role.EXECUTIVE)
    values = {"decided_on": DAY, "body": "college", "reason": "past in het akkoord"}

    with pytest.raises(NotAllowed):
        goals.approve_goals(actor=actor, goal_ids=[key], **values)
    with pytest.raises(StepNotPossible, match="shortlist"):
        goals.approve_goals(actor=executive, goal_ids=[other], **values)
    goals.approve_goals(actor=executive, goal_ids=[key], **values)

    (approval,) = goals.decisions(organisation_id=actor.organisation_id, kind=DecisionKind.APPROVAL)
    assert [goal["id"] for goal in approval.goals] == [key]


def test_looking_is_not_changing_and_another_organisation_has_nothing(actor) -> None:
    key = judged(actor, "Een")
    reader = factories.bare_actor(actor.organisation_id, Role.AUDITOR)
    stranger = factories.actor()

    assert goals.list_goals(actor=reader, query=ListQuery()).total == 1
    with pytest.raises(NotAllowed):
        note(reader, "Twee")
    for call in (
        lambda: read(stranger, key),
        lambda: goals.judge_goal(actor=stranger, goal_id=key, judgement=LEVER),
        lambda: goals.park_goal(actor=stranger, goal_id=key, reason="x"),
        lambda: fix(stranger, key),
        lambda: goals.create_purpose(actor=stranger, social_goal_id=key, purpose=PurposeInput("Meer")),
    ):
        with pytest.raises(GoalNotFound):
            call()


def test_the_inventory_filters_sorts_and_searches(actor) -> None:
    note(actor, "Alfa", pillar=Pillar.ECOLOGICAL, themes=("eerlijke-handel", "gelijke-kansen"))
    judged(actor, "Beta")

    def titles(**fields: object) -> list[str]:
        return [row.title for row in goals.list_goals(actor=actor, query=ListQuery(**fields)).rows]

    assert titles() == ["Alfa", "Beta"]
    assert titles(filters={"state": "judged"}) == ["Beta"]
    assert titles(filters={"pillar": "ecological"}) == ["Alfa"]
    assert titles(filters={"theme": "gelijke-kansen"}) == ["Alfa"]
    assert titles(filters={"theme": "gelijke"}) == []
    assert titles(search="bet") == ["Beta"]
    assert titles(sort="title", descending=True) == ["Beta", "Alfa"]
