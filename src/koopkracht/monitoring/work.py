"""Background work of monitoring."""

from __future__ import annotations

from typing import Any

from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext
from koopkracht.monitoring import indicators
from koopkracht.monitoring.rebuild import rebuild

REBUILD = "monitoring.rebuild"


@job(REBUILD)
def rebuild_figures(context: JobContext, *, force: bool = False) -> dict[str, Any]:
    """Bring the figures of the organisation up to date; safe to run again."""
    report = rebuild(organisation_id=context.actor.organisation_id, progress=context.progress, force=force)
    # Indicators follow the figures, also when only notices or contracts changed since.
    values = indicators.refresh(organisation_id=context.actor.organisation_id)
    return {
        "lines": report.lines,
        "combinations": report.combinations,
        "changed_rows": report.changed_rows,
        "skipped": report.skipped,
        "indicator_values": values,
    }


@job(indicators.REFRESH)
def refresh_indicators(context: JobContext) -> dict[str, Any]:
    """Compute the indicators of the organisation; safe to run again."""
    return {"indicator_values": indicators.refresh(organisation_id=context.actor.organisation_id)}
