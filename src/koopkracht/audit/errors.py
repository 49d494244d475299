"""Errors of the log, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Rejected


class AnchorUnreadable(Rejected):
    """The anchor file is missing or is not an anchor file."""
