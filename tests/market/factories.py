"""Small builders for the tests of the market context."""

from __future__ import annotations

import itertools

from koopkracht.accounts.models import Organisation, OrganisationKind
from koopkracht.accounts.permissions import PERMISSIONS
from koopkracht.shared.actor import Actor

_numbers = itertools.count(1)


def organisation(**fields: object) -> Organisation:
    """Create a municipality."""
    number = next(_numbers)
    defaults = {"name": f"Stad {number}", "slug": f"stad-{number}", "kind": OrganisationKind.MUNICIPALITY}
    return Organisation.objects.create(**defaults | fields)


def actor(of: Organisation, *, permissions: frozenset[str] = frozenset(PERMISSIONS)) -> Actor:
    """Make somebody who may do everything in the organisation, or only what is given."""
    return Actor(organisation_id=of.pk, permissions=permissions, label="test")


def kbo(number: int) -> str:
    """Make a valid enterprise number from a serial number, in a range that is not handed out."""
    base = 19_000_000 + number
    return f"{base:08d}{97 - base % 97:02d}"


def actor_of(organisation_id: int, *, permissions: frozenset[str]) -> Actor:
    """Make somebody of an existing organisation with only the given permissions."""
    return Actor(organisation_id=organisation_id, permissions=permissions, label="test")
