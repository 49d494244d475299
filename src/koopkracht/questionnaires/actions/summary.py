"""The anonymous summary: writing, checking, approving, and bringing it to everybody."""

from __future__ import annotations

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.questionnaires import anonymity, queries
from koopkracht.questionnaires.actions import sending
from koopkracht.questionnaires.actions.common import SUBJECT, locked, move
from koopkracht.questionnaires.errors import SummaryRejected
from koopkracht.questionnaires.models import Questionnaire
from koopkracht.questionnaires.types import DeliveryKind, State, SummaryProblem
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

SHORTEST = 20
LONGEST = 10_000


def write_summary(*, actor: Actor, questionnaire_id: int, summary: str) -> tuple[SummaryProblem, ...]:
    """Keep the text of a summary, also when it is not anonymous yet, and return what is wrong with it."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.CLOSED)
        row.summary = summary.strip().replace("\r\n", "\n")[:LONGEST]
        row.save(update_fields=["summary"])
        audit.record(actor=actor, action="questionnaire.summary-written", subject=SUBJECT, subject_key=row.pk)
        return _problems(row)


def approve_summary(*, actor: Actor, questionnaire_id: int) -> None:
    """Approve the summary; raises ``SummaryRejected`` when it names somebody or tells a small group."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.CLOSED)
        problems = _problems(row)
        if problems:
            raise SummaryRejected(problems)
        row.summary_approved_at = clock.now()
        move(actor, row, "approve", "questionnaire.summary-approved", length=len(row.summary))


def _problems(row: Questionnaire) -> tuple[SummaryProblem, ...]:
    if len(row.summary) < SHORTEST:
        return (SummaryProblem("empty", "", "Schrijf eerst wat u uit de antwoorden leert, in enkele zinnen."),)
    return anonymity.check(
        row.summary,
        recipients=queries.recipients(row.organisation_id, row.pk),
        results=queries.results(row.organisation_id, row.pk).questions,
        under=row.hidden_under,
    )


def send_summary(*, actor: Actor, questionnaire_id: int, to_all: bool, link_pattern: str) -> int:
    """Bring the summary to everybody who answered, or to everybody who was asked; return how many.

    With the last one the list finishes by itself.
    """
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.SUMMARISED, State.FINISHED)
        count = sending.plan(row, DeliveryKind.SUMMARY, everybody=to_all)
        sending.start(actor, row, DeliveryKind.SUMMARY, link_pattern)
        audit.record(
            actor=actor,
            action="questionnaire.summary-sent",
            subject=SUBJECT,
            subject_key=row.pk,
            data={"to_all": to_all, "planned": count},
        )
    return count
