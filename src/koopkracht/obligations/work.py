"""Background work of obligations: the reminders, one job per organisation and day."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.jobs import api as jobs
from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext
from koopkracht.obligations.reminders import remind
from koopkracht.shared import clock
from koopkracht.shared.errors import TemporaryFailure

REMIND = "obligations.remind"


@job(REMIND)
def send_reminders(context: JobContext) -> dict[str, Any]:
    """Send what is due; safe to run again, because what was sent is marked."""
    report = remind(
        organisation_id=context.actor.organisation_id, on=clock.today(), progress=context.progress
    )  # fmt: skip
    if report.failed:
        raise TemporaryFailure(_("De mailserver nam niet alle herinneringen aan."), code="reminders-not-sent")
    return {"mails": report.mails, "obligations": report.obligations}


def enqueue_reminders() -> int:
    """Put the reminders of every organisation in the queue; return how many jobs that are."""
    places = accounts.organisations()
    for place in places:
        actor = accounts.system_actor(organisation_id=place.id, permissions=frozenset(), label="herinneringen")
        jobs.enqueue(kind=REMIND, actor=actor, payload={}, message=_("Herinneringen worden verstuurd."))
    return len(places)
