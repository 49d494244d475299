"""States and steps of goals: one table each, no Django."""

from __future__ import annotations

from koopkracht.strategy.types.goals import GoalState, PurposeState

GOAL_STEPS: dict[str, tuple[frozenset[GoalState], GoalState]] = {
    # step: (from, to)
    "judge": (frozenset({GoalState.INVENTORIED, GoalState.JUDGED}), GoalState.JUDGED),
    "shortlist": (
        frozenset({GoalState.JUDGED, GoalState.SHORTLISTED, GoalState.TRANSLATED}),
        GoalState.SHORTLISTED,
    ),
    "drop": (frozenset({GoalState.SHORTLISTED, GoalState.TRANSLATED}), GoalState.JUDGED),
    "translate": (frozenset({GoalState.SHORTLISTED, GoalState.TRANSLATED}), GoalState.TRANSLATED),
    "park": (
        frozenset({GoalState.INVENTORIED, GoalState.JUDGED, GoalState.SHORTLISTED, GoalState.TRANSLATED}),
        GoalState.PARKED,
    ),
    "reopen": (frozenset({GoalState.PARKED}), GoalState.INVENTORIED),
}

PURPOSE_STEPS: dict[str, tuple[frozenset[PurposeState], PurposeState]] = {
    "activate": (frozenset({PurposeState.DRAFT, PurposeState.REACHED}), PurposeState.ACTIVE),
    "reach": (frozenset({PurposeState.ACTIVE}), PurposeState.REACHED),
    "end": (frozenset({PurposeState.DRAFT, PurposeState.ACTIVE, PurposeState.REACHED}), PurposeState.ENDED),
}


def goal_may(step: str, state: GoalState) -> bool:
    """Tell whether a social goal in ``state`` can take ``step``."""
    return state in GOAL_STEPS[step][0]


def purpose_may(step: str, state: PurposeState) -> bool:
    """Tell whether a purchasing goal in ``state`` can take ``step``."""
    return state in PURPOSE_STEPS[step][0]
