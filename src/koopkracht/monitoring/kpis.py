"""The key figures: their words come from ``content/kpi``, their values from the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.monitoring.types import Growth, KpiDefinition, KpiValue, Overview, Share, YearFigures


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, KpiDefinition]:
    """Return all definitions by code, in the order of the file."""
    content = yaml.safe_load((files("koopkracht.content") / "kpi" / "kpi.yaml").read_text(encoding="utf-8"))
    found = (_definition(entry) for entry in content["kpis"])
    return {one.code: one for one in found}


def _definition(entry: Mapping[str, Any]) -> KpiDefinition:
    values: dict[str, Any] = dict(entry)
    for name in ("caveats", "based_on"):
        values[name] = tuple(values.get(name, ()))
    return KpiDefinition(**{"valid_until": None, **values})


def in_force(on: dt.date) -> tuple[KpiDefinition, ...]:
    """Return the definitions in force on a day."""
    return tuple(
        one
        for one in definitions().values()
        if one.valid_from <= on and (one.valid_until is None or on < one.valid_until)
    )


def as_markdown() -> str:
    """Return the page ``docs/rules/kpi.md``: every key figure in words."""
    lines = [
        "# Kerncijfers van de aankoopdiagnose",
        "",
        "Deze pagina volgt `src/koopkracht/content/kpi/kpi.yaml`; een test vergelijkt de twee. Elk cijfer op het",
        "scherm, in het rapport en op de opdrachtregel heeft deze betekenis. Bedragen zijn euro zonder btw, tenzij een",
        "bestand geen bedrag zonder btw bevat. Een aandeel zonder noemer is leeg, nooit nul.",
    ]
    for one in definitions().values():
        lines += ["", f"## {one.name} (`{one.code}`)", "", one.definition, "", f"- Teller: {one.numerator}"]
        lines += [f"- Noemer: {one.denominator}"] if one.denominator else []
        lines += [f"- Periode: {one.period}", f"- Bron: {one.source}", f"- Geldig vanaf: {one.valid_from}"]
        lines += [f"- Let op: {caveat}" for caveat in one.caveats]
        lines += [f"- Steunt op: {', '.join(one.based_on)}"]
    return "\n".join(lines) + "\n"


def values(overview: Overview) -> dict[str, KpiValue]:
    """Return the value of every key figure of an overview, by code."""
    found = {}
    for code, definition in definitions().items():
        value, share, previous, beside = _VALUES[code](overview)
        found[code] = KpiValue(definition, value, share, previous, beside)
    return found


Beside = tuple[tuple[str, Decimal | None], ...]
Answer = tuple[Decimal | None, Share | None, Decimal | None, Beside]


def _amount(read: Callable[[YearFigures], Decimal | int | None]) -> Callable[[Overview], Answer]:
    def answer(overview: Overview) -> Answer:
        now = read(overview.figures) if overview.figures else None
        before = read(overview.compared) if overview.compared else None
        return _decimal(now), None, _decimal(before), ()

    return answer


def _share(read: Callable[[YearFigures], Share], beside: str = "") -> Callable[[Overview], Answer]:
    def answer(overview: Overview) -> Answer:
        if overview.figures is None:
            return None, None, None, ()
        share = read(overview.figures)
        before = read(overview.compared).ratio if overview.compared else None
        unknown: Share | None = getattr(overview.figures, beside) if beside else None
        if unknown is None:
            return share.ratio, share, before, ()
        # A share of nothing known is not zero: when all of it is unknown, so is the share.
        return None if unknown.ratio == 1 else share.ratio, share, before, ((beside, unknown.ratio),)

    return answer


def _growth(overview: Overview) -> Answer:
    if overview.figures is None or overview.compared is None:
        return None, None, None, ()
    change = Growth(overview.compared.total, overview.figures.total)
    return change.ratio, Share(change.difference, change.before), None, ()


def _counts(part: str, whole: str, beside: str = "") -> Callable[[Overview], Answer]:
    def answer(overview: Overview) -> Answer:
        notices = overview.notices
        share = Share(Decimal(getattr(notices, part)), Decimal(getattr(notices, whole)))
        return share.ratio, share, None, ((beside, Decimal(getattr(notices, beside))),) if beside else ()

    return answer


def _per_inhabitant(overview: Overview) -> Answer:
    found = next((one for one in overview.benchmark.figures if one.code == "spend-per-inhabitant"), None)
    return (found.ours if found else None), None, None, (("median", found.median if found else None),)


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


_VALUES: Mapping[str, Callable[[Overview], Answer]] = {
    "spend-total": _amount(lambda figures: figures.total),
    "spend-unassigned": _share(lambda figures: figures.unassigned),
    "social-share": _share(lambda figures: figures.social, beside="kind_unknown"),
    "sme-share": _share(lambda figures: figures.sme, beside="size_unknown"),
    "size-unknown-share": _share(lambda figures: figures.size_unknown),
    "suppliers": _amount(lambda figures: figures.suppliers),
    "top5-share": _share(lambda figures: figures.top5),
    "top10-share": _share(lambda figures: figures.top10),
    "hhi": _amount(lambda figures: figures.hhi),
    "spend-growth": _growth,
    "single-tender-share": _counts("single_tender", "results_with_count", beside="results"),
    "strategic-lots": _counts("strategic_lots", "lots", beside="strategic_stated"),
    "reserved-lots": _counts("reserved_lots", "lots"),
    "contracts-ending": lambda overview: (Decimal(len(overview.contracts_ending)), None, None, ()),
    "spend-per-inhabitant": _per_inhabitant,
}
