"""Tokens in links: signed, so a made-up one costs no query; stored as a digest, so a stolen database opens nothing."""

from __future__ import annotations

import hashlib
import secrets

from django.core.signing import BadSignature, Signer


def new_token(purpose: str) -> tuple[str, str]:
    """Return a fresh token for ``purpose`` and the digest to store."""
    token = _signer(purpose).sign(secrets.token_urlsafe(24))
    return token, _digest(token)


def digest_of(purpose: str, token: str) -> str | None:
    """Return the digest to look for, or ``None`` for a token that was not made here for ``purpose``."""
    try:
        _signer(purpose).unsign(token)
    except BadSignature:
        return None
    return _digest(token)


def _signer(purpose: str) -> Signer:
    # A dot is safe in a path and does not occur in the random part.
    return Signer(sep=".", salt=f"koopkracht.accounts.{purpose}")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
