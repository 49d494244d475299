"""The front page per role: the next step, targets, tasks; the buyer's list; the argument pack."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import ObligationInput
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from koopkracht.web.home import start, steps
from koopkracht.web.ui.navigation import address
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return organisation()


def client_of(place: Any, person: Any) -> Client:
    found = Client()
    found.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return found


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def titles(actor: Any) -> list[str]:
    return [step.title for step in steps.next_steps(actor)]


def test_every_way_in_leads_to_a_page() -> None:
    doors = start.content()
    assert len(doors["questions"]) == 3
    assert len(doors["areas"]) == 5
    assert all(address(row["route"]) for row in (*doors["questions"], *doors["areas"]))


def test_a_role_only_sees_the_ways_in_that_it_may_take(place) -> None:
    supplier = make_actor(place, Role.SUPPLIER)
    assert start.questions(supplier) == []
    assert [door.title for door in start.areas(supplier)] == ["Voorbeelden"]
    assert steps.next_steps(supplier) == ()


def test_a_late_task_comes_before_everything_else(place) -> None:
    buyer = make_actor(place, Role.BUYER)
    with time_machine.travel(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)):
        obligations.create(
            actor=buyer,
            obligation=ObligationInput(
                title="Bel de drukker", detail="", subject="proef", subject_key=1, owner_id=buyer.user_id,
                due=dt.date(2026, 3, 10),
            ),
        )  # fmt: skip
    with time_machine.travel(dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)):
        assert "1 taak is te laat" not in titles(buyer)
    with time_machine.travel(dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)):
        assert titles(buyer)[0] == "1 taak is te laat"
        assert "1 taak is te laat" not in titles(make_actor(place, Role.BUYER)), "only one's own tasks"


def test_the_officer_is_led_to_the_purchase_that_waits_longest(place) -> None:
    buyer, officer = make_actor(place, Role.BUYER), make_actor(place, Role.SOCIAL_ECONOMY_OFFICER)
    strategy.put_planned_purchases(actor=buyer, entries=[PlannedPurchaseEntry("Eerst"), PlannedPurchaseEntry("Dan")])
    first, second = (line.id for line in screening.plan(organisation_id=place.pk))
    screening.ask_screening(actor=buyer, purchase_id=second, days=30)
    screening.ask_screening(actor=buyer, purchase_id=first, days=5)
    step = steps.next_steps(officer)[0]
    assert step.title == "2 aankopen wachten op uw vroege blik"
    assert step.href == reverse("planned-purchase", args=[first])
    assert "vroege blik" not in " ".join(titles(buyer))


def test_somebody_who_starts_is_led_into_the_strategy(place) -> None:
    assert "Noteer uw doelen" in titles(make_actor(place, Role.SOCIAL_ECONOMY_OFFICER))


def test_the_front_page_of_every_role_opens_with_few_queries(place, django_assert_max_num_queries) -> None:
    for role in Role:
        client = client_of(place, member(place, role))
        client.get("/")
        with django_assert_max_num_queries(40):
            text_of(client.get("/"))


def test_a_buyer_sees_the_own_purchases_and_on_request_everybodys(place) -> None:
    person = member(place, Role.BUYER, email="an@example.org")
    person.name = "An De Smedt"
    person.save()
    actor = make_actor(place)
    mine = PlannedPurchaseEntry("Poetsen van scholen", product_group="SCH-01", responsible="an de smedt")
    theirs = PlannedPurchaseEntry("Bermen maaien", product_group="GRN-02", responsible="Joris")
    strategy.put_planned_purchases(actor=actor, entries=[mine, theirs])
    client = client_of(place, person)
    text = text_of(client.get(reverse("my-purchases")))
    assert "Poetsen van scholen" in text
    assert "Bermen maaien" not in text
    assert "Nog geen significante productgroepen" in text
    assert "Bermen maaien" in text_of(client.get(reverse("my-purchases"), {"van": "iedereen"}))


def test_the_buyers_list_costs_the_same_for_many(place, django_assert_max_num_queries) -> None:
    client = client_of(place, member(place, Role.BUYER))
    entries = [PlannedPurchaseEntry(f"Aankoop {number}", product_group="SCH-01") for number in range(120)]
    strategy.put_planned_purchases(actor=make_actor(place), entries=entries)
    address_of_all = reverse("my-purchases") + "?van=iedereen"
    client.get(address_of_all)
    with django_assert_max_num_queries(14):
        client.get(address_of_all)


def test_the_argument_pack_comes_on_screen_in_word_and_as_pdf(place) -> None:
    client = client_of(place, member(place, Role.EXECUTIVE))
    text = text_of(client.get(reverse("arguments")))
    assert "Meer dan de helft van een overheidsbudget" in text
    assert "nog geen uitgaven ingeladen" in text
    word = client.get(reverse("arguments-file", kwargs={"suffix": "docx"}))
    paragraphs = [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert any("Soepel" in one for one in paragraphs)
    paper = client.get(reverse("arguments-file", kwargs={"suffix": "pdf"}))
    assert paper.content.startswith(b"%PDF-")
    assert client.get(reverse("arguments-file", kwargs={"suffix": "exe"})).status_code == 404
