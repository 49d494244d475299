"""Reads about yearly actions and overviews. Querysets stay inside."""

from __future__ import annotations

from typing import Any

from koopkracht.strategy.errors.goals import GoalNotFound
from koopkracht.strategy.models import YearlyAction, YearlyReport
from koopkracht.strategy.types.yearly import ActionKind, OverviewState, YearlyActionView, YearlyOverview


def actions(organisation_id: int, *, year: int, kind: ActionKind | None = None) -> tuple[YearlyActionView, ...]:
    """Return the actions of a year, by entity."""
    rows = YearlyAction.objects.of(organisation_id).filter(year=year).select_related("social_goal")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return tuple(_action(row) for row in rows.order_by("kind", "entity", "title"))


def overview(organisation_id: int, *, year: int) -> YearlyOverview | None:
    """Return the overview of a year, or ``None`` when it is not compiled yet."""
    row = YearlyReport.objects.of(organisation_id).filter(year=year).first()
    return None if row is None else _overview(row)


def published(organisation_id: int, *, year: int) -> YearlyOverview:
    """Return a published overview; one that is not public does not exist."""
    rows = YearlyReport.objects.of(organisation_id).filter(year=year, state=OverviewState.PUBLISHED.value)
    row = rows.first()
    if row is None:
        raise GoalNotFound(year)
    return _overview(row)


def _action(row: Any) -> YearlyActionView:
    return YearlyActionView(
        id=row.pk,
        entity=row.entity,
        year=row.year,
        kind=ActionKind(row.kind),
        title=row.title,
        detail=row.detail,
        strategic_goals=tuple(row.strategic_goals),
        social_goal_id=row.social_goal_id,
        social_goal=row.social_goal.title if row.social_goal else "",
    )


def _overview(row: Any) -> YearlyOverview:
    return YearlyOverview(
        id=row.pk,
        year=row.year,
        state=OverviewState(row.state),
        compiled_on=row.compiled_on,
        informed_on=row.informed_on,
        published_on=row.published_on,
        goals=tuple(row.goals),
    )
