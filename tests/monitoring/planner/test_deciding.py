"""Plans are asked for, computed once, decided by people and kept."""

from __future__ import annotations

import pytest

from koopkracht.accounts import api as accounts
from koopkracht.accounts.permissions import Role
from koopkracht.jobs.models import Job
from koopkracht.jobs.types import JobContext
from koopkracht.monitoring.planner import api, running, work
from koopkracht.monitoring.planner.errors import AssumptionRefused, PlanIncomplete, PlanNotFound, PlanNotReady
from koopkracht.monitoring.planner.types import Lock, PlanState
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy.api import selection
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import bare_actor, organisation
from tests.monitoring.planner.town import YEAR, planned, purchase, put_plan, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return organisation()


@pytest.fixture
def actor(place):
    return make_actor(place)


@pytest.fixture
def keys(actor):
    return put_plan(actor, purchase("Poetsen"), purchase("Ramen", "SCH-02"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"year": 1999}, "year"),
        ({"staff_hours": (1, 2, 3, -4)}, "staff_hours"),
        ({"market": 10_001}, "market"),
        ({"appetite": "wild"}, "appetite"),
        ({"own": {}}, "targets"),
        ({"own": {"nergens": 1}}, "targets"),
        ({"own": {"social-spend": 10**15}}, "targets"),
        ({"indicators": {1: "nergens"}}, "targets"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_its_field(actor, fields, field) -> None:
    with pytest.raises(PlanIncomplete) as caught:
        api.start(actor=actor, request=request(**fields))
    assert caught.value.details["field"] == field
    assert api.list_plans(actor=actor, query=ListQuery()).rows == []


def test_asking_twice_is_asking_once(actor, keys) -> None:
    first = api.start(actor=actor, request=request())
    assert api.start(actor=actor, request=request()) == first
    assert api.start(actor=actor, request=request(name="Ander")) != first


def test_a_request_can_be_asked_again(actor, keys) -> None:
    asked = request(locks={keys["Ramen"]: Lock.OUT, keys["Poetsen"]: Lock.FREE}, appetite="bold", market=500)
    plan_id = api.start(actor=actor, request=asked)
    again = api.request_of(organisation_id=actor.organisation_id, plan_id=plan_id)
    assert (again.locks, again.appetite, again.market) == ({keys["Ramen"]: Lock.OUT}, "bold", 500)


def test_the_job_computes_a_plan_once(actor, keys) -> None:
    plan_id = api.start(actor=actor, request=request())
    told = []
    context = JobContext(job_id=1, actor=actor, attempt=1, progress=lambda *parts: told.append(parts))
    assert work.solve_plan(context, plan_id=plan_id) == {"state": "solved"}
    before = api.plan(organisation_id=actor.organisation_id, plan_id=plan_id)
    assert work.solve_plan(context, plan_id=plan_id) == {"state": "solved"}
    assert api.plan(organisation_id=actor.organisation_id, plan_id=plan_id) == before
    assert any(total and done for done, total, _text in told)


def test_without_a_usable_target_the_plan_says_so(actor, keys) -> None:
    plan = planned(actor, indicators={999_999: "social-spend"})
    assert plan.state is PlanState.FAILED
    assert "geen enkel doel" in plan.message


def test_following_a_plan_keeps_who_when_and_why_and_marks_the_purchases(actor, keys) -> None:
    plan = planned(actor)
    (key,) = plan.result["base"]["choice"]
    group = "SCH-01" if key == str(keys["Poetsen"]) else "SCH-02"
    selection.prioritise(
        actor=actor, product_groups=[group], reason="test", decided_on=plan.created_at.date(), participants="iedereen"
    )
    api.decide(actor=actor, plan_id=plan.id, reason="Werkgroep van maart")
    name = accounts.names_of(organisation_id=actor.organisation_id, user_ids=[actor.user_id])[actor.user_id]
    found = api.plan(organisation_id=actor.organisation_id, plan_id=plan.id)
    assert (found.state, found.reason, found.decided_by) == (PlanState.DECIDED, "Werkgroep van maart", name)
    assert found.decided_at is not None
    assert found.decision["marks"] == {key: ""}
    assert found.result == plan.result, "the advice itself is never changed"
    marked = selection.judge(organisation_id=actor.organisation_id, purchase_id=int(key)).mark
    assert marked is not None
    assert "Gekozen in het plan" in marked.reason
    assert api.decided(organisation_id=actor.organisation_id, year=YEAR) == {plan.id: "Plan"}


def test_a_purchase_in_a_group_without_priority_is_told_and_can_be_marked_later(actor, keys) -> None:
    plan = planned(actor)
    api.decide(actor=actor, plan_id=plan.id, reason="Akkoord")
    (why,) = api.plan(organisation_id=actor.organisation_id, plan_id=plan.id).decision["marks"].values()
    assert "voorrang" in why
    selection.prioritise(
        actor=actor,
        product_groups=["SCH-01", "SCH-02"],
        reason="test",
        decided_on=plan.created_at.date(),
        participants="iedereen",
    )
    assert api.mark(actor=actor, plan_id=plan.id) == 1


def test_people_deviate_with_a_reason_and_see_what_it_does(actor, keys) -> None:
    plan = planned(actor)
    (key,) = plan.result["base"]["choice"]
    with pytest.raises(PlanIncomplete) as caught:
        api.decide(actor=actor, plan_id=plan.id, reason="Akkoord", deviations={key: ("", " ")})
    assert caught.value.details["field"] == key
    with pytest.raises(PlanIncomplete):
        api.decide(actor=actor, plan_id=plan.id, reason="Akkoord", deviations={key: ("bestaat-niet", "omdat")})
    api.decide(actor=actor, plan_id=plan.id, reason="Akkoord", deviations={key: ("", "De dienst stelt uit")})
    found = api.plan(organisation_id=actor.organisation_id, plan_id=plan.id)
    assert found.decision["choice"] == {}
    assert found.decision["deviations"][key]["reason"] == "De dienst stelt uit"
    assert found.decision["faults"] == ["target:own-social-contracts"]


def test_a_decision_needs_a_reason_and_a_plan_and_happens_once(actor, keys) -> None:
    plan = planned(actor)
    with pytest.raises(PlanIncomplete):
        api.decide(actor=actor, plan_id=plan.id, reason=" ")
    api.decide(actor=actor, plan_id=plan.id, reason="Akkoord")
    with pytest.raises(PlanNotReady):
        api.decide(actor=actor, plan_id=plan.id, reason="Nog eens")
    impossible = planned(actor, own={"social-spend": 10**12})
    with pytest.raises(PlanNotReady):
        api.decide(actor=actor, plan_id=impossible.id, reason="Toch")


def test_permissions_are_asked(actor, place, keys) -> None:
    plan = planned(actor)
    lawyer = bare_actor(place.pk, Role.LAWYER)
    with pytest.raises(NotAllowed):
        api.start(actor=lawyer, request=request())
    with pytest.raises(NotAllowed):
        api.decide(actor=lawyer, plan_id=plan.id, reason="x")
    with pytest.raises(NotAllowed):
        api.set_assumption(actor=lawyer, code="clause.prepare", value=1, reason="x")
    assert [row.id for row in api.list_plans(actor=lawyer, query=ListQuery()).rows] == [plan.id]


def test_another_organisation_sees_nothing(actor, keys) -> None:
    plan = planned(actor)
    stranger = make_actor()
    with pytest.raises(PlanNotFound):
        api.plan(organisation_id=stranger.organisation_id, plan_id=plan.id)
    with pytest.raises(PlanNotFound):
        api.decide(actor=stranger, plan_id=plan.id, reason="x")
    with pytest.raises(PlanNotFound):
        running.compute(organisation_id=stranger.organisation_id, plan_id=plan.id, report=lambda *_parts: None)
    assert api.list_plans(actor=stranger, query=ListQuery()).rows == []


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [("bestaat.niet", 1, "x"), ("free-share", 101, "x"), ("free-share", -1, "x"), ("free-share", 10, " ")],
)
def test_an_assumption_needs_a_place_a_size_and_a_reason(actor, code, value, reason) -> None:
    with pytest.raises(AssumptionRefused):
        api.set_assumption(actor=actor, code=code, value=value, reason=reason)


