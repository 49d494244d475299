"""Errors of the early look at planned purchases."""

from __future__ import annotations

from koopkracht.shared.errors import Rejected


class ScreeningRefused(Rejected):
    """A request, an answer or a note that cannot be kept as it is."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="screening-refused", field=field)
