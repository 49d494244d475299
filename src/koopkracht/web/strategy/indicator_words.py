"""How indicators are written on screens: values with their unit, standings for tables, links to what lies behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import Direction, Frequency, IndicatorKind, IndicatorView, Standing, State
from koopkracht.monitoring import api as monitoring
from koopkracht.shared.periods import Period
from koopkracht.web.diagnosis.address import link
from koopkracht.web.ui.formats import euro_round, number, percent, unknown

STATE_PILLS = {State.DRAFT: "default", State.ACTIVE: "success", State.NO_DATA: "warning", State.CLOSED: "default"}
_QUARTER = 3
_ROUTES = {
    "spend": "diagnosis",
    "lines": "diagnosis-lines",
    "group": "diagnosis-group",
    "contract": "contract",
    "lots": "lots",
    "notices": "notices",
}


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A standing in words, ready for a table or a card; every text is filled in."""

    id: int
    name: str
    href: str
    state: str
    state_kind: str
    period: str
    actual: str
    target: str
    gap: str
    attainment: str
    forecast: str
    trend: str
    verdict: str
    verdict_kind: str
    standing: Standing


def standing_rows(standings: Iterable[Standing]) -> list[StandingRow]:
    """Return standings in words: target, now, gap, forecast. For the front page, goals and the list of indicators."""
    return [_standing_row(one) for one in standings]


def _standing_row(one: Standing) -> StandingRow:
    view = one.indicator
    verdict, kind = verdict_of(one)
    return StandingRow(
        id=view.id,
        name=view.name,
        href=link("indicator", indicator_id=view.id),
        state=str(indicators.STATE_LABELS[view.state]),
        state_kind=STATE_PILLS[view.state],
        period=period_text(one.period, view.frequency, running=is_running(one)),
        actual=value_text(view, one.actual),
        target=_target_text(one),
        gap=gap_text(view, one.gap),
        attainment=percent(one.attainment, 0) if one.attainment is not None else "",
        forecast=_forecast_text(one),
        trend=trend_text(one),
        verdict=verdict,
        verdict_kind=kind,
        standing=one,
    )


def _target_text(one: Standing) -> str:
    path = one.indicator.target
    if path is None:
        return _("geen streefwaarde")
    if one.target is None:
        value = value_text(one.indicator, path.baseline_value)
        return _("%(value)s vanaf %(year)s") % {"value": value, "year": path.baseline_year}
    return value_text(one.indicator, one.target)


def is_running(one: Standing) -> bool:
    """Tell whether the period of a standing is not over yet."""
    return one.period.end is not None and one.period.end > one.as_of


def verdict_of(one: Standing) -> tuple[str, str]:
    """Return the conclusion in two or three words, and the kind of its pill."""
    if one.actual is None:
        return _("nog geen meting"), "default"
    if one.indicator.target is None:
        return _("wordt gevolgd"), "info"
    if one.target is None:
        return _("doel begint later"), "info"
    if one.end_value is not None and one.on_track is not None:
        return (_("op koers"), "success") if one.on_track else (_("niet op koers"), "warning")
    return (_("gehaald"), "success") if one.target_met else (_("nog niet gehaald"), "warning")


def value_text(view: IndicatorView, value: Decimal | None) -> str:
    """Write a value with its unit."""
    if value is None:
        return unknown()
    if view.kind is IndicatorKind.SHARE:
        return percent(value)
    if view.kind is IndicatorKind.AMOUNT:
        return euro_round(value)
    if view.kind is IndicatorKind.YES_NO:
        return _("ja") if value else _("nee")
    unit = view.unit or (_("uren") if view.kind is IndicatorKind.HOURS else "")
    return f"{number(_plain(value))} {unit}".rstrip()


def gap_text(view: IndicatorView, value: Decimal | None) -> str:
    """Write a difference with its sign; the difference of two shares is in points."""
    if value is None:
        return ""
    sign = "+" if value > 0 else ""
    if view.kind is IndicatorKind.SHARE:
        return _("%(points)s punt") % {"points": sign + number(_plain((value * 100).quantize(Decimal("0.1"))))}
    if view.kind is IndicatorKind.YES_NO:
        return ""
    return sign + value_text(view, value)


def trend_text(one: Standing) -> str:
    """Write the change since the period before; better or worse is said in words."""
    if one.actual is None or one.previous is None:
        return ""
    change = one.actual - one.previous
    if not change:
        return _("gelijk gebleven")
    better = (change > 0) == (one.indicator.direction is Direction.HIGHER)
    text = gap_text(one.indicator, change)
    return f"{text} ({_('beter') if better else _('minder goed')})" if text else ""


def _forecast_text(one: Standing) -> str:
    if one.forecast is None or one.end_year is None:
        return ""
    return _("%(value)s in %(year)s") % {"value": value_text(one.indicator, one.forecast), "year": one.end_year}


def _plain(value: Decimal) -> Decimal | int:
    """Return whole numbers without decimals."""
    return int(value) if value == value.to_integral_value() else value


def period_text(period: Period, frequency: Frequency, *, running: bool = False) -> str:
    """Write a period: 2025, 2e kwartaal 2025, 03-2025."""
    if frequency is Frequency.YEAR:
        text = str(period.start.year)
    elif frequency is Frequency.QUARTER:
        quarter = (period.start.month - 1) // _QUARTER + 1
        text = _("%(quarter)se kwartaal %(year)s") % {"quarter": quarter, "year": period.start.year}
    else:
        text = f"{period.start.month:02d}-{period.start.year}"
    return _("%(period)s, nog bezig") % {"period": text} if running else text


def provenance_links(provenance: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (text, address) of the pages with the lines behind a computed value."""
    pages = [one for one in provenance.get("pages", ()) if one.get("page") in _ROUTES]
    names = monitoring.product_group_names(codes=[one["label"] for one in pages if one["page"] == "group"])
    words = {
        "spend": _("Uitgaven van dat jaar"),
        "lines": _("Alle lijnen"),
        "lots": _("Percelen"),
        "notices": _("Aankondigingen"),
    }
    found = []
    for one in pages:
        text = words.get(one["page"]) or names.get(one["label"]) or one["label"] or _("Contract")
        try:
            found.append((text, link(_ROUTES[one["page"]], one.get("parameters"), **one.get("arguments", {}))))
        except NoReverseMatch:
            continue  # the page of an older version; the measurement stays readable without it
    return found
