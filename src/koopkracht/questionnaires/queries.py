"""Reads of question lists. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q

from koopkracht.questionnaires import disclosure, workflow
from koopkracht.questionnaires.errors import QuestionnaireNotFound
from koopkracht.questionnaires.models import Answer, Delivery, Question, Questionnaire, Recipient
from koopkracht.questionnaires.types import (
    DELIVERED,
    KINDS_OF_TEXT,
    Cell,
    DeliveryKind,
    DeliveryState,
    DeliveryView,
    Part,
    QuestionKind,
    QuestionnaireView,
    QuestionResult,
    QuestionView,
    RecipientView,
    Results,
    State,
)
from koopkracht.shared import clock

UNSURE_AFTER = dt.timedelta(minutes=5)
"""A mail that is "leaving" longer than this will not be told about any more: the program stopped."""


def find(organisation_id: int, questionnaire_id: int) -> Questionnaire:
    """Return the row; raises ``QuestionnaireNotFound``."""
    row: Questionnaire | None = Questionnaire.objects.of(organisation_id).filter(pk=questionnaire_id).first()
    if row is None:
        raise QuestionnaireNotFound(questionnaire_id)
    return row


def state_of(row: Questionnaire) -> State:
    """Return the state as of today: a list past its closing day is closed, also before somebody wrote that down."""
    return workflow.effective(State(row.state), row.closes_on, clock.today())


def questionnaire(organisation_id: int, questionnaire_id: int) -> QuestionnaireView:
    """Return one list; raises ``QuestionnaireNotFound``."""
    return next(iter(_views(organisation_id, [find(organisation_id, questionnaire_id)])))


def by_ids(organisation_id: int, ids: Iterable[int]) -> dict[int, QuestionnaireView]:
    """Return these lists by id; ids of other organisations are simply not there."""
    rows = list(Questionnaire.objects.of(organisation_id).filter(pk__in=list(ids)))
    return {view.id: view for view in _views(organisation_id, rows)}


def of_subjects(organisation_id: int, subject: str, keys: Sequence[int]) -> dict[int, tuple[QuestionnaireView, ...]]:
    """Return the lists by the owner's key, oldest first."""
    rows = Questionnaire.objects.of(organisation_id).filter(subject=subject, subject_key__in=list(keys)).order_by("pk")
    found: dict[int, tuple[QuestionnaireView, ...]] = {}
    for view in _views(organisation_id, list(rows)):
        found[view.subject_key] = (*found.get(view.subject_key, ()), view)
    return found


def _views(organisation_id: int, rows: Sequence[Questionnaire]) -> list[QuestionnaireView]:
    ids = [row.pk for row in rows]
    questions = _count_by_list(Question, organisation_id, ids)
    recipients = _count_by_list(Recipient, organisation_id, ids)
    return [
        QuestionnaireView(
            id=row.pk,
            subject=row.subject,
            subject_key=row.subject_key,
            title=row.title,
            introduction=row.introduction,
            state=state_of(row),
            limit=row.limit,
            hidden_under=row.hidden_under,
            closes_on=row.closes_on,
            composition_confirmed_at=row.composition_confirmed_at,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            summary=row.summary,
            summary_approved_at=row.summary_approved_at,
            finished_at=row.finished_at,
            questions=questions.get(row.pk, 0),
            recipients=recipients.get(row.pk, 0),
        )
        for row in rows
    ]


def _count_by_list(model: Any, organisation_id: int, ids: Sequence[int]) -> dict[int, int]:
    rows = model.objects.of(organisation_id).filter(questionnaire_id__in=ids).order_by()
    return dict(rows.values_list("questionnaire_id").annotate(Count("id")))


def questions(organisation_id: int, questionnaire_id: int) -> tuple[QuestionView, ...]:
    """Return the questions in their order, numbered from 1."""
    rows = Question.objects.of(organisation_id).filter(questionnaire_id=questionnaire_id).order_by("position", "id")
    return tuple(
        QuestionView(row.pk, number, row.text, QuestionKind(row.kind), tuple(row.options), row.required, row.help)
        for number, row in enumerate(rows, start=1)
    )


