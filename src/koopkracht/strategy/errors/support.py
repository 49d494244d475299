"""Errors of building support, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = ["SupportConflict", "SupportNotFound", "SupportRefused", "WrongAgreementState"]


class SupportNotFound(NotFound):
    """It does not exist, or not for this organisation."""

    def __init__(self, what: str, key: int) -> None:
        super().__init__(
            "Dit onderdeel van het draagvlak bestaat niet meer. Open de bladzijde “Draagvlak” opnieuw.",
            code=f"support-{what}-not-found",
            key=key,
        )


class SupportRefused(Rejected):
    """Something is missing or does not fit; ``field`` says where."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message, code="support-refused", **({"field": field} if field else {}))


class SupportConflict(Conflict):
    """Somebody else changed it in the meantime."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="support-conflict")


class WrongAgreementState(Conflict):
    """This step does not fit the state of the agreement."""

    def __init__(self, state: str) -> None:
        super().__init__(
            "Dit kan niet meer: het principeakkoord staat intussen in een andere toestand. Open het opnieuw.",
            code="support-agreement-state",
            state=state,
        )
