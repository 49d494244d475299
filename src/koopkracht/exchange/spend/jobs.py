"""Background work on spend files: the use cases with progress that a page can show."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from koopkracht.exchange.formats.spend import Role
from koopkracht.exchange.queries import find
from koopkracht.exchange.spend.actions import APPLY_JOB, PLAN_JOB, apply_spend, plan_spend
from koopkracht.exchange.spend.planning import Choice
from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext

_REPORT_SECONDS = 1.0


@job(PLAN_JOB)
def plan_spend_job(context: JobContext, *, receipt_id: int, choice: dict[str, Any] | None) -> dict[str, Any]:
    """Look at a large file."""
    chosen = None
    if choice is not None:
        columns = choice["columns"]
        named = None if columns is None else {Role(role): int(number) for role, number in columns.items()}
        chosen = Choice(**{**choice, "columns": named})
    report = _reporter(context, receipt_id, _("Bestand nakijken"))
    plan_spend(actor=context.actor, receipt_id=receipt_id, choice=chosen, progress=report)
    return {"receipt_id": receipt_id}


@job(APPLY_JOB)
def apply_spend_job(context: JobContext, *, receipt_id: int) -> dict[str, Any]:
    """Take a file over into the lake."""
    report = _reporter(context, receipt_id, _("Uitgaven inladen"))
    view = apply_spend(actor=context.actor, receipt_id=receipt_id, progress=report)
    return {"receipt_id": receipt_id, "rows": view.counts["rows"]}


def _reporter(context: JobContext, receipt_id: int, message: str) -> Callable[[int], None]:
    """Return a progress function that reports at most once a second."""
    total = find(context.actor.organisation_id, receipt_id).size
    last = 0.0

    def report(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _REPORT_SECONDS:
            last = time.monotonic()
            context.progress(min(done, total), total, message)

    return report
