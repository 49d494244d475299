"""The report itself: gathered once, written as PDF, workbook or JSON.

The command line and the pages use this same module, so their figures cannot differ.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.documents import api as documents
from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring.types import KpiValue, Opportunity, Overview, Share
from koopkracht.shared import clock
from koopkracht.web.diagnosis import figures
from koopkracht.web.diagnosis.rows import group_rows, spend_rows, supplier_rows, year_rows
from koopkracht.web.ui import formats
from koopkracht.web.ui.page import jinja

OPPORTUNITIES = 10
_TEXT_LIMIT = 32_767


@dataclass(frozen=True)
class Report:
    """Everything in the report."""

    organisation: str
    overview: Overview
    values: Mapping[str, KpiValue]
    opportunities: tuple[Opportunity, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One table of the report: heads with their format, and rows of plain values."""

    name: str
    heads: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Any]]


def report_of(overview: Overview, *, organisation_id: int) -> Report:
    """Gather what belongs to an overview."""
    _year, _years, found = monitoring.opportunities(organisation_id=organisation_id, year=overview.year)
    best = found[:OPPORTUNITIES]
    return Report(
        organisation=accounts.organisation(organisation_id=organisation_id).name,
        overview=overview,
        values=monitoring.kpi_values(overview=overview),
        opportunities=best,
        names=monitoring.product_group_names(codes=[one.product_group for one in best]),
    )


def html(report: Report) -> str:
    """Return the report as a page for paper."""
    overview = report.overview
    address = {"jaar": overview.year}
    values = {
        "report": report,
        "found": overview,
        "figures": figures.overview_figures(report.values, overview),
        "notice_figures": figures.notice_figures(report.values, overview),
        "groups": group_rows(overview.groups, address),
        "kinds": spend_rows(overview.kinds),
        "sizes": spend_rows(overview.sizes),
        "suppliers": supplier_rows(overview.top_suppliers, address),
        "trend": year_rows(overview.trend),
        "largest": max((row.amount for row in overview.groups), default=Decimal(0)),
        "made_on": clock.today(),
    }
    return jinja().get_template("diagnosis/report.html").render(values)


def pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF in Dutch; nothing is fetched from anywhere."""
    return documents.pdf(html=html(report))


def sheets(report: Report) -> list[Sheet]:
    """Return the tables of the report."""
    overview = report.overview
    money, share, number = ("euro", "percent", "number")
    breakdown = [(_("Bedrag"), money), (_("Aandeel"), share), (_("Leveranciers"), number), (_("Lijnen"), number)]

    def rows(found: Any) -> list[Sequence[Any]]:
        return [(row.label, row.amount, row.share.ratio, row.suppliers, row.lines) for row in found]

    return [
        Sheet(
            _("Kerncijfers"),
            [(_("Cijfer"), "text"), (_("Waarde"), "kpi"), (_("Vorige"), "kpi"), (_("Teller"), money),
             (_("Noemer"), money), (_("Betekenis"), "text"), (_("Bron"), "text")],
            [_kpi_row(value) for value in report.values.values()],
        ),
        Sheet(
            _("Productgroepen"),
            [(_("Code"), "text"), (_("Productgroep"), "text"), *breakdown, (_("Sociale economie"), share)],
            [
                (row.key, *cells, row.social.ratio if row.social else None)
                for row, cells in zip(overview.groups, rows(overview.groups), strict=True)
            ],
        ),
        Sheet(_("Soort leverancier"), [(_("Soort"), "text"), *breakdown], rows(overview.kinds)),
        Sheet(_("Grootte leverancier"), [(_("Grootte"), "text"), *breakdown], rows(overview.sizes)),
        Sheet(
            _("Grootste leveranciers"),
            [(_("Leverancier"), "text"), (_("Bedrag"), money), (_("Aandeel"), share), (_("Lijnen"), number)],
            [(row.name, row.amount, row.share.ratio, row.lines) for row in overview.top_suppliers],
        ),
        Sheet(
            _("Verloop"),
            [(_("Jaar"), "year"), (_("Totaal"), money), (_("Sociale economie"), share), (_("Bekende kmo's"), share),
             (_("Grootte niet bekend"), share), (_("Nog niet toegewezen"), share), (_("Leveranciers"), number)],
            [
                (one.year, one.total, one.social.ratio, one.sme.ratio, one.size_unknown.ratio, one.unassigned.ratio,
                 one.suppliers)
                for one in overview.trend
            ],
        ),
        Sheet(
            _("Verschil maken"),
            [(_("Productgroep"), "text"), (_("Bedrag"), money), (_("Redenen"), number), (_("Welke"), "text")],
            [
                (report.names[one.product_group], one.amount, one.score,
                 "; ".join(reason.text for reason in one.reasons if reason.met))
                for one in report.opportunities
            ],
        ),
    ]  # fmt: skip


def _kpi_row(value: KpiValue) -> Sequence[Any]:
    part, whole = (value.share.part, value.share.whole) if value.share else (None, None)
    return (
        value.definition.name,
        (value.value, value.definition.unit),
        (value.previous, value.definition.unit),
        part,
        whole,
        figures.explanation(value.definition),
        value.definition.source,
    )


def xlsx(report: Report) -> IO[bytes]:
    """Return the report as a workbook in a temporary file, at its beginning; no cell is active."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it after sending
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        looks = {
            "euro": book.add_format({"num_format": "#,##0.00"}),
            "percent": book.add_format({"num_format": "0.0%"}),
            "share": book.add_format({"num_format": "0.0%"}),
            "number": book.add_format({"num_format": "#,##0.##"}),
            "year": book.add_format({"num_format": "0"}),
            "head": book.add_format({"bold": True, "text_wrap": True}),
        }
        _title_sheet(book, report)
        for sheet in sheets(report):
            _write(book.add_worksheet(sheet.name[:31]), sheet, looks)
    file.seek(0)
    return file


