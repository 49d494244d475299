"""Planned purchases in the light of the selection: marking them, and what the method says about one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.strategy.api import selection as api
from koopkracht.strategy.types.selection import MarkedPurchase, SizeClass
from koopkracht.web.strategy.selection import tried
from koopkracht.web.strategy.selection_forms import MarkForm
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("plan.view")
def purchases(request: Request) -> HttpResponseBase:
    """Show the planned purchases in product groups with priority, for the buyer to mark."""
    found = api.planned_in_priority(organisation_id=request.actor.organisation_id)
    groups = api.priority_groups(organisation_id=request.actor.organisation_id)
    mine = request.GET.get("verantwoordelijke", "").strip()
    names = sorted({one.purchase.responsible for one in found if one.purchase.responsible})
    context = {
        "rows": [_row(one) for one in found if not mine or one.purchase.responsible == mine],
        "groups": len(groups),
        "marked": sum(1 for one in found if one.mark is not None),
        "all": len(found),
        "names": names,
        "mine": mine,
    }
    return render(request, "strategy/selection_purchases.html", context)


def _row(one: MarkedPurchase) -> dict[str, Any]:
    group = catalogue.product_group(code=one.purchase.product_group)
    return {"purchase": one.purchase, "group": group, "mark": one.mark}


@require_GET
@page("plan.view")
def purchase(request: Request, purchase_id: int) -> HttpResponseBase:
    """Show what the method says about one planned purchase."""
    return _page(request, purchase_id, None)


def _page(request: Request, purchase_id: int, form: MarkForm | None) -> HttpResponse:
    organisation_id = request.actor.organisation_id
    found = api.judge(organisation_id=organisation_id, purchase_id=purchase_id)
    code = found.purchase.product_group
    group = catalogue.product_group(code=code) if code else None
    people = {found.mark.marked_by} if found.mark and found.mark.marked_by else set()
    context = {
        "judgement": found,
        "purchase": found.purchase,
        "group": group,
        "score": api.two_decimals(value=found.group.score) if found.group else None,
        "status_labels": api.STATUS_LABELS,
        "size_label": api.SIZE_LABELS[found.size] if found.size else "",
        "small": found.size is SizeClass.SMALL,
        "large": found.size is SizeClass.LARGE,
        "content": api.content(),
        "form": form or MarkForm(initial={"reason": found.mark.reason if found.mark else ""}),
        "people": accounts.names_of(organisation_id=organisation_id, user_ids=people),
    }
    return render(request, "strategy/selection_purchase.html", context, status=422 if form else 200)


@require_POST
@page("plan.edit")
def mark(request: Request, purchase_id: int) -> HttpResponse:
    """Say that social impact gets priority in a planned purchase."""
    form = MarkForm(request.POST)
    if form.is_valid() and tried(
        form,
        lambda: api.mark(actor=request.actor, purchase_id=purchase_id, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Sociale impact krijgt voorrang in deze aankoop."))
        return redirect("selection-purchase", purchase_id=purchase_id)
    return _page(request, purchase_id, form)


@require_POST
@page("plan.edit")
def unmark(request: Request, purchase_id: int) -> HttpResponse:
    """Take the mark of a planned purchase away."""
    api.unmark(actor=request.actor, purchase_id=purchase_id)
    messages.success(request, _("De aanduiding is weg."))
    return redirect("selection-purchase", purchase_id=purchase_id)
