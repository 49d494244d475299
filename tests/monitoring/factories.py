"""Small towns: suppliers, spend lines in the lake, and a short tree of product groups."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pyarrow as pa
from django.db import transaction

from koopkracht.accounts.models import Organisation
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES, TABLES, BatchInfo
from koopkracht.market.models import Supplier
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.monitoring.groups import Group
from koopkracht.monitoring.types import RebuildReport

_line_numbers = itertools.count(1)

GROUPS = (
    Group("SCH-01", "Schoonmaak", "Schoonmaak", words=("schoonmaak", "poetsen"), accounts=("61", "6102"),
          sure_accounts=("6102",), cpv_prefixes=("9091",)),
    Group("GRN-02", "Maaien", "Groen", words=("maaien", "gras"), accounts=("61",)),
    Group("GRN-06", "Planten en zaden", "Groen", words=("gras", "planten"), accounts=("60",)),
    Group("KAN-01", "Papier", "Kantoor", words=("papier",), accounts=("60",), cpv_prefixes=("3019",)),
    Group("ENE-01", "Elektriciteit", "Energie", words=("elektriciteit",), accounts=("612",), sure_accounts=("612",)),
)  # fmt: skip
"""A short tree; the codes are those of the catalogue, where monitoring looks up the names."""


@dataclass(frozen=True)
class Line:
    """One spend line; only what a test cares about needs to be given."""

    amount_cents: int
    supplier_id: int | None
    booking_date: dt.date = dt.date(2025, 3, 14)
    account_code: str | None = None
    account_name: str | None = None
    description: str | None = None
    cpv: str | None = None
    currency: str = "EUR"
    supplier_name_raw: str | None = None
    document_number: str | None = None


def supplier(
    of: Organisation,
    name: str = "Leverancier",
    kind: SupplierKind = SupplierKind.UNKNOWN,
    size: SupplierSize = SupplierSize.UNKNOWN,
) -> int:
    """Create a supplier and return its id."""
    made = Supplier.objects.create(
        organisation=of, name=name, search_name=name.lower(), kind=kind.value, size=size.value
    )
    return int(made.pk)


def table(lines: Iterable[Line]) -> pa.Table:
    """Return lines in the schema of the lake, without the columns that the lake fills in."""
    rows = []
    for line in lines:
        number = next(_line_numbers)
        rows.append(
            {
                **asdict(line),
                "line_no": number,
                "year": line.booking_date.year,
                "vat_cents": None,
                "supplier_ref_raw": None,
                "department": "Technische dienst",
                "policy_code": None,
                "contract_reference": None,
                "line_hash": number,
            }
        )
    schema = TABLES[SPEND_LINES].schema
    fields = [field for field in schema if field.name not in ("organisation_id", "batch_id")]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def batch(of: Organisation, lines: Iterable[Line]) -> BatchInfo:
    """Write lines to the lake as one batch."""
    with transaction.atomic(), lake.write_batch(organisation_id=of.pk, table=SPEND_LINES) as writer:
        writer.write(table(lines))
        return writer.commit()


def rebuild(of: Organisation, *, force: bool = False) -> RebuildReport:
    """Rebuild the figures of a town without a worker."""
    from koopkracht.monitoring import api

    return api.rebuild(organisation_id=of.pk, progress=lambda *_step: None, force=force)