def _title_sheet(book: Any, report: Report) -> None:
    overview = report.overview
    page = book.add_worksheet(_("Lees eerst"))
    page.set_column(0, 0, 100)
    texts = (
        _("Aankoopdiagnose van %(name)s, %(year)s") % {"name": report.organisation, "year": overview.year},
        _("Gemaakt op %(date)s uit %(lines)s lijnen van %(files)s ingeladen bestanden.")
        % {
            "date": formats.date(clock.today()),
            "lines": formats.number(overview.provenance.lines),
            "files": len(overview.provenance.batches),
        },
        _("Bedragen in euro, zonder btw tenzij uw bestand die niet bevatte. Een leeg vak betekent: niet bekend."),
    )
    for row, text in enumerate(texts):
        page.write_string(row, 0, text)


def _write(page: Any, sheet: Sheet, looks: Mapping[str, Any]) -> None:
    page.freeze_panes(1, 0)
    for column, (label, kind) in enumerate(sheet.heads):
        page.set_column(column, column, 40 if kind == "text" else 16)
        page.write_string(0, column, label, looks["head"])
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            kind = sheet.heads[column][1]
            if isinstance(value, tuple):
                value, kind = value
            _cell(page, number, column, value, looks.get(kind))


def _cell(page: Any, row: int, column: int, value: Any, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, (int, Decimal)):
        page.write_number(row, column, value, look)
    else:
        page.write_string(row, column, str(value)[:_TEXT_LIMIT])


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data; amounts are text with two decimals, never floats."""
    overview = report.overview
    return {
        "organisation": report.organisation,
        "year": overview.year,
        "compared_with": overview.compare,
        "currency": "EUR",
        "figures": {code: _kpi_data(value) for code, value in report.values.items()},
        "product_groups": [
            {
                "code": row.key or None,
                "name": row.label,
                "amount": str(row.amount),
                "share": _text(row.share.ratio),
                "social_share": _text(row.social.ratio if row.social else None),
                "suppliers": row.suppliers,
                "lines": row.lines,
            }
            for row in overview.groups
        ],
        "supplier_kinds": [{"kind": row.key, "amount": str(row.amount)} for row in overview.kinds],
        "supplier_sizes": [{"size": row.key, "amount": str(row.amount)} for row in overview.sizes],
        "top_suppliers": [
            {"id": row.supplier_id, "name": row.name, "amount": str(row.amount), "share": _text(row.share.ratio)}
            for row in overview.top_suppliers
        ],
        "other_currencies": {currency: str(amount) for currency, amount in overview.other_currencies.items()},
        "opportunities": [
            {
                "code": one.product_group,
                "name": report.names[one.product_group],
                "amount": str(one.amount),
                "reasons": [{"code": reason.code, "met": reason.met, "text": reason.text} for reason in one.reasons],
            }
            for one in report.opportunities
        ],
        "source": {
            "batches": [
                {"id": batch.batch_id, "imported_at": batch.imported_at.isoformat(), "lines": batch.rows}
                for batch in overview.provenance.batches
            ],
            "lines": overview.provenance.lines,
            "up_to_date": not overview.provenance.stale,
        },
    }


def _kpi_data(value: KpiValue) -> dict[str, Any]:
    def share(found: Share | None) -> dict[str, str] | None:
        return {"numerator": str(found.part), "denominator": str(found.whole)} if found else None

    return {
        "name": value.definition.name,
        "unit": value.definition.unit,
        "value": _text(value.value),
        "share": share(value.share),
        "previous": _text(value.previous),
        "beside": {name: _text(found) for name, found in value.beside},
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
