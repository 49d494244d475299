"""Choosing product groups: the ladder, scores, decisions of people, marks on planned purchases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import Any

import jsonschema
import pytest
import yaml

from koopkracht.accounts.permissions import Role
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.scoring.errors import MethodRefused, ScoreRefused
from koopkracht.scoring.types import Score
from koopkracht.shared import clock
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.periods import months_after
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import selection as api
from koopkracht.strategy.errors.plan import PlannedPurchaseNotFound
from koopkracht.strategy.errors.selection import SelectionRefused, StepNotPossible
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from koopkracht.strategy.types.selection import ExtraParameter, GroupStatus, MethodInput, SizeClass, Step
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import organisation

pytestmark = pytest.mark.django_db
GROUP = "GRN-01"
CHECK = {"A": 4, "B": 5, "C": 2, "D": 2, "E": 5, "F-1": 4, "F-2": 4}
TODAY = clock.today()


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def actor(place: Any) -> Any:
    return make_actor(place, Role.BUYER)


def score(actor: Any, group: str = GROUP, **changed: Any) -> None:
    values = {**CHECK, **{code.replace("_", "-"): value for code, value in changed.items()}}
    given = {code: Score(None if value is None else Decimal(value)) for code, value in values.items()}
    api.score(actor=actor, product_group=group, scores=given)


def standing(actor: Any, group: str = GROUP) -> Any:
    return api.standing(organisation_id=actor.organisation_id, product_group=group)


def decide(actor: Any, group: str = GROUP, *, significant: bool = True, **changed: Any) -> None:
    given = {"reason": "Veel handwerk", "decided_on": TODAY, "participants": "Werkgroep", **changed}
    api.decide(actor=actor, product_group=group, significant=significant, **given)


def prioritise(actor: Any, *groups: str, **changed: Any) -> int:
    given = {"reason": "Werksessie", "decided_on": TODAY, "participants": "Aankoop en beleid", **changed}
    return api.prioritise(actor=actor, product_groups=groups, **given)


def plan(actor: Any, title: str = "Bermen", group: str = GROUP, **fields: Any) -> int:
    entry = PlannedPurchaseEntry(title=title, product_group=group, **fields)
    strategy.put_planned_purchases(actor=actor, entries=[entry])
    found = api.purchases_by_group(organisation_id=actor.organisation_id)[group]
    return next(one.id for one in found if one.title == title)


def change(actor: Any, **changed: Any) -> Any:
    current = api.method(organisation_id=actor.organisation_id)
    given = {"weights": {}, "thresholds": current.thresholds, "extra": current.extra, "note": "Proef", **changed}
    return api.change_method(actor=actor, change=MethodInput(**given))


# --- content ---------------------------------------------------------------------------------------------------


def test_the_content_follows_its_schema() -> None:
    folder = resources.files("koopkracht") / "content" / "scoring"
    schema = yaml.safe_load((folder / "schema.yaml").read_text(encoding="utf-8"))
    files = [file for file in folder.iterdir() if file.name.endswith(".yaml") and file.name != "schema.yaml"]
    assert files
    for file in files:
        jsonschema.validate(yaml.safe_load(file.read_text(encoding="utf-8")), schema)


def test_the_default_method_has_six_equal_parameters_of_which_two_inverse() -> None:
    content = api.content()
    assert [one.code for one in content.parameters] == list("ABCDEF")
    assert [one.code for one in content.parameters if one.inverse] == ["C", "D"]
    assert [one.name for one in content.parameters[-1].parts] == [
        "Kans op samenwerking",
        "Aanbod in de (lokale) sociale economie",
    ]
    assert (len(content.small_advantages), len(content.features), len(content.focus_grounds)) == (4, 4, 2)
    top = [one for one in api.method(organisation_id=0).method.criteria if not one.parent]
    assert {one.weight for one in top} == {1}


# --- scores and ladder -----------------------------------------------------------------------------------------


def test_the_check_value_through_the_door(actor) -> None:
    """CF-06: equal weights, suitabilities 4, 5, 4, 4, 5 and F 4 give 4.33."""
    score(actor)
    assert standing(actor).score == Fraction(26, 6)
    assert api.two_decimals(value=standing(actor).score) == Decimal("4.33")
    assert standing(actor).status is GroupStatus.SCORED


def test_the_ladder_from_list_to_decision_and_back(actor) -> None:
    assert standing(actor).status is GroupStatus.LISTED
    assert prioritise(actor, GROUP) == 1
    assert standing(actor).status is GroupStatus.PRIORITY
    score(actor, F_2=None)
    assert (standing(actor).status, standing(actor).score) == (GroupStatus.PRIORITY, None)
    with pytest.raises(StepNotPossible, match="alle scores"):
        decide(actor)
    score(actor)
    decide(actor)
    assert api.significant_groups(organisation_id=actor.organisation_id) == (GROUP,)
    with pytest.raises(SelectionRefused, match="reden"):
        api.reopen(actor=actor, product_group=GROUP, reason=" ")
    api.reopen(actor=actor, product_group=GROUP, reason="De markt is veranderd")
    assert standing(actor).status is GroupStatus.SCORED
    decide(actor, significant=False)
    assert api.significant_groups(organisation_id=actor.organisation_id) == ()
    history = api.history(organisation_id=actor.organisation_id, product_group=GROUP)
    assert [one.step for one in history] == [Step.DECIDE_NOT, Step.REOPEN, Step.DECIDE_SIGNIFICANT, Step.PRIORITISE]
    chosen = history[2]
    assert (chosen.score, chosen.rank, chosen.version) == (Decimal("4.33"), 1, 1)
    assert (chosen.reason, chosen.participants, chosen.decided_on) == ("Veel handwerk", "Werkgroep", TODAY)


def test_pressing_twice_changes_nothing(actor) -> None:
    assert (prioritise(actor, GROUP), prioritise(actor, GROUP)) == (1, 0)
    score(actor)
    decide(actor)
    decide(actor)
    assert len(api.history(organisation_id=actor.organisation_id, product_group=GROUP)) == 2
    with pytest.raises(StepNotPossible):
        decide(actor, significant=False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"participants": " "}, "participants"),
        ({"decided_on": TODAY + dt.timedelta(days=1)}, "decided_on"),
    ],
)
def test_a_decision_names_reason_date_and_people(actor, changed, field) -> None:
    score(actor)
    with pytest.raises(SelectionRefused) as caught:
        decide(actor, **changed)
    assert caught.value.details["field"] == field
    assert standing(actor).status is GroupStatus.SCORED


def test_a_workshop_is_stored_whole_or_not_at_all(actor) -> None:
    with pytest.raises(ProductGroupNotFound):
        prioritise(actor, GROUP, "ZZZ-99")
    with pytest.raises(SelectionRefused, match="minstens één"):
        prioritise(actor)
    assert api.priority_groups(organisation_id=actor.organisation_id) == ()


def test_priority_is_taken_away_only_before_scores(actor) -> None:
    prioritise(actor, GROUP, "SCH-01")
    api.withdraw_priority(actor=actor, product_group=GROUP, reason="Vergissing")
    assert api.priority_groups(organisation_id=actor.organisation_id) == ("SCH-01",)
    score(actor, "SCH-01")
    with pytest.raises(StepNotPossible):
        api.withdraw_priority(actor=actor, product_group="SCH-01", reason="Vergissing")


def test_the_ranking_advises_with_ties_and_firmness(place, actor) -> None:
    score(actor, "SCH-01")
    score(actor, GROUP)
    score(make_actor(place, Role.EXECUTIVE), GROUP, A=3)
    score(actor, "SCH-06", A=1)
    score(actor, "TEX-01", A=None)
    found = api.standings(organisation_id=actor.organisation_id)
    assert [(one.product_group, one.result.rank) for one in found.ranked] == [("SCH-01", 1), (GROUP, 2), ("SCH-06", 3)]
    assert found.of(GROUP).result.criteria["A"].mean == Fraction(7, 2)
    firm = api.sensitivity(standings=found, variation=Fraction(1, 4))
    assert set(firm.ranges) == {one.id for one in found.ranked}
    assert firm.first == found.of("SCH-01").id


# --- method ----------------------------------------------------------------------------------------------------


def test_a_new_version_asks_for_new_scores_and_keeps_the_old_ones(actor) -> None:
    score(actor)
    made = change(
        actor, weights={"A": Decimal(2)}, extra=(ExtraParameter("Leerkansen", goal_id=7, goal_name="Jongeren"),)
    )
    assert (made.method.version, [one.code for one in made.extra]) == (2, ["F-3"])
    assert (made.extra[0].goal_id, made.extra[0].goal_name) == (7, "Jongeren")
    assert standing(actor).score is None
    with pytest.raises(StepNotPossible, match="niet volledig"):
        decide(actor)
    old = api.standing(organisation_id=actor.organisation_id, product_group=GROUP, version=1)
    assert old.score == Fraction(26, 6)
    score(actor, F_3=1)
    assert standing(actor).score == (2 * 4 + 5 + 4 + 4 + 5 + Fraction(4 + 4 + 1, 3)) / 7


def test_other_borders_are_another_version_and_the_same_are_not(actor) -> None:
    first = change(actor)
    assert change(actor).method.version == first.method.version == 1
    borders = replace(first.thresholds, small_below=Decimal(50_000))
    assert change(actor, thresholds=borders).method.version == 2
    assert api.method(organisation_id=actor.organisation_id, version=1).thresholds == first.thresholds
    assert api.method(organisation_id=actor.organisation_id, version=9) is None


def test_a_method_that_cannot_work_is_refused(actor) -> None:
    with pytest.raises(MethodRefused, match="Alle gewichten zijn 0"):
        change(actor, weights=dict.fromkeys("ABCDEF", Decimal(0)))
    with pytest.raises(MethodRefused, match="onderdelen van “Eigen accenten”"):
        change(actor, weights={"F-1": Decimal(0), "F-2": Decimal(0)})
    with pytest.raises(SelectionRefused, match="waarom"):
        change(actor, note=" ")
    borders = api.content().thresholds
    for wrong in (
        replace(borders, large_from=Decimal(1)),
        replace(borders, significant_from=Decimal(6)),
        replace(borders, urgent_months=61),
    ):
        with pytest.raises(SelectionRefused):
            change(actor, thresholds=wrong)
    assert api.methods(organisation_id=actor.organisation_id) == ()


def test_a_score_for_a_closed_version_is_refused(actor) -> None:
    score(actor)
    old = api.method(organisation_id=actor.organisation_id).method.id
    change(actor, weights={"A": Decimal(3)})
    with pytest.raises(ScoreRefused, match="nieuwe versie"):
        api.score(actor=actor, product_group=GROUP, scores={"A": Score(Decimal(1))}, method_id=old)


# --- features, marks, judgement --------------------------------------------------------------------------------


def test_features_and_focus_with_a_reason(actor) -> None:
    with pytest.raises(SelectionRefused, match="focus"):
        api.describe(actor=actor, product_group=GROUP, focus=["impact"])
    api.describe(
        actor=actor, product_group=GROUP, features=["labour", "x"], focus=["policy"], focus_reason="Meerjarenplan"
    )
    found = standing(actor)
    assert (found.features, found.focus, found.focus_reason) == (("labour",), ("policy",), "Meerjarenplan")


def test_a_planned_purchase_is_marked_only_in_a_group_with_priority(actor) -> None:
    purchase = plan(actor)
    with pytest.raises(SelectionRefused, match="nog geen voorrang"):
        api.mark(actor=actor, purchase_id=purchase, reason="Contract loopt af")
    prioritise(actor, GROUP)
    with pytest.raises(SelectionRefused, match="waarom"):
        api.mark(actor=actor, purchase_id=purchase, reason=" ")
    api.mark(actor=actor, purchase_id=purchase, reason="Contract loopt af")
    api.mark(actor=actor, purchase_id=purchase, reason="Leerkansen")
    (row,) = api.planned_in_priority(organisation_id=actor.organisation_id)
    assert (row.purchase.title, row.mark.reason) == ("Bermen", "Leerkansen")
    assert api.marked_purchases(organisation_id=actor.organisation_id) == {purchase}
    api.unmark(actor=actor, purchase_id=purchase)
    assert api.marked_purchases(organisation_id=actor.organisation_id) == frozenset()


def test_a_removed_purchase_takes_its_mark_along(actor) -> None:
    purchase = plan(actor)
    prioritise(actor, GROUP)
    api.mark(actor=actor, purchase_id=purchase, reason="Contract loopt af")
    strategy.remove_planned_purchase(actor=actor, purchase_id=purchase)
    assert api.marked_purchases(organisation_id=actor.organisation_id) == frozenset()


@pytest.mark.parametrize(
    ("amount", "size"),
    [
        ("29999.99", SizeClass.SMALL),
        ("30000", SizeClass.MEDIUM),
        ("139999.99", SizeClass.MEDIUM),
        ("140000", SizeClass.LARGE),
    ],
)
def test_sizes_meet_at_their_borders(amount, size) -> None:
    assert api.content().thresholds.size_of(Decimal(amount)) is size
    assert api.content().thresholds.size_of(None) is None


def test_the_method_judges_a_planned_purchase(actor) -> None:
    day = dt.date(2027, 1, 1)
    purchase = plan(actor, amount=Decimal(500_000), start=months_after(day, 3))
    before = api.judge(organisation_id=actor.organisation_id, purchase_id=purchase, on=day)
    assert (before.size, before.urgent, before.complex, before.suggest_dialogue) == (
        SizeClass.LARGE,
        False,
        False,
        False,
    )
    score(actor, C=4)
    after = api.judge(organisation_id=actor.organisation_id, purchase_id=purchase, on=day + dt.timedelta(days=1))
    assert (after.urgent, after.complex, after.suggest_dialogue) == (True, True, True)
    assert after.group.score == Fraction(24, 6)
    small = plan(actor, "Perk", amount=Decimal(10_000))
    told = api.judge(organisation_id=actor.organisation_id, purchase_id=small, on=day)
    assert (told.size, told.urgent, told.suggest_dialogue) == (SizeClass.SMALL, None, False)


# --- permissions and organisations -----------------------------------------------------------------------------


def test_who_may_do_what(place, actor) -> None:
    purchase = plan(actor)
    auditor, lawyer, executive = (make_actor(place, role) for role in (Role.AUDITOR, Role.LAWYER, Role.EXECUTIVE))
    score(lawyer)
    refused = [
        lambda: score(auditor),
        lambda: decide(lawyer),
        lambda: prioritise(lawyer, GROUP),
        lambda: change(executive),
        lambda: api.describe(actor=executive, product_group=GROUP),
        lambda: api.mark(actor=executive, purchase_id=purchase, reason="x"),
        lambda: api.reopen(actor=lawyer, product_group=GROUP, reason="x"),
    ]
    for step in refused:
        with pytest.raises(NotAllowed):
            step()
    decide(executive)


def test_another_organisation_sees_and_touches_nothing(actor) -> None:
    purchase = plan(actor)
    score(actor)
    stranger = make_actor(organisation(), Role.BUYER)
    assert standing(stranger).status is GroupStatus.LISTED
    assert api.standings(organisation_id=stranger.organisation_id).groups == {}
    for step in (
        lambda: api.judge(organisation_id=stranger.organisation_id, purchase_id=purchase),
        lambda: api.mark(actor=stranger, purchase_id=purchase, reason="x"),
        lambda: api.unmark(actor=stranger, purchase_id=purchase),
    ):
        with pytest.raises(PlannedPurchaseNotFound):
            step()
