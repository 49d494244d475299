"""Background work on invoices: the apply of a large archive, with progress that a page can show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from koopkracht.exchange.invoices.actions import APPLY_JOB, apply_invoices
from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext


@job(APPLY_JOB)
def apply_invoices_job(context: JobContext, *, receipt_id: int) -> dict[str, Any]:
    """Put the invoices of an archive in the inbox; run again after a kill it skips what is there."""

    def report(done: int, total: int) -> None:
        context.progress(done, total, _("Facturen inladen"))

    view = apply_invoices(actor=context.actor, receipt_id=receipt_id, progress=report)
    return {"receipt_id": receipt_id, **view.counts}
