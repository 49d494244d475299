"""Reads about people, and entries in the log that belong to a person rather than to an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from koopkracht.accounts.models import Membership, User
from koopkracht.accounts.permissions import ROLE_LABELS, Role
from koopkracht.accounts.queries import INSTALLATION
from koopkracht.accounts.types import PersonView, RoleView
from koopkracht.audit import api as audit
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound


def role_views(roles: Iterable[str]) -> tuple[RoleView, ...]:
    """Return roles with their Dutch names, in the order of the table of roles."""
    held = set(roles)
    return tuple(RoleView(role.value, label) for role, label in ROLE_LABELS.items() if role.value in held)


def all_roles() -> tuple[RoleView, ...]:
    """Return every role there is."""
    return role_views(role.value for role in Role)


def people(*, actor: Actor) -> tuple[PersonView, ...]:
    """Return the people with a current role in the actor's organisation, by name; needs ``people.view``."""
    actor.require("people.view")
    return tuple(sorted(_people(actor.organisation_id), key=lambda one: (one.label.lower(), one.id)))


def colleagues(*, organisation_id: int) -> tuple[PersonView, ...]:
    """Return the people who work for this organisation, by name, to choose an owner or a participant from."""
    found = (one for one in _people(organisation_id) if any(role.role != Role.SUPPLIER for role in one.roles))
    return tuple(sorted(found, key=lambda one: (one.label.lower(), one.id)))


def person(*, organisation_id: int, user_id: int) -> PersonView:
    """Return a person with a current role in this organisation; raises ``NotFound`` for everybody else."""
    found = _people(organisation_id, user_id=user_id)
    if not found:
        raise NotFound("Deze persoon heeft geen rol in uw organisatie.", code="person-not-found")
    return found[0]


def names_of(*, organisation_id: int, user_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people who have or had a role in this organisation; others are left out."""
    ever = Membership.objects.of(organisation_id).filter(user_id__in=set(user_ids)).values("user_id")
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ever)}


def account(*, user_id: int) -> PersonView:
    """Return the person's own account, without roles; raises ``NotFound``."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("Dit account bestaat niet.", code="person-not-found")
    return PersonView(id=user.pk, name=user.name, email=user.email, since=user.date_joined, last_login=user.last_login)


def record_for_person(*, user_id: int, action: str, data: dict[str, Any] | None = None) -> None:
    """Record what a person did with their own account in the chain of each organisation they work for.

    Somebody without an organisation leaves a trace in the chain of the installation.
    """
    current = Membership.objects.filter(user_id=user_id, ended_at__isnull=True)
    places = sorted(set(current.values_list("organisation_id", flat=True))) or [INSTALLATION]
    for place in places:
        audit.record(
            actor=Actor(organisation_id=place, user_id=user_id),
            action=action,
            subject="person",
            subject_key=user_id,
            data=data,
        )


def _people(organisation_id: int, **narrowed: Any) -> list[PersonView]:
    rows = (
        Membership.objects.of(organisation_id)
        .filter(ended_at__isnull=True, **narrowed)
        .select_related("user")
        .order_by("user_id", "started_at")
    )
    roles: dict[int, list[str]] = {}
    first: dict[int, Membership] = {}
    for row in rows:
        roles.setdefault(row.user_id, []).append(row.role)
        first.setdefault(row.user_id, row)
    return [
        PersonView(
            id=user_id,
            name=row.user.name,
            email=row.user.email,
            roles=role_views(roles[user_id]),
            since=row.started_at,
            last_login=row.user.last_login,
        )
        for user_id, row in first.items()
    ]
