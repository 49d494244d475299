"""A row in every table of an organisation, made from the fields alone: so that no table can be forgotten."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from koopkracht.shared.tenancy import OrganisationOwned


def owned_models() -> list[type[models.Model]]:
    """Return every table whose rows belong to an organisation."""
    return [model for model in apps.get_models() if issubclass(model, OrganisationOwned)]


class RowMaker:
    """Makes one row per table for one organisation, all with the same key."""

    def __init__(self, organisation_id: int, user_id: int, key: int) -> None:
        self.organisation_id = organisation_id
        self.user_id = user_id
        self.key = key
        self.made: set[tuple[type[models.Model], int]] = set()
        self.refused: dict[str, str] = {}

    def make_all(self) -> None:
        """Make a row in every table of an organisation, and in what those rows point at."""
        for model in owned_models():
            self.make(model, self.key)

    def make(self, model: type[models.Model], key: int) -> int:
        """Make the row with ``key`` in one table, after what it points at; a refusal is kept for the report."""
        if (model, key) in self.made:
            return key
        self.made.add((model, key))
        values: dict[str, Any] = {}
        seen: Counter[Any] = Counter()
        for field in model._meta.concrete_fields:
            seen[field.related_model] += 1
            value = self._value(field, key, seen[field.related_model] - 1)
            if value is not None:
                values[field.attname] = value
        try:
            with transaction.atomic():
                model._default_manager.bulk_create([model(**values)])
        except IntegrityError as error:
            self.refused[model._meta.label] = str(error)
        return key

    def _value(self, field: models.Field, key: int, pointers_before: int) -> Any:
        if field.primary_key:
            return field.to_python(key) if not isinstance(field, models.UUIDField) else None
        if isinstance(field, models.ForeignKey):
            return self._pointer(field, pointers_before)
        if field.has_default():
            return None
        if field.null:
            return None
        if field.choices:
            return field.flatchoices[0][0]
        return _plain(field, key)

    def _pointer(self, field: models.ForeignKey, pointers_before: int) -> Any:
        target = field.related_model
        if target._meta.label == "accounts.Organisation":
            return self.organisation_id
        if target._meta.label == "accounts.User":
            return self.user_id
        if field.null or target is field.model:
            return None
        if not issubclass(target, OrganisationOwned) and target._default_manager.exists():
            return target._default_manager.order_by("pk").values_list("pk", flat=True)[0]  # shared by all: use it
        # Two pointers to one table get two rows: tables of pairs check that they differ.
        return self.make(target, self.key + pointers_before)


def _plain(field: models.Field, key: int) -> Any:
    if isinstance(field, models.DateTimeField):
        return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    if isinstance(field, models.DateField):
        return dt.date(2026, 1, 1)
    if isinstance(field, models.DecimalField):
        return Decimal(0)
    if isinstance(field, models.CharField | models.TextField):
        return str(key)[: field.max_length]
    if isinstance(field, models.JSONField):
        return {}
    return 0
