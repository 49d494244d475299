"""Purchasing goals, principles, example chains and the framework, through the door."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, IndicatorKind, MeasurementInput, Source, TargetPath
from koopkracht.meetings.api import group_kinds
from koopkracht.meetings.types import MemberInput
from koopkracht.scoring import api as scoring
from koopkracht.scoring.types import Score
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.periods import Period
from koopkracht.strategy import api as strategy
from koopkracht.strategy.actions.chains import target_path
from koopkracht.strategy.api import goals, selection, workgroup
from koopkracht.strategy.errors.goals import GoalIncomplete, GoalNotFound, NotReached, StepNotPossible, TooAbstract
from koopkracht.strategy.queries.framework import state_of
from koopkracht.strategy.types.goals import (
    PURCHASING_GOAL,
    Fit,
    FrameworkState,
    GoalState,
    Missing,
    Part,
    PartView,
    PrincipleInput,
    PurposeInput,
    PurposeState,
    ScopeRule,
)
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from tests.accounts import factories
from tests.strategy.test_goals import fix, judged, note, read

pytestmark = pytest.mark.django_db
RULE = ScopeRule(("works", "services"), Decimal(450_000), 48)
TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def actor() -> Actor:
    return factories.actor(None, Role.BUYER)


def translate(actor: Actor, title: str = "Meer opdrachten", **fields: object) -> int:
    goal_id = judged(actor, f"Doel van {title}")
    return goals.create_purpose(actor=actor, social_goal_id=goal_id, purpose=PurposeInput(title, **fields))


def purpose(actor: Actor, key: int):
    return goals.purpose(organisation_id=actor.organisation_id, purpose_id=key)


def indicator(actor: Actor, purpose_id: int, *, target: str = "4", value: str = "") -> int:
    made = indicators.create(
        actor=actor,
        subject=PURCHASING_GOAL,
        subject_key=purpose_id,
        indicator=IndicatorInput(
            name=f"Werfbezoeken {target}",
            kind=IndicatorKind.COUNT,
            unit="bezoeken",
            ambition="scholen op de werf",
            definition="bezoeken per jaar",
            realism="haalbaar",
            source=Source.ENTERED,
        ),
    )
    if target:
        path = TargetPath(2025, Decimal(target), yearly_growth=Decimal(0))
        indicators.set_target(actor=actor, indicator_id=made, path=path)
    if value:
        measurement = MeasurementInput(period=Period.calendar_year(2025), value=Decimal(value), source="school")
        indicators.measure(actor=actor, indicator_id=made, measurement=measurement)
    return made


def test_a_shortlisted_goal_becomes_translated_by_its_first_purchasing_goal(actor) -> None:
    goal_id = judged(actor, "Een")
    fix(actor, goal_id)
    goals.create_purpose(actor=actor, social_goal_id=goal_id, purpose=PurposeInput("Meer opdrachten"))
    assert read(actor, goal_id).state is GoalState.TRANSLATED
    assert read(actor, goal_id).purposes == 1


def test_a_goal_that_was_translated_before_is_translated_when_it_is_shortlisted(actor) -> None:
    key = translate(actor)
    goal_id = purpose(actor, key).social_goal_id
    assert read(actor, goal_id).state is GoalState.JUDGED
    fix(actor, goal_id)
    assert read(actor, goal_id).state is GoalState.TRANSLATED


def test_a_purchasing_goal_without_scope_or_indicator_is_too_abstract(actor) -> None:
    key = translate(actor)
    with pytest.raises(TooAbstract) as caught:
        goals.activate_purpose(actor=actor, purpose_id=key)
    assert caught.value.details["missing"] == (Missing.SCOPE, Missing.INDICATOR)
    assert "productgroep" in caught.value.message
    assert "indicator" in caught.value.message

    goals.change_purpose(actor=actor, purpose_id=key, purpose=PurposeInput("Meer", product_groups=("GRN-01",)))
    with pytest.raises(TooAbstract) as caught:
        goals.activate_purpose(actor=actor, purpose_id=key)
    assert caught.value.details["missing"] == (Missing.INDICATOR,)

    made = indicator(actor, key)
    goals.activate_purpose(actor=actor, purpose_id=key)
    assert purpose(actor, key).state is PurposeState.ACTIVE

    goals.change_purpose(actor=actor, purpose_id=key, purpose=PurposeInput("Meer"))
    assert purpose(actor, key).state is PurposeState.DRAFT
    indicators.close(actor=actor, indicator_id=made, reason="niet zinvol")
    goals.change_purpose(actor=actor, purpose_id=key, purpose=PurposeInput("Meer", scope=RULE))
    with pytest.raises(TooAbstract):
        goals.activate_purpose(actor=actor, purpose_id=key)


@pytest.mark.parametrize(("value", "is_reached"), [("4", True), ("3", False), ("", False)])
def test_a_purchasing_goal_is_reached_when_each_target_is(actor, value, is_reached) -> None:
    key = translate(actor, product_groups=("WEG-01",))
    indicator(actor, key, value=value)
    indicator(actor, key, target="")  # followed without a target: it decides nothing
    goals.activate_purpose(actor=actor, purpose_id=key)

    if is_reached:
        goals.reach_purpose(actor=actor, purpose_id=key, on=TODAY)
        assert purpose(actor, key).state is PurposeState.REACHED
        goals.activate_purpose(actor=actor, purpose_id=key)
    else:
        with pytest.raises(NotReached):
            goals.reach_purpose(actor=actor, purpose_id=key, on=TODAY)
        assert purpose(actor, key).state is PurposeState.ACTIVE


def test_without_any_target_nothing_is_reached(actor) -> None:
    key = translate(actor, product_groups=("WEG-01",))
    indicator(actor, key, target="", value="9")
    goals.activate_purpose(actor=actor, purpose_id=key)
    with pytest.raises(NotReached):
        goals.reach_purpose(actor=actor, purpose_id=key, on=TODAY)


def test_a_purchasing_goal_ends_with_a_reason_and_stays_ended(actor) -> None:
    key = translate(actor)
    with pytest.raises(GoalIncomplete):
        goals.end_purpose(actor=actor, purpose_id=key, reason="")
    goals.end_purpose(actor=actor, purpose_id=key, reason="andere aanpak")
    assert (purpose(actor, key).state, purpose(actor, key).ended_reason) == (PurposeState.ENDED, "andere aanpak")
    for call in (
        lambda: goals.activate_purpose(actor=actor, purpose_id=key),
        lambda: goals.end_purpose(actor=actor, purpose_id=key, reason="nog eens"),
        lambda: goals.change_purpose(actor=actor, purpose_id=key, purpose=PurposeInput("Anders")),
    ):
        with pytest.raises(StepNotPossible):
            call()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"scope": ScopeRule(types=("concessions",))}, "scope_types"),
        ({"scope": ScopeRule(value_over=Decimal(-1))}, "scope_value_over"),
        ({"scope": ScopeRule(months=0)}, "scope_months"),
    ],
)
def test_what_is_wrong_with_a_purchasing_goal_is_said_at_its_field(actor, fields, field) -> None:
    with pytest.raises(GoalIncomplete) as caught:
        translate(actor, **{"title": "Meer", **fields})
    assert caught.value.details["field"] == field
    with pytest.raises(ProductGroupNotFound):
        translate(actor, "Ander", product_groups=("XXX-99",))


def test_planned_purchases_under_the_rule_are_listed_at_the_exact_limits(actor) -> None:
    def entry(title: str, amount: str | None, months: int | None, group: str = "SCH-01") -> PlannedPurchaseEntry:
        return PlannedPurchaseEntry(
            title=title,
            product_group=group,
            amount=None if amount is None else Decimal(amount),
            duration_months=months,
        )

    strategy.put_planned_purchases(
        actor=actor,
        entries=[
            entry("net erboven", "450000.01", 48),
            entry("precies het bedrag", "450000", 48),
            entry("te kort", "900000", 47),
            entry("levering", "900000", 60, "KAN-04"),
            entry("zonder raming", None, 48),
        ],
    )
    key = translate(actor, scope=RULE)
    found = goals.planned_in_scope(organisation_id=actor.organisation_id, purpose=purpose(actor, key))
    assert [(one.title, one.fit) for one in found] == [
        ("net erboven", Fit.INSIDE),
        ("zonder raming", Fit.UNKNOWN),
    ]


def test_a_product_group_has_one_minimum_share_on_a_day(actor) -> None:
    first = PrincipleInput("GRN-01", Decimal("0.80"), Period(dt.date(2026, 1, 1)), reason="voorbeeld")
    key = goals.set_principle(actor=actor, principle=first)
    assert goals.set_principle(actor=actor, principle=first) == key
    later = replace(first, minimum=Decimal("0.90"), valid=Period(dt.date(2027, 1, 1)))
    with pytest.raises(GoalIncomplete, match="al een principe"):
        goals.set_principle(actor=actor, principle=later)
    goals.end_principle(actor=actor, principle_id=key, until=dt.date(2027, 1, 1))
    goals.set_principle(actor=actor, principle=later)

    def minimum(day: dt.date) -> Decimal | None:
        return goals.minimum_shares(organisation_id=actor.organisation_id, on=day).get("GRN-01")

    assert [minimum(dt.date(2025, 12, 31)), minimum(dt.date(2026, 12, 31)), minimum(dt.date(2027, 1, 1))] == [
        None,
        Decimal("0.80"),
        Decimal("0.90"),
    ]


@pytest.mark.parametrize("share", ["0", "1.01", "-0.1"])
def test_a_share_that_cannot_be_is_refused(actor, share) -> None:
    with pytest.raises(GoalIncomplete):
        goals.set_principle(
            actor=actor, principle=PrincipleInput("GRN-01", Decimal(share), Period(dt.date(2026, 1, 1)))
        )


def test_a_principle_cannot_end_before_it_starts_and_belongs_to_one_organisation(actor) -> None:
    key = goals.set_principle(
        actor=actor, principle=PrincipleInput("GRN-01", Decimal("0.8"), Period(dt.date(2026, 1, 1)))
    )
    with pytest.raises(GoalIncomplete):
        goals.end_principle(actor=actor, principle_id=key, until=dt.date(2026, 1, 1))
    with pytest.raises(GoalNotFound):
        goals.end_principle(actor=factories.actor(), principle_id=key, until=dt.date(2027, 1, 1))


def chain(code: str):
    return next(one for one in goals.chains() if one.code == code)


def indicators_of(actor: Actor, purpose_id: int):
    return indicators.of_subjects(
        organisation_id=actor.organisation_id, subject=PURCHASING_GOAL, subject_keys=[purpose_id]
    )[purpose_id]


def test_chain_1a_and_1b_share_their_goal_and_bring_their_targets(actor) -> None:
    one, other = (goals.take_chain(actor=actor, chain=chain(code)) for code in ("1a", "1b"))
    assert one.social_goal_id == other.social_goal_id
    assert read(actor, one.social_goal_id).is_lever is True

    assert len(purpose(actor, one.purpose_id).product_groups) == 3
    (share,) = indicators_of(actor, one.purpose_id)
    assert (share.kind, share.target.baseline_value) == (IndicatorKind.SHARE, Decimal("0.1"))
    assert set(share.parameters["product_groups"]) == set(purpose(actor, one.purpose_id).product_groups)

    assert purpose(actor, other.purpose_id).scope == RULE
    (subcontracted,) = indicators_of(actor, other.purpose_id)
    assert subcontracted.target.baseline_value == Decimal("0.05")
    assert subcontracted.parameters == {
        "value_over": "450000",
        "months_at_least": 48,
        "natures": ["works", "services"],
    }
    goals.activate_purpose(actor=actor, purpose_id=one.purpose_id)


def test_chain_2_has_a_target_for_visits_and_none_for_pupils(actor) -> None:
    taken = goals.take_chain(actor=actor, chain=chain("2"))
    targets = {one.name: one.target for one in indicators_of(actor, taken.purpose_id)}
    assert targets["Werfbezoeken voor scholen"].baseline_value == Decimal(4)
    assert targets["Leerlingen op werfbezoek"] is None


def test_the_growth_path_keeps_growth_and_end_value_apart() -> None:
    (one,) = chain("hasselt").indicators
    assert target_path(one, 2017) == TargetPath(2017, Decimal("0.125"), Decimal("0.01"), 2018, Decimal("0.15"))


def test_a_chain_is_adapted_before_it_is_taken_over(actor) -> None:
    original = chain("1a")
    adapted = replace(
        original,
        purpose=replace(original.purpose, title="Meer in schoonmaak", product_groups=("SCH-01",)),
        indicators=(replace(original.indicators[0], target=Decimal("0.2")),),
    )
    taken = goals.take_chain(actor=actor, chain=adapted)
    (share,) = indicators_of(actor, taken.purpose_id)
    assert (share.target.baseline_value, share.parameters["product_groups"]) == (Decimal("0.2"), ["SCH-01"])


def test_a_chain_is_taken_over_as_a_whole_or_not_at_all(actor) -> None:
    wrong = replace(chain("1a"), indicators=(replace(chain("1a").indicators[0], name=" "),))
    with pytest.raises(Exception, match="naam"):
        goals.take_chain(actor=actor, chain=wrong)
    assert goals.all_goals(organisation_id=actor.organisation_id) == ()
    assert goals.purposes(organisation_id=actor.organisation_id) == ()

    goals.take_chain(actor=actor, chain=chain("1a"))
    with pytest.raises(GoalIncomplete):
        goals.take_chain(actor=actor, chain=chain("1a"))
    assert len(goals.purposes(organisation_id=actor.organisation_id)) == 1
    with pytest.raises(NotAllowed):
        goals.take_chain(actor=factories.bare_actor(actor.organisation_id, Role.AUDITOR), chain=chain("2"))


def framework(actor: Actor, *, on: dt.date = TODAY):
    return goals.framework(organisation_id=actor.organisation_id, on=on)


def use_the_default_method(actor: Actor) -> None:
    method = selection.method(organisation_id=actor.organisation_id)
    scores = {one.code: Score(Decimal(3)) for one in scoring.leaves(criteria=method.method.criteria)}
    selection.score(actor=actor, product_group="GRN-01", scores=scores)


def set_up_a_working_group(actor: Actor) -> None:
    roles = group_kinds()["working-group"].needed
    workgroup.set_up(
        actor=actor,
        name="Werkgroep sociaal aankopen",
        rhythm_months=2,
        members=[MemberInput(role=role, name=f"Lid {role}", valid_from=dt.date(2026, 1, 1)) for role in roles],
        started_on=dt.date(2026, 1, 1),
    )


def test_the_framework_counts_its_complete_parts(actor) -> None:
    assert (framework(actor).share, framework(actor).state) == (Decimal(0), FrameworkState.EMPTY)
    note(actor, "Een eerste doel")
    assert framework(actor).state is FrameworkState.IN_PROGRESS

    key = translate(actor, product_groups=("GRN-01",))
    fix(actor, purpose(actor, key).social_goal_id)
    assert framework(actor).missing == (Part.PURPOSES, Part.SELECTION, Part.WORKGROUP)
    use_the_default_method(actor)
    assert framework(actor).share == Decimal("0.5")
    indicator(actor, key)
    goals.activate_purpose(actor=actor, purpose_id=key)
    assert framework(actor).share == Decimal("0.75")

    set_up_a_working_group(actor)
    done = framework(actor)
    assert (done.completed, done.share, done.state) == (4, Decimal(1), FrameworkState.COMPLETE)


def test_the_framework_is_reviewed_every_year(actor) -> None:
    fix(actor, judged(actor, "Een"))  # decided on 5 March 2026
    assert not framework(actor, on=dt.date(2027, 3, 4)).review_due
    assert framework(actor, on=dt.date(2027, 3, 5)).review_due

    with pytest.raises(StepNotPossible):
        goals.close_review(actor=actor, remark="klaar")
    goals.open_review(actor=actor)
    goals.open_review(actor=actor)
    assert framework(actor).state is FrameworkState.UNDER_REVIEW
    with pytest.raises(GoalIncomplete):
        goals.close_review(actor=actor, remark="")
    goals.close_review(actor=actor, remark="twee doelen bijgesteld")
    found = framework(actor, on=clock.today() + dt.timedelta(days=364))
    assert (found.state, found.last_review, found.review_due) == (FrameworkState.IN_PROGRESS, clock.today(), False)


def test_a_framework_without_anything_stays_empty_even_under_review() -> None:
    parts = tuple(PartView(name, is_complete=False) for name in Part)
    assert state_of(parts, is_under_review=True) is FrameworkState.EMPTY
