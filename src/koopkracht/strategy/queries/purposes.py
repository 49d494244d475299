"""Reads about purchasing goals, principles and what falls under them. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from koopkracht.catalogue import api as catalogue
from koopkracht.shared.money import from_cents
from koopkracht.shared.periods import Period
from koopkracht.strategy import scope
from koopkracht.strategy.errors.goals import GoalNotFound
from koopkracht.strategy.models import PlannedPurchase, Principle, PurchasingGoal
from koopkracht.strategy.types.goals import (
    Fit,
    PlannedInScope,
    PrincipleView,
    PurposeState,
    PurposeView,
    ScopeRule,
)


def purpose_view(row: Any) -> PurposeView:
    """Return a row of the table, with its social goal, as pages show it."""
    cents = row.scope_value_cents
    return PurposeView(
        id=row.pk,
        social_goal_id=row.social_goal_id,
        social_goal=row.social_goal.title,
        title=row.title,
        description=row.description,
        product_groups=tuple(row.product_groups),
        scope=ScopeRule(tuple(row.scope_types), None if cents is None else from_cents(cents), row.scope_months),
        state=PurposeState(row.state),
        ended_reason=row.ended_reason,
        changed_on=row.changed_on,
        chain=row.chain,
    )


def purpose(organisation_id: int, purpose_id: int) -> PurposeView:
    """Return one purchasing goal."""
    row = PurchasingGoal.objects.of(organisation_id).select_related("social_goal").filter(pk=purpose_id).first()
    if row is None:
        raise GoalNotFound(purpose_id)
    return purpose_view(row)


def purposes(organisation_id: int, social_goal_ids: Iterable[int] | None = None) -> tuple[PurposeView, ...]:
    """Return the purchasing goals of these social goals, or of all."""
    rows = PurchasingGoal.objects.of(organisation_id).select_related("social_goal").order_by("social_goal_id", "id")
    if social_goal_ids is not None:
        rows = rows.filter(social_goal_id__in=list(social_goal_ids))
    return tuple(purpose_view(row) for row in rows)


def planned_in_scope(organisation_id: int, view: PurposeView) -> tuple[PlannedInScope, ...]:
    """Return the planned purchases that fall, or may fall, under a purchasing goal; certain ones first."""
    natures = {group.code: group.type.value for group in catalogue.product_groups()}
    found = []
    rows = PlannedPurchase.objects.of(organisation_id).order_by(F("start").asc(nulls_last=True), "id")
    for row in rows.values("id", "title", "product_group", "amount_cents", "start", "duration_months"):
        amount = None if row["amount_cents"] is None else from_cents(row["amount_cents"])
        fit = scope.concerns(
            view.scope,
            view.product_groups,
            product_group=row["product_group"],
            nature=natures.get(row["product_group"], ""),
            value=amount,
            months=row["duration_months"],
        )
        if fit is not Fit.OUTSIDE:
            found.append(
                PlannedInScope(
                    row["id"],
                    row["title"],
                    row["product_group"],
                    amount,
                    row["start"],
                    row["duration_months"],
                    fit,
                )
            )
    return tuple(sorted(found, key=lambda one: one.fit is not Fit.INSIDE))


def principles(organisation_id: int, on: dt.date | None = None) -> tuple[PrincipleView, ...]:
    """Return the principles, those that hold on a day or all, by product group and start."""
    rows = Principle.objects.of(organisation_id).order_by("product_group", "-valid_from")
    if on is not None:
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)
    return tuple(_principle(row) for row in rows)


def principle(organisation_id: int, principle_id: int) -> PrincipleView:
    """Return one principle."""
    row = Principle.objects.of(organisation_id).filter(pk=principle_id).first()
    if row is None:
        raise GoalNotFound(principle_id)
    return _principle(row)


def minimum_shares(organisation_id: int, on: dt.date) -> Mapping[str, Decimal]:
    """Return the minimum share per product group that holds on a day."""
    return {one.product_group: one.minimum for one in principles(organisation_id, on)}


def _principle(row: Any) -> PrincipleView:
    return PrincipleView(
        id=row.pk,
        product_group=row.product_group,
        minimum=row.minimum,
        valid=Period(row.valid_from, row.valid_until),
        reason=row.reason,
        purpose_id=row.purpose_id,
        indicator_id=row.indicator_id,
    )
