"""Keyset pages over a queryset: as fast on page 10 000 as on page 1, and the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet

from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import COUNT_LIMIT, Cursor, ListQuery, Slice

Row = TypeVar("Row")


def keyset(
    queryset: QuerySet[Any, Any],
    *,
    query: ListQuery,
    sorts: Mapping[str, str],
    fields: Sequence[str],
    convert: Callable[..., Row],
) -> Slice[Row]:
    """Return the slice of ``queryset`` that ``query`` asks for.

    ``sorts`` maps the sort names of the list to fields; the first is the default. ``fields`` are the values to
    read; ``convert`` (a dataclass, or ``dict``) gets them as keyword arguments. Rows without a value come last,
    whatever the direction, and equal values are ordered by identity, so no row is shown twice or skipped.
    Raises ``Rejected`` for an unknown sort or a cursor that does not belong to this order.
    """
    name = query.sort or next(iter(sorts))
    if name not in sorts:
        raise Rejected("Op deze kolom kan de lijst niet gesorteerd worden.", code="list-sort-unknown", sort=name)
    tag = f"{'-' if query.descending else ''}{name}"
    cursor = Cursor.decode(query.cursor) if query.cursor else None
    if cursor and cursor.sort != tag:
        raise Rejected("De volgorde van de lijst is veranderd. Begin opnieuw.", code="list-cursor-stale")
    order = _Order(queryset, sorts[name], descending=query.descending)
    rows, before, after = _page(order, cursor, fields, query.limit)
    total, capped = _count(queryset) if query.count else (None, False)
    return Slice(
        rows=[convert(**{key: row[key] for key in fields}) for row in rows],
        next=Cursor(tag, rows[-1][order.field], rows[-1]["id"]).encode() if after else "",
        previous=Cursor(tag, rows[0][order.field], rows[0]["id"], backwards=True).encode() if before else "",
        total=total,
        more_than_total=capped,
    )


def _page(
    order: _Order, cursor: Cursor | None, fields: Sequence[str], limit: int
) -> tuple[list[dict[str, Any]], bool, bool]:
    """Read one page in reading order, and tell whether there is something before and after it."""
    wanted = list(dict.fromkeys([*fields, "id", order.field]))
    try:
        rows = list(order.from_cursor(cursor).values(*wanted)[: limit + 1])
    except (ValidationError, ValueError, TypeError) as error:
        raise Rejected("Deze bladzijde van de lijst bestaat niet meer.", code="list-cursor-unreadable") from error
    more = len(rows) > limit
    rows = rows[:limit]
    if not rows:
        return [], False, False
    if cursor is not None and cursor.backwards:
        rows.reverse()
        return rows, more, True
    return rows, cursor is not None, more


def _count(queryset: QuerySet[Any, Any]) -> tuple[int, bool]:
    found = queryset.order_by()[: COUNT_LIMIT + 1].count()
    return min(found, COUNT_LIMIT), found > COUNT_LIMIT


class _Order:
    """One order of one queryset: by field, then by identity, with empty values last."""

    def __init__(self, queryset: QuerySet[Any, Any], field: str, *, descending: bool) -> None:
        self.queryset = queryset
        self.field = field
        self.descending = descending
        self.nullable = self._is_nullable()

    def _is_nullable(self) -> bool:
        try:
            return bool(self.queryset.model._meta.get_field(self.field).null)
        except (FieldDoesNotExist, AttributeError):
            return True  # an annotation or a field of a related row

    def from_cursor(self, cursor: Cursor | None) -> QuerySet[Any, Any]:
        """Return the rows after (or, backwards, before) the cursor, nearest first."""
        backwards = cursor is not None and cursor.backwards
        down = self.descending != backwards
        column = F(self.field)
        if self.nullable:
            # Empty values stay last in reading order, so they come first when reading backwards.
            ends = {"nulls_first": True} if backwards else {"nulls_last": True}
            by_value = column.desc(**ends) if down else column.asc(**ends)
        else:
            by_value = column.desc() if down else column.asc()
        found = self.queryset if cursor is None else self.queryset.filter(self._beyond(cursor, down=down))
        return found.order_by(by_value, "-id" if down else "id")

    def _beyond(self, cursor: Cursor, *, down: bool) -> Q:
        side = "lt" if down else "gt"
        tie = Q(**{f"id__{side}": cursor.identity})
        empty = Q(**{f"{self.field}__isnull": True})
        if cursor.value is None:
            rest = empty & tie
            return rest | ~empty if cursor.backwards else rest
        beyond = Q(**{f"{self.field}__{side}": cursor.value}) | (Q(**{self.field: cursor.value}) & tie)
        return beyond | empty if self.nullable and not cursor.backwards else beyond
