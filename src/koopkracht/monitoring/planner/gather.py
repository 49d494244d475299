"""Gather a planning problem from what the organisation stored: plan, targets, market, law; with the origin of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.catalogue.types import ProductGroup
from koopkracht.market.api import directory
from koopkracht.market.types.directory import GroupCapacity
from koopkracht.monitoring.planner.codec import problem_json
from koopkracht.monitoring.planner.content import Instrument, Menu
from koopkracht.monitoring.planner.legal import NATURE, Finding, Lawyer, Open, Opening, Purchase
from koopkracht.monitoring.planner.problem import (
    Dossier,
    Lock,
    Package,
    Problem,
    Resource,
    Scarce,
    Unit,
    Weights,
    make,
)
from koopkracht.monitoring.planner.targets import Goal, Unused, goals
from koopkracht.monitoring.planner.types import PlanRequest
from koopkracht.shared.money import to_cents
from koopkracht.strategy.api import screening as plan
from koopkracht.strategy.types.plan import PlannedPurchaseView

ENTERPRISES = 3
"""So many suitable social enterprises make competition likely (CF-20); with fewer a person has to look first."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problem and everything a person wants to know about it, as plain JSON."""

    problem: Problem
    snapshot: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Line:
    """A purchase that takes part: its part of the year and the instruments that were looked at."""

    purchase: PlannedPurchaseView
    group: ProductGroup
    start: dt.date
    cents: int
    year_cents: int
    openings: Mapping[str, Opening]
    notes: tuple[str, ...]

    @property
    def quarter(self) -> int:
        return (self.start.month - 1) // 3 + 1

    @property
    def later_quarters(self) -> tuple[int, ...]:
        """Return the quarters of this year, after the one of the start, in which the contract still runs."""
        months = self.purchase.duration_months or 1
        last = (min(12, self.start.month + months - 1) - 1) // 3 + 1
        return tuple(range(self.quarter + 1, last + 1))


def gather(*, organisation_id: int, request: PlanRequest, menu: Menu, on: dt.date) -> Gathered:
    """Return the problem that a request asks, on the data of today."""
    lawyer = Lawyer(enterprises=ENTERPRISES)
    capacity = directory.capacity_by_group(organisation_id=organisation_id, on=on)
    wanted, unused = goals(organisation_id=organisation_id, request=request, menu=menu, on=on)
    purchases = plan.plan(organisation_id=organisation_id)
    lines, left_out = _lines(purchases, request.year, menu, lawyer, capacity)
    market = _market(lines, capacity, menu, request)
    resources = [*_staff(request), *(resource for resource, _origin in market.values())]
    known = {resource.code for resource in resources}
    dossiers = [_dossier(line, wanted, menu, request, known) for line in lines]
    problem = make(dossiers, [goal.target for goal in wanted], resources, _weights(menu, request))
    ignored = _ignored_locks(request, dossiers, lines)
    return Gathered(
        problem,
        {
            "problem": problem_json(problem),
            "targets": {goal.target.code: goal.origin for goal in wanted},
            "dossiers": {f"{line.purchase.id}": _line_json(line, menu) for line in lines},
            "left_out": [one.json() for one in (*left_out, *ignored)],
            "other_years": sum(1 for one in purchases if one.start is not None and one.start.year != request.year),
            "unused_targets": [one.json() for one in unused],
            "market": {code: origin for code, (_resource, origin) in market.items()},
            "instruments": {one.code: _instrument_json(one) for one in menu.instruments},
            "settings": dict(menu.settings),
            "content": menu.version,
            "law_release": lawyer.release,
            "law_asked": lawyer.asked,
            "as_of": on.isoformat(),
        },
    )


def _weights(menu: Menu, request: PlanRequest) -> Weights:
    appetite = menu.appetite(request.appetite)
    return Weights(hour=1, risk=appetite.risk if appetite else Weights().risk)


def _staff(request: PlanRequest) -> list[Resource]:
    return [
        Resource(f"staff:{quarter}", f"kwartaal {quarter}", Unit.HOURS, Scarce.STAFF, hours)
        for quarter, hours in enumerate(request.staff_hours, start=1)
    ]


