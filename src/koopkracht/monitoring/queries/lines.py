"""The source lines behind a figure, a page at a time, straight from the lake.

Filters go down into the Parquet files. Whether a line belongs to a product group is looked up through its combination,
so a new rule needs no rewriting of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.market import api as market
from koopkracht.monitoring import cells, engine
from koopkracht.monitoring.models import SpendState
from koopkracht.monitoring.types import NO_SUPPLIER, AssignedBy, LineFilter, LinePage, SourceLine
from koopkracht.shared.money import from_cents

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table

PAGE_SIZE = 50
_COLUMNS = (
    "batch_id", "line_no", "booking_date", "amount_cents", "currency", "supplier_id", "supplier_name_raw",
    "account_code", "account_name", "description", "document_number", "department", "product_group", "assigned_by",
    "rule",
)  # fmt: skip


def lines(*, organisation_id: int, chosen: LineFilter, page: int) -> LinePage:
    """Return one page of the lines that pass the filter, largest amount first, with count and total of all of them."""
    with _joined(organisation_id, chosen) as table:
        if table is None:
            return LinePage((), 0, from_cents(0), 1, 1)
        sums = engine.rows(table.agg(count=table.count(), cents=table.amount_cents.sum().cast("int64")))[0]
        count = sums["count"]
        pages = max(1, -(-count // PAGE_SIZE))
        page = min(max(1, page), pages)
        found = engine.rows(_ordered(table).limit(PAGE_SIZE, offset=(page - 1) * PAGE_SIZE))
    imported = {
        batch.id: batch.created_at for batch in lake.batches(organisation_id=organisation_id, table=SPEND_LINES)
    }
    return LinePage(
        lines=tuple(_line(row) for row in found),
        count=count,
        amount=from_cents(sums["cents"] or 0),
        page=page,
        pages=pages,
        imported=imported,
    )


def all_lines(*, organisation_id: int, chosen: LineFilter, limit: int) -> Iterator[SourceLine]:
    """Yield the lines that pass the filter, for an export; at most ``limit``."""
    with _joined(organisation_id, chosen) as table:
        if table is None:
            return
        for batch in engine.fetch(_ordered(table).limit(limit)).to_batches():
            for row in batch.to_pylist():
                yield _line(row)


@contextmanager
def _joined(organisation_id: int, chosen: LineFilter) -> Iterator[Table | None]:
    """Give the lines that pass the filter with the product group of their combination."""
    state = SpendState.objects.of(organisation_id).first()
    files = [
        file
        for file in lake.files(organisation_ids=[organisation_id], table=SPEND_LINES)
        if chosen.batch_id in ("", file.batch_id)
    ]
    assigned = cells.assigned_path(organisation_id, state.generation) if state and state.generation else None
    if not files or assigned is None or not assigned.exists():
        yield None
        return
    with engine.parquet([file.path for file in files]) as source, engine.parquet([assigned]) as combinations:
        kept = source.filter(_conditions(source, organisation_id, chosen))
        keyed = cells.with_key(kept)
        known = combinations.select(*cells.KEY, "product_group", "assigned_by", "rule")
        if chosen.product_group is None:
            yield keyed.left_join(known, list(cells.KEY)).select(*_COLUMNS)
        else:
            wanted = known.filter(known.product_group == chosen.product_group)
            yield keyed.inner_join(wanted, list(cells.KEY)).select(*_COLUMNS)


def _conditions(source: Table, organisation_id: int, chosen: LineFilter) -> list[BooleanValue]:
    import ibis

    found = [source.currency == chosen.currency]
    if chosen.year is not None:
        found.append(source.year == chosen.year)
    if chosen.month is not None:
        found.append(source.booking_date.month() == chosen.month)
    if chosen.supplier_id == NO_SUPPLIER:
        found.append(source.supplier_id.isnull())
    elif chosen.supplier_id is not None:
        found.append(source.supplier_id.isin(_merged_with(organisation_id, chosen.supplier_id)))
    if chosen.account:
        found.append(source.account_code.startswith(chosen.account))
    for word in chosen.words.lower().split():
        texts = (source.description, source.supplier_name_raw, source.account_name, source.document_number)
        found.append(ibis.or_(*(text.fill_null("").lower().contains(word) for text in texts)))
    return found


def _merged_with(organisation_id: int, supplier_id: int) -> list[int]:
    """Return all supplier numbers that count as this supplier."""
    canonical = market.canonical_ids(organisation_id=organisation_id)
    speaker = canonical.get(supplier_id, supplier_id)
    return sorted({speaker, *(one for one, target in canonical.items() if target == speaker)})


def _ordered(table: Table) -> Table:
    import ibis

    return table.order_by([ibis.desc("amount_cents"), "batch_id", "line_no"])


def _line(row: dict[str, Any]) -> SourceLine:
    return SourceLine(
        batch_id=row["batch_id"],
        line_no=row["line_no"],
        booking_date=row["booking_date"],
        amount=from_cents(row["amount_cents"]),
        currency=row["currency"],
        supplier_id=row["supplier_id"],
        supplier_name=row["supplier_name_raw"] or "",
        account_code=row["account_code"] or "",
        account_name=row["account_name"] or "",
        description=row["description"] or "",
        document_number=row["document_number"] or "",
        department=row["department"] or "",
        product_group=row["product_group"] or "",
        assigned_by=AssignedBy(row["assigned_by"] or AssignedBy.NOBODY),
        rule=row["rule"] or "",
    )
