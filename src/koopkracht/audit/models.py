"""The append-only log of what happened: one hash-chained row per event, and the head of each chain."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing that happened in one organisation; never changed, never deleted.

    ``organisation_key`` and ``user_key`` are plain numbers: the log stays whole when a person is erased, and this
    context stands below ``accounts``. Key 0 is the chain of the installation itself. The moment is stored in whole
    microseconds and ``data`` as text, because the hash covers exactly what is stored.
    """

    organisation_key = models.BigIntegerField()
    sequence = models.BigIntegerField()
    recorded_us = models.BigIntegerField()
    user_key = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    subject_key = models.CharField(max_length=200, blank=True)
    data = models.TextField(default="{}")
    previous_hash = models.CharField(max_length=64)
    event_hash = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_key", "sequence"], name="audit_event_sequence_unique"),
        )
        indexes = (
            models.Index(fields=["organisation_key", "subject", "subject_key"], name="audit_event_subject"),
            models.Index(fields=["organisation_key", "action", "sequence"], name="audit_event_action"),
            models.Index(fields=["organisation_key", "user_key", "sequence"], name="audit_event_user"),
            models.Index(fields=["organisation_key", "recorded_us"], name="audit_event_moment"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_key}/{self.sequence} {self.action}"


class ChainHead(models.Model):
    """The last event of a chain: the row that writers lock, so that they queue up instead of forking the chain."""

    organisation_key = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    event_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.organisation_key}/{self.sequence}"
