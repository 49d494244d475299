"""Spend lines for tests of the lake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pyarrow as pa

from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES, TABLES, BatchInfo


def lines(cents: Sequence[int], *, day: dt.date = dt.date(2025, 3, 1)) -> pa.Table:
    """Return lines with these amounts, the other columns plain."""
    values: dict[str, object] = {
        "line_no": list(range(2, 2 + len(cents))),
        "booking_date": [day + dt.timedelta(days=n) for n in range(len(cents))],
        "year": [day.year] * len(cents),
        "amount_cents": list(cents),
        "currency": ["EUR"] * len(cents),
        "line_hash": list(range(len(cents))),
    }
    schema = pa.schema([f for f in TABLES[SPEND_LINES].schema if f.name not in {"organisation_id", "batch_id"}])
    return pa.table({name: values.get(name, [None] * len(cents)) for name in schema.names}, schema=schema)


def written(organisation_id: int, cents: Sequence[int], *, receipt_id: int | None = None) -> BatchInfo:
    """Write one batch."""
    with lake.write_batch(organisation_id=organisation_id, table=SPEND_LINES, receipt_id=receipt_id) as batch:
        batch.write(lines(cents))
        return batch.commit()
