"""Reads about social goals, their shortlist and the decisions about them. Querysets stay inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy import instruments
from koopkracht.strategy.errors.goals import GoalNotFound
from koopkracht.strategy.models import GoalDecision, GoalSettings, GoalTheme, SocialGoal
from koopkracht.strategy.types.goals import DecisionKind, DecisionView, Effect, GoalState, Named, Pillar, SocialGoalView

_SORTS = {"title": "title", "rank": "rank", "state": "state", "pillar": "pillar"}
_FIELDS = tuple(name for name in SocialGoalView.__dataclass_fields__ if name != "purposes")
_COUNTED = (*_FIELDS, "purpose_count")


def goal_view(**row: Any) -> SocialGoalView:
    """Return a row of the table as pages show it."""
    return SocialGoalView(
        **{
            **row,
            "pillar": Pillar(row["pillar"]),
            "state": GoalState(row["state"]),
            "effect": Effect(row["effect"]) if row["effect"] else None,
            "themes": tuple(row["themes"]),
            "strategic_goals": tuple(row["strategic_goals"]),
        }
    )


def _counted(*, purpose_count: int, **row: Any) -> SocialGoalView:
    return goal_view(**row, purposes=purpose_count)


def _goals(organisation_id: int) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = SocialGoal.objects.of(organisation_id).annotate(purpose_count=Count("purposes"))
    return rows


def list_goals(organisation_id: int, query: ListQuery) -> Slice[SocialGoalView]:
    """Return a slice of the inventory; filters ``state``, ``pillar`` and ``theme``."""
    rows = _goals(organisation_id)
    for name in ("state", "pillar"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if theme := query.filters.get("theme"):
        # Both databases can search in the text of a list; only one can search in the list itself.
        rows = rows.annotate(theme_text=Cast("themes", TextField())).filter(theme_text__contains=f'"{theme}"')
    if query.search.strip():
        rows = rows.filter(title__icontains=query.search.strip())
    return keyset(rows, query=query, sorts=_SORTS, fields=_COUNTED, convert=_counted)


def goal(organisation_id: int, goal_id: int) -> SocialGoalView:
    """Return one goal."""
    row = _goals(organisation_id).filter(pk=goal_id).values(*_COUNTED).first()
    if row is None:
        raise GoalNotFound(goal_id)
    return _counted(**row)


def all_goals(organisation_id: int, *, states: Iterable[GoalState] = ()) -> tuple[SocialGoalView, ...]:
    """Return the goals in these states (all without states): the shortlist first, then by title."""
    rows = _goals(organisation_id)
    if wanted := [state.value for state in states]:
        rows = rows.filter(state__in=wanted)
    found = (_counted(**row) for row in rows.order_by("title", "id").values(*_COUNTED))
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0)))


def decisions(organisation_id: int, kind: DecisionKind | None = None) -> tuple[DecisionView, ...]:
    """Return the decisions about goals, newest first."""
    rows = GoalDecision.objects.of(organisation_id).order_by("-decided_on", "-id")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return tuple(
        DecisionView(
            id=row.pk,
            kind=DecisionKind(row.kind),
            decided_on=row.decided_on,
            decided_by=row.decided_by,
            body=row.body,
            reason=row.reason,
            goals=tuple(row.goals),
        )
        for row in rows[:100]
    )


def themes(organisation_id: int) -> tuple[Named, ...]:
    """Return the preset themes and those that the organisation added."""
    own = GoalTheme.objects.of(organisation_id).order_by("name").values_list("code", "name")
    return (*instruments.themes(), *(Named(code, name, is_own=True) for code, name in own))


def default_theme(organisation_id: int) -> str:
    """Return the theme that a new goal gets when nothing is chosen."""
    chosen = GoalSettings.objects.of(organisation_id).values_list("default_theme", flat=True).first()
    return chosen or instruments.defaults().theme
