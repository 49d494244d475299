"""Indicators to look at: the list, one indicator with its values and target, and trends per theme."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from koopkracht.accounts import api as accounts
from koopkracht.documents import api as documents
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorKind, IndicatorView, MeasurementView, Standing, State
from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring.types import MeasureValue
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.diagnosis.address import whole
from koopkracht.web.strategy import indicator_words as words
from koopkracht.web.strategy.indicator_subjects import name_of
from koopkracht.web.ui.formats import euro, number
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

_FORMATS = {IndicatorKind.SHARE: "percent", IndicatorKind.AMOUNT: "euro_round"}
_MOST_YEARS = 12


def _options(labels: Any) -> list[tuple[Any, Any]]:
    return [(code.value, text) for code, text in labels.items()]


def _themes() -> list[tuple[Any, Any]]:
    return [(code, name) for code, name, _goal in monitoring.measure_themes()]


INDICATORS = Listing(
    name="indicatoren",
    caption=gettext_lazy("Indicatoren"),
    columns=(
        Column("name", gettext_lazy("Indicator"), sort=True, href=link_to("indicator", indicator_id="id")),
        Column("verdict", gettext_lazy("Besluit")),
        Column("period", gettext_lazy("Periode")),
        Column("target", gettext_lazy("Streefwaarde"), css="kk-num"),
        Column("actual", gettext_lazy("Nu"), css="kk-num"),
        Column("gap", gettext_lazy("Verschil"), css="kk-num"),
        Column("trend", gettext_lazy("Trend")),
        Column("responsible", gettext_lazy("Verantwoordelijke")),
        Column("state", gettext_lazy("Stand"), sort=True),
        Column("kind", gettext_lazy("Soort"), export_only=True),
        Column("forecast", gettext_lazy("Verwachting"), export_only=True),
    ),
    filters=(
        Filter("state", gettext_lazy("Stand"), options=_options(indicators.STATE_LABELS)),
        Filter("kind", gettext_lazy("Soort"), options=_options(indicators.KIND_LABELS)),
        Filter("theme", gettext_lazy("Thema"), options=_themes),
    ),
    sort="name",
    search=gettext_lazy("Zoek op naam"),
    empty_title=gettext_lazy("Nog geen indicatoren"),
    empty_text=gettext_lazy("Begin met een kant-en-klare indicator: Koopkracht berekent die voor u."),
)  # fmt: skip


@require_GET
@page("indicator.view")
def overview(request: Request) -> HttpResponseBase:
    """Show all indicators with target, value, gap and forecast."""
    organisation_id = request.actor.organisation_id

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        part = indicators.list_indicators(actor=request.actor, query=query)
        ids = [one.id for one in part.rows]
        found = indicators.standings(organisation_id=organisation_id, indicator_ids=ids, on=clock.today())
        rows = {one.id: one for one in words.standing_rows(found)}
        people = {one.responsible_id for one in part.rows if one.responsible_id}
        names = accounts.names_of(organisation_id=organisation_id, user_ids=people)
        return part.map(lambda one: _row(one, rows[one.id], names))

    return INDICATORS.respond(request, fetch, "strategy/indicators.html")


def _row(view: IndicatorView, row: words.StandingRow, names: dict[int, str]) -> dict[str, Any]:
    kept = ("id", "name", "state", "period", "target", "actual", "gap", "forecast", "trend", "verdict")
    return {
        **{name: getattr(row, name) for name in kept},
        "kind": str(indicators.KIND_LABELS[view.kind]),
        "responsible": names.get(view.responsible_id or 0, ""),
    }


@require_GET
@page("indicator.view")
def one(request: Request, indicator_id: int) -> HttpResponse:
    """Show one indicator: what it means, how it stands, its values and the talks about it."""
    return render(request, "strategy/indicator.html", context_of(request, indicator_id))


def context_of(request: Request, indicator_id: int) -> dict[str, Any]:
    """Return everything the page of one indicator shows."""
    organisation_id = request.actor.organisation_id
    view = indicators.indicator(organisation_id=organisation_id, indicator_id=indicator_id)
    today = clock.today()
    (standing,) = indicators.standings(organisation_id=organisation_id, indicator_ids=[indicator_id], on=today)
    every = indicators.measurements(organisation_id=organisation_id, indicator_id=indicator_id)
    talks = indicators.discussions(organisation_id=organisation_id, indicator_id=indicator_id)
    people = {one.recorded_by_id for one in every if one.recorded_by_id} | {view.responsible_id or 0}
    names = accounts.names_of(organisation_id=organisation_id, user_ids=people)
    definition = monitoring.measure_definition(code=view.measure) if view.measure else None
    owner, owner_href = name_of(organisation_id=organisation_id, subject=view.subject, subject_key=view.subject_key)
    current = [_measurement(view, one, names) for one in every if one.is_current]
    groups = monitoring.product_group_names(codes=view.parameters.get("product_groups", ()))
    return {
        "view": view,
        "row": words.standing_rows([standing])[0],
        "standing": standing,
        "explanation": explanation(standing),
        "chart": _chart(view, every),
        "current": current,
        "replaced": [_measurement(view, one, names) for one in every if not one.is_current],
        "links": current[0]["links"] if current else [],
        "talks": talks,
        "responsible": names.get(view.responsible_id or 0, ""),
        "measure": definition,
        "groups": sorted(groups.values()),
        "labels": _labels(view),
        "owner": owner,
        "owner_href": owner_href,
        "targets": [
            (one, _path_text(view, one.path)) for one in
            indicators.targets(organisation_id=organisation_id, indicator_id=indicator_id)
        ],
        "may_measure": view.state is not State.CLOSED and (definition is None or bool(definition.entry)),
        "today": today,
    }  # fmt: skip


def _labels(view: IndicatorView) -> dict[str, str]:
    return {
        "kind": str(indicators.KIND_LABELS[view.kind]),
        "source": str(indicators.SOURCE_LABELS[view.source]),
        "frequency": str(indicators.FREQUENCY_LABELS[view.frequency]),
        "direction": str(indicators.DIRECTION_LABELS[view.direction]),
    }


def _measurement(view: IndicatorView, one: MeasurementView, names: dict[int, str]) -> dict[str, Any]:
    part = ""
    if one.numerator is not None and one.denominator is not None:
        # Money has cents in spend figures; counts of lots and results have none.
        write = euro if "lines" in one.provenance.get("counted", {}) or "entered" in one.provenance else number
        part = _("%(part)s van %(whole)s") % {"part": write(one.numerator), "whole": write(one.denominator)}
    return {
        "period": words.period_text(
            one.period, view.frequency, running=bool(one.period.end and one.period.end > clock.today())
        ),
        "value": words.value_text(view, one.value),
        "part": part,
        "source": one.source,
        "remark": one.remark,
        "recorded_at": one.recorded_at,
        "recorded_by": names.get(one.recorded_by_id or 0, "") if one.recorded_by_id else _("Koopkracht"),
        "evidence": one.evidence,
        "links": words.provenance_links(one.provenance),
    }


def explanation(one: Standing) -> list[str]:
    """Return in sentences how the indicator stands, the two gaps apart (CF-03, CF-04, AMB-08)."""
    view = one.indicator
    if one.actual is None:
        return [_("Er is nog geen waarde. Zodra er een is, vergelijkt Koopkracht ze met de streefwaarde.")]
    if view.target is None:
        return [_("Deze indicator wordt gevolgd zonder streefwaarde. U kunt er altijd een toevoegen.")]
    found = []
    if one.gap is not None:
        found.append(
            _("Het pad vraagt %(target)s. Nu is het %(actual)s: een verschil van %(gap)s.")
            % {
                "target": words.value_text(view, one.target),
                "actual": words.value_text(view, one.actual),
                "gap": words.gap_text(view, one.gap) or _("nul"),
            }
        )
    if one.end_gap is not None:
        found.append(
            _("Het einddoel is %(end)s in %(year)s. Daarmee is het verschil nu %(gap)s.")
            % {
                "end": words.value_text(view, one.end_value),
                "year": one.end_year,
                "gap": words.gap_text(view, one.end_gap) or _("nul"),
            }
        )
    return found + _ahead(one)


def _ahead(one: Standing) -> list[str]:
    view, found = one.indicator, []
    if one.forecast is not None:
        basis = (
            _("Gaat de afgesproken stap per jaar door")
            if view.target and view.target.yearly_growth is not None
            else _("Gaat de trend van de voorbije jaren door")
        )
        found.append(
            _("%(basis)s, dan komt u in %(year)s op %(value)s.")
            % {"basis": basis, "year": one.end_year, "value": words.value_text(view, one.forecast)}
        )
    if one.needed_growth is not None:
        found.append(
            _("Om het einddoel te halen is elk jaar een stap van %(step)s nodig.")
            % {"step": words.gap_text(view, one.needed_growth)}
        )
    if one.on_track is False and one.end_value is not None:
        found.append(_("Zo ligt u niet op koers. Bekijk of de stap groter kan, of pas het einddoel aan."))
    if one.trend is None and one.forecast is None and one.end_year is not None:
        found.append(_("Voor een verwachting zijn minstens twee afgelopen jaren met een waarde nodig."))
    return found


def _chart(view: IndicatorView, every: tuple[MeasurementView, ...]) -> dict[str, Any] | None:
    """Return values beside the path, oldest first; ``None`` while there is nothing to draw."""
    current = sorted((one for one in every if one.is_current), key=lambda one: one.period)
    points = {one.period.start: one.value for one in current}
    labels = {one.period.start: words.period_text(one.period, view.frequency) for one in current}
    path = view.target
    if path is not None:
        last = path.end_year or max([path.baseline_year, *(day.year for day in points)])
        for year in range(path.baseline_year, min(last, path.baseline_year + _MOST_YEARS) + 1):
            if not any(day.year == year for day in labels):
                labels[clock.today().replace(year=year, month=1, day=1)] = str(year)
    if len(labels) < 2:
        return None
    days = sorted(labels)
    series = [{"name": _("Waarde"), "values": [points.get(day) for day in days]}]
    if path is not None:
        series.append(
            {
                "name": _("Streefwaarde"),
                "values": [indicators.path_value(path=path, year=day.year) for day in days],
            }
        )
        if path.end_value is not None:
            ends: list[Decimal | None] = [path.end_value if day.year == path.end_year else None for day in days]
            series.append({"name": _("Einddoel"), "values": ends})
    return {"categories": [labels[day] for day in days], "series": series, "format": _FORMATS.get(view.kind, "number")}


def _path_text(view: IndicatorView, path: Any) -> str:
    """Write a target path in one line."""
    if path is None:
        return _("geen streefwaarde")
    parts = [
        _("vanaf %(year)s: %(value)s")
        % {"year": path.baseline_year, "value": words.value_text(view, path.baseline_value)}
    ]
    if path.yearly_growth:
        parts.append(_("%(step)s per jaar") % {"step": words.gap_text(view, path.yearly_growth)})
    if path.end_value is not None:
        parts.append(
            _("%(value)s in %(year)s") % {"value": words.value_text(view, path.end_value), "year": path.end_year}
        )
    return ", ".join(parts)


@require_GET
@page("indicator.view")
def evidence(request: Request, indicator_id: int, sha256: str) -> FileResponse:
    """Hand out a file that was given as evidence for a value of this indicator."""
    organisation_id = request.actor.organisation_id
    known = indicators.measurements(organisation_id=organisation_id, indicator_id=indicator_id)
    if not any(sha256 in one.evidence for one in known):
        raise NotFound(_("Dit bewijsstuk bestaat niet (meer)."), code="indicator-evidence-not-found")
    kept = documents.document(organisation_id=organisation_id, sha256=sha256)
    stream = documents.open_document(organisation_id=organisation_id, sha256=sha256)
    return FileResponse(stream, as_attachment=True, filename=kept.filename, content_type=kept.media_type)


@require_GET
@page("indicator.view")
def trends(request: Request) -> HttpResponse:
    """Show every measure over a chosen period, theme by theme (PL-3.2-03); nobody has to make an indicator first."""
    organisation_id = request.actor.organisation_id
    last = whole(request.GET, "tot") or clock.today().year
    first = whole(request.GET, "van") or last - 3
    found = {
        one.code: monitoring.measure_values(organisation_id=organisation_id, code=one.code)
        for one in monitoring.measure_definitions()
        if not one.entry
    }
    themes = [
        {
            "code": code,
            "name": name,
            "goal": goal,
            "charts": [
                _trend(one, found[one.code], first, last)
                for one in monitoring.measure_definitions()
                if one.theme == code and one.code in found
            ],
        }
        for code, name, goal in monitoring.measure_themes()
    ]
    return render(request, "strategy/indicator_trends.html", {"themes": themes, "first": first, "last": last})


def _trend(definition: Any, values: tuple[MeasureValue, ...], first: int, last: int) -> dict[str, Any]:
    chosen = [one for one in values if first <= one.year <= last]
    return {
        "code": definition.code,
        "name": definition.name,
        "definition": definition.definition,
        "source": definition.source,
        "categories": [str(one.year) for one in chosen],
        "values": [one.value for one in chosen],
        "format": _FORMATS.get(IndicatorKind(definition.kind), "number"),
    }
