"""Which organisation keeps which file; the bytes are on disk under their hash."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class Document(OrganisationOwned):
    """One file of one organisation. Two organisations with the same bytes have two rows and one file."""

    # identification
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    # provenance
    stored_at = models.DateTimeField(default=clock.now)
    stored_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "sha256", "purpose"],
                name="documents_document_unique",
                violation_error_message=_("Dit bestand is al bewaard."),
                violation_error_code="document-exists",
            ),
        )

    def __str__(self) -> str:
        return self.filename
