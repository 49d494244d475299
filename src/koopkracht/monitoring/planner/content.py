"""The instruments and the assumptions about them, as shipped in ``content/menus`` and changed by an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.monitoring.planner.types import Aim, Appetite, Assumption

_UNITS = {"share": "promille van het bedrag", "hours_per_100k": "uur per 100.000 euro", "count": "per opdracht"}
_LARGEST = {"share": 1_000, "hours_per_100k": 100_000, "count": 100}
_MOST_HOURS, _MOST_RISK = 10_000, 100


@dataclass(frozen=True, slots=True)
class Gift:
    """What an instrument gives towards one aim: a share in promille, hours per 100,000 euro, or a number."""

    aim: str
    kind: str
    amount: int
    source: str

    def of(self, cents: int) -> int:
        """Return what this gives for an amount in cents of the year, rounded down."""
        match self.kind:
            case "share":
                return cents * self.amount // 1_000
            case "hours_per_100k":
                return cents * self.amount // 10_000_000
            case _:
                return self.amount


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to buy with social value, with what we assume of it; ``intended`` is what the buyer will see to."""

    code: str
    name: str
    description: str
    how: str
    prepare: int
    follow_up: int
    hours_source: str
    risk: int
    risk_reason: str
    needs_market: bool
    competition: bool
    potentials: tuple[str, ...]
    types: tuple[str, ...]
    value_over: int | None
    months_over: int | None
    gives: tuple[Gift, ...]
    rules: tuple[str, ...]
    intended: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Menu:
    """All content of the planner, with the values an organisation uses."""

    version: str
    source: str
    aims: tuple[Aim, ...]
    measures: Mapping[str, str]
    appetites: tuple[Appetite, ...]
    settings: Mapping[str, int]
    instruments: tuple[Instrument, ...]
    packages: tuple[tuple[str, ...], ...]

    def instrument(self, code: str) -> Instrument:
        """Return an instrument. Raises ``KeyError``."""
        return {one.code: one for one in self.instruments}[code]

    def aim(self, code: str) -> Aim | None:
        """Return an aim, or nothing."""
        return next((one for one in self.aims if one.code == code), None)

    def appetite(self, code: str) -> Appetite | None:
        """Return an appetite for risk, or nothing."""
        return next((one for one in self.appetites if one.code == code), None)


@lru_cache(maxsize=1)
def _document() -> Mapping[str, Any]:
    path = files("koopkracht.content") / "menus" / "instruments.yaml"
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def menu(own: Mapping[str, int] | None = None) -> Menu:
    """Return the content with the values of an organisation in place of ours."""
    content, values = _document(), own or {}
    shipped = tuple(_instrument(entry, content["risk_points"]) for entry in content["instruments"])
    instruments = tuple(_own(one, values) for one in shipped)
    return Menu(
        version=content["version"],
        source=content["source"],
        aims=tuple(Aim(one["code"], one["name"], one["unit"], one["help"]) for one in content["aims"]),
        measures={measure: one["code"] for one in content["aims"] for measure in one["measures"]},
        appetites=tuple(Appetite(**one) for one in content["appetites"]),
        settings={one["code"]: values.get(one["code"], one["value"]) for one in content["settings"]},
        instruments=instruments,
        packages=tuple((one.code,) for one in instruments) + tuple(tuple(one) for one in content["combinations"]),
    )


def assumptions() -> tuple[Assumption, ...]:
    """Return every number we assume, with its source, in the order of the page."""
    content = _document()
    found = [
        Assumption(
            one["code"], "Algemeen", one["name"], one["unit"], one["value"], one["value"], one["largest"], one["source"]
        )
        for one in content["settings"]
    ]
    names = {one["code"]: one["name"] for one in content["aims"]}
    for entry in content["instruments"]:
        found += _of_instrument(_instrument(entry, content["risk_points"]), names)
    return tuple(found)


def _of_instrument(one: Instrument, names: Mapping[str, str]) -> list[Assumption]:
    def made(part: str, name: str, unit: str, value: int, largest: int, source: str) -> Assumption:
        return Assumption(f"{one.code}.{part}", one.name, name, unit, value, value, largest, source)

    return [
        made("prepare", "Werk om te starten", "uur", one.prepare, _MOST_HOURS, one.hours_source),
        made("follow-up", "Werk om op te volgen", "uur per kwartaal", one.follow_up, _MOST_HOURS, one.hours_source),
        made("risk", "Risico", "punten", one.risk, _MOST_RISK, one.risk_reason),
        *(
            made(gift.aim, names[gift.aim], _UNITS[gift.kind], gift.amount, _LARGEST[gift.kind], gift.source)
            for gift in one.gives
        ),
    ]


def _instrument(entry: Mapping[str, Any], points: Mapping[str, int]) -> Instrument:
    conditions = entry.get("conditions", {})
    return Instrument(
        code=entry["code"],
        name=entry["name"],
        description=entry["description"],
        how=entry["how"],
        prepare=entry["hours"]["prepare"],
        follow_up=entry["hours"]["follow_up"],
        hours_source=entry["hours_source"],
        risk=points[entry["risk"]],
        risk_reason=entry["risk_reason"],
        needs_market=entry["needs_market"],
        competition=entry.get("competition", False),
        potentials=tuple(entry["potentials"]),
        types=tuple(entry.get("types", ("supply", "service", "work"))),
        value_over=conditions.get("value_over"),
        months_over=conditions.get("months_over"),
        gives=tuple(Gift(one["aim"], one["as"], one["amount"], one["source"]) for one in entry["gives"]),
        rules=tuple(entry["rules"]),
        intended=dict(entry["intended"]),
    )


def _own(one: Instrument, values: Mapping[str, int]) -> Instrument:
    return replace(
        one,
        prepare=values.get(f"{one.code}.prepare", one.prepare),
        follow_up=values.get(f"{one.code}.follow-up", one.follow_up),
        risk=values.get(f"{one.code}.risk", one.risk),
        gives=tuple(replace(gift, amount=values.get(f"{one.code}.{gift.aim}", gift.amount)) for gift in one.gives),
    )
