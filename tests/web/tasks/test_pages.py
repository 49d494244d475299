"""My tasks, the calendar and its feed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from koopkracht.accounts import api as accounts
from koopkracht.accounts.models import Membership
from koopkracht.accounts.permissions import Role
from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import MeetingInput, ParticipantInput
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import ObligationInput, State
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 10)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def place() -> Any:
    return organisation()


def person(place: Any, role: Role) -> tuple[Client, Any]:
    client, user = Client(), member(place, role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, accounts.actor_for(user_id=user.pk, organisation_id=place.pk)


@pytest.fixture
def buyer(place: Any) -> tuple[Client, Any]:
    return person(place, Role.BUYER)


def agree(actor: Any, title: str = "Overzicht maken", **fields: Any) -> int:
    values = {
        "title": title, "detail": "", "subject": "decision", "subject_key": 1,
        "owner_id": actor.user_id, "due": DUE, **fields,
    }  # fmt: skip
    return obligations.create(actor=actor, obligation=ObligationInput(**values))


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def state(actor: Any, key: int) -> State:
    return obligations.obligation(organisation_id=actor.organisation_id, obligation_id=key).obligation.state


def test_a_simple_task_is_done_with_one_button(buyer) -> None:
    client, actor = buyer
    assert "Geen taken op uw naam" in text_of(client.get(reverse("tasks")))
    key = agree(actor)
    assert "Overzicht maken" in text_of(client.get(reverse("tasks")))
    assert "Klaar" in text_of(client.get(reverse("task", args=[key])))
    client.post(reverse("task-complete", args=[key]))
    assert state(actor, key) is State.DONE


def test_proof_goes_in_is_sent_back_and_approved_by_a_colleague(place, buyer) -> None:
    client, actor = buyer
    colleague, _actor = person(place, Role.SOCIAL_ECONOMY_OFFICER)
    key = agree(actor, evidence_kind="document")
    refused = client.post(reverse("task-submit", args=[key]), {"remark": "x"})
    assert refused.status_code == 422
    assert "Kies het bestand" in refused.content.decode()

    file = SimpleUploadedFile("bewijs.txt", b"Het is gebeurd.\n")
    assert client.post(reverse("task-submit", args=[key]), {"file": file}).status_code == 302
    assert client.post(reverse("task-approve", args=[key])).status_code == 403
    assert "keurt het niet zelf goed" in text_of(client.get(reverse("task", args=[key])))

    assert "Overzicht maken" in text_of(colleague.get(reverse("tasks")))
    answer = colleague.get(reverse("task-evidence", args=[key, 1]))
    assert b"".join(answer.streaming_content) == b"Het is gebeurd.\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert colleague.get(reverse("task-evidence", args=[key, 2])).status_code == 404
    assert colleague.post(reverse("task-send-back", args=[key]), {"reason": ""}).status_code == 422
    colleague.post(reverse("task-send-back", args=[key]), {"reason": "Datum ontbreekt"})
    assert "Datum ontbreekt" in text_of(client.get(reverse("task", args=[key])))
    again = SimpleUploadedFile("bewijs2.txt", b"Met datum.\n")
    client.post(reverse("task-submit", args=[key]), {"file": again})
    colleague.post(reverse("task-approve", args=[key]))
    assert state(actor, key) is State.DONE


def test_another_organisation_gets_the_answer_of_what_does_not_exist(buyer) -> None:
    _client, actor = buyer
    key = agree(actor)
    stranger, _actor = person(organisation(), Role.BUYER)
    for found in (key, 999_999):
        assert stranger.get(reverse("task", args=[found])).status_code == 404
        assert stranger.post(reverse("task-complete", args=[found])).status_code == 404


def test_lists_cost_the_same_for_many_tasks(buyer, django_assert_max_num_queries) -> None:
    client, actor = buyer
    for number in range(30):
        agree(actor, f"Taak {number}", subject_key=number)
    for name in ("tasks", "tasks-all"):
        client.get(reverse(name))
        with django_assert_max_num_queries(16):
            client.get(reverse(name))
    with django_assert_max_num_queries(14):
        client.get(reverse("calendar"), {"maand": "2026-12"})


def test_the_calendar_shows_a_month_of_everybody_or_of_me(place, buyer) -> None:
    client, actor = buyer
    _other, other_actor = person(place, Role.BUYER)
    agree(actor, "Mijn taak")
    agree(other_actor, "Taak van een collega")
    meetings.plan(
        actor=other_actor,
        meeting=MeetingInput(kind="working-group", title="Werkgroep", date=dt.date(2026, 12, 3)),
    )
    text = text_of(client.get(reverse("calendar"), {"maand": "2026-12"}))
    assert all(title in text for title in ("Mijn taak", "Taak van een collega", "Werkgroep"))
    mine = text_of(client.get(reverse("calendar"), {"maand": "2026-12", "wie": "ik"}))
    assert "Mijn taak" in mine
    assert "collega" not in mine.split('id="link"')[0].split("kk-days")[1]
    assert "Er staat niets in deze maand" in text_of(client.get(reverse("calendar"), {"maand": "2027-03"}))
    for strange in ("2026-13", "x", "0001-01", "9999-12"):
        assert client.get(reverse("calendar"), {"maand": strange}).status_code == 200


def feed_of(client: Client) -> str:
    text = text_of(client.post(reverse("calendar-link")))
    found = re.search(r'value="http://testserver(/agenda/[^"]+\.ics)"', text)
    assert found
    return found[1]


def events(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_feed_is_a_valid_calendar_without_names_of_people(buyer) -> None:
    client, actor = buyer
    task = agree(actor, "Jan Peeters bellen")
    key = meetings.plan(
        actor=actor,
        meeting=MeetingInput(
            kind="working-group", title="Werkgroep", date=dt.date(2026, 12, 3), starts=dt.time(9, 30), place="Raadzaal",
            participants=(
                ParticipantInput(role="buyer", user_id=actor.user_id), ParticipantInput(role="guest", name="Nora Vlieg")
            ),
        ),
    )  # fmt: skip
    address = feed_of(client)
    anonymous = Client()
    first = anonymous.get(address)
    found = events(first)
    uid = f"meeting-{key}.{actor.organisation_id}@koopkracht"
    assert set(found) == {uid, f"task-{task}.{actor.organisation_id}@koopkracht"}
    start = found[uid]["dtstart"].dt
    assert (start.hour, str(start.tzinfo)) == (9, "Europe/Brussels")
    assert start.utcoffset() == dt.timedelta(hours=1)
    assert found[uid]["sequence"] == 0
    assert b"Nora" not in first.content
    assert b"Peeters" not in first.content

    same = anonymous.get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    meetings.change(actor=actor, meeting_id=key, title="Werkgroep", date=dt.date(2026, 12, 4), starts=dt.time(9))
    moved = anonymous.get(address, headers={"If-None-Match": first["ETag"]})
    assert moved.status_code == 200
    assert events(moved)[uid]["sequence"] == 1
    meetings.cancel(actor=actor, meeting_id=key)
    assert events(anonymous.get(address))[uid]["status"] == "CANCELLED"


def test_a_withdrawn_link_or_a_person_who_left_opens_nothing(buyer) -> None:
    client, actor = buyer
    address = feed_of(client)
    assert 'value="http' not in text_of(client.get(reverse("calendar"))), "shown once"
    second = feed_of(client)
    assert Client().get(address).status_code == 404, "a new link replaces the former"
    (link,) = accounts.own_links(actor=actor, scope="calendar.read")
    stranger, _actor = person(organisation(), Role.BUYER)
    assert stranger.post(reverse("calendar-link-withdraw", args=[link.id])).status_code == 404
    assert Client().get(second).status_code == 200
    Membership.objects.filter(user_id=actor.user_id).update(ended_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    assert Client().get(second).status_code == 404
    Membership.objects.filter(user_id=actor.user_id).update(ended_at=None)
    client.post(reverse("calendar-link-withdraw", args=[link.id]))
    assert Client().get(second).status_code == 404
    assert Client().get("/agenda/verzonnen.ics").status_code == 404
