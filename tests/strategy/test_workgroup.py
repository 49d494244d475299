"""The working group: who is missing, what was decided, what round tables and departments brought."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from koopkracht.accounts.permissions import Role
from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import DecisionInput, Held, MeetingInput, MemberInput
from koopkracht.obligations import api as obligations
from koopkracht.obligations.errors import ObligationRefused
from koopkracht.shared.errors import NotAllowed
from koopkracht.strategy.api import workgroup
from koopkracht.strategy.errors.workgroup import DecisionIncomplete, DepartmentNeedNotFound, DepartmentNeedRefused
from koopkracht.strategy.types.workgroup import DepartmentNeedInput
from tests.accounts import factories

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def actor():
    return factories.actor(factories.organisation(), Role.SOCIAL_ECONOMY_OFFICER)


def held(actor, kind: str = "working-group", minutes: dict[str, str] | None = None, **fields) -> int:
    values = {"kind": kind, "title": "Vergadering", "date": TODAY, **fields}
    key = meetings.plan(actor=actor, meeting=MeetingInput(**values))
    text = minutes or {meetings.kinds()[kind].parts[0].code: "Gesproken"}
    meetings.hold(actor=actor, meeting_id=key, held=Held(minutes=text))
    return key


def test_the_group_says_who_is_missing(actor) -> None:
    key = workgroup.set_up(
        actor=actor,
        name="Werkgroep",
        rhythm_months=3,
        members=[MemberInput(role="policy-officer", user_id=actor.user_id, leads=True)],
        started_on=dt.date(2026, 6, 1),
    )
    (found,) = workgroup.standings(organisation_id=actor.organisation_id, on=TODAY)
    assert found.missing_needed == ("buyer", "executive")
    assert found.missing_advised == ("lawyer",)
    assert found.missing_leads == ("buyer",)
    assert (found.next_due, found.overdue) == (dt.date(2026, 9, 1), True)
    for role, leads in (("buyer", True), ("executive", False), ("lawyer", False)):
        member = MemberInput(role=role, name=role, leads=leads)
        meetings.add_member(actor=actor, group_id=key, member=member)
    (found,) = workgroup.standings(organisation_id=actor.organisation_id, on=TODAY)
    assert (found.missing_needed, found.missing_advised, found.missing_leads) == ((), (), ())


def test_a_decision_with_a_person_and_a_day_becomes_a_task_once(actor) -> None:
    key = held(actor)
    decision = DecisionInput(text="Marktmoment voorbereiden", owner_id=actor.user_id, due=dt.date(2027, 1, 15))
    first = workgroup.decide(actor=actor, meeting_id=key, decision=decision)
    assert workgroup.decide(actor=actor, meeting_id=key, decision=decision) == first
    task = obligations.obligation(organisation_id=actor.organisation_id, obligation_id=first.obligation_id).obligation
    assert (task.title, task.due, task.owner_id) == ("Marktmoment voorbereiden", dt.date(2027, 1, 15), actor.user_id)
    plain = workgroup.decide(actor=actor, meeting_id=key, decision=DecisionInput(text="Doel 1 eerst"))
    assert plain.obligation_id is None


def test_a_decision_and_its_task_are_stored_together_or_not_at_all(actor) -> None:
    key = held(actor)
    decision = DecisionInput(text="Nakijken", owner_id=actor.user_id, due=TODAY)
    with pytest.raises(ObligationRefused):
        workgroup.decide(actor=actor, meeting_id=key, decision=decision, approver_id=actor.user_id)
    assert meetings.meeting(organisation_id=actor.organisation_id, meeting_id=key).decisions == ()
    with pytest.raises(DecisionIncomplete, match="tegen wanneer"):
        workgroup.decide(actor=actor, meeting_id=key, decision=DecisionInput(text="x", owner_id=actor.user_id))


def test_round_tables_bring_goals_one_per_line(actor) -> None:
    text = {"context": "Twintig mensen", "results": "- Werk voor wie zoekt\n\n* Stageplaatsen\n"}
    held(actor, "round-table", text, title="Rondetafel")
    found = workgroup.round_table_results(organisation_id=actor.organisation_id)
    assert [(one.text, one.meeting_title) for one in found] == [
        ("Werk voor wie zoekt", "Rondetafel"),
        ("Stageplaatsen", "Rondetafel"),
    ]


@pytest.mark.parametrize(
    ("date", "warning"),
    [(TODAY, False), (dt.date(2027, 11, 30), False), (dt.date(2027, 12, 1), True)],
)
def test_an_exchange_event_within_twelve_months(actor, date, warning) -> None:
    assert workgroup.exchange_check(organisation_id=actor.organisation_id, on=TODAY).warning
    key = meetings.plan(actor=actor, meeting=MeetingInput(kind="exchange-event", title="Samen", date=date))
    assert workgroup.exchange_check(organisation_id=actor.organisation_id, on=TODAY).warning is warning
    meetings.cancel(actor=actor, meeting_id=key)
    assert workgroup.exchange_check(organisation_id=actor.organisation_id, on=TODAY).warning


def test_departments_are_added_up_and_unknown_amounts_are_counted(actor) -> None:
    needs = [("Groen", "Hagen", 60), ("Groen", "Bomen", 40), ("Groen", "Bermen", None), ("Jeugd", "Was", 20)]
    for department, title, amount in needs:
        value = None if amount is None else Decimal(amount)
        need = DepartmentNeedInput(department=department, title=title, yearly_amount=value)
        workgroup.put_need(actor=actor, need=need)
    workgroup.put_need(actor=actor, need=DepartmentNeedInput("Groen", "Hagen", yearly_amount=Decimal(70)))
    found = workgroup.department_needs(organisation_id=actor.organisation_id)
    totals = workgroup.department_totals(needs=found)
    assert [(one.department, one.needs, one.yearly_amount, one.without_amount) for one in totals] == [
        ("Groen", 3, Decimal("110.00"), 1),
        ("Jeugd", 1, Decimal("20.00"), 0),
    ]
    stranger = factories.actor(None, Role.BUYER)
    with pytest.raises(DepartmentNeedNotFound):
        workgroup.remove_need(actor=stranger, need_id=found[0].id)
    with pytest.raises(DepartmentNeedRefused):
        workgroup.put_need(actor=actor, need=DepartmentNeedInput("Groen", " "))
    with pytest.raises(NotAllowed):
        workgroup.put_need(actor=factories.actor(None, Role.AUDITOR), need=DepartmentNeedInput("Groen", "Hagen"))
