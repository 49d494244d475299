"""The pages with figures: overview, product group, supplier, where it can make a difference, and the definitions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring import words
from koopkracht.monitoring.types import Overview, SpendRow
from koopkracht.web.diagnosis import figures
from koopkracht.web.diagnosis.address import PAGE, YEAR, Period, link, whole
from koopkracht.web.diagnosis.rows import (
    benchmark_rows,
    candidate_rows,
    group_rows,
    growth_sentence,
    month_series,
    spend_rows,
    supplier_rows,
    year_rows,
)
from koopkracht.web.ui import formats
from koopkracht.web.ui.page import Request, page, render

OPPORTUNITIES = 20
"""Product groups on one page of chances."""

ZERO = Decimal(0)
CHARTED = 12
"""Product groups in the picture of the overview; the table has them all."""


@page("spend.view")
def overview(request: Request) -> HttpResponse:
    """Show where the money went in a year."""
    period = Period.of(request.GET)
    found = monitoring.overview(organisation_id=request.actor.organisation_id, year=period.year, compare=period.compare)
    if found.figures is None:
        return render(request, "diagnosis/empty.html", {"provenance": found.provenance, "found": found})
    values = monitoring.kpi_values(overview=found)
    address = {"jaar": found.year, "vergelijk": found.compare}
    context = {
        "found": found,
        "figures": figures.overview_figures(values, found),
        "notice_figures": figures.notice_figures(values, found),
        "groups": group_rows(found.groups, address),
        "chart": _group_chart(found),
        "kinds": spend_rows(found.kinds),
        "sizes": spend_rows(found.sizes),
        "suppliers": supplier_rows(found.top_suppliers, address),
        "trend": year_rows(found.trend),
        "benchmark": benchmark_rows(found.benchmark),
        "lines": link("diagnosis-lines", {"jaar": found.year}),
        "address": address,
        "link": link,
    }
    return render(request, "diagnosis/overview.html", context)


@page("spend.view")
def group(request: Request, code: str) -> HttpResponse:
    """Show one product group: suppliers, trend, contracts that end, and who else could do this."""
    period = Period.of(request.GET)
    found = monitoring.group_page(
        organisation_id=request.actor.organisation_id, code=code, year=period.year, compare=period.compare
    )
    address = {"jaar": found.year, "vergelijk": found.compare}
    known = catalogue.product_group(code=code)
    context = {
        "found": found,
        "name": known.name,
        "description": known.description,
        "segment": known.segment.name,
        "growth": growth_sentence(found.row.growth if found.row else None, found.compare),
        "features": found.features,
        "trend": spend_rows(found.trend),
        "suppliers": supplier_rows(found.suppliers, address),
        "candidates": candidate_rows(found.candidates),
        "months": month_series(found.months),
        "month_names": formats.MONTHS,
        "lines": link("diagnosis-lines", {"jaar": found.year, "groep": code}),
        "address": address,
        "link": link,
    }
    return render(request, "diagnosis/group.html", context)


@page("spend.view")
def supplier(request: Request, supplier_id: int) -> HttpResponse:
    """Show what was bought from one supplier, year by year."""
    period = Period.of(request.GET)
    found = monitoring.supplier_page(
        organisation_id=request.actor.organisation_id, supplier_id=supplier_id, year=period.year
    )
    address = {"jaar": found.year}
    context = {
        "found": found,
        "years": spend_rows(found.years),
        "now": next((row for row in spend_rows(found.years) if row["key"] == str(found.year)), None),
        "kind": words.kind_names().get(found.kind, found.kind),
        "size": words.size_names().get(found.size, found.size),
        "groups": group_rows(found.groups, address),
        "lines": link("diagnosis-lines", {"jaar": found.year, "leverancier": found.supplier_id}),
        "address": address,
        "link": link,
    }
    return render(request, "diagnosis/supplier.html", context)


@page("spend.view")
def opportunities(request: Request) -> HttpResponse:
    """Show product groups in the order of how many checkable reasons speak for another way of buying."""
    year, years, found = monitoring.opportunities(
        organisation_id=request.actor.organisation_id, year=Period.of(request.GET).year
    )
    pages = max(1, -(-len(found) // OPPORTUNITIES))
    number = min(max(1, whole(request.GET, PAGE) or 1), pages)
    part = found[(number - 1) * OPPORTUNITIES : number * OPPORTUNITIES]

    def to(other: int) -> str:
        return link("diagnosis-opportunities", {YEAR: year, PAGE: other}) if 1 <= other <= pages else ""

    context = {
        "year": year,
        "years": years,
        "found": [{"one": one, "href": link("diagnosis-group", {YEAR: year}, code=one.product_group)} for one in part],
        "names": monitoring.product_group_names(codes=[one.product_group for one in part]),
        "previous": to(number - 1),
        "next": to(number + 1),
        "first": to(1) if number > 2 else "",
    }
    return render(request, "diagnosis/opportunities.html", context)


@page("spend.view")
def definitions(request: Request) -> HttpResponse:
    """Show what each key figure means."""
    return render(request, "diagnosis/definitions.html", {"definitions": monitoring.kpi_definitions()})


@require_POST
def _share(request: Request) -> HttpResponse:
    shares = request.POST.get("deel") == "ja"
    monitoring.set_sharing(actor=request.actor, shares=shares)
    text = (
        _("Uw jaartotalen tellen nu mee in de vergelijking. Niemand ziet uw cijfers apart.")
        if shares
        else _("Uw jaartotalen tellen niet meer mee in de vergelijking.")
    )
    messages.success(request, text)
    return redirect(link("diagnosis") + "#vergelijking")


share = page("benchmark.manage")(_share)


def _group_chart(found: Overview) -> dict[str, Any]:
    """Return the largest product groups as bars, the rest as one bar, and what is not assigned always by itself."""
    assigned = [row for row in found.groups if row.key and row.amount > 0]
    rest = assigned[CHARTED:]
    bars = [(row.label, row.amount, _before(row)) for row in assigned[:CHARTED]]
    if rest:
        label = _("Andere productgroepen (%(count)s)") % {"count": len(rest)}
        bars.append((label, sum((row.amount for row in rest), ZERO), sum((_before(row) for row in rest), ZERO)))
    bars.extend((row.label, row.amount, _before(row)) for row in found.groups if not row.key)
    series = [{"name": str(found.year), "values": [bar[1] for bar in bars]}]
    if found.compare is not None:
        series.append({"name": str(found.compare), "values": [bar[2] for bar in bars]})
    return {"categories": [bar[0] for bar in bars], "series": series}


def _before(row: SpendRow) -> Decimal:
    return row.growth.before if row.growth else ZERO