def _lines(
    purchases: tuple[PlannedPurchaseView, ...],
    year: int,
    menu: Menu,
    lawyer: Lawyer,
    capacity: Mapping[str, GroupCapacity],
) -> tuple[list[_Line], list[Unused]]:
    lines: list[_Line] = []
    left_out: list[Unused] = []
    for purchase in purchases:
        if purchase.start is not None and purchase.start.year != year:
            continue
        why = _unusable(purchase)
        if why:
            left_out.append(Unused(purchase.title, *why, "planned-purchase", purchase.id))
        else:
            lines.append(_line(purchase, menu, lawyer, capacity))
    return lines, left_out


def _unusable(purchase: PlannedPurchaseView) -> tuple[str, str] | None:
    if purchase.start is None:
        return "Er staat geen startdatum.", "Vul de gewenste start in, dan weten we in welk jaar en kwartaal."
    if not purchase.amount:
        return "Er staat geen raming.", "Vul een geraamd bedrag in; een ruwe schatting volstaat."
    if not purchase.product_group:
        return "Er staat geen productgroep.", "Kies een productgroep, dan kennen we de markt en de soort opdracht."
    try:
        catalogue.product_group(code=purchase.product_group)
    except ProductGroupNotFound:
        return "De productgroep bestaat niet meer.", "Kies een productgroep uit de lijst."
    return None


def _line(purchase: PlannedPurchaseView, menu: Menu, lawyer: Lawyer, capacity: Mapping[str, GroupCapacity]) -> _Line:
    group = catalogue.product_group(code=purchase.product_group)
    # `_unusable` came first: both are known here.
    start, amount = purchase.start or dt.date.min, purchase.amount or Decimal(0)
    cents = to_cents(amount)
    months = purchase.duration_months
    notes = [] if months else ["De looptijd is niet gekend: het hele bedrag telt in dit jaar."]
    year_cents = cents * min(months, 13 - start.month) // months if months else cents
    supply = capacity.get(group.code)
    asked = Purchase(group, amount, months, start, supply.enterprises if supply else 0)
    openings = {one.code: _opening(one, asked, lawyer, supply) for one in menu.instruments}
    return _Line(purchase, group, start, cents, year_cents, openings, tuple(notes))


def _opening(instrument: Instrument, asked: Purchase, lawyer: Lawyer, supply: GroupCapacity | None) -> Opening:
    found = lawyer.opening(instrument, asked)
    if found.state is Open.CLOSED or not instrument.needs_market:
        return found
    if supply is None or not supply.enterprises:
        text = "Er is geen sociale-economieonderneming gekend voor deze productgroep."
        return Opening(Open.CLOSED, (*found.findings, Finding("", Open.CLOSED, text)))
    if supply.unknown >= supply.enterprises:
        text = "Van geen enkele sociale-economieonderneming in deze productgroep is de capaciteit gekend."
        return Opening(Open.DOUBT, (*found.findings, Finding("", Open.DOUBT, text)))
    return found


def _market(
    lines: list[_Line], capacity: Mapping[str, GroupCapacity], menu: Menu, request: PlanRequest
) -> dict[str, tuple[Resource, dict[str, Any]]]:
    """Return per product group what the social economy can still carry in the year; unknown capacity has no limit."""
    found = {}
    for group in sorted({line.group for line in lines}, key=lambda one: one.code):
        supply = capacity.get(group.code)
        if supply is None or supply.unknown >= supply.enterprises:
            continue
        price, free = menu.settings["euro-per-hour"], menu.settings["free-share"]
        hours = int(supply.hours)
        limit = hours * price * free * request.market // 1_000
        code = f"market:{group.code}"
        origin = {
            "group": group.code,
            "enterprises": supply.enterprises,
            "unknown": supply.unknown,
            "hours": hours,
            "euro_per_hour": price,
            "free_percent": free,
            "factor": request.market,
        }
        found[code] = (Resource(code, group.name, Unit.CENTS, Scarce.MARKET, limit), origin)
    return found


def _dossier(line: _Line, wanted: tuple[Goal, ...], menu: Menu, request: PlanRequest, known: set[str]) -> Dossier:
    packages = []
    for codes in menu.packages:
        states = {line.openings[code].state for code in codes}
        if Open.CLOSED in states or (Open.DOUBT in states and not request.allow_doubt):
            continue
        instruments = [menu.instrument(code) for code in codes]
        packages.append(_package(line, instruments, wanted, known, doubt=Open.DOUBT in states))
    lock = request.locks.get(line.purchase.id, Lock.FREE)
    if lock is Lock.IN and not packages:
        lock = Lock.FREE
    return Dossier(f"{line.purchase.id}", line.purchase.title, line.quarter, tuple(packages), lock)


