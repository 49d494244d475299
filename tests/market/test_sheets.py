"""Market sheets: versions, out of date by date, readiness, conclusions; and the content behind them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib.resources import files

import jsonschema
import pytest
import yaml
from django.db import IntegrityError

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.market.api import sheets
from koopkracht.market.content import sheet_form
from koopkracht.market.errors import MarketInputRejected, MarketRowNotFound, SheetChanged
from koopkracht.market.readiness import readiness, state_of
from koopkracht.market.types.directory import Fit
from koopkracht.market.types.sheets import Answer, SheetInput, SheetState
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from tests.market import factories

CONTENT = files("koopkracht.content")
TOLD = dt.date(2025, 3, 31)


@pytest.fixture
def actor(db) -> Actor:
    return factories.actor(factories.organisation())


def answer(text: str = "Zeven ondernemingen", as_of: dt.date = TOLD) -> Answer:
    return Answer(text, "rondvraag", as_of)


def save(actor: Actor, code: str = "SCH-01", **fields: object) -> int:
    return sheets.save_sheet(actor=actor, product_group=code, sheet=SheetInput(**fields))


def current(actor: Actor, code: str = "SCH-01", **fields: object) -> object:
    return sheets.sheet(organisation_id=actor.organisation_id, product_group=code, **fields)


def test_the_content_is_as_its_schema_says() -> None:
    schema = yaml.safe_load((CONTENT / "market" / "schema.yaml").read_text(encoding="utf-8"))
    places = {"settings": "market/settings.yaml", "sheet": "market/sheet.yaml"}
    places["exploration"] = "questionnaires/exploration.yaml"
    for name, place in places.items():
        content = yaml.safe_load((CONTENT / place).read_text(encoding="utf-8"))
        content["valid_from"] = content["valid_from"].isoformat()
        jsonschema.validate(content, {**schema[name], "definitions": schema["definitions"]})


def test_the_content_holds_what_the_guide_counts() -> None:
    form = sheet_form()
    assert len(form.questions) == len({one.code for one in form.questions}) == 10
    assert {field.code for field in form.fields} >= {"type", "size", "complexity", "bidders", "result"}
    kinds = [one.kind for one in form.conclusions]
    assert (kinds.count("conclusion"), kinds.count("finding")) == (3, 7)
    assert len(form.warnings) == 3
    segments = {one.code for one in catalogue.segments()}
    assert {code for one in form.conclusions for code in one.product_groups} <= segments
    assert form.levels[0].start == 0
    assert set(sheets.settings().points) == set(Fit)


@pytest.mark.parametrize(
    ("scores", "score", "warn"),
    [
        ({}, None, False),
        ({"supply": 0, "standard": 0, "insight": 0, "proof": 0, "experience": 0}, Decimal(0), True),
        ({"supply": 4, "standard": 4, "insight": 4, "proof": 4, "experience": 4}, Decimal(1), False),
        # Weights 3 and 2: (3 * 1 + 2 * 4) / (5 * 4) = 0.55
        ({"supply": 1, "standard": 4}, Decimal("0.55"), True),
    ],
)
def test_readiness_is_a_weighted_mean_of_what_is_known(scores, score, warn) -> None:
    found = readiness(sheet_form(), scores)
    assert (found.score, found.warn, found.scored) == (score, warn, len(scores))


def test_a_sheet_is_out_of_date_the_day_after_its_period() -> None:
    on = dt.date(2026, 9, 30)
    told = {"filled": True, "on": on, "months": 18}
    assert state_of(**told, as_of=dt.date(2025, 3, 30)) is SheetState.FILLED
    assert state_of(**told, as_of=dt.date(2025, 3, 29)) is SheetState.OUT_OF_DATE
    assert state_of(filled=False, as_of=None, on=on, months=18) is SheetState.EMPTY


def test_a_sheet_that_nobody_began_is_empty(actor) -> None:
    found = current(actor)
    assert (found.version, found.state, found.answered) == (0, SheetState.EMPTY, 0)
    with pytest.raises(ProductGroupNotFound):
        current(actor, "XXX-99")


def test_every_save_is_a_version_and_older_ones_stay(actor) -> None:
    assert save(actor, answers={"players": answer()}) == 1
    assert save(actor, answers={"players": answer("Acht")}, based_on=1, remark="na gesprek") == 2

    assert current(actor).answers["players"].text == "Acht"
    old = current(actor, version=1)
    assert (old.answers["players"].text, old.version, old.latest) == ("Zeven ondernemingen", 1, 2)
    history = sheets.versions(organisation_id=actor.organisation_id, product_group="SCH-01")
    assert [(one.version, one.remark) for one in history] == [(2, "na gesprek"), (1, "")]
    with pytest.raises(MarketRowNotFound):
        current(actor, version=9)


def test_saving_the_same_twice_is_one_version(actor) -> None:
    assert [save(actor, answers={"players": answer()}) for _twice in range(2)] == [1, 1]


def test_a_newer_version_of_a_colleague_is_not_overwritten(actor) -> None:
    save(actor, answers={"players": answer()})
    with pytest.raises(SheetChanged):
        save(actor, answers={"players": answer("Iets anders")}, based_on=0)
    assert current(actor).version == 1


def test_an_answer_needs_a_source_and_a_date(actor) -> None:
    for wrong, field in (
        (Answer("Zeven", "", TOLD), "players-source"),
        (Answer("Zeven", "rondvraag", None), "players-as_of"),
        (Answer("Zeven", "rondvraag", dt.date(2090, 1, 1)), "players-as_of"),
    ):
        with pytest.raises(MarketInputRejected) as caught:
            save(actor, answers={"players": wrong})
        assert caught.value.details["field"] == field
    for wrong in ({"profile": {"type": "mars"}}, {"readiness": {"supply": 5}}, {"answers": {"zzz": answer()}}):
        with pytest.raises(MarketInputRejected):
            save(actor, **wrong)
    assert current(actor).version == 0


def test_the_state_follows_the_youngest_information(actor) -> None:
    save(actor, answers={"players": answer(), "lots": answer("Ja", dt.date(2024, 1, 1))})
    assert current(actor, on=dt.date(2026, 9, 30)).state is SheetState.FILLED
    assert current(actor, on=dt.date(2026, 10, 1)).state is SheetState.OUT_OF_DATE
    listed = sheets.sheets(organisation_id=actor.organisation_id, on=dt.date(2026, 10, 1))
    assert [(code, row.state, row.answered) for code, row in listed.items()] == [("SCH-01", SheetState.OUT_OF_DATE, 2)]


def test_findings_of_a_survey_are_added_once(actor) -> None:
    save(actor, findings="Wat we al wisten.")
    for _twice in range(2):
        number = sheets.add_findings(
            actor=actor, product_group="SCH-01", findings="Percelen helpen.", source="Bevraging", as_of=TOLD
        )
    assert number == 2
    assert current(actor).findings == "Wat we al wisten.\n\nBevraging (31-03-2025):\nPercelen helpen."


def test_conclusions_are_taken_over_referred_to_and_withdrawn(actor) -> None:
    first = sheets.adopt_conclusion(actor=actor, product_group="TEX-01", origin="no-label")
    assert sheets.adopt_conclusion(actor=actor, product_group="TEX-01", origin="no-label") == first
    own = sheets.add_conclusion(actor=actor, product_group="TEX-01", text="Twee percelen.", source="Fiche", as_of=TOLD)
    sheets.withdraw_conclusion(actor=actor, conclusion_id=own, reason="De markt is veranderd.")

    found = sheets.conclusions_by_ids(organisation_id=actor.organisation_id, conclusion_ids=[first, own])
    assert found[first].origin == "no-label"
    assert found[own].withdrawn_reason == "De markt is veranderd."
    with pytest.raises(MarketInputRejected):
        sheets.adopt_conclusion(actor=actor, product_group="TEX-01", origin="bestaat-niet")


def test_another_organisation_and_a_reader_change_nothing(actor) -> None:
    own = sheets.add_conclusion(actor=actor, product_group="TEX-01", text="Besluit", source="Fiche", as_of=TOLD)
    stranger = factories.actor(factories.organisation())
    reader = factories.actor_of(actor.organisation_id, permissions=frozenset({"market.view"}))

    with pytest.raises(MarketRowNotFound):
        sheets.withdraw_conclusion(actor=stranger, conclusion_id=own, reason="x")
    with pytest.raises(NotAllowed):
        save(reader, findings="x")
    assert sheets.conclusions_by_ids(organisation_id=stranger.organisation_id, conclusion_ids=[own]) == {}


def test_conclusions_in_force_come_before_withdrawn_ones(actor) -> None:
    gone = sheets.add_conclusion(actor=actor, product_group="TEX-01", text="Oud", source="Fiche", as_of=TOLD)
    kept = sheets.add_conclusion(
        actor=actor, product_group="TEX-01", text="Nieuw", source="Fiche", as_of=TOLD - dt.timedelta(days=90)
    )
    sheets.withdraw_conclusion(actor=actor, conclusion_id=gone, reason="De markt is veranderd.")
    assert [one.id for one in current(actor, "TEX-01").conclusions] == [kept, gone]


def test_two_people_who_add_findings_at_once_get_a_sentence(actor, monkeypatch) -> None:
    def taken(*_given: object) -> int:
        raise IntegrityError("the number exists")

    monkeypatch.setattr("koopkracht.market.actions.sheets._store", taken)
    with pytest.raises(SheetChanged):
        sheets.add_findings(actor=actor, product_group="SCH-01", findings="Percelen.", source="Bevraging", as_of=TOLD)
