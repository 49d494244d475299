"""The states of a question list as one table: nothing else may change a state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from koopkracht.questionnaires.errors import WrongState
from koopkracht.questionnaires.types import State

STATE_LABELS = {
    State.DRAFT: "in opmaak",
    State.OPEN: "open",
    State.CLOSED: "afgesloten",
    State.SUMMARISED: "samengevat",
    State.FINISHED: "afgerond",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """From where to where, by which trigger; the guard itself stands in the use case of that name."""

    trigger: str
    source: State
    target: State
    guard: str


TRANSITIONS = (
    Transition("open", State.DRAFT, State.OPEN, "minstens één en niet te veel vragen; samenstelling bevestigd"),
    Transition("close", State.OPEN, State.CLOSED, "de knop, of de einddatum is voorbij"),
    Transition("approve", State.CLOSED, State.SUMMARISED, "geen namen, geen groep onder de grens"),
    Transition("finish", State.SUMMARISED, State.FINISHED, "de samenvatting is bij iedereen"),
)


def step(state: State, trigger: str) -> State:
    """Return the state after ``trigger``; raises ``WrongState`` when the table does not know that step."""
    for transition in TRANSITIONS:
        if transition.source is state and transition.trigger == trigger:
            return transition.target
    raise WrongState(state.value, STATE_LABELS[state])


def require(state: State, *allowed: State) -> None:
    """Raise ``WrongState`` unless the list is in one of the ``allowed`` states."""
    if state not in allowed:
        raise WrongState(state.value, STATE_LABELS[state])


def effective(state: State, closes_on: dt.date | None, today: dt.date) -> State:
    """Return the state as of ``today`` (a day in Belgium): the closing day itself still counts as open."""
    if state is State.OPEN and closes_on is not None and today > closes_on:
        return State.CLOSED
    return state
