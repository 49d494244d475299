"""The tables of strategy, one module per subject."""

from __future__ import annotations

from koopkracht.strategy.models.plan import SOURCE_LABELS, PlannedPurchase

__all__ = ["SOURCE_LABELS", "PlannedPurchase"]
