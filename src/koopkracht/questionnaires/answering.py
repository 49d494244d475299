"""Reading an answer as it comes in from a page: pure, one sentence for each mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from koopkracht.questionnaires.types import KINDS_WITH_OPTIONS, QuestionKind, QuestionView

LONGEST = {QuestionKind.SHORT: 200, QuestionKind.LONG: 4000}
LARGEST = Decimal(10) ** 12


class WrongAnswer(ValueError):
    """The answer does not fit the question; the text says what to do."""


def read(question: QuestionView, raw: Sequence[str]) -> list[str] | None:
    """Return what to keep of an answer, or ``None`` when it was left open; raises :class:`WrongAnswer`."""
    given = [text.replace("\x00", "").strip() for text in raw]
    given = [text for text in given if text]
    if not given:
        if question.required:
            raise WrongAnswer("Deze vraag is verplicht. Vul een antwoord in.")
        return None
    return _READERS[question.kind](question, given)


def _choice(question: QuestionView, given: list[str]) -> list[str]:
    known = [code for code, _label in question.cells]
    chosen = [code for code in known if code in given]
    if not chosen or len(set(given)) != len(chosen):
        raise WrongAnswer("Dit antwoord staat niet in de lijst. Kies een van de antwoorden.")
    if question.kind is not QuestionKind.SEVERAL and len(chosen) > 1:
        raise WrongAnswer("Kies één antwoord.")
    return chosen


def _number(_question: QuestionView, given: list[str]) -> list[str]:
    text = given[0].replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        value = Decimal(text) if len(text) <= 20 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > LARGEST:
        raise WrongAnswer("Vul een getal in met cijfers, bijvoorbeeld 12 of 7,5.")
    return [format(value.normalize(), "f")]


def _text(question: QuestionView, given: list[str]) -> list[str]:
    text, longest = given[0], LONGEST[question.kind]
    if len(text) > longest:
        raise WrongAnswer(f"Uw antwoord telt {len(text)} tekens. Maak het korter: hoogstens {longest} tekens.")
    return [text]


_READERS: dict[QuestionKind, Callable[[QuestionView, list[str]], list[str]]] = {
    **dict.fromkeys((*KINDS_WITH_OPTIONS, QuestionKind.SCALE, QuestionKind.YES_NO), _choice),
    QuestionKind.NUMBER: _number,
    **dict.fromkeys(LONGEST, _text),
}
