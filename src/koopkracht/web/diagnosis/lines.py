"""The source lines behind every figure: which line of which file, with the reason why it is where it is."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy

from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring import words
from koopkracht.monitoring.types import EURO, NO_SUPPLIER, LineFilter, SourceLine
from koopkracht.web.diagnosis.address import PAGE, link, whole
from koopkracht.web.ui.exports import EXPORTS
from koopkracht.web.ui.lists import Column
from koopkracht.web.ui.page import Request, page, render

UNASSIGNED = "geen"
"""What the address says for lines without a product group."""

_EXPORT_LIMIT = 200_000
_COLUMNS = (
    Column("booking_date", gettext_lazy("Boekdatum"), "date_short"),
    Column("amount", gettext_lazy("Bedrag"), "euro"),
    Column("currency", gettext_lazy("Munt")),
    Column("supplier_name", gettext_lazy("Leverancier")),
    Column("account_code", gettext_lazy("Rekening")),
    Column("account_name", gettext_lazy("Naam van de rekening")),
    Column("description", gettext_lazy("Omschrijving")),
    Column("document_number", gettext_lazy("Stuknummer")),
    Column("department", gettext_lazy("Dienst")),
    Column("product_group", gettext_lazy("Productgroep")),
    Column("batch_id", gettext_lazy("Import")),
    Column("line_no", gettext_lazy("Regel in het bestand"), "number"),
)


def chosen_of(asked: QueryDict) -> LineFilter:
    """Read the filter from the address. Raises ``Rejected`` for what is no number."""
    wanted = asked.get("groep", "").strip()
    return LineFilter(
        year=whole(asked, "jaar"),
        month=whole(asked, "maand"),
        product_group={"": None, UNASSIGNED: ""}.get(wanted, wanted),
        supplier_id=whole(asked, "leverancier"),
        account=asked.get("rekening", "").strip()[:60],
        words=asked.get("zoek", "").strip()[:100],
        batch_id=asked.get("import", "").strip()[:64],
        currency=asked.get("munt", "").strip()[:3].upper() or EURO,
    )


@page("spend.view")
def lines(request: Request) -> HttpResponseBase:
    """Show the lines that pass the filter, fifty at a time; with ``formaat`` they come as a file."""
    chosen = chosen_of(request.GET)
    organisation_id = request.actor.organisation_id
    wanted = request.GET.get("formaat", "")
    if wanted in EXPORTS:
        request.actor.require("spend.export")
        found = monitoring.lines_for_export(organisation_id=organisation_id, chosen=chosen, limit=_EXPORT_LIMIT)
        return EXPORTS[wanted].respond("lijnen", _COLUMNS, found)
    result = monitoring.lines(organisation_id=organisation_id, chosen=chosen, page=whole(request.GET, PAGE) or 1)
    parameters = {name: value for name, value in request.GET.items() if name not in {PAGE, "formaat"} and value}
    codes = sorted({line.product_group for line in result.lines} | {chosen.product_group or ""})
    context = {
        "result": result,
        "chosen": chosen,
        "parameters": parameters,
        "rows": [_row(line, result.imported) for line in result.lines],
        "names": monitoring.product_group_names(codes=codes),
        "groups": monitoring.product_group_choices(),
        "years": monitoring.years(organisation_id=organisation_id),
        "supplier": _supplier_name(organisation_id, chosen),
        "previous": link("diagnosis-lines", {**parameters, PAGE: result.page - 1}) if result.page > 1 else "",
        "next": link("diagnosis-lines", {**parameters, PAGE: result.page + 1}) if result.page < result.pages else "",
        "first": link("diagnosis-lines", parameters) if result.page > 2 else "",
        "exports": [
            (label, link("diagnosis-lines", {**parameters, "formaat": kind}))
            for label, kind in (("CSV", "csv"), ("Excel", "xlsx"))
        ],
        "limit": _EXPORT_LIMIT,
        "link": link,
    }
    return render(request, "diagnosis/lines.html", context)


def _supplier_name(organisation_id: int, chosen: LineFilter) -> str:
    if chosen.supplier_id is None:
        return ""
    if chosen.supplier_id == NO_SUPPLIER:
        return words.no_supplier(chosen.supplier_id)
    return monitoring.supplier_name(organisation_id=organisation_id, supplier_id=chosen.supplier_id)


def _row(line: SourceLine, imported: Any) -> dict[str, Any]:
    return {
        "line": line,
        "by": words.assigned_by_names()[line.assigned_by],
        "imported_at": imported.get(line.batch_id),
        "supplier_href": link("diagnosis-supplier", supplier_id=line.supplier_id) if line.supplier_id else "",
    }
