"""The analytical engine: Ibis expressions, run by DuckDB inside this process.

Expressions stay within what other engines understand as well (no ``asof_join``, no pivots, ``count(where=…)``, ratios
only in floats and never of money), so that an installation that outgrows one machine can run them elsewhere.
DuckDB never goes to the network: extensions are neither installed nor loaded by themselves.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

_MEMORY = "2GB"
_local = threading.local()


def connection() -> Backend:
    """Return the engine of this thread; it holds no data of its own."""
    found: Backend | None = getattr(_local, "connection", None)
    if found is None:
        # Here: Ibis takes longer to start than everything else together, and most commands never ask it anything.
        import ibis

        found = ibis.duckdb.connect(
            memory_limit=_MEMORY,
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
        )
        # Order of rows is asked for where it matters; keeping it everywhere costs memory.
        found.raw_sql("SET preserve_insertion_order = false")
        _local.connection = found
    return found


@contextmanager
def parquet(paths: Sequence[Path]) -> Iterator[Table]:
    """Give the rows of these files as one table expression, for the duration of the block."""
    engine = connection()
    name = f"files_{uuid.uuid4().hex}"
    table = engine.read_parquet([str(path) for path in paths], table_name=name)
    try:
        yield table
    finally:
        engine.drop_view(name, force=True)


def fetch(expression: Any) -> pa.Table:
    """Run an expression and return its rows."""
    return connection().to_pyarrow(expression)


def rows(expression: Any) -> list[dict[str, Any]]:
    """Run an expression and return its rows as dictionaries, for small results."""
    found: list[dict[str, Any]] = fetch(expression).to_pylist()
    return found


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to; the file gets its name at the end of the block, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        yield temporary
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
