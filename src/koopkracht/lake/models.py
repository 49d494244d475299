"""The manifest of the lake: a file counts only when its row here is committed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class BatchStatus(models.TextChoices):
    """Whether readers see a batch."""

    CURRENT = "current", _("In gebruik")
    UNDONE = "undone", _("Ongedaan gemaakt")


class Batch(OrganisationOwned):
    """One Parquet file: the unit of import and of undo.

    ``receipt_id`` points to the receipt in ``exchange`` by number only: that context stands above this one.
    """

    # identification
    id = models.CharField(primary_key=True, max_length=32)
    table = models.CharField(max_length=60)
    schema_version = models.PositiveIntegerField()
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    # content
    rows = models.BigIntegerField()
    sum_cents = models.BigIntegerField(default=0)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    # provenance and lifecycle
    receipt_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10, choices=BatchStatus, default=BatchStatus.CURRENT)
    created_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "table", "receipt_id"],
                condition=models.Q(status="current", receipt_id__isnull=False),
                name="lake_batch_receipt_unique",
                violation_error_message=_("De gegevens van dit bestand zijn al ingeladen."),
                violation_error_code="batch-exists",
            ),
        )
        indexes = (models.Index(fields=["organisation", "table", "status", "period_start"], name="lake_batch_current"),)

    def __str__(self) -> str:
        return self.file_name