def test_a_crash_is_told_and_the_plan_can_be_asked_again(actor, keys, monkeypatch) -> None:
    plan_id = api.start(actor=actor, request=request())
    context = JobContext(job_id=1, actor=actor, attempt=1, progress=lambda *_parts: None)

    def crash(**_given: object) -> None:
        raise ValueError("a code occurs twice")

    monkeypatch.setattr(running, "gather", crash)
    with pytest.raises(ValueError, match="twice"):
        work.solve_plan(context, plan_id=plan_id)
    found = api.plan(organisation_id=actor.organisation_id, plan_id=plan_id)
    assert (found.state, "opnieuw" in found.message) == (PlanState.FAILED, True)
    assert api.start(actor=actor, request=request()) != plan_id


def test_a_plan_whose_work_was_lost_does_not_hold_up_the_next(actor, keys) -> None:
    plan_id = api.start(actor=actor, request=request())
    job_id = api.plan(organisation_id=actor.organisation_id, plan_id=plan_id).job_id
    Job.objects.filter(pk=job_id).update(state="failed")
    assert api.start(actor=actor, request=request()) != plan_id


@pytest.mark.parametrize("year", ["²", "9" * 30, "jaar"])
def test_a_strange_year_in_the_address_finds_nothing(actor, keys, year) -> None:
    planned(actor)
    assert api.list_plans(actor=actor, query=ListQuery(filters={"year": year})).rows == []
    assert len(api.list_plans(actor=actor, query=ListQuery(filters={"year": str(YEAR)})).rows) == 1
