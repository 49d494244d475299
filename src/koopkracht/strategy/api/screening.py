"""The door of the plan's early look: one line, screening, talks, and the plan laid side by side. Keep it small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from koopkracht.shared.actor import Actor
from koopkracht.strategy import planning
from koopkracht.strategy.actions.screening import (
    answer_screening,
    ask_screening,
    note_talk,
    set_intended_impact,
)
from koopkracht.strategy.models.screening import ANSWER_LABELS
from koopkracht.strategy.queries import screening as queries
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.screening import ScreeningView

__all__ = [
    "ANSWER_LABELS",
    "answer_screening",
    "ask_screening",
    "bundles",
    "followed_contracts",
    "note_talk",
    "plan",
    "planned_purchase",
    "preparation",
    "screening",
    "screenings",
    "set_intended_impact",
    "terms",
]

terms = planning.terms
bundles = planning.bundles
preparation = planning.preparation
PLAN_LIMIT = 2_000
"""So many lines are laid side by side at most; a plan of a town holds some hundreds."""


def planned_purchase(*, actor: Actor, purchase_id: int) -> PlannedPurchaseView:
    """Return one line of the plan. Raises ``PlannedPurchaseNotFound`` and ``NotAllowed``."""
    actor.require("plan.view")
    return queries.planned_purchase(actor.organisation_id, purchase_id)


def plan(*, organisation_id: int, limit: int = PLAN_LIMIT) -> tuple[PlannedPurchaseView, ...]:
    """Return the lines of the plan in the order in which they start, those without a date last."""
    return queries.plan(organisation_id, limit=limit)


def screening(*, organisation_id: int, purchase_id: int) -> ScreeningView:
    """Return the early look at one purchase, also when nobody asked for it yet."""
    return queries.screenings(organisation_id, [purchase_id]).get(purchase_id) or queries.empty(purchase_id)


def screenings(*, organisation_id: int, purchase_ids: Iterable[int] | None = None) -> Mapping[int, ScreeningView]:
    """Return the early looks by purchase; purchases without one are left out."""
    return queries.screenings(organisation_id, purchase_ids)


def followed_contracts(*, organisation_id: int) -> frozenset[str]:
    """Return the keys of the contracts that a planned purchase succeeds already."""
    return queries.followed_contracts(organisation_id)
