"""Question lists, who is asked, what was answered, and how far bringing invitations and summaries is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.questionnaires.types import DeliveryKind, DeliveryState, QuestionKind
from koopkracht.questionnaires.types import State as StateName
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

KIND_LABELS = {
    QuestionKind.ONE: _("Eén keuze"),
    QuestionKind.SEVERAL: _("Meer keuzes"),
    QuestionKind.SCALE: _("Schaal van 1 tot 5"),
    QuestionKind.YES_NO: _("Ja of nee"),
    QuestionKind.NUMBER: _("Getal"),
    QuestionKind.SHORT: _("Korte tekst"),
    QuestionKind.LONG: _("Lange tekst"),
}
STATES = {
    StateName.DRAFT: _("In opmaak"),
    StateName.OPEN: _("Open"),
    StateName.CLOSED: _("Afgesloten"),
    StateName.SUMMARISED: _("Samengevat"),
    StateName.FINISHED: _("Afgerond"),
}
DELIVERY_LABELS = {
    DeliveryState.WAITING: _("Wacht"),
    DeliveryState.SENDING: _("Wordt verstuurd"),
    DeliveryState.SENT: _("Verstuurd"),
    DeliveryState.FAILED: _("Niet gelukt"),
    DeliveryState.BY_HAND: _("Zelf bezorgd"),
    DeliveryState.UNSURE: _("Onzeker"),
}
DELIVERY_KINDS = {DeliveryKind.INVITATION: _("Uitnodiging"), DeliveryKind.SUMMARY: _("Samenvatting")}


class Questionnaire(OrganisationOwned):
    """A list of questions about something of its owner (``subject``, ``subject_key``)."""

    subject = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    title = models.CharField(_("titel"), max_length=200)
    introduction = models.TextField(_("inleiding"), blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, label) for s, label in STATES.items()], default=StateName.DRAFT.value
    )
    limit = models.PositiveSmallIntegerField(default=10)
    hidden_under = models.PositiveSmallIntegerField(default=3)
    closes_on = models.DateField(_("einddatum"), null=True, blank=True)
    composition_confirmed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(_("samenvatting"), blank=True)
    summary_approved_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "subject", "subject_key"], name="questionnaires_subject"),
            models.Index(fields=["organisation", "state", "closes_on"], name="questionnaires_state"),
        )

    def __str__(self) -> str:
        return self.title


class Question(OrganisationOwned):
    """One question; the order is that of ``position``."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="question_rows")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("vraag"), max_length=500)
    help = models.CharField(_("uitleg"), max_length=300, blank=True)
    kind = models.CharField(max_length=8, choices=[(k.value, label) for k, label in KIND_LABELS.items()])
    options = models.JSONField(default=list)
    required = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "questionnaire", "position", "id"], name="questionnaires_order"),
        )


class Recipient(OrganisationOwned):
    """A party that is asked; ``answered_at`` is when its list was complete for the first time."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="recipient_rows")
    name = models.CharField(_("naam"), max_length=200)
    email = models.CharField(_("e-mailadres"), max_length=254, blank=True)
    enterprise_number = models.CharField(_("ondernemingsnummer"), max_length=20, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    attributes = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "questionnaire", "name"], name="questionnaires_recipient_of"
            ),
        )


class Answer(OrganisationOwned):
    """What one party answered to one question: the chosen codes, or one text."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="answer_rows")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answer_rows")
    value = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "recipient", "question"], name="questionnaires_answer_of"),
        )
        indexes = (models.Index(fields=["organisation", "question"], name="questionnaires_answers"),)


class Delivery(OrganisationOwned):
    """Bringing an invitation or a summary to one party, exactly once."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="delivery_rows")
    kind = models.CharField(max_length=12, choices=[(k.value, label) for k, label in DELIVERY_KINDS.items()])
    state = models.CharField(
        max_length=8,
        choices=[(s.value, label) for s, label in DELIVERY_LABELS.items()],
        default=DeliveryState.WAITING.value,
    )
    at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "recipient", "kind"], name="questionnaires_delivery_of"),
        )
