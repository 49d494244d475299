"""The pages about goals and the overview of the strategy, with the client of a person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.contracts import api as contracts
from koopkracht.contracts.types import ContractInput
from koopkracht.indicators import api as indicators
from koopkracht.shared.periods import Period
from koopkracht.strategy.api import goals, yearly
from koopkracht.strategy.types.goals import (
    SUBJECT,
    GoalState,
    PrincipleInput,
    PurposeInput,
    PurposeState,
    ScopeRule,
    SocialGoalInput,
)
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation
from tests.strategy.test_goals import fix, judged, note

pytestmark = pytest.mark.django_db
RULE = ScopeRule(("works", "services"), Decimal(450_000), 48)


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
def client(place: Any) -> Client:
    return client_of(place, Role.BUYER)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def at(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def test_the_overview_leads_a_new_organisation_to_its_first_step(client, actor) -> None:
    text = text_of(client.get(reverse("strategy")))
    assert "Noteer uw doelen" in text
    assert "nog leeg" in text
    for link in ("Draagvlak", "Doelen", "Productgroepen", "Planning", "Planner"):
        assert link in text

    note(actor)
    assert "Beoordeel of aankopen kunnen helpen" in text_of(client.get(reverse("strategy")))
    key = judged(actor, "Tweede")
    assert "Leg uw shortlist vast" in text_of(client.get(reverse("strategy")))
    fix(actor, key)
    text = text_of(client.get(reverse("strategy")))
    assert "Vertaal elk doel naar een aankoopdoel" in text
    assert "2 doelen, 1 op de shortlist" in text


def test_the_overview_costs_the_same_with_many_goals(client, actor, django_assert_max_num_queries) -> None:
    for number in range(12):
        key = judged(actor, f"Doel {number}")
        goals.create_purpose(actor=actor, social_goal_id=key, purpose=PurposeInput(f"Aankoopdoel {number}"))
    client.get(reverse("strategy"))
    for name, most in (("strategy", 30), ("goals", 16), ("goals-tree", 14), ("goals-shortlist", 14)):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name)).status_code == 200


def test_a_goal_is_noted_with_its_document_judged_and_parked(client, actor) -> None:
    form = {"title": "Meer kansen", "pillar": "social", "source_title": "Akkoord", "themes": ["gelijke-kansen"]}
    refused = text_of(client.post(reverse("goal-add"), {**form, "title": ""}), 422)
    assert "Schrijf het doel in één zin" in refused
    assert "Akkoord" in refused  # nothing typed is lost

    file = SimpleUploadedFile("akkoord.txt", b"Wij willen meer kansen.")
    answer = client.post(reverse("goal-add"), {**form, "file": file})
    key = int(answer.url.rsplit("/", 1)[1])
    assert "Haal het document op" in text_of(client.get(answer.url))
    kept = client.get(at("goal-source", goal_id=key))
    assert b"".join(kept.streaming_content) == b"Wij willen meer kansen."
    assert "attachment" in kept["Content-Disposition"]

    judge = at("goal-judge", goal_id=key)
    assert "Schat hoe groot" in text_of(client.post(judge, {"is_lever": "ja"}), 422)
    assert client.post(judge, {"is_lever": "ja", "effect": "large"}).status_code == 302
    assert "ja, effect: groot" in text_of(client.get(at("goal", goal_id=key)))

    park = at("goal-park", goal_id=key)
    assert "Schrijf waarom" in text_of(client.post(park, {"reason": ""}), 422)
    client.post(park, {"reason": "volgend jaar"})
    assert "volgend jaar" in text_of(client.get(at("goal", goal_id=key)))
    client.post(at("goal-reopen", goal_id=key))
    assert goals.goal(organisation_id=actor.organisation_id, goal_id=key).state is GoalState.INVENTORIED


def test_a_file_of_a_wrong_kind_is_refused_at_its_field(client) -> None:
    file = SimpleUploadedFile("akkoord.exe", b"MZ\x90\x00" + b"\x00" * 64)
    answer = client.post(reverse("goal-add"), {"title": "Doel", "pillar": "social", "file": file})
    assert 'id="id_file_error"' in text_of(answer, 422)


def test_a_goal_from_an_example_and_a_goal_that_needs_something_else(client, actor) -> None:
    assert "De gemeente vergroenen" in text_of(client.get(reverse("goal-add") + "?voorbeeld=2"))
    assert client.get(reverse("goal-add") + "?voorbeeld=99").status_code == 200
    key = note(actor)
    client.post(at("goal-judge", goal_id=key), {"is_lever": "nee", "other_lever": "subsidie", "effect": "large"})
    assert "Aankopen zijn hier geen hefboom" in text_of(client.get(at("goal", goal_id=key)))
    assert "Subsidie aan de sociale economie" in text_of(client.get(at("goal", goal_id=key)))


def test_the_shortlist_is_ranked_with_numbers_and_decided(client, place, actor) -> None:
    one, two = judged(actor, "Een"), judged(actor, "Twee")
    values = {"decided_on": "2026-03-05", "body": "werkgroep", "reason": "grootste effect"}
    refused = text_of(client.post(reverse("goals-shortlist-fix"), {**values, "reason": "", f"plaats-{one}": "1"}), 422)
    assert "Schrijf kort waarom" in refused

    client.post(reverse("goals-shortlist-fix"), {**values, f"plaats-{one}": "2", f"plaats-{two}": "1"})
    text = text_of(client.get(reverse("goals-shortlist")))
    assert text.index(">Twee<") < text.index(">Een<")
    assert "5 maart 2026" in text.replace("\u00a0", " ")

    executive = client_of(place, Role.EXECUTIVE)
    assert "Keur deze doelen goed" in text_of(executive.get(reverse("goals-shortlist")))
    assert "Keur deze doelen goed" not in text
    assert client.post(reverse("goals-approve"), values).status_code == 403
    assert executive.post(reverse("goals-approve"), values).status_code == 302
    assert "goedgekeurd" in text_of(client.get(reverse("goals-shortlist")))


def test_a_purchasing_goal_says_what_is_missing_and_what_falls_under_it(client, actor) -> None:
    goal_id = judged(actor, "Een")
    form = {"title": "Samenwerken", "description": ""}
    answer = client.post(at("purpose-add", goal_id=goal_id), form)
    text = text_of(client.get(answer.url))
    assert "Nog te abstract" in text
    key = int(answer.url.rsplit("/", 1)[1])
    refused = client.post(at("purpose-activate", purpose_id=key))
    assert "te abstract" in text_of(refused, 422)

    scope = {**form, "scope_types": ["works", "services"], "scope_value_over": "450000", "scope_months": "48"}
    client.post(at("purpose-edit", purpose_id=key), scope)
    for title, value, months in (
        ("Net erboven", "450000.01", 48),
        ("Precies", "450000", 48),
        ("Te kort", "900000", 47),
    ):
        contracts.record_contract(
            actor=actor,
            contract=ContractInput(
                key=title,
                title=title,
                nature="works",
                is_own=True,
                value=Decimal(value),
                currency="EUR",
                conclusion_date=dt.date(2026, 1, 5),
                duration=Decimal(months),
                duration_unit="MONTH",
            ),
        )
    text = text_of(client.get(answer.url))
    assert "Werken en diensten boven" in text
    assert "Net erboven" in text
    assert "Precies" not in text
    assert "Te kort" not in text


def test_a_purchasing_goal_goes_from_draft_to_ended(client, actor) -> None:
    taken = goals.take_chain(actor=actor, chain=next(one for one in goals.chains() if one.code == "2"))
    page = at("purpose", purpose_id=taken.purpose_id)
    assert "Klaar om actief te worden" in text_of(client.get(page))
    client.post(at("purpose-activate", purpose_id=taken.purpose_id))
    assert client.post(at("purpose-reach", purpose_id=taken.purpose_id)).status_code == 422
    stop = at("purpose-end", purpose_id=taken.purpose_id)
    assert "Schrijf waarom" in text_of(client.post(stop, {}), 422)
    client.post(stop, {"reason": "andere aanpak"})
    assert "andere aanpak" in text_of(client.get(page))


def test_a_chain_is_adapted_and_taken_over(client, actor) -> None:
    assert "Pas aan en neem over" in text_of(client.get(reverse("goal-chains")))
    address = at("goal-chain", code="1a")
    text = text_of(client.get(address))
    assert 'value="GRN-01" checked' in text
    values = {
        "goal_title": "Werk voor iedereen",
        "title": "Meer in schoonmaak",
        "product_groups": ["SCH-01"],
        "target-0": "12,5",
    }
    assert "target-0" in text_of(client.post(address, {**values, "target-0": "150"}), 422)
    answer = client.post(address, values)
    text = text_of(client.get(answer.url))
    assert "12,5" in text
    (purpose,) = goals.purposes(organisation_id=actor.organisation_id)
    assert (purpose.product_groups, purpose.state) == (("SCH-01",), PurposeState.DRAFT)
    (one,) = indicators.of_subjects(organisation_id=actor.organisation_id, subject=SUBJECT, subject_keys=[purpose.id])[
        purpose.id
    ]
    assert one.target.baseline_value == Decimal("0.125")
    assert client.get(at("goal-chain", code="9z")).status_code == 404


def test_principles_show_when_the_share_is_not_known(client, actor) -> None:
    assert "Nog geen principes" in text_of(client.get(reverse("principles")))
    values = {"product_group": "GRN-01", "minimum": "80", "valid_from": "2026-01-01"}
    assert client.post(reverse("principle-add"), {**values, "valid_until": "2025-01-01"}).status_code == 422
    assert client.post(reverse("principle-add"), values).status_code == 302
    text = text_of(client.get(reverse("principles")))
    assert "Onderhoud van groen" in text
    assert "onbekend" in text
    (one,) = goals.principles(organisation_id=actor.organisation_id)
    assert (one.minimum, one.valid) == (Decimal("0.80"), Period(dt.date(2026, 1, 1)))
    client.post(at("principle-end", principle_id=one.id))
    assert goals.principle(organisation_id=actor.organisation_id, principle_id=one.id).valid.end is not None


def test_themes_are_added_and_chosen(client, actor) -> None:
    client.post(reverse("goal-theme-add"), {"name": "Buurtwerk"})
    client.post(reverse("goal-theme-default"), {"theme": "eigen-buurtwerk"})
    assert goals.default_theme(organisation_id=actor.organisation_id) == "eigen-buurtwerk"
    goals.note_goal(actor=actor, goal=SocialGoalInput("Buurtgoal"))
    assert "Buurtgoal" in text_of(client.get(reverse("goals") + "?theme=eigen-buurtwerk"))
    assert "Buurtgoal" not in text_of(client.get(reverse("goals") + "?theme=gelijke-kansen"))


def test_the_yearly_overview_becomes_public_in_its_order(client, place, actor) -> None:
    assert "Vertrek van een voorbeeld" in text_of(client.get(reverse("yearly-add") + "?voorbeeld=markt-bevragen"))
    values = {
        "entity": "Groendienst",
        "kind": "realised",
        "year": "2025",
        "title": "Bermen maaien",
        "strategic_goals": ["kmo"],
    }
    assert "minstens één strategisch doel" in text_of(
        client.post(reverse("yearly-add"), {**values, "strategic_goals": []}), 422
    )
    client.post(reverse("yearly-add"), values)
    address = reverse("yearly-advance")
    public = at("yearly-public", slug=place.slug, year=2025)
    assert client.post(address, {"jaar": "2025", "stap": "publiceren"}).status_code == 404
    for step in ("samenstellen", "bestuur"):
        client.post(address, {"jaar": "2025", "stap": step})
        assert Client().get(public).status_code == 404
    client.post(address, {"jaar": "2025", "stap": "publiceren"})
    assert "Bermen maaien" in text_of(Client().get(public))
    assert "Bekijk de openbare bladzijde" in text_of(client.get(reverse("yearly") + "?jaar=2025"))
    (one,) = yearly.actions(organisation_id=actor.organisation_id, year=2025)
    assert client.post(at("yearly-remove", action_id=one.id)).status_code == 302


def test_the_framework_is_reviewed_from_the_overview(client, actor) -> None:
    note(actor)
    client.post(reverse("framework-review"), {"stap": "starten"})
    assert "herziening loopt" in text_of(client.get(reverse("strategy")))
    assert client.post(reverse("framework-review"), {"stap": "afsluiten", "remark": ""}).status_code == 422
    client.post(reverse("framework-review"), {"stap": "afsluiten", "remark": "alles klopt nog"})
    assert "Laatst nagekeken" in text_of(client.get(reverse("strategy")))


def test_another_organisation_sees_nothing_and_an_auditor_changes_nothing(place, actor) -> None:
    key = judged(actor, "Geheim doel")
    purpose = goals.create_purpose(
        actor=actor, social_goal_id=key, purpose=PurposeInput("Geheim aankoopdoel", scope=RULE)
    )
    principle = goals.set_principle(
        actor=actor, principle=PrincipleInput("GRN-01", Decimal("0.8"), Period(dt.date(2026, 1, 1)))
    )
    stranger = client_of(organisation(), Role.BUYER)
    for address in (
        at("goal", goal_id=key),
        at("goal-edit", goal_id=key),
        at("goal-judge", goal_id=key),
        at("goal-source", goal_id=key),
        at("purpose-add", goal_id=key),
        at("purpose", purpose_id=purpose),
        at("purpose-edit", purpose_id=purpose),
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(at("principle-end", principle_id=principle)).status_code == 404
    assert "Geheim" not in text_of(stranger.get(reverse("goals-tree")))

    auditor = client_of(place, Role.AUDITOR)
    assert "Geheim doel" in text_of(auditor.get(reverse("goals-tree")))
    assert "Aanpassen" not in text_of(auditor.get(at("purpose", purpose_id=purpose)))
    assert auditor.post(at("purpose-end", purpose_id=purpose), {"reason": "x"}).status_code == 403
