"""The register pages: the overview, four lists, and the pages of one notice, procedure and contract."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from koopkracht.award import api as award
from koopkracht.award.types import LotResultView
from koopkracht.contracts import api as contracts_api
from koopkracht.documents import api as documents
from koopkracht.dossiers import api as dossiers
from koopkracht.exchange import api as exchange
from koopkracht.shared.errors import NotFound
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.notices import listings
from koopkracht.web.notices.words import COUNT_BASES, END_BASES, FORM_TYPES, NATURES, PROCEDURES, STATUSES, money, word
from koopkracht.web.ui.page import Request, page, render

_CARDS = (
    (
        _("Aankondigingen"),
        _("Wat er over opdrachten is bekendgemaakt, met elk veld in het Nederlands."),
        "documents",
        "notices",
    ),
    (_("Procedures"), _("Eén regel per opdracht, van aankondiging tot gunning."), "hierarchy", "procedures"),
    (_("Percelen"), _("Met sociale, groene en innovatieve doelen en voorbehouden opdrachten."), "table", "lots"),
    (_("Contracten"), _("Gesloten contracten, met wie, voor hoeveel en tot wanneer."), "sign", "contracts"),
    (_("Leveranciers"), _("Bij wie u koopt, met ondernemingsnummer en grootte."), "users", "suppliers"),
    (
        _("Sociale ondernemingen"),
        _("Wie uit de sociale economie wat kan leveren."),
        "organization-network",
        "social-enterprises",
    ),
    (_("Facturen"), _("Elektronische facturen en creditnota's."), "document", "invoices"),
    (_("Aankoopplanning"), _("Welke aankopen eraan komen, van wie en voor hoeveel."), "calendar", "purchasing-plan"),
    (_("Productgroepen"), _("Alles wat een lokaal bestuur koopt, in groepen."), "folder", "product-groups"),
)


@require_GET
@page("register.view")
def index(request: Request) -> HttpResponse:
    """Show which registers there are."""
    cards = []
    for title, text, icon, route in _CARDS:
        try:
            cards.append({"title": title, "text": text, "icon": icon, "href": reverse(route)})
        except NoReverseMatch:
            continue
    return render(request, "notices/registers.html", {"cards": cards})


def _fetch(
    request: Request, read: Callable[..., Slice[Any]], convert: Callable[[Any], dict[str, Any]]
) -> Callable[[ListQuery], Slice[Any]]:
    organisation_id = request.actor.organisation_id
    return lambda query: read(organisation_id=organisation_id, query=query).map(convert)


@require_GET
@page("register.view")
def notices(request: Request) -> HttpResponseBase:
    """List the notices."""
    fetch = _fetch(request, dossiers.notices, listings.notice_row)
    return listings.NOTICES.respond(request, fetch, "notices/notices.html")


@require_GET
@page("register.view")
def procedures(request: Request) -> HttpResponseBase:
    """List the procedures."""
    fetch = _fetch(request, dossiers.procedures, listings.procedure_row)
    return listings.PROCEDURE_LIST.respond(request, fetch, "notices/procedures.html")


@require_GET
@page("register.view")
def lots(request: Request) -> HttpResponseBase:
    """List the lots."""
    fetch = _fetch(request, dossiers.lots, listings.lot_row)
    return listings.LOT_LIST.respond(request, fetch, "notices/lots.html")


@require_GET
@page("register.view")
def contracts(request: Request) -> HttpResponseBase:
    """List the contracts."""
    fetch = _fetch(request, contracts_api.contracts, listings.contract_row)
    return listings.CONTRACT_LIST.respond(request, fetch, "notices/contracts.html")


@require_GET
@page("register.view")
def notice(request: Request, notice_id: int) -> HttpResponse:
    """Show everything one notice says, where it came from and what was noticed while reading it."""
    organisation_id = request.actor.organisation_id
    found = dossiers.notice(organisation_id=organisation_id, notice_pk=notice_id)
    content = _content(organisation_id, found.document_hash)
    terms = content.terms if content else ()
    context = {
        "notice": found,
        "kind": word(FORM_TYPES, found.form_type),
        "value": money(found.value, found.currency),
        "results": [_result(result) for result in award.results(organisation_id=organisation_id, notice_id=notice_id)],
        "contracts": [
            listings.contract_row(row)
            for row in contracts_api.contracts_of(organisation_id=organisation_id, notice_id=notice_id)
        ],
        "blocks": [
            {"title": title, "terms": list(part)} for title, part in groupby(terms, key=lambda term: term.block)
        ],
        "content": content,
        "origin": exchange.receipt_of(organisation_id=organisation_id, object_type="notice", object_id=notice_id),
    }
    return render(request, "notices/notice.html", context)


@require_GET
@page("document.view")
def document(request: Request, notice_id: int) -> FileResponse:
    """Hand out the document of a notice exactly as it was received."""
    organisation_id = request.actor.organisation_id
    found = dossiers.notice(organisation_id=organisation_id, notice_pk=notice_id)
    kept = documents.document(organisation_id=organisation_id, sha256=found.document_hash)
    stream = documents.open_document(organisation_id=organisation_id, sha256=found.document_hash)
    name = f"{found.publication_id or found.notice_id}-{found.version}.{kept.kind.value}"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=kept.media_type)


def _content(organisation_id: int, sha256: str) -> Any:
    """Return what the document says, or ``None`` where the file itself is no longer kept."""
    try:
        return exchange.notice_content(organisation_id=organisation_id, sha256=sha256)
    except NotFound:
        return None


def _result(result: LotResultView) -> dict[str, Any]:
    return {
        "lot": result.lot_reference,
        "status": word(STATUSES, result.status),
        "reason": result.reason,
        "tenders": result.tenders_received,
        "basis": word(COUNT_BASES, result.count_basis),
        "amount": money(result.value, result.currency),
        "winners": [
            {"name": winner.name, "proven": winner.proven, "amount": money(winner.value, winner.currency)}
            for winner in result.winners
        ],
    }


@require_GET
@page("register.view")
def procedure(request: Request, procedure_id: int) -> HttpResponse:
    """Show one procedure with its lots, outcomes, contracts and notices."""
    organisation_id = request.actor.organisation_id
    found = dossiers.procedure(organisation_id=organisation_id, procedure_id=procedure_id)
    row = found.procedure
    context = {
        "detail": found,
        "procedure": row,
        "stage": word(FORM_TYPES, row.stage),
        "type": word(PROCEDURES, row.procedure_type),
        "nature": word(NATURES, row.nature),
        "value": money(row.estimated_value, row.currency),
        "lots": [listings.lot_row(lot) for lot in found.lots],
        "notices": [
            {**listings.notice_row(one), "href": reverse("notice", kwargs={"notice_id": one.id})}
            for one in found.notices
        ],
        "results": [
            _result(result) for result in award.results(organisation_id=organisation_id, procedure_id=procedure_id)
        ],
        "contracts": [
            {**listings.contract_row(one), "href": reverse("contract", kwargs={"contract_id": one.id})}
            for one in contracts_api.contracts_of(organisation_id=organisation_id, procedure_id=procedure_id)
        ],
    }
    return render(request, "notices/procedure.html", context)


@require_GET
@page("register.view")
def contract(request: Request, contract_id: int) -> HttpResponse:
    """Show one contract with its suppliers and where it came from."""
    organisation_id = request.actor.organisation_id
    found = contracts_api.contract(organisation_id=organisation_id, contract_id=contract_id)
    context = {
        "detail": found,
        "contract": found.row,
        "value": money(found.row.value, found.row.currency),
        "maximum": money(found.framework_maximum, found.row.currency),
        "nature": word(NATURES, found.nature),
        "end_basis": word(END_BASES, found.row.end_basis),
        "origin": exchange.receipt_of(organisation_id=organisation_id, object_type="contract", object_id=contract_id),
    }
    return render(request, "notices/contract.html", context)
