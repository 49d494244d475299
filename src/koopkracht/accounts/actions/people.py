"""People and their roles: granting, ending, and what must not happen to an organisation meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from koopkracht.accounts.actions.sessions import end_sessions_of_departed
from koopkracht.accounts.errors import LastAdministrator, OwnRole
from koopkracht.accounts.models import Membership, Organisation, User
from koopkracht.accounts.people import person
from koopkracht.accounts.permissions import Role
from koopkracht.accounts.types import PersonView
from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound, Rejected


def create_person(
    *, actor: Actor, email: str, name: str = "", roles: Iterable[str], password: str | None = None
) -> PersonView:
    """Create a person with ``roles`` in the actor's organisation, or give an existing person these roles.

    For the operator (``people.create``); an administrator sends an invitation instead. The password of a person who
    exists stays as it is. Raises ``Rejected`` for an unknown role or an address that is none.
    """
    actor.require("people.create")
    wanted = checked_roles(roles)
    address = checked_email(email)
    with transaction.atomic():
        user = User.objects.filter(email=address).first()
        if user is None:
            user = User.objects.create_user(address, password, name=name)
            audit.record(actor=actor, action="person.created", subject="person", subject_key=user.pk)
        for role in wanted:
            give_role(actor=actor, user_id=user.pk, role=role)
    return person(organisation_id=actor.organisation_id, user_id=user.pk)


def grant_role(*, actor: Actor, user_id: int, role: str) -> None:
    """Give a person of the actor's organisation another role; needs ``people.manage``.

    Raises ``OwnRole`` for a role of one's own, ``NotFound`` for somebody without a role here, ``Rejected`` for an
    unknown role. Granting a role twice changes nothing.
    """
    actor.require("people.manage")
    _not_oneself(actor, user_id)
    (wanted,) = checked_roles([role])
    with transaction.atomic():
        person(organisation_id=actor.organisation_id, user_id=user_id)
        give_role(actor=actor, user_id=user_id, role=wanted)


def end_role(*, actor: Actor, user_id: int, role: str) -> None:
    """Take a role away from a person of the actor's organisation; needs ``people.manage``.

    Raises ``OwnRole``, ``NotFound`` when the person does not have the role here, ``LastAdministrator``. It takes
    effect at the person's next request.
    """
    actor.require("people.manage")
    _not_oneself(actor, user_id)
    _end(actor, user_id, role=role)


def end_membership(*, actor: Actor, user_id: int) -> None:
    """Take every role in the actor's organisation away from a person; needs ``people.manage``.

    Raises as ``end_role``. A person without a role anywhere is logged out everywhere at once.
    """
    actor.require("people.manage")
    _not_oneself(actor, user_id)
    _end(actor, user_id, role=None)


def checked_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return the roles, sorted; raises ``Rejected`` for an unknown one or for none."""
    wanted = sorted({str(role) for role in roles})
    unknown = [role for role in wanted if role not in set(Role)]
    if unknown or not wanted:
        raise Rejected(
            "Kies minstens één rol uit de lijst.", code="role-unknown", roles=unknown, field="roles"
        )  # fmt: skip
    return tuple(wanted)


def checked_email(email: str) -> str:
    """Return the address in lower case; raises ``Rejected`` when it is none."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Rejected(
            "Dit e-mailadres klopt niet. Een adres ziet eruit als naam@gemeente.be.",
            code="email-invalid",
            field="email",
        ) from None
    return address


def give_role(*, actor: Actor, user_id: int, role: str) -> None:
    """Make the membership and its entry in the log, inside the transaction and after the checks of the caller."""
    _, is_new = Membership.objects.get_or_create(
        organisation_id=actor.organisation_id, user_id=user_id, role=role, ended_at=None
    )
    if is_new:
        audit.record(actor=actor, action="role.granted", subject="person", subject_key=user_id, data={"role": role})


def _not_oneself(actor: Actor, user_id: int) -> None:
    if actor.user_id == user_id:
        raise OwnRole(
            "U kunt uw eigen rollen niet wijzigen. Vraag het aan een andere beheerder van uw organisatie.",
            code="own-role",
        )


def _end(actor: Actor, user_id: int, *, role: str | None) -> None:
    with transaction.atomic():
        # Two administrators who remove each other at the same moment queue up here.
        Organisation.objects.select_for_update().get(pk=actor.organisation_id)
        current = Membership.objects.of(actor.organisation_id).filter(ended_at__isnull=True)
        ending = current.filter(user_id=user_id, **({"role": role} if role else {}))
        roles = sorted(ending.values_list("role", flat=True))
        if not roles:
            raise NotFound("Deze persoon heeft deze rol niet in uw organisatie.", code="person-not-found")
        administrators = current.filter(role=Role.ADMINISTRATOR).exclude(user_id=user_id)
        if str(Role.ADMINISTRATOR) in roles and not administrators.exists():
            raise LastAdministrator(
                "Dit is de enige beheerder. Maak eerst iemand anders beheerder.", code="last-administrator"
            )
        ending.update(ended_at=clock.now())
        for ended in roles:
            audit.record(actor=actor, action="role.ended", subject="person", subject_key=user_id, data={"role": ended})
        end_sessions_of_departed(user_id=user_id)
