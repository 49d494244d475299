"""Errors of question lists, each named after what the caller should do."""

from __future__ import annotations

from collections.abc import Sequence

from koopkracht.questionnaires.types import SummaryProblem
from koopkracht.shared.errors import Conflict, NotFound, Rejected


class QuestionnaireNotFound(NotFound):
    """No such question list, question or recipient in this organisation."""

    def __init__(self, key: int) -> None:
        super().__init__(
            "Deze vragenlijst bestaat niet in uw organisatie. Open de lijst met bevragingen opnieuw.",
            code="questionnaire-not-found",
            key=key,
        )


class QuestionRejected(Rejected):
    """A question cannot be taken like this; ``field`` says which part."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="question-rejected", field=field)


class TooManyQuestions(Rejected):
    """The owner of the list allows no more questions."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Een vragenlijst telt hoogstens {limit} vragen. Uw {limit} vragen zijn bewaard, deze vraag niet. "
            "Haal eerst een andere vraag weg, of voeg twee vragen samen.",
            code="questionnaire-full",
            field="text",
            limit=limit,
        )


class RecipientRejected(Rejected):
    """A recipient cannot be taken like this."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="recipient-rejected", field=field)


class QuestionnaireNotReady(Rejected):
    """Something is missing before the next step; ``missing`` lists it in words."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            "De vragenlijst kan nog niet verder. " + " ".join(missing),
            code="questionnaire-not-ready",
            missing=tuple(missing),
        )


class WrongState(Conflict):
    """The list is not in the state in which this can be done."""

    def __init__(self, state: str, label: str) -> None:
        super().__init__(
            f"Dit kan nu niet: de vragenlijst is {label}. Laad de pagina opnieuw en bekijk de stand.",
            code="questionnaire-state",
            state=state,
        )


class SummaryRejected(Rejected):
    """The summary would give somebody away; ``problems`` says where."""

    def __init__(self, problems: Sequence[SummaryProblem]) -> None:
        super().__init__(
            "De samenvatting is nog niet anoniem. " + " ".join(problem.message for problem in problems),
            code="summary-not-anonymous",
            field="summary",
            problems=tuple(problem.message for problem in problems),
        )


class NothingAnswered(Rejected):
    """A list was handed in without one answer."""

    def __init__(self) -> None:
        super().__init__(
            "U vulde nog niets in. Beantwoord minstens één vraag en verstuur opnieuw.", code="answer-empty"
        )


class NoLongerOpen(Conflict):
    """Answering has ended."""

    def __init__(self) -> None:
        super().__init__(
            "Deze vragenlijst is afgesloten. U kunt niet meer antwoorden of iets wijzigen.",
            code="questionnaire-not-open",
        )
