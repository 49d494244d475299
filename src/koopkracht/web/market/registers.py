"""Importing a register: choose a file, check what it says, take it over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.exchange import api as exchange
from koopkracht.exchange.types import ReceiptView
from koopkracht.shared.errors import NotFound, Rejected
from koopkracht.web.market.forms import RegisterFileForm
from koopkracht.web.ui.formats import euro
from koopkracht.web.ui.page import Request, page, render

_LEADS_TO = {
    "suppliers": "suppliers",
    "social-enterprises": "social-enterprises",
    "purchasing-plan": "purchasing-plan",
}


@require_http_methods(["GET", "POST"])
@page("register.import")
def upload(request: Request) -> HttpResponse:
    """Take a register in and look at it."""
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _received(request, form.cleaned_data)
        except Rejected as error:
            form.add_error("file", error.message)
    context = {"form": form, "kinds": exchange.register_kinds()}
    return render(request, "market/register_upload.html", context, status=422 if form.errors else 200)


def _received(request: Request, data: dict[str, Any]) -> HttpResponse:
    file = data["file"]
    found = exchange.receive_register(actor=request.actor, filename=file.name, stream=file.file, source=data["source"])
    if found.status == "applied":
        messages.info(request, _("Dit bestand is al ingeladen. Er verandert niets."))
    else:
        exchange.plan_register(actor=request.actor, receipt_id=found.id, register=data["register"])
    return redirect("register-receipt", receipt_id=found.id)


@require_GET
@page("register.import")
def receipt(request: Request, receipt_id: int) -> HttpResponse:
    """Show what a register will change, or has changed."""
    found = _receipt(request, receipt_id)
    if found.status == "rejected":
        messages.error(request, found.status_message)
        return redirect("register-upload")
    context = {
        "receipt": found,
        "issues": exchange.issues(organisation_id=request.actor.organisation_id, receipt_id=receipt_id),
        "preview": [_preview(row, found.plan["register"]) for row in found.plan.get("preview", [])],
        "headings": _headings(found.plan.get("register", "")),
        "leads_to": _LEADS_TO.get(found.plan.get("register", ""), "suppliers"),
    }
    name = "market/register_done.html" if found.status == "applied" else "market/register_check.html"
    return render(request, name, context)


def _preview(row: list[str], register: str) -> dict[str, str]:
    first, second, third = row
    if register == "purchasing-plan":
        second = catalogue.product_group(code=second).name if second else ""
        third = euro(Decimal(third))
    return {"first": first, "second": second, "third": third}


def _headings(register: str) -> tuple[str, str, str]:
    """Return the headings of the first rows."""
    number = _("Ondernemingsnummer")
    headings = {
        "social-enterprises": (_("Naam"), number, _("Productgroepen")),
        "purchasing-plan": (_("Titel"), _("Productgroep"), _("Geraamd bedrag")),
    }
    return headings.get(register, (_("Naam"), number, _("Leveranciersnummer")))


@require_POST
@page("register.import")
def apply(request: Request, receipt_id: int) -> HttpResponse:
    """Take the usable rows over."""
    _receipt(request, receipt_id)
    try:
        exchange.apply_register(actor=request.actor, receipt_id=receipt_id)
    except Rejected as error:
        messages.error(request, error.message)
    return redirect("register-receipt", receipt_id=receipt_id)


@require_GET
@page("register.import")
def rejected(request: Request, receipt_id: int) -> HttpResponseBase:
    """Hand out the rows to mend."""
    _receipt(request, receipt_id)
    name, path = exchange.rejected_file(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@require_GET
@page("register.import")
def template(_request: Request, register: str) -> HttpResponse:
    """Hand out an empty file with the right columns."""
    if register not in {code for code, _label, _explained in exchange.register_kinds()}:
        raise NotFound(_("Dit register bestaat niet."), code="register-unknown")
    answer = HttpResponse(exchange.register_template(register=register), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="voorbeeld-{register}.csv"'
    return answer


def _receipt(request: Request, receipt_id: int) -> ReceiptView:
    found = exchange.receipt(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    if found.kind != "register":
        raise NotFound(_("Dit bestand is geen register."), code="receipt-not-found")
    return found
