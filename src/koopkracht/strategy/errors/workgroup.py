"""Errors about the working group, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotFound, Rejected


class DecisionIncomplete(Rejected):
    """A decision that should become a task misses its owner or its day."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="decision-incomplete", field=field)


class DepartmentNeedRefused(Rejected):
    """Something of a need of a department is missing or wrong."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="department-need-refused", field=field)


class DepartmentNeedNotFound(NotFound):
    """No such need in this organisation."""

    def __init__(self, need_id: int) -> None:
        super().__init__(
            "Deze lijn bestaat niet meer. Open de pagina opnieuw.", code="department-need-not-found", need_id=need_id
        )
