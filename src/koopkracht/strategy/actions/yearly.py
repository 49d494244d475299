"""Use cases about yearly actions: what was done, what is planned, and the overview of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy import instruments
from koopkracht.strategy.errors.goals import GoalIncomplete, GoalNotFound, StepNotPossible
from koopkracht.strategy.models import SocialGoal, YearlyAction, YearlyReport
from koopkracht.strategy.queries import yearly as queries
from koopkracht.strategy.types.yearly import ActionKind, OverviewState, YearlyActionInput, YearlyActionView

_FIRST_YEAR, _YEARS_AHEAD = 2000, 10
_NEXT = {OverviewState.INFORMED: OverviewState.COMPILED, OverviewState.PUBLISHED: OverviewState.INFORMED}
_DATES = {OverviewState.INFORMED: "informed_on", OverviewState.PUBLISHED: "published_on"}


def put_action(*, actor: Actor, action: YearlyActionInput) -> int:
    """Keep an action and return its key; the same entity, year, kind and title again replaces it."""
    actor.require("strategy.edit")
    values = _checked(actor, action)
    with transaction.atomic():
        row, _new = YearlyAction.objects.update_or_create(
            organisation_id=actor.organisation_id,
            year=action.year,
            kind=action.kind.value,
            entity=" ".join(action.entity.split())[:120],
            title=" ".join(action.title.split())[:200],
            defaults=values,
        )
        audit.record(actor=actor, action="yearly-action.stored", subject="yearly-action", subject_key=row.pk)
    return int(row.pk)


def remove_action(*, actor: Actor, action_id: int) -> None:
    """Remove an action; an overview that was compiled keeps it."""
    actor.require("strategy.edit")
    with transaction.atomic():
        removed, _by = YearlyAction.objects.of(actor.organisation_id).filter(pk=action_id).delete()
        if not removed:
            raise GoalNotFound(action_id)
        audit.record(actor=actor, action="yearly-action.removed", subject="yearly-action", subject_key=action_id)


def compile_overview(*, actor: Actor, year: int) -> int:
    """Compile the overview: what was realised in ``year`` and what is planned for the year after.

    It can be made anew until the board is informed: what the board saw does not change any more.
    """
    actor.require("strategy.edit")
    done = queries.actions(actor.organisation_id, year=year, kind=ActionKind.REALISED)
    planned = queries.actions(actor.organisation_id, year=year + 1, kind=ActionKind.PLANNED)
    if not done and not planned:
        raise StepNotPossible(_("Er zijn nog geen acties voor dit jaar. Voeg er eerst minstens één toe."))
    with transaction.atomic():
        row = YearlyReport.objects.of(actor.organisation_id).select_for_update().filter(year=year).first()
        if row is not None and row.state != OverviewState.COMPILED:
            raise StepNotPossible(_("Dit overzicht ging al naar het bestuur en verandert niet meer."))
        values = {"compiled_on": clock.today(), "goals": _content(done, planned)}
        row, _new = YearlyReport.objects.update_or_create(
            organisation_id=actor.organisation_id, year=year, defaults=values
        )
        audit.record(actor=actor, action="yearly-overview.compiled", subject="yearly-overview", subject_key=row.pk)
    return int(row.pk)


def inform_board(*, actor: Actor, year: int) -> None:
    """Record that the board got the overview."""
    actor.require("strategy.edit")
    _advance(actor, year, OverviewState.INFORMED)


def publish(*, actor: Actor, year: int) -> None:
    """Make the overview public, after the board was informed."""
    actor.require("strategy.edit")
    _advance(actor, year, OverviewState.PUBLISHED)


_RECORDED = {OverviewState.INFORMED: "yearly-overview.informed", OverviewState.PUBLISHED: "yearly-overview.published"}


def _advance(actor: Actor, year: int, state: OverviewState) -> None:
    with transaction.atomic():
        row = YearlyReport.objects.of(actor.organisation_id).select_for_update().filter(year=year).first()
        if row is None:
            raise GoalNotFound(year)
        if row.state == state:
            return  # the same button pressed twice
        if row.state != _NEXT[state]:
            raise StepNotPossible(_("De volgorde is: samenstellen, het bestuur inlichten, publiceren."))
        row.state = state.value
        setattr(row, _DATES[state], clock.today())
        row.save()
        audit.record(actor=actor, action=_RECORDED[state], subject="yearly-overview", subject_key=row.pk)


def _content(done: tuple[YearlyActionView, ...], planned: tuple[YearlyActionView, ...]) -> list[dict[str, Any]]:
    return [
        {
            "code": goal.code,
            "name": goal.name,
            "realised": [_line(one) for one in done if goal.code in one.strategic_goals],
            "planned": [_line(one) for one in planned if goal.code in one.strategic_goals],
        }
        for goal in instruments.strategic_goals()
    ]


def _line(action: YearlyActionView) -> dict[str, str]:
    return {
        "entity": action.entity,
        "title": action.title,
        "detail": action.detail,
        "social_goal": action.social_goal,
    }


def _checked(actor: Actor, action: YearlyActionInput) -> dict[str, Any]:
    for field, message in (
        ("entity", _("Vul in welke dienst of welk domein de actie doet.")),
        ("title", _("Geef de actie een korte titel.")),
    ):
        if not getattr(action, field).strip():
            raise GoalIncomplete(message, field=field)
    if not _FIRST_YEAR <= action.year <= clock.today().year + _YEARS_AHEAD:
        raise GoalIncomplete(_("Dit jaartal kan niet. Kies een jaar uit de lijst."), field="year")
    if not action.strategic_goals:
        raise GoalIncomplete(_("Kies minstens één strategisch doel."), field="strategic_goals")
    if not set(action.strategic_goals) <= {one.code for one in instruments.strategic_goals()}:
        raise GoalIncomplete(_("Kies een strategisch doel uit de lijst."), field="strategic_goals")
    goals = SocialGoal.objects.of(actor.organisation_id)
    if action.social_goal_id is not None and not goals.filter(pk=action.social_goal_id).exists():
        raise GoalNotFound(action.social_goal_id)
    return {
        "detail": action.detail.strip(),
        "strategic_goals": list(dict.fromkeys(action.strategic_goals)),
        "social_goal_id": action.social_goal_id,
        "example": action.example[:40],
    }
