"""Signed links: one task for somebody without an account, such as answering a question list."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from koopkracht.accounts.errors import LinkGone
from koopkracht.accounts.models import SignedLink
from koopkracht.accounts.queries import system_actor
from koopkracht.accounts.tokens import digest_of, new_token
from koopkracht.accounts.types import NewSignedLink, ResolvedLink, SignedLinkView
from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed, NotFound, Rejected
from koopkracht.shared.tenancy import OrganisationQuerySet

_PURPOSE = "link"
LONGEST = dt.timedelta(days=366)
OWN_SCOPES = frozenset({"calendar.read"})
"""What somebody may open for their own programs without the right to make links for others."""
OWN_SUBJECT = "person"


def create_signed_link(
    *, actor: Actor, scope: str, subject: str, subject_key: str | int, purpose: str, expires_at: dt.datetime
) -> NewSignedLink:
    """Make a link for ``scope`` (a permission name) on one subject; needs ``links.create``.

    ``purpose`` is what the administrator reads in the list and holds no personal data. Raises ``Rejected`` when the
    end lies in the past or more than a year ahead, ``NotAllowed`` for what only its owner may open.
    """
    actor.require("links.create")
    if scope in OWN_SCOPES:
        raise NotAllowed("Zo'n link maakt iedereen voor zichzelf.", code="link-scope")
    with transaction.atomic():
        return _make(actor, scope, subject, subject_key, purpose, expires_at)


def create_own_link(*, actor: Actor, scope: str, purpose: str, expires_at: dt.datetime) -> NewSignedLink:
    """Make a link with which a program of this person reads something of their own, such as a calendar.

    Everybody may make one for themselves, for the scopes in ``OWN_SCOPES``; a new one replaces the former, so there is
    never a forgotten link. Raises ``NotAllowed`` without a person or for another scope, ``Rejected`` as above.
    """
    actor.require("account.manage")
    if actor.user_id is None or scope not in OWN_SCOPES:
        raise NotAllowed("Voor uzelf kunt u alleen een agendalink maken.", code="link-scope")
    with transaction.atomic():
        for row in _own(actor, scope).filter(revoked_at__isnull=True):
            _revoke(actor, row.pk)
        return _make(actor, scope, OWN_SUBJECT, actor.user_id, purpose, expires_at)


def own_links(*, actor: Actor, scope: str) -> tuple[SignedLinkView, ...]:
    """Return the person's own links for ``scope`` that still work, newest first."""
    actor.require("account.manage")
    if actor.user_id is None:
        return ()
    rows = _own(actor, scope).filter(revoked_at__isnull=True, expires_at__gt=clock.now())
    return tuple(_view(row) for row in rows.order_by("-created_at", "-pk"))


def revoke_own_link(*, actor: Actor, link_id: int) -> None:
    """Withdraw one of the person's own links; raises ``NotFound`` for any other link."""
    actor.require("account.manage")
    with transaction.atomic():
        own = SignedLink.objects.none() if actor.user_id is None else _own(actor).filter(pk=link_id)
        if not own.filter(revoked_at__isnull=True).exists():
            raise NotFound("Deze link bestaat niet of is al ingetrokken.", code="link-not-found")
        _revoke(actor, link_id)


def _own(actor: Actor, *scopes: str) -> OrganisationQuerySet[SignedLink]:
    rows: OrganisationQuerySet[SignedLink] = SignedLink.objects.of(actor.organisation_id).filter(
        subject=OWN_SUBJECT, subject_key=str(actor.user_id), scope__in=scopes or OWN_SCOPES
    )
    return rows


def _make(
    actor: Actor, scope: str, subject: str, subject_key: str | int, purpose: str, expires_at: dt.datetime
) -> NewSignedLink:
    now = clock.now()
    if not now < expires_at <= now + LONGEST:
        raise Rejected("Kies een einddatum in het komende jaar.", code="link-expiry", field="expires_at")
    token, digest = new_token(_PURPOSE)
    with transaction.atomic():
        made = SignedLink.objects.create(
            organisation_id=actor.organisation_id,
            scope=scope,
            subject=subject,
            subject_key=str(subject_key),
            purpose=purpose,
            token_digest=digest,
            created_by_id=actor.user_id,
            expires_at=expires_at,
        )
        audit.record(
            actor=actor,
            action="signed-link.created",
            subject="signed-link",
            subject_key=made.pk,
            data={"scope": scope, "subject": subject, "key": str(subject_key), "expires_at": expires_at},
        )
    return NewSignedLink(id=made.pk, token=token, expires_at=expires_at)


def resolve_signed_link(*, token: str, scope: str, once_a_day: bool = False) -> ResolvedLink:
    """Return what the holder of a link may do, and log this use.

    ``once_a_day`` is for programs that come back every hour: every use is counted, the first of a day is logged.
    Raises ``LinkGone`` for a token that was made up, withdrawn, has expired or is for another scope.
    """
    digest = digest_of(_PURPOSE, token)
    with transaction.atomic():
        living = SignedLink.objects.filter(
            token_digest=digest or "", scope=scope, revoked_at__isnull=True, expires_at__gt=clock.now()
        )
        found = living.first()
        if found is None:
            raise LinkGone(
                "Deze link werkt niet meer. Ze is ingetrokken of verlopen. Vraag een nieuwe aan wie ze u stuurde.",
                code="link-gone",
            )
        now = clock.now()
        SignedLink.objects.filter(pk=found.pk).update(uses=F("uses") + 1, last_used_at=now)
        actor = system_actor(
            organisation_id=found.organisation_id, permissions=frozenset({scope}), label=f"link {found.pk}"
        )
        if not (once_a_day and found.last_used_at is not None and found.last_used_at.date() == now.date()):
            audit.record(
                actor=actor,
                action="signed-link.used",
                subject="signed-link",
                subject_key=found.pk,
                data={"scope": scope},
            )
    return ResolvedLink(
        id=found.pk, actor=actor, scope=scope, subject=found.subject, subject_key=found.subject_key
    )  # fmt: skip


def revoke_signed_link(*, actor: Actor, link_id: int) -> None:
    """Withdraw a link of the actor's organisation; needs ``links.manage``, raises ``NotFound``."""
    actor.require("links.manage")
    with transaction.atomic():
        _revoke(actor, link_id)


def _revoke(actor: Actor, link_id: int) -> None:
    living = SignedLink.objects.of(actor.organisation_id).filter(pk=link_id, revoked_at__isnull=True)
    if not living.update(revoked_at=clock.now()):
        raise NotFound("Deze link bestaat niet of is al ingetrokken.", code="link-not-found")
    audit.record(actor=actor, action="signed-link.revoked", subject="signed-link", subject_key=link_id)


def signed_links(*, actor: Actor) -> tuple[SignedLinkView, ...]:
    """Return the links of the actor's organisation, newest first; needs ``links.manage``."""
    actor.require("links.manage")
    rows = SignedLink.objects.of(actor.organisation_id).order_by("-created_at", "-pk")
    return tuple(_view(row) for row in rows)


def _view(row: SignedLink) -> SignedLinkView:
    state = "revoked" if row.revoked_at else "open" if row.expires_at > clock.now() else "expired"
    return SignedLinkView(
        id=row.pk,
        scope=row.scope,
        subject=row.subject,
        subject_key=row.subject_key,
        purpose=row.purpose,
        state=state,
        created_at=row.created_at,
        expires_at=row.expires_at,
        uses=row.uses,
        last_used_at=row.last_used_at,
    )
