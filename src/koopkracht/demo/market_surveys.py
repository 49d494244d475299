"""Surveys of the demonstration town: one finished with its summary, one open, one draft.

Nothing is mailed: the people of the demonstration bring the links by hand, as a town without a mail server does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from koopkracht.demo.town import content
from koopkracht.market.api import surveys
from koopkracht.market.types.surveys import CandidateFilter, SurveyInput
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import TOKEN_MARK, DeliveryKind
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery

_PATTERN = f"/bevraging/{TOKEN_MARK}"
_OPEN_DAYS = 21


def load(*, people: Mapping[str, Actor], say: Callable[[str], None]) -> None:
    """Make the three surveys, once; ``people`` are the actors by role."""
    actor = people["buyer"]
    if surveys.list_surveys(actor=actor, query=ListQuery(limit=1)).rows:
        return
    told = content("surveys")
    say("Ondernemingen worden bevraagd")
    _draft(actor, told["draft"])
    _opened(actor, told["open"])
    survey_id = _opened(actor, told["finished"])
    list_id = surveys.survey(actor=actor, survey_id=survey_id).list.id
    questionnaires.close(actor=actor, questionnaire_id=list_id)
    questionnaires.write_summary(actor=actor, questionnaire_id=list_id, summary=told["finished"]["summary"])
    questionnaires.approve_summary(actor=actor, questionnaire_id=list_id)
    questionnaires.send_summary(actor=actor, questionnaire_id=list_id, to_all=True, link_pattern=_PATTERN)
    questionnaires.brought_by_hand(actor=actor, questionnaire_id=list_id, kind=DeliveryKind.SUMMARY)


def _draft(actor: Actor, row: Mapping[str, Any]) -> int:
    survey_id = surveys.create_survey(
        actor=actor,
        survey=SurveyInput(
            title=row["title"],
            product_group=row["group"],
            purpose=row["purpose"],
            introduction=row["introduction"],
            prepares=row["prepares"],
        ),
        questions=[one.question for code in row["questions"] for one in surveys.library() if one.code == code],
    )
    if row["recipients"]:
        _choose(actor, survey_id, row["recipients"])
    return survey_id


def _choose(actor: Actor, survey_id: int, count: int) -> None:
    """Choose half from the social economy, half from the other suppliers, spread over the alphabet."""
    found = {
        kind: surveys.candidates(actor=actor, survey_id=survey_id, wanted=CandidateFilter(kind=kind)).rows
        for kind in ("social-economy", "enterprise")
    }
    chosen = []
    for rows in found.values():
        step = max(1, len(rows) // max(1, count // 2))
        chosen += [one.supplier_id for one in rows[::step][: count // 2]]
    surveys.choose_candidates(actor=actor, survey_id=survey_id, supplier_ids=chosen)


def _opened(actor: Actor, row: Mapping[str, Any]) -> int:
    survey_id = _draft(actor, row)
    list_id = surveys.survey(actor=actor, survey_id=survey_id).list.id
    surveys.confirm_composition(actor=actor, survey_id=survey_id)
    questionnaires.open(
        actor=actor,
        questionnaire_id=list_id,
        closes_on=clock.today() + dt.timedelta(days=row.get("days", _OPEN_DAYS)),
        link_pattern=_PATTERN,
    )
    questionnaires.brought_by_hand(actor=actor, questionnaire_id=list_id, kind=DeliveryKind.INVITATION)
    links = questionnaires.hand_out_links(actor=actor, questionnaire_id=list_id, link_pattern=_PATTERN)
    questions = questionnaires.questions(organisation_id=actor.organisation_id, questionnaire_id=list_id)
    for (_party, address), values in zip(links, row["answers"], strict=False):
        questionnaires.answer(
            token=address.rsplit("/", 1)[1],
            values={
                one.id: [value] if isinstance(value, str) else value
                for one, value in zip(questions, values, strict=True)
            },
        )
    return survey_id
