"""Background work on OCDS: the apply of a large file, with progress that a page can show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from koopkracht.exchange.ocds.actions import APPLY_JOB, apply_ocds
from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext


@job(APPLY_JOB)
def apply_ocds_job(context: JobContext, *, receipt_id: int) -> dict[str, Any]:
    """Take the processes of a file over; run again after a kill it skips what is registered."""

    def report(done: int, total: int) -> None:
        if done % 20 == 0 or done == total:
            context.progress(done, total, _("OCDS-gegevens inladen"))

    view = apply_ocds(actor=context.actor, receipt_id=receipt_id, progress=report)
    return {"receipt_id": receipt_id, **view.counts}
