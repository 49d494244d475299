"""Background work of the planner."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _

from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext
from koopkracht.monitoring.planner import running
from koopkracht.shared.errors import KoopkrachtError, TemporaryFailure


@job(running.SOLVE)
def solve_plan(context: JobContext, *, plan_id: int) -> dict[str, Any]:
    """Compute one plan; safe to run again, a finished plan stays as it is."""
    organisation_id = context.actor.organisation_id
    try:
        state = running.compute(organisation_id=organisation_id, plan_id=plan_id, report=context.progress)
    except (TemporaryFailure, OperationalError, IntegrityError):
        raise  # the queue tries these again
    except KoopkrachtError as error:
        running.fail(organisation_id=organisation_id, plan_id=plan_id, message=error.message)
        raise
    except Exception:
        message = _("Er liep iets mis bij het rekenen. Vraag het plan opnieuw, of meld dit aan de beheerder.")
        running.fail(organisation_id=organisation_id, plan_id=plan_id, message=message)
        raise
    return {"state": state.value}
