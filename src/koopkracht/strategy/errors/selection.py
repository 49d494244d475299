"""Errors of the selection of product groups, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, Rejected


class SelectionRefused(Rejected):
    """Something is missing or wrong in what a person filled in; ``field`` says where."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message, code="selection-refused", field=field)


class StepNotPossible(Conflict):
    """The product group stands elsewhere on the ladder by now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="selection-step-not-possible")
