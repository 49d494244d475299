"""A small town with a plan, a market and an indicator."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorInput, IndicatorKind, MeasurementInput, Source, TargetPath
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import Recognition, RecognitionKind, SocialEnterpriseEntry
from koopkracht.monitoring.planner import api, running
from koopkracht.monitoring.planner.types import PlanRequest, PlanView
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import Period
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from tests.market.factories import kbo

YEAR = 2027


def purchase(title: str, group: str = "SCH-01", amount: int | None = 400_000, **fields: Any) -> PlannedPurchaseEntry:
    """Return a purchase that starts on 1 January and lasts a year, unless told otherwise."""
    fields.setdefault("start", dt.date(YEAR, 1, 1))
    fields.setdefault("duration_months", 12)
    return PlannedPurchaseEntry(
        title=title, product_group=group, amount=None if amount is None else Decimal(amount), **fields
    )


def put_plan(actor: Actor, *entries: PlannedPurchaseEntry) -> dict[str, int]:
    """Store purchases and return their keys by title."""
    strategy.put_planned_purchases(actor=actor, entries=entries)
    return {one.title: one.id for one in screening.plan(organisation_id=actor.organisation_id)}


def put_market(actor: Actor, count: int = 3, *, group: str = "SCH-01", capacity: int | None = 20) -> None:
    """Store social enterprises for one product group."""
    entries = [
        SocialEnterpriseEntry(
            key=f"{group}-{number}",
            name=f"Sociaal bedrijf {group} {number}",
            identifier=kbo(sum(map(ord, group)) * 100 + number),
            recognitions=(Recognition(RecognitionKind.SHELTERED_WORKSHOP, dt.date(2020, 1, 1), None),),
            activities="",
            product_groups=(group,),
            cpv_codes=(),
            region="",
            municipality="",
            capacity=capacity,
            website="",
            source="test",
            source_date=dt.date(2026, 1, 1),
        )
        for number in range(count)
    ]
    market.put_social_enterprises(actor=actor, entries=entries)


def put_indicator(actor: Actor, *, target: str = "0.10", measured: str | None = "0.04", **fields: Any) -> int:
    """Store an active share with a target for the year, measured over two million euro."""
    values: dict[str, Any] = {
        "name": "Aandeel sociale economie",
        "kind": IndicatorKind.SHARE,
        "unit": "",
        "ambition": "Meer aankopen bij de sociale economie",
        "definition": "Uitgaven bij de sociale economie gedeeld door alle uitgaven",
        "realism": "Haalbaar",
        "source": Source.ENTERED,
        "measure": "",
        "data_available": True,
        "data_reliable": True,
        "responsible_id": actor.user_id,
    }
    key = indicators.create(actor=actor, subject="test", subject_key=1, indicator=IndicatorInput(**values | fields))
    indicators.set_target(
        actor=actor, indicator_id=key, path=TargetPath(YEAR - 1, Decimal(target), yearly_growth=Decimal(0))
    )
    indicators.activate(actor=actor, indicator_id=key)
    if measured is not None:
        whole = Decimal(2_000_000)
        share = values["kind"] is IndicatorKind.SHARE and "kind" not in fields
        indicators.measure(
            actor=actor,
            indicator_id=key,
            measurement=MeasurementInput(
                Period.calendar_year(YEAR - 2),
                Decimal(measured),
                numerator=Decimal(measured) * whole if share else None,
                denominator=whole if share else None,
                source="boekhouding",
            ),
        )
    return key


def request(**fields: Any) -> PlanRequest:
    """Return a request for one contract with a social requirement, unless told otherwise."""
    values: dict[str, Any] = {"name": "Plan", "year": YEAR, "staff_hours": (200, 200, 200, 200)}
    values |= {} if "own" in fields or "indicators" in fields else {"own": {"social-contracts": 1}}
    return PlanRequest(**values | fields)


def planned(actor: Actor, **fields: Any) -> PlanView:
    """Ask for a plan, compute it as the worker does, and return it."""
    plan_id = api.start(actor=actor, request=request(**fields))
    running.compute(organisation_id=actor.organisation_id, plan_id=plan_id, report=lambda *_args: None)
    return api.plan(organisation_id=actor.organisation_id, plan_id=plan_id)
