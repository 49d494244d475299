"""The tables of the market context, one module per subject."""

from __future__ import annotations

from koopkracht.market.models.dialogues import (
    AnnouncedNeed,
    InformationGiven,
    MarketContact,
    MarketDialogue,
    MarketObstacle,
    ReactionToNeed,
    SessionContactRequest,
    SessionParty,
)
from koopkracht.market.models.directory import (
    CLIENT_LABELS,
    EnterpriseProfile,
    EnterpriseRating,
    EnterpriseReference,
    EnterpriseTurnover,
    PioneerTag,
)
from koopkracht.market.models.sheets import MarketConclusion, MarketSheetVersion
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
from koopkracht.market.models.surveys import MarketSurvey

__all__ = [
    "CLIENT_LABELS",
    "KIND_LABELS",
    "RECOGNITION_LABELS",
    "SIZE_LABELS",
    "AnnouncedNeed",
    "DuplicatePair",
    "EnterpriseProfile",
    "EnterpriseRating",
    "EnterpriseReference",
    "EnterpriseTurnover",
    "InformationGiven",
    "MarketConclusion",
    "MarketContact",
    "MarketDialogue",
    "MarketObstacle",
    "MarketSheetVersion",
    "MarketSurvey",
    "PioneerTag",
    "ReactionToNeed",
    "SessionContactRequest",
    "SessionParty",
    "SocialEnterprise",
    "SocialOffer",
    "SocialRecognition",
    "Supplier",
    "SupplierAlias",
]
