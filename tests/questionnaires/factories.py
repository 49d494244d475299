"""Question lists for tests, made through the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from koopkracht.questionnaires import api
from koopkracht.questionnaires.types import AnswerOutcome, QuestionInput, QuestionKind, RecipientInput
from koopkracht.shared.actor import Actor

PATTERN = "https://voorbeeld.example/bevraging/{token}"
YES_NO = QuestionInput("Kunt u dit leveren?", QuestionKind.YES_NO, required=True)
CHOICE = QuestionInput("Welke omvang past?", QuestionKind.ONE, ("Klein", "Middel", "Groot"))
MANY = QuestionInput("Wat helpt u?", QuestionKind.SEVERAL, ("Tijd", "Percelen"))
SCALE = QuestionInput("Hoe graag werkt u samen?", QuestionKind.SCALE)
NUMBER = QuestionInput("Hoeveel mensen?", QuestionKind.NUMBER)
LONG = QuestionInput("Wat is niet haalbaar?", QuestionKind.LONG)
ALL = (YES_NO, CHOICE, MANY, SCALE, NUMBER, LONG)


def draft(actor: Actor, *questions: QuestionInput, **fields: Any) -> int:
    """Make a draft about a thing of some owner."""
    return api.create(
        actor=actor, subject="proef", subject_key=1, title="Proefbevraging", questions=questions or ALL, **fields
    )


def party(number: int, **fields: Any) -> RecipientInput:
    """Return a party with an address and a region."""
    fields.setdefault("email", f"partij{number}@voorbeeld.example")
    fields.setdefault("attributes", {"region": "Noord" if number % 2 else "Zuid"})
    return RecipientInput(name=f"Onderneming Nummer{number}", **fields)


def opened(actor: Actor, *questions: QuestionInput, parties: int = 12, **fields: Any) -> int:
    """Make, fill and open a list."""
    key = draft(actor, *questions)
    api.invite(actor=actor, questionnaire_id=key, recipients=[party(number) for number in range(1, parties + 1)])
    api.confirm_composition(actor=actor, questionnaire_id=key)
    api.open(actor=actor, questionnaire_id=key, closes_on=fields.get("closes_on"), link_pattern=PATTERN)
    return key


def tokens(actor: Actor, key: int) -> list[str]:
    """Return a token for each party, by name."""
    found = api.hand_out_links(actor=actor, questionnaire_id=key, link_pattern=PATTERN)
    return [address.rsplit("/", 1)[1] for _party, address in found]


def fill(token: str, *values: str | Sequence[str] | None) -> AnswerOutcome:
    """Answer the questions of a list in their order; ``None`` leaves one open."""
    questions = api.sheet(token=token).questions
    given: Mapping[int, Sequence[str]] = {
        question.id: [value] if isinstance(value, str) else list(value or ())
        for question, value in zip(questions, values, strict=False)
    }
    return api.answer(token=token, values=given)
