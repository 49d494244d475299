"""The door to market surveys. Questions, answers and the summary themselves: ``questionnaires.api``."""

from __future__ import annotations

from collections.abc import Mapping

from koopkracht.market.actions.surveys import (
    announce_finished,
    change_survey,
    choose_candidates,
    create_survey,
    paste_recipients,
    pick_questions,
    remove_survey,
)
from koopkracht.market.queries import surveys as queries
from koopkracht.market.surveying import library, themes
from koopkracht.market.types.surveys import CandidateFilter, Candidates, SurveyFindings, SurveyView
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import Part
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice

__all__ = [
    "announce_finished",
    "candidates",
    "change_survey",
    "choose_candidates",
    "composition",
    "confirm_composition",
    "create_survey",
    "findings",
    "findings_of",
    "library",
    "list_surveys",
    "of_product_group",
    "paste_recipients",
    "pick_questions",
    "remove_survey",
    "survey",
    "themes",
]


def survey(*, actor: Actor, survey_id: int) -> SurveyView:
    """Return one survey. Raises ``SurveyNotFound`` and ``NotAllowed``."""
    actor.require("market.view")
    return queries.survey(actor.organisation_id, survey_id)


def list_surveys(*, actor: Actor, query: ListQuery) -> Slice[SurveyView]:
    """Return a slice of the surveys. Filters: ``state``, ``product_group``. Raises ``NotAllowed``."""
    actor.require("market.view")
    return queries.list_surveys(actor.organisation_id, query)


def of_product_group(*, organisation_id: int, product_group: str) -> tuple[SurveyView, ...]:
    """Return the surveys of one product group, newest first."""
    return queries.of_product_group(organisation_id, product_group)


def candidates(*, actor: Actor, survey_id: int, wanted: CandidateFilter) -> Candidates:
    """Return whom one could ask, and the composition of the whole market. Raises ``SurveyNotFound``, ``NotAllowed``."""
    actor.require("market.view")
    view = queries.survey(actor.organisation_id, survey_id)
    chosen = questionnaires.recipients(actor=actor, questionnaire_id=view.list.id)
    return queries.candidates(
        actor.organisation_id, view.product_group, wanted, frozenset(one.reference for one in chosen)
    )


def composition(*, actor: Actor, survey_id: int) -> Mapping[str, tuple[Part, ...]]:
    """Return who is asked beside the whole market, by region, kind, size and activity."""
    actor.require("market.view")
    view = queries.survey(actor.organisation_id, survey_id)
    return questionnaires.composition(
        organisation_id=actor.organisation_id,
        questionnaire_id=view.list.id,
        population=queries.population(actor.organisation_id, view.product_group),
    )


def confirm_composition(*, actor: Actor, survey_id: int) -> None:
    """Confirm that who is asked is a fair picture of the market; what was seen is kept in the log.

    Raises ``QuestionnaireNotReady``, ``WrongState``, ``SurveyNotFound`` and ``NotAllowed``.
    """
    actor.require("market.edit")
    view = queries.survey(actor.organisation_id, survey_id)
    questionnaires.confirm_composition(
        actor=actor,
        questionnaire_id=view.list.id,
        population=queries.population(actor.organisation_id, view.product_group),
    )


def findings(*, actor: Actor, product_group: str) -> tuple[SurveyFindings, ...]:
    """Return what finished surveys taught about a product group, newest first: to copy to its market sheet."""
    actor.require("market.view")
    return queries.findings(actor, product_group)


def findings_of(*, actor: Actor, survey_id: int) -> SurveyFindings | None:
    """Return what one survey taught; ``None`` until it is finished. Raises ``SurveyNotFound``, ``NotAllowed``."""
    actor.require("market.view")
    return queries.findings_of(actor, survey_id)
