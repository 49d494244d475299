"""Files of the lake on disk: temporary file, fsync, rename; never a half file under its final name."""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

TEMPORARY_SUFFIX = ".part"
_ROW_GROUP_ROWS = 1_000_000
_JUDGED_ROWS = 20_000
_MOSTLY_DISTINCT = 0.4


def folder_of(organisation_id: int, table: str) -> Path:
    """Return the folder that holds the batches of one table of one organisation."""
    return Path(settings.LAKE_ROOT) / str(organisation_id) / table


def path_of(organisation_id: int, table: str, file_name: str) -> Path:
    """Return where a batch is, whether or not it exists."""
    return folder_of(organisation_id, table) / file_name


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_durable_folder(folder: Path) -> None:
    """Create ``folder`` and make the names of all new folders on the way to it durable."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


class _HashingFile(io.RawIOBase):
    """Writes through to a file and hashes what passes, so that the file need not be read again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, data: Any) -> int:
        self.digest.update(data)
        size = self._stream.write(data)
        self._position += size
        return size


def _encodings(schema: pa.Schema, start: pa.Table | None) -> dict[str, Any]:
    """Return how each column is best written, judged on the first rows.

    A dictionary of values that hardly repeat costs more than it saves, and so do the extremes of text: a reader can
    skip rows by date, amount or supplier, never by a piece of text.
    """
    judged = schema.empty_table() if start is None else start.slice(0, _JUDGED_ROWS)
    distinct = {name for name in schema.names if _mostly_distinct(judged.column(name))}
    counted = [name for name in distinct if pa.types.is_int64(schema.field(name).type) and _rises(judged.column(name))]
    text = {field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_dictionary(field.type)}
    return {
        "use_dictionary": [name for name in schema.names if name not in distinct],
        "column_encoding": dict.fromkeys(counted, "DELTA_BINARY_PACKED") or None,
        "write_statistics": [name for name in schema.names if name not in text],
    }


def _mostly_distinct(column: pa.ChunkedArray) -> bool:
    if pa.types.is_dictionary(column.type):
        return False
    return bool(pc.count_distinct(column).as_py() > _MOSTLY_DISTINCT * len(column))


def _rises(column: pa.ChunkedArray) -> bool:
    """Tell whether each number is larger than the one before it, as line numbers are."""
    return bool(pc.all(pc.greater(column[1:], column[:-1])).as_py())


class BatchFile:
    """A Parquet file being written under a temporary name; :meth:`publish` gives it its final name."""

    def __init__(self, final: Path, schema: pa.Schema, start: pa.Table | None = None) -> None:
        _make_durable_folder(final.parent)
        self.final = final
        self.schema = schema
        self.rows = 0
        self._temporary = final.with_name(final.name + TEMPORARY_SUFFIX)
        self._stream = self._temporary.open("wb", buffering=0)
        self._sink = _HashingFile(self._stream)
        self._writer = pq.ParquetWriter(
            pa.PythonFile(self._sink, mode="w"),
            schema,
            compression="zstd",
            compression_level=1,
            store_schema=False,
            **_encodings(schema, start),
        )

    def write(self, table: pa.Table) -> None:
        """Add rows; the table must have the schema of the file."""
        self._writer.write_table(table, row_group_size=_ROW_GROUP_ROWS)
        self.rows += table.num_rows

    def publish(self) -> str:
        """Finish, make durable, rename; return the SHA-256 of the file."""
        self._writer.close()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._temporary.rename(self.final)
        sync_folder(self.final.parent)
        return self._sink.digest.hexdigest()

    def abandon(self) -> None:
        """Throw away what was written; harmless after :meth:`publish`."""
        if not self._stream.closed:
            self._writer.close()
            self._stream.close()
        self._temporary.unlink(missing_ok=True)


def stored_files() -> Iterator[tuple[int, str, Path]]:
    """Yield organisation, table and path of every file in the lake, temporary ones included."""
    root = Path(settings.LAKE_ROOT)
    for path in sorted(root.glob("*/*/*")):
        organisation = path.parent.parent.name
        if organisation.isdigit() and path.is_file():
            yield int(organisation), path.parent.name, path


def is_older_than(path: Path, seconds: float) -> bool:
    """Tell whether nobody wrote to ``path`` for this long; a file that vanished meanwhile is not old."""
    try:
        return time.time() - path.stat().st_mtime >= seconds
    except FileNotFoundError:
        return False
