"""Errors of the catalogue, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import ConfigurationError, NotFound


class ProductGroupNotFound(NotFound):
    """No product group has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"De productgroep {code} bestaat niet. Kies een groep uit de lijst van productgroepen.",
            code="product-group-not-found",
            product_group=code,
        )


class CpvTableMissing(ConfigurationError):
    """The CPV table has not been built yet."""

    def __init__(self) -> None:
        super().__init__(
            "De lijst met CPV-codes ontbreekt. Voer de installatie opnieuw uit (make setup); die bouwt de lijst op.",
            code="cpv-table-missing",
        )
