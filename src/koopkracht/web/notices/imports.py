"""The import of notices: choose a file, see what will happen, take it over, read what happened."""

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
from koopkracht.web.notices.words import FORM_TYPES, OUTCOMES, word
from koopkracht.web.ui.page import Request, page, render

_SHOWN_ISSUES = 200


class NoticeFileForm(forms.Form):
    """One notice, or an archive of them."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("Eén aankondiging (XML), of een archief met aankondigingen (.zip, .tar of .tar.gz)."),
        error_messages={
            "required": gettext_lazy("Kies eerst een bestand op uw computer."),
            "empty": gettext_lazy("Dit bestand is leeg. Download de aankondiging opnieuw."),
        },
    )


@require_http_methods(["GET", "POST"])
@page("register.import")
def upload(request: Request) -> HttpResponse:
    """Take a file in and look at every notice in it."""
    form = NoticeFileForm(request.POST, request.FILES) if request.method == "POST" else NoticeFileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = exchange.receive_notices(actor=request.actor, filename=file.name, stream=file.file)
            if received.status == "applied":
                messages.info(request, _("Dit bestand is al ingeladen. Er verandert niets."))
            elif received.status != "applying":
                exchange.plan_notices(actor=request.actor, receipt_id=received.id)
            return redirect("notices-receipt", receipt_id=received.id)
        except Rejected as error:
            form.add_error("file", error.message)
    context = {
        "form": form,
        "receipts": exchange.receipts(organisation_id=request.actor.organisation_id, kind="notices", limit=10),
    }
    return render(request, "notices/upload.html", context, status=422 if form.errors else 200)


@require_GET
@page("register.import")
def receipt(request: Request, receipt_id: int) -> HttpResponse:
    """Show where a file stands: what it will do, that it is busy, or what it did."""
    found = _receipt(request, receipt_id)
    if found.status == "applying":
        return render(request, "notices/progress.html", {"receipt": found}, block="progress")
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context: dict[str, Any] = {
        "receipt": found,
        "counts": {name: found.plan.get("counts", {}).get(name, 0) for name in _COUNTS},
        "done": {name: found.counts.get(name, 0) for name in OUTCOMES},
        "documents": [_document(line) for line in found.plan.get("documents", [])],
        "not_shown": found.plan.get("not_shown", 0),
        "issues": _issues(request, receipt_id),
    }
    template = {"planned": "notices/preview.html", "applied": "notices/report.html"}.get(found.status)
    return render(request, template or "notices/stopped.html", context)


_COUNTS = (*OUTCOMES, "documents", "lots", "results", "contracts", "own")


def _document(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": line["name"],
        "title": line.get("title") or line.get("message", ""),
        "kind": word(FORM_TYPES, line.get("form_type", "")),
        "buyer": line.get("buyer", ""),
        "own": _("Wij zelf") if line.get("is_own") else "",
        "outcome": word(OUTCOMES, line["outcome"]),
        "warnings": line.get("warnings", 0),
    }


def _issues(request: Request, receipt_id: int) -> list[dict[str, str]]:
    labels = {"error": _("Niet ingeladen"), "warning": _("Kijk na"), "info": _("Ter informatie")}
    order = list(labels)
    found = exchange.issues(organisation_id=request.actor.organisation_id, receipt_id=receipt_id, limit=2000)
    chosen = sorted(found, key=lambda issue: order.index(issue.severity))[:_SHOWN_ISSUES]
    return [
        {"level": labels[one.severity], "document": one.column, "message": one.message, "pointer": one.pointer}
        for one in chosen
    ]


@require_POST
@page("register.import")
def apply(request: Request, receipt_id: int) -> HttpResponse:
    """Take the notices over, at once or in the background."""
    try:
        job = exchange.start_apply_notices(actor=request.actor, receipt_id=receipt_id)
    except (Rejected, Conflict) as error:
        messages.error(request, error.message)
    else:
        if job is None:
            messages.success(request, _("De aankondigingen zijn ingeladen."))
    return redirect("notices-receipt", receipt_id=receipt_id)


def _receipt(request: Request, receipt_id: int) -> ReceiptView:
    found = exchange.receipt(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    if found.kind != "notices":
        raise NotFound(_("Dit bestand bestaat niet (meer)."), code="receipt-not-found")
    return found
