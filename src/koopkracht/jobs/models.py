"""What the queue library does not keep: the owner of a job, its lease, its attempts and its progress."""

from __future__ import annotations

from django.db import models

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class JobState(models.TextChoices):
    """Where a job stands; ``failed`` is final, a temporary failure goes back to ``waiting``."""

    WAITING = "waiting", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


class Job(OrganisationOwned):
    """One piece of background work for an organisation.

    The lease is the promise of a worker to report before ``lease_until``; a job whose lease has passed belongs to
    nobody and is handed out again. ``task_id`` is the row of the queue library that carries the current attempt.
    """

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=JobState.choices, default=JobState.WAITING)
    user_key = models.BigIntegerField(null=True)
    permissions = models.JSONField(default=list)
    actor_label = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    task_id = models.CharField(max_length=64, blank=True)
    steps_done = models.BigIntegerField(default=0)
    steps_total = models.BigIntegerField(null=True)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-created_at"], name="jobs_job_recent"),
            models.Index(fields=["state", "lease_until"], name="jobs_job_lease"),
        )


class Schedule(models.Model):
    """When a periodic function of the installation is due again."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
