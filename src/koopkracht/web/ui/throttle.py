"""A measure on what strangers may ask of a costly public page; whoever is logged in is known and not measured."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from koopkracht.shared.errors import TemporaryFailure

SECONDS = 60
ViewT = Callable[..., HttpResponseBase]


class TooMany(TemporaryFailure):
    """This address asked too much in a short time."""

    status = 429


def per_minute(limit: int) -> Callable[[ViewT], ViewT]:
    """Let one address ask a public view ``limit`` times a minute in each process; raises :class:`TooMany` beyond it."""

    def declare(view: ViewT) -> ViewT:
        @wraps(view)
        def measured(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                _count(f"per-minute:{view.__module__}.{view.__name__}:{address_of(request)}", limit)
            return view(request, *args, **kwargs)

        return measured

    return declare


def address_of(request: HttpRequest) -> str:
    """Return the address of a visitor: in production the one that our own proxy saw, which nobody can make up."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.PRODUCTION else ""
    return forwarded.rpartition(",")[2].strip()[:64] or str(request.META.get("REMOTE_ADDR", ""))


def _count(key: str, limit: int) -> None:
    cache.add(key, 0, timeout=SECONDS)
    try:
        count = cache.incr(key)
    except ValueError:  # it lapsed this very moment
        return
    if count > limit:
        raise TooMany(
            _("U vroeg dit in korte tijd heel vaak. Wacht een minuut en probeer het opnieuw, of meld u aan."),
            code="too-many-requests",
        )
