"""The door of the lake: facts at scale as Parquet files, one file per batch.

Stable, keep it small. A batch is the unit of import and of undo; a reader sees exactly the batches whose manifest row
is committed.
"""

from __future__ import annotations

from koopkracht.lake.actions import BatchWriter, sweep, undo_batch, write_batch
from koopkracht.lake.queries import batch, batches, verify
from koopkracht.lake.readers import files, scan

__all__ = ["BatchWriter", "batch", "batches", "files", "scan", "sweep", "undo_batch", "verify", "write_batch"]
