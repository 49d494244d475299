"""Errors of indicators, each named after what the caller should do."""

from __future__ import annotations

from collections.abc import Sequence

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = [
    "DiscussionNotFound",
    "IndicatorClosed",
    "IndicatorIncomplete",
    "IndicatorNotFound",
    "MeasurementRefused",
    "NotReady",
    "TargetRefused",
    "TransitionRefused",
]


class IndicatorNotFound(NotFound):
    """No such indicator in this organisation."""

    def __init__(self, indicator_id: int) -> None:
        super().__init__(
            "Deze indicator bestaat niet (meer). Open de lijst met indicatoren opnieuw.",
            code="indicator-not-found",
            indicator_id=indicator_id,
        )


class DiscussionNotFound(NotFound):
    """No such talk about this indicator."""

    def __init__(self, discussion_id: int) -> None:
        super().__init__(
            "Dit overleg bestaat niet (meer). Open de indicator opnieuw.",
            code="indicator-discussion-not-found",
            discussion_id=discussion_id,
        )


class IndicatorIncomplete(Rejected):
    """Something that every indicator needs is missing or cannot be right."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="indicator-incomplete", field=field)


class NotReady(Rejected):
    """The indicator cannot become active yet; ``missing`` names what must be there first (PG-2.2-13)."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            "Deze indicator kan nog niet actief worden. Nog nodig: " + "; ".join(missing) + ".",
            code="indicator-not-ready",
            missing=tuple(missing),
        )


class TargetRefused(Rejected):
    """The target path cannot be right."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="indicator-target-refused", field=field)


class MeasurementRefused(Rejected):
    """The value cannot be right for this indicator."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="indicator-measurement-refused", field=field)


class IndicatorClosed(Conflict):
    """A closed indicator stays as it is."""

    def __init__(self) -> None:
        super().__init__(
            "Deze indicator is afgesloten en verandert niet meer. Maak een nieuwe indicator om verder te meten.",
            code="indicator-closed",
        )


class TransitionRefused(Conflict):
    """The step does not exist from the state in which the indicator is."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="indicator-transition-refused")
