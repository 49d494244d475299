"""The door of question lists: stable, keep it small. Keyword-only; every use case asks for its permission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from koopkracht.questionnaires import queries
from koopkracht.questionnaires.actions.editing import (
    add_question,
    change_question,
    create,
    describe,
    move_question,
    remove,
    remove_question,
)
from koopkracht.questionnaires.actions.recipients import confirm_composition, drop, invite
from koopkracht.questionnaires.actions.running import answer, close, close_due
from koopkracht.questionnaires.actions.running import open_list as open  # noqa: A004 - the word of the workflow
from koopkracht.questionnaires.actions.running import sheet as _sheet
from koopkracht.questionnaires.actions.sending import brought_by_hand, finish, hand_out_links, retry
from koopkracht.questionnaires.actions.summary import approve_summary, send_summary, write_summary
from koopkracht.questionnaires.models import DELIVERY_LABELS, KIND_LABELS, STATES
from koopkracht.questionnaires.types import (
    AnswerSheet,
    DeliveryKind,
    DeliveryView,
    Part,
    QuestionnaireView,
    QuestionView,
    RecipientView,
    Results,
)
from koopkracht.shared.actor import Actor

__all__ = [
    "DELIVERY_LABELS",
    "KIND_LABELS",
    "STATES",
    "add_question",
    "answer",
    "approve_summary",
    "brought_by_hand",
    "by_ids",
    "change_question",
    "close",
    "close_due",
    "composition",
    "confirm_composition",
    "create",
    "deliveries",
    "describe",
    "drop",
    "finish",
    "hand_out_links",
    "invite",
    "move_question",
    "of_subjects",
    "open",
    "questionnaire",
    "questions",
    "recipients",
    "remove",
    "remove_question",
    "results",
    "retry",
    "send_summary",
    "sheet",
    "write_summary",
]


def questionnaire(*, organisation_id: int, questionnaire_id: int) -> QuestionnaireView:
    """Return one list. Raises ``QuestionnaireNotFound``."""
    return queries.questionnaire(organisation_id, questionnaire_id)


def by_ids(*, organisation_id: int, questionnaire_ids: Iterable[int]) -> Mapping[int, QuestionnaireView]:
    """Return these lists by id; unknown ids are left out."""
    return queries.by_ids(organisation_id, questionnaire_ids)


def of_subjects(
    *, organisation_id: int, subject: str, subject_keys: Sequence[int]
) -> Mapping[int, tuple[QuestionnaireView, ...]]:
    """Return the lists of an owner's things, by its key."""
    return queries.of_subjects(organisation_id, subject, subject_keys)


def questions(*, organisation_id: int, questionnaire_id: int) -> tuple[QuestionView, ...]:
    """Return the questions in their order."""
    return queries.questions(organisation_id, questionnaire_id)


def recipients(*, actor: Actor, questionnaire_id: int) -> tuple[RecipientView, ...]:
    """Return who is asked, by name. Raises ``NotAllowed``."""
    actor.require("questionnaire.view")
    return queries.recipients(actor.organisation_id, questionnaire_id)


def composition(
    *, organisation_id: int, questionnaire_id: int, population: Mapping[str, Mapping[str, int]]
) -> Mapping[str, tuple[Part, ...]]:
    """Return who is asked by attribute, with the shares in the whole ``population`` beside it."""
    return queries.composition(organisation_id, questionnaire_id, population)


def results(*, actor: Actor, questionnaire_id: int) -> Results:
    """Return the figures (CF-07) with small groups hidden. Raises ``QuestionnaireNotFound``, ``NotAllowed``."""
    actor.require("questionnaire.view")
    return queries.results(actor.organisation_id, questionnaire_id)


def deliveries(*, actor: Actor, questionnaire_id: int, kind: DeliveryKind) -> tuple[DeliveryView, ...]:
    """Return how far bringing the invitations or summaries is. Raises ``NotAllowed``."""
    actor.require("questionnaire.view")
    return queries.deliveries(actor.organisation_id, questionnaire_id, kind)


def sheet(*, token: str) -> AnswerSheet:
    """Return what the holder of a link sees. Raises ``LinkGone`` and ``QuestionnaireNotFound``."""
    return _sheet(token)
