"""The import of OCDS packages: choose a file, see what will happen, take it over, read what happened."""

from __future__ import annotations

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
from koopkracht.web.notices.words import OUTCOMES, word
from koopkracht.web.ui.page import Request, page, render

_SHOWN_ISSUES = 200


class PackageForm(forms.Form):
    """One package, lines, or an archive."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "Een OCDS-pakket (JSON), een bestand met één pakket per regel, of een archief (.zip, .tar of .tar.gz)."
        ),
        error_messages={
            "required": gettext_lazy("Kies eerst een bestand op uw computer."),
            "empty": gettext_lazy("Dit bestand is leeg. Download het pakket opnieuw."),
        },
    )


@require_http_methods(["GET", "POST"])
@page("register.import")
def upload(request: Request) -> HttpResponse:
    """Take a file in and look at every process in it."""
    form = PackageForm(request.POST, request.FILES) if request.method == "POST" else PackageForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = exchange.receive_ocds(actor=request.actor, filename=file.name, stream=file.file)
            if received.status == "applied":
                messages.info(request, _("Dit bestand is al ingeladen. Er verandert niets."))
            elif received.status != "applying":
                exchange.plan_ocds(actor=request.actor, receipt_id=received.id)
            return redirect("ocds-receipt", receipt_id=received.id)
        except Rejected as error:
            form.add_error("file", error.message)
    context = {
        "form": form,
        "receipts": exchange.receipts(organisation_id=request.actor.organisation_id, kind="ocds", limit=10),
        "schemas": exchange.current_artefact(kind="ocds-schema"),
    }
    return render(request, "open_data/upload.html", context, status=422 if form.errors else 200)


@require_GET
@page("register.import")
def receipt(request: Request, receipt_id: int) -> HttpResponse:
    """Show where a file stands: what it will do, that it is busy, or what it did."""
    found = _receipt(request, receipt_id)
    if found.status == "applying":
        return render(request, "open_data/progress.html", {"receipt": found}, block="progress")
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.status not in ("planned", "applied"):
        return render(request, "open_data/stopped.html", {"receipt": found})
    figures = found.counts if found.status == "applied" else found.plan.get("counts", {})
    context: dict[str, Any] = {
        "receipt": found,
        "is_done": found.status == "applied",
        "counts": {name: figures.get(name, 0) for name in OUTCOMES},
        "documents": [_document(line) for line in found.plan.get("documents", [])],
        "not_shown": found.plan.get("not_shown", 0),
        "issues": _issues(request, receipt_id),
    }
    return render(request, "open_data/receipt.html", context)


@require_POST
@page("register.import")
def apply(request: Request, receipt_id: int) -> HttpResponse:
    """Take the processes over, at once or in the background."""
    try:
        job = exchange.start_apply_ocds(actor=request.actor, receipt_id=receipt_id)
    except (Rejected, Conflict) as error:
        messages.error(request, error.message)
    else:
        if job is None:
            messages.success(request, _("De gegevens staan in het register."))
    return redirect("ocds-receipt", receipt_id=receipt_id)


def _document(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "outcome": word(OUTCOMES, line["outcome"]),
        "title": line.get("title") or line.get("message", ""),
        "buyer": line.get("buyer", ""),
        "contracts": line.get("contracts", 0),
        "warnings": line.get("warnings", 0),
        "name": line["name"],
    }


def _issues(request: Request, receipt_id: int) -> list[dict[str, str]]:
    labels = {"error": _("Niet ingeladen"), "warning": _("Kijk na"), "info": _("Ter informatie")}
    found = exchange.issues(organisation_id=request.actor.organisation_id, receipt_id=receipt_id, limit=_SHOWN_ISSUES)
    return [
        {"level": labels[one.severity], "document": one.column, "message": one.message, "pointer": one.pointer}
        for one in found
    ]


def _receipt(request: Request, receipt_id: int) -> ReceiptView:
    found = exchange.receipt(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    if found.kind != "ocds":
        raise NotFound(_("Dit bestand bestaat niet (meer)."), code="receipt-not-found")
    return found
