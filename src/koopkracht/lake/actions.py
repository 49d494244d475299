"""Use cases of the lake: write a batch, undo it, upgrade it, sweep what a crash left behind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from koopkracht.lake import storage, upgrades
from koopkracht.lake.errors import BatchExists, BatchNotFound, SchemaMismatch, UnknownTable
from koopkracht.lake.models import Batch, BatchStatus
from koopkracht.lake.queries import info_of
from koopkracht.lake.types import TABLES, BatchInfo, LakeChanged, TableDefinition
from koopkracht.shared import clock, events

_SWEEP_AFTER_SECONDS = 3600.0
_OWN_COLUMNS = ("organisation_id", "batch_id")
ENCODED_TEXT = pa.dictionary(pa.int32(), pa.string())


def definition_of(table: str) -> TableDefinition:
    """Return the definition of a table or raise :class:`UnknownTable`."""
    try:
        return TABLES[table]
    except KeyError:
        raise UnknownTable(_("Deze gegevenstabel bestaat niet."), code="lake-table-unknown", table=table) from None


class BatchWriter:
    """A batch in the making. Nobody sees it before :meth:`commit` and the commit of the surrounding transaction."""

    def __init__(self, *, organisation_id: int, definition: TableDefinition, receipt_id: int | None) -> None:
        self.batch_id = uuid.uuid4().hex
        self.organisation_id = organisation_id
        self.sum_cents = 0
        self.period: tuple[date, date] | None = None
        self._definition = definition
        self._receipt_id = receipt_id
        self._file_name = f"{self.batch_id}.parquet"
        self._file: storage.BatchFile | None = None

    @property
    def rows(self) -> int:
        """Number of rows written so far."""
        return self._file.rows if self._file else 0

    def write(self, rows: pa.Table) -> None:
        """Add rows; ``organisation_id`` and ``batch_id`` are filled in here. Raises :class:`SchemaMismatch`."""
        if not rows.num_rows:
            return
        complete = self._complete(rows)
        self._summarise(complete)
        self._opened(complete.schema, complete).write(complete)

    def commit(self) -> BatchInfo:
        """Make the file durable and add its manifest row in the caller's transaction.

        Call it last, inside ``transaction.atomic()``. Raises :class:`BatchExists` when the receipt already has a
        current batch in this table.
        """
        digest = self._opened(self._definition.schema).publish()
        start, end = self.period or (None, None)
        try:
            with transaction.atomic():
                batch = Batch.objects.create(
                    id=self.batch_id,
                    organisation_id=self.organisation_id,
                    table=self._definition.name,
                    schema_version=self._definition.version,
                    file_name=self._file_name,
                    sha256=digest,
                    rows=self.rows,
                    sum_cents=self.sum_cents,
                    period_start=start,
                    period_end=end,
                    receipt_id=self._receipt_id,
                )
                events.announce(LakeChanged(self.organisation_id, self._definition.name))
        except IntegrityError as error:
            raise BatchExists(
                _("De gegevens van dit bestand zijn al ingeladen."), code="batch-exists", receipt_id=self._receipt_id
            ) from error
        return info_of(batch)

    def abandon(self) -> None:
        """Throw away what was not committed."""
        if self._file:
            self._file.abandon()

    def _opened(self, schema: pa.Schema, start: pa.Table | None = None) -> storage.BatchFile:
        """Return the file, made at the first rows: text stays dictionary-encoded where it comes in so."""
        if self._file is None:
            path = storage.path_of(self.organisation_id, self._definition.name, self._file_name)
            self._file = storage.BatchFile(path, schema, start)
        return self._file

    def _complete(self, rows: pa.Table) -> pa.Table:
        """Return ``rows`` with our own columns, in the order and types of the schema."""
        schema = self._definition.schema
        missing = [name for name in schema.names if name not in rows.column_names and name not in _OWN_COLUMNS]
        unknown = [name for name in rows.column_names if name not in schema.names]
        if missing or unknown:
            raise SchemaMismatch(
                _("De kolommen passen niet bij deze gegevenstabel."),
                code="lake-schema",
                missing=missing,
                unknown=unknown,
            )
        own = {
            "organisation_id": pa.repeat(pa.scalar(self.organisation_id, pa.int64()), rows.num_rows),
            "batch_id": pa.DictionaryArray.from_arrays(
                pa.repeat(pa.scalar(0, pa.int32()), rows.num_rows), pa.array([self.batch_id])
            ),
        }
        target = self._file.schema if self._file else schema
        columns = []
        fields = []
        for name in schema.names:
            column = own[name] if name in own else _as_type(rows.column(name), target.field(name), first=not self._file)
            columns.append(column)
            fields.append(pa.field(name, column.type, schema.field(name).nullable))
        return pa.Table.from_arrays(columns, schema=pa.schema(fields))

    def _summarise(self, rows: pa.Table) -> None:
        """Keep the totals that the manifest states."""
        definition = self._definition
        if definition.amount_column:
            self.sum_cents += pc.sum(rows.column(definition.amount_column)).as_py() or 0
        if definition.date_column:
            extremes = pc.min_max(rows.column(definition.date_column)).as_py()
            start, end = self.period or (extremes["min"], extremes["max"])
            self.period = (min(start, extremes["min"]), max(end, extremes["max"]))


def _as_type(column: pa.ChunkedArray, field: pa.Field, *, first: bool) -> pa.ChunkedArray:
    """Return ``column`` in the type of ``field``; nulls are refused where the schema refuses them.

    Text that comes dictionary-encoded in the first rows is written so: the file is the same, only sooner.
    """
    if not field.nullable and column.null_count:
        raise SchemaMismatch(_("Een verplichte kolom is niet overal ingevuld."), code="lake-null", column=field.name)
    if column.type == field.type or (first and pa.types.is_string(field.type) and column.type == ENCODED_TEXT):
        return column
    if field.type == ENCODED_TEXT:
        return column.dictionary_encode()
    return column.cast(field.type)


@contextmanager
def write_batch(*, organisation_id: int, table: str, receipt_id: int | None = None) -> Iterator[BatchWriter]:
    """Open a new batch; without a ``commit()`` inside the block it leaves nothing behind.

    Raises :class:`UnknownTable`.
    """
    writer = BatchWriter(organisation_id=organisation_id, definition=definition_of(table), receipt_id=receipt_id)
    try:
        yield writer
    finally:
        writer.abandon()


def undo_batch(*, organisation_id: int, batch_id: str) -> BatchInfo:
    """Take a batch out of every reader's sight; the file goes at the next sweep. Raises :class:`BatchNotFound`.

    Readers that already hold the list of files can finish; undoing twice changes nothing.
    """
    with transaction.atomic():
        batch = Batch.objects.of(organisation_id).filter(pk=batch_id).select_for_update().first()
        if batch is None:
            raise BatchNotFound(_("Deze gegevens bestaan niet (meer)."), code="batch-not-found", batch_id=batch_id)
        if batch.status == BatchStatus.CURRENT:
            batch.status = BatchStatus.UNDONE
            batch.undone_at = clock.now()
            batch.save(update_fields=["status", "undone_at"])
            events.announce(LakeChanged(organisation_id, batch.table))
    return info_of(batch)


def upgrade_batch(batch: Batch, *, definition: TableDefinition) -> Batch:
    """Rewrite an old batch in the current schema of its table and point the manifest at the new file."""
    old = storage.path_of(batch.organisation_id, batch.table, batch.file_name)
    file_name = f"{batch.pk}.v{definition.version}.{uuid.uuid4().hex[:8]}.parquet"
    target = storage.BatchFile(storage.path_of(batch.organisation_id, batch.table, file_name), definition.schema)
    try:
        with pq.ParquetFile(old) as source:
            for group in range(source.num_row_groups):
                rows = source.read_row_group(group)
                target.write(
                    upgrades.upgrade(rows, definition=definition, version=batch.schema_version, steps=upgrades.STEPS)
                )
        digest = target.publish()
    finally:
        target.abandon()
    # Two readers may upgrade at once; the first wins and the other's file is swept.
    Batch.objects.of(batch.organisation_id).filter(pk=batch.pk, file_name=batch.file_name).update(
        file_name=file_name, sha256=digest, schema_version=definition.version
    )
    batch.refresh_from_db()
    return batch


def sweep(*, older_than_seconds: float = _SWEEP_AFTER_SECONDS) -> int:
    """Remove files that no current batch needs and that nobody wrote to for a while; return how many.

    These are what a crash left (temporary files, files whose manifest row never committed), files of undone batches
    and files that were rewritten in a newer schema.
    """
    removed = 0
    for organisation_id, table, path in storage.stored_files():
        if not storage.is_older_than(path, older_than_seconds):
            continue
        batches = Batch.objects.of(organisation_id).filter(table=table, file_name=path.name, status=BatchStatus.CURRENT)
        if not batches.exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
