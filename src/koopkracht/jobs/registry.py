"""The kinds of background work: a name and the function that does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from koopkracht.shared.errors import ConfigurationError

Handler = Callable[..., dict[str, Any] | None]
_HANDLERS: dict[str, Handler] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler ``(context, **payload) -> result | None`` under ``kind``.

    A handler must be safe to run again after it was killed half-way: it is, as long as it works in one transaction
    or recognises what it already did.
    """

    def register(handler: Handler) -> Handler:
        known = _HANDLERS.setdefault(kind, handler)
        if known is not handler and known.__qualname__ != handler.__qualname__:
            raise ConfigurationError(f"Twee taken heten «{kind}».", code="job-kind-twice")
        _HANDLERS[kind] = handler
        return handler

    return register


def handler_of(kind: str) -> Handler:
    """Return the handler of ``kind``; raises ``ConfigurationError`` when nobody registered one."""
    try:
        return _HANDLERS[kind]
    except KeyError:
        raise ConfigurationError(f"Niemand voert taken van de soort «{kind}» uit.", code="job-kind-unknown") from None


_PERIODIC: dict[str, tuple[dt.timedelta, Callable[[], None]]] = {}


def periodic(name: str, *, every: dt.timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function of the installation that a worker runs once in each period of ``every``."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _PERIODIC[name] = (every, function)
        return function

    return register


def periodic_functions() -> dict[str, tuple[dt.timedelta, Callable[[], None]]]:
    """Return the periodic functions by name."""
    return dict(_PERIODIC)
