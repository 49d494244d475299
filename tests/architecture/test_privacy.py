"""Every field that can hold text says whether it is about a person; special categories do not occur."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
FIELDS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (ROOT / "src/koopkracht/content/privacy/fields.yaml").read_text(encoding="utf-8")
)
CLASSES = {"none", "personal", "special"}
CAN_HOLD_TEXT = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
)
OURS = {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("koopkracht.")}


def free_text(model: type[models.Model]) -> set[str]:
    """Return the fields in which anything can be written; a field with choices holds only those."""
    fields = model._meta.local_concrete_fields
    return {field.name for field in fields if isinstance(field, CAN_HOLD_TEXT) and not field.choices}


@pytest.mark.parametrize("label", OURS)
def test_every_text_field_has_a_class(label: str) -> None:
    listed = {name for names in FIELDS.get(label, {}).values() for name in names}
    missing = sorted(free_text(OURS[label]) - listed)
    assert not missing, f"content/privacy/fields.yaml: say of {label} for each of {missing}: none or personal?"


@pytest.mark.parametrize("label", FIELDS)
def test_every_line_is_about_a_field_that_exists_once(label: str) -> None:
    existing = {field.name for field in OURS[label]._meta.local_concrete_fields}
    listed = [name for names in FIELDS[label].values() for name in names]
    assert set(FIELDS[label]) <= CLASSES
    assert set(listed) <= existing
    assert len(listed) == len(set(listed))


def test_no_field_holds_special_categories_of_personal_data() -> None:
    assert not [label for label, classes in FIELDS.items() if classes.get("special")]


def test_what_is_personal_in_accounts_is_known() -> None:
    personal = {f"{label}.{name}" for label, classes in FIELDS.items() for name in classes.get("personal", ())}
    assert {"accounts.User.email", "accounts.User.name", "accounts.Invitation.email"} <= personal
