"""Numbered releases of the law, and the evaluations that people kept."""

from __future__ import annotations

import uuid
from typing import Any, Never

from django.db import models

from koopkracht.shared.tenancy import OrganisationOwned


class Unchangeable(Exception):
    """A release or a kept evaluation is written once; this is a bug in the caller."""


class WriteOnceQuerySet(models.QuerySet[Any]):
    """Rows are added and read, nothing else."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse: write a new release instead."""
        raise Unchangeable(f"{self.model.__name__} is never updated")

    def delete(self) -> Never:
        """Refuse: answers rest on it."""
        raise Unchangeable(f"{self.model.__name__} is never deleted")


class Release(models.Model):
    """All parameters of one moment, with the hash of their content."""

    number = models.PositiveIntegerField(unique=True)
    content_hash = models.CharField(max_length=64, unique=True)
    catalogue_hash = models.CharField(max_length=64)
    content = models.TextField()
    parameters = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"release {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new release; an existing one is never changed."""
        if not self._state.adding:
            raise Unchangeable("a release is never updated")
        super().save(*args, **kwargs)


class KeptEvaluation(OrganisationOwned):
    """An answer as it was on that day, with the facts to compute it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=60)
    launch_date = models.DateField()
    facts = models.JSONField()
    outcome = models.CharField(max_length=20)
    answer = models.JSONField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    catalogue_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = (models.Index(fields=("organisation", "-created_at"), name="rules_kept_recent"),)

    def __str__(self) -> str:
        return self.title
