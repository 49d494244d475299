"""The first page of the diagnosis, from rollups only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from koopkracht.accounts import api as accounts
from koopkracht.market import api as market
from koopkracht.monitoring import groups, sources, words
from koopkracht.monitoring.models import GroupYear, KindYear, SupplierYear
from koopkracht.monitoring.queries import benchmark, common
from koopkracht.monitoring.types import (
    EURO,
    UNASSIGNED_GROUP,
    Benchmark,
    NoticeFigures,
    Overview,
    SpendRow,
    SupplierRow,
)
from koopkracht.shared import clock
from koopkracht.shared.money import from_cents

TOP = 10


def overview(*, organisation_id: int, year: int | None, compare: int | None) -> Overview:
    """Return the overview of a year (the newest one by default), compared with another year."""
    totals = common.totals(organisation_id)
    known = tuple(sorted({row["year"] for row in totals}, reverse=True))
    chosen = common.chosen_year(known, year)
    against = common.compared_year(known, chosen, compare)
    now, before = common.in_euro(totals, chosen), common.in_euro(totals, against)
    whole = now["cents"] if now else 0
    kinds = _kind_rows(organisation_id, chosen, against)
    mine = accounts.organisation(organisation_id=organisation_id)
    return Overview(
        year=chosen or clock.today().year,
        compare=against,
        years=known,
        figures=common.year_figures(now) if now else None,
        compared=common.year_figures(before) if before else None,
        trend=tuple(common.year_figures(row) for row in totals if row["currency"] == EURO),
        groups=group_rows(organisation_id, chosen, against, whole),
        kinds=_breakdown(kinds, "kind", chosen, against, whole),
        sizes=_breakdown(kinds, "size", chosen, against, whole),
        top_suppliers=top_suppliers(organisation_id, chosen, against, whole, limit=TOP),
        other_currencies=common.other_currencies(totals, chosen),
        notices=sources.notice_figures(organisation_id, chosen) if chosen else NoticeFigures(),
        contracts_ending=sources.contracts_ending(organisation_id),
        benchmark=(
            benchmark.benchmark(
                organisation_id=organisation_id, year=chosen, kind=mine.kind, inhabitants=mine.inhabitants
            )
            if chosen
            else Benchmark(False, mine.inhabitants, 0, benchmark.NEEDED, ())
        ),
        provenance=common.provenance(organisation_id),
    )


def group_rows(organisation_id: int, year: int, against: int | None, whole: int) -> tuple[SpendRow, ...]:
    """Return spend per product group, largest first; money without a product group keeps its own row, at the end."""
    rows = _of_years(GroupYear, organisation_id, year, against)
    before = {row["product_group"]: row["cents"] for row in rows if row["year"] == against}
    found = [
        common.spend_row(
            row,
            key=row["product_group"],
            label=groups.name_of(row["product_group"]),
            whole=whole,
            before=before.get(row["product_group"], 0) if against else None,
            shares=True,
        )
        for row in rows
        if row["year"] == year
    ]
    found.sort(key=lambda row: (row.key == UNASSIGNED_GROUP, -row.amount, row.key))
    return tuple(found)


def top_suppliers(
    organisation_id: int, year: int, against: int | None, whole: int, *, limit: int
) -> tuple[SupplierRow, ...]:
    """Return the largest suppliers of a year."""
    rows = list(
        SupplierYear.objects.of(organisation_id)
        .filter(currency=EURO, year=year)
        .order_by("-cents", "supplier_id")[:limit]
        .values("supplier_id", "cents", "lines", "kind", "size")
    )
    ids = [row["supplier_id"] for row in rows]
    before = dict(
        SupplierYear.objects.of(organisation_id)
        .filter(currency=EURO, year=against, supplier_id__in=ids)
        .order_by()
        .values_list("supplier_id", "cents")
        if against
        else ()
    )
    return supplier_rows(organisation_id, rows, whole, before if against else None)


def supplier_rows(
    organisation_id: int, rows: Sequence[Mapping[str, Any]], whole: int, before: Mapping[int, int] | None
) -> tuple[SupplierRow, ...]:
    """Return rollup rows of suppliers with their names."""
    known = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=[row["supplier_id"] for row in rows])
    return tuple(
        SupplierRow(
            supplier_id=row["supplier_id"],
            name=known[row["supplier_id"]].name if row["supplier_id"] in known else "",
            kind=row["kind"],
            size=row["size"],
            amount=from_cents(row["cents"]),
            lines=row["lines"],
            share=common.share(row["cents"], whole),
            social=row["kind"] == "social-economy",
            growth=None if before is None else common.growth(row["cents"], before.get(row["supplier_id"], 0)),
        )
        for row in rows
    )


def _of_years(model: Any, organisation_id: int, *wanted: int | None) -> list[dict[str, Any]]:
    chosen = [year for year in wanted if year is not None]
    return list(
        model.objects.of(organisation_id).filter(currency=EURO, year__in=chosen).order_by("year", "pk").values()
    )


def _kind_rows(organisation_id: int, year: int, against: int | None) -> list[dict[str, Any]]:
    return _of_years(KindYear, organisation_id, year, against)


def _breakdown(
    rows: Sequence[Mapping[str, Any]], name: str, year: int, against: int | None, whole: int
) -> tuple[SpendRow, ...]:
    """Add up the rows of kinds and sizes by one of the two."""
    sums: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: {"cents": 0, "lines": 0, "suppliers": 0})
    for row in rows:
        for column in ("cents", "lines", "suppliers"):
            sums[row["year"], row[name]][column] += row[column]
    labels = words.kind_names() if name == "kind" else words.size_names()
    found = [
        common.spend_row(
            values,
            key=key,
            label=labels.get(key, key),
            whole=whole,
            before=sums[against, key]["cents"] if against and (against, key) in sums else (0 if against else None),
        )
        for (of_year, key), values in list(sums.items())
        if of_year == year
    ]
    return tuple(sorted(found, key=lambda row: (row.key == "unknown", -row.amount)))
