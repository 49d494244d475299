"""Measures: their words, their check values, and that a second computation changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from koopkracht.accounts.models import Organisation
from koopkracht.accounts.permissions import Role
from koopkracht.catalogue import api as catalogue
from koopkracht.contracts import api as contracts
from koopkracht.contracts.scope import months_between
from koopkracht.contracts.types import ContractInput
from koopkracht.dossiers import api as dossiers
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, IndicatorKind, Source, TargetPath
from koopkracht.jobs import api as jobs
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.monitoring import api, measures
from koopkracht.monitoring.errors import EntryRefused, MeasureNotFound, UnknownMeasureParameter, UnknownProductGroup
from koopkracht.monitoring.models import GroupSupplierYear
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import operator, organisation
from tests.dossiers.factories import lot, notice
from tests.monitoring.factories import Line, batch, rebuild, supplier

CONTENT = files("koopkracht.content") / "measures"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "measures.md"


def _read(name: str) -> Any:
    return json.loads(json.dumps(yaml.safe_load((CONTENT / name).read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("name", ["measures", "ready"])
def test_the_content_fits_its_schema(name: str) -> None:
    content = _read(f"{name}.yaml")
    jsonschema.validate(content, _read("schema.yaml")[name], format_checker=jsonschema.FormatChecker())
    codes = [entry["code"] for entry in content[name]]
    assert len(codes) == len(set(codes))


def test_words_and_computations_belong_together() -> None:
    assert set(measures.definitions()) == set(measures._COMPUTE)
    themes = {code for code, _name, _goal in measures.themes()}
    assert {one.theme for one in measures.definitions().values()} <= themes
    for entry in measures.ready().values():
        assert ("measure" in entry) != ("kind" in entry)
        assert entry.get("measure", "social-share") in measures.definitions()
        for code in entry.get("parameters", {}).get("product_groups", ()):
            catalogue.product_group(code=code)


def test_the_page_in_the_documentation_says_the_same() -> None:
    assert PAGE.read_text(encoding="utf-8") == measures.as_markdown(), "write measures.as_markdown() to measures.md"


@pytest.fixture
def place(db: None) -> Organisation:
    return organisation("Gemeente Zonnedijk")


@pytest.fixture
def officer(place: Organisation) -> Actor:
    return make_actor(place, Role.SOCIAL_ECONOMY_OFFICER)


@pytest.fixture
def spend(place: Organisation) -> dict[str, int]:
    """Cleaning of 100 000 euro, of which 10 000 with the social economy; and other spend."""
    social = supplier(place, "De Brug", SupplierKind.SOCIAL_ECONOMY, SupplierSize.MEDIUM)
    other = supplier(place, "Poets nv", SupplierKind.ENTERPRISE, SupplierSize.LARGE)
    lines = [
        Line(10_000_00, social, dt.date(2025, 3, 1), "6102", "Onderhoud", "Schoonmaak"),
        Line(90_000_00, other, dt.date(2025, 4, 1), "6102", "Onderhoud", "Schoonmaak"),
        Line(80_000_00, social, dt.date(2025, 5, 1), "610", "Groen", "Maaien gras"),
        Line(20_000_00, other, dt.date(2025, 6, 1), "610", "Groen", "Maaien gras"),
        Line(33_33, social, dt.date(2024, 6, 1), "6102", "Onderhoud", "Schoonmaak"),
        Line(66_67, other, dt.date(2024, 6, 1), "6102", "Onderhoud", "Schoonmaak"),
    ]
    batch(place, lines)
    rebuild(place)
    return {"social": social, "other": other}


def _of_2025(place: Organisation, code: str, **parameters: object) -> Any:
    found = api.measure_values(organisation_id=place.pk, code=code, parameters=parameters)
    return next(one for one in found if one.year == 2025)


def test_ten_thousand_of_a_hundred_thousand_is_ten_percent(place: Organisation, spend: dict[str, int]) -> None:
    found = _of_2025(place, "social-share", product_groups=["SCH-01"])
    assert (found.numerator, found.denominator, found.value) == (10_000, 100_000, Decimal("0.10"))
    assert found.pages[0]["arguments"] == {"code": "SCH-01"}


def test_several_groups_and_a_segment_add_up(place: Organisation, spend: dict[str, int]) -> None:
    both = _of_2025(place, "social-share", product_groups=["SCH-01", "GRN-02"])
    assert (both.numerator, both.denominator, both.value) == (90_000, 200_000, Decimal("0.45"))
    assert _of_2025(place, "social-share", product_groups=["SCH", "GRN"]).value == Decimal("0.45")


def test_eighty_of_a_hundred_thousand_meets_a_minimum_of_eighty_percent(
    place: Organisation, officer: Actor, spend: dict[str, int]
) -> None:
    key = _computed(officer, "social-share", product_groups=["GRN-02"])
    indicators.set_target(actor=officer, indicator_id=key, path=TargetPath(2024, Decimal("0.8"), Decimal(0)))
    (standing,) = indicators.standings(organisation_id=place.pk, indicator_ids=[key], on=dt.date(2026, 1, 1))
    assert (standing.actual, standing.gap, standing.target_met) == (Decimal("0.8"), 0, True)


def test_a_second_independent_computation_gives_the_same(place: Organisation, spend: dict[str, int]) -> None:
    rows = GroupSupplierYear.objects.of(place.pk).filter(product_group="SCH-01", currency="EUR")
    for year in (2024, 2025):
        cents = {row.supplier_id: row.cents for row in rows if row.year == year}
        expected = (Decimal(cents[spend["social"]]) / Decimal(sum(cents.values()))).quantize(Decimal("0.000001"))
        values = api.measure_values(
            organisation_id=place.pk, code="social-share", parameters={"product_groups": ["SCH-01"]}
        )
        assert next(one.value for one in values if one.year == year) == expected


def test_a_parameter_that_the_measure_does_not_know_is_refused_and_gives_no_figure(place: Organisation) -> None:
    with pytest.raises(UnknownMeasureParameter):
        api.measure_values(organisation_id=place.pk, code="social-share", parameters={"groups": ["GRN-01"]})


def test_of_nothing_known_the_share_is_unknown(place: Organisation) -> None:
    batch(place, [Line(500_00, supplier(place), dt.date(2025, 3, 1), "6102", "Onderhoud", "Schoonmaak")])
    rebuild(place)
    assert _of_2025(place, "social-share").value is None
    assert _of_2025(place, "sme-share").value is None


def test_subcontracting_is_unknown_until_somebody_enters_it(
    place: Organisation, officer: Actor, spend: dict[str, int]
) -> None:
    key = _computed(officer, "social-share-subcontracting", product_groups=["SCH-01"])
    assert indicators.series(organisation_id=place.pk, indicator_id=key) == ()
    api.enter_part(actor=officer, indicator_id=key, year=2025, amount=Decimal(5_000), source="opgave van Poets nv")
    (found,) = indicators.series(organisation_id=place.pk, indicator_id=key)
    assert (found.numerator, found.denominator, found.value) == (15_000, 100_000, Decimal("0.15"))
    assert api.refresh_indicators(organisation_id=place.pk) == 0, "what was entered stays"
    with pytest.raises(EntryRefused, match="2019"):
        api.enter_part(actor=officer, indicator_id=key, year=2019, amount=Decimal(1), source="x")
    with pytest.raises(EntryRefused):
        api.enter_part(actor=officer, indicator_id=key, year=2025, amount=Decimal(-1), source="x")


def _contract(place: Organisation, key: str, value: int, end: dt.date, nature: str = "works") -> None:
    contracts.record_contract(
        actor=operator(place.pk),
        contract=ContractInput(
            key=key, title=key, is_own=True, nature=nature, value=Decimal(value), currency="EUR",
            conclusion_date=dt.date(2025, 1, 1), start_date=dt.date(2025, 1, 1), end_date=end,
        ),
    )  # fmt: skip


def test_the_scope_of_large_and_long_contracts(place: Organisation, officer: Actor) -> None:
    four_years, short = dt.date(2028, 12, 31), dt.date(2028, 12, 30)
    assert months_between(dt.date(2025, 1, 1), four_years) == 48
    _contract(place, "in", 1_000_000, four_years)
    _contract(place, "exactly the value", 450_000, four_years)
    _contract(place, "a day too short", 900_000, short)
    _contract(place, "supplies", 900_000, four_years, "supplies")
    rows = contracts.contracts_in_scope(
        organisation_id=place.pk, natures=("works", "services"), value_over=Decimal(450_000), months_at_least=48
    )
    assert [(one.title, one.months) for one in rows] == [("in", 48)]
    key = _computed(officer, "subcontracting-share", value_over="450000", months_at_least=48)
    api.enter_part(actor=officer, indicator_id=key, year=2025, amount=Decimal(50_000), source="opgave")
    (found,) = indicators.series(organisation_id=place.pk, indicator_id=key)
    assert (found.value, found.denominator) == (Decimal("0.05"), 1_000_000)


def test_lots_are_counted_in_the_year_of_their_notice(place: Organisation) -> None:
    lots = [
        lot("1", is_social=True, is_green=True, is_reserved=True, estimated_value=Decimal("1500.50"), currency="EUR"),
        lot("2", is_innovative=True),
        lot("3", is_social=True),
        lot("4"),
    ]
    year = clock.today().year
    published = notice(issue_date=dt.date(year, 1, 2), publication_date=dt.date(year, 1, 2))
    dossiers.register_notice(actor=operator(place.pk), notice=published, lots=lots)

    def value(code: str) -> Decimal | None:
        return next(one.value for one in api.measure_values(organisation_id=place.pk, code=code) if one.year == year)

    assert value("sustainable-lots") == Decimal("0.25")
    assert value("strategic-lots") == Decimal("0.75")
    assert value("innovative-lots") == Decimal("0.25")
    assert value("reserved-lots") == 1
    assert value("reserved-value") == Decimal("1500.50")
    assert value("published-lots") == 4


def _computed(actor: Actor, code: str, **parameters: object) -> int:
    definition = api.measure_definition(code=code)
    key = indicators.create(
        actor=actor,
        subject="goal",
        subject_key=1,
        indicator=IndicatorInput(
            name=definition.name,
            kind=IndicatorKind(definition.kind),
            unit=definition.unit,
            ambition="Kansen voor iedereen.",
            definition=definition.definition,
            realism="",
            source=Source.COMPUTED,
            measure=code,
            parameters=parameters,
        ),
    )
    api.refresh_indicator(organisation_id=actor.organisation_id, indicator_id=key)
    return key


@pytest.mark.django_db(transaction=True)
def test_new_spend_changes_the_value_and_unchanged_spend_writes_nothing(
    place: Organisation, officer: Actor, spend: dict[str, int]
) -> None:
    key = _computed(officer, "social-share")
    assert api.refresh_indicators(organisation_id=place.pk) == 0
    batch(place, [Line(100_000_00, spend["other"], dt.date(2025, 9, 1), "6102", "Onderhoud", "Schoonmaak")])
    api.on_spend_changed(organisation_id=place.pk)
    jobs.run_until_idle()
    found = indicators.series(organisation_id=place.pk, indicator_id=key)
    assert found[-1].value == Decimal("0.3")
    every = indicators.measurements(organisation_id=place.pk, indicator_id=key)
    assert [(one.value, one.is_current) for one in every if one.period.start.year == 2025] == [
        (Decimal("0.3"), True),
        (Decimal("0.45"), False),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_ready_indicator_is_one_click_and_the_button_is_a_job(
    place: Organisation, officer: Actor, spend: dict[str, int]
) -> None:
    key = api.create_ready(actor=officer, code="social-share-three-groups", responsible_id=officer.user_id)
    view = indicators.indicator(organisation_id=place.pk, indicator_id=key)
    assert view.subject == api.ORGANISATION
    assert view.target is not None
    assert view.target.baseline_value == Decimal("0.10")
    again = api.create_ready(actor=officer, code="social-share-three-groups", responsible_id=officer.user_id)
    assert again == key, "a second click makes nothing"
    indicators.close(actor=officer, indicator_id=key, reason="Dubbel")
    assert api.create_ready(actor=officer, code="social-share-three-groups") != key
    visits = api.create_ready(actor=officer, code="site-visits")
    assert indicators.indicator(organisation_id=place.pk, indicator_id=visits).source is Source.ENTERED
    api.ask_refresh(actor=officer)
    jobs.run_until_idle()
    with pytest.raises(MeasureNotFound):
        api.create_ready(actor=officer, code="nothing")
    with pytest.raises(UnknownProductGroup):
        api.check_parameters(code="social-share", parameters={"product_groups": ["XYZ-99"]})


def test_what_was_entered_for_one_measure_is_not_counted_for_another(
    place: Organisation, officer: Actor, spend: dict[str, int]
) -> None:
    key = _computed(officer, "social-share-subcontracting")
    api.enter_part(actor=officer, indicator_id=key, year=2025, amount=Decimal(5_000), source="opgave")
    view = indicators.indicator(organisation_id=place.pk, indicator_id=key)
    fields = {name: getattr(view, name) for name in IndicatorInput.__dataclass_fields__}
    indicators.change(
        actor=officer, indicator_id=key, indicator=IndicatorInput(**{**fields, "measure": "innovative-spend"})
    )
    api.refresh_indicators(organisation_id=place.pk)
    assert indicators.series(organisation_id=place.pk, indicator_id=key) == ()


def test_of_nothing_known_the_enterprises_and_the_indirect_share_are_unknown_too(
    place: Organisation, officer: Actor
) -> None:
    batch(place, [Line(500_00, supplier(place), dt.date(2025, 3, 1), "6102", "Onderhoud", "Schoonmaak")])
    rebuild(place)
    assert _of_2025(place, "social-suppliers").value is None
    key = _computed(officer, "social-share-subcontracting")
    with pytest.raises(EntryRefused, match="2025"):
        api.enter_part(actor=officer, indicator_id=key, year=2025, amount=Decimal(1), source="x")
