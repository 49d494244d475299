"""The work list: money without a product group, biggest first, assigned in one click."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring.types import Suggestion, WorkItem
from koopkracht.shared.errors import NotFound
from koopkracht.web.diagnosis.address import LARGEST_NUMBER, PAGE, link, whole
from koopkracht.web.ui.page import Request, page, render


class AssignmentForm(forms.Form):
    """One combination and the product group a person chose for it."""

    supplier = forms.IntegerField(min_value=-LARGEST_NUMBER, max_value=LARGEST_NUMBER)
    account = forms.CharField(required=False, max_length=60, strip=False)
    description = forms.CharField(required=False, max_length=80, strip=False)
    split = forms.BooleanField(required=False)
    product_group = forms.CharField(max_length=64)
    back = forms.CharField(required=False, max_length=500)


@page("spend.view")
def worklist(request: Request) -> HttpResponse:
    """Show what is left to assign, with a suggestion where there is one."""
    supplier_id, split = whole(request.GET, "leverancier"), "rekening" in request.GET
    account = request.GET.get("rekening", "") if split and supplier_id is not None else None
    found = monitoring.worklist(
        organisation_id=request.actor.organisation_id,
        page=whole(request.GET, PAGE) or 1,
        supplier_id=supplier_id,
        account_code=account,
    )
    base = {"leverancier": supplier_id} if account is not None else {}
    keep = f"&{urlencode({'rekening': account})}" if account is not None else ""
    names = monitoring.product_group_names(
        codes=[item.suggestion.product_group for item in found.items if item.suggestion]
    )
    context = {
        "found": found,
        "split": account is not None,
        "items": [_item(item, names) for item in found.items],
        "groups": monitoring.product_group_choices(),
        "may_assign": request.actor.may("spend.classify"),
        "provenance": monitoring.provenance(organisation_id=request.actor.organisation_id),
        "previous": link("assignment", {**base, PAGE: found.page - 1}) + keep if found.page > 1 else "",
        "next": link("assignment", {**base, PAGE: found.page + 1}) + keep if found.page < found.pages else "",
        "back": request.get_full_path(),
    }
    return render(request, "diagnosis/worklist.html", context)


@require_POST
def _assign(request: Request) -> HttpResponse:
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies eerst een productgroep uit de lijst."))
        return redirect(_back(request, request.POST.get("back", "")))
    values = form.cleaned_data
    item = monitoring.work_item(
        organisation_id=request.actor.organisation_id,
        supplier_id=values["supplier"],
        account_code=values["account"],
        description_key=values["description"] if values["split"] else None,
    )
    if item is None:
        raise NotFound(
            _("Deze combinatie van leverancier en rekening komt niet meer voor. Open de werklijst opnieuw."),
            code="combination-not-found",
        )
    monitoring.assign(actor=request.actor, item=item, product_group=values["product_group"])
    name = monitoring.product_group_names(codes=[values["product_group"]])[values["product_group"]]
    messages.success(
        request,
        _("%(supplier)s staat nu bij «%(group)s». De cijfers worden bijgewerkt.")
        % {"supplier": item.supplier_name, "group": name},
    )
    return redirect(_back(request, values["back"]))


@page("spend.view")
def decisions(request: Request) -> HttpResponse:
    """Show the latest decisions, so that each can be taken back."""
    found = monitoring.decisions(organisation_id=request.actor.organisation_id)
    context = {
        "found": found,
        "names": monitoring.product_group_names(codes=[one.product_group for one in found]),
        "may_assign": request.actor.may("spend.classify"),
    }
    return render(request, "diagnosis/decisions.html", context)


@require_POST
def _withdraw(request: Request, decision_id: int) -> HttpResponse:
    monitoring.withdraw(actor=request.actor, decision_id=decision_id)
    messages.success(request, _("De toewijzing is teruggenomen. De regels beslissen weer."))
    return redirect("assignment-decisions")


assign = page("spend.classify")(_assign)
withdraw = page("spend.classify")(_withdraw)


def _back(request: Request, wanted: str) -> str:
    """Return where the person came from, if that is one of our own pages."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe else link("assignment")


def _item(item: WorkItem, names: Any) -> dict[str, Any]:
    return {
        "item": item,
        # An empty account is a choice of its own here, so the address keeps it.
        "split": f"{link('assignment')}?{urlencode({'leverancier': item.supplier_id, 'rekening': item.account_code})}",
        "lines": link(
            "diagnosis-lines",
            {"leverancier": item.supplier_id, "rekening": item.account_code, "groep": "geen"},
        ),
        "suggested": names.get(item.suggestion.product_group, "") if item.suggestion else "",
        "reasons": _reasons(item, item.suggestion) if item.suggestion else "",
    }


def _reasons(item: WorkItem, suggestion: Suggestion) -> str:
    """Return in words why this is suggested."""
    texts = []
    for feature, hits, total in suggestion.reasons:
        kind, _colon, value = feature.partition(":")
        what = {
            "supplier": _("deze leverancier"),
            "account": _("rekening %(account)s") % {"account": value},
        }.get(kind, _("het woord «%(word)s»") % {"word": value})
        texts.append(_("%(what)s: %(hits)s van %(total)s keer") % {"what": what, "hits": hits, "total": total})
    return "; ".join(texts)
