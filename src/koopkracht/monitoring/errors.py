"""Errors of the monitoring context, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = [
    "EntryRefused",
    "FiguresNotReady",
    "InvalidRule",
    "MeasureNotFound",
    "RuleNotFound",
    "UnknownProductGroup",
]


class RuleNotFound(NotFound):
    """No such assignment rule in this organisation."""


class InvalidRule(Rejected):
    """An assignment rule that cannot be stored."""


class UnknownProductGroup(Rejected):
    """The product group does not exist (any more)."""


class FiguresNotReady(Conflict):
    """The figures are being computed for the first time: wait for the job."""


class UnknownMeasureParameter(Rejected):
    """A measure was asked about something that it does not know."""

    def __init__(self, code: str, names: list[str]) -> None:
        super().__init__(
            "Dit cijfer kan niet berekend worden met wat er gevraagd wordt. Kies het cijfer opnieuw uit de lijst.",
            code="measure-parameter-unknown",
            measure=code,
            names=names,
        )


class MeasureNotFound(NotFound):
    """The content has no such measure or ready indicator."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "Dit cijfer bestaat niet (meer). Kies een ander cijfer uit de lijst.",
            code="measure-not-found",
            measure=code,
        )


class EntryRefused(Rejected):
    """What a person enters for a computed measure cannot be right."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="measure-entry-refused", field=field)
