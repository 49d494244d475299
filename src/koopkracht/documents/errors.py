"""Errors of the document store, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import ConfigurationError, NotFound, Rejected, TemporaryFailure
from koopkracht.shared.guards import HostileFile

__all__ = ["DocumentNotFound", "FileRefused", "HostileFile", "InfectedFile", "PaperFault", "ScannerUnavailable"]


class FileRefused(Rejected):
    """The file is too large, empty, or not of a kind that is accepted here."""


class InfectedFile(Rejected):
    """The virus scanner knows this file."""


class ScannerUnavailable(TemporaryFailure):
    """A virus scanner is configured and does not answer; nothing is accepted unscanned."""


class DocumentNotFound(NotFound):
    """No such file for this organisation."""


class PaperFault(ConfigurationError):
    """A template of a paper is missing, badly written or not given all its values: the installation must change."""
