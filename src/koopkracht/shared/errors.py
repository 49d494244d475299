"""Errors named after what the caller should do; messages are Dutch sentences for the person at the screen."""

from __future__ import annotations

from typing import Any


class KoopkrachtError(Exception):
    """Base of every error we raise on purpose.

    ``message`` says in Dutch what is wrong, where, and how to mend it; ``code`` is stable and meant for programs;
    ``details`` holds what a screen or an API answer needs to point at the place (field, line, rule).
    """

    status = 500

    def __init__(self, message: str, *, code: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details = details


class Rejected(KoopkrachtError):
    """The input cannot be accepted; the same call will never work until somebody mends the input."""

    status = 422


class Conflict(KoopkrachtError):
    """Somebody else was first: read again, look at the difference, decide."""

    status = 409


class NotAllowed(KoopkrachtError):
    """This person may not do this here."""

    status = 403


class NotFound(KoopkrachtError):
    """It does not exist, or not for this organisation: the two look the same from outside."""

    status = 404


class TemporaryFailure(KoopkrachtError):
    """It may work later without any change: try again."""

    status = 503


class ConfigurationError(KoopkrachtError):
    """An operator must change the installation first."""

    status = 500
