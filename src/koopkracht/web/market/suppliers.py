"""The register of suppliers and the page of one supplier."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.catalogue import api as catalogue
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierKind, SupplierRow, SupplierSize, SupplierView
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.market.forms import SupplierForm
from koopkracht.web.market.words import alias_scheme, kbo, source_name
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.navigation import address
from koopkracht.web.ui.page import Request, page, render

SUPPLIERS = Listing(
    name="leveranciers",
    caption=gettext_lazy("Leveranciers"),
    columns=(
        Column("name", gettext_lazy("Naam"), href=link_to("supplier", supplier_id="id"), sort=True),
        Column("kbo", gettext_lazy("Ondernemingsnummer"), sort=True),
        Column("kind", gettext_lazy("Soort"), sort=True),
        Column("size", gettext_lazy("Grootte"), sort=True),
        Column("municipality", gettext_lazy("Gemeente"), sort=True),
        Column("country", gettext_lazy("Land"), export_only=True),
    ),
    filters=(
        Filter("kind", gettext_lazy("Soort"), options=tuple(market.KIND_LABELS.items())),
        Filter("size", gettext_lazy("Grootte"), options=tuple(market.SIZE_LABELS.items())),
        Filter(
            "identified",
            gettext_lazy("Ondernemingsnummer"),
            options=[("yes", gettext_lazy("Bekend")), ("no", gettext_lazy("Niet bekend"))],
        ),
    ),
    sort="name",
    search=gettext_lazy("Zoek op naam of nummer"),
    empty_title=gettext_lazy("Nog geen leveranciers"),
    empty_text=gettext_lazy("Laad uitgaven, facturen of een lijst van leveranciers in. Dan vult dit register zich."),
)


@require_GET
@page("supplier.view")
def suppliers(request: Request) -> HttpResponseBase:
    """Show the register."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return market.list_suppliers(actor=request.actor, query=query).map(_row)

    counts = market.counts(organisation_id=request.actor.organisation_id)
    return SUPPLIERS.respond(request, fetch, "market/suppliers.html", {"counts": counts})


def _row(row: SupplierRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "kbo": kbo(row.kbo),
        "kind": market.KIND_LABELS[SupplierKind(row.kind)],
        "size": market.SIZE_LABELS[SupplierSize(row.size)],
        "municipality": row.municipality,
        "country": row.country,
    }


@require_GET
@page("supplier.view")
def supplier(request: Request, supplier_id: int) -> HttpResponse:
    """Show what is known of a supplier, and where that comes from."""
    found = market.supplier(actor=request.actor, supplier_id=supplier_id)
    if found.supplier.canonical_id != supplier_id:
        messages.info(request, _("Deze leverancier is samengevoegd. U ziet de leverancier die nu voor beide telt."))
        return redirect("supplier", supplier_id=found.supplier.canonical_id)
    entry = found.entry
    offered = [catalogue.product_group(code=code).name for code in entry.product_groups] if entry else []
    context = {
        "found": found,
        "one": found.supplier,
        "facts": _facts(found.supplier),
        "aliases": [
            {
                "raw": alias.raw,
                "scheme": alias_scheme(alias.scheme),
                "source": source_name(alias.source),
                "seen": alias.first_seen,
            }
            for alias in found.aliases
        ],
        "entry": entry,
        "offered": offered,
        "recognitions": market.RECOGNITION_LABELS,
        "spending": address("diagnosis"),
        "open_pairs": [pair for pair in found.pairs if pair.state == "open"],
        "merges": [pair for pair in found.pairs if pair.state == "merged" and pair.merged_id != supplier_id],
    }
    return render(request, "market/supplier.html", context)


def _facts(one: SupplierView) -> list[tuple[str, str]]:
    return [
        (_("Ondernemingsnummer"), kbo(one.kbo) or _("niet bekend")),
        (_("Btw-nummer"), one.vat or _("niet bekend")),
        (_("Soort"), _with_source(str(market.KIND_LABELS[one.kind]), one.kind_source, one.kind_as_of)),
        (_("Grootte"), _with_source(str(market.SIZE_LABELS[one.size]), one.size_source, one.size_as_of)),
        (_("Gemeente"), " ".join((one.postal_code, one.municipality)).strip() or _("niet bekend")),
        (_("Nummer in Koopkracht"), str(one.id)),
    ]


def _with_source(value: str, source: str, as_of: Any) -> str:
    if not source:
        return value
    day = as_of.strftime("%d-%m-%Y") if as_of else _("geen datum")
    return _("%(value)s (bron: %(source)s, %(day)s)") % {"value": value, "source": source_name(source), "day": day}


@require_http_methods(["GET", "POST"])
@page("supplier.edit")
def edit(request: Request, supplier_id: int) -> HttpResponse:
    """Change what is known of a supplier."""
    one = market.supplier(actor=request.actor, supplier_id=supplier_id).supplier
    initial = {"name": one.name, "kind": one.kind.value, "size": one.size.value, "municipality": one.municipality}
    form = SupplierForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            market.edit_supplier(actor=request.actor, supplier_id=supplier_id, edit=form.edit())
        except Rejected as error:
            form.add_error(error.details.get("field"), error.message)
        else:
            messages.success(request, _("De gegevens van %(name)s zijn bewaard.") % {"name": form.cleaned_data["name"]})
            return redirect("supplier", supplier_id=supplier_id)
    status = 422 if form.errors else 200
    return render(request, "market/supplier_edit.html", {"form": form, "one": one}, status=status)
