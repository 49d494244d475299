"""Errors of obligations, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotAllowed, NotFound, Rejected


class ObligationNotFound(NotFound):
    """No such obligation in this organisation."""

    def __init__(self, obligation_id: int) -> None:
        super().__init__(
            "Deze taak bestaat niet of niet meer. Open uw takenlijst opnieuw.",
            code="obligation-not-found",
            obligation_id=obligation_id,
        )


class ObligationRefused(Rejected):
    """Something of the obligation or of what is handed in cannot be accepted."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message, code="obligation-refused", field=field)


class WrongState(Conflict):
    """This step is not possible now: somebody else was first."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="obligation-state")


class FourEyes(NotAllowed):
    """Nobody approves what they handed in themselves."""

    def __init__(self) -> None:
        super().__init__(
            "U hebt dit zelf ingediend. Iemand anders moet het nakijken en goedkeuren.", code="obligation-four-eyes"
        )


class NotTheOwner(NotAllowed):
    """Only the person who has the task hands it in or completes it."""

    def __init__(self) -> None:
        super().__init__(
            "Deze taak staat op naam van iemand anders. Alleen die persoon kan ze afwerken.", code="obligation-owner"
        )


class NotTheApprover(NotAllowed):
    """Another person was named to approve."""

    def __init__(self) -> None:
        super().__init__("Voor deze taak is iemand anders gekozen om ze goed te keuren.", code="obligation-approver")
