"""What crosses the border of the lake: table schemas and the facts about a batch.

The lake holds facts at scale (tens of millions of spend lines) as Parquet files. One file is one *batch*: the unit of
import and of undo. The database holds the manifest, one row per batch; a file without a committed manifest row does
not exist for any reader.

Money is integer cents, always with the currency beside it: never add amounts of different currencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

SPEND_LINES = "spend_lines"
"""Table of spend lines: one row is one line of an accounting export."""

# Column notes for readers:
#   line_no          line in the source file, counted from 1, so that a person can look it up
#   amount_cents     excluding VAT unless the source has no such column; positive = spent, credit notes negative
#   vat_cents        null when the source does not state VAT
#   supplier_id      id in the supplier register (market); a merged supplier is resolved there, not here;
#                    null when the line names no supplier at all (a journal entry)
#   supplier_ref_raw the identifier as the source wrote it (enterprise number, VAT number or own supplier number)
#   policy_code      Belgian policy-and-management code (beleidsveld, beleidsitem, actie) as written
#   line_hash        stable 64-bit hash of the content of the line, used to find overlap between batches
_SPEND_LINES_V1 = pa.schema(
    [
        pa.field("organisation_id", pa.int64(), nullable=False),
        pa.field("batch_id", pa.string(), nullable=False),
        pa.field("line_no", pa.int64(), nullable=False),
        pa.field("booking_date", pa.date32(), nullable=False),
        pa.field("year", pa.int32(), nullable=False),
        pa.field("amount_cents", pa.int64(), nullable=False),
        pa.field("vat_cents", pa.int64()),
        pa.field("currency", pa.string(), nullable=False),
        pa.field("supplier_id", pa.int64()),
        pa.field("supplier_name_raw", pa.string()),
        pa.field("supplier_ref_raw", pa.string()),
        pa.field("account_code", pa.string()),
        pa.field("account_name", pa.string()),
        pa.field("description", pa.string()),
        pa.field("document_number", pa.string()),
        pa.field("department", pa.string()),
        pa.field("policy_code", pa.string()),
        pa.field("cpv", pa.string()),
        pa.field("contract_reference", pa.string()),
        pa.field("line_hash", pa.int64(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table of the lake: its current schema and the columns the manifest summarises."""

    name: str
    version: int
    schema: pa.Schema
    amount_column: str | None
    date_column: str | None


TABLES: Mapping[str, TableDefinition] = {
    SPEND_LINES: TableDefinition(
        name=SPEND_LINES,
        version=1,
        schema=_SPEND_LINES_V1,
        amount_column="amount_cents",
        date_column="booking_date",
    ),
}


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One readable file of the lake, always in the current schema of its table."""

    organisation_id: int
    batch_id: str
    path: Path
    rows: int


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """The manifest of one batch, for screens and for other contexts."""

    id: str
    organisation_id: int
    table: str
    schema_version: int
    file_name: str
    sha256: str
    rows: int
    sum_cents: int
    period_start: date | None
    period_end: date | None
    status: str
    receipt_id: int | None
    created_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LakeChanged:
    """Event: the facts of an organisation in one table are no longer what they were."""

    organisation_id: int
    table: str


@dataclass(frozen=True, slots=True)
class VerifyProblem:
    """One deviation between the manifest and the files, with a sentence for the operator."""

    code: str
    batch_id: str
    message: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Outcome of comparing manifest and files; no problems means the lake is sound."""

    batches: int
    rows: int
    problems: tuple[VerifyProblem, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether manifest and files agree."""
        return not self.problems
