"""Errors of the exchange with the outside world, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = ["FileUnreadable", "MappingIncomplete", "NothingUsable", "ReceiptNotFound", "WrongState"]


class ReceiptNotFound(NotFound):
    """No such receipt for this organisation."""


class FileUnreadable(Rejected):
    """The content cannot be read as what it was offered for."""


class MappingIncomplete(Rejected):
    """A person must first choose columns or answer a question about the file."""


class NothingUsable(Rejected):
    """Not one line or document of the file can be taken over."""


class WrongState(Conflict):
    """The receipt is not in a state in which this can be done; somebody else was perhaps first."""
