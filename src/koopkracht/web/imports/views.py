"""Importing files: the start page, and the four steps of a spend file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.exchange import api as exchange
from koopkracht.exchange.types import ReceiptView
from koopkracht.jobs import api as jobs
from koopkracht.jobs.types import JobView
from koopkracht.shared.errors import Conflict, NotFound, Rejected
from koopkracht.web.imports import kinds, presenting
from koopkracht.web.imports.forms import MappingForm, SpendFileForm, initial_of
from koopkracht.web.ui.page import Request, page, render

_BUSY = frozenset({"planning", "applying"})
_SETTLED = frozenset({"planned", "applied"})


@require_GET
@page("imports.view")
def start(request: Request) -> HttpResponse:
    """Show what can be imported and what came in lately."""
    organisation_id = request.actor.organisation_id
    context = {
        "cards": kinds.cards(request.actor),
        "receipts": exchange.receipts(organisation_id=organisation_id, limit=10),
    }
    return render(request, "imports/start.html", context)


@require_http_methods(["GET", "POST"])
@page("spend.import")
def upload(request: Request) -> HttpResponse:
    """Take a spend file in and look at it."""
    form = SpendFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            receipts = exchange.receive_spend(actor=request.actor, filename=file.name, stream=file.file)
            if len(receipts) == 1:
                return _planned(request, receipts[0])
            return _planned_many(request, receipts)
        except Rejected as error:
            form.add_error("file", error.message)
    status = 422 if form.errors else 200
    return render(request, "imports/spend_upload.html", {"form": form}, status=status)


def _planned(request: Request, receipt: ReceiptView) -> HttpResponse:
    if receipt.status == "applied":
        messages.info(request, _("Dit bestand is al ingeladen. Er verandert niets."))
    elif receipt.status not in _BUSY:
        exchange.start_plan(actor=request.actor, receipt_id=receipt.id)
    return redirect("spend-receipt", receipt_id=receipt.id)


def _planned_many(request: Request, receipts: tuple[ReceiptView, ...]) -> HttpResponse:
    """Look at each table of an archive; one that is refused does not hold up the others."""
    for receipt in receipts:
        if receipt.status in _BUSY or receipt.status == "applied":
            continue
        try:
            exchange.start_plan(actor=request.actor, receipt_id=receipt.id)
        except Rejected as error:
            messages.error(request, f"{receipt.filename}: {error.message}")
    messages.success(request, _("%(count)s bestanden ontvangen. Kijk ze een voor een na.") % {"count": len(receipts)})
    return redirect("spend-files")


@require_GET
@page("spend.import")
def receipt(request: Request, receipt_id: int) -> HttpResponse:
    """Show where a spend file stands: being looked at, to be confirmed, being imported, or imported."""
    found = _receipt(request, receipt_id)
    job = _job(request, found)
    if found.status in _BUSY and not (job and job.is_finished):
        return render(request, "imports/spend_progress.html", {"receipt": found, "job": job}, block="progress")
    if request.htmx:
        # The page that watched the progress has nothing left to watch: have it load the outcome.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.status == "planned":
        if found.plan.get("questions"):
            return redirect("spend-columns", receipt_id=receipt_id)
        return render(request, "imports/spend_preview.html", _preview(found))
    if found.status == "applied":
        return render(request, "imports/spend_report.html", _report(request, found))
    return render(request, "imports/spend_stopped.html", {"receipt": found, "job": job})


def _preview(found: ReceiptView) -> dict[str, Any]:
    return {
        "receipt": found,
        "figures": presenting.figures(found.plan),
        "remarks": presenting.remarks(found.plan),
        "lines": presenting.preview_rows(found.plan),
        "roles": {role.value: described.label for role, described in exchange.spend_roles().items()},
    }


def _report(request: Request, found: ReceiptView) -> dict[str, Any]:
    return {
        "receipt": found,
        "figures": presenting.figures(found.counts),
        "issues": exchange.issues(organisation_id=request.actor.organisation_id, receipt_id=found.id),
        "has_rejected": bool(found.counts.get("rejected_file")),
        "checksum": presenting.checksum(found.content_hash),
    }


@require_http_methods(["GET", "POST"])
@page("spend.import")
def columns(request: Request, receipt_id: int) -> HttpResponse:
    """Let a person say what the columns mean."""
    found = _receipt(request, receipt_id)
    if found.status != "planned":
        return redirect("spend-receipt", receipt_id=receipt_id)
    form = MappingForm(request.POST or None, columns=found.plan["columns"], initial=initial_of(found.plan))
    if request.method == "POST" and form.is_valid():
        try:
            exchange.start_plan(actor=request.actor, receipt_id=receipt_id, choice=form.choice())
        except Rejected as error:
            form.add_error(None, error.message)
        else:
            return redirect("spend-receipt", receipt_id=receipt_id)
    context = {
        "receipt": found,
        "form": form,
        "columns": presenting.columns(found.plan, form),
        "questions": presenting.questions(found),
    }
    return render(request, "imports/spend_columns.html", context, status=422 if form.errors else 200)


@require_POST
@page("spend.import")
def apply(request: Request, receipt_id: int) -> HttpResponse:
    """Start the import of a file that was looked at."""
    try:
        exchange.start_apply(actor=request.actor, receipt_id=receipt_id)
    except (Rejected, Conflict) as error:
        messages.error(request, error.message)
    return redirect("spend-receipt", receipt_id=receipt_id)


@require_POST
@page("spend.import")
def again(request: Request, receipt_id: int) -> HttpResponse:
    """Look at a file once more, after a refusal or after it was undone."""
    try:
        exchange.start_plan(actor=request.actor, receipt_id=receipt_id)
    except (Rejected, Conflict) as error:
        messages.error(request, error.message)
    return redirect("spend-receipt", receipt_id=receipt_id)


@require_http_methods(["GET", "POST"])
@page("spend.import")
def undo(request: Request, receipt_id: int) -> HttpResponse:
    """Ask whether the lines of a file may go, and take them out."""
    found = _receipt(request, receipt_id)
    if found.status != "applied":
        return redirect("spend-receipt", receipt_id=receipt_id)
    if request.method == "POST":
        exchange.undo_spend(actor=request.actor, receipt_id=receipt_id)
        messages.success(request, _("De lijnen van dit bestand tellen niet meer mee."))
        return redirect("spend-receipt", receipt_id=receipt_id)
    context = {"receipt": found, "figures": presenting.figures(found.counts)}
    return render(request, "imports/spend_undo.html", context)


@require_GET
@page("spend.import")
def rejected(request: Request, receipt_id: int) -> Any:
    """Hand out the lines to mend."""
    name, path = exchange.rejected_file(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@require_GET
@page("spend.import")
def files(request: Request) -> HttpResponse:
    """Show every spend file that came in, and which of them count."""
    organisation_id = request.actor.organisation_id
    context = {
        "batches": exchange.spend_batches(organisation_id=organisation_id),
        "receipts": exchange.receipts(organisation_id=organisation_id, kind="spend", limit=200),
    }
    return render(request, "imports/spend_files.html", context)


def _receipt(request: Request, receipt_id: int) -> ReceiptView:
    found = exchange.receipt(organisation_id=request.actor.organisation_id, receipt_id=receipt_id)
    if found.kind != "spend":
        raise NotFound(_("Dit bestand bevat geen uitgaven."), code="receipt-not-found")
    return found


def _job(request: Request, found: ReceiptView) -> JobView | None:
    """Return the job that works on a file, when there is one; old jobs are cleared away."""
    number = found.plan.get("job_id")
    if not number or found.status in _SETTLED:
        return None
    try:
        return jobs.view(actor=request.actor, job_id=number)
    except NotFound:
        return None
