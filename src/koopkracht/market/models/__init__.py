"""The tables of the market context, one module per subject."""

from __future__ import annotations

from koopkracht.market.models.suppliers import (
    KIND_LABELS,
    RECOGNITION_LABELS,
    SIZE_LABELS,
    DuplicatePair,
    SocialEnterprise,
    SocialOffer,
    SocialRecognition,
    Supplier,
    SupplierAlias,
)

__all__ = [
    "KIND_LABELS",
    "RECOGNITION_LABELS",
    "SIZE_LABELS",
    "DuplicatePair",
    "SocialEnterprise",
    "SocialOffer",
    "SocialRecognition",
    "Supplier",
    "SupplierAlias",
]
