"""Errors about goals, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotFound, Rejected
from koopkracht.strategy.types.goals import Missing


class GoalNotFound(NotFound):
    """No such social goal, purchasing goal or principle in this organisation."""

    def __init__(self, key: int | str) -> None:
        super().__init__(
            "Dit doel bestaat niet (meer). Open de lijst met doelen opnieuw.", code="goal-not-found", key=key
        )


class GoalIncomplete(Rejected):
    """Something of a goal is missing or makes no sense; ``field`` says where."""

    def __init__(self, message: str, *, field: str | None) -> None:
        super().__init__(message, code="goal-incomplete", field=field)


class StepNotPossible(Rejected):
    """The goal is not in a state from which this step is possible; the message says what has to come first."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="goal-step-not-possible", field=None)


class TooAbstract(Rejected):
    """A purchasing goal lacks what makes it measurable: ``missing`` lists it."""

    def __init__(self, message: str, *, missing: tuple[Missing, ...]) -> None:
        super().__init__(message, code="goal-too-abstract", field=None, missing=missing)


class NotReached(Rejected):
    """At least one indicator with a target has not reached it yet, or has no result."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="goal-not-reached", field=None)
