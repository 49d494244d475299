"""Every row of an organisation carries its key, and every query starts by choosing the organisation."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

RowT = TypeVar("RowT", bound=models.Model)


class OrganisationQuerySet(models.QuerySet[RowT]):
    """A queryset that is narrowed to one organisation before anything else."""

    def of(self, organisation_id: int) -> Self:
        """Return only the rows of this organisation."""
        return self.filter(organisation_id=organisation_id)


class OrganisationOwned(models.Model):
    """Abstract base of all rows that belong to one organisation (the tenant).

    Use ``Model.objects.of(organisation_id)``. Unique keys and indexes start with ``organisation``, so that
    the tables can be sharded on it.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects: Any = OrganisationQuerySet.as_manager()

    class Meta:
        abstract = True
