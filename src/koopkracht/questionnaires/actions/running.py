"""Opening and closing a list, and answering it with a signed link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from koopkracht.accounts import api as accounts
from koopkracht.accounts.types import ResolvedLink
from koopkracht.audit import api as audit
from koopkracht.questionnaires import answering, queries
from koopkracht.questionnaires.actions import sending
from koopkracht.questionnaires.actions.common import SUBJECT, close_when_due, locked, move
from koopkracht.questionnaires.errors import NoLongerOpen, NothingAnswered, QuestionnaireNotFound, QuestionnaireNotReady
from koopkracht.questionnaires.models import Answer, Questionnaire, Recipient
from koopkracht.questionnaires.types import (
    LINK_SUBJECT,
    PERMISSION_BY_LINK,
    AnswerOutcome,
    AnswerSheet,
    DeliveryKind,
    State,
)
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

LONGEST_OPEN = dt.timedelta(days=183)


def open_list(*, actor: Actor, questionnaire_id: int, closes_on: dt.date | None, link_pattern: str) -> None:
    """Open a draft for answers and bring the invitations; ``closes_on`` is the last day, in Belgium.

    ``link_pattern`` is an address with ``{token}`` in it. Raises ``QuestionnaireNotReady`` and ``WrongState``.
    """
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.DRAFT)
        missing = _missing(row, closes_on)
        if missing:
            raise QuestionnaireNotReady(missing)
        row.closes_on, row.opened_at = closes_on, clock.now()
        move(actor, row, "open", "questionnaire.opened", closes_on=closes_on)
        sending.plan(row, DeliveryKind.INVITATION, everybody=True)
        sending.start(actor, row, DeliveryKind.INVITATION, link_pattern)


def _missing(row: Questionnaire, closes_on: dt.date | None) -> list[str]:
    count = len(queries.questions(row.organisation_id, row.pk))
    today = clock.today()
    checks = (
        (count < 1, "Voeg minstens één vraag toe."),
        (count > row.limit, f"De lijst telt {count} vragen, hoogstens {row.limit} mag. Haal vragen weg."),
        (not queries.recipients(row.organisation_id, row.pk), "Kies wie u wilt bevragen: er is nog niemand gekozen."),
        (row.composition_confirmed_at is None, "Bekijk de samenstelling en bevestig ze."),
        (closes_on is not None and closes_on < today, "De einddatum ligt in het verleden. Kies een latere dag."),
        (
            closes_on is not None and closes_on > today + LONGEST_OPEN,
            "De einddatum ligt meer dan een half jaar ver. Kies een dag die dichterbij ligt.",
        ),
    )
    return [text for wrong, text in checks if wrong]


def close(*, actor: Actor, questionnaire_id: int) -> None:
    """Stop answering now. Raises ``WrongState``."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.OPEN)
        row.closed_at = clock.now()
        move(actor, row, "close", "questionnaire.closed")


def close_due() -> int:
    """Write down for every organisation which lists are past their last day; return how many."""
    count = 0
    due = Questionnaire.objects.filter(state=State.OPEN.value, closes_on__lt=clock.today()).order_by("pk")
    for key in due.values_list("pk", flat=True):
        with transaction.atomic():
            row = Questionnaire.objects.select_for_update().get(pk=key)
            count += close_when_due(row)
    return count


def resolve(token: str) -> tuple[ResolvedLink, Recipient]:
    """Return the link and the party it is for; raises ``LinkGone`` and ``QuestionnaireNotFound``."""
    link = accounts.resolve_signed_link(token=token, scope=PERMISSION_BY_LINK)
    key = int(link.subject_key) if link.subject == LINK_SUBJECT and link.subject_key.isdecimal() else 0
    rows = Recipient.objects.of(link.actor.organisation_id).select_related("questionnaire")
    found = rows.filter(pk=key).first()
    if found is None:
        raise QuestionnaireNotFound(key)
    return link, found


def sheet(token: str) -> AnswerSheet:
    """Return what the holder of a link sees."""
    link, recipient = resolve(token)
    return _sheet(link.actor, recipient)


def _sheet(actor: Actor, recipient: Recipient) -> AnswerSheet:
    organisation_id = actor.organisation_id
    view = queries.questionnaire(organisation_id, recipient.questionnaire_id)
    public = view.state in {State.SUMMARISED, State.FINISHED}
    return AnswerSheet(
        organisation=accounts.organisation(organisation_id=organisation_id).name,
        questionnaire=view,
        questions=queries.questions(organisation_id, view.id),
        given=queries.answers_of(organisation_id, recipient.pk),
        can_answer=view.state is State.OPEN,
        answered=recipient.answered_at is not None,
        results=queries.results(organisation_id, view.id) if public else None,
    )


def answer(*, token: str, values: Mapping[int, Sequence[str]]) -> AnswerOutcome:
    """Keep the answers of the holder of a link; good ones are kept when others are wrong.

    Raises ``LinkGone``, ``NoLongerOpen`` and ``NothingAnswered``.
    """
    link, recipient = resolve(token)
    link.actor.require(PERMISSION_BY_LINK)
    with transaction.atomic():
        row = locked(link.actor.organisation_id, recipient.questionnaire_id)
        if State(row.state) is not State.OPEN:
            raise NoLongerOpen
        kept, problems = _keep(row, recipient, values)
        if not kept and not problems:
            raise NothingAnswered
        if not problems and recipient.answered_at is None:
            recipient.answered_at = clock.now()
            recipient.save(update_fields=["answered_at"])
        audit.record(
            actor=link.actor,
            action="questionnaire.answered",
            subject=SUBJECT,
            subject_key=row.pk,
            data={"complete": not problems},
        )
    return AnswerOutcome(kept=kept, problems=problems, sheet=_sheet(link.actor, recipient))


def _keep(row: Questionnaire, recipient: Recipient, values: Mapping[int, Sequence[str]]) -> tuple[int, dict[int, str]]:
    kept, problems = 0, {}
    for question in queries.questions(row.organisation_id, row.pk):
        try:
            value = answering.read(question, values.get(question.id, ()))
        except answering.WrongAnswer as error:
            problems[question.id] = str(error)
            continue
        mine = Answer.objects.of(row.organisation_id)
        if value is None:
            mine.filter(recipient=recipient, question_id=question.id).delete()
            continue
        mine.update_or_create(
            organisation_id=row.organisation_id,
            recipient=recipient,
            question_id=question.id,
            defaults={"value": value},
        )
        kept += 1
    return kept, problems
