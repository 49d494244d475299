"""Errors of this context, by what the caller should do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from koopkracht.shared.errors import NotFound, Rejected

__all__ = ["BadFacts", "ContentInvalid", "NotInForce", "UnknownEvaluation", "UnknownQuestion", "UnknownRelease"]


class NotInForce(Rejected):
    """No rule or value is known for this day; there is never a default."""

    def __init__(self, message: str, *, on: dt.date, what: str) -> None:
        super().__init__(message, code="rules.not-in-force", on=on.isoformat(), what=what)


class BadFacts(Rejected):
    """One or more facts cannot be used; ``details["fields"]`` holds a Dutch sentence per fact."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()), code="rules.bad-facts", fields=dict(fields))


class UnknownQuestion(Rejected):
    """The question is no family and no rule."""

    def __init__(self, question: str) -> None:
        super().__init__(
            f"De vraag “{question}” bestaat niet. Kies een regelfamilie of een regelcode uit de Wetswijzer.",
            code="rules.unknown-question",
            question=question,
        )


class ContentInvalid(Rejected):
    """The content files do not pass the check and cannot become a release."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            "De wettelijke gegevens bevatten fouten. Verbeter ze en controleer opnieuw: " + " ".join(problems[:5]),
            code="rules.content-invalid",
            problems=list(problems),
        )


class UnknownRelease(NotFound):
    """There is no release with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Uitgave {number} van de regels bestaat niet.", code="rules.unknown-release", number=number)


class UnknownEvaluation(NotFound):
    """There is no kept evaluation with this identifier in this organisation."""

    def __init__(self) -> None:
        super().__init__(
            "Dit bewaarde antwoord bestaat niet, of niet in uw organisatie.", code="rules.unknown-evaluation"
        )
