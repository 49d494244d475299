"""Reads of the market context. Querysets stay inside; what leaves is plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from koopkracht.market.models import Supplier
from koopkracht.market.types import SupplierKind, SupplierSize, SupplierView


def canonical_ids(organisation_id: int) -> Mapping[int, int]:
    """Return for each merged supplier the supplier that speaks for it now, chains followed to their end."""
    direct = dict(
        Supplier.objects.of(organisation_id).filter(merged_into__isnull=False).values_list("id", "merged_into_id")
    )
    resolved = {}
    for supplier_id in direct:
        target = supplier_id
        while target in direct:
            target = direct[target]
        resolved[supplier_id] = target
    return resolved


def to_view(row: Supplier, canonical: Mapping[int, int]) -> SupplierView:
    """Make the view of one supplier row."""
    return SupplierView(
        id=row.pk,
        name=row.name,
        kbo=row.kbo,
        vat=row.vat,
        country=row.country,
        kind=SupplierKind(row.kind),
        kind_source=row.kind_source,
        kind_as_of=row.kind_as_of,
        size=SupplierSize(row.size),
        size_source=row.size_source,
        size_as_of=row.size_as_of,
        municipality=row.municipality,
        postal_code=row.postal_code,
        canonical_id=canonical.get(row.pk, row.pk),
    )


def suppliers_by_ids(organisation_id: int, supplier_ids: Iterable[int]) -> dict[int, SupplierView]:
    """Return the views of the given suppliers; ids of other organisations are simply not there."""
    canonical = canonical_ids(organisation_id)
    ids = sorted(set(supplier_ids))
    views: dict[int, SupplierView] = {}
    for start in range(0, len(ids), 5_000):
        rows = Supplier.objects.of(organisation_id).filter(id__in=ids[start : start + 5_000])
        views.update((row.pk, to_view(row, canonical)) for row in rows)
    return views
