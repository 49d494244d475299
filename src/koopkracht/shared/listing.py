"""Lists as they cross a door: what is asked (``ListQuery``) and the part that is answered (``Slice``). No Django."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from koopkracht.shared.errors import Rejected

Row = TypeVar("Row")
Other = TypeVar("Other")
PAGE_SIZE = 50
COUNT_LIMIT = 1000
"""Counting stops here: a list page must stay fast, also over millions of rows."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a caller wants to see of a list; ``sort`` names a column and ``cursor`` comes from an earlier slice."""

    filters: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    sort: str = ""
    descending: bool = False
    cursor: str = ""
    limit: int = PAGE_SIZE
    count: bool = True


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Part of a list. ``total`` is exact unless ``more_than_total`` says that counting stopped there."""

    rows: Sequence[Row]
    next: str = ""
    previous: str = ""
    total: int | None = None
    more_than_total: bool = False

    def map(self, convert: Callable[[Row], Other]) -> Slice[Other]:
        """Return the same slice with every row converted."""
        rows = [convert(row) for row in self.rows]
        return Slice(rows, self.next, self.previous, self.total, self.more_than_total)


def key_of(text: str) -> int:
    """Return the key of a row that a filter names; -1, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else -1


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a sorted list: the sort value and identity of a row, and which way to read from there."""

    sort: str
    value: Any
    identity: int | str
    backwards: bool = False

    def encode(self) -> str:
        """Return the cursor as text that is safe in an address."""
        parts = [self.sort, *_pack(self.value), self.identity, self.backwards]
        text = json.dumps(parts, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Read a cursor back; raises ``Rejected`` for text that is no cursor of ours."""
        try:
            parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            sort, kind, value, identity, backwards = parts
            return cls(str(sort), _unpack(kind, value), identity, bool(backwards))
        except (ValueError, TypeError, KeyError, ArithmeticError, binascii.Error) as error:
            raise Rejected(
                "Deze bladzijde van de lijst bestaat niet meer. Begin opnieuw bij de eerste bladzijde.",
                code="list-cursor-unreadable",
            ) from error


_READERS: dict[str, Callable[[Any], Any]] = {
    "plain": lambda value: value,
    "decimal": Decimal,
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
}


def _pack(value: Any) -> tuple[str, Any]:
    if isinstance(value, Decimal):
        return "decimal", str(value)
    if isinstance(value, dt.datetime):
        return "moment", value.isoformat()
    if isinstance(value, dt.date):
        return "date", value.isoformat()
    return "plain", value


def _unpack(kind: str, value: Any) -> Any:
    return _READERS[kind](value)
