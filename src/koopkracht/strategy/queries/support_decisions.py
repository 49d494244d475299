"""Reads of building support: agreements in principle, statements and who confirmed them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from koopkracht.strategy.errors.support import SupportNotFound
from koopkracht.strategy.models import (
    CommitmentProgress,
    ExecutiveQuestion,
    PrincipleAgreement,
    Statement,
    StatementReceipt,
)
from koopkracht.strategy.types.support import (
    AgreementState,
    AgreementView,
    CommitmentStatus,
    ProgressView,
    QuestionView,
    StatementKind,
    StatementView,
)

_QUESTION = ("id", "question", "measure", "answer", "answered_on")


def agreements(organisation_id: int) -> tuple[AgreementView, ...]:
    """Return every agreement, the one that changed last first."""
    rows = list(PrincipleAgreement.objects.of(organisation_id).order_by("-updated_at", "-id"))
    return _agreements(organisation_id, rows)


def agreement(organisation_id: int, agreement_id: int) -> AgreementView:
    """Return one agreement with its questions. Raises ``SupportNotFound``."""
    found = _agreements(organisation_id, list(PrincipleAgreement.objects.of(organisation_id).filter(pk=agreement_id)))
    if not found:
        raise SupportNotFound("agreement", agreement_id)
    return found[0]


def _agreements(organisation_id: int, rows: list[PrincipleAgreement]) -> tuple[AgreementView, ...]:
    questions = defaultdict(list)
    asked = ExecutiveQuestion.objects.of(organisation_id).filter(agreement_id__in=[row.pk for row in rows])
    for row in asked.order_by("position", "id").values("agreement_id", *_QUESTION):
        questions[row.pop("agreement_id")].append(QuestionView(**row))
    return tuple(_agreement(row, tuple(questions[row.pk])) for row in rows)


def _agreement(row: PrincipleAgreement, questions: tuple[QuestionView, ...]) -> AgreementView:
    return AgreementView(
        id=row.pk,
        title=row.title,
        text=row.text,
        body=row.body,
        goals=tuple(row.goals),
        state=AgreementState(row.state),
        decision=row.decision,
        decided_on=row.decided_on,
        valid_until=row.valid_until,
        sha256=row.sha256,
        filename=row.filename,
        author_id=row.author_id,
        submitted_by_id=row.submitted_by_id,
        submitted_at=row.submitted_at,
        decided_by_id=row.decided_by_id,
        updated_at=row.updated_at,
        questions=questions,
    )


def statements(organisation_id: int, **narrowed: Any) -> tuple[StatementView, ...]:
    """Return statements with who confirmed them, newest first."""
    rows = list(Statement.objects.of(organisation_id).filter(**narrowed).order_by("-published_at", "-id"))
    keys = [row.pk for row in rows]
    confirmed: dict[int, dict[int, Any]] = defaultdict(dict)
    receipts = StatementReceipt.objects.of(organisation_id).filter(statement_id__in=keys).order_by("at", "id")
    for key, user_id, at in receipts.values_list("statement_id", "user_id", "at"):
        confirmed[key][user_id] = at
    progress = defaultdict(list)
    kept = CommitmentProgress.objects.of(organisation_id).filter(statement_id__in=keys).order_by("user_id", "position")
    for row in kept:
        view = ProgressView(row.user_id, row.position, CommitmentStatus(row.status), row.note, row.at)
        progress[row.statement_id].append(view)
    return tuple(_statement(row, confirmed[row.pk], tuple(progress[row.pk])) for row in rows)


def statement(organisation_id: int, statement_id: int) -> StatementView:
    """Return one statement. Raises ``SupportNotFound``."""
    found = statements(organisation_id, pk=statement_id)
    if not found:
        raise SupportNotFound("statement", statement_id)
    return found[0]


def unconfirmed(organisation_id: int, user_id: int, kind: StatementKind) -> tuple[StatementView, ...]:
    """Return the statements in force that a person has not confirmed yet, oldest first."""
    living = Statement.objects.of(organisation_id).filter(kind=kind.value, withdrawn_at__isnull=True)
    rows = living.exclude(receipts__user_id=user_id).order_by("published_at", "id")
    return tuple(_statement(row, {}, ()) for row in rows)


def _statement(row: Statement, confirmed: dict[int, Any], progress: tuple[ProgressView, ...]) -> StatementView:
    return StatementView(
        id=row.pk,
        kind=StatementKind(row.kind),
        title=row.title,
        text=row.text,
        commitments=tuple(row.commitments),
        author_id=row.author_id,
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        confirmed=confirmed,
        progress=progress,
    )
