"""The door of strategy: the purchasing plan. Stable, keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy.actions import plan as actions
from koopkracht.strategy.models import SOURCE_LABELS
from koopkracht.strategy.queries import plan as queries
from koopkracht.strategy.types.plan import PlannedPurchaseEntry, PlannedPurchaseView, SegmentTotal

__all__ = [
    "SOURCE_LABELS",
    "list_planned_purchases",
    "planned_between",
    "put_planned_purchases",
    "remove_planned_purchase",
    "totals_by_segment",
]


def put_planned_purchases(*, actor: Actor, entries: Sequence[PlannedPurchaseEntry]) -> int:
    """Create or change the lines with these titles and return how many.

    Raises ``PlannedPurchaseIncomplete``, ``ProductGroupNotFound`` and ``NotAllowed``; nothing is stored then.
    """
    return actions.put_planned_purchases(actor=actor, entries=entries)


def remove_planned_purchase(*, actor: Actor, purchase_id: int) -> None:
    """Take a line out of the plan. Raises ``PlannedPurchaseNotFound`` and ``NotAllowed``."""
    actions.remove_planned_purchase(actor=actor, purchase_id=purchase_id)


def list_planned_purchases(*, actor: Actor, query: ListQuery) -> Slice[PlannedPurchaseView]:
    """Return a slice of the plan. Filters: ``segment``, ``product_group``, ``source``; raises ``NotAllowed``."""
    actor.require("plan.view")
    return queries.list_planned_purchases(actor.organisation_id, query)


def totals_by_segment(*, organisation_id: int) -> tuple[SegmentTotal, ...]:
    """Return count and sum per segment, the largest first."""
    return queries.totals_by_segment(organisation_id)


def planned_between(*, organisation_id: int, start: dt.date, end: dt.date) -> tuple[PlannedPurchaseView, ...]:
    """Return what is planned to start in a half-open period."""
    return queries.planned_between(organisation_id, start, end)
