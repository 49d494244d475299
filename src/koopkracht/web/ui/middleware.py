"""Puts the actor on each request, refuses undeclared views, and turns our errors into pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from koopkracht.accounts import api as accounts
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import KoopkrachtError
from koopkracht.web.ui.errors import error_page
from koopkracht.web.ui.page import PUBLIC, SIGNED_IN

ORGANISATION_KEY = "organisation_id"
LARGEST_KEY = 2**63 - 1
"""What a database can look up; a larger number in an address is no address of ours."""
LIBRARY_VIEWS = ("allauth.", "django.views.static", "django.views.generic.base", "django.contrib.staticfiles", "ninja.")
log = structlog.get_logger("koopkracht.web")


def is_library_view(view: Callable[..., Any]) -> bool:
    """Tell whether a library answers, under rules of its own; the permission tests list those addresses."""
    bare = getattr(view, "func", view)  # a library may bind arguments to its view
    return str(getattr(bare, "__module__", "")).startswith(LIBRARY_VIEWS)


class ActorMiddleware:
    """Chooses the organisation of the session and puts ``request.actor`` there; refuses views without permission."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the actor on the request."""
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let only declared views through, and send people without a session to the login page."""
        if any(isinstance(value, int) and value > LARGEST_KEY for value in kwargs.values()):
            raise Http404
        permission = getattr(view, "permission", None)
        if permission is None:
            if is_library_view(view):
                return None
            raise ImproperlyConfigured(f"{view} declares no permission: use @page(...)")
        if permission == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.actor is None and permission != SIGNED_IN:  # type: ignore[attr-defined]
            return redirect("no-organisation")
        return None

    def _actor(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        user_id = int(request.user.pk)
        chosen = request.session.get(ORGANISATION_KEY)
        actor = accounts.actor_for(user_id=user_id, organisation_id=chosen) if chosen is not None else None
        if actor is not None and actor.roles:
            return actor
        # Nothing chosen yet, or the last role there has ended meanwhile.
        mine = accounts.organisations_of(user_id=user_id)
        if not mine:
            return None
        request.session[ORGANISATION_KEY] = mine[0].id
        return accounts.actor_for(user_id=user_id, organisation_id=mine[0].id)


class UploadMiddleware:
    """Refuses a body that no page accepts before a byte of it is read or kept.

    Reading a form stores its files on disk first, whoever sends them and to whatever page: without an account the
    limit is that of a form without files.
    """

    FORM = 1 << 20  # the other fields of a form with a file

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413, or go on."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > self._limit(request):
            return error_page(request, 413 if length.isdecimal() else 400)
        return self.get_response(request)

    def _limit(self, request: HttpRequest) -> int:
        if not request.user.is_authenticated:
            return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return (max(settings.UPLOAD_LIMITS_MB.values()) << 20) + self.FORM


class ErrorMiddleware:
    """Turns an error raised on purpose into a page that says what, where and how to mend it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the work is in :meth:`process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the error page for our own errors; every other exception is a bug and goes on."""
        if not isinstance(error, KoopkrachtError):
            return None
        log.info("refused", code=error.code, status=error.status)
        return error_page(request, error.status, error)
