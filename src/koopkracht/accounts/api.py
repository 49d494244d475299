"""The door of accounts: stable, keep it small."""

from __future__ import annotations

from koopkracht.accounts.permissions import PERMISSIONS, ROLE_LABELS, permissions_of
from koopkracht.accounts.queries import (
    actor_for,
    operator_actor,
    organisation,
    organisation_by_slug,
    organisations,
    organisations_of,
    own_kbo_numbers,
    relations_of,
    system_actor,
)

__all__ = [
    "PERMISSIONS",
    "ROLE_LABELS",
    "actor_for",
    "operator_actor",
    "organisation",
    "organisation_by_slug",
    "organisations",
    "organisations_of",
    "own_kbo_numbers",
    "permissions_of",
    "relations_of",
    "system_actor",
]
