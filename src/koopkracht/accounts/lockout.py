"""Who tries to log in, for the lockout: the address as it was typed, in one spelling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def login_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the address that a login attempt is about, whether or not such an account exists."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or given.get("login")
    if not name and request is not None:
        name = request.POST.get("login", "")
    return str(name or "").strip().lower()
