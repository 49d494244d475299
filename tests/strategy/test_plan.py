"""The purchasing plan: lines, totals per segment, what comes when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy import api
from koopkracht.strategy.errors.plan import PlannedPurchaseIncomplete, PlannedPurchaseNotFound
from koopkracht.strategy.types.plan import PlannedPurchaseEntry, PlanSource
from tests.market import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation())


def entry(title: str, **fields: object) -> PlannedPurchaseEntry:
    return PlannedPurchaseEntry(title=title, **fields)


def titles(actor: Actor, **filters: str) -> list[str]:
    return [row.title for row in api.list_planned_purchases(actor=actor, query=ListQuery(filters=filters)).rows]


def test_a_line_with_the_same_title_is_changed_and_not_added(actor) -> None:
    api.put_planned_purchases(actor=actor, entries=[entry("Poetsen", amount=Decimal("10.50"))])
    api.put_planned_purchases(actor=actor, entries=[entry("Poetsen", amount=Decimal("20.25"))])

    rows = api.list_planned_purchases(actor=actor, query=ListQuery()).rows
    assert [(row.title, row.amount) for row in rows] == [("Poetsen", Decimal("20.25"))]


def test_lines_are_totalled_per_segment_and_unknown_sizes_are_counted(actor) -> None:
    api.put_planned_purchases(
        actor=actor,
        entries=[
            entry("Poetsen", product_group="SCH-01", amount=Decimal(100)),
            entry("Ramen", product_group="SCH-02"),
            entry("Fietsen", product_group="MOB-03", amount=Decimal(300)),
        ],
    )

    totals = api.totals_by_segment(organisation_id=actor.organisation_id)
    assert [(item.segment, item.purchases, item.amount, item.without_amount) for item in totals] == [
        ("MOB", 1, Decimal("300.00"), 0),
        ("SCH", 2, Decimal("100.00"), 1),
    ]
    assert titles(actor, segment="SCH") == ["Poetsen", "Ramen"]


def test_an_informal_contact_is_named_and_marked(actor) -> None:
    with pytest.raises(PlannedPurchaseIncomplete, match="van wie"):
        api.put_planned_purchases(actor=actor, entries=[entry("Poetsen", source=PlanSource.INFORMAL)])

    told = entry("Poetsen", source=PlanSource.INFORMAL, contact="schoolhoofd", source_date=dt.date(2026, 11, 2))
    api.put_planned_purchases(actor=actor, entries=[told, entry("Fietsen")])

    assert titles(actor, source="informal") == ["Poetsen"]


@pytest.mark.parametrize("wrong", [entry(" "), entry("Poetsen", amount=Decimal(-1))])
def test_what_makes_no_sense_is_refused(actor, wrong) -> None:
    with pytest.raises(PlannedPurchaseIncomplete):
        api.put_planned_purchases(actor=actor, entries=[wrong])


def test_one_wrong_line_stores_nothing(actor) -> None:
    with pytest.raises(ProductGroupNotFound):
        api.put_planned_purchases(actor=actor, entries=[entry("Goed"), entry("Fout", product_group="XXX-99")])

    assert titles(actor) == []


def test_the_period_asked_for_is_half_open(actor) -> None:
    days = (dt.date(2027, 1, 1), dt.date(2027, 12, 31), dt.date(2028, 1, 1))
    api.put_planned_purchases(actor=actor, entries=[entry(day.isoformat(), start=day) for day in days])

    found = api.planned_between(organisation_id=actor.organisation_id, start=days[0], end=days[2])
    assert [row.start for row in found] == [days[0], days[1]]


def test_removing_needs_the_permission_and_the_own_organisation(actor) -> None:
    api.put_planned_purchases(actor=actor, entries=[entry("Poetsen")])
    line = api.list_planned_purchases(actor=actor, query=ListQuery()).rows[0]
    stranger = factories.actor(factories.organisation())
    reader = factories.actor_of(actor.organisation_id, permissions=frozenset({"plan.view"}))

    with pytest.raises(PlannedPurchaseNotFound):
        api.remove_planned_purchase(actor=stranger, purchase_id=line.id)
    with pytest.raises(NotAllowed):
        api.remove_planned_purchase(actor=reader, purchase_id=line.id)
    api.remove_planned_purchase(actor=actor, purchase_id=line.id)
    assert titles(actor) == []


def test_titles_that_differ_only_beyond_what_is_kept_are_one_line(actor) -> None:
    long = "Schoonmaak " * 20
    entries = [entry(f"{long} a", amount=Decimal(1)), entry(f"{long} b", amount=Decimal(2))]
    assert api.put_planned_purchases(actor=actor, entries=entries) == 1
    (row,) = api.list_planned_purchases(actor=actor, query=ListQuery()).rows
    assert row.amount == Decimal(2)


@pytest.mark.parametrize("fields", [{"amount": Decimal("1e30")}, {"duration_months": 2**40}])
def test_a_size_that_no_purchase_has_is_refused_in_words(actor, fields) -> None:
    with pytest.raises(PlannedPurchaseIncomplete) as caught:
        api.put_planned_purchases(actor=actor, entries=[entry("Poetsen", **fields)])
    assert caught.value.details["field"] in fields
