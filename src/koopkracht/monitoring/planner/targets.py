"""From indicators with a target path to what a plan still has to deliver in a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from koopkracht.indicators import api as indicators
from koopkracht.indicators.figures import path_value
from koopkracht.indicators.types import Direction, Frequency, IndicatorKind, IndicatorView, Source, Standing, State
from koopkracht.monitoring.measures import SCOPED, ContractScope, contract_scope
from koopkracht.monitoring.planner.content import Menu
from koopkracht.monitoring.planner.problem import Target, Unit
from koopkracht.monitoring.planner.types import Aim, PlanRequest, TargetOption
from koopkracht.monitoring.planner.words import amount, thousands

_INACTIVE = "Deze indicator is niet (meer) actief."
_KINDS = {
    "cents": {IndicatorKind.SHARE, IndicatorKind.AMOUNT},
    "hours": {IndicatorKind.HOURS},
    "count": {IndicatorKind.COUNT},
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the plan with its story: for which aim it counts, in which product groups or sizes, from where."""

    target: Target
    aim: Aim
    groups: tuple[str, ...]
    origin: dict[str, Any]
    scope: ContractScope | None = None


@dataclass(frozen=True, slots=True)
class Unused:
    """Something the plan leaves out, why, and what to do about it."""

    what: str
    why: str
    fix: str
    link: str = ""
    key: int = 0

    def json(self) -> dict[str, Any]:
        """Return it as stored."""
        return {"what": self.what, "why": self.why, "fix": self.fix, "link": self.link, "key": self.key}


def options(*, organisation_id: int, year: int, menu: Menu, on: dt.date) -> tuple[TargetOption, ...]:
    """Return the active indicators, those a plan can work towards first; the others say what is missing."""
    found = []
    for standing in _active(organisation_id, on):
        view = standing.indicator
        problem = _problem(standing, year) or _uncounted(view, menu) or ""
        unit = next((unit for unit, kinds in _KINDS.items() if view.kind in kinds), "")
        aim = _guess(view, menu)
        found.append(TargetOption(view.id, view.name, view.kind.value, unit, aim, _asked(view, year), problem))
    return tuple(sorted(found, key=lambda one: (bool(one.problem), one.name, one.indicator_id)))


def goals(
    *, organisation_id: int, request: PlanRequest, menu: Menu, on: dt.date
) -> tuple[tuple[Goal, ...], tuple[Unused, ...]]:
    """Return what the plan has to deliver and which of the chosen targets it cannot work with."""
    wanted: list[Goal] = []
    unused: list[Unused] = []
    standings = {one.indicator.id: one for one in _active(organisation_id, on)}
    unused.extend(
        Unused("Een gekozen indicator", _INACTIVE, "Kies een andere indicator.", "indicator", key)
        for key in sorted(set(request.indicators) - set(standings))
        if request.indicators[key]
    )
    for standing in standings.values():
        code = request.indicators.get(standing.indicator.id)
        aim = menu.aim(code) if code else None
        if aim is None:
            continue
        view = standing.indicator
        why = _problem(standing, request.year) or _uncounted(view, menu) or _mismatch(view, aim)
        goal = None if why else _goal(organisation_id, standing, aim, request.year)
        if goal is None:
            text = why or "Het is niet bekend over welk totaal dit aandeel gaat."
            fix = "Vul op de pagina van de indicator een meting in met teller en noemer, of een streefpad."
            unused.append(Unused(standing.indicator.name, text, fix, "indicator", standing.indicator.id))
        else:
            wanted.append(goal)
    for code, required in sorted(request.own.items()):
        aim = menu.aim(code)
        if aim and required > 0:
            wanted.append(_own(aim, required))
    return tuple(wanted), tuple(unused)


def _active(organisation_id: int, on: dt.date) -> list[Standing]:
    # "No data" is active too: a value of the last period is missing, the target still holds.
    standings = indicators.standings(organisation_id=organisation_id, on=on)
    return [one for one in standings if one.indicator.state in {State.ACTIVE, State.NO_DATA}]


def _guess(view: IndicatorView, menu: Menu) -> str:
    if view.measure in menu.measures:
        return menu.measures[view.measure]
    return "target-hours" if view.kind is IndicatorKind.HOURS else ""


