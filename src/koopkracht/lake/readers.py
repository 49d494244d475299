"""What readers of facts use: the list of files, always in the current schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from koopkracht.lake import storage
from koopkracht.lake.actions import definition_of, upgrade_batch
from koopkracht.lake.queries import current_batches
from koopkracht.lake.types import LakeFile


def files(*, organisation_ids: Sequence[int], table: str) -> tuple[LakeFile, ...]:
    """Return the files of all current batches of these organisations, upgraded where they were written long ago.

    Raises :class:`~koopkracht.lake.errors.UnknownTable`.
    """
    definition = definition_of(table)
    found = []
    for batch in current_batches(organisation_ids, table):
        current = batch if batch.schema_version == definition.version else upgrade_batch(batch, definition=definition)
        path = storage.path_of(current.organisation_id, table, current.file_name)
        found.append(LakeFile(current.organisation_id, current.pk, path, current.rows))
    return tuple(found)


def scan(
    *,
    organisation_id: int,
    table: str,
    columns: Sequence[str],
    batch_ids: Sequence[str] | None = None,
    rows_at_once: int = 131_072,
) -> Iterator[pa.RecordBatch]:
    """Yield the chosen columns of current batches in pieces, so that memory stays flat.

    Raises :class:`~koopkracht.lake.errors.UnknownTable`.
    """
    for file in files(organisation_ids=[organisation_id], table=table):
        if batch_ids is None or file.batch_id in batch_ids:
            with pq.ParquetFile(file.path) as source:
                yield from source.iter_batches(batch_size=rows_at_once, columns=list(columns))
