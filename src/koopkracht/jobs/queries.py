"""Reads of jobs: within one organisation for people, as bare counts for the operator."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from koopkracht.jobs.models import Job, JobState
from koopkracht.jobs.types import JobView
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound


def view(*, actor: Actor, job_id: int) -> JobView:
    """Return one job of the actor's organisation; raises ``NotFound``."""
    found = Job.objects.of(actor.organisation_id).filter(pk=job_id).first()
    if found is None:
        raise NotFound("Deze taak bestaat niet (meer).", code="job-not-found")
    return _view(found)


def running(*, actor: Actor) -> tuple[JobView, ...]:
    """Return the unfinished jobs of the actor's organisation, oldest first."""
    found = (
        Job.objects.of(actor.organisation_id)
        .filter(state__in=[JobState.WAITING, JobState.RUNNING])
        .order_by("created_at", "pk")[:50]
    )
    return tuple(_view(one) for one in found)


def totals() -> Mapping[str, int]:
    """Return how many jobs of the whole installation are in each state; for the operator, never for a page."""
    found = dict(Job.objects.order_by().values_list("state").annotate(jobs=Count("pk")))
    return {state: found.get(state, 0) for state in JobState.values}


def _view(job: Job) -> JobView:
    return JobView(
        id=job.pk,
        kind=job.kind,
        state=job.state,
        message=job.message,
        steps_done=job.steps_done,
        steps_total=job.steps_total,
        result=job.result,
        error_code=job.error_code,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )
