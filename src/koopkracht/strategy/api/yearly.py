"""The door of yearly actions and the yearly overview. Stable, keep it small."""

from __future__ import annotations

from koopkracht.shared.actor import Actor
from koopkracht.strategy import instruments
from koopkracht.strategy.actions import yearly as _actions
from koopkracht.strategy.models import ACTION_KIND_LABELS, OVERVIEW_STATE_LABELS
from koopkracht.strategy.queries import yearly as _queries
from koopkracht.strategy.types.yearly import ActionKind, YearlyActionInput, YearlyActionView, YearlyOverview

__all__ = [
    "ACTION_KIND_LABELS",
    "OVERVIEW_STATE_LABELS",
    "actions",
    "compile_overview",
    "example_actions",
    "inform_board",
    "overview",
    "publish",
    "published",
    "put_action",
    "remove_action",
]

example_actions = instruments.example_actions


def put_action(*, actor: Actor, action: YearlyActionInput) -> int:
    """Keep an action and return its key. Raises ``GoalIncomplete``, ``GoalNotFound`` and ``NotAllowed``."""
    return _actions.put_action(actor=actor, action=action)


def remove_action(*, actor: Actor, action_id: int) -> None:
    """Remove an action. Raises ``GoalNotFound`` and ``NotAllowed``."""
    _actions.remove_action(actor=actor, action_id=action_id)


def compile_overview(*, actor: Actor, year: int) -> int:
    """Compile the overview of a year. Raises ``StepNotPossible`` and ``NotAllowed``."""
    return _actions.compile_overview(actor=actor, year=year)


def inform_board(*, actor: Actor, year: int) -> None:
    """Record that the board got the overview. Raises ``GoalNotFound``, ``StepNotPossible`` and ``NotAllowed``."""
    _actions.inform_board(actor=actor, year=year)


def publish(*, actor: Actor, year: int) -> None:
    """Make the overview public. Raises ``GoalNotFound``, ``StepNotPossible`` (board first) and ``NotAllowed``."""
    _actions.publish(actor=actor, year=year)


def actions(*, organisation_id: int, year: int, kind: ActionKind | None = None) -> tuple[YearlyActionView, ...]:
    """Return the actions of a year."""
    return _queries.actions(organisation_id, year=year, kind=kind)


def overview(*, organisation_id: int, year: int) -> YearlyOverview | None:
    """Return the overview of a year, if it was compiled."""
    return _queries.overview(organisation_id, year=year)


def published(*, organisation_id: int, year: int) -> YearlyOverview:
    """Return a published overview. Raises ``GoalNotFound``, also for one that is not public yet."""
    return _queries.published(organisation_id, year=year)
