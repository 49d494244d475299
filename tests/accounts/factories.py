"""Organisations, people and actors for tests."""

from __future__ import annotations

import itertools

from koopkracht.accounts import api
from koopkracht.accounts.models import Membership, Organisation, User
from koopkracht.accounts.permissions import Role, permissions_of
from koopkracht.shared.actor import Actor

_number = itertools.count(1)


def organisation(name: str = "Gemeente Voorbeeldegem", kind: str = "municipality", **fields: object) -> Organisation:
    """Create an organisation with a unique short name."""
    fields.setdefault("slug", f"org-{next(_number)}")
    return Organisation.objects.create(name=name, kind=kind, **fields)


def user(email: str = "", **fields: object) -> User:
    """Create a person with the password ``test-wachtwoord-1``."""
    return User.objects.create_user(email or f"persoon{next(_number)}@example.org", "test-wachtwoord-1", **fields)


def member(of: Organisation, *roles: Role, email: str = "") -> User:
    """Create a person who holds ``roles`` in an organisation."""
    person = user(email)
    for role in roles:
        Membership.objects.create(organisation=of, user=person, role=role)
    return person


def actor(of: Organisation | None = None, *roles: Role) -> Actor:
    """Return an actor with ``roles`` (administrator unless named) in an organisation (a new one unless given)."""
    place = of or organisation()
    held = roles or (Role.ADMINISTRATOR,)
    return api.actor_for(user_id=member(place, *held).pk, organisation_id=place.pk)


def bare_actor(organisation_id: int, *roles: Role) -> Actor:
    """Return an actor without a person in the database, for use cases that do not need one."""
    held = frozenset(str(role) for role in roles) or frozenset({str(Role.ADMINISTRATOR)})
    return Actor(organisation_id=organisation_id, roles=held, permissions=permissions_of(held), label="test")


def operator(of: int) -> Actor:
    """Return the operator of the installation, at work in an organisation."""
    return api.operator_actor(organisation_id=of, label="test")
