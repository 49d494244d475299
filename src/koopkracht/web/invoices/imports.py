"""The import of invoices: choose a file, see the verdicts, put them in the inbox."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.exchange import api as exchange
from koopkracht.exchange.types import ReceiptView
from koopkracht.shared.errors import Conflict, NotFound, Rejected
from koopkracht.web.invoices.words import OUTCOMES, STATES
from koopkracht.web.notices.words import money, word
from koopkracht.web.ui.page import Request, page, render

_INVOICE_ARTEFACTS = ("en16931-ubl", "ubl-xsd", "peppol-ubl")


class InvoiceFileForm(forms.Form):
    """One invoice, or an archive of them."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("Eén factuur of creditnota (XML), of een archief ervan (.zip, .tar of .tar.gz)."),
        error_messages={
            "required": gettext_lazy("Kies eerst een bestand op uw computer."),
            "empty": gettext_lazy("Dit bestand is leeg. Vraag de factuur opnieuw op."),
        },
    )


@require_http_methods(["GET", "POST"])
@page("invoice.import")
def upload(request: Request) -> HttpResponse:
    """Take a file in and judge every invoice in it."""
    form = InvoiceFileForm(request.POST, request.FILES) if request.method == "POST" else InvoiceFileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = exchange.receive_invoices(actor=request.actor, filename=file.name, stream=file.file)
            if received.status == "applied":
                messages.info(request, _("Dit bestand is al ingeladen. Er verandert niets."))
            elif received.status != "applying":
                exchange.plan_invoices(actor=request.actor, receipt_id=received.id)
            return redirect("invoices-receipt", receipt_id=received.id)
        except Rejected as error:
            form.add_error("file", error.message)
    context = {
        "form": form,
        "receipts": exchange.receipts(organisation_id=request.actor.organisation_id, kind="invoices", limit=10),
        "rules": [state for state in exchange.artefacts() if state.kind in _INVOICE_ARTEFACTS],
    }
    return render(request, "invoices/upload.html", context, status=422 if form.errors else 200)


@require_GET
@page("invoice.import")
def receipt(request: Request, receipt_id: int) -> HttpResponse:
    """Show where a file stands: what it will do, that it is busy, or what it did."""
    found = _receipt(request, receipt_id)
    if found.status == "applying":
        return render(request, "invoices/progress.html", {"receipt": found}, block="progress")
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context: dict[str, Any] = {
        "receipt": found,
        "counts": {name: found.plan.get("counts", {}).get(name, 0) for name in (*OUTCOMES, "documents")},
        "done": {name: found.counts.get(name, 0) for name in (*STATES, "known", "unreadable")},
        "documents": [_document(line) for line in found.plan.get("documents", [])],
        "not_shown": found.plan.get("not_shown", 0),
    }
    template = {"planned": "invoices/preview.html", "applied": "invoices/report.html"}.get(found.status)
    return render(request, template or "invoices/stopped.html", context)


@require_POST
@page("invoice.import")
def apply(request: Request, receipt_id: int) -> HttpResponse:
    """Put the invoices in the inbox, at once or in the background."""
    try:
        job = exchange.start_apply_invoices(actor=request.actor, receipt_id=receipt_id)
    except (Rejected, Conflict) as error:
        messages.error(request, error.message)
    else:
        if job is None:
            messages.success(request, _("De facturen staan in de inbox."))
    return redirect("invoices-receipt", receipt_id=receipt_id)


def _document(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": line["name"],
        "outcome": word(OUTCOMES, line["outcome"]),
        "number": line.get("number", ""),
        "seller": line.get("seller", ""),
        "amount": _amount(line.get("payable", ""), line.get("currency", "")),
        "why": ", ".join(line.get("rules", [])) or line.get("message", ""),
    }


def _amount(written: str, currency: str) -> str:
    """Write an amount as in Belgium; what the document states and is no amount is shown as it stands."""
    try:
        amount = Decimal(written)
    except InvalidOperation:
        return f"{written} {currency}".strip()
    return money(amount, currency) if amount.is_finite() else f"{written} {currency}".strip()


def _receipt(request: Request, receipt_id: int) -> ReceiptView:
    found = exchange.receipt(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    if found.kind != "invoices":
        raise NotFound(_("Dit bestand bestaat niet (meer)."), code="receipt-not-found")
    return found
