"""Writing rollup rows: only the rows that differ are touched, so that a small import writes little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import DecimalField, Field

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

_AT_ONCE = 5_000
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
        key, new = tuple(row[name] for name in keys), tuple(row[name] for name in values)
        old = before.pop(key, None)
        if old is None or old[1:] != new:
            changed.append((organisation_id, *key, *new))
    gone = [old[0] for old in before.values()]
    for start in range(0, len(gone), _DELETE_AT_ONCE):
        model.objects.of(organisation_id).filter(pk__in=gone[start : start + _DELETE_AT_ONCE]).delete()
    _write(model, changed)
    return len(changed) + len(gone)


def _write(model: type[_Rollup], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, or update those whose key is there. Plain SQL: objects would cost ten times the writing itself."""
    quote, fields = connection.ops.quote_name, {field.name: field for field in model._meta.concrete_fields}
    used = [fields[name] for name in ("organisation", *KEYS[model], *values_of(model))]
    columns = [quote(str(field.column)) for field in used]
    key, values = columns[: len(KEYS[model]) + 1], columns[len(KEYS[model]) + 1 :]
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608  # names of our own model
        f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT ({', '.join(key)}) "
        f"DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in values)}"
    )
    adapt = any(isinstance(field, DecimalField) for field in used)  # the others go in as they are
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            chunk = rows[start : start + _AT_ONCE]
            cursor.executemany(sql, [_adapted(row, used) for row in chunk] if adapt else chunk)


def _adapted(row: Sequence[Any], fields: Sequence[Field[Any, Any]]) -> tuple[Any, ...]:
    return tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True))
