"""Inviting people: a link in a mail, for one person, once, until it expires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from koopkracht.accounts.actions.people import checked_email, checked_roles, give_role
from koopkracht.accounts.errors import InvitationGone, OwnRole
from koopkracht.accounts.mail import send_invitation
from koopkracht.accounts.models import Invitation, User
from koopkracht.accounts.people import role_views
from koopkracht.accounts.permissions import permissions_of
from koopkracht.accounts.queries import actor_for, organisation_view
from koopkracht.accounts.tokens import digest_of, new_token
from koopkracht.accounts.types import InvitationView
from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound, Rejected

VALID_FOR = dt.timedelta(days=7)
_PURPOSE = "invitation"
LinkOf = Callable[[str], str]


def invite(*, actor: Actor, email: str, name: str = "", roles: Iterable[str], link_of: LinkOf) -> InvitationView:
    """Offer ``roles`` in the actor's organisation to the owner of an address; needs ``people.manage``.

    ``link_of`` makes the full address of a token. An open invitation to the same address is replaced. The mail
    leaves after the commit; when that fails, ``mailed_at`` stays empty and the invitation can be sent again.
    Raises ``OwnRole`` for one's own address, ``Rejected`` for a wrong address or role.
    """
    actor.require("people.manage")
    wanted = checked_roles(roles)
    address = checked_email(email)
    if actor.user_id is not None and User.objects.filter(pk=actor.user_id, email=address).exists():
        raise OwnRole("U kunt uzelf geen rollen geven. Vraag het aan een andere beheerder.", code="own-role")
    token, digest = new_token(_PURPOSE)
    with transaction.atomic():
        now = clock.now()
        _open(actor.organisation_id).filter(email=address).update(revoked_at=now)
        made = Invitation.objects.create(
            organisation_id=actor.organisation_id,
            email=address,
            name=name.strip(),
            roles=list(wanted),
            token_digest=digest,
            invited_by_id=actor.user_id,
            expires_at=now + VALID_FOR,
        )
        audit.record(
            actor=actor,
            action="invitation.sent",
            subject="invitation",
            subject_key=made.pk,
            data={"roles": list(wanted), "expires_at": made.expires_at},
        )
        transaction.on_commit(lambda: _mail(made, link_of(token)))
    made.refresh_from_db()
    return _view(made)


def send_again(*, actor: Actor, invitation_id: int, link_of: LinkOf) -> InvitationView:
    """Replace an invitation by a new one with a new link; raises as ``invite``, and ``NotFound``."""
    actor.require("people.manage")
    old = _own(actor, invitation_id)
    return invite(actor=actor, email=old.email, name=old.name, roles=old.roles, link_of=link_of)


def revoke_invitation(*, actor: Actor, invitation_id: int) -> None:
    """Withdraw an open invitation; needs ``people.manage``, raises ``NotFound``."""
    actor.require("people.manage")
    with transaction.atomic():
        found = _own(actor, invitation_id)
        Invitation.objects.filter(pk=found.pk).update(revoked_at=clock.now())
        audit.record(actor=actor, action="invitation.revoked", subject="invitation", subject_key=found.pk)


def invitations(*, actor: Actor) -> tuple[InvitationView, ...]:
    """Return the invitations of the organisation that wait for an answer, newest first; needs ``people.view``."""
    actor.require("people.view")
    rows = Invitation.objects.of(actor.organisation_id).filter(accepted_at__isnull=True, revoked_at__isnull=True)
    return tuple(_view(row) for row in rows.select_related("organisation").order_by("-created_at", "-pk"))


def invitation_for(*, token: str) -> InvitationView:
    """Return what a token offers; raises ``InvitationGone`` for every token that does not work, whatever the reason."""
    return _view(_valid(token))


def has_account(*, token: str) -> bool:
    """Tell the holder of a token whether its address already has an account here; raises ``InvitationGone``."""
    return User.objects.filter(email=_valid(token).email).exists()


def accept_as_new_person(*, token: str, name: str, password: str) -> int:
    """Make an account for the invited address and return the number of the person.

    Raises ``InvitationGone``, and ``Rejected`` when the address already has an account (its owner logs in first) or
    when the password is too weak.
    """
    with transaction.atomic():
        found = _valid(token, lock=True)
        if User.objects.filter(email=found.email).exists():
            raise Rejected("U hebt al een account. Meld u eerst aan.", code="account-exists")
        user = User(email=found.email, name=name.strip() or found.name)
        _check_password(password, user)
        user.set_password(password)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        _take_up(found, user)
    return int(user.pk)


def accept_as(*, token: str, user_id: int) -> None:
    """Take up an invitation as the person who is logged in; raises ``InvitationGone``.

    An invitation to another address than the person's own is ``Rejected``.
    """
    with transaction.atomic():
        found = _valid(token, lock=True)
        user = User.objects.filter(pk=user_id, email=found.email).first()
        if user is None:
            raise Rejected(
                "Deze uitnodiging is voor een ander e-mailadres. Meld u af en meld u aan met dat adres.",
                code="invitation-for-another",
            )
        _take_up(found, user)


def _take_up(found: Invitation, user: User) -> None:
    found.accepted_at = clock.now()
    found.save(update_fields=["accepted_at"])
    inviter = Actor(organisation_id=found.organisation_id, user_id=found.invited_by_id, label="uitnodiging")
    for role in found.roles:
        give_role(actor=inviter, user_id=user.pk, role=role)
    audit.record(
        actor=Actor(organisation_id=found.organisation_id, user_id=user.pk),
        action="invitation.accepted",
        subject="invitation",
        subject_key=found.pk,
        data={"person": user.pk, "roles": found.roles},
    )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Rejected(" ".join(error.messages), code="password-weak", field="password") from None


def _valid(token: str, *, lock: bool = False) -> Invitation:
    digest = digest_of(_PURPOSE, token)
    rows = Invitation.objects.filter(token_digest=digest, accepted_at__isnull=True, revoked_at__isnull=True)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(expires_at__gt=clock.now()).select_related("organisation").first() if digest else None
    if found is None or not _still_stands(found):
        raise InvitationGone(
            "Deze uitnodiging werkt niet meer. Ze is gebruikt, ingetrokken of verlopen. "
            "Vraag de beheerder van uw organisatie om een nieuwe.",
            code="invitation-gone",
        )
    return found


def _still_stands(found: Invitation) -> bool:
    """Tell whether the inviter may still manage people; an invitation of the operator always stands."""
    if found.invited_by_id is None:
        return True
    inviter = actor_for(user_id=found.invited_by_id, organisation_id=found.organisation_id)
    return "people.manage" in permissions_of(inviter.roles)


def _open(organisation_id: int):  # type: ignore[no-untyped-def]  # a queryset that stays in this module
    return Invitation.objects.of(organisation_id).filter(accepted_at__isnull=True, revoked_at__isnull=True)


def _own(actor: Actor, invitation_id: int) -> Invitation:
    found: Invitation | None = _open(actor.organisation_id).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound("Deze uitnodiging staat niet meer open.", code="invitation-not-found")
    return found


def _mail(made: Invitation, link: str) -> None:
    if send_invitation(made, link):
        Invitation.objects.filter(pk=made.pk).update(mailed_at=clock.now())


def _view(row: Invitation) -> InvitationView:
    return InvitationView(
        id=row.pk,
        organisation=organisation_view(row.organisation),
        email=row.email,
        name=row.name,
        roles=role_views(row.roles),
        state=_state(row),
        created_at=row.created_at,
        expires_at=row.expires_at,
        mailed_at=row.mailed_at,
    )


def _state(row: Invitation) -> str:
    if row.accepted_at:
        return "accepted"
    if row.revoked_at:
        return "revoked"
    return "open" if row.expires_at > clock.now() else "expired"
