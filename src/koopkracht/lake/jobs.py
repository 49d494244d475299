"""Housekeeping of the lake that a worker does by itself."""

from __future__ import annotations

import datetime as dt

import structlog

from koopkracht.jobs.api import periodic
from koopkracht.lake.actions import sweep

log = structlog.get_logger("koopkracht.lake")


@periodic("lake.sweep", every=dt.timedelta(hours=6))
def sweep_lake() -> None:
    """Remove what crashes and undone batches left on disk."""
    removed = sweep()
    if removed:
        log.info("lake swept", files=removed)
