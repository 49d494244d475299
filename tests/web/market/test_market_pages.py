"""The pages of the market: landing, sheets, who can do this, enterprises, talks and openness."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.market import api as market
from koopkracht.market.api import dialogues, directory, sheets
from koopkracht.market.types.dialogues import DialogueInput, DialogueKind
from koopkracht.market.types.sheets import Answer, SheetInput
from koopkracht.market.types.suppliers import Recognition, RecognitionKind, SocialEnterpriseEntry
from koopkracht.shared import clock
from koopkracht.strategy import api as strategy
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
DAY = "2026-03-02"


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


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    # Dates are written with spaces that do not break.
    return answer.content.decode().replace("\xa0", " ")


def enterprises(actor: Any, number: int) -> list[int]:
    entries = [
        SocialEnterpriseEntry(
            key=str(index),
            name=f"Maatwerk {index}",
            identifier=None,
            recognitions=(Recognition(RecognitionKind.SHELTERED_WORKSHOP, dt.date(2019, 1, 1), None),),
            activities="poetsen",
            product_groups=("SCH-01",),
            cpv_codes=(),
            region="Waasland",
            municipality="",
            capacity=10,
            website="",
            source="lijst",
            source_date=dt.date(2026, 1, 1),
        )
        for index in range(number)
    ]
    return list(market.put_social_enterprises(actor=actor, entries=entries).values())


def test_the_landing_names_the_next_step_and_suggests_a_talk(client, actor) -> None:
    assert "zet uw aankopen in de planning" in text_of(client.get(reverse("market")))
    soon = clock.today() + dt.timedelta(days=40)
    entry = PlannedPurchaseEntry(title="Scholen", product_group="SCH-01", amount=Decimal(200_000), start=soon)
    strategy.put_planned_purchases(actor=actor, entries=[entry])

    text = text_of(client.get(reverse("market")))
    assert "verken de markt voor 1 geplande aankoop" in text
    assert "Plan een gesprek" in text
    assert reverse("market-sheet", kwargs={"code": "SCH-01"}) in text


def test_a_sheet_is_filled_kept_by_version_and_a_wrong_one_loses_nothing(client, actor) -> None:
    address = reverse("market-sheet-edit", kwargs={"code": "SCH-01"})
    values = {"based_on": "0", "players": "Zeven ondernemingen", "players-as_of": DAY, "profile-type": "local"}
    refused = client.post(address, values)
    assert refused.status_code == 422
    assert "Vul bij dit antwoord de bron in" in refused.content.decode()
    assert "Zeven ondernemingen" in refused.content.decode()

    values |= {"players-source": "rondvraag", "readiness-supply": "1"}
    assert client.post(address, values).status_code == 302
    text = text_of(client.get(reverse("market-sheet", kwargs={"code": "SCH-01"})))
    assert "Bron: rondvraag, 2 maart 2026" in text
    assert "Jonge markt" in text
    assert "Vooral lokale ondernemingen" in text

    stale = client.post(address, {**values, "players": "Acht"})
    assert stale.status_code == 422
    assert "intussen een nieuwere versie" in stale.content.decode()
    assert "Acht" in stale.content.decode()
    assert client.post(address, {**values, "players": "Acht", "based_on": "1"}).status_code == 302
    old = text_of(client.get(reverse("market-sheet-version", kwargs={"code": "SCH-01", "version": 1})))
    assert "Dit is een oudere versie" in old
    assert client.get(reverse("market-sheet-version", kwargs={"code": "SCH-01", "version": 7})).status_code == 404
    word = client.get(reverse("market-sheet-paper", kwargs={"code": "SCH-01"}))
    assert word.content[:2] == b"PK"


def test_sheets_are_listed_filtered_and_exported(client, actor) -> None:
    told = Answer("Zeven", "rondvraag", dt.date(2020, 1, 1))
    sheets.save_sheet(actor=actor, product_group="SCH-01", sheet=SheetInput(answers={"players": told}))
    address = reverse("market-sheets")

    text = text_of(client.get(address, {"state": "out-of-date"}))
    assert "Schoonmaak" in text
    assert "Bomen snoeien" not in text
    export = b"".join(client.get(address, {"formaat": "csv"}).streaming_content).decode("utf-8-sig")
    assert "Verouderd" in export


def test_conclusions_are_added_taken_over_and_withdrawn(client, actor) -> None:
    client.post(reverse("market-conclusion-adopt", kwargs={"code": "TEX-01"}), {"origin": "no-label"})
    add = reverse("market-conclusion-add", kwargs={"code": "TEX-01"})
    client.post(add, {"text": "Herstel als apart perceel.", "source": "gesprek", "as_of": DAY})
    found = sheets.conclusions(organisation_id=actor.organisation_id, product_group="TEX-01")
    assert {one.origin for one in found} == {"no-label", ""}

    client.post(
        reverse("market-conclusion-withdraw", kwargs={"conclusion_id": found[0].id}), {"reason": "Markt veranderde"}
    )
    text = text_of(client.get(reverse("market-sheet", kwargs={"code": "TEX-01"})))
    assert "Ingetrokken besluiten" in text
    assert "Markt veranderde" in text


def test_fewer_than_three_gives_a_warning_that_is_a_reason_to_grow(client, actor) -> None:
    enterprises(actor, 2)
    address = reverse("market-match", kwargs={"code": "SCH-01"})
    text = text_of(client.get(address))
    assert "2 geschikte sociale ondernemingen" in text
    assert "de vraag te laten groeien" in text
    assert "biedt deze productgroep zelf aan" in text
    assert "0 geschikte sociale ondernemingen" in text_of(client.get(address, {"werkgebied": "Haspengouw"}))

    enterprises(actor, 3)
    assert "de vraag te laten groeien" not in text_of(client.get(address))


def test_pages_cost_the_same_for_five_hundred_enterprises(client, actor, django_assert_max_num_queries) -> None:
    enterprises(actor, 500)
    pages = [(reverse("market-match", kwargs={"code": "SCH-01"}), 26), (reverse("market-sheets"), 20)]
    pages += [(reverse("market"), 30), (reverse("social-enterprises"), 20)]
    for address, limit in pages:
        client.get(address)
        with django_assert_max_num_queries(limit):
            client.get(address)


def test_an_enterprise_is_added_by_hand_and_gets_its_page(client, actor) -> None:
    values = {"name": "Groenploeg", "kind_1": "maatwerkbedrijf", "product_groups": ["GRN-02"], "source_date": DAY}
    refused = client.post(reverse("enterprise-add"), values)
    assert refused.status_code == 422
    made = client.post(reverse("enterprise-add"), {**values, "source": "gesprek", "target_share": ""})
    assert made.status_code == 302
    supplier_id = int(made.url.rsplit("/", 1)[-1])
    where = {"supplier_id": supplier_id}
    reference = {"client": "Museum", "subject": "Onkruid branden", "form": "framework", "source": "website"}
    client.post(reverse("enterprise-reference", kwargs=where), reference)
    client.post(
        reverse("enterprise-turnover", kwargs=where),
        {"client": "local", "share": "15", "source": "jaarverslag", "as_of": DAY},
    )
    client.post(
        reverse("enterprise-rating", kwargs=where),
        {"price": "4", "quality": "5", "department": "Groendienst", "shared": "on", "rated_on": DAY},
    )
    client.post(
        reverse("enterprise-pioneer", kwargs=where),
        {"domain": "circular", "evidence": "Composteert", "source": "bezoek", "as_of": DAY},
    )
    client.post(
        reverse("enterprise-contact", kwargs=where),
        {"contact_function": "directeur", "form": "visit", "held_on": DAY, "content": "Kennismaking"},
    )

    text = text_of(client.get(made.url))
    for said in ("Onkruid branden", "Raamovereenkomst", "15", "kwaliteit 5 op 5", "Composteert", "Kennismaking"):
        assert said in text
    assert "Composteert" in text_of(client.get(reverse("pioneers"), {"domein": "circular"}))
    assert "Groendienst" in text_of(client.get(reverse("market-experiences")))
    key = directory.extras(organisation_id=actor.organisation_id, supplier_id=supplier_id).references[0].id
    client.post(reverse("enterprise-remove", kwargs=where), {"kind": "reference", "key": key})
    assert "Onkruid branden" not in text_of(client.get(made.url))


def test_an_old_entry_is_marked(client, actor) -> None:
    (supplier_id,) = enterprises(actor, 1)
    page = reverse("enterprise", kwargs={"supplier_id": supplier_id})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: dt.date(2028, 1, 1))
        assert "Deze fiche is ouder dan" not in text_of(client.get(page))
        patch.setattr(clock, "today", lambda: dt.date(2028, 1, 2))
        assert "Deze fiche is ouder dan 24 maanden" in text_of(client.get(page))


def test_a_session_is_planned_reported_and_brings_parties_together(client, actor) -> None:
    values = {"kind": "market-session", "title": "Infomoment", "product_group": "SCH-01", "date": DAY}
    here = client.post(reverse("dialogue-add"), values).url
    key = int(here.rsplit("/", 1)[-1])
    where = {"dialogue_id": key}
    for name in ("De Brug", "Glans NV"):
        client.post(
            reverse("session-party-add", kwargs=where),
            {"name": name, "role": "company", "reply": "yes", "people": "16", "pitch": "Wij poetsen."},
        )
    parties = dialogues.parties(organisation_id=actor.organisation_id, dialogue_id=key)
    client.post(
        reverse("session-contact-add", kwargs=where), {"asker": parties[0].id, "asked": parties[1].id, "message": "x"}
    )
    text = text_of(client.get(here))
    assert "32 aanwezigen genoteerd" in text
    assert "Wacht op antwoord" in text
    (request,) = dialogues.contact_requests(organisation_id=actor.organisation_id, dialogue_id=key)
    client.post(reverse("session-contact-answer", kwargs={"request_id": request.id}), {"agrees": "yes"})
    assert "Beide partijen akkoord" in text_of(client.get(here))

    client.post(reverse("dialogue-report", kwargs=where), {"approach": "Open omschrijven", "present": "32"})
    client.post(reverse("dialogue-to-sheet", kwargs=where))
    assert "Aanpak: Open omschrijven" in text_of(client.get(reverse("market-sheet", kwargs={"code": "SCH-01"})))


def test_openness_is_logged_and_followed_up(client, actor) -> None:
    client.post(
        reverse("market-information-add"),
        {"party": "Glans NV", "content": "Sleutels aan de balie", "given_on": DAY, "channel": "talk"},
    )
    assert "nog niet voor iedereen beschikbaar" in text_of(client.get(reverse("market-information")))
    (told,) = dialogues.information(organisation_id=actor.organisation_id)
    client.post(
        reverse("market-information-publish", kwargs={"information_id": told.id}), {"channel": "website", "on": DAY}
    )
    assert "Website van het bestuur" in text_of(client.get(reverse("market-information")))

    client.post(
        reverse("market-need-add"),
        {"title": "Linnen", "description": "40 ton", "announced_on": DAY, "channel": "website"},
    )
    (need,) = dialogues.needs(organisation_id=actor.organisation_id)
    client.post(
        reverse("market-need-reaction", kwargs={"need_id": need.id}),
        {"party": "De Naad", "content": "Wij doen mee", "received_on": DAY},
    )
    assert "Wij doen mee" in text_of(client.get(reverse("market-needs")))

    client.post(
        reverse("market-obstacle-add"),
        {"title": "Omzeteis", "why": "Te hoog", "raised_by": "jurist", "raised_on": DAY},
    )
    (obstacle,) = dialogues.obstacles(organisation_id=actor.organisation_id)
    client.post(reverse("market-obstacle-resolve", kwargs={"obstacle_id": obstacle.id}), {"outcome": "Weg", "on": DAY})
    assert "Weg" in text_of(client.get(reverse("market-obstacles")))
    client.post(
        reverse("market-contact-add"), {"party": "Sector", "form": "talk", "held_on": DAY, "content": "Lijst gevraagd"}
    )
    assert "Lijst gevraagd" in text_of(client.get(reverse("market-contacts")))


def test_another_organisation_and_who_only_looks(client, actor, place) -> None:
    plan = DialogueInput(DialogueKind.INTERVIEW, "Gesprek", "SCH-01", dt.date(2026, 3, 2))
    key = dialogues.plan_dialogue(actor=actor, dialogue=plan)
    stranger = client_of(organisation(), Role.BUYER)
    for name in ("dialogue", "dialogue-report", "dialogue-cancel", "session-party-add"):
        assert stranger.get(reverse(name, kwargs={"dialogue_id": key})).status_code == 404
    looker = client_of(place, Role.FINANCE)
    assert looker.get(reverse("dialogue", kwargs={"dialogue_id": key})).status_code == 200
    assert looker.get(reverse("dialogue-report", kwargs={"dialogue_id": key})).status_code == 403
    assert client.get(reverse("market-sheet", kwargs={"code": "XXX-99"})).status_code == 404
