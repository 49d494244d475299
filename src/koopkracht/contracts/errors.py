"""Errors of contracts, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotFound

__all__ = ["ContractNotFound", "InvoiceNotFound"]


class ContractNotFound(NotFound):
    """No such contract for this organisation."""


class InvoiceNotFound(NotFound):
    """No such invoice for this organisation."""
