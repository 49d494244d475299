"""The pages about choosing product groups, as people use them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.catalogue import api as catalogue
from koopkracht.scoring.types import Score
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import selection as api
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from koopkracht.strategy.types.selection import GroupStatus
from koopkracht.web.strategy import selection_chart
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
GROUP = "GRN-01"
CODES = ("A", "B", "C", "D", "E", "F-1", "F-2")


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def actor(place: Any) -> Any:
    return make_actor(place, Role.BUYER)


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


def filled(value: int = 4, **changed: Any) -> dict[str, Any]:
    given = {f"score_{code}": str(value) for code in CODES} | {f"remark_{code}": "" for code in CODES}
    return {"method_id": "0", **given, **{name.replace("__", "-"): one for name, one in changed.items()}}


def give(actor: Any, group: str = GROUP, value: int = 4) -> None:
    api.score(actor=actor, product_group=group, scores={code: Score(Decimal(value)) for code in CODES})


def plan(actor: Any, title: str = "Bermen maaien") -> int:
    entry = PlannedPurchaseEntry(title=title, product_group=GROUP, amount=Decimal(500_000), start=dt.date(2030, 1, 1))
    strategy.put_planned_purchases(actor=actor, entries=[entry])
    return api.purchases_by_group(organisation_id=actor.organisation_id)[GROUP][0].id


def test_an_empty_start_says_what_to_do(client) -> None:
    text = text_of(client.get(reverse("selection")))
    assert "Geef voorrang na een werksessie" in text
    assert "Onderhoud van groen" in text_of(client.get(reverse("selection"), {"zoek": "onderhoud van groen"}))
    assert "Nog geen groep is volledig beoordeeld" in text_of(client.get(reverse("selection-ranking")))
    assert "Nog geen groep heeft voorrang" in text_of(client.get(reverse("selection-purchases")))
    assert "startmethode" in text_of(client.get(reverse("selection-method")))


def test_the_list_walks_through_its_pages_and_exports_everything(client) -> None:
    first = text_of(client.get(reverse("selection"), {"sorteer": "name"}))
    second = text_of(client.get(reverse("selection"), {"sorteer": "name", "vanaf": "50"}))
    names = sorted(group.name for group in catalogue.product_groups())
    assert names[0] in first
    assert f">{names[50]}<" in second.replace("&amp;", "&")
    export = b"".join(client.get(reverse("selection"), {"formaat": "csv"}).streaming_content).decode("utf-8-sig")
    assert len(export.splitlines()) == len(names) + 1


def test_a_person_scores_with_what_is_known_beside_it_and_nothing_filled_in(client, actor) -> None:
    plan(actor)
    address = reverse("selection-score", kwargs={"code": GROUP})
    form = text_of(client.get(address))
    assert "1 geplande aankoop: 1 groot." in form
    assert "Let op bij een grote opdracht" in form
    assert "Welke werknemers kunnen dit doen?" in form
    assert 'value="4" checked' not in form
    assert form.count(" checked") == len(CODES)  # each stands on "nog geen score"

    assert client.post(address, filled(score_A="5", remark_A="Veel <b>aanbod</b>")).status_code == 302
    page = text_of(client.get(reverse("selection-group", kwargs={"code": GROUP})))
    assert "Veel &lt;b&gt;aanbod" in page
    assert "Noteer de beslissing" in page
    again = text_of(client.get(address))
    assert 'value="5"' in again
    assert "Veel &lt;b&gt;aanbod" in again


def test_an_open_score_is_told_and_never_a_zero(client, actor) -> None:
    answer = client.post(reverse("selection-score", kwargs={"code": GROUP}), filled(score_D=""), follow=True)
    text = text_of(answer)
    assert "Er ontbreekt nog 1 score" in text
    assert "Nog onvolledig" in text
    ranking = text_of(client.get(reverse("selection-ranking")))
    assert "telt nooit als nul" in ranking


def test_a_score_outside_the_scale_comes_back_with_what_was_typed(client) -> None:
    answer = client.post(reverse("selection-score", kwargs={"code": GROUP}), filled(score_A="9", remark_B="bewaar mij"))
    text = text_of(answer, 422)
    assert "bewaar mij" in text
    assert "Er is 1 probleem" in text


def test_people_decide_with_a_reason_and_reopen_with_one(client, actor) -> None:
    address = reverse("selection-decide", kwargs={"code": GROUP})
    assert "Nog niet te beslissen" in text_of(client.get(address))
    give(actor)
    text = text_of(client.get(address))
    assert "Mensen beslissen" in text
    assert "Score 3,33, plaats 1 van 1." in text
    values = {"significant": "yes", "reason": "Veel handwerk", "decided_on": "2026-01-05", "participants": "Werkgroep"}
    assert "Schrijf de reden erbij" in text_of(client.post(address, {**values, "reason": ""}), 422)
    assert "toekomst" in text_of(client.post(address, {**values, "decided_on": "2999-01-01"}), 422)
    assert client.post(address, values).status_code == 302
    page = text_of(client.get(reverse("selection-group", kwargs={"code": GROUP})))
    assert "Gekozen als significant" in page
    assert "Score toen: 3,33, plaats 1" in page
    reopen = reverse("selection-reopen", kwargs={"code": GROUP})
    assert "Schrijf de reden erbij" in text_of(client.post(reopen, {"reason": ""}), 422)
    assert client.post(reopen, {"reason": "Nieuwe markt"}).status_code == 302
    assert "nog niet beslist" in text_of(client.post(reopen, {"reason": "Nieuwe markt"}, follow=True))


def test_a_workshop_gives_several_groups_priority(client, actor) -> None:
    address = reverse("selection-workshop")
    values = {"groups": [GROUP, "SCH-01"], "decided_on": "2026-01-05", "participants": "Aankoop en beleid"}
    refused = text_of(client.post(address, values), 422)
    assert f'value="{GROUP}" checked' in refused
    done = text_of(client.post(address, {**values, "reason": "Veel handwerk"}, follow=True))
    assert "2 productgroepen krijgen voorrang" in done
    assert f'value="{GROUP}"' not in text_of(client.get(address))
    back = client.post(reverse("selection-withdraw", kwargs={"code": GROUP}), {"reason": "Vergissing"}, follow=True)
    assert "heeft geen voorrang meer" in text_of(back)


def test_the_ranking_shows_chart_ties_firmness_and_exports_parameters(client, place, actor) -> None:
    give(actor)
    give(actor, "SCH-01", 3)
    give(make_actor(place, Role.EXECUTIVE), GROUP, 5)
    text = text_of(client.get(reverse("selection-ranking"), {"marge": "50"}))
    assert "Hoe stevig is deze volgorde?" in text
    assert "Bij een marge van 50 %" in text
    export = b"".join(client.get(reverse("selection-ranking"), {"formaat": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    assert "F-2 Aanbod in de (lokale) sociale economie" in export.splitlines()[0]
    assert len(export.splitlines()) == 3


def test_the_method_page_refuses_weights_that_are_all_zero(client, actor) -> None:
    address = reverse("selection-method-change")
    values = {f"weight_{code}": "0" for code in ("A", "B", "C", "D", "E", "F", "F-1", "F-2")}
    values |= {"small_below": "30000", "large_from": "140000", "significant_from": "3,5", "urgent_months": "3"}
    for number in range(2):
        values |= {f"extra_{number}_name": "", f"extra_{number}_explanation": "", f"extra_{number}_weight": "1"}
    values |= {"note": "Proef", "extra_0_name": "Leerkansen voor jongeren"}
    assert "Alle gewichten zijn 0" in text_of(client.post(address, values), 422)
    good = {**values, "weight_A": "2", "weight_F": "1"}
    # F counts, but all that it is made of except the own parameter is zero: that is allowed.
    assert client.post(address, good).status_code == 302
    page = text_of(client.get(reverse("selection-method")))
    assert "Leerkansen voor jongeren" in page
    assert "Versie 1" in page
    assert client.get(reverse("selection-method-version", kwargs={"version": 7})).status_code == 404


def test_a_buyer_marks_a_planned_purchase_with_a_reason(client, actor) -> None:
    purchase = plan(actor)
    address = reverse("selection-purchase", kwargs={"purchase_id": purchase})
    assert "nog geen voorrang" in text_of(client.get(address))
    api.prioritise(
        actor=actor, product_groups=[GROUP], reason="x", decided_on=dt.date(2026, 1, 5), participants="Werkgroep"
    )
    mark = reverse("selection-mark", kwargs={"purchase_id": purchase})
    assert "Schrijf de reden erbij" in text_of(client.post(mark, {"reason": ""}), 422)
    assert client.post(mark, {"reason": "Contract loopt af"}).status_code == 302
    assert "Contract loopt af" in text_of(client.get(reverse("selection-purchases")))
    assert "1 van de 1" in text_of(client.get(reverse("selection-purchases")))
    assert "Let op bij een grote opdracht" in text_of(client.get(address))
    client.post(reverse("selection-unmark", kwargs={"purchase_id": purchase}))
    assert "nog niet aangeduid" in text_of(client.get(reverse("selection-purchases")))


def test_features_and_focus_are_noted_and_filtered(client, actor) -> None:
    address = reverse("selection-features", kwargs={"code": GROUP})
    assert "Schrijf waarom" in text_of(client.post(address, {"focus": ["impact"]}), 422)
    values = {"features": ["labour"], "focus": ["impact"], "focus_reason": "Veel werk"}
    assert client.post(address, values).status_code == 302
    found = text_of(client.get(reverse("selection"), {"kenmerk": "labour"}))
    assert "1 resultaat" in found


def test_strangers_and_unknown_codes_look_the_same_and_roles_hold(place, actor) -> None:
    purchase = plan(actor)
    give(actor)
    stranger = client_of(organisation(), Role.BUYER)
    assert stranger.get(reverse("selection-purchase", kwargs={"purchase_id": purchase})).status_code == 404
    assert (
        stranger.post(reverse("selection-mark", kwargs={"purchase_id": purchase}), {"reason": "x"}).status_code == 404
    )
    assert stranger.get(reverse("selection-purchase", kwargs={"purchase_id": 999_999})).status_code == 404
    assert "Nog niemand gaf scores" in text_of(stranger.get(reverse("selection-group", kwargs={"code": GROUP})))
    assert stranger.get(reverse("selection-group", kwargs={"code": "ZZZ-9"})).status_code == 404
    auditor = client_of(place, Role.AUDITOR)
    assert auditor.get(reverse("selection-score", kwargs={"code": GROUP})).status_code == 403
    assert auditor.post(reverse("selection-decide", kwargs={"code": GROUP})).status_code == 403
    assert "Noteer de beslissing" not in text_of(auditor.get(reverse("selection-group", kwargs={"code": GROUP})))


def test_pages_cost_the_same_for_many_groups(client, actor, django_assert_max_num_queries) -> None:
    for group in catalogue.product_groups()[:25]:
        give(actor, group.code, 3)
    for name in ("selection", "selection-ranking", "selection-purchases"):
        client.get(reverse(name))
        with django_assert_max_num_queries(24):
            client.get(reverse(name))
    address = reverse("selection-group", kwargs={"code": GROUP})
    with django_assert_max_num_queries(30):
        client.get(address)
    assert api.standing(organisation_id=actor.organisation_id, product_group=GROUP).status is GroupStatus.SCORED


def test_the_chart_leaves_out_what_has_no_spend_and_keeps_labels_apart() -> None:
    def point(rank: int, spend: int, supply: int = 1) -> selection_chart.Point:
        return selection_chart.Point(rank, f"Groep {rank}", Decimal(spend), Decimal(4), supply, chosen=rank == 1)

    assert selection_chart.chart([point(1, 0)], lowest=1, highest=5, border=Decimal("3.5")) is None
    made = selection_chart.chart(
        [point(1, 1_000), point(2, 1_001), point(3, 100_000, 16)], lowest=1, highest=5, border=Decimal("3.5")
    )
    by_rank = {bubble.rank: bubble for bubble in made.bubbles}
    assert len(by_rank) == 3
    assert by_rank[1].x < by_rank[3].x
    assert by_rank[3].radius == selection_chart.LARGEST
    assert not (by_rank[1].labelled and by_rank[2].labelled and by_rank[1].anchor == by_rank[2].anchor)
    assert {bubble.y for bubble in made.bubbles} == {by_rank[1].y}
