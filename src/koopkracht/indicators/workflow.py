"""The states of an indicator and the steps between them, in one table (part 9 of the field guide)."""

from __future__ import annotations

from enum import StrEnum

from koopkracht.indicators.errors import IndicatorClosed, TransitionRefused
from koopkracht.indicators.types import State


class Step(StrEnum):
    """What can happen to an indicator."""

    ACTIVATE = "activate"
    WITHDRAW = "withdraw"
    MISS = "miss"
    SUPPLY = "supply"
    CLOSE = "close"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.ACTIVATE): State.ACTIVE,
    (State.DRAFT, Step.CLOSE): State.CLOSED,
    (State.ACTIVE, Step.WITHDRAW): State.DRAFT,
    (State.ACTIVE, Step.MISS): State.NO_DATA,
    (State.ACTIVE, Step.CLOSE): State.CLOSED,
    (State.NO_DATA, Step.WITHDRAW): State.DRAFT,
    (State.NO_DATA, Step.SUPPLY): State.ACTIVE,
    (State.NO_DATA, Step.CLOSE): State.CLOSED,
}


def after(state: State, step: Step) -> State:
    """Return the state after a step. Raises ``IndicatorClosed`` and ``TransitionRefused``."""
    if state is State.CLOSED:
        raise IndicatorClosed
    if (state, step) not in TRANSITIONS:
        raise TransitionRefused("Deze stap kan nu niet: de indicator is intussen veranderd. Open de pagina opnieuw.")
    return TRANSITIONS[state, step]


def steps_from(state: State) -> frozenset[Step]:
    """Return the steps that exist from a state."""
    return frozenset(step for start, step in TRANSITIONS if start is state)
