"""Errors of strategy, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotFound, Rejected


class PlannedPurchaseNotFound(NotFound):
    """No such line in the purchasing plan of this organisation."""

    def __init__(self, purchase_id: int) -> None:
        super().__init__(
            "Deze geplande aankoop bestaat niet meer. Open de aankoopplanning opnieuw.",
            code="planned-purchase-not-found",
            purchase_id=purchase_id,
        )


class PlannedPurchaseIncomplete(Rejected):
    """Something that must be known of a planned purchase is missing."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="planned-purchase-incomplete", field=field)
