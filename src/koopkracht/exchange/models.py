"""Receipts, issues, provenance and remembered column mappings: what every kind of import shares."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class ReceiptKind(models.TextChoices):
    """What kind of content a received file holds."""

    SPEND = "spend", _("Uitgaven")
    NOTICES = "notices", _("Aankondigingen")
    INVOICES = "invoices", _("Facturen")
    OCDS = "ocds", _("Open contracting-gegevens")
    REGISTER = "register", _("Register")
    PLAN = "plan", _("Aankoopplanning")
    ARTEFACT = "artefact", _("Officieel bestand")


class ReceiptStatus(models.TextChoices):
    """Where a received file stands; the transitions are in ``workflow.py``."""

    RECEIVED = "received", _("Ontvangen")
    PLANNING = "planning", _("Wordt nagekeken")
    PLANNED = "planned", _("Klaar om in te laden")
    APPLYING = "applying", _("Wordt ingeladen")
    APPLIED = "applied", _("Ingeladen")
    REJECTED = "rejected", _("Geweigerd")
    FAILED = "failed", _("Mislukt")
    UNDONE = "undone", _("Ongedaan gemaakt")


class Receipt(OrganisationOwned):
    """One file as it came in. The bytes are in the document store under ``content_hash``.

    The same bytes of the same kind are received once per organisation: a second time finds this row back.
    """

    # identification
    kind = models.CharField(max_length=20, choices=ReceiptKind)
    content_hash = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    size = models.BigIntegerField()
    # provenance
    source = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    received_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    # lifecycle
    status = models.CharField(max_length=20, choices=ReceiptStatus, default=ReceiptStatus.RECEIVED)
    status_message = models.TextField(blank=True)
    plan = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind", "content_hash"],
                name="exchange_receipt_content_unique",
                violation_error_message=_("Dit bestand is al eerder ontvangen."),
                violation_error_code="receipt-exists",
            ),
        )
        indexes = (models.Index(fields=["organisation", "kind", "-received_at"], name="exchange_receipt_recent"),)

    def __str__(self) -> str:
        return self.filename


class ImportIssue(OrganisationOwned):
    """Something in a received file that could not be taken over as it is, with the place and the reason."""

    class Severity(models.TextChoices):
        """What the issue means for the row or document it is about."""

        ERROR = "error", _("Niet ingeladen")
        WARNING = "warning", _("Ingeladen, kijk na")
        INFO = "info", _("Ter informatie")

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="issues", db_index=False)
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.ERROR)
    code = models.CharField(max_length=60)
    message = models.TextField()
    line = models.BigIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    pointer = models.CharField(max_length=500, blank=True)
    raw_row = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["organisation", "receipt", "line"], name="exchange_issue_place"),)

    def __str__(self) -> str:
        return self.message


class Provenance(OrganisationOwned):
    """Where an object (or one of its values) came from: a receipt and a place in it."""

    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="provenance", db_index=False)
    pointer = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "object_type", "object_id", "receipt", "pointer"],
                name="exchange_provenance_unique",
            ),
        )
        indexes = (models.Index(fields=["organisation", "receipt"], name="exchange_provenance_receipt"),)


class ColumnMapping(OrganisationOwned):
    """How this organisation reads files of one layout: remembered after the user confirmed it."""

    kind = models.CharField(max_length=20, choices=ReceiptKind)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind", "fingerprint"], name="exchange_column_mapping_unique"
            ),
        )
