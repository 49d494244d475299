"""The pages of one product group and of one supplier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from koopkracht.market import api as market
from koopkracht.market.errors import SupplierNotFound
from koopkracht.monitoring import groups, sources
from koopkracht.monitoring.errors import UnknownProductGroup
from koopkracht.monitoring.models import GroupMonth, GroupSupplierYear, GroupYear, SupplierYear, YearTotal
from koopkracht.monitoring.queries import common
from koopkracht.monitoring.queries.opportunities import feature_reasons
from koopkracht.monitoring.queries.overview import supplier_rows
from koopkracht.monitoring.types import EURO, NO_SUPPLIER, UNASSIGNED_GROUP, GroupPage, SpendRow, SupplierPage
from koopkracht.shared.money import from_cents

_SUPPLIERS_SHOWN = 25


def group_page(*, organisation_id: int, code: str, year: int | None, compare: int | None) -> GroupPage:
    """Return everything about one product group. Raises :class:`UnknownProductGroup`."""
    if code != UNASSIGNED_GROUP and not groups.exists(code):
        raise UnknownProductGroup("Deze productgroep bestaat niet.", code="product-group-unknown")
    wholes = _year_totals(organisation_id)
    known = tuple(sorted(wholes, reverse=True))
    chosen = common.chosen_year(known, year)
    against = common.compared_year(known, chosen, compare)
    rows = {
        row["year"]: row
        for row in GroupYear.objects.of(organisation_id)
        .filter(currency=EURO, product_group=code)
        .order_by("year")
        .values()
    }
    now = rows.get(chosen)
    whole = now["cents"] if now else 0
    suppliers = _group_suppliers(organisation_id, code, chosen)
    before = dict(
        GroupSupplierYear.objects.of(organisation_id)
        .filter(
            currency=EURO, year=against, product_group=code, supplier_id__in=[row["supplier_id"] for row in suppliers]
        )
        .order_by()
        .values_list("supplier_id", "cents")
        if against
        else ()
    )
    named = supplier_rows(organisation_id, suppliers, whole, before if against else None)
    supplying = {row["supplier_id"] for row in suppliers}
    return GroupPage(
        code=code,
        year=chosen,
        compare=against,
        years=known,
        row=common.spend_row(
            now, key=code, label=groups.name_of(code), whole=wholes[now["year"]],
            before=(rows[against]["cents"] if against in rows else 0) if against else None, shares=True,
        )
        if now
        else None,
        trend=tuple(
            common.spend_row(row, key=str(of_year), label=str(of_year), whole=wholes[of_year], shares=True)
            for of_year, row in rows.items()
        ),
        months=_months(organisation_id, code, [one for one in (chosen, against) if one]),
        suppliers=named,
        supplier_count=now["suppliers"] if now else 0,
        contracts_ending=sources.contracts_ending(organisation_id, product_group=code) if code else (),
        candidates=sources.candidates(organisation_id, code, supplying=supplying) if code else (),
        features=feature_reasons(code),
        provenance=common.provenance(organisation_id),
    )  # fmt: skip


def supplier_page(*, organisation_id: int, supplier_id: int, year: int | None) -> SupplierPage:
    """Return the spend with one supplier; a merged supplier answers with the one that speaks for it.

    Raises :class:`~koopkracht.market.errors.SupplierNotFound`.
    """
    speaker = market.canonical_ids(organisation_id=organisation_id).get(supplier_id, supplier_id)
    view = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=[speaker]).get(speaker)
    if view is None:
        raise SupplierNotFound(supplier_id)
    wholes = _year_totals(organisation_id)
    yearly = list(
        SupplierYear.objects.of(organisation_id).filter(currency=EURO, supplier_id=speaker).order_by("year").values()
    )
    known = tuple(row["year"] for row in reversed(yearly))
    chosen = common.chosen_year(known, year)
    now = next((row for row in yearly if row["year"] == chosen), None)
    return SupplierPage(
        supplier_id=speaker,
        name=view.name,
        kind=now["kind"] if now else view.kind.value,
        size=now["size"] if now else view.size.value,
        kbo=view.kbo,
        year=chosen,
        years=tuple(
            common.spend_row(row, key=str(row["year"]), label=str(row["year"]), whole=wholes[row["year"]])
            for row in yearly
        ),
        groups=_supplier_groups(organisation_id, speaker, chosen, now["cents"] if now else 0),
        rank=_rank(organisation_id, now) if now else None,
        social=bool(now and now["kind"] == "social-economy"),
        provenance=common.provenance(organisation_id),
    )


def supplier_name(organisation_id: int, supplier_id: int) -> str:
    """Return the name of a supplier, or an empty text."""
    found = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=[supplier_id]).get(supplier_id)
    return found.name if found else ""


def _year_totals(organisation_id: int) -> dict[int, int]:
    return dict(
        YearTotal.objects.of(organisation_id).filter(currency=EURO).order_by("year").values_list("year", "cents")
    )


def _group_suppliers(organisation_id: int, code: str, year: int) -> list[dict[str, Any]]:
    """Return the largest suppliers in a product group, with their kind and size of that year."""
    rows = list(
        GroupSupplierYear.objects.of(organisation_id)
        .filter(currency=EURO, year=year, product_group=code)
        .exclude(supplier_id=NO_SUPPLIER)
        .order_by("-cents", "supplier_id")[:_SUPPLIERS_SHOWN]
        .values("supplier_id", "cents", "lines")
    )
    facts = {
        row["supplier_id"]: row
        for row in SupplierYear.objects.of(organisation_id)
        .filter(currency=EURO, year=year, supplier_id__in=[row["supplier_id"] for row in rows])
        .order_by()
        .values("supplier_id", "kind", "size")
    }
    return [{**facts[row["supplier_id"]], **row} for row in rows]


def _months(organisation_id: int, code: str, wanted: list[int]) -> tuple[tuple[int, int, Any], ...]:
    found = (
        GroupMonth.objects.of(organisation_id)
        .filter(currency=EURO, product_group=code, year__in=wanted)
        .order_by("year", "month")
        .values_list("year", "month", "cents")
    )
    return tuple((year, month, from_cents(cents)) for year, month, cents in found)


def _supplier_groups(organisation_id: int, supplier_id: int, year: int, whole: int) -> tuple[SpendRow, ...]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: {"cents": 0, "lines": 0})
    for row in (
        GroupSupplierYear.objects.of(organisation_id)
        .filter(currency=EURO, supplier_id=supplier_id, year=year)
        .order_by("-cents", "product_group")
        .values("product_group", "cents", "lines")
    ):
        sums[row["product_group"]] = {"cents": row["cents"], "lines": row["lines"]}
    return tuple(
        common.spend_row(values, key=code, label=groups.name_of(code), whole=whole) for code, values in sums.items()
    )


def _rank(organisation_id: int, row: Mapping[str, Any]) -> int:
    larger = SupplierYear.objects.of(organisation_id).filter(currency=EURO, year=row["year"], cents__gt=row["cents"])
    return int(larger.count()) + 1
