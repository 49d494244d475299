"""The purchasing plan: list, totals per segment, quick entry."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.web.strategy.plan_forms import PlannedPurchaseForm
from koopkracht.web.strategy.successors import successor_of
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render


def _segments() -> list[tuple[Any, Any]]:
    return [(segment.code, segment.name) for segment in catalogue.segments()]


PLAN = Listing(
    name="aankoopplanning",
    caption=gettext_lazy("Geplande aankopen"),
    columns=(
        Column("title", gettext_lazy("Titel"), sort=True, href=link_to("planned-purchase", purchase_id="id")),
        Column("segment", gettext_lazy("Segment")),
        Column("group", gettext_lazy("Productgroep"), sort=True),
        Column("amount", gettext_lazy("Geraamd bedrag"), format="euro_round", sort=True),
        Column("start", gettext_lazy("Start"), format="date_short", sort=True),
        Column("duration", gettext_lazy("Maanden"), format="number"),
        Column("responsible", gettext_lazy("Verantwoordelijke")),
        Column("source", gettext_lazy("Bron")),
    ),
    filters=(
        Filter("segment", gettext_lazy("Segment"), options=_segments),
        Filter(
            "source",
            gettext_lazy("Bron"),
            options=[(code.value, text) for code, text in strategy.SOURCE_LABELS.items()],
        ),
    ),
    sort="start",
    search=gettext_lazy("Zoek in de titels"),
    empty_title=gettext_lazy("Nog geen geplande aankopen"),
    empty_text=gettext_lazy("Laad uw planning in, of voeg een aankoop toe waarvan u al weet."),
)


@require_GET
@page("plan.view")
def plan(request: Request) -> HttpResponseBase:
    """Show the plan and its totals per segment."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return strategy.list_planned_purchases(actor=request.actor, query=query).map(_row)

    names = dict(_segments())
    totals = [
        {
            "segment": names.get(total.segment, _("Nog geen segment")),
            "purchases": total.purchases,
            "amount": total.amount,
            "without": total.without_amount,
        }
        for total in strategy.totals_by_segment(organisation_id=request.actor.organisation_id)
    ]
    return PLAN.respond(request, fetch, "strategy/plan.html", {"totals": totals})


def _row(view: PlannedPurchaseView) -> dict[str, Any]:
    group = catalogue.product_group(code=view.product_group) if view.product_group else None
    return {
        "id": view.id,
        "title": view.title,
        "segment": group.segment.name if group else "",
        "group": group.name if group else "",
        "amount": view.amount,
        "start": view.start,
        "duration": view.duration_months,
        "responsible": view.responsible,
        "source": _source(view),
    }


def _source(view: PlannedPurchaseView) -> str:
    label = str(strategy.SOURCE_LABELS[view.source])
    return f"{label} ({view.contact})" if view.contact else label


@require_http_methods(["GET", "POST"])
@page("plan.edit")
def add(request: Request) -> HttpResponse:
    """Add one planned purchase, also one heard from a colleague."""
    form = PlannedPurchaseForm(request.POST or None, initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        try:
            strategy.put_planned_purchases(actor=request.actor, entries=[form.entry()])
        except Rejected as error:
            form.add_error(error.details.get("field"), error.message)
        else:
            messages.success(request, _("“%(title)s” staat in de planning.") % {"title": form.cleaned_data["title"]})
            return redirect("purchasing-plan")
    status = 422 if form.errors else 200
    return render(request, "strategy/plan_add.html", {"form": form}, status=status)


def _proposed(request: Request) -> dict[str, Any]:
    """Return what the address proposes for an empty form: a successor of a contract, or a line to complete."""
    asked = request.GET
    if asked.get("aankoop", "").isdecimal():
        known = screening.planned_purchase(actor=request.actor, purchase_id=int(asked["aankoop"]))
        return {field: getattr(known, field) for field in PlannedPurchaseForm.base_fields}
    if not asked.get("contract", "").isdecimal():
        return {}
    proposal = successor_of(request.actor, int(asked["contract"]))
    return {} if proposal is None else proposal


@require_POST
@page("plan.edit")
def remove(request: Request, purchase_id: int) -> HttpResponse:
    """Take a line out of the plan."""
    strategy.remove_planned_purchase(actor=request.actor, purchase_id=purchase_id)
    messages.success(request, _("De aankoop is uit de planning gehaald."))
    return redirect("purchasing-plan")