def _package(
    line: _Line, instruments: list[Instrument], wanted: tuple[Goal, ...], known: set[str], *, doubt: bool
) -> Package:
    prepare, follow = sum(one.prepare for one in instruments), sum(one.follow_up for one in instruments)
    uses = {f"staff:{line.quarter}": prepare}
    uses |= {f"staff:{quarter}": follow for quarter in line.later_quarters}
    market = f"market:{line.group.code}"
    if market in known and any(one.needs_market for one in instruments):
        wanted_of_market = _total([one for one in instruments if one.needs_market], "social-spend", line.year_cents)
        uses[market] = min(wanted_of_market, line.year_cents)
    gains = {goal.target.code: _gain(instruments, goal, line) for goal in wanted if _counts_for(goal, line)}
    return Package(
        code="+".join(one.code for one in instruments),
        instruments=tuple(one.code for one in instruments),
        hours=prepare + follow * len(line.later_quarters),
        risk=sum(one.risk for one in instruments),
        gains={code: gain for code, gain in gains.items() if gain},
        uses={code: use for code, use in uses.items() if use},
        undetermined=doubt,
    )


def _counts_for(goal: Goal, line: _Line) -> bool:
    """Tell whether a purchase is in the product groups (or segments) and the sizes that a target is about."""
    if goal.groups and line.group.code not in goal.groups and line.group.segment.code not in goal.groups:
        return False
    scope = goal.scope
    return scope is None or (
        NATURE[line.group.type.value] in scope.natures
        and line.cents > to_cents(scope.value_over)
        and (line.purchase.duration_months or 0) >= scope.months_at_least
    )


def _gain(instruments: list[Instrument], goal: Goal, line: _Line) -> int:
    if goal.target.unit is Unit.COUNT:
        # Instruments that go together are still one contract.
        return max((_total([one], goal.aim.code, line.year_cents) for one in instruments), default=0)
    total = _total(instruments, goal.aim.code, line.year_cents)
    return min(total, line.year_cents) if goal.target.unit is Unit.CENTS else total


def _total(instruments: list[Instrument], aim: str, cents: int) -> int:
    return sum(gift.of(cents) for one in instruments for gift in one.gives if gift.aim == aim)


def _ignored_locks(request: PlanRequest, dossiers: list[Dossier], lines: list[_Line]) -> list[Unused]:
    by_key = {one.key: one for one in dossiers}
    found = []
    for line in lines:
        asked = request.locks.get(line.purchase.id)
        if asked is Lock.IN and by_key[f"{line.purchase.id}"].lock is not Lock.IN:
            found.append(
                Unused(
                    line.purchase.title,
                    "U wilde dit dossier zeker meenemen, maar er is geen enkel instrument open.",
                    "Bekijk bij het dossier waarom niet, of laat twijfelgevallen toe.",
                    "planned-purchase",
                    line.purchase.id,
                )
            )
    return found


def _line_json(line: _Line, menu: Menu) -> dict[str, Any]:
    return {
        "id": line.purchase.id,
        "title": line.purchase.title,
        "group": line.group.code,
        "group_name": line.group.name,
        "start": line.start.isoformat(),
        "quarter": line.quarter,
        "months": line.purchase.duration_months,
        "cents": line.cents,
        "year_cents": line.year_cents,
        "notes": list(line.notes),
        "instruments": [
            {
                "code": one.code,
                "state": line.openings[one.code].state.value,
                "findings": [
                    [found.rule, found.outcome.value, found.text] for found in line.openings[one.code].findings
                ],
            }
            for one in menu.instruments
        ],
    }


def _instrument_json(one: Instrument) -> dict[str, Any]:
    return {
        "name": one.name,
        "description": one.description,
        "how": one.how,
        "prepare": one.prepare,
        "follow_up": one.follow_up,
        "hours_source": one.hours_source,
        "risk": one.risk,
        "risk_reason": one.risk_reason,
        "gives": [[gift.aim, gift.kind, gift.amount, gift.source] for gift in one.gives],
    }


__all__ = ["ENTERPRISES", "Gathered", "gather"]
