"""The inbox: every invoice that came in, also the refused ones, and the page of one invoice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from koopkracht.contracts import api as contracts
from koopkracht.contracts.types import InvoiceLineInput, InvoiceRow
from koopkracht.documents import api as documents
from koopkracht.exchange import api as exchange
from koopkracht.market import api as market
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.invoices.words import KINDS, STATE_KINDS, STATE_TEXTS, STATES
from koopkracht.web.notices.words import choices, money, word
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

INBOX = Listing(
    name="facturen",
    caption=_("Facturen"),
    columns=(
        Column("number", _("Nummer"), href=link_to("invoice", invoice_id="id")),
        Column("seller_name", _("Leverancier"), sort=True),
        Column("state", _("Toestand")),
        Column("kind", _("Soort")),
        Column("issue_date", _("Factuurdatum"), format="date_short", sort=True),
        Column("amount", _("Te betalen"), css="kk-num"),
        Column("contract_reference", _("Contract")),
        Column("received_at", _("Ontvangen"), format="date_short", sort=True),
    ),
    filters=(
        Filter("status", _("Toestand"), options=choices(STATES)),
        Filter("soort", _("Soort"), options=choices(KINDS)),
    ),
    sort="-received_at",
    search=_("Zoek op nummer, leverancier, bestelling of contract"),
    empty_title=_("Geen facturen"),
    empty_text=_("Laad facturen in, of maak de zoekopdracht ruimer."),
)


@require_GET
@page("invoice.view")
def invoices(request: Request) -> HttpResponseBase:
    """List the invoices of the inbox."""
    organisation_id = request.actor.organisation_id

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return contracts.invoices(organisation_id=organisation_id, query=query).map(_row)

    counts = contracts.invoice_counts(organisation_id=organisation_id)
    return INBOX.respond(request, fetch, "invoices/inbox.html", {"counts": counts})


@require_GET
@page("invoice.view")
def invoice(request: Request, invoice_id: int) -> HttpResponse:
    """Show one invoice: does it hold, why not, what is on it, and where it belongs."""
    organisation_id = request.actor.organisation_id
    detail = contracts.invoice(organisation_id=organisation_id, invoice_id=invoice_id)
    row = detail.row
    found = market.suppliers_by_ids(
        organisation_id=organisation_id, supplier_ids=[row.supplier_id] if row.supplier_id else []
    )
    context = {
        "detail": detail,
        "row": row,
        "kind": word(KINDS, row.kind),
        "state": word(STATES, row.state),
        "state_kind": {"error": "error", "success": "success"}.get(STATE_KINDS[row.state], "info"),
        "state_text": str(STATE_TEXTS[row.state]),
        "amounts": [
            (_text("Totaal zonder btw"), money(row.net, row.currency)),
            (_text("Btw"), money(detail.vat, row.currency)),
            (_text("Totaal met btw"), money(detail.gross, row.currency)),
            (_text("Te betalen"), money(row.payable, row.currency)),
        ],
        "lines": [_line(line, row.currency) for line in detail.lines],
        "checks": [_check(check) for check in detail.checks],
        "supplier": found.get(row.supplier_id) if row.supplier_id else None,
        "origin": exchange.receipt_of(organisation_id=organisation_id, object_type="invoice", object_id=invoice_id),
    }
    return render(request, "invoices/invoice.html", context)


@require_GET
@page("document.view")
def document(request: Request, invoice_id: int) -> FileResponse:
    """Hand out the invoice exactly as it was received."""
    organisation_id = request.actor.organisation_id
    detail = contracts.invoice(organisation_id=organisation_id, invoice_id=invoice_id)
    stream = documents.open_document(organisation_id=organisation_id, sha256=detail.content_hash)
    return FileResponse(
        stream, as_attachment=True, filename=f"factuur-{invoice_id}.xml", content_type="application/xml"
    )


@require_POST
@page("invoice.import")
def judge_again(request: Request, invoice_id: int) -> HttpResponse:
    """Hold the invoice against the rules that are loaded now."""
    try:
        detail = exchange.judge_invoice_again(actor=request.actor, invoice_id=invoice_id)
        messages.success(
            request, _text("De factuur is opnieuw nagekeken: %(state)s.") % {"state": word(STATES, detail.row.state)}
        )
    except Rejected as error:
        messages.error(request, error.message)
    return redirect("invoice", invoice_id=invoice_id)


@require_POST
@page("invoice.import")
def match(request: Request) -> HttpResponse:
    """Link accepted invoices to contracts that came in later."""
    linked = contracts.match_invoices(actor=request.actor)
    messages.success(
        request,
        ngettext("%(num)s factuur gekoppeld aan haar contract.", "%(num)s facturen gekoppeld aan hun contract.", linked)
        % {"num": linked},
    )
    return redirect("invoices")


def _row(row: InvoiceRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number or _text("zonder nummer"),
        "seller_name": row.seller_name,
        "state": word(STATES, row.state),
        "kind": word(KINDS, row.kind),
        "issue_date": row.issue_date,
        "amount": money(row.payable, row.currency),
        "contract_reference": row.contract_reference,
        "received_at": row.received_at,
    }


def _line(line: InvoiceLineInput, currency: str) -> dict[str, Any]:
    rate = "" if line.vat_rate is None else f"{line.vat_rate.normalize():f}".replace(".", ",") + " %"
    return {
        "id": line.line_id,
        "name": line.name,
        "quantity": "" if line.quantity is None else f"{line.quantity.normalize():f}".replace(".", ","),
        "price": money(line.price, currency),
        "vat": rate,
        "net": money(line.net, currency),
        "cpv": line.cpv,
        "account": line.account,
    }


def _check(check: Any) -> dict[str, str]:
    done = _text("Nagekeken") if check.is_done else _text("Niet nagekeken")
    return {"label": check.label, "done": done, "version": check.version or check.why_not}
