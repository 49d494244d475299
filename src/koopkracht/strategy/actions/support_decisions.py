"""Use cases of building support: agreements in principle, statements of expectations, the charter."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.documents import api as documents
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.actions.support import EDIT, done, required, short, workspace
from koopkracht.strategy.errors.support import SupportNotFound, SupportRefused, WrongAgreementState
from koopkracht.strategy.models import (
    CommitmentProgress,
    ExecutiveQuestion,
    PrincipleAgreement,
    Statement,
    StatementReceipt,
)
from koopkracht.strategy.support_workflow import AGREEMENT, DECIDE
from koopkracht.strategy.types.support import (
    AgreementInput,
    AgreementState,
    AgreementStep,
    CommitmentStatus,
    DecisionInput,
    StatementInput,
    StatementKind,
)

_MOST_LINES = 20
_CONFIRM = {StatementKind.EXPECTATIONS: EDIT, StatementKind.CHARTER: DECIDE}


def put_agreement(*, actor: Actor, agreement: AgreementInput, agreement_id: int | None = None) -> int:
    """Write an agreement in principle, or change one that is still a draft."""
    actor.require(EDIT)
    fields: dict[str, Any] = {
        "title": required(agreement.title, "title", _("Geef het akkoord een titel."))[:200],
        "text": required(agreement.text, "text", _("Schrijf de tekst van het akkoord.")),
        "body": required(agreement.body, "body", _("Vul in welk orgaan beslist."))[:150],
        "goals": _lines(agreement.goals),
        "updated_at": clock.now(),
    }
    with transaction.atomic():
        workspace(actor)
        if agreement_id is None:
            row = PrincipleAgreement.objects.create(
                organisation_id=actor.organisation_id, author_id=actor.user_id, **fields
            )
        else:
            row = _agreement(actor, agreement_id)
            if row.state != AgreementState.DRAFT.value:
                raise WrongAgreementState(row.state)
            _save(row, **fields)
        _put_questions(actor, row, agreement)
        done(actor, "support.agreement-written", "principle-agreement", row.pk)
    return int(row.pk)


def submit_agreement(*, actor: Actor, agreement_id: int) -> None:
    """Send an agreement to the body that decides."""
    _step(actor, agreement_id, AgreementStep.SUBMIT, submitted_by_id=actor.user_id, submitted_at=clock.now())


def agree(*, actor: Actor, agreement_id: int, decision: DecisionInput) -> None:
    """Register that the body agreed: the mandate for what follows."""
    _step(actor, agreement_id, AgreementStep.AGREE, **_decision(actor, decision))


def refuse(*, actor: Actor, agreement_id: int, decision: DecisionInput) -> None:
    """Register that the body did not agree, with its reason."""
    _step(actor, agreement_id, AgreementStep.REFUSE, **_decision(actor, decision))


def redraft(*, actor: Actor, agreement_id: int) -> None:
    """Take a refused agreement up again as a draft; the reason of the refusal stays until the next decision."""
    _step(actor, agreement_id, AgreementStep.REDRAFT, submitted_by_id=None, submitted_at=None, decided_by_id=None)


def expire(*, actor: Actor, agreement_id: int) -> None:
    """End an agreement before its last day."""
    _step(actor, agreement_id, AgreementStep.EXPIRE, valid_until=clock.today())


def answer_question(*, actor: Actor, agreement_id: int, question_id: int, answer: str) -> None:
    """Answer a question of the executive from the evaluation of the pilot."""
    actor.require(EDIT)
    text = required(answer, "answer", _("Schrijf het antwoord op."))
    with transaction.atomic():
        rows = ExecutiveQuestion.objects.of(actor.organisation_id).filter(pk=question_id, agreement_id=agreement_id)
        if not rows.update(answer=text, answered_on=clock.today()):
            raise SupportNotFound("question", question_id)
        done(actor, "support.question-answered", "principle-agreement", agreement_id)


def publish_statement(*, actor: Actor, statement: StatementInput) -> int:
    """Publish expectations for buyers, or open a charter to sign; the same text twice in force is once."""
    actor.require(DECIDE)
    title = required(statement.title, "title", _("Geef uw boodschap een titel."))[:200]
    text = required(statement.text, "text", _("Schrijf uw boodschap op."))
    commitments = _lines(statement.commitments) if statement.kind is StatementKind.CHARTER else []
    if statement.kind is StatementKind.CHARTER and not commitments:
        raise SupportRefused(_("Een charter heeft minstens één engagement."), field="commitments")
    with transaction.atomic():
        workspace(actor)
        living = Statement.objects.of(actor.organisation_id).filter(withdrawn_at__isnull=True)
        twice = living.filter(kind=statement.kind.value, title=title, text=text).first()
        if twice is not None:
            return int(twice.pk)
        row = Statement.objects.create(
            organisation_id=actor.organisation_id,
            kind=statement.kind.value,
            title=title,
            text=text,
            commitments=commitments,
            author_id=actor.user_id,
        )
        done(actor, "support.statement-published", "statement", row.pk, kind=statement.kind.value)
    return int(row.pk)


def withdraw_statement(*, actor: Actor, statement_id: int) -> None:
    """Withdraw a statement: nobody has to confirm it any more; who did stays on record."""
    actor.require(DECIDE)
    with transaction.atomic():
        row = _statement(actor, statement_id)
        if row.withdrawn_at is not None:
            return
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        done(actor, "support.statement-withdrawn", "statement", row.pk)


def confirm_statement(*, actor: Actor, statement_id: int) -> None:
    """Confirm having read the expectations, or sign the charter; twice is once."""
    actor.require("strategy.view")
    with transaction.atomic():
        row = _statement(actor, statement_id)
        actor.require(_CONFIRM[StatementKind(row.kind)])
        if row.withdrawn_at is not None:
            raise SupportRefused(_("Deze boodschap is ingetrokken. U hoeft niets meer te doen."))
        _receipt, is_new = StatementReceipt.objects.get_or_create(
            organisation_id=actor.organisation_id, statement=row, user_id=_person(actor)
        )
        if is_new:
            done(actor, "support.statement-confirmed", "statement", row.pk, kind=row.kind)


def put_progress(*, actor: Actor, statement_id: int, position: int, status: CommitmentStatus, note: str = "") -> None:
    """Say how far one is with a commitment of a charter that one signed."""
    actor.require(DECIDE)
    with transaction.atomic():
        row = _statement(actor, statement_id)
        if not 0 <= position < len(row.commitments):
            raise SupportNotFound("commitment", position)
        signed = StatementReceipt.objects.of(actor.organisation_id).filter(statement=row, user_id=_person(actor))
        if not signed.exists():
            raise SupportRefused(_("Teken eerst het charter. Daarna kunt u laten zien hoever u staat."))
        CommitmentProgress.objects.update_or_create(
            organisation_id=actor.organisation_id,
            statement=row,
            user_id=_person(actor),
            position=position,
            defaults={"status": status.value, "note": short(note, 300), "at": clock.now()},
        )
        done(actor, "support.commitment-updated", "statement", row.pk, status=status.value)


def _step(actor: Actor, agreement_id: int, step: AgreementStep, **fields: Any) -> None:
    sources, target, permission = AGREEMENT[step]
    actor.require(permission)
    with transaction.atomic():
        row = _agreement(actor, agreement_id)
        if AgreementState(row.state) not in sources:
            raise WrongAgreementState(row.state)
        _save(row, state=target.value, updated_at=clock.now(), **fields)
        done(actor, f"support.agreement-{step.value}", "principle-agreement", row.pk)


def _decision(actor: Actor, decision: DecisionInput) -> dict[str, Any]:
    actor.require(DECIDE)
    text = required(decision.decision, "decision", _("Schrijf op wat het orgaan besliste, of waarom niet."))
    if decision.decided_on > clock.today():
        raise SupportRefused(_("De dag van de beslissing ligt in de toekomst."), field="decided_on")
    if decision.valid_until is not None and decision.valid_until < decision.decided_on:
        raise SupportRefused(_("De laatste dag ligt voor de dag van de beslissing."), field="valid_until")
    filename = ""
    if decision.sha256:
        filename = documents.document(organisation_id=actor.organisation_id, sha256=decision.sha256).filename
    return {
        "decision": text,
        "decided_on": decision.decided_on,
        "valid_until": decision.valid_until,
        "sha256": decision.sha256,
        "filename": filename,
        "decided_by_id": actor.user_id,
    }


def _put_questions(actor: Actor, row: PrincipleAgreement, agreement: AgreementInput) -> None:
    before = ExecutiveQuestion.objects.of(actor.organisation_id).filter(agreement=row)
    answers = {text: (answer, on) for text, answer, on in before.values_list("question", "answer", "answered_on")}
    before.delete()
    asked = [one for one in agreement.questions if one.question.strip()][:_MOST_LINES]
    ExecutiveQuestion.objects.bulk_create(
        ExecutiveQuestion(
            organisation_id=actor.organisation_id,
            agreement=row,
            position=position,
            question=short(one.question, 300),
            measure=short(one.measure, 300),
            # A question that stays keeps its answer.
            answer=answers.get(short(one.question, 300), ("", None))[0],
            answered_on=answers.get(short(one.question, 300), ("", None))[1],
        )
        for position, one in enumerate(asked)
    )


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise SupportRefused(_("Alleen een mens kan dit bevestigen. Meld u aan met uw eigen account."))
    return actor.user_id


def _lines(texts: Any) -> list[str]:
    return [short(text, 300) for text in texts if text.strip()][:_MOST_LINES]


def _save(row: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") if name.endswith("_by_id") else name for name in fields])


def _agreement(actor: Actor, agreement_id: int) -> PrincipleAgreement:
    rows = PrincipleAgreement.objects.of(actor.organisation_id).select_for_update()
    row: PrincipleAgreement | None = rows.filter(pk=agreement_id).first()
    if row is None:
        raise SupportNotFound("agreement", agreement_id)
    return row


def _statement(actor: Actor, statement_id: int) -> Statement:
    rows = Statement.objects.of(actor.organisation_id).select_for_update()
    row: Statement | None = rows.filter(pk=statement_id).first()
    if row is None:
        raise SupportNotFound("statement", statement_id)
    return row