def recipient_view(row: Recipient) -> RecipientView:
    """Make the view of one recipient."""
    return RecipientView(row.pk, row.name, row.email, row.enterprise_number, row.reference, dict(row.attributes))


def recipients(organisation_id: int, questionnaire_id: int) -> tuple[RecipientView, ...]:
    """Return who is asked, by name."""
    rows = Recipient.objects.of(organisation_id).filter(questionnaire_id=questionnaire_id).order_by("name", "id")
    return tuple(recipient_view(row) for row in rows)


def composition(
    organisation_id: int, questionnaire_id: int, population: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[Part, ...]]:
    """Return who is asked by attribute, against the whole ``population`` (counts by attribute and value)."""
    asked: dict[str, dict[str, int]] = {name: {} for name in population}
    rows = recipients(organisation_id, questionnaire_id)
    for row in rows:
        for name in {*asked, *row.attributes}:
            value = row.attributes.get(name, "")
            counts = asked.setdefault(name, {})
            counts[value] = counts.get(value, 0) + 1
    return {name: _parts(counts, population.get(name), len(rows)) for name, counts in asked.items()}


def _parts(asked: Mapping[str, int], population: Mapping[str, int] | None, total: int) -> tuple[Part, ...]:
    whole = sum(population.values()) if population else 0
    values = sorted({*asked, *(population or {})}, key=lambda value: (value == "", value))
    return tuple(
        Part(
            value=value,
            asked=asked.get(value, 0),
            share=disclosure.share(asked.get(value, 0), total) or Decimal(0),
            population=None if population is None else population.get(value, 0),
            population_share=None if population is None else disclosure.share(population.get(value, 0), whole),
        )
        for value in values
    )


def results(organisation_id: int, questionnaire_id: int) -> Results:
    """Return the figures with small groups hidden; only complete lists count.

    While the list is open, figures move on in whole blocks of ``hidden_under`` answers. Otherwise the difference before
    and after one answer would tell that answer.
    """
    row = find(organisation_id, questionnaire_id)
    people = list(Recipient.objects.of(organisation_id).filter(questionnaire_id=row.pk))
    reached = set(
        Delivery.objects.of(organisation_id)
        .filter(
            recipient__questionnaire_id=row.pk,
            kind=DeliveryKind.INVITATION.value,
            state__in=[state.value for state in DELIVERED],
        )
        .values_list("recipient_id", flat=True)
    )
    # Who answered did receive the link, whatever the mail server said.
    asked = [one for one in people if one.pk in reached or one.answered_at]
    answered = [one for one in asked if one.answered_at]
    counted = _in_blocks(row, answered)
    given: dict[int, list[list[str]]] = {}
    answers = Answer.objects.of(organisation_id).filter(
        question__questionnaire_id=row.pk, recipient_id__in=[one.pk for one in counted]
    )
    for question_id, value in answers.values_list("question_id", "value"):
        given.setdefault(question_id, []).append(list(value))
    enough = len(counted) >= row.hidden_under
    return Results(
        sent=len(asked),
        answered=len(answered),
        rate=disclosure.share(len(answered), len(asked)),
        counted=len(counted),
        hidden_under=row.hidden_under,
        questions=tuple(
            _result(one, given.get(one.id, []), row.hidden_under) for one in questions(organisation_id, row.pk)
        )
        if enough
        else (),
        breakdown=_breakdown(asked, {one.pk for one in counted}, row.hidden_under) if enough else {},
    )


def _in_blocks(row: Questionnaire, answered: list[Recipient]) -> list[Recipient]:
    """Return whose answers count now: everybody's once the list is closed, whole blocks before."""
    if state_of(row) is not State.OPEN:
        return answered
    in_order = sorted(answered, key=lambda one: (one.answered_at, one.pk))
    return in_order[: len(in_order) - len(in_order) % max(1, row.hidden_under)]


