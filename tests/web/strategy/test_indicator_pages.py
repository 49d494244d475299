"""The pages about indicators, as their user walks through them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, MeasurementInput, State
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.periods import Period
from koopkracht.web.strategy.indicator_words import standing_rows
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Werfbezoeken",
    "ambition": "Jongeren leren beroepen kennen.",
    "definition": "Aantal bezoeken van een klas.",
    "measure": "",
    "kind": "count",
    "unit": "werfbezoeken",
    "frequency": "year",
    "direction": "higher",
    "realism": "Drie opdrachtnemers doen mee.",
}


@pytest.fixture
def place() -> Any:
    return organisation()


@pytest.fixture
def person(place: Any) -> Any:
    return member(place, Role.SOCIAL_ECONOMY_OFFICER)


@pytest.fixture
def client(person: Any) -> Client:
    found = Client()
    found.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return found


def _only(place: Any) -> int:
    (found,) = indicators.of_subjects(
        organisation_id=place.pk, subject=monitoring.ORGANISATION, subject_keys=[place.pk]
    )[place.pk]
    return found.id


def test_from_form_to_measured_result(client: Client, place: Any, person: Any) -> None:
    year = clock.today().year - 1
    assert client.post(reverse("indicator-add"), FORM).status_code == 302
    key = _only(place)
    refused = client.post(reverse("indicator-activate", args=[key]))
    assert refused.status_code == 422
    assert "een verantwoordelijke" in refused.content.decode()
    complete = {**FORM, "data_available": "on", "data_reliable": "on", "responsible": person.pk}
    assert client.post(reverse("indicator-edit", args=[key]), complete).status_code == 302
    assert client.post(reverse("indicator-activate", args=[key])).status_code == 302
    target = {"baseline_year": year, "baseline_value": "4", "yearly_growth": "0", "stap": "bewaar"}
    assert client.post(reverse("indicator-target", args=[key]), target).status_code == 302
    value = {
        "period": f"{year}-01-01",
        "value": "3",
        "source": "lijst van de dienst",
        "evidence": SimpleUploadedFile("lijst.csv", b"werf;klas\nA;5B\n", content_type="text/csv"),
    }
    assert client.post(reverse("indicator-measure", args=[key]), value).status_code == 302
    text = client.get(reverse("indicator", args=[key])).content.decode()
    for expected in ("3 werfbezoeken", "4 werfbezoeken", "-1 werfbezoeken", "nog niet gehaald", "Bewijs 1"):
        assert expected in text, expected
    (one,) = indicators.series(organisation_id=place.pk, indicator_id=key)
    evidence = client.get(reverse("indicator-evidence", args=[key, one.evidence[0]]))
    assert b"".join(evidence.streaming_content) == b"werf;klas\nA;5B\n"
    assert client.get(reverse("indicator-evidence", args=[key, "0" * 64])).status_code == 404


def test_a_wrong_form_keeps_what_was_typed(client: Client, place: Any) -> None:
    answer = client.post(reverse("indicator-add"), {**FORM, "ambition": ""})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Schrijf eerst wat u wilt bereiken" in text
    assert "Drie opdrachtnemers doen mee." in text
    assert client.get(reverse("indicator-add") + "?onderwerp=purchasing-goal&sleutel=999").status_code == 404
    assert client.get(reverse("indicator-add") + f"?onderwerp=organisation&sleutel={place.pk + 1}").status_code == 404


def test_the_consequences_of_a_target_come_before_it_is_kept(client: Client, place: Any) -> None:
    client.post(reverse("indicator-add"), {**FORM, "kind": "share", "unit": ""})
    key = _only(place)
    actor = make_actor(place, Role.SOCIAL_ECONOMY_OFFICER)
    year = clock.today().year - 1
    indicators.measure(
        actor=actor,
        indicator_id=key,
        measurement=MeasurementInput(period=Period.calendar_year(year), value=Decimal("0.125")),
    )
    path = {"baseline_year": year, "baseline_value": "12,5", "yearly_growth": "1", "end_year": year + 1,
            "end_value": "15"}  # fmt: skip
    shown = client.post(reverse("indicator-target", args=[key]), {**path, "stap": "toon"}).content.decode()
    assert "13,5" in shown
    assert "+2,5 punt" in shown
    assert "niet op koers" in shown
    assert indicators.indicator(organisation_id=place.pk, indicator_id=key).target is None
    client.post(reverse("indicator-target", args=[key]), {**path, "stap": "bewaar"})
    kept = indicators.indicator(organisation_id=place.pk, indicator_id=key).target
    assert kept is not None
    assert (kept.baseline_value, kept.yearly_growth, kept.end_value) == (
        Decimal("0.125"), Decimal("0.01"), Decimal("0.15"),
    )  # fmt: skip
    wrong = client.post(reverse("indicator-target", args=[key]), {**path, "end_year": year - 1, "stap": "bewaar"})
    assert wrong.status_code == 422
    assert "Kies een later eindjaar" in wrong.content.decode()
    client.post(reverse("indicator-target-remove", args=[key]))
    assert indicators.indicator(organisation_id=place.pk, indicator_id=key).target is None


def test_a_ready_indicator_talks_and_closing(client: Client, place: Any) -> None:
    assert "Neem over" in client.get(reverse("indicators-ready")).content.decode()
    client.post(reverse("indicator-take"), {"code": "site-visits"})
    key = _only(place)
    later = clock.today() + dt.timedelta(days=5)
    talk = {"topic": "Welke werf?", "participants": "opdrachtnemers", "planned_on": later.isoformat(), "outcome": ""}
    assert client.post(reverse("indicator-talk", args=[key]), talk).status_code == 302
    (planned,) = indicators.discussions(organisation_id=place.pk, indicator_id=key)
    client.post(reverse("indicator-talk-held", args=[key, planned.id]), {"outcome": "Twee werven."})
    assert "Twee werven." in client.get(reverse("indicator", args=[key])).content.decode()
    assert client.post(reverse("indicator-close", args=[key]), {"reason": ""}).status_code == 422
    client.post(reverse("indicator-close", args=[key]), {"reason": "Voorbij."})
    assert indicators.indicator(organisation_id=place.pk, indicator_id=key).state is State.CLOSED
    assert client.post(reverse("indicators-refresh")).status_code == 302


def test_lists_and_trends_need_few_queries(client: Client, place: Any, django_assert_max_num_queries: Any) -> None:
    actor = make_actor(place, Role.SOCIAL_ECONOMY_OFFICER)
    for code in ("site-visits", "site-visit-pupils", "certified-wood", "green-fleet", "social-share-all"):
        monitoring.create_ready(actor=actor, code=code, responsible_id=actor.user_id)
    client.get(reverse("indicators"))
    with django_assert_max_num_queries(20):
        text = client.get(reverse("indicators")).content.decode()
    assert "Werfbezoeken voor scholen" in text
    assert "geen streefwaarde" in text
    key = indicators.of_subjects(organisation_id=place.pk, subject="organisation", subject_keys=[place.pk])[place.pk][0]
    with django_assert_max_num_queries(25):
        client.get(reverse("indicator", args=[key.id]))
    assert client.get(reverse("indicator-trends") + "?van=2020&tot=2026").status_code == 200
    assert client.get(reverse("indicators") + "?formaat=csv").status_code == 200
    rows = standing_rows(indicators.standings(organisation_id=place.pk, on=clock.today()))
    assert {row.verdict for row in rows} == {"nog geen meting"}


def test_another_organisation_gets_the_same_answer_as_for_nothing(client: Client) -> None:
    other = make_actor(None, Role.SOCIAL_ECONOMY_OFFICER)
    key = monitoring.create_ready(actor=other, code="site-visits")
    for name in ("indicator", "indicator-edit", "indicator-target", "indicator-measure", "indicator-talk"):
        assert client.get(reverse(name, args=[key])).status_code == 404, name
    assert client.post(reverse("indicator-close", args=[key]), {"reason": "x"}).status_code == 404


def test_the_form_of_a_measure_keeps_the_natures_that_it_does_not_show(client: Client, place: Any) -> None:
    form = {**FORM, "measure": "subcontracting-share", "value_over": "500000", "months_at_least": "36"}
    assert client.post(reverse("indicator-add"), form).status_code == 302
    key = _only(place)
    view = indicators.indicator(organisation_id=place.pk, indicator_id=key)
    assert view.parameters == {"value_over": "500000", "months_at_least": 36}

    fields = {name: getattr(view, name) for name in IndicatorInput.__dataclass_fields__}
    only_works = {**view.parameters, "natures": ["works"]}
    actor = make_actor(place, Role.SOCIAL_ECONOMY_OFFICER)
    indicators.change(actor=actor, indicator_id=key, indicator=IndicatorInput(**{**fields, "parameters": only_works}))
    assert client.post(reverse("indicator-edit", args=[key]), {**form, "name": "Werken"}).status_code == 302
    assert indicators.indicator(organisation_id=place.pk, indicator_id=key).parameters == only_works
