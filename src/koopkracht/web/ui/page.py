"""Declaring a page: who may see it, and how it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.cache import patch_vary_headers
from jinja2 import Environment

from koopkracht.shared.actor import Actor
from koopkracht.web.ui.navigation import shell_of

PUBLIC = "public"
"""Permission name of a page that anybody may see, without an account."""

SIGNED_IN = "signed-in"
"""Permission name of a page about oneself: for everybody who is logged in, also without an organisation."""


class Request(HttpRequest):
    """A request with the actor that the middleware put on it."""

    actor: Actor
    htmx: Any


class View(Protocol):
    """A view that declares its permission."""

    permission: str

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        ...


def page(permission: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Declare that a view needs ``permission``; the middleware enforces it before the view runs."""

    def declare(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission not in {PUBLIC, SIGNED_IN}:
                request.actor.require(permission)
            return view(request, *args, **kwargs)

        declared = cast(View, wrapped)
        declared.permission = permission
        return declared

    return declare


public_page = page(PUBLIC)
own_page = page(SIGNED_IN)


def jinja() -> Environment:
    """Return the environment of our own templates."""
    return cast(Environment, engines["jinja2"].env)  # type: ignore[attr-defined]


def values_for(request: HttpRequest) -> dict[str, Any]:
    """Return what every template of ours may use."""
    return {
        "request": request,
        "actor": getattr(request, "actor", None),
        "csrf_token": lambda: get_token(request),
        "shell": shell_of(request),
    }


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``; with ``block``, an htmx request gets only that block of the same template."""
    values = {**values_for(request), **(context or {})}
    found = jinja().get_template(template)
    if block is not None and getattr(request, "htmx", False) and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        text = "".join(found.blocks[block](found.new_context(values)))
    else:
        text = found.render(values)
    response = HttpResponse(text, status=status)
    if block is not None:
        # The fragment and the page share one address; a cache must keep them apart.
        patch_vary_headers(response, ["HX-Request"])
    return response
