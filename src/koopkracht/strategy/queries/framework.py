"""How complete the strategic framework is (CF-25)."""

from __future__ import annotations

import datetime as dt

from koopkracht.strategy.models import GoalDecision, GoalSettings, PurchasingGoal, SocialGoal
from koopkracht.strategy.queries import selection, workgroup
from koopkracht.strategy.types.goals import (
    Framework,
    FrameworkState,
    Part,
    PartView,
    PurposeState,
)

_REVIEW_AFTER_DAYS = 365


def goal_parts(organisation_id: int) -> tuple[PartView, PartView]:
    """Return the two parts that goals decide.

    Sharp social goals: a shortlist was fixed. Translated purchasing goals: every goal on the shortlist has a
    purchasing goal that is not ended, and at least one of all is active or reached.
    """
    ranked = set(SocialGoal.objects.of(organisation_id).filter(rank__isnull=False).values_list("pk", flat=True))
    has_goals = bool(ranked) or SocialGoal.objects.of(organisation_id).exists()
    kept = PurchasingGoal.objects.of(organisation_id).exclude(state=PurposeState.ENDED.value)
    rows = list(kept.values_list("social_goal_id", "state"))
    at_work = any(state in {PurposeState.ACTIVE, PurposeState.REACHED} for _goal, state in rows)
    is_translated = bool(ranked) and ranked <= {goal for goal, _state in rows} and at_work
    return (
        PartView(Part.GOALS, is_complete=bool(ranked), is_started=has_goals),
        PartView(Part.PURPOSES, is_complete=is_translated, is_started=bool(rows)),
    )


def selection_part(organisation_id: int) -> PartView:
    """Tell whether a method to select product groups was chosen; the default counts once somebody uses it."""
    return PartView(Part.SELECTION, is_complete=bool(selection.methods(organisation_id)))


def workgroup_part(organisation_id: int, on: dt.date) -> PartView:
    """Tell whether a working group carries the work: it exists, and nobody it cannot do without is missing."""
    groups = [
        one for one in workgroup.standings(organisation_id, workgroup.WORKING_GROUP, on) if one.group.closed_on is None
    ]
    return PartView(Part.WORKGROUP, is_complete=any(not one.missing_needed for one in groups), is_started=bool(groups))


def framework(organisation_id: int, *, on: dt.date) -> Framework:
    """Return the framework; the review is due a year after the last one (or after the newest decision about goals)."""
    parts = (*goal_parts(organisation_id), selection_part(organisation_id), workgroup_part(organisation_id, on))
    kept = GoalSettings.objects.of(organisation_id).first()
    opened = kept.review_opened_on if kept else None
    last = kept.last_review if kept else None
    since = last or (
        GoalDecision.objects.of(organisation_id).order_by("-decided_on").values_list("decided_on", flat=True).first()
    )
    return Framework(
        parts=parts,
        state=state_of(parts, is_under_review=opened is not None),
        review_open_since=opened,
        last_review=last,
        review_due=opened is None and since is not None and (on - since).days >= _REVIEW_AFTER_DAYS,
    )


def state_of(parts: tuple[PartView, ...], *, is_under_review: bool) -> FrameworkState:
    """Return the state that these parts make together."""
    if not any(part.is_complete or part.is_started for part in parts):
        return FrameworkState.EMPTY
    if is_under_review:
        return FrameworkState.UNDER_REVIEW
    return FrameworkState.COMPLETE if all(part.is_complete for part in parts) else FrameworkState.IN_PROGRESS
