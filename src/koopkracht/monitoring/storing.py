"""Writing rollup rows: only the rows that differ are touched, so that a small import writes little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from koopkracht.monitoring.models import (
    GroupMonth,
    GroupSupplierYear,
    GroupYear,
    KindYear,
    SupplierYear,
    YearTotal,
    _Rollup,
)

KEYS: Mapping[type[_Rollup], tuple[str, ...]] = {
    GroupSupplierYear: ("currency", "year", "product_group", "supplier_id"),
    SupplierYear: ("currency", "year", "supplier_id"),
    GroupYear: ("currency", "year", "product_group"),
    GroupMonth: ("currency", "year", "month", "product_group"),
    KindYear: ("currency", "year", "kind", "size"),
    YearTotal: ("currency", "year"),
}
"""The rollup tables, each with its key within an organisation."""

_AT_ONCE = 2_000
_DELETE_AT_ONCE = 500


def values_of(model: type[_Rollup]) -> tuple[str, ...]:
    """Return the names of the columns of a rollup that are not its key."""
    own = {"id", "organisation", *KEYS[model]}
    return tuple(column.name for column in model._meta.concrete_fields if column.name not in own)


def stored(model: type[_Rollup], organisation_id: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return the rows of an organisation: from key to primary key and values."""
    names, width = (*KEYS[model], "pk", *values_of(model)), len(KEYS[model])
    found = model.objects.of(organisation_id).values_list(*names).order_by()
    return {row[:width]: row[width:] for row in found.iterator(chunk_size=10_000)}


def replace(model: type[_Rollup], organisation_id: int, rows: Iterable[Mapping[str, Any]]) -> int:
    """Make the stored rows of an organisation equal to ``rows``; return how many rows were touched."""
    before = stored(model, organisation_id)
    keys, values = KEYS[model], values_of(model)
    changed = []
    for row in rows:
        old = before.pop(tuple(row[name] for name in keys), None)
        if old is None or old[1:] != tuple(row[name] for name in values):
            changed.append(model(organisation_id=organisation_id, **row))
    gone = [old[0] for old in before.values()]
    for start in range(0, len(gone), _DELETE_AT_ONCE):
        model.objects.of(organisation_id).filter(pk__in=gone[start : start + _DELETE_AT_ONCE]).delete()
    if changed:
        model.objects.bulk_create(
            changed,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["organisation", *keys],
            update_fields=list(values),
        )
    return len(changed) + len(gone)
