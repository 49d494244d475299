"""The pages of the target planner: ask, read, compare, decide, take along."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.monitoring.planner import api as planner
from koopkracht.monitoring.planner.types import PlanState
from koopkracht.shared.listing import ListQuery
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation
from tests.monitoring.planner.town import YEAR, planned, purchase, put_indicator, put_market, put_plan, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def actor(place: Any) -> Any:
    return make_actor(place)


@pytest.fixture
def keys(actor: Any) -> dict[str, int]:
    put_market(actor)
    return put_plan(actor, purchase("Poetsen <b>"), purchase("Ramen", "SCH-02"), purchase("Zonder raming", amount=None))


def client_of(place: Any, role: Role) -> Client:
    found = Client()
    found.force_login(member(place, role), backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def client(place: Any) -> Client:
    return client_of(place, Role.BUYER)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def form(**fields: Any) -> dict[str, Any]:
    values = {"name": "Plan", "year": YEAR, "market": 100, "appetite": "balanced", "own_social-contracts": "1"}
    return values | {f"hours_{quarter}": 200 for quarter in (1, 2, 3, 4)} | fields


def test_the_empty_list_says_what_to_do(client) -> None:
    assert "Nog geen plannen" in text_of(client.get(reverse("planner")))


def test_the_form_names_targets_and_dossiers(client, actor, keys) -> None:
    put_indicator(actor)
    text = text_of(client.get(reverse("planner-new"), {"jaar": YEAR}))
    assert "Aandeel sociale economie" in text
    assert "Streefwaarde: 10 %" in text
    assert "Poetsen &lt;b&gt;" in text


def test_asking_makes_a_plan_and_shows_its_progress(client, actor, keys) -> None:
    answer = client.post(reverse("planner-new"), form(**{f"lock_{keys['Ramen']}": "out"}))
    (row,) = planner.list_plans(actor=actor, query=ListQuery()).rows
    assert answer.headers["Location"] == reverse("planner-plan", args=[row.id])
    assert "Even geduld" in text_of(client.get(answer.headers["Location"]))
    assert planner.compute(actor=actor, plan_id=row.id) is PlanState.SOLVED
    plan = planner.plan(organisation_id=actor.organisation_id, plan_id=row.id)
    assert str(keys["Ramen"]) not in plan.result["base"]["choice"]
    assert "Bewezen beste plan" in text_of(client.get(answer.headers["Location"]))


def test_a_plan_without_targets_is_refused_and_nothing_is_lost(client, actor, keys) -> None:
    text = text_of(client.post(reverse("planner-new"), form(**{"own_social-contracts": "", "name": "Mijn plan"})), 422)
    assert "Kies minstens één doel" in text
    assert "Mijn plan" in text
    assert planner.list_plans(actor=actor, query=ListQuery()).rows == []


def test_the_result_shows_dossiers_targets_limits_alternatives_and_what_is_left_out(
    client, actor, keys, django_assert_max_num_queries
) -> None:
    plan = planned(actor, own={"social-spend": 300_000_00, "social-contracts": 2})
    address = reverse("planner-plan", args=[plan.id])
    client.get(address)
    with django_assert_max_num_queries(12):
        text = text_of(client.get(address))
    for part in (
        "Voorbehouden opdracht",
        "Kwartaal 1",
        "300.000 euro",
        "Zelf ingevuld bij de start van dit plan",
        "Zo weinig mogelijk risico",
        "Met de helft van de markt",
        "Zonder raming",
        "Er staat geen raming.",
    ):
        assert part in text, part
    assert "Poetsen <b>" not in text


def test_a_dossier_says_why_and_why_not(client, actor, keys) -> None:
    plan = planned(actor, own={"social-spend": 300_000_00})
    text = text_of(client.get(reverse("planner-dossier", args=[plan.id, keys["Poetsen <b>"]])))
    assert "Gekozen" in text
    assert "niet gehaald:" in text, "another instrument would miss the target, and the page says so"
    assert "BE-RES-08" in text
    assert client.get(reverse("planner-dossier", args=[plan.id, "999999"])).status_code == 404


def test_an_impossible_plan_is_explained(client, actor, keys) -> None:
    plan = planned(actor, own={"social-spend": 10_000_000_00})
    text = text_of(client.get(reverse("planner-plan", args=[plan.id])))
    assert "kan hoogstens" in text
    assert "Ook met meer uren" in text
    assert client.get(reverse("planner-export", args=[plan.id, "csv"])).status_code == 404


def test_deciding_keeps_a_deviation_with_its_reason(client, actor, keys) -> None:
    plan = planned(actor)
    (key,) = plan.result["base"]["choice"]
    address = reverse("planner-decide", args=[plan.id])
    fields = {f"package_{one}": code for one, code in plan.result["base"]["choice"].items()}
    assert "Volgt u dit plan?" in text_of(client.get(address))
    wrong = client.post(address, fields | {"reason": "Akkoord", f"package_{key}": ""})
    assert "iets anders kiest" in text_of(wrong, 422)
    good = client.post(address, fields | {"reason": "Akkoord", f"package_{key}": "", f"why_{key}": "Uitgesteld"})
    assert good.status_code == 302
    text = text_of(client.get(reverse("planner-plan", args=[plan.id])))
    assert "Dit plan volgen we" in text
    assert "Uitgesteld" in text
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_plan_can_be_taken_along(client, actor, keys, kind, start) -> None:
    plan = planned(actor)
    answer = client.get(reverse("planner-export", args=[plan.id, kind]))
    content = answer.getvalue() if answer.streaming else answer.content
    assert answer.status_code == 200
    assert content.startswith(start)
    assert client.get(reverse("planner-export", args=[plan.id, "exe"])).status_code == 404


def test_an_assumption_is_changed_with_its_source(client, actor) -> None:
    assert "Prijs van een gewerkt uur" in text_of(client.get(reverse("planner-assumptions")))
    address = reverse("planner-assumption", args=["euro-per-hour"])
    assert "Schrijf waar dit getal vandaan komt" in text_of(client.post(address, {"value": "35"}), 422)
    assert client.post(address, {"value": "35", "reason": "facturen 2026"}).status_code == 302
    assert "facturen 2026" in text_of(client.get(reverse("planner-assumptions")))
    assert client.get(reverse("planner-assumption", args=["bestaat-niet"])).status_code == 404


def test_a_plan_can_be_asked_again_with_the_same_values(client, actor, keys) -> None:
    plan = planned(actor, name="Eerste poging", staff_hours=(11, 12, 13, 14))
    text = text_of(client.get(reverse("planner-new"), {"van": plan.id}))
    assert "Eerste poging" in text
    assert 'value="13"' in text


def test_roles_and_organisations(place, actor, keys) -> None:
    plan = planned(actor)
    lawyer, stranger = client_of(place, Role.LAWYER), client_of(organisation(), Role.BUYER)
    assert lawyer.get(reverse("planner-plan", args=[plan.id])).status_code == 200
    assert lawyer.get(reverse("planner-new")).status_code == 403
    assert lawyer.post(reverse("planner-decide", args=[plan.id]), {"reason": "x"}).status_code == 403
    for name, more in (
        ("planner-plan", []),
        ("planner-dossier", ["1"]),
        ("planner-decide", []),
        ("planner-export", ["csv"]),
    ):
        assert stranger.get(reverse(name, args=[plan.id, *more])).status_code == 404
    assert stranger.get(reverse("planner-new"), {"van": plan.id}).status_code == 404
    assert stranger.post(reverse("planner-mark", args=[plan.id])).status_code == 404


def test_a_waiting_plan_cannot_be_decided(client, actor, keys) -> None:
    plan_id = planner.start(actor=actor, request=request())
    assert client.get(reverse("planner-decide", args=[plan_id])).status_code == 302
