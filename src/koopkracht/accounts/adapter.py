"""How people enter: by invitation or through their organisation's identity provider, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Closes the public sign-up page, and speaks to people as our own pages do."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Dit e-mailadres of dit wachtwoord klopt niet. Kijk beide na."),
        "enter_current_password": _("Vul uw huidige wachtwoord in."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "too_many_login_attempts": _("Te veel pogingen. Wacht enkele minuten en probeer het opnieuw."),
        "rate_limited": _("Te veel pogingen na elkaar. Wacht even en probeer het opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return ``False``: an administrator invites people."""
        return False


class ClosedSocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Lets the identity provider log in people who were invited before; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Return ``False``: being known to the provider is no role in an organisation."""
        return False
