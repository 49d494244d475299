"""The pages of the working group and of meetings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from koopkracht.accounts import api as accounts
from koopkracht.accounts.permissions import Role
from koopkracht.meetings import api as meetings
from koopkracht.obligations import api as obligations
from koopkracht.shared.listing import ListQuery
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def place() -> Any:
    return organisation()


def client_of(place: Any, role: Role) -> Client:
    found = Client()
    found.force_login(member(place, role), backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def client(place: Any) -> Client:
    return client_of(place, Role.SOCIAL_ECONOMY_OFFICER)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def set_up(client: Client, place: Any) -> int:
    values = {"name": "Werkgroep", "rhythm_months": "3", "purpose": "Samen kiezen"}
    assert client.post(reverse("workgroup-set-up"), values).status_code == 302
    return meetings.groups(organisation_id=place.pk)[0].id


def plan(client: Client, kind: str = "working-group", **values: str) -> int:
    data = {"title": "Vergadering", "date": "2026-12-01", **values}
    answer = client.post(f"{reverse('meeting-plan')}?soort={kind}", data)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.rsplit("/", 1)[1])


def test_starting_offers_a_group_or_a_round_table(client) -> None:
    text = text_of(client.get(reverse("workgroup")))
    assert "Richt een werkgroep op" in text
    assert "Plan een rondetafel" in text


def test_a_group_without_rhythm_is_refused_at_the_field(client) -> None:
    answer = client.post(reverse("workgroup-set-up"), {"name": "Werkgroep", "rhythm_months": ""})
    assert answer.status_code == 422
    assert "Kies een ritme" in answer.content.decode()


def test_the_group_warns_until_everybody_is_there(client, place) -> None:
    key = set_up(client, place)
    text = text_of(client.get(reverse("workgroup")))
    assert "Nog niet vertegenwoordigd: aankoper, bestuurder" in text
    assert "Nog niets gepland in de komende twaalf maanden" in text
    for role in ("buyer", "executive"):
        values = {"name": f"Lid {role}", "role": role, "leads": "on"}
        assert client.post(reverse("workgroup-member-add", args=[key]), values).status_code == 302
    assert "Nog niet vertegenwoordigd" not in text_of(client.get(reverse("workgroup")))
    assert client.post(reverse("workgroup-member-add", args=[key]), {"role": "buyer"}).status_code == 422


def test_a_meeting_goes_from_plan_to_tasks(client, place) -> None:
    colleague = member(place, Role.BUYER)
    key = plan(client, part_topics="Doelen kiezen\nBudget")
    assert "Doelen kiezen" in text_of(client.get(reverse("meeting", args=[key])))
    invited = {"person": str(colleague.pk), "role": "buyer"}
    assert client.post(reverse("meeting-invite", args=[key]), invited).status_code == 302
    assert client.post(reverse("meeting-invite", args=[key]), {"role": "buyer"}).status_code == 422
    assert client.get(reverse("meeting-print", args=[key])).status_code == 404

    nothing = client.post(reverse("meeting-minutes", args=[key]), {})
    assert nothing.status_code == 422
    assert "minstens één deel" in nothing.content.decode()
    (person,) = meetings.meeting(organisation_id=place.pk, meeting_id=key).participants
    written = {"part_topics": "We kozen twee doelen.", "present": [str(person.id)]}
    assert client.post(reverse("meeting-minutes", args=[key]), written).status_code == 302
    half = client.post(reverse("meeting-decide", args=[key]), {"text": "Brief schrijven", "owner": colleague.pk})
    assert half.status_code == 422
    assert "tegen wanneer" in half.content.decode()
    decision = {"text": "Brief schrijven", "owner": colleague.pk, "due": "2026-12-20"}
    for _twice in range(2):
        assert client.post(reverse("meeting-decide", args=[key]), decision).status_code == 302
    actor = accounts.actor_for(user_id=colleague.pk, organisation_id=place.pk)
    (task,) = obligations.mine(actor=actor, query=ListQuery()).rows
    assert (task.title, task.due) == ("Brief schrijven", dt.date(2026, 12, 20))
    assert "We kozen twee doelen." in text_of(client.get(reverse("meeting-print", args=[key])))
    assert reverse("meeting", args=[key]) in text_of(client.get(reverse("task", args=[task.id])))


def test_an_information_session_asks_for_both_parts(client) -> None:
    data = {"title": "Infosessie", "date": "2026-12-10", "part_goals": "Onze doelen"}
    answer = client.post(f"{reverse('meeting-plan')}?soort=information-session", data)
    assert answer.status_code == 422
    assert "Dit deel hoort op de agenda" in answer.content.decode()
    plan(client, "information-session", part_goals="Onze doelen", part_examples="Groenonderhoud")


def test_every_kind_can_be_planned(client) -> None:
    assert "Infosessie voor aankopers" in text_of(client.get(reverse("meeting-plan")))
    for code, kind in meetings.kinds().items():
        text_of(client.get(reverse("meeting-plan"), {"soort": code}))
        parts = {f"part_{part}": "Punt" for part in kind.agenda_parts}
        text_of(client.get(reverse("meeting", args=[plan(client, code, title=f"Titel {code}", **parts)])))


def test_a_result_of_a_round_table_is_offered(client) -> None:
    key = plan(client, "round-table")
    client.post(reverse("meeting-minutes", args=[key]), {"part_results": "- Werk voor wie zoekt"})
    assert "<li>Werk voor wie zoekt" in text_of(client.get(reverse("workgroup")))


def test_talks_with_departments_are_added_up(client, place) -> None:
    values = {"department": "Groendienst", "title": "Hagen", "source": "talk", "yearly_amount": "42000"}
    assert client.post(reverse("department-need-add"), values).status_code == 302
    text = text_of(client.get(reverse("department-talks")))
    assert "42.000" in text
    auditor = client_of(place, Role.AUDITOR)
    assert "Noteer een opdracht" not in text_of(auditor.get(reverse("department-talks")))
    assert auditor.post(reverse("department-need-add"), values).status_code == 403


def test_readers_read_and_strangers_find_nothing(client, place) -> None:
    group, key = set_up(client, place), plan(client)
    auditor = client_of(place, Role.AUDITOR)
    assert "Bevestig" not in text_of(auditor.get(reverse("meeting", args=[key])))
    assert auditor.post(reverse("meeting-cancel", args=[key])).status_code == 403
    stranger = client_of(organisation(), Role.BUYER)
    for found in (key, 999_999):
        assert stranger.get(reverse("meeting", args=[found])).status_code == 404
        assert stranger.post(reverse("meeting-cancel", args=[found])).status_code == 404
    assert stranger.get(reverse("workgroup-edit", args=[group])).status_code == 404


def test_the_pages_cost_the_same_for_many_meetings(client, place, django_assert_max_num_queries) -> None:
    group = set_up(client, place)
    for day in range(1, 2):
        plan(client, date=f"2026-12-{day:02}")
    for day in range(10, 25):
        answer = client.post(
            f"{reverse('meeting-plan')}?soort=working-group&groep={group}",
            {"title": "Werkgroep", "date": f"2026-12-{day}"},
        )
        assert answer.status_code == 302
    client.get(reverse("workgroup"))
    with django_assert_max_num_queries(26):
        client.get(reverse("workgroup"))
    with django_assert_max_num_queries(20):
        client.get(answer.url)
