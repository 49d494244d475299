"""Errors of the lake, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = ["BatchExists", "BatchNotFound", "SchemaMismatch", "UnknownTable"]


class UnknownTable(Rejected):
    """The lake has no table of this name."""


class SchemaMismatch(Rejected):
    """The offered columns are not those of the table."""


class BatchExists(Conflict):
    """This receipt already has a current batch in this table."""


class BatchNotFound(NotFound):
    """No such batch for this organisation."""
