"""The door of goals: social goals, shortlist, purchasing goals, principles, chains, framework. Keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from koopkracht.indicators.types import IndicatorView
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy import instruments, scope, workflow
from koopkracht.strategy.actions import chains as _chains
from koopkracht.strategy.actions import framework as _framework
from koopkracht.strategy.actions import goals as _goals
from koopkracht.strategy.actions import purposes as _purposes
from koopkracht.strategy.models import (
    DECISION_LABELS,
    EFFECT_LABELS,
    GOAL_STATE_LABELS,
    PILLAR_LABELS,
    PURPOSE_STATE_LABELS,
)
from koopkracht.strategy.queries import framework as _framework_queries
from koopkracht.strategy.queries import goals as _goal_queries
from koopkracht.strategy.queries import purposes as _purpose_queries
from koopkracht.strategy.types.goals import (
    Chain,
    ChainTaken,
    DecisionKind,
    DecisionView,
    Fit,
    Framework,
    GoalState,
    Judgement,
    Missing,
    Named,
    PlannedInScope,
    PrincipleInput,
    PrincipleView,
    PurposeInput,
    PurposeState,
    PurposeView,
    SocialGoalInput,
    SocialGoalView,
)

__all__ = [
    "DECISION_LABELS",
    "EFFECT_LABELS",
    "GOAL_STATE_LABELS",
    "PILLAR_LABELS",
    "PURPOSE_STATE_LABELS",
    "activate_purpose",
    "add_theme",
    "all_goals",
    "approve_goals",
    "chains",
    "change_goal",
    "change_purpose",
    "choose_default_theme",
    "close_review",
    "create_purpose",
    "decisions",
    "default_theme",
    "defaults",
    "end_principle",
    "end_purpose",
    "fit_of",
    "fix_shortlist",
    "framework",
    "goal",
    "goal_may",
    "judge_goal",
    "list_goals",
    "minimum_shares",
    "missing",
    "note_goal",
    "open_review",
    "other_levers",
    "park_goal",
    "planned_in_scope",
    "presets",
    "principle",
    "principles",
    "purpose",
    "purpose_may",
    "purposes",
    "reach_purpose",
    "reopen_goal",
    "set_principle",
    "strategic_goals",
    "take_chain",
    "targets_met",
    "themes",
]

# What stands in content, not in the database.
strategic_goals = instruments.strategic_goals
other_levers = instruments.other_levers
presets = instruments.presets
defaults = instruments.defaults
chains = instruments.chains


def note_goal(*, actor: Actor, goal: SocialGoalInput) -> int:
    """Put a goal in the inventory. Raises ``GoalIncomplete``, ``DocumentNotFound`` and ``NotAllowed``."""
    return _goals.note_goal(actor=actor, goal=goal)


def change_goal(*, actor: Actor, goal_id: int, goal: SocialGoalInput) -> None:
    """Change what a goal says. Raises ``GoalNotFound``, ``GoalIncomplete``, ``DocumentNotFound`` and ``NotAllowed``."""
    _goals.change_goal(actor=actor, goal_id=goal_id, goal=goal)


def judge_goal(*, actor: Actor, goal_id: int, judgement: Judgement) -> None:
    """Record whether purchases are a lever, with the expected effect, or which other lever works better.

    Raises ``GoalNotFound``, ``GoalIncomplete``, ``StepNotPossible`` and ``NotAllowed``.
    """
    _goals.judge_goal(actor=actor, goal_id=goal_id, judgement=judgement)


def park_goal(*, actor: Actor, goal_id: int, reason: str) -> None:
    """Put a goal aside. Raises ``GoalNotFound``, ``GoalIncomplete``, ``StepNotPossible`` and ``NotAllowed``."""
    _goals.park_goal(actor=actor, goal_id=goal_id, reason=reason)


def reopen_goal(*, actor: Actor, goal_id: int) -> None:
    """Take a parked goal up again. Raises ``GoalNotFound``, ``StepNotPossible`` and ``NotAllowed``."""
    _goals.reopen_goal(actor=actor, goal_id=goal_id)


def fix_shortlist(*, actor: Actor, goal_ids: Sequence[int], decided_on: dt.date, body: str, reason: str) -> int:
    """Fix the shortlist in this order by a dated decision; what is not in it leaves the list.

    Raises ``GoalNotFound``, ``GoalIncomplete``, ``StepNotPossible`` (not judged, or no lever) and ``NotAllowed``.
    """
    return _goals.fix_shortlist(actor=actor, goal_ids=goal_ids, decided_on=decided_on, body=body, reason=reason)


def approve_goals(*, actor: Actor, goal_ids: Sequence[int], decided_on: dt.date, body: str, reason: str) -> int:
    """Approve a set of shortlisted goals (``strategy.decide``). Raises as ``fix_shortlist``."""
    return _goals.approve_goals(actor=actor, goal_ids=goal_ids, decided_on=decided_on, body=body, reason=reason)


def add_theme(*, actor: Actor, name: str) -> str:
    """Add an own theme and return its code. Raises ``GoalIncomplete`` and ``NotAllowed``."""
    return _goals.add_theme(actor=actor, name=name)


def choose_default_theme(*, actor: Actor, theme: str) -> None:
    """Choose the theme that new goals get. Raises ``GoalIncomplete`` and ``NotAllowed``."""
    _goals.choose_default_theme(actor=actor, theme=theme)


def create_purpose(*, actor: Actor, social_goal_id: int, purpose: PurposeInput) -> int:
    """Translate a social goal into a purchasing goal and return its key.

    Raises ``GoalNotFound``, ``GoalIncomplete``, ``StepNotPossible``, ``ProductGroupNotFound`` and ``NotAllowed``.
    """
    return _purposes.create_purpose(actor=actor, social_goal_id=social_goal_id, purpose=purpose)


def change_purpose(*, actor: Actor, purpose_id: int, purpose: PurposeInput) -> None:
    """Change a purchasing goal. Raises as ``create_purpose``."""
    _purposes.change_purpose(actor=actor, purpose_id=purpose_id, purpose=purpose)


def activate_purpose(*, actor: Actor, purpose_id: int) -> None:
    """Make a purchasing goal active. Raises ``TooAbstract``, ``StepNotPossible``, ``GoalNotFound``, ``NotAllowed``."""
    _purposes.activate_purpose(actor=actor, purpose_id=purpose_id)


def reach_purpose(*, actor: Actor, purpose_id: int, on: dt.date) -> None:
    """Mark as reached. Raises ``NotReached``, ``StepNotPossible``, ``GoalNotFound`` and ``NotAllowed``."""
    _purposes.reach_purpose(actor=actor, purpose_id=purpose_id, on=on)


def end_purpose(*, actor: Actor, purpose_id: int, reason: str) -> None:
    """Stop a purchasing goal. Raises ``GoalIncomplete``, ``StepNotPossible``, ``GoalNotFound`` and ``NotAllowed``."""
    _purposes.end_purpose(actor=actor, purpose_id=purpose_id, reason=reason)


def set_principle(*, actor: Actor, principle: PrincipleInput) -> int:
    """Set the minimum share of a product group. Raises ``GoalIncomplete``, ``ProductGroupNotFound``, ``NotAllowed``."""
    return _purposes.set_principle(actor=actor, principle=principle)


def end_principle(*, actor: Actor, principle_id: int, until: dt.date) -> None:
    """Let a principle end on a day (exclusive). Raises ``GoalNotFound``, ``GoalIncomplete`` and ``NotAllowed``."""
    _purposes.end_principle(actor=actor, principle_id=principle_id, until=until)


def take_chain(*, actor: Actor, chain: Chain, responsible_id: int | None = None) -> ChainTaken:
    """Take over an (adapted) example chain: all of it or, on any refusal, nothing.

    Raises what ``note_goal``, ``create_purpose`` and the creation of indicators raise.
    """
    return _chains.take_chain(actor=actor, chain=chain, responsible_id=responsible_id)


def open_review(*, actor: Actor) -> None:
    """Start the yearly review of the framework. Raises ``NotAllowed``."""
    _framework.open_review(actor=actor)


def close_review(*, actor: Actor, remark: str) -> None:
    """Close the review. Raises ``GoalIncomplete``, ``StepNotPossible`` and ``NotAllowed``."""
    _framework.close_review(actor=actor, remark=remark)


def list_goals(*, actor: Actor, query: ListQuery) -> Slice[SocialGoalView]:
    """Return a slice of the inventory. Filters: ``state``, ``pillar``, ``theme``. Raises ``NotAllowed``."""
    actor.require("strategy.view")
    return _goal_queries.list_goals(actor.organisation_id, query)


def goal(*, organisation_id: int, goal_id: int) -> SocialGoalView:
    """Return one social goal. Raises ``GoalNotFound``."""
    return _goal_queries.goal(organisation_id, goal_id)


def all_goals(*, organisation_id: int, states: Iterable[GoalState] = ()) -> tuple[SocialGoalView, ...]:
    """Return the goals in these states (all by default), the shortlist first."""
    return _goal_queries.all_goals(organisation_id, states=states)


def decisions(*, organisation_id: int, kind: DecisionKind | None = None) -> tuple[DecisionView, ...]:
    """Return the decisions about goals, newest first."""
    return _goal_queries.decisions(organisation_id, kind)


def themes(*, organisation_id: int) -> tuple[Named, ...]:
    """Return all themes that a goal can have."""
    return _goal_queries.themes(organisation_id)


def default_theme(*, organisation_id: int) -> str:
    """Return the code of the theme that a new goal gets."""
    return _goal_queries.default_theme(organisation_id)


def purpose(*, organisation_id: int, purpose_id: int) -> PurposeView:
    """Return one purchasing goal. Raises ``GoalNotFound``."""
    return _purpose_queries.purpose(organisation_id, purpose_id)


def purposes(*, organisation_id: int, social_goal_ids: Iterable[int] | None = None) -> tuple[PurposeView, ...]:
    """Return the purchasing goals of these social goals, or of all."""
    return _purpose_queries.purposes(organisation_id, social_goal_ids)


def missing(*, purpose: PurposeView, indicators: tuple[IndicatorView, ...]) -> tuple[Missing, ...]:
    """Return what makes a purchasing goal still too abstract."""
    return _purposes.missing(purpose, indicators)


def targets_met(*, organisation_id: int, indicators: tuple[IndicatorView, ...], on: dt.date) -> bool:
    """Tell whether every indicator with a target has reached it, and there is one."""
    return _purposes.targets_met(organisation_id, indicators, on)


def goal_may(*, step: str, state: GoalState) -> bool:
    """Tell whether a social goal can take a step: judge, shortlist, translate, park, reopen."""
    return workflow.goal_may(step, state)


def purpose_may(*, step: str, state: PurposeState) -> bool:
    """Tell whether a purchasing goal can take a step: activate, reach, end."""
    return workflow.purpose_may(step, state)


def planned_in_scope(*, organisation_id: int, purpose: PurposeView) -> tuple[PlannedInScope, ...]:
    """Return the planned purchases under a purchasing goal, and those of which it is not known."""
    return _purpose_queries.planned_in_scope(organisation_id, purpose)


def fit_of(*, purpose: PurposeView, product_group: str, nature: str, value: Decimal | None, months: int | None) -> Fit:
    """Tell whether a purchase of this size belongs to a purchasing goal; for contracts, which live above strategy."""
    return scope.concerns(
        purpose.scope, purpose.product_groups, product_group=product_group, nature=nature, value=value, months=months
    )


def principles(*, organisation_id: int, on: dt.date | None = None) -> tuple[PrincipleView, ...]:
    """Return the principles, all or those that hold on a day."""
    return _purpose_queries.principles(organisation_id, on)


def principle(*, organisation_id: int, principle_id: int) -> PrincipleView:
    """Return one principle. Raises ``GoalNotFound``."""
    return _purpose_queries.principle(organisation_id, principle_id)


def minimum_shares(*, organisation_id: int, on: dt.date) -> Mapping[str, Decimal]:
    """Return the minimum share per product group that holds on a day."""
    return _purpose_queries.minimum_shares(organisation_id, on)


def framework(*, organisation_id: int, on: dt.date) -> Framework:
    """Return how complete the strategic framework is (CF-25), with what is missing; it never blocks anything.

    Whoever starts a dossier shows ``missing`` as a warning that can be passed.
    """
    return _framework_queries.framework(organisation_id, on=on)
