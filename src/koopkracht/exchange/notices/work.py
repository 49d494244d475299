"""Background work on notices: the apply of a large archive, with progress that a page can show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from koopkracht.exchange.notices.actions import APPLY_JOB, apply_notices
from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext


@job(APPLY_JOB)
def apply_notices_job(context: JobContext, *, receipt_id: int) -> dict[str, Any]:
    """Take the notices of an archive over; run again after a kill it skips what is registered."""

    def report(done: int, total: int) -> None:
        if done % 20 == 0 or done == total:
            context.progress(done, total, _("Aankondigingen inladen"))

    view = apply_notices(actor=context.actor, receipt_id=receipt_id, progress=report)
    return {"receipt_id": receipt_id, **view.counts}
