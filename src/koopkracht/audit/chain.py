"""The chain itself, without a database: what is hashed, and how.

The bytes of an event are a JSON array of its columns in a fixed order, in UTF-8, without spaces. ``data`` is in
that array as the text that is stored, so that no database or JSON library ever writes a number or a key order anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any, NamedTuple

import orjson

GENESIS = "0" * 64
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


class Link(NamedTuple):
    """One event as it is stored, in the order of the columns; the first nine fields are what the hash covers."""

    organisation_key: int
    sequence: int
    recorded_us: int
    user_key: int | None
    actor_label: str
    action: str
    subject: str
    subject_key: str
    data: str
    previous_hash: str
    event_hash: str


def to_microseconds(moment: dt.datetime) -> int:
    """Return an aware moment as whole microseconds since 1970 (UTC): the same number on every database."""
    return (moment - EPOCH) // MICROSECOND


def from_microseconds(value: int) -> dt.datetime:
    """Return the moment of a whole number of microseconds since 1970 (UTC)."""
    return EPOCH + value * MICROSECOND


def canonical(data: dict[str, Any]) -> str:
    """Return ``data`` as sorted JSON without spaces; raises ``TypeError`` or ``ValueError`` for what is not JSON.

    Dates and decimals become text: they are exact there.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_text)
    return storable(text)


def _text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong in the data of an event")


def storable(text: str) -> str:
    """Replace what no database can hold as text (NUL, halves of surrogate pairs) by the replacement character."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def event_hash(previous_hash: str, content: tuple[Any, ...]) -> str:
    """Return the SHA-256 over the previous hash, a line feed and the bytes of the nine columns."""
    return hashlib.sha256(previous_hash.encode("ascii") + b"\n" + orjson.dumps(content)).hexdigest()
