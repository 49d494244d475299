"""Making a question list: text, questions and their order, while it is a draft."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from koopkracht.audit import api as audit
from koopkracht.questionnaires.actions.common import SUBJECT, locked
from koopkracht.questionnaires.errors import QuestionnaireNotFound, QuestionRejected, TooManyQuestions
from koopkracht.questionnaires.models import Question, Questionnaire
from koopkracht.questionnaires.types import KINDS_WITH_OPTIONS, QuestionInput, State
from koopkracht.shared.actor import Actor

MOST_OPTIONS = 12
LEAST_HIDDEN_UNDER = 3


def create(
    *,
    actor: Actor,
    subject: str,
    subject_key: int,
    title: str,
    questions: Sequence[QuestionInput] = (),
    introduction: str = "",
    limit: int = 10,
    hidden_under: int = LEAST_HIDDEN_UNDER,
) -> int:
    """Make a draft and return its id; nothing is stored when one question is refused."""
    actor.require("questionnaire.edit")
    if hidden_under < LEAST_HIDDEN_UNDER:
        raise QuestionRejected("Een groep moet minstens 3 partijen tellen om zichtbaar te zijn.", field="hidden_under")
    with transaction.atomic():
        row = Questionnaire.objects.create(
            organisation_id=actor.organisation_id,
            subject=subject,
            subject_key=subject_key,
            title=_title(title),
            introduction=introduction.strip(),
            limit=limit,
            hidden_under=hidden_under,
        )
        for number, question in enumerate(questions, start=1):
            if number > limit:
                raise TooManyQuestions(limit)
            _store(row, question, number)
        audit.record(
            actor=actor,
            action="questionnaire.created",
            subject=SUBJECT,
            subject_key=row.pk,
            data={"owner": subject, "key": subject_key, "questions": len(questions)},
        )
    return int(row.pk)


def describe(*, actor: Actor, questionnaire_id: int, title: str, introduction: str) -> None:
    """Change title and introduction of a draft."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.DRAFT)
        row.title, row.introduction = _title(title), introduction.strip()
        row.save(update_fields=["title", "introduction"])
        _changed(actor, row, "text")


def add_question(*, actor: Actor, questionnaire_id: int, question: QuestionInput) -> int:
    """Add a question at the end; one more than the limit is refused and the others stay."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.DRAFT)
        present = list(_questions(row).values_list("position", flat=True))
        if len(present) >= row.limit:
            raise TooManyQuestions(row.limit)
        made = _store(row, question, max(present, default=0) + 1)
        _changed(actor, row, "question added")
    return int(made.pk)


def change_question(*, actor: Actor, question_id: int, question: QuestionInput) -> None:
    """Change one question of a draft."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        found, row = _draft_of(actor, question_id)
        _fill(found, question)
        found.save()
        _changed(actor, row, "question changed")


def remove_question(*, actor: Actor, question_id: int) -> None:
    """Take one question out of a draft."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        found, row = _draft_of(actor, question_id)
        found.delete()
        _changed(actor, row, "question removed")


def move_question(*, actor: Actor, question_id: int, up: bool) -> None:
    """Let a question change places with its neighbour; at the end of the list nothing happens."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        found, row = _draft_of(actor, question_id)
        order = list(_questions(row))
        index = [one.pk for one in order].index(found.pk)
        other = index - 1 if up else index + 1
        if 0 <= other < len(order):
            order[index], order[other] = order[other], order[index]
            for position, one in enumerate(order, start=1):
                one.position = position
            Question.objects.bulk_update(order, ["position"])
            _changed(actor, row, "question moved")


def remove(*, actor: Actor, questionnaire_id: int) -> None:
    """Throw a draft away."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.DRAFT)
        key = row.pk
        row.delete()
        audit.record(actor=actor, action="questionnaire.removed", subject=SUBJECT, subject_key=key)


def _draft_of(actor: Actor, question_id: int) -> tuple[Question, Questionnaire]:
    found = Question.objects.of(actor.organisation_id).filter(pk=question_id).first()
    if found is None:
        raise QuestionnaireNotFound(question_id)
    return found, locked(actor.organisation_id, found.questionnaire_id, State.DRAFT)


def _questions(row: Questionnaire) -> QuerySet[Question, Question]:
    return Question.objects.of(row.organisation_id).filter(questionnaire_id=row.pk).order_by("position", "id")


def _store(row: Questionnaire, question: QuestionInput, position: int) -> Question:
    made = Question(organisation_id=row.organisation_id, questionnaire=row, position=position)
    _fill(made, question)
    made.save()
    return made


def _fill(row: Question, question: QuestionInput) -> None:
    text = " ".join(question.text.split())
    if not text:
        raise QuestionRejected("Schrijf de vraag.", field="text")
    if len(text) > 500:
        raise QuestionRejected("Deze vraag is te lang: hoogstens 500 tekens.", field="text")
    row.text = text
    row.help = " ".join(question.help.split())[:300]
    row.kind = question.kind.value
    row.options = _options(question) if question.kind in KINDS_WITH_OPTIONS else []
    row.required = question.required


def _options(question: QuestionInput) -> list[str]:
    options = list(dict.fromkeys(" ".join(option.split())[:120] for option in question.options if option.strip()))
    if len(options) < 2:
        raise QuestionRejected("Geef minstens twee verschillende antwoorden om uit te kiezen.", field="options")
    if len(options) > MOST_OPTIONS:
        raise QuestionRejected(f"Geef hoogstens {MOST_OPTIONS} antwoorden om uit te kiezen.", field="options")
    return options


def _title(title: str) -> str:
    text = " ".join(title.split())
    if not text:
        raise QuestionRejected("Geef de vragenlijst een titel.", field="title")
    return text[:200]


def _changed(actor: Actor, row: Questionnaire, what: str) -> None:
    audit.record(actor=actor, action="questionnaire.changed", subject=SUBJECT, subject_key=row.pk, data={"what": what})
