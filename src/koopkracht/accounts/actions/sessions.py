"""Where a person is logged in, and ending that: sessions are kept by the login library, we list and end them."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from koopkracht.accounts.models import Membership, User
from koopkracht.accounts.people import record_for_person
from koopkracht.accounts.types import SessionView
from koopkracht.shared.errors import NotFound


def sessions_of(*, user_id: int, current_key: str = "") -> tuple[SessionView, ...]:
    """Return where a person is logged in, last seen first; sessions that ended are forgotten on the way."""
    rows = UserSession.objects.filter(user_id=user_id).order_by("-last_seen_at", "-pk")
    living = [row for row in rows if row.exists()]
    return tuple(
        SessionView(
            id=row.pk,
            device=row.user_agent,
            address=str(row.ip),
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.session_key == current_key,
        )
        for row in living
    )


def end_session(*, user_id: int, session_id: int) -> None:
    """End one session of a person; raises ``NotFound`` when it is not theirs."""
    with transaction.atomic():
        row = UserSession.objects.filter(user_id=user_id, pk=session_id).first()
        if row is None:
            raise NotFound("Deze sessie bestaat niet meer.", code="session-not-found")
        row.end()
        record_for_person(user_id=user_id, action="session.ended", data={"count": 1})


def end_sessions(*, user_id: int, except_key: str = "") -> int:
    """End all sessions of a person but one, and return how many were ended."""
    with transaction.atomic():
        rows = list(UserSession.objects.filter(user_id=user_id).exclude(session_key=except_key))
        for row in rows:
            row.end()
        if rows:
            record_for_person(user_id=user_id, action="session.ended", data={"count": len(rows)})
    return len(rows)


def end_sessions_of_departed(*, user_id: int) -> None:
    """End all sessions of a person who has no role left anywhere."""
    if not Membership.objects.filter(user_id=user_id, ended_at__isnull=True).exists():
        end_sessions(user_id=user_id)


def change_name(*, user_id: int, name: str) -> None:
    """Change the name that a person goes by."""
    with transaction.atomic():
        User.objects.filter(pk=user_id).update(name=name.strip()[:200])
        record_for_person(user_id=user_id, action="person.renamed")
