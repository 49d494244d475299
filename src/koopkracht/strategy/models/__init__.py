"""The tables of strategy, one module per subject."""

from __future__ import annotations

from koopkracht.strategy.models.goals import (
    DECISION_LABELS,
    EFFECT_LABELS,
    GOAL_STATE_LABELS,
    PILLAR_LABELS,
    PURPOSE_STATE_LABELS,
    GoalDecision,
    GoalSettings,
    GoalTheme,
    Principle,
    PurchasingGoal,
    SocialGoal,
)
from koopkracht.strategy.models.plan import SOURCE_LABELS, PlannedPurchase
from koopkracht.strategy.models.screening import RequesterTalk, Screening
from koopkracht.strategy.models.yearly import ACTION_KIND_LABELS, OVERVIEW_STATE_LABELS, YearlyAction, YearlyReport

__all__ = [
    "ACTION_KIND_LABELS",
    "DECISION_LABELS",
    "EFFECT_LABELS",
    "GOAL_STATE_LABELS",
    "OVERVIEW_STATE_LABELS",
    "PILLAR_LABELS",
    "PURPOSE_STATE_LABELS",
    "GoalDecision",
    "GoalSettings",
    "GoalTheme",
    "Principle",
    "PurchasingGoal",
    "SocialGoal",
    "YearlyAction",
    "YearlyReport",
    "SOURCE_LABELS",
    "PlannedPurchase",
    "RequesterTalk",
    "Screening",
]
