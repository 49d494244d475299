"""The pages of the purchasing plan: one line, the early look, timeline, successors, buying together."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from koopkracht.accounts import api as accounts
from koopkracht.accounts.permissions import Role
from koopkracht.contracts import api as contracts
from koopkracht.contracts.types import ContractInput
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from koopkracht.web.tasks import calendar
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
DECEMBER = (dt.date(2026, 12, 1), dt.date(2027, 1, 1))
NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def actor(place: Any) -> Any:
    return make_actor(place)


def client_of(place: Any, role: Role) -> Client:
    found = Client()
    found.force_login(member(place, role), backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def buyer(place: Any) -> Client:
    return client_of(place, Role.BUYER)


def plan(actor: Any, *titles: str, **fields: Any) -> list[int]:
    entries = [PlannedPurchaseEntry(title=title, **fields) for title in titles]
    strategy.put_planned_purchases(actor=actor, entries=entries)
    return [line.id for line in screening.plan(organisation_id=actor.organisation_id) if line.title in titles]


def contract(actor: Any, title: str, end: dt.date, **fields: Any) -> int:
    made, _new = contracts.record_contract(
        actor=actor,
        contract=ContractInput(
            key=title, title=title, is_own=True, main_cpv="90910000", currency="EUR", value=Decimal(120_000),
            start_date=end - dt.timedelta(days=1461), end_date=end, **fields,
        ),
    )  # fmt: skip
    return made


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_a_line_says_what_is_missing_and_leads_to_the_early_look(buyer, actor) -> None:
    (purchase,) = plan(actor, "Poetsen", product_group="SCH-01")
    address = reverse("planned-purchase", kwargs={"purchase_id": purchase})
    text = text_of(buyer.get(address))
    assert "Nog in te vullen: geraamd bedrag, looptijd, verantwoordelijke aankoper." in text
    buyer.post(reverse("screening-ask", kwargs={"purchase_id": purchase}))
    assert "Antwoord gevraagd voor 11\xa0december\xa02026" in text_of(buyer.get(address))


def test_the_officer_answers_and_a_refused_answer_keeps_what_was_typed(place, actor, buyer) -> None:
    (purchase,) = plan(actor, "Poetsen")
    officer = client_of(place, Role.SOCIAL_ECONOMY_OFFICER)
    address = reverse("screening-answer", kwargs={"purchase_id": purchase})
    refused = text_of(officer.post(address, {"answer": "partly", "reason": ""}), 422)
    assert "Leg in één zin uit waarom" in refused
    assert officer.post(address, {"answer": "partly", "reason": "De ramen apart"}).status_code == 302
    text = text_of(buyer.get(reverse("planned-purchase", kwargs={"purchase_id": purchase})))
    assert "Voor een deel" in text
    assert "De ramen apart" in text
    assert "Antwoord geven" not in text, "a buyer does not answer for the officer"


def test_talks_and_intended_impact_are_kept(place, actor) -> None:
    (purchase,) = plan(actor, "Poetsen")
    officer = client_of(place, Role.SOCIAL_ECONOMY_OFFICER)
    talk = {"on": "2026-11-20", "contact": "Technische dienst", "result": "Een proef in twee scholen"}
    assert officer.post(reverse("screening-talk", kwargs={"purchase_id": purchase}), talk).status_code == 302
    late = {**talk, "on": "2027-01-01"}
    refused = officer.post(reverse("screening-talk", kwargs={"purchase_id": purchase}), late)
    assert "ligt in de toekomst" in text_of(refused, 422)
    officer.post(reverse("planned-purchase-impact", kwargs={"purchase_id": purchase}), {"text": "Werk voor vier"})
    text = text_of(officer.get(reverse("planned-purchase", kwargs={"purchase_id": purchase})))
    assert "Een proef in twee scholen" in text
    assert "Werk voor vier" in text


def test_contracts_that_end_are_proposed_until_the_plan_holds_their_successor(buyer, actor) -> None:
    near = contract(actor, "Poetsen van scholen", dt.date(2027, 6, 1))
    contract(actor, "Later", dt.date(2030, 1, 1))
    contract(actor, "Voorbij", dt.date(2026, 1, 1))
    text = text_of(buyer.get(reverse("purchasing-plan-successors")))
    assert "Poetsen van scholen" in text
    assert "te laat" in text, "nine months before 1 June 2027 has passed"
    assert "Later" not in text
    assert "Voorbij" not in text

    form = text_of(buyer.get(reverse("purchasing-plan-add"), {"contract": near}))
    assert "Opvolging: Poetsen van scholen" in form
    assert 'value="48"' in form
    data = {
        "title": "Opvolging: Poetsen van scholen", "product_group": "SCH-01", "amount": "120.000,00",
        "start": "2027-06-01", "duration_months": "48", "responsible": "An", "source": "plan",
        "follows": "Poetsen van scholen",
    }  # fmt: skip
    assert buyer.post(reverse("purchasing-plan-add"), data).status_code == 302
    assert "Niets te doen" in text_of(buyer.get(reverse("purchasing-plan-successors")))


def test_the_form_of_a_foreign_contract_is_empty(buyer) -> None:
    other = make_actor(organisation())
    foreign = contract(other, "Geheim", dt.date(2027, 6, 1))
    assert "Geheim" not in text_of(buyer.get(reverse("purchasing-plan-add"), {"contract": foreign}))


def test_the_timeline_shows_bars_with_their_dates_and_counts_the_rest(buyer, actor) -> None:
    plan(actor, "Poetsen", start=dt.date(2027, 3, 1), duration_months=48)
    plan(actor, "Ooit", start=dt.date(2035, 1, 1), duration_months=12)
    contract(actor, "Onderhoud van bermen", dt.date(2027, 6, 1))
    text = text_of(buyer.get(reverse("purchasing-plan-timeline")))
    assert "01-03-2027" in text
    assert "01-03-2031" in text
    assert "Onderhoud van bermen" in text
    assert "1 aankoop of contract valt buiten deze vier jaar" in text


def test_purchases_that_could_be_prepared_together_are_shown_with_their_sum(buyer, actor) -> None:
    plan(actor, "Poetsen", "Ramen", product_group="SCH-01", start=dt.date(2027, 3, 1), amount=Decimal(1000))
    text = text_of(buyer.get(reverse("purchasing-plan-together")))
    assert "Samen: €" in text
    assert "2.000" in text


def test_the_views_of_the_plan_cost_the_same_for_many_lines(buyer, actor, django_assert_max_num_queries) -> None:
    plan(actor, *(f"Aankoop {number}" for number in range(80)), product_group="SCH-01", start=dt.date(2027, 3, 1))
    for number in range(30):
        contract(actor, f"Contract {number}", dt.date(2027, 6, 1))
    for view in ("", "-timeline", "-successors", "-together"):
        address = reverse(f"purchasing-plan{view}")
        buyer.get(address)
        with django_assert_max_num_queries(9):
            buyer.get(address)


def test_starts_of_purchases_stand_in_the_calendar_and_own_ones_apart(place, actor) -> None:
    person = member(place, Role.BUYER, email="an@example.org")
    person.name = "An"
    person.save()
    plan(actor, "Poetsen", start=dt.date(2026, 12, 1), responsible="an")
    plan(actor, "Bermen", start=dt.date(2026, 12, 3), responsible="Joris")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    everybody = text_of(client.get(reverse("calendar"), {"maand": "2026-12"}))
    assert "Poetsen" in everybody
    assert "Bermen" in everybody
    found = [
        one.title
        for one in calendar.entries(
            accounts.actor_for(user_id=person.pk, organisation_id=place.pk), *DECEMBER, own=True
        )
    ]
    assert found == ["Poetsen"]