def _result(question: QuestionView, given: Sequence[Sequence[str]], under: int) -> QuestionResult:
    total = len(given)
    few = 0 < total < under
    counts = [sum(code in value for value in given) for code, _label in question.cells]
    shown: Sequence[int | None]
    if question.kind is QuestionKind.SEVERAL:
        shown = [disclosure.visible_apart(count, total, under=under) for count in counts]
    else:
        shown = disclosure.visible(counts, under=under)
    hidden = few or any(count is None for count in shown)
    return QuestionResult(
        question=question,
        answers=None if few else total,
        cells=tuple(
            Cell(code, label, count, disclosure.share(count, total))
            for (code, label), count in zip(question.cells, shown, strict=True)
        ),
        hidden=hidden,
        mean=None if hidden else _mean(question, given),
        texts=tuple(sorted(value[0] for value in given)) if question.kind in KINDS_OF_TEXT and not few else (),
    )


def _mean(question: QuestionView, given: Sequence[Sequence[str]]) -> Decimal | None:
    if question.kind not in {QuestionKind.SCALE, QuestionKind.NUMBER} or not given:
        return None
    total = sum((Decimal(value[0]) for value in given), Decimal(0))
    return (total / len(given)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _breakdown(asked: Sequence[Recipient], counted: set[int], under: int) -> dict[str, tuple[Cell, ...]]:
    """Return who answered by attribute, with small groups hidden alike; the share is of who was asked in that group."""
    names = sorted({name for one in asked for name in one.attributes})
    made = {}
    for name in names:
        values = sorted({one.attributes.get(name, "") for one in asked}, key=lambda value: (value == "", value))
        limits = [sum(one.attributes.get(name, "") == value for one in asked) for value in values]
        counts = [sum(one.attributes.get(name, "") == value and one.pk in counted for one in asked) for value in values]
        shown = disclosure.visible_within(counts, limits, under=under)
        made[name] = tuple(
            Cell(value, value, count, disclosure.share(count, limit))
            for value, count, limit in zip(values, shown, limits, strict=True)
        )
    return made


def deliveries(organisation_id: int, questionnaire_id: int, kind: DeliveryKind) -> tuple[DeliveryView, ...]:
    """Return how far bringing the invitations or summaries is, by name."""
    rows = (
        Delivery.objects.of(organisation_id)
        .filter(recipient__questionnaire_id=questionnaire_id, kind=kind.value)
        .select_related("recipient")
        .order_by("recipient__name", "id")
    )
    return tuple(
        DeliveryView(
            recipient_id=row.recipient_id,
            name=row.recipient.name,
            email=row.recipient.email,
            kind=kind,
            state=delivery_state(row),
            at=row.at,
            problem=row.problem,
        )
        for row in rows
    )


def delivery_state(row: Delivery) -> DeliveryState:
    """Return the state; a mail that has been leaving for too long is unsure."""
    state = DeliveryState(row.state)
    stale = row.at is None or row.at < clock.now() - UNSURE_AFTER
    return DeliveryState.UNSURE if state is DeliveryState.SENDING and stale else state


def undelivered(organisation_id: int, questionnaire_id: int, kind: DeliveryKind) -> int:
    """Return how many of the planned deliveries have not arrived."""
    rows = Delivery.objects.of(organisation_id).filter(recipient__questionnaire_id=questionnaire_id, kind=kind.value)
    return int(rows.exclude(state__in=[state.value for state in DELIVERED]).count())


def participants_without_summary(organisation_id: int, questionnaire_id: int) -> int:
    """Return how many parties that answered have not received the summary."""
    delivered = Q(
        delivery_rows__kind=DeliveryKind.SUMMARY.value,
        delivery_rows__state__in=[state.value for state in DELIVERED],
    )
    rows = Recipient.objects.of(organisation_id).filter(questionnaire_id=questionnaire_id, answered_at__isnull=False)
    return int(rows.count() - rows.filter(delivered).count())


def answers_of(organisation_id: int, recipient_id: int) -> dict[int, tuple[str, ...]]:
    """Return what one party answered, by question: only for the holder of its link."""
    rows = Answer.objects.of(organisation_id).filter(recipient_id=recipient_id)
    return {question_id: tuple(value) for question_id, value in rows.values_list("question_id", "value")}
