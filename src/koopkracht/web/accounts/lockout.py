"""What somebody sees after too many attempts to log in: the same for a known and an unknown address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from koopkracht.web.ui.page import render

RETRY_AFTER_SECONDS = 15 * 60


def locked_out(request: HttpRequest, _response: Any = None, _credentials: Any = None) -> HttpResponse:
    """Return the page that says when to try again."""
    response = render(request, "accounts/locked_out.html", {"minutes": RETRY_AFTER_SECONDS // 60}, status=429)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
