"""Reads about the selection of product groups. Querysets stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from koopkracht.scoring import api as scoring
from koopkracht.scoring.types import MethodView, Result
from koopkracht.shared import clock
from koopkracht.shared.money import from_cents
from koopkracht.strategy import selection_content
from koopkracht.strategy.models import (
    PlannedPurchase,
    PurchaseMark,
    SelectionDecision,
    SelectionGroup,
    SelectionMethod,
    SelectionParameter,
)
from koopkracht.strategy.queries import plan
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.selection import (
    DecisionView,
    ExtraParameter,
    GroupStanding,
    GroupStatus,
    Mark,
    SelectionMethodView,
    Standings,
    Step,
    Thresholds,
)

METHOD = "product-group-selection"
"""The subject of our method in scoring."""

GROUP = "selection-group"
"""The subject under which product groups are scored; the key is that of the row of the group."""


def method(organisation_id: int, version: int | None = None) -> SelectionMethodView | None:
    """Return a version (the one in use without ``version``); ``None`` for a version that does not exist."""
    if version is None:
        found = scoring.active_method(organisation_id=organisation_id, subject=METHOD)
        return default() if found is None else _method_view(organisation_id, [found])[0]
    wanted = [one for one in scoring.methods(organisation_id=organisation_id, subject=METHOD) if one.version == version]
    return _method_view(organisation_id, wanted)[0] if wanted else None


def methods(organisation_id: int) -> tuple[SelectionMethodView, ...]:
    """Return every version, the newest first."""
    return _method_view(organisation_id, scoring.methods(organisation_id=organisation_id, subject=METHOD))


def default() -> SelectionMethodView:
    """Return the method of the content, as version 0: nobody put it in use yet."""
    content = selection_content.content()
    view = MethodView(
        id=0,
        subject=METHOD,
        version=0,
        name=content.name,
        note="",
        active=False,
        created_at=clock.now(),
        created_by=None,
        criteria=selection_content.criteria({}),
    )
    return SelectionMethodView(view, content.thresholds)


def _method_view(organisation_id: int, views: Iterable[MethodView]) -> tuple[SelectionMethodView, ...]:
    found = tuple(views)
    ids = [view.id for view in found]
    borders = {row.method_id: row for row in SelectionMethod.objects.of(organisation_id).filter(method__in=ids)}
    goals = {
        (row.method_id, row.code): row for row in SelectionParameter.objects.of(organisation_id).filter(method__in=ids)
    }
    known = selection_content.guidance()
    made = []
    for view in found:
        row = borders.get(view.id)
        extra = tuple(
            ExtraParameter(
                name=one.name,
                explanation=one.explanation,
                weight=one.weight,
                code=one.code,
                goal_id=goals[view.id, one.code].goal_id if (view.id, one.code) in goals else None,
                goal_name=goals[view.id, one.code].goal_name if (view.id, one.code) in goals else "",
            )
            for one in view.criteria
            if one.code not in known
        )
        made.append(SelectionMethodView(view, thresholds(row), extra))
    return tuple(made)


def thresholds(row: SelectionMethod | None) -> Thresholds:
    """Return the borders of a version, those of the content when it has none of its own."""
    if row is None:
        return selection_content.content().thresholds
    return Thresholds(
        small_below=from_cents(row.small_below_cents),
        large_from=from_cents(row.large_from_cents),
        significant_from=Decimal(row.significant_from),
        urgent_months=row.urgent_months,
    )


def standings(organisation_id: int, chosen: SelectionMethodView, codes: Iterable[str] | None = None) -> Standings:
    """Return the groups that something was done with, with what the scores under this version come to.

    Ranks are always given among all groups; ``codes`` narrows only what is returned.
    """
    rows = list(SelectionGroup.objects.of(organisation_id).order_by("product_group"))
    by_key = _results(organisation_id, chosen.method.id)
    wanted = None if codes is None else set(codes)
    found = {
        row.product_group: replace(_standing(row), result=by_key.get(row.pk))
        for row in rows
        if wanted is None or row.product_group in wanted
    }
    return Standings(chosen, found)


def _results(organisation_id: int, method_id: int) -> Mapping[int, Result]:
    if not method_id:
        return {}
    return scoring.results(organisation_id=organisation_id, method_id=method_id, subject=GROUP).by_key


def _standing(row: SelectionGroup) -> GroupStanding:
    return GroupStanding(
        product_group=row.product_group,
        id=row.pk,
        status=GroupStatus(row.status),
        priority_on=row.priority_on,
        focus=tuple(row.focus),
        focus_reason=row.focus_reason,
        features=tuple(row.features),
    )


def history(organisation_id: int, code: str) -> tuple[DecisionView, ...]:
    """Return the steps people took about a group, the newest first."""
    rows = SelectionDecision.objects.of(organisation_id).filter(group__product_group=code).order_by("-pk")
    return tuple(
        DecisionView(
            step=Step(row.step),
            reason=row.reason,
            decided_on=row.decided_on,
            participants=row.participants,
            recorded_by=row.recorded_by_id,
            recorded_at=row.recorded_at,
            score=row.score,
            rank=row.rank,
            version=row.version,
        )
        for row in rows
    )


def codes_with(organisation_id: int, *statuses: GroupStatus) -> tuple[str, ...]:
    """Return the codes of the groups in one of these states, in order."""
    rows = SelectionGroup.objects.of(organisation_id).filter(status__in=[status.value for status in statuses])
    return tuple(rows.order_by("product_group").values_list("product_group", flat=True))


def codes_with_priority(organisation_id: int) -> tuple[str, ...]:
    """Return the codes of the groups in which planned purchases can be marked."""
    rows = SelectionGroup.objects.of(organisation_id).order_by("product_group")
    return tuple(row.product_group for row in rows if _standing(row).has_priority)


def marks(organisation_id: int, purchase_ids: Iterable[int] | None = None) -> Mapping[int, Mark]:
    """Return the marks by planned purchase."""
    rows = PurchaseMark.objects.of(organisation_id)
    if purchase_ids is not None:
        rows = rows.filter(purchase__in=set(purchase_ids))
    return {row.purchase_id: Mark(row.purchase_id, row.reason, row.marked_by_id, row.marked_at) for row in rows}


def purchases(
    organisation_id: int, *, codes: Iterable[str] | None = None, purchase_id: int | None = None
) -> tuple[PlannedPurchaseView, ...]:
    """Return planned purchases, of some product groups or just one; the first to start first, unknown starts last."""
    rows = PlannedPurchase.objects.of(organisation_id)
    if codes is not None:
        rows = rows.filter(product_group__in=set(codes))
    if purchase_id is not None:
        rows = rows.filter(pk=purchase_id)
    found = [plan.view(**row) for row in rows.values(*plan.FIELDS)]
    return tuple(sorted(found, key=lambda one: (one.start is None, one.start or clock.today(), one.id)))
