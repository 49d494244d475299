"""The early look at planned purchases: asked, answered, never in the way; and the plan laid side by side."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from koopkracht.accounts.permissions import Role
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import screening as api
from koopkracht.strategy.errors.plan import PlannedPurchaseNotFound
from koopkracht.strategy.errors.screening import ScreeningRefused
from koopkracht.strategy.types.plan import PlannedPurchaseEntry, PlannedPurchaseView, PlanSource
from koopkracht.strategy.types.screening import RoleOfSocialEconomy, ScreeningState
from tests.accounts import factories

pytestmark = pytest.mark.django_db
YES, PARTLY = RoleOfSocialEconomy.YES, RoleOfSocialEconomy.PARTLY


@pytest.fixture
def place():
    return factories.organisation()


@pytest.fixture
def buyer(place) -> Actor:
    return factories.actor(place, Role.BUYER)


@pytest.fixture
def officer(place) -> Actor:
    return factories.actor(place, Role.SOCIAL_ECONOMY_OFFICER)


def plan_line(actor: Actor, title: str = "Poetsen", **fields: object) -> int:
    strategy.put_planned_purchases(actor=actor, entries=[PlannedPurchaseEntry(title=title, **fields)])
    return next(line.id for line in api.plan(organisation_id=actor.organisation_id) if line.title == title)


def line(**fields: object) -> PlannedPurchaseView:
    values: dict[str, object] = {
        "id": 1, "title": "x", "segment": "", "product_group": "SCH-01", "amount": None, "start": None,
        "duration_months": None, "responsible": "", "source": PlanSource.PLAN, "contact": "", "source_date": None,
    }  # fmt: skip
    return PlannedPurchaseView(**{**values, **fields})


def state(actor: Actor, purchase_id: int, on: dt.date) -> ScreeningState:
    return api.screening(organisation_id=actor.organisation_id, purchase_id=purchase_id).state(on)


def test_a_look_waits_for_its_term_and_then_the_dossier_goes_on(buyer) -> None:
    purchase = plan_line(buyer)
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        api.ask_screening(actor=buyer, purchase_id=purchase)
    look = api.screening(organisation_id=buyer.organisation_id, purchase_id=purchase)
    assert look.due == dt.date(2026, 3, 2) + dt.timedelta(days=api.terms().screening_days)
    assert state(buyer, purchase, look.due) is ScreeningState.WAITING
    assert look.holds_up(look.due)
    assert state(buyer, purchase, look.due + dt.timedelta(days=1)) is ScreeningState.TERM_OVER
    assert not look.holds_up(look.due + dt.timedelta(days=1))


def test_asking_twice_does_not_move_the_term(buyer) -> None:
    purchase = plan_line(buyer)
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        api.ask_screening(actor=buyer, purchase_id=purchase)
    with time_machine.travel(dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)):
        api.ask_screening(actor=buyer, purchase_id=purchase)
    look = api.screening(organisation_id=buyer.organisation_id, purchase_id=purchase)
    assert look.asked_on == dt.date(2026, 3, 2)


def test_the_officer_answers_also_unasked_and_also_after_the_term(buyer, officer) -> None:
    purchase = plan_line(buyer)
    api.answer_screening(actor=officer, purchase_id=purchase, answer=PARTLY, reason="De ramen kunnen apart.")
    api.ask_screening(actor=buyer, purchase_id=purchase)
    look = api.screening(organisation_id=buyer.organisation_id, purchase_id=purchase)
    assert (look.answer, look.reason, look.asked_on) == (PARTLY, "De ramen kunnen apart.", None)
    assert look.state(dt.date(2030, 1, 1)) is ScreeningState.ANSWERED


def test_an_answer_without_a_reason_is_refused_and_changes_nothing(buyer, officer) -> None:
    purchase = plan_line(buyer)
    with pytest.raises(ScreeningRefused) as refused:
        api.answer_screening(actor=officer, purchase_id=purchase, answer=YES, reason="  ")
    assert refused.value.details["field"] == "reason"
    assert state(buyer, purchase, dt.date(2026, 1, 1)) is ScreeningState.NOT_ASKED


def test_talks_with_the_requester_are_kept_newest_first(buyer, officer) -> None:
    purchase = plan_line(buyer)
    for day, result in ((1, "Eerst kijken"), (9, "Een proef met twee gebouwen")):
        api.note_talk(
            actor=officer, purchase_id=purchase, on=dt.date(2026, 2, day), contact="Technische dienst", result=result
        )
    notes = api.screening(organisation_id=buyer.organisation_id, purchase_id=purchase).notes
    assert [note.result for note in notes] == ["Een proef met twee gebouwen", "Eerst kijken"]
    with pytest.raises(ScreeningRefused):
        api.note_talk(actor=officer, purchase_id=purchase, on=dt.date(2999, 1, 1), contact="x", result="y")


def test_a_buyer_does_not_answer_for_the_officer_and_nobody_for_another_town(buyer, officer) -> None:
    purchase = plan_line(buyer)
    with pytest.raises(NotAllowed):
        api.answer_screening(actor=buyer, purchase_id=purchase, answer=YES, reason="x")
    elsewhere = factories.actor(None, Role.SOCIAL_ECONOMY_OFFICER)
    with pytest.raises(PlannedPurchaseNotFound):
        api.answer_screening(actor=elsewhere, purchase_id=purchase, answer=YES, reason="x")
    with pytest.raises(PlannedPurchaseNotFound):
        api.planned_purchase(actor=elsewhere, purchase_id=purchase)


def test_a_new_version_of_the_plan_keeps_impact_and_succession(buyer) -> None:
    purchase = plan_line(buyer, follows="contract 7", intended_impact="Werk voor vijf mensen")
    strategy.put_planned_purchases(actor=buyer, entries=[PlannedPurchaseEntry(title="Poetsen", amount=Decimal(5))])
    kept = api.planned_purchase(actor=buyer, purchase_id=purchase)
    assert (kept.follows, kept.intended_impact, kept.amount) == ("contract 7", "Werk voor vijf mensen", Decimal(5))
    assert api.followed_contracts(organisation_id=buyer.organisation_id) == {"contract 7"}


def test_what_is_not_known_of_a_line_is_named() -> None:
    assert line().missing == ("amount", "duration_months", "responsible")
    full = line(amount=Decimal(0), duration_months=12, responsible="An")
    assert full.missing == ()


def test_the_end_of_a_line_follows_from_start_and_duration() -> None:
    assert line(start=dt.date(2027, 8, 31), duration_months=6).end == dt.date(2028, 2, 29)
    assert line(start=dt.date(2027, 1, 1)).end is None


def test_purchases_of_one_group_that_start_close_together_are_a_bundle() -> None:
    gap = api.terms().bundle_gap_months
    first, near = dt.date(2027, 1, 1), dt.date(2027, gap, 28)
    far = dt.date(2029, 1, 1)
    found = api.bundles(
        [
            line(id=1, start=first, amount=Decimal(100)),
            line(id=2, start=near, amount=None),
            line(id=3, start=far, amount=Decimal(900)),
            line(id=4, start=first, product_group="GRN-01"),
            line(id=5, start=None),
        ]
    )
    assert [(bundle.product_group, [one.id for one in bundle.lines]) for bundle in found] == [("SCH-01", [1, 2])]
    assert found[0].total == Decimal(100)


def test_two_starts_exactly_the_gap_apart_are_no_bundle() -> None:
    gap = api.terms().bundle_gap_months
    exactly = dt.date(2027, 1 + gap, 1)
    assert api.bundles([line(id=1, start=dt.date(2027, 1, 1)), line(id=2, start=exactly)]) == ()


def test_work_on_a_successor_begins_in_time_or_is_late() -> None:
    start = dt.date(2027, 10, 1)
    in_time = api.preparation(start, today=dt.date(2027, 1, 1), months=9)
    assert (in_time.begin, in_time.is_late, in_time.is_past) == (dt.date(2027, 1, 1), False, False)
    assert api.preparation(start, today=dt.date(2027, 1, 2), months=9).is_late
    assert api.preparation(start, today=dt.date(2027, 10, 2), months=9).is_past
