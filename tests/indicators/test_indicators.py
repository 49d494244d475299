"""Indicators through their door: states, targets, measurements that replace each other, talks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.indicators import api
from koopkracht.indicators.errors import (
    DiscussionNotFound,
    IndicatorClosed,
    IndicatorIncomplete,
    IndicatorNotFound,
    MeasurementRefused,
    NotReady,
    TargetRefused,
    TransitionRefused,
)
from koopkracht.indicators.types import (
    DiscussionInput,
    Frequency,
    IndicatorInput,
    IndicatorKind,
    MeasurementInput,
    Source,
    State,
    TargetPath,
)
from koopkracht.indicators.workflow import TRANSITIONS, Step, after
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed, NotFound
from koopkracht.shared.listing import ListQuery
from koopkracht.shared.periods import Period
from tests.accounts.factories import actor as make_actor

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 27)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def actor() -> Actor:
    return make_actor(None, Role.SOCIAL_ECONOMY_OFFICER)


def visits(actor: Actor, **changed: object) -> IndicatorInput:
    """The visits of schools to building sites, ready to be measured."""
    made = IndicatorInput(
        name="Werfbezoeken",
        kind=IndicatorKind.COUNT,
        unit="werfbezoeken",
        ambition="Jongeren leren beroepen kennen.",
        definition="Aantal bezoeken van een klas aan een werf.",
        realism="Drie opdrachtnemers willen meewerken.",
        source=Source.ENTERED,
        data_available=True,
        data_reliable=True,
        responsible_id=actor.user_id,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def create(actor: Actor, **changed: object) -> int:
    return api.create(actor=actor, subject="goal", subject_key=7, indicator=visits(actor, **changed))


def put(actor: Actor, key: int, year: int, value: str, **more: object) -> bool:
    measurement = MeasurementInput(period=Period.calendar_year(year), value=Decimal(value), **more)  # type: ignore[arg-type]
    return api.measure(actor=actor, indicator_id=key, measurement=measurement)


def standing(actor: Actor, key: int, on: dt.date = TODAY):
    (found,) = api.standings(organisation_id=actor.organisation_id, indicator_ids=[key], on=on)
    return found


def state(actor: Actor, key: int) -> State:
    return api.indicator(organisation_id=actor.organisation_id, indicator_id=key).state


def test_the_four_parts_are_kept_and_found_by_subject(actor: Actor) -> None:
    key = create(actor)
    found = api.of_subjects(organisation_id=actor.organisation_id, subject="goal", subject_keys=[7, 8])
    assert [one.id for one in found[7]] == [key]
    assert found[8] == ()
    assert found[7][0].state is State.DRAFT
    assert found[7][0].target is None


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"data_available": False}, "de gegevens er zijn"),
        ({"data_reliable": False}, "betrouwbaar"),
        ({"responsible_id": None}, "een verantwoordelijke"),
        ({"definition": " "}, "een definitie"),
    ],
)
def test_active_needs_data_and_a_responsible_person(actor: Actor, changed: dict[str, object], missing: str) -> None:
    key = create(actor, **changed)
    with pytest.raises(NotReady) as refused:
        api.activate(actor=actor, indicator_id=key)
    assert missing in refused.value.message
    assert state(actor, key) is State.DRAFT


def test_an_active_indicator_that_loses_its_data_is_a_draft_again(actor: Actor) -> None:
    key = create(actor)
    api.activate(actor=actor, indicator_id=key)
    assert state(actor, key) is State.ACTIVE
    with pytest.raises(TransitionRefused):
        api.activate(actor=actor, indicator_id=key)
    api.change(actor=actor, indicator_id=key, indicator=visits(actor, data_reliable=False))
    assert state(actor, key) is State.DRAFT


def test_every_transition_starts_from_an_open_state() -> None:
    assert not [start for start, _step in TRANSITIONS if start is State.CLOSED]
    with pytest.raises(IndicatorClosed):
        after(State.CLOSED, Step.ACTIVATE)


def test_no_data_when_a_finished_period_has_no_value(actor: Actor) -> None:
    key = create(actor)
    api.activate(actor=actor, indicator_id=key)
    organisation = actor.organisation_id
    assert api.refresh_states(organisation_id=organisation, on=TODAY) == 0, "2025 ended before the start"
    new_year = dt.date(2027, 1, 1)
    assert api.refresh_states(organisation_id=organisation, on=new_year) == 1
    assert state(actor, key) is State.NO_DATA
    put(actor, key, 2026, "3")
    api.refresh_states(organisation_id=organisation, on=new_year)
    assert state(actor, key) is State.ACTIVE


def test_three_visits_out_of_four(actor: Actor) -> None:
    key = create(actor)
    path = TargetPath(2024, Decimal(4), Decimal(0))
    api.set_target(actor=actor, indicator_id=key, path=path)
    put(actor, key, 2025, "3")
    found = standing(actor, key)
    assert (found.actual, found.target, found.gap, found.attainment) == (3, 4, -1, Decimal("0.75"))
    assert found.target_met is False
    assert found.forecast is None


def test_without_target_nothing_is_zero(actor: Actor) -> None:
    key = create(actor)
    put(actor, key, 2025, "3")
    found = standing(actor, key)
    assert (found.actual, found.target, found.gap, found.attainment, found.on_track) == (3, None, None, None, None)
    empty = standing(actor, create(actor, name="Leerlingen"))
    assert (empty.actual, empty.gap, empty.values) == (None, None, 0)


def test_the_city_with_two_promises_sees_both_gaps(actor: Actor) -> None:
    key = create(actor, kind=IndicatorKind.SHARE, unit="")
    path = TargetPath(2017, Decimal("0.125"), Decimal("0.01"), 2018, Decimal("0.15"))
    api.set_target(actor=actor, indicator_id=key, path=path)
    put(actor, key, 2017, "0.125")
    found = standing(actor, key)
    assert found.gap == 0
    assert found.end_gap == Decimal("-0.025")
    assert found.forecast == Decimal("0.135")
    assert found.needed_growth == Decimal("0.025")
    assert found.on_track is False


def test_the_trend_tells_whether_all_is_reached_in_time(actor: Actor) -> None:
    key = create(actor, kind=IndicatorKind.SHARE, unit="")
    for year, value in ((2023, "0.4"), (2024, "0.6"), (2025, "0.8")):
        put(actor, key, year, value)
    preview = api.preview_target(
        organisation_id=actor.organisation_id,
        indicator_id=key,
        path=TargetPath(2023, Decimal("0.4"), None, 2026, Decimal(1)),
        on=TODAY,
    )
    assert (preview.forecast, preview.on_track) == (1, True)
    assert standing(actor, key).indicator.target is None, "a preview keeps nothing"


def test_a_minimum_is_met_by_its_parts_not_by_rounding(actor: Actor) -> None:
    key = create(actor, kind=IndicatorKind.SHARE, unit="")
    api.set_target(actor=actor, indicator_id=key, path=TargetPath(2024, Decimal("0.8"), Decimal(0)))
    put(actor, key, 2024, "0.8", numerator=Decimal(80_000), denominator=Decimal(100_000))
    assert standing(actor, key).target_met is True
    put(actor, key, 2025, "0.8", numerator=Decimal("79999.99"), denominator=Decimal(100_000))
    assert standing(actor, key).target_met is False


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (TargetPath(2025, Decimal(4), None, 2024, Decimal(8)), "end_year"),
        (TargetPath(2025, Decimal(4), None, 2030, None), "end_value"),
        (TargetPath(2025, Decimal(4), None, None, Decimal(8)), "end_year"),
        (TargetPath(20_255, Decimal(4), Decimal(0)), "baseline_year"),
        (TargetPath(2025, Decimal(10) ** 13, Decimal(0)), "baseline_value"),
        (TargetPath(2025, Decimal(-1), Decimal(0)), "baseline_value"),
        (TargetPath(2025, Decimal("NaN"), Decimal(0)), "baseline_value"),
    ],
)
def test_a_path_that_cannot_be_right_is_refused(actor: Actor, path: TargetPath, field: str) -> None:
    key = create(actor)
    with pytest.raises(TargetRefused) as refused:
        api.set_target(actor=actor, indicator_id=key, path=path)
    assert refused.value.details["field"] == field
    assert api.targets(organisation_id=actor.organisation_id, indicator_id=key) == ()


def test_a_target_without_unit_is_refused(actor: Actor) -> None:
    key = create(actor, unit="")
    with pytest.raises(TargetRefused, match="eenheid"):
        api.set_target(actor=actor, indicator_id=key, path=TargetPath(2025, Decimal(4), Decimal(0)))


def test_the_history_of_the_target_stays(actor: Actor) -> None:
    key = create(actor)
    first = TargetPath(2025, Decimal(4), Decimal(0))
    for path in (first, first, TargetPath(2025, Decimal(6), Decimal(1)), None):
        api.set_target(actor=actor, indicator_id=key, path=path)
    history = api.targets(organisation_id=actor.organisation_id, indicator_id=key)
    assert [one.path and one.path.baseline_value for one in history] == [None, 6, 4]
    assert [one.is_current for one in history] == [True, False, False]
    assert api.indicator(organisation_id=actor.organisation_id, indicator_id=key).target is None


def test_a_new_value_replaces_the_old_one_and_the_same_value_changes_nothing(actor: Actor) -> None:
    key = create(actor)
    assert put(actor, key, 2025, "3", source="lijst") is True
    assert put(actor, key, 2025, "3", source="lijst") is False
    assert put(actor, key, 2025, "4", source="lijst") is True
    every = api.measurements(organisation_id=actor.organisation_id, indicator_id=key)
    assert [(one.value, one.is_current) for one in every] == [(4, True), (3, False)]
    assert [one.value for one in api.series(organisation_id=actor.organisation_id, indicator_id=key)] == [4]
    assert api.retract(actor=actor, indicator_id=key, period=Period.calendar_year(2025)) is True
    assert api.series(organisation_id=actor.organisation_id, indicator_id=key) == ()


@pytest.mark.parametrize(
    ("kind", "period", "value", "field"),
    [
        (IndicatorKind.SHARE, Period.calendar_year(2025), "1.01", "value"),
        (IndicatorKind.YES_NO, Period.calendar_year(2025), "2", "value"),
        (IndicatorKind.COUNT, Period.calendar_year(2025), "-1", "value"),
        (IndicatorKind.COUNT, Period.calendar_year(2025), "1e15", "value"),
        (IndicatorKind.COUNT, Period(dt.date(2025, 1, 1), dt.date(2025, 7, 1)), "1", "period"),
        (IndicatorKind.COUNT, Period(dt.date(2025, 1, 1)), "1", "period"),
        (IndicatorKind.COUNT, Period.calendar_year(1900), "1", "period"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused(
    actor: Actor, kind: IndicatorKind, period: Period, value: str, field: str
) -> None:
    key = create(actor, kind=kind)
    with pytest.raises(MeasurementRefused) as refused:
        api.measure(actor=actor, indicator_id=key, measurement=MeasurementInput(period=period, value=Decimal(value)))
    assert refused.value.details["field"] == field


def test_large_and_small_values_are_kept_exactly(actor: Actor) -> None:
    key = create(actor, kind=IndicatorKind.AMOUNT, unit="euro")
    put(actor, key, 2025, "999999999999.99")
    put(actor, key, 2024, "0.01")
    values = [one.value for one in api.series(organisation_id=actor.organisation_id, indicator_id=key)]
    assert values == [Decimal("0.01"), Decimal("999999999999.99")]


def test_quarters_are_periods_too(actor: Actor) -> None:
    key = create(actor, frequency=Frequency.QUARTER)
    quarter = Period(dt.date(2026, 7, 1), dt.date(2026, 10, 1))
    api.measure(actor=actor, indicator_id=key, measurement=MeasurementInput(period=quarter, value=Decimal(2)))
    assert standing(actor, key).period == quarter


def test_evidence_must_be_a_document_of_this_organisation(actor: Actor) -> None:
    key = create(actor)
    other = make_actor(None, Role.SOCIAL_ECONOMY_OFFICER)
    kept = documents.store(actor=other, filename="lijst.csv", purpose=Purpose.EVIDENCE, data=b"werf;klas\nA;5B\n")
    with pytest.raises(NotFound):
        put(actor, key, 2025, "3", evidence=(kept.sha256,))
    assert api.series(organisation_id=actor.organisation_id, indicator_id=key) == ()


def test_a_closed_indicator_does_not_change(actor: Actor) -> None:
    key = create(actor)
    with pytest.raises(IndicatorIncomplete, match="waarom"):
        api.close(actor=actor, indicator_id=key, reason=" ")
    api.close(actor=actor, indicator_id=key, reason="Het project is voorbij.")
    for step in (
        lambda: put(actor, key, 2025, "3"),
        lambda: api.activate(actor=actor, indicator_id=key),
        lambda: api.set_target(actor=actor, indicator_id=key, path=None),
        lambda: api.close(actor=actor, indicator_id=key, reason="Nog eens."),
    ):
        with pytest.raises(IndicatorClosed):
            step()
    assert api.standings(organisation_id=actor.organisation_id, on=TODAY) == ()


def test_the_kind_is_fixed_once_there_are_values(actor: Actor) -> None:
    key = create(actor)
    put(actor, key, 2025, "3")
    with pytest.raises(IndicatorIncomplete, match="metingen"):
        api.change(actor=actor, indicator_id=key, indicator=visits(actor, kind=IndicatorKind.SHARE))


def test_talks_are_planned_and_logged(actor: Actor) -> None:
    key = create(actor)
    planned = DiscussionInput("Welke werf?", "opdrachtnemers", dt.date(2026, 12, 10))
    talk = api.add_discussion(actor=actor, indicator_id=key, discussion=planned)
    with pytest.raises(IndicatorIncomplete, match="moet nog komen"):
        api.hold_discussion(actor=actor, discussion_id=talk, held_on=dt.date(2026, 12, 10), outcome="Twee werven.")
    api.hold_discussion(actor=actor, discussion_id=talk, held_on=TODAY, outcome="Twee werven.")
    (found,) = api.discussions(organisation_id=actor.organisation_id, indicator_id=key)
    assert (found.held_on, found.outcome) == (TODAY, "Twee werven.")
    with pytest.raises(IndicatorIncomplete, match="met wie"):
        api.add_discussion(actor=actor, indicator_id=key, discussion=replace(planned, participants=""))


def test_another_organisation_finds_nothing(actor: Actor) -> None:
    key = create(actor)
    talk = api.add_discussion(
        actor=actor, indicator_id=key, discussion=DiscussionInput("Welke werf?", "aankopers", TODAY)
    )
    other = make_actor(None, Role.SOCIAL_ECONOMY_OFFICER)
    for step in (
        lambda: api.indicator(organisation_id=other.organisation_id, indicator_id=key),
        lambda: api.measurements(organisation_id=other.organisation_id, indicator_id=key),
        lambda: put(other, key, 2025, "3"),
        lambda: api.activate(actor=other, indicator_id=key),
    ):
        with pytest.raises(IndicatorNotFound):
            step()
    with pytest.raises(DiscussionNotFound):
        api.hold_discussion(actor=other, discussion_id=talk, held_on=TODAY, outcome="x")
    assert api.standings(organisation_id=other.organisation_id, indicator_ids=[key], on=TODAY) == ()
    assert api.list_indicators(actor=other, query=ListQuery()).rows == []


def test_a_responsible_person_works_here(actor: Actor) -> None:
    stranger = make_actor(None, Role.BUYER)
    with pytest.raises(NotFound):
        create(actor, responsible_id=stranger.user_id)


def test_without_permission_nothing_changes(actor: Actor) -> None:
    key = create(actor)
    reader = replace(actor, permissions=frozenset({"indicator.view"}))
    with pytest.raises(NotAllowed):
        create(reader)
    with pytest.raises(NotAllowed):
        put(reader, key, 2025, "3")


def test_the_list_filters_and_removal_takes_everything_along(actor: Actor) -> None:
    key = create(actor)
    put(actor, key, 2025, "3")
    api.set_target(actor=actor, indicator_id=key, path=TargetPath(2025, Decimal(4), Decimal(0)))
    rows = api.list_indicators(actor=actor, query=ListQuery(filters={"state": "draft", "kind": "count"})).rows
    assert [(one.id, one.target and one.target.baseline_value) for one in rows] == [(key, 4)]
    assert api.list_indicators(actor=actor, query=ListQuery(filters={"responsible": "abc"})).rows == []
    assert api.remove_of_subject(actor=actor, subject="goal", subject_key=7) == 1
    with pytest.raises(IndicatorNotFound):
        api.indicator(organisation_id=actor.organisation_id, indicator_id=key)


def test_what_is_no_number_is_refused_at_its_field(actor) -> None:
    key = create(actor)
    with pytest.raises(TargetRefused):
        api.set_target(actor=actor, indicator_id=key, path=TargetPath(2026, Decimal(1), Decimal("NaN")))
    for name in ("numerator", "denominator"):
        wrong = MeasurementInput(Period.calendar_year(2025), Decimal(1), **{name: Decimal("NaN")})
        with pytest.raises(MeasurementRefused):
            api.measure(actor=actor, indicator_id=key, measurement=wrong)


def test_a_computed_share_that_cannot_be_stored_is_refused(actor) -> None:
    key = create(actor, kind=IndicatorKind.SHARE, unit="", source=Source.COMPUTED, measure="x")
    year = Period.calendar_year(2025)
    assert api.measure(actor=actor, indicator_id=key, measurement=MeasurementInput(year, Decimal("1.5")))
    with pytest.raises(MeasurementRefused):
        api.measure(actor=actor, indicator_id=key, measurement=MeasurementInput(year, Decimal(10) ** 14))
