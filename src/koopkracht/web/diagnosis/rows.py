"""Rows of figures as tables and charts take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from koopkracht.monitoring import words
from koopkracht.monitoring.types import Benchmark, Candidate, Growth, SpendRow, SupplierRow, YearFigures
from koopkracht.web.diagnosis.address import link
from koopkracht.web.ui import formats


def growth_text(growth: Growth | None) -> str:
    """Return a change as +3,2 %, or in words when there is nothing to divide by."""
    if growth is None:
        return ""
    ratio = growth.ratio
    if ratio is None:
        return _("nieuw") if growth.now > 0 and not growth.before else "–"
    sign = "+" if ratio > 0 else ""
    return f"{sign}{formats.percent(ratio)}"


def spend_rows(rows: Sequence[SpendRow]) -> list[dict[str, Any]]:
    """Return rows of a breakdown for ``ui.table``."""
    return [
        {
            "key": row.key,
            "label": row.label,
            "amount": row.amount,
            "share": row.share.ratio,
            "lines": row.lines,
            "suppliers": row.suppliers,
            "growth": growth_text(row.growth),
            "social": row.social.ratio if row.social else None,
        }
        for row in rows
    ]


def group_rows(rows: Sequence[SpendRow], address: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return product groups for ``ui.table`` with the way to their page; unassigned money leads to the work list."""
    found = spend_rows(rows)
    for row in found:
        row["href"] = link("diagnosis-group", address, code=row["key"]) if row["key"] else link("assignment")
    return found


def supplier_rows(rows: Sequence[SupplierRow], address: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return suppliers for ``ui.table``."""
    kinds, sizes = words.kind_names(), words.size_names()
    return [
        {
            "name": row.name or _("Leverancier zonder naam"),
            "href": link("diagnosis-supplier", {"jaar": address.get("jaar")}, supplier_id=row.supplier_id),
            "kind": kinds.get(row.kind, row.kind),
            "size": sizes.get(row.size, row.size),
            "amount": row.amount,
            "share": row.share.ratio,
            "lines": row.lines,
            "growth": growth_text(row.growth),
            "social": row.social,
        }
        for row in rows
    ]


def month_series(months: Sequence[tuple[int, int, Decimal]]) -> list[dict[str, Any]]:
    """Return twelve amounts per year for a chart; a month without lines is zero."""
    amounts = {(year, month): amount for year, month, amount in months}
    years = sorted({year for year, _month in amounts})
    return [
        {"name": str(year), "values": [amounts.get((year, month), Decimal(0)) for month in range(1, 13)]}
        for year in years
    ]


def benchmark_rows(benchmark: Benchmark) -> list[dict[str, Any]]:
    """Return the comparison with others; figures that too few share are left out."""
    names = {
        "spend-per-inhabitant": (_("Uitgaven per inwoner"), "euro_round"),
        "social-share": (_("Aandeel sociale economie"), "percent"),
        "sme-share": (_("Aandeel bekende kmo's"), "percent"),
        "top10-share": (_("Aandeel van de tien grootste leveranciers"), "percent"),
    }
    return [
        {
            "label": names[one.code][0],
            **{
                name: formats.show(getattr(one, name), names[one.code][1]) for name in ("ours", "low", "median", "high")
            },
            "organisations": one.organisations,
        }
        for one in benchmark.figures
        if one.median is not None
    ]


def growth_sentence(growth: Growth | None, compare: int | None) -> str:
    """Return a change with the amount it started from, or nothing without a year to compare with."""
    if growth is None or compare is None:
        return ""
    return _("%(change)s tegenover %(year)s (%(before)s)") % {
        "change": growth_text(growth),
        "year": compare,
        "before": formats.euro_short(growth.before),
    }


def year_rows(years: Sequence[YearFigures]) -> list[dict[str, Any]]:
    """Return the shares of each year, oldest first, with what is not known beside them."""
    return [
        {
            "year": one.year,
            "total": one.total,
            "social": one.social.ratio,
            "sme": one.sme.ratio,
            "unknown": one.size_unknown.ratio,
            "suppliers": one.suppliers,
        }
        for one in years
    ]


def candidate_rows(candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Return social enterprises that offer something, with where that is known from."""
    return [
        {
            "name": one.name,
            "href": link("diagnosis-supplier", supplier_id=one.supplier_id),
            "municipality": one.municipality,
            "activities": one.activities,
            "recognition": _("%(kind)s (verlopen)") % {"kind": one.recognition}
            if one.recognition_ended
            else one.recognition,
            "supplies": formats.yes_no(one.already_supplies),
            "source": f"{one.source}, {formats.date_short(one.source_date)}",
        }
        for one in candidates
    ]
