"""Key figures as a page shows them: never a number without its meaning, period, source and lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from koopkracht.monitoring.types import KpiDefinition, KpiValue, Overview
from koopkracht.web.diagnosis.address import link
from koopkracht.web.ui import formats

FORMATS = {"euro": "euro_short", "share": "percent", "number": "number"}


@dataclass(frozen=True, slots=True)
class Figure:
    """The arguments of ``ui.key_figure``."""

    label: str
    value: str
    definition: str
    period: str
    source: str
    href: str = ""
    link_text: str = ""
    comparison: str = ""
    trend: str = ""
    unknown: str = ""


def explanation(definition: KpiDefinition) -> str:
    """Return the definition with what is divided by what, and what to keep in mind."""
    parts = [definition.definition]
    if definition.denominator:
        parts.append(
            _("Berekening: %(part)s, gedeeld door %(whole)s.")
            % {"part": definition.numerator, "whole": definition.denominator}
        )
    return " ".join((*parts, *definition.caveats))


def shown(value: KpiValue) -> str:
    """Return a value in the format of its unit."""
    return _written(value.value, value.definition.unit)


def _written(value: Decimal | None, unit: str) -> str:
    if unit == "number" and value is not None:
        return formats.number(value, 0)
    return formats.show(value, FORMATS[unit])


def figure(value: KpiValue, overview: Overview, *, href: str = "", link_text: str = "") -> Figure:
    """Return a key figure ready to be shown."""
    unit = value.definition.unit
    return Figure(
        label=value.definition.name,
        value=shown(value),
        definition=explanation(value.definition),
        period=str(overview.year),
        source=value.definition.source,
        href=href,
        link_text=link_text,
        comparison=_comparison(value, overview, unit),
        trend=_trend(value),
        unknown=_unknown(value),
    )


def _comparison(value: KpiValue, overview: Overview, unit: str) -> str:
    if value.value is None or value.previous is None or overview.compare is None:
        return ""
    before = _written(value.previous, unit)
    if unit == "euro" and value.previous > 0:
        ratio = (value.value - value.previous) / value.previous
        change = f"{'+' if ratio > 0 else ''}{formats.percent(ratio)}"
        return _("%(change)s tegenover %(year)s (%(before)s)") % {
            "change": change, "year": overview.compare, "before": before,
        }  # fmt: skip
    return _("%(before)s in %(year)s") % {"before": before, "year": overview.compare}


def _trend(value: KpiValue) -> str:
    if value.value is None or value.previous is None:
        return ""
    if value.value == value.previous:
        return "same"
    return "up" if value.value > value.previous else "down"


def _unknown(value: KpiValue) -> str:
    texts = {
        "size_unknown": _("Van %(share)s is de grootte niet bekend"),
        "kind_unknown": _("Van %(share)s is de soort leverancier niet bekend"),
        "unassigned": _("%(share)s is nog niet toegewezen"),
    }
    for name, ratio in value.beside:
        if name in texts and ratio:
            return texts[name] % {"share": formats.percent(ratio)}
    return ""


def overview_figures(values: Mapping[str, KpiValue], overview: Overview) -> list[Figure]:
    """Return the key figures at the head of the overview, each with its way to what is behind it."""
    year = {"jaar": overview.year}
    lines = link("diagnosis-lines", year)
    return [
        figure(values["spend-total"], overview, href=lines),
        figure(
            values["social-share"], overview,
            href=link("diagnosis-opportunities", year), link_text=_("Waar kan het meer?"),
        ),
        figure(values["sme-share"], overview, href="#soorten", link_text=_("Naar grootte")),
        figure(
            values["spend-unassigned"], overview, href=link("assignment"), link_text=_("Wijs toe"),
        ),
        figure(values["suppliers"], overview, href="#leveranciers", link_text=_("De grootste")),
        figure(values["top10-share"], overview, href="#leveranciers", link_text=_("De grootste")),
        figure(values["top5-share"], overview, href="#leveranciers", link_text=_("De grootste")),
        figure(values["hhi"], overview, href="#leveranciers", link_text=_("De grootste")),
    ]  # fmt: skip


def notice_figures(values: Mapping[str, KpiValue], overview: Overview) -> list[Figure]:
    """Return the key figures from notices, with their counts beside them."""
    notices = overview.notices
    texts = {
        "single-tender-share": _(
            "%(part)s van %(whole)s resultaten met een bekend aantal; %(all)s resultaten in totaal"
        )
        % {"part": notices.single_tender, "whole": notices.results_with_count, "all": notices.results},
        "strategic-lots": _("%(part)s van %(whole)s percelen; bij %(stated)s is het veld ingevuld")
        % {"part": notices.strategic_lots, "whole": notices.lots, "stated": notices.strategic_stated},
        "reserved-lots": _("%(part)s van %(whole)s percelen") % {"part": notices.reserved_lots, "whole": notices.lots},
    }
    found = []
    for code, text in texts.items():
        value = values[code]
        found.append(
            Figure(
                label=value.definition.name,
                value=shown(value),
                definition=explanation(value.definition),
                period=str(overview.year),
                source=value.definition.source,
                comparison=text,
            )
        )
    return found


def percent_points(now: Decimal | None, before: Decimal | None) -> str:
    """Return the difference of two shares in percentage points, or nothing."""
    if now is None or before is None:
        return ""
    return formats.number((now - before) * 100, 1)
