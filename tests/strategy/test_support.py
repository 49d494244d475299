"""Building support: the workspace, the shared goal, stakeholders, the matrix of activities."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import jsonschema
import pytest
import yaml
from django.core import mail

from koopkracht.accounts.permissions import Role
from koopkracht.obligations import api as obligations
from koopkracht.shared import clock
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy.actions import support as actions
from koopkracht.strategy.api import support
from koopkracht.strategy.errors.support import SupportConflict, SupportNotFound, SupportRefused
from koopkracht.strategy.models import SharedGoal, Stakeholder, SupportWorkspace
from koopkracht.strategy.types.support import (
    ActivityInput,
    ActivityStatus,
    Audience,
    Engagement,
    Phase,
    Priority,
    SettingsInput,
    StakeholderInput,
    StakeholderKind,
)
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 4)


@pytest.fixture
def place():
    return organisation()


@pytest.fixture
def buyer(place):
    return make_actor(place, Role.BUYER)


@pytest.fixture
def officer(place):
    return make_actor(place, Role.SOCIAL_ECONOMY_OFFICER)


@pytest.fixture
def stranger():
    return make_actor(organisation(), Role.BUYER)


def content_of(name: str) -> dict:
    return yaml.safe_load((files("koopkracht.content") / "support" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["start", "matrix"])
def test_the_content_keeps_to_its_schema(name) -> None:
    schema = content_of("schema")
    plain = {**content_of(name), "valid_from": content_of(name)["valid_from"].isoformat()}
    jsonschema.validate(plain, {**schema[name], "$defs": schema["$defs"]})


def test_the_matrix_has_six_cells_each_with_a_suggestion() -> None:
    cells = support.matrix()
    assert [(cell.phase, cell.audience) for cell in cells] == [(phase, who) for phase in Phase for who in Audience]
    assert all(cell.suggestions for cell in cells)
    assert set(support.link_examples()) == {"bibliotheek", "park", "schoonmaak"}


@pytest.mark.parametrize("role", [Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER])
def test_a_buyer_or_an_officer_opens_the_workspace_with_two_core_groups(place, role) -> None:
    actor = make_actor(place, role)
    assert support.workspace(organisation_id=place.pk) is None
    first = support.open_workspace(actor=actor)
    assert support.open_workspace(actor=actor) == first
    opened = support.workspace(organisation_id=place.pk)
    assert opened.opened_by_id == actor.user_id
    groups = support.list_stakeholders(actor=actor, query=ListQuery()).rows
    assert [(one.kind, one.is_core) for one in groups] == [
        (StakeholderKind.BUYERS, True),
        (StakeholderKind.EXECUTIVE, True),
    ]


def test_opening_sets_the_day_of_the_first_report_for_who_opened(buyer, place) -> None:
    key = support.open_workspace(actor=buyer)
    (task,) = obligations.of_subjects(
        organisation_id=place.pk, subject=support.REPORT, subject_keys=[key]
    )[key]  # fmt: skip
    assert task.owner_id == buyer.user_id
    assert task.due == obligations.due_after(clock.today(), months=6)


def test_another_rhythm_moves_the_reminder(buyer, place) -> None:
    key = support.open_workspace(actor=buyer)
    support.change_settings(actor=buyer, settings=SettingsInput(report_months=3, quiet_days=30))
    tasks = obligations.of_subjects(organisation_id=place.pk, subject=support.REPORT, subject_keys=[key])[key]
    assert sorted(task.state.value for task in tasks) == ["cancelled", "open"]
    (living,) = [task for task in tasks if task.state.value == "open"]
    assert living.due == obligations.due_after(clock.today(), months=3)


@pytest.mark.parametrize(
    "chosen", [SettingsInput(0, 60), SettingsInput(25, 60), SettingsInput(6, 0), SettingsInput(6, 366)]
)
def test_settings_beyond_reason_are_refused(buyer, chosen) -> None:
    with pytest.raises(SupportRefused):
        support.change_settings(actor=buyer, settings=chosen)


def test_a_colleague_is_invited_once_and_joins_by_opening(buyer, officer, place) -> None:
    key = support.invite(actor=buyer, user_id=officer.user_id, note="Doet u mee?")
    assert support.invite(actor=buyer, user_id=officer.user_id) == key
    assert len(mail.outbox) == 1
    assert "Doet u mee?" in mail.outbox[0].body
    (invited,) = support.invitations(organisation_id=place.pk)
    assert invited.joined_at is None
    support.open_workspace(actor=officer)
    (joined,) = support.invitations(organisation_id=place.pk)
    assert joined.joined_at is not None


def test_only_a_colleague_can_be_invited(buyer, stranger) -> None:
    for user_id in (stranger.user_id, buyer.user_id, 999_999):
        with pytest.raises(SupportRefused) as caught:
            support.invite(actor=buyer, user_id=user_id)
        assert caught.value.details["field"] == "user_id"
    assert mail.outbox == []


def test_the_goal_keeps_every_version_and_exactly_one_counts(buyer, officer, place) -> None:
    assert support.write_goal(actor=buyer, text=support.goal_suggestion(), base_version=0) == 1
    assert support.write_goal(actor=officer, text="Wij helpen mensen aan werk.", base_version=1, remark="korter") == 2
    versions = support.goal_versions(organisation_id=place.pk)
    assert [(one.version, one.is_current, one.author_id) for one in versions] == [
        (2, True, officer.user_id),
        (1, False, buyer.user_id),
    ]
    assert support.current_goal(organisation_id=place.pk).text == "Wij helpen mensen aan werk."
    assert SharedGoal.objects.of(place.pk).filter(is_current=True).count() == 1


def test_the_same_text_is_no_new_version_and_an_old_base_is_a_conflict(buyer, place) -> None:
    support.write_goal(actor=buyer, text="Een", base_version=0)
    assert support.write_goal(actor=buyer, text=" Een ", base_version=0) == 1
    support.write_goal(actor=buyer, text="Twee", base_version=1)
    with pytest.raises(SupportConflict):
        support.write_goal(actor=buyer, text="Drie", base_version=1)
    assert len(support.goal_versions(organisation_id=place.pk)) == 2


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001])
def test_a_goal_without_text_or_without_end_is_refused(buyer, text) -> None:
    with pytest.raises(SupportRefused):
        support.write_goal(actor=buyer, text=text, base_version=0)


@pytest.mark.parametrize(
    ("old", "new"), [("a b c", "a x c d"), ("", "nieuw"), ("weg", ""), ("een\n\ntwee", "een\n\ntwee drie"), ("x", "x")]
)
def test_the_parts_of_a_comparison_give_both_texts_back(old, new) -> None:
    parts = support.goal_diff(old=old, new=new)
    assert "".join(part.text for part in parts if part.kind != "removed").split() == new.split()
    assert "".join(part.text for part in parts if part.kind != "added").split() == old.split()


def test_stakeholders_are_added_changed_filtered_and_removed(buyer) -> None:
    given = StakeholderInput("Maatwerk De Brug", StakeholderKind.SOCIAL_ENTERPRISE, priority=Priority.HIGH)
    key = support.put_stakeholder(actor=buyer, stakeholder=given)
    changed = StakeholderInput("Maatwerk De Brug", StakeholderKind.SOCIAL_ENTERPRISE, engagement=Engagement.INVOLVED)
    assert support.put_stakeholder(actor=buyer, stakeholder=changed, stakeholder_id=key) == key
    query = ListQuery(filters={"engagement": "involved"})
    assert [one.id for one in support.list_stakeholders(actor=buyer, query=query).rows] == [key]
    with pytest.raises(SupportRefused, match="staat al"):
        support.put_stakeholder(actor=buyer, stakeholder=changed)
    support.remove_stakeholder(actor=buyer, stakeholder_id=key)
    assert support.list_stakeholders(actor=buyer, query=query).rows == []


def test_a_core_group_stays(buyer) -> None:
    support.open_workspace(actor=buyer)
    core = support.list_stakeholders(actor=buyer, query=ListQuery()).rows[0]
    with pytest.raises(SupportRefused):
        support.remove_stakeholder(actor=buyer, stakeholder_id=core.id)


def activity(buyer, **fields) -> ActivityInput:
    given = {"title": "Infosessie", "phase": Phase.INFORM, "audience": Audience.BUYERS, "kind": "infosessie"}
    return ActivityInput(**{**given, "owner_id": buyer.user_id, "date": DAY, **fields})


def test_an_activity_has_an_owner_a_date_and_a_status(buyer, place) -> None:
    key = support.put_activity(actor=buyer, activity=activity(buyer))
    assert support.put_activity(actor=buyer, activity=activity(buyer)) == key
    support.put_activity(actor=buyer, activity=activity(buyer, status=ActivityStatus.DONE), activity_id=key)
    (one,) = support.activities(organisation_id=place.pk)
    assert (one.owner_id, one.date, one.status) == (buyer.user_id, DAY, ActivityStatus.DONE)
    assert support.activities(organisation_id=place.pk, start=DAY, end=DAY) == (one,)
    assert support.activities(organisation_id=place.pk, start=DAY + dt.timedelta(days=1)) == ()


@pytest.mark.parametrize("fields", [{"title": " "}, {"kind": "feest"}, {"owner_id": 0}])
def test_an_activity_that_misses_something_is_refused_at_its_field(buyer, fields) -> None:
    with pytest.raises(SupportRefused) as caught:
        support.put_activity(actor=buyer, activity=activity(buyer, **fields))
    assert caught.value.details["field"] in fields


def test_silence_is_noticed_after_the_chosen_period_and_work_ends_it(buyer, place) -> None:
    support.open_workspace(actor=buyer)
    support.change_settings(actor=buyer, settings=SettingsInput(6, 30))
    long_ago = clock.now() - dt.timedelta(days=30)
    SupportWorkspace.objects.of(place.pk).update(last_at=long_ago)
    quiet = support.workspace(organisation_id=place.pk)
    assert quiet.quiet_since(long_ago.date() + dt.timedelta(days=30)) == 30
    assert quiet.quiet_since(long_ago.date() + dt.timedelta(days=29)) is None
    support.write_goal(actor=buyer, text="Weer bezig", base_version=0)
    awake = support.workspace(organisation_id=place.pk)
    assert awake.quiet_since(clock.today()) is None
    assert awake.last_what == "support.goal-written"


def test_a_reader_changes_nothing_and_a_stranger_finds_nothing(buyer, place, stranger) -> None:
    reader = make_actor(place, Role.AUDITOR)
    key = support.put_activity(actor=buyer, activity=activity(buyer))
    for change in (
        lambda: support.open_workspace(actor=reader),
        lambda: support.write_goal(actor=reader, text="x", base_version=0),
        lambda: support.put_activity(actor=reader, activity=activity(buyer)),
        lambda: support.invite(actor=reader, user_id=buyer.user_id),
    ):
        with pytest.raises(NotAllowed):
            change()
    with pytest.raises(SupportNotFound):
        support.activity(organisation_id=stranger.organisation_id, activity_id=key)
    with pytest.raises(SupportNotFound):
        support.put_activity(actor=stranger, activity=activity(stranger), activity_id=key)


def test_a_colleague_of_another_organisation_cannot_own_an_activity(buyer, stranger) -> None:
    other = member(organisation(), Role.BUYER)
    with pytest.raises(SupportRefused):
        support.put_activity(actor=buyer, activity=activity(buyer, owner_id=other.pk))


def test_the_same_name_stored_a_moment_sooner_is_told_and_not_a_crash(buyer, place) -> None:
    first = support.put_stakeholder(actor=buyer, stakeholder=StakeholderInput("De Brug", StakeholderKind.COMPANY))
    other = support.put_stakeholder(actor=buyer, stakeholder=StakeholderInput("Het Spoor", StakeholderKind.COMPANY))
    rows = Stakeholder.objects.of(place.pk)
    fields = rows.filter(pk=first).values("name", "kind", "priority", "engagement").get()
    for key in (None, other):
        with pytest.raises(SupportConflict):
            actions.put(rows, key, "stakeholder", fields, buyer)
