"""What the login library tells us: changes to how a person logs in go into the log, and end other sessions."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.db import transaction
from django.http import HttpRequest

from koopkracht.accounts.actions.sessions import end_sessions
from koopkracht.accounts.models import User
from koopkracht.accounts.people import record_for_person


def connect() -> None:
    """Subscribe to the library; called once at start-up."""
    for signal in (account_signals.password_changed, account_signals.password_set, account_signals.password_reset):
        signal.connect(on_password, dispatch_uid=f"accounts-password-{id(signal)}")
    for signal, action in (
        (mfa_signals.authenticator_added, "second-factor.added"),
        (mfa_signals.authenticator_removed, "second-factor.removed"),
        (mfa_signals.authenticator_reset, "second-factor.renewed"),
    ):
        signal.connect(_SecondFactor(action), weak=False, dispatch_uid=f"accounts-{action}")


def on_password(*, request: HttpRequest, user: User, **_: Any) -> None:
    """End every other session of a person whose password changed."""
    with transaction.atomic():
        record_for_person(user_id=user.pk, action="password.changed")
        end_sessions(user_id=user.pk, except_key=request.session.session_key or "")


class _SecondFactor:
    """Records that a person added, removed or renewed a second factor."""

    def __init__(self, action: str) -> None:
        self.action = action

    def __call__(self, *, user: User, authenticator: Any, **_: Any) -> None:
        with transaction.atomic():
            record_for_person(user_id=user.pk, action=self.action, data={"kind": str(authenticator.type)})
