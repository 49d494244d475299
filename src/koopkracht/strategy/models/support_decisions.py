"""Building support: the agreement in principle, and statements that are read or signed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.models.support import choices, person
from koopkracht.strategy.types.support import AgreementState, CommitmentStatus, StatementKind

AGREEMENT_LABELS = {
    AgreementState.DRAFT: _("Ontwerp"),
    AgreementState.SUBMITTED: _("Voorgelegd"),
    AgreementState.AGREED: _("Goedgekeurd"),
    AgreementState.REFUSED: _("Niet goedgekeurd"),
    AgreementState.EXPIRED: _("Vervallen"),
}
STATEMENT_LABELS = {
    StatementKind.EXPECTATIONS: _("Verwachtingen aan de aankopers"),
    StatementKind.CHARTER: _("Charter van het bestuur"),
}
COMMITMENT_LABELS = {
    CommitmentStatus.TO_START: _("Nog te starten"),
    CommitmentStatus.BUSY: _("Bezig"),
    CommitmentStatus.DONE: _("Gebeurd"),
}


class PrincipleAgreement(OrganisationOwned):
    """An agreement in principle of a political body."""

    title = models.CharField(_("titel"), max_length=200)
    text = models.TextField(_("tekst"))
    body = models.CharField(_("orgaan"), max_length=150)
    goals = models.JSONField(_("doelen"), default=list, blank=True)
    state = models.CharField(
        _("stand"), max_length=10, choices=choices(AGREEMENT_LABELS), default=AgreementState.DRAFT.value
    )
    decision = models.TextField(_("beslissing"), blank=True)
    decided_on = models.DateField(_("datum van de beslissing"), null=True, blank=True)
    valid_until = models.DateField(_("geldt tot en met"), null=True, blank=True)
    sha256 = models.CharField(_("document"), max_length=64, blank=True)
    filename = models.CharField(_("naam van het document"), max_length=255, blank=True)
    author = person()
    submitted_by = person()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = person()
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["organisation", "updated_at", "id"], name="strategy_agreement"),)

    def __str__(self) -> str:
        return self.title


class ExecutiveQuestion(OrganisationOwned):
    """A question that the executive attached to its agreement; the evaluation of the pilot answers it."""

    agreement = models.ForeignKey(
        PrincipleAgreement, on_delete=models.CASCADE, related_name="questions", db_index=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(_("vraag"), max_length=300)
    measure = models.CharField(_("waarop letten we"), max_length=300, blank=True)
    answer = models.TextField(_("antwoord"), blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "agreement", "position"],
                name="strategy_executive_question",
                violation_error_message=_("Deze plaats in de lijst is al bezet."),
                violation_error_code="executive-question-position",
            ),
        )

    def __str__(self) -> str:
        return self.question


class Statement(OrganisationOwned):
    """What a political lead expects of buyers, or a charter that executives sign."""

    kind = models.CharField(
        _("soort"), max_length=15, choices=choices(STATEMENT_LABELS), default=StatementKind.EXPECTATIONS.value
    )
    title = models.CharField(_("titel"), max_length=200)
    text = models.TextField(_("tekst"))
    commitments = models.JSONField(_("engagementen"), default=list, blank=True)
    author = person()
    published_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "published_at", "id"], name="strategy_statement_when"),)

    def __str__(self) -> str:
        return self.title


class StatementReceipt(OrganisationOwned):
    """Somebody confirmed having read a statement, or signed a charter."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="receipts", db_index=False)
    user = person(null=False, blank=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "statement", "user"],
                name="strategy_statement_receipt",
                violation_error_message=_("Dit is al bevestigd."),
                violation_error_code="statement-confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id} {self.user_id}"


class CommitmentProgress(OrganisationOwned):
    """How far a signatory is with one commitment of a charter."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="progress", db_index=False)
    user = person(null=False, blank=False)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(
        _("stand"), max_length=10, choices=choices(COMMITMENT_LABELS), default=CommitmentStatus.TO_START.value
    )
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "statement", "user", "position"],
                name="strategy_commitment_progress",
                violation_error_message=_("De stand van dit engagement bestaat al."),
                violation_error_code="commitment-progress-exists",
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id} {self.user_id} {self.position}"
