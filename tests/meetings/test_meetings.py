"""Groups with a rhythm; meetings by a script; minutes in versions; the roles that must be there."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import jsonschema
import pytest
import time_machine
import yaml

from koopkracht.accounts.permissions import Role
from koopkracht.meetings import api, scripts
from koopkracht.meetings.errors import GroupNotFound, MeetingNotFound, MeetingRefused, WrongState
from koopkracht.meetings.types import (
    AgendaInput,
    DecisionInput,
    Held,
    MeetingInput,
    MeetingState,
    MemberInput,
    ParticipantInput,
)
from koopkracht.shared.errors import NotAllowed
from tests.accounts import factories

TODAY = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def actor(db):
    return factories.actor(factories.organisation(), Role.BUYER)


def plan(actor, kind: str = "working-group", date: dt.date = TODAY, **fields) -> int:
    values = {"kind": kind, "title": "Vergadering", "date": date, **fields}
    return api.plan(actor=actor, meeting=MeetingInput(**values))


def get(actor, key: int):
    return api.meeting(organisation_id=actor.organisation_id, meeting_id=key)


def hold(actor, key: int, text: str = "Gesproken") -> None:
    part = api.kinds()[get(actor, key).meeting.kind].parts[0].code
    api.hold(actor=actor, meeting_id=key, held=Held(minutes={part: text}))


def group(actor, **fields) -> int:
    values = {"kind": "working-group", "name": "Werkgroep", "rhythm_months": 3, **fields}
    return api.create_group(actor=actor, **values)


def test_a_structural_group_has_a_rhythm(actor) -> None:
    with pytest.raises(MeetingRefused, match="ritme"):
        group(actor, rhythm_months=None)
    with pytest.raises(MeetingRefused, match="24 maanden"):
        group(actor, rhythm_months=25)
    assert group(actor) == group(actor), "set up twice is one group"
    assert group(actor, kind="customer-forum", name="Forum", rhythm_months=None)


def test_the_next_meeting_follows_from_the_rhythm(actor) -> None:
    key = group(actor, started_on=dt.date(2026, 8, 31))
    found = api.group(organisation_id=actor.organisation_id, group_id=key)
    assert api.next_due(group=found, meetings=()) == dt.date(2026, 11, 30)
    held = plan(actor, group_id=key, date=dt.date(2026, 11, 30))
    hold(actor, held)
    plan(actor, group_id=key, date=dt.date(2026, 12, 20), title="Volgende")
    rows = api.of_groups(organisation_id=actor.organisation_id, group_ids=[key])[key]
    assert api.next_due(group=found, meetings=rows) == dt.date(2027, 2, 28)
    assert api.planned_next(meetings=rows, on=TODAY).title == "Volgende"


def test_members_belong_for_a_time_and_are_invited_on_the_day(actor) -> None:
    gone = MemberInput(role="guest", name="Oud lid")
    key = group(
        actor,
        members=(MemberInput(role="buyer", user_id=actor.user_id, leads=True), gone),
        started_on=dt.date(2026, 1, 1),
    )
    members = api.group(organisation_id=actor.organisation_id, group_id=key).members
    api.end_member(actor=actor, group_id=key, member_id=members[1].id)
    found = api.group(organisation_id=actor.organisation_id, group_id=key)
    assert found.roles(TODAY) == {"buyer"}
    people = get(actor, plan(actor, group_id=key)).participants
    assert [(one.role, one.user_id) for one in people] == [("buyer", actor.user_id)]


def test_planned_twice_is_one_meeting_and_a_cancelled_one_makes_room(actor) -> None:
    first = plan(actor)
    assert plan(actor) == first
    api.cancel(actor=actor, meeting_id=first)
    api.cancel(actor=actor, meeting_id=first)
    assert plan(actor) != first
    assert get(actor, first).meeting.state is MeetingState.CANCELLED


def test_an_information_session_explains_the_goals_and_shows_examples(actor) -> None:
    goals = AgendaInput(title="Onze doelen", part="goals")
    with pytest.raises(MeetingRefused, match="voorbeelden uit de praktijk"):
        plan(actor, "information-session", agenda=(goals,))
    key = plan(actor, "information-session", agenda=(goals, AgendaInput(title="Groen", part="examples")))
    with pytest.raises(MeetingRefused):
        api.set_agenda(actor=actor, meeting_id=key, agenda=[goals])
    assert [item.part for item in get(actor, key).agenda] == ["goals", "examples"]


def test_an_intervision_needs_a_lawyer_and_takes_two_dossiers(actor) -> None:
    dossiers = tuple(AgendaInput(title=f"Dossier {number}") for number in range(3))
    with pytest.raises(MeetingRefused, match="hoogstens 2"):
        plan(actor, "intervision", agenda=dossiers)
    key = plan(actor, "intervision", agenda=dossiers[:2])
    with pytest.raises(MeetingRefused, match="jurist"):
        api.confirm(actor=actor, meeting_id=key)
    with pytest.raises(MeetingRefused, match="Bevestig"):
        hold(actor, key)
    lawyer = api.invite(actor=actor, meeting_id=key, participant=ParticipantInput(role="lawyer", name="Mr. Aerts"))
    api.confirm(actor=actor, meeting_id=key)
    assert get(actor, key).meeting.state is MeetingState.CONFIRMED
    api.uninvite(actor=actor, meeting_id=key, participant_id=lawyer)
    assert get(actor, key).meeting.state is MeetingState.PLANNED


def test_minutes_are_kept_in_versions(actor) -> None:
    key = plan(actor)
    hold(actor, key, "Eerste")
    assert api.correct(actor=actor, meeting_id=key, minutes={"follow-up": "Tweede"}) == 2
    assert api.correct(actor=actor, meeting_id=key, minutes={"follow-up": "Tweede", "unknown": "x"}) == 2
    assert [dict(one.parts) for one in get(actor, key).minutes] == [{"follow-up": "Eerste"}, {"follow-up": "Tweede"}]
    with pytest.raises(WrongState):
        hold(actor, key)
    with pytest.raises(WrongState):
        api.cancel(actor=actor, meeting_id=key)


def test_a_meeting_is_written_down_after_it_took_place(actor) -> None:
    future = plan(actor, date=TODAY + dt.timedelta(days=1))
    with pytest.raises(MeetingRefused, match="nog plaatsvinden"):
        hold(actor, future)
    with pytest.raises(MeetingRefused, match="minstens één deel"):
        hold(actor, plan(actor), " ")
    with pytest.raises(WrongState, match="verslag"):
        api.decide(actor=actor, meeting_id=future, decision=DecisionInput(text="x"))


def test_a_change_is_seen_by_calendars_and_no_change_is_not(actor) -> None:
    key = plan(actor)
    values = {"title": "Vergadering", "date": TODAY, "starts": dt.time(9), "ends": dt.time(11)}
    api.change(actor=actor, meeting_id=key, **values)
    api.change(actor=actor, meeting_id=key, **values)
    assert get(actor, key).meeting.sequence == 1
    with pytest.raises(MeetingRefused, match="einde"):
        api.change(actor=actor, meeting_id=key, **{**values, "ends": dt.time(8)})


def test_network_figures_of_2015(actor) -> None:
    for month in range(1, 9):
        dossiers = tuple(
            AgendaInput(title=f"Dossier {month}", reference=f"D{month}", requested_on=dt.date(2015, month, 1))
            for _ in range(1)
            if month <= 6
        )
        key = plan(actor, "intervision", dt.date(2015, month, 11), agenda=dossiers,
                   participants=(ParticipantInput(role="lawyer", name="Jurist"),))  # fmt: skip
        api.confirm(actor=actor, meeting_id=key)
        hold(actor, key)
    plan(actor, "intervision", dt.date(2015, 12, 1), title="Nooit gehouden")
    found = api.year_figures(organisation_id=actor.organisation_id, kinds=["intervision"], year=2015)
    assert (found.meetings, found.dossiers, found.waiting_days) == (8, 6, 10)
    empty = api.year_figures(organisation_id=actor.organisation_id, kinds=["intervision"], year=2014)
    assert (empty.meetings, empty.dossiers, empty.waiting_days) == (0, 0, None)


def test_people_from_elsewhere_and_readers_change_nothing(actor) -> None:
    key, stranger = plan(actor), factories.actor(None, Role.BUYER)
    with pytest.raises(MeetingNotFound):
        api.cancel(actor=stranger, meeting_id=key)
    with pytest.raises(GroupNotFound):
        plan(stranger, group_id=group(actor))
    with pytest.raises(MeetingRefused, match="in uw organisatie"):
        plan(actor, title="Andere", participants=(ParticipantInput(role="buyer", user_id=stranger.user_id),))
    with pytest.raises(NotAllowed):
        plan(factories.actor(None, Role.AUDITOR))


def test_the_content_is_valid_and_hangs_together() -> None:
    folder = files("koopkracht.content") / "scripts"
    schema = yaml.safe_load((folder / "schema.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_load((folder / "meetings.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(content, schema, format_checker=jsonschema.FormatChecker())
    roles = set(scripts.roles())
    for kind in scripts.kinds().values():
        codes = [part.code for part in kind.parts]
        assert len(codes) == len(set(codes)), kind.code
        assert set(kind.must_attend) | set(kind.should_attend) <= roles, kind.code
        assert set(kind.agenda_parts) <= set(codes), kind.code
    for described in scripts.group_kinds().values():
        assert described.meeting_kind in scripts.kinds()
        assert {*described.needed, *described.advised, *described.leads} <= roles
    assert len(scripts.kinds()["intervision"].parts) == 4
