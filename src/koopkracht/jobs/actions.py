"""Handing out, running, retrying and reclaiming background work.

The queue itself is django-tasks with its database backend. It leaves a job of a killed worker running for ever and
knows no retry; the ``Job`` row adds the lease and the count of attempts, and is what the pages read.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import IntegrityError, OperationalError, close_old_connections, transaction
from django.db.models import QuerySet
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from koopkracht.jobs.models import Job, JobState
from koopkracht.jobs.registry import handler_of
from koopkracht.jobs.types import JobContext
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import KoopkrachtError, TemporaryFailure

LEASE = dt.timedelta(minutes=2)
MAX_ATTEMPTS = 5
KEPT = dt.timedelta(days=90)
log = structlog.get_logger("koopkracht.jobs")


@task()
def run_job(job_id: int) -> None:
    """Carry out one attempt at a job; the queue calls this in the worker."""
    job = _take(job_id)
    if job is None:
        return
    actor = Actor(
        organisation_id=job.organisation_id,
        user_id=job.user_key,
        permissions=frozenset(job.permissions),
        label=job.actor_label,
    )
    context = JobContext(job_id=job.pk, actor=actor, attempt=job.attempts, progress=_reporter(job))
    try:
        result = handler_of(job.kind)(context, **job.payload)
    except TemporaryFailure as error:
        _retry(job, error)
    except KoopkrachtError as error:
        _finish(job, JobState.FAILED, message=error.message, error_code=error.code)
    except (OperationalError, IntegrityError):
        # A deadlock, a database that restarts, or somebody who stored the same row a moment sooner.
        log.exception("job met the database", kind=job.kind, job=job.pk)
        close_old_connections()
        _retry(job, TemporaryFailure("De databank was even niet beschikbaar.", code="database-busy"))
    except Exception:
        log.exception("job crashed", kind=job.kind, job=job.pk)
        _finish(
            job,
            JobState.FAILED,
            message="Er liep iets mis in het programma. Er is niets half opgeslagen. Meld dit aan de beheerder.",
            error_code="crashed",
        )
    else:
        _finish(job, JobState.DONE, result=result)


def enqueue(
    *,
    kind: str,
    actor: Actor,
    payload: Mapping[str, Any],
    message: str = "",
    run_after: dt.datetime | None = None,
) -> int:
    """Put work in the queue and return the number of the job; it starts after the current transaction commits.

    ``payload`` is plain JSON. Raises ``ConfigurationError`` for a kind that nobody handles.
    """
    handler_of(kind)
    with transaction.atomic():
        job = Job.objects.create(
            organisation_id=actor.organisation_id,
            kind=kind,
            payload=dict(payload),
            user_key=actor.user_id,
            permissions=sorted(actor.permissions),
            actor_label=actor.label,
            message=message,
        )
        _queue(job, run_after)
    return job.pk


def reclaim() -> int:
    """Hand out again every job whose worker stopped reporting; return how many there were."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=clock.now()).order_by("pk")
    count = 0
    for job in lost:
        if job.attempts >= MAX_ATTEMPTS:
            _finish(
                job,
                JobState.FAILED,
                message="De taak viel telkens stil. Meld dit aan de beheerder.",
                error_code="lost",
            )
            continue
        with transaction.atomic():
            taken = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_until=job.lease_until)
            if taken.update(state=JobState.WAITING, lease_until=None, message="Wordt hervat."):
                _queue(job, None)
                count += 1
    return count


def prune(*, older_than: dt.timedelta = KEPT) -> int:
    """Remove jobs that finished longer ago than ``older_than``, with their rows in the queue; return how many."""
    finished = Job.objects.filter(
        state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=clock.now() - older_than
    ).order_by("pk")
    with transaction.atomic():
        DBTaskResult.objects.filter(pk__in=[uuid.UUID(job.task_id) for job in finished if job.task_id]).delete()
        removed, _rows = finished.delete()
    return removed


def _queue(job: Job, run_after: dt.datetime | None) -> None:
    queued = (run_job.using(run_after=run_after) if run_after else run_job).enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=str(queued.id))


def _take(job_id: int) -> Job | None:
    now = clock.now()
    with transaction.atomic():
        taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
            state=JobState.RUNNING, started_at=now, lease_until=now + LEASE
        )
        if not taken:
            return None
        job: Job = Job.objects.get(pk=job_id)
        job.attempts += 1
        job.save(update_fields=["attempts"])
    log.info("job started", kind=job.kind, job=job.pk, attempt=job.attempts, pid=os.getpid())
    return job


def _held(job: Job) -> QuerySet[Job, Job]:
    """Return the row while this attempt holds it; nothing once the job was handed to another worker."""
    held: QuerySet[Job, Job] = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    return held


def _reporter(job: Job) -> Any:
    def progress(done: int, total: int | None, message: str) -> None:
        _held(job).update(steps_done=done, steps_total=total, message=message[:300], lease_until=clock.now() + LEASE)

    return progress


def _retry(job: Job, error: TemporaryFailure) -> None:
    if job.attempts >= MAX_ATTEMPTS:
        _finish(job, JobState.FAILED, message=error.message, error_code=error.code)
        return
    wait = dt.timedelta(seconds=5 * 4 ** (job.attempts - 1))
    with transaction.atomic():
        message = f"{error.message} We proberen het straks opnieuw."[:300]
        if _held(job).update(state=JobState.WAITING, lease_until=None, message=message):
            _queue(job, clock.now() + wait)


def _finish(
    job: Job,
    state: JobState,
    *,
    message: str | None = None,
    result: dict[str, Any] | None = None,
    error_code: str = "",
) -> None:
    values: dict[str, Any] = {
        "state": state,
        "finished_at": clock.now(),
        "lease_until": None,
        "result": result,
        "error_code": error_code,
    }
    if message is not None:
        values["message"] = message[:300]
    _held(job).update(**values)
