"""Use cases of market surveys: making one, choosing questions from the library, choosing whom to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.market.models.surveys import MarketSurvey
from koopkracht.market.queries import surveys as queries
from koopkracht.market.surveying import library
from koopkracht.market.types.surveys import MOST_QUESTIONS, SUBJECT, SurveyFinished, SurveyInput
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import Invited, QuestionInput, QuestionnaireFinished, RecipientInput
from koopkracht.shared import events
from koopkracht.shared.actor import Actor

_ORDER = ("region", "kind", "size")


def create_survey(*, actor: Actor, survey: SurveyInput, questions: Sequence[QuestionInput] = ()) -> int:
    """Make a draft survey of at most ten questions and return its id."""
    actor.require("market.edit")
    group = catalogue.product_group(code=survey.product_group)
    with transaction.atomic():
        row = MarketSurvey.objects.create(
            organisation_id=actor.organisation_id,
            product_group=group.code,
            purpose=survey.purpose.strip(),
            prepares=survey.prepares.strip()[:200],
        )
        row.questionnaire_id = questionnaires.create(
            actor=actor,
            subject=SUBJECT,
            subject_key=row.pk,
            title=survey.title,
            introduction=survey.introduction,
            questions=questions,
            limit=MOST_QUESTIONS,
        )
        row.save(update_fields=["questionnaire"])
        audit.record(
            actor=actor,
            action="market-survey.created",
            subject=SUBJECT,
            subject_key=row.pk,
            data={"product_group": group.code},
        )
    return int(row.pk)


def change_survey(*, actor: Actor, survey_id: int, survey: SurveyInput) -> None:
    """Change what a draft survey is about."""
    actor.require("market.edit")
    group = catalogue.product_group(code=survey.product_group)
    with transaction.atomic():
        row = queries.row_of(actor.organisation_id, survey_id)
        questionnaires.describe(
            actor=actor,
            questionnaire_id=int(row.questionnaire_id or 0),
            title=survey.title,
            introduction=survey.introduction,
        )
        row.product_group, row.purpose = group.code, survey.purpose.strip()
        row.prepares = survey.prepares.strip()[:200]
        row.save()
        audit.record(actor=actor, action="market-survey.changed", subject=SUBJECT, subject_key=row.pk)


def remove_survey(*, actor: Actor, survey_id: int) -> None:
    """Throw a draft survey away."""
    actor.require("market.edit")
    with transaction.atomic():
        row = queries.row_of(actor.organisation_id, survey_id)
        questionnaires.remove(actor=actor, questionnaire_id=int(row.questionnaire_id or 0))
        MarketSurvey.objects.of(actor.organisation_id).filter(pk=survey_id).delete()
        audit.record(actor=actor, action="market-survey.removed", subject=SUBJECT, subject_key=survey_id)


def pick_questions(*, actor: Actor, survey_id: int, codes: Sequence[str]) -> int:
    """Add ready questions of the library, all or none; what is in the list already is not added twice."""
    actor.require("market.edit")
    with transaction.atomic():
        row = queries.row_of(actor.organisation_id, survey_id)
        list_id = int(row.questionnaire_id or 0)
        present = {
            one.text
            for one in questionnaires.questions(organisation_id=actor.organisation_id, questionnaire_id=list_id)
        }
        picked = [one.question for one in library() if one.code in codes and one.question.text not in present]
        for question in picked:
            questionnaires.add_question(actor=actor, questionnaire_id=list_id, question=question)
    return len(picked)


def choose_candidates(*, actor: Actor, survey_id: int, supplier_ids: Sequence[int]) -> Invited:
    """Ask parties of the register and the directory; region, kind, size and activity go along."""
    actor.require("market.edit")
    row = queries.row_of(actor.organisation_id, survey_id)
    chosen = queries.candidates_by_ids(actor.organisation_id, row.product_group, frozenset(supplier_ids))
    return questionnaires.invite(
        actor=actor,
        questionnaire_id=int(row.questionnaire_id or 0),
        recipients=[
            RecipientInput(
                name=one.name,
                enterprise_number=one.kbo,
                reference=queries.reference_of(one.supplier_id),
                attributes={
                    "region": one.region,
                    "kind": one.kind,
                    "size": one.size,
                    "activity": one.activity,
                },
            )
            for one in chosen
        ],
    )


def paste_recipients(*, actor: Actor, survey_id: int, text: str) -> Invited:
    """Read "name; e-mail; region; kind; size", one party a line; good lines are kept, the others come back."""
    actor.require("market.edit")
    row = queries.row_of(actor.organisation_id, survey_id)
    return questionnaires.invite(
        actor=actor, questionnaire_id=int(row.questionnaire_id or 0), recipients=read_lines(text)
    )


def read_lines(text: str) -> list[RecipientInput]:
    """Read pasted lines with semicolons or tabs between the parts; empty lines are skipped."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        name, *rest = (part.strip() for part in re.split(r"[;\t]", line))
        email, *attributes = rest or [""]
        found.append(RecipientInput(name=name, email=email, attributes=dict(zip(_ORDER, attributes, strict=False))))
    return found


def announce_finished(event: QuestionnaireFinished) -> None:
    """Tell with the words of the market that a survey is finished; called for every finished question list."""
    if event.subject != SUBJECT:
        return
    row = MarketSurvey.objects.of(event.organisation_id).filter(pk=event.subject_key).first()
    if row is not None:
        events.announce(SurveyFinished(event.organisation_id, row.pk, row.product_group))
