"""Errors of the register of procedures, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound

__all__ = ["NoticeConflict", "NoticeNotFound", "ProcedureNotFound"]


class NoticeConflict(Conflict):
    """The register holds other content under the same notice number and version; a person must look."""


class NoticeNotFound(NotFound):
    """No such notice for this organisation."""


class ProcedureNotFound(NotFound):
    """No such procedure for this organisation."""
