"""Errors of contracts, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotFound

__all__ = ["ContractNotFound"]


class ContractNotFound(NotFound):
    """No such contract for this organisation."""
