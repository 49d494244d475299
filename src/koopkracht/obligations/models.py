"""The tables of obligations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.obligations.types import State, StepKind
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

STATE_LABELS = {
    State.OPEN: _("Te doen"),
    State.SUBMITTED: _("Ingediend"),
    State.SENT_BACK: _("Teruggestuurd"),
    State.DONE: _("Klaar"),
    State.CANCELLED: _("Vervallen"),
}
STEP_LABELS = {
    StepKind.CREATED: _("Afgesproken"),
    StepKind.SUBMITTED: _("Ingediend"),
    StepKind.APPROVED: _("Goedgekeurd"),
    StepKind.SENT_BACK: _("Teruggestuurd"),
    StepKind.COMPLETED: _("Afgewerkt"),
    StepKind.CANCELLED: _("Vervallen"),
    StepKind.HANDED_OVER: _("Doorgegeven"),
    StepKind.MOVED: _("Datum verschoven"),
}


class Obligation(OrganisationOwned):
    """What must be shown, by whom and by when; ``subject`` and ``subject_key`` say what it belongs to."""

    title = models.CharField(_("wat"), max_length=200)
    detail = models.TextField(_("toelichting"), blank=True)
    subject = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(_("uiterlijk"))
    evidence_kind = models.CharField(_("bewijs"), max_length=40, blank=True)
    state = models.CharField(
        max_length=12, choices=[(state.value, label) for state, label in STATE_LABELS.items()], default=State.OPEN.value
    )
    event = models.CharField(max_length=40, blank=True)
    event_on = models.DateField(null=True)
    months = models.SmallIntegerField(default=0)
    days = models.IntegerField(default=0)
    submitted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    created_on = models.DateField(default=clock.today, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "subject", "subject_key", "id"], name="obligations_subject"),
            models.Index(fields=["organisation", "owner", "state", "due"], name="obligations_owner"),
            models.Index(fields=["organisation", "state", "due", "id"], name="obligations_due"),
        )

    def __str__(self) -> str:
        return self.title


class Step(OrganisationOwned):
    """One thing that happened to an obligation; never changed afterwards."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(
        max_length=12,
        choices=[(kind.value, label) for kind, label in STEP_LABELS.items()],
        default=StepKind.CREATED.value,
    )
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=200, blank=True)
    remark = models.TextField(blank=True)
    evidence = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["organisation", "obligation", "id"], name="obligations_step_order"),)


class Reminder(OrganisationOwned):
    """A reminder that is due or was sent: one row per obligation, rule and due day, so that it goes out once."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    rule = models.CharField(max_length=40)
    due = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "obligation", "rule", "due"], name="obligations_reminder_once"
            ),
        )
        indexes = (models.Index(fields=["organisation", "sent_at", "id"], name="obligations_reminder_open"),)
