"""The states of an obligation and how one gets from one to the other: the whole table."""

from __future__ import annotations

from koopkracht.obligations.types import LIVING, WITH_OWNER, State, StepKind

TRANSITIONS: dict[StepKind, tuple[frozenset[State], State]] = {
    StepKind.SUBMITTED: (WITH_OWNER, State.SUBMITTED),
    StepKind.APPROVED: (frozenset({State.SUBMITTED}), State.DONE),
    StepKind.SENT_BACK: (frozenset({State.SUBMITTED}), State.SENT_BACK),
    StepKind.COMPLETED: (WITH_OWNER, State.DONE),
    StepKind.CANCELLED: (LIVING, State.CANCELLED),
}


def allowed(state: State, step: StepKind) -> bool:
    """Tell whether ``step`` may be taken in ``state``."""
    return state in TRANSITIONS[step][0]


def after(step: StepKind) -> State:
    """Return the state in which ``step`` leaves an obligation."""
    return TRANSITIONS[step][1]
