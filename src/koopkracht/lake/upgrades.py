"""Upgrades of old batches to the current schema of their table, one function per step.

A new version of a table adds its step here, from the version before it: a function from a table in the old schema to
one in the new. Files are rewritten when they are first read: an upgrade of the software needs no migration of the lake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa

from koopkracht.lake.types import TableDefinition

Step = Callable[[pa.Table], pa.Table]

STEPS: Mapping[tuple[str, int], Step] = {}
"""From (table, version) to the step that leads to the next version."""


def upgrade(
    rows: pa.Table, *, definition: TableDefinition, version: int, steps: Mapping[tuple[str, int], Step]
) -> pa.Table:
    """Return ``rows`` of ``version`` in the current schema of the table.

    Raises ``KeyError`` when a step is missing: a released version without a step is a programming error.
    """
    for step_version in range(version, definition.version):
        rows = steps[definition.name, step_version](rows)
    return rows.select(definition.schema.names).cast(definition.schema)
