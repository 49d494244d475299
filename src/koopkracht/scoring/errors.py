"""Errors of scoring, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotFound, Rejected


class MethodNotFound(NotFound):
    """No such method in this organisation."""

    def __init__(self, method_id: int) -> None:
        super().__init__(
            "Deze beoordelingsmethode bestaat niet meer. Open het overzicht opnieuw.",
            code="scoring-method-not-found",
            method_id=method_id,
        )


class MethodRefused(Rejected):
    """The criteria make no method that can be calculated with; ``field`` names the criterion, when there is one."""

    def __init__(self, message: str, *, code: str, field: str = "") -> None:
        super().__init__(message, code=code, field=field)


class ScoreRefused(Rejected):
    """A score cannot be accepted; ``field`` is the code of its criterion."""

    def __init__(self, message: str, *, code: str, field: str = "") -> None:
        super().__init__(message, code=code, field=field)
