"""Building support: the states of an agreement, read receipts, the charter."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.documents import api as documents
from koopkracht.documents.errors import DocumentNotFound
from koopkracht.shared import clock
from koopkracht.shared.errors import NotAllowed
from koopkracht.strategy.api import support
from koopkracht.strategy.errors.support import SupportNotFound, SupportRefused, WrongAgreementState
from koopkracht.strategy.support_workflow import AGREEMENT
from koopkracht.strategy.types.support import (
    AgreementState,
    AgreementStep,
    CommitmentStatus,
    DecisionInput,
    StatementInput,
    StatementKind,
)
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return organisation()


@pytest.fixture
def buyer(place):
    return make_actor(place, Role.BUYER)


@pytest.fixture
def mayor(place):
    return make_actor(place, Role.EXECUTIVE)


def decision(**fields) -> DecisionInput:
    return DecisionInput(**{"decided_on": clock.today(), "decision": "Goedgekeurd in zitting", **fields})


@pytest.fixture
def draft(buyer) -> int:
    return support.put_agreement(actor=buyer, agreement=support.agreement_suggestion())


def take(step: AgreementStep, key: int, buyer, mayor) -> None:
    {
        AgreementStep.SUBMIT: lambda: support.submit_agreement(actor=buyer, agreement_id=key),
        AgreementStep.AGREE: lambda: support.agree(actor=mayor, agreement_id=key, decision=decision()),
        AgreementStep.REFUSE: lambda: support.refuse(actor=mayor, agreement_id=key, decision=decision()),
        AgreementStep.REDRAFT: lambda: support.redraft(actor=buyer, agreement_id=key),
        AgreementStep.EXPIRE: lambda: support.expire(actor=mayor, agreement_id=key),
    }[step]()


PATHS = {
    AgreementState.DRAFT: (),
    AgreementState.SUBMITTED: (AgreementStep.SUBMIT,),
    AgreementState.AGREED: (AgreementStep.SUBMIT, AgreementStep.AGREE),
    AgreementState.REFUSED: (AgreementStep.SUBMIT, AgreementStep.REFUSE),
    AgreementState.EXPIRED: (AgreementStep.SUBMIT, AgreementStep.AGREE, AgreementStep.EXPIRE),
}


@pytest.mark.parametrize("state", list(AgreementState))
@pytest.mark.parametrize("step", list(AgreementStep))
def test_every_step_from_every_state(draft, buyer, mayor, place, state, step) -> None:
    for earlier in PATHS[state]:
        take(earlier, draft, buyer, mayor)
    sources, target, _permission = AGREEMENT[step]
    if state in sources:
        take(step, draft, buyer, mayor)
        assert support.agreement(organisation_id=place.pk, agreement_id=draft).state is target
    else:
        with pytest.raises(WrongAgreementState):
            take(step, draft, buyer, mayor)
        assert support.agreement(organisation_id=place.pk, agreement_id=draft).state is state


def test_a_draft_starts_with_three_goals_and_three_questions(draft, place) -> None:
    found = support.agreement(organisation_id=place.pk, agreement_id=draft)
    assert len(found.goals) == 3
    assert [one.question for one in found.questions] == [
        "Hoe reageert de markt?",
        "Wat kost het ons?",
        "Blijft de kwaliteit goed?",
    ]
    assert support.mandate(organisation_id=place.pk, on=clock.today()) is None


def test_only_the_executive_decides(draft, buyer, mayor) -> None:
    with pytest.raises(NotAllowed):
        support.submit_agreement(actor=mayor, agreement_id=draft)
    support.submit_agreement(actor=buyer, agreement_id=draft)
    for decide in (support.agree, support.refuse):
        with pytest.raises(NotAllowed):
            decide(actor=buyer, agreement_id=draft, decision=decision())


def test_what_was_agreed_is_the_mandate_until_its_last_day(draft, buyer, mayor, place) -> None:
    stored = documents.store(actor=buyer, filename="besluit.pdf", purpose="evidence", data=b"%PDF-1.4\n%%EOF\n")
    today = clock.today()
    last = today + dt.timedelta(days=30)
    support.submit_agreement(actor=buyer, agreement_id=draft)
    support.agree(
        actor=mayor, agreement_id=draft, decision=decision(valid_until=last, sha256=stored.sha256, decision="Unaniem")
    )
    mandate = support.mandate(organisation_id=place.pk, on=last)
    assert (mandate.id, mandate.decision, mandate.decided_on) == (draft, "Unaniem", today)
    assert (mandate.sha256, mandate.filename) == (stored.sha256, "besluit.pdf")
    assert support.mandate(organisation_id=place.pk, on=last + dt.timedelta(days=1)) is None
    assert mandate.standing(last + dt.timedelta(days=1)) is AgreementState.EXPIRED


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"decision": " "}, "decision"),
        ({"decided_on": dt.date(2999, 1, 1)}, "decided_on"),
        ({"valid_until": dt.date(2000, 1, 1)}, "valid_until"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_at_its_field(draft, buyer, mayor, place, fields, where) -> None:
    support.submit_agreement(actor=buyer, agreement_id=draft)
    with pytest.raises(SupportRefused) as caught:
        support.agree(actor=mayor, agreement_id=draft, decision=decision(**fields))
    assert caught.value.details["field"] == where
    assert support.agreement(organisation_id=place.pk, agreement_id=draft).state is AgreementState.SUBMITTED


def test_a_document_of_another_organisation_is_no_document(draft, buyer, mayor) -> None:
    other = make_actor(organisation(), Role.BUYER)
    stored = documents.store(actor=other, filename="x.pdf", purpose="evidence", data=b"%PDF-1.4\n%%EOF\n")
    support.submit_agreement(actor=buyer, agreement_id=draft)
    with pytest.raises(DocumentNotFound):
        support.agree(actor=mayor, agreement_id=draft, decision=decision(sha256=stored.sha256))


def test_only_a_draft_can_be_rewritten(draft, buyer, mayor) -> None:
    support.put_agreement(actor=buyer, agreement=support.agreement_suggestion(), agreement_id=draft)
    support.submit_agreement(actor=buyer, agreement_id=draft)
    with pytest.raises(WrongAgreementState):
        support.put_agreement(actor=buyer, agreement=support.agreement_suggestion(), agreement_id=draft)


def test_a_question_of_the_executive_gets_an_answer(draft, buyer, place) -> None:
    question = support.agreement(organisation_id=place.pk, agreement_id=draft).questions[0]
    support.answer_question(actor=buyer, agreement_id=draft, question_id=question.id, answer="Vijf offertes.")
    answered = support.agreement(organisation_id=place.pk, agreement_id=draft).questions[0]
    assert (answered.answer, answered.answered_on) == ("Vijf offertes.", clock.today())
    with pytest.raises(SupportNotFound):
        support.answer_question(actor=buyer, agreement_id=draft, question_id=question.id + 99, answer="x")


def expectations(mayor) -> int:
    return support.publish_statement(
        actor=mayor, statement=support.statement_suggestion(kind=StatementKind.EXPECTATIONS)
    )


def test_buyers_see_expectations_until_they_confirm(buyer, mayor, place) -> None:
    other = make_actor(place, Role.BUYER)
    key = expectations(mayor)
    assert expectations(mayor) == key
    assert [one.id for one in support.statements_to_confirm(actor=buyer)] == [key]
    assert support.statements_to_confirm(actor=mayor) == ()
    support.confirm_statement(actor=buyer, statement_id=key)
    support.confirm_statement(actor=buyer, statement_id=key)
    assert support.statements_to_confirm(actor=buyer) == ()
    assert [one.id for one in support.statements_to_confirm(actor=other)] == [key]
    assert set(support.statement(organisation_id=place.pk, statement_id=key).confirmed) == {buyer.user_id}


def test_what_is_withdrawn_asks_nothing_any_more(buyer, mayor, place) -> None:
    key = expectations(mayor)
    support.withdraw_statement(actor=mayor, statement_id=key)
    support.withdraw_statement(actor=mayor, statement_id=key)
    assert support.statements_to_confirm(actor=buyer) == ()
    with pytest.raises(SupportRefused, match="ingetrokken"):
        support.confirm_statement(actor=buyer, statement_id=key)


def test_a_charter_is_signed_by_executives_who_show_their_progress(buyer, mayor, place) -> None:
    key = support.publish_statement(actor=mayor, statement=support.statement_suggestion(kind=StatementKind.CHARTER))
    assert [one.id for one in support.statements_to_confirm(actor=mayor)] == [key]
    with pytest.raises(SupportRefused, match="Teken eerst"):
        support.put_progress(actor=mayor, statement_id=key, position=0, status=CommitmentStatus.BUSY)
    with pytest.raises(NotAllowed):
        support.confirm_statement(actor=buyer, statement_id=key)
    support.confirm_statement(actor=mayor, statement_id=key)
    support.put_progress(actor=mayor, statement_id=key, position=0, status=CommitmentStatus.BUSY)
    support.put_progress(actor=mayor, statement_id=key, position=0, status=CommitmentStatus.DONE, note="Klaar")
    found = support.statement(organisation_id=place.pk, statement_id=key)
    assert len(found.commitments) == 3
    assert [(one.user_id, one.position, one.status, one.note) for one in found.progress] == [
        (mayor.user_id, 0, CommitmentStatus.DONE, "Klaar")
    ]
    with pytest.raises(SupportNotFound):
        support.put_progress(actor=mayor, statement_id=key, position=3, status=CommitmentStatus.DONE)


@pytest.mark.parametrize(
    "wrong",
    [
        StatementInput(StatementKind.EXPECTATIONS, "", "tekst"),
        StatementInput(StatementKind.EXPECTATIONS, "titel", " "),
        StatementInput(StatementKind.CHARTER, "titel", "tekst", ()),
    ],
)
def test_a_statement_that_misses_something_is_refused(mayor, wrong) -> None:
    with pytest.raises(SupportRefused):
        support.publish_statement(actor=mayor, statement=wrong)


def test_only_a_political_lead_publishes_and_another_town_sees_nothing(buyer, mayor, place) -> None:
    with pytest.raises(NotAllowed):
        expectations(buyer)
    key = expectations(mayor)
    stranger = make_actor(organisation(), Role.BUYER)
    assert support.statements_to_confirm(actor=stranger) == ()
    with pytest.raises(SupportNotFound):
        support.confirm_statement(actor=stranger, statement_id=key)


def test_a_question_that_stays_keeps_its_answer_when_the_draft_changes(draft, buyer, place) -> None:
    wanted = support.agreement_suggestion()
    question = support.agreement(organisation_id=place.pk, agreement_id=draft).questions[0]
    support.answer_question(actor=buyer, agreement_id=draft, question_id=question.id, answer="Ja, in drie maanden")
    support.put_agreement(actor=buyer, agreement=replace(wanted, title="Andere titel"), agreement_id=draft)
    found = support.agreement(organisation_id=place.pk, agreement_id=draft).questions
    assert (found[0].answer, found[0].answered_on) == ("Ja, in drie maanden", clock.today())
    assert found[1].answer == ""
