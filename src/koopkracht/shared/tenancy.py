"""Every row of an organisation carries its key, and every query starts by choosing the organisation."""

from __future__ import annotations

from collections.abc import Mapping
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


def kept_once(
    model: Any, organisation_id: int, *, defaults: Mapping[str, Any] | None = None, **values: Any
) -> tuple[Any, bool]:
    """Return the first row with these values, made when there is none, and whether it is new.

    For rows that no unique key can hold together, such as long texts. Two requests of the very same moment may both be
    kept; unlike with ``get_or_create`` that never makes a later request fail.
    """
    row = model.objects.of(organisation_id).filter(**values).order_by("pk").first()
    if row is not None:
        return row, False
    return model.objects.create(organisation_id=organisation_id, **values, **(defaults or {})), True