def _problem(standing: Standing, year: int) -> str | None:
    view = standing.indicator
    if view.kind is IndicatorKind.YES_NO:
        return "Een ja of nee is niet op te tellen over aankopen."
    if view.direction is Direction.LOWER:
        return "Bij deze indicator is lager beter; de planner rekent met wat er bij komt."
    if view.frequency is not Frequency.YEAR:
        return "Deze indicator wordt niet per jaar gemeten."
    if path_value(view.target, year) is None:
        return f"Er is geen streefwaarde voor {year}."
    if standing.actual is None:
        return "Er is nog geen meting, dus wat er al loopt is niet bekend."
    return None


def _mismatch(view: IndicatorView, aim: Aim) -> str | None:
    if view.kind in _KINDS[aim.unit]:
        return None
    return f"Deze indicator telt iets anders dan “{aim.name}”."


def _uncounted(view: IndicatorView, menu: Menu) -> str | None:
    """Say so when no instrument moves a computed figure: its parts are not the euro or contracts of a plan."""
    if view.source is Source.COMPUTED and view.measure not in menu.measures:
        return "De planner kent geen instrument dat dit cijfer doet stijgen."
    return None


def _asked(view: IndicatorView, year: int) -> str:
    value = path_value(view.target, year)
    if value is None:
        return ""
    return _value(view, value)


def _value(view: IndicatorView, value: Decimal) -> str:
    """Return a value in words: a share as percent, the rest rounded to whole units."""
    if view.kind is IndicatorKind.SHARE:
        text = f"{(value * 100).quantize(Decimal('0.1'))}".replace(".", ",").removesuffix(",0")
        return f"{text} %"
    whole = thousands(int(value.to_integral_value()))
    return {IndicatorKind.AMOUNT: f"{whole} euro", IndicatorKind.HOURS: f"{whole} uur"}.get(view.kind, whole)


def _goal(organisation_id: int, standing: Standing, aim: Aim, year: int) -> Goal | None:
    view = standing.indicator
    target, actual = path_value(view.target, year), standing.actual
    if target is None or actual is None:
        return None
    unit = Unit(aim.unit)
    factor = Decimal(100) if unit is Unit.CENTS else Decimal(1)
    lines = [[f"Streefwaarde voor {year}", _value(view, target)], [_measured(standing), _value(view, actual)]]
    if view.kind is IndicatorKind.SHARE:
        whole = _whole(organisation_id, standing)
        if whole is None or whole < 0:
            return None
        factor *= whole
        lines.append(
            ["Over een totaal van", f"{thousands(int(whole))} euro (laatste meting; we gaan uit van evenveel)"]
        )
    asked = int((target * factor).to_integral_value(ROUND_CEILING))
    # A contract that started in another year does not start again: only what this year brought already counts.
    starts_anew = unit is Unit.COUNT and standing.period.start.year != year
    runs = 0 if starts_anew else int((actual * factor).to_integral_value(ROUND_FLOOR))
    required = max(0, asked - runs)
    lines += [
        ["Gevraagd", amount(asked, unit)],
        ["Loopt al", amount(runs, unit)],
        ["Nog nodig", amount(required, unit)],
    ]
    origin = {"kind": "indicator", "id": view.id, "lines": lines, "aim": aim.code, "aim_name": aim.name}
    groups = tuple(str(one) for one in view.parameters.get("product_groups", ()) or ())
    target_of_plan = Target(f"i{view.id}", view.name, unit, required)
    scope = contract_scope(view.parameters) if view.measure == SCOPED else None
    return Goal(target_of_plan, aim, groups, origin | {"groups": list(groups)}, scope)


def _measured(standing: Standing) -> str:
    return f"Gemeten in {standing.period.start.year}"


def _whole(organisation_id: int, standing: Standing) -> Decimal | None:
    """Return the denominator of the measurement that the standing shows, or nothing."""
    series = indicators.series(organisation_id=organisation_id, indicator_id=standing.indicator.id)
    return next((one.denominator or None for one in series if one.period == standing.period), None)


def _own(aim: Aim, required: int) -> Goal:
    unit = Unit(aim.unit)
    lines = [["Zelf ingevuld bij de start van dit plan", amount(required, unit)]]
    origin: Mapping[str, Any] = {"kind": "own", "id": 0, "lines": lines, "aim": aim.code, "aim_name": aim.name}
    return Goal(Target(f"own-{aim.code}", aim.name, unit, required), aim, (), dict(origin) | {"groups": []})
