"""Procedures, their lots and the published notices that tell about them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class Procedure(OrganisationOwned):
    """One procurement procedure, ours or of another buyer (market data)."""

    # identification
    key = models.CharField(max_length=120)
    title = models.TextField(blank=True)
    internal_id = models.CharField(max_length=300, blank=True)
    # the buyer; figures of own procurement use only rows with ``is_own``
    buyer_kbo = models.CharField(max_length=10, blank=True)
    buyer_name = models.CharField(max_length=500, blank=True)
    buyer_country = models.CharField(max_length=3, blank=True)
    is_own = models.BooleanField(default=False)
    # content
    procedure_type = models.CharField(max_length=40, blank=True)
    nature = models.CharField(max_length=40, blank=True)
    main_cpv = models.CharField(max_length=10, blank=True)
    legal_basis = models.CharField(max_length=40, blank=True)
    estimated_value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    lot_count = models.IntegerField(default=0)
    # provenance: the values are those of the latest publication that states them
    first_published = models.DateField(null=True)
    last_published = models.DateField(null=True)
    as_of = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key"],
                name="dossiers_procedure_key_unique",
                violation_error_message=_("Deze procedure bestaat al."),
                violation_error_code="procedure-exists",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "last_published", "id"], name="dossiers_procedure_recent"),
            models.Index(fields=["organisation", "is_own", "last_published"], name="dossiers_procedure_own"),
        )

    def __str__(self) -> str:
        return self.title or self.key


class Notice(OrganisationOwned):
    """One version of one published notice. The raw document is in the document store under ``document_hash``."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="notices", db_index=False)
    # identification
    notice_id = models.CharField(max_length=120)
    version = models.CharField(max_length=10, default="01")
    publication_id = models.CharField(max_length=40, blank=True)
    document_hash = models.CharField(max_length=64)
    format = models.CharField(max_length=20)
    sdk = models.CharField(max_length=200, blank=True)
    # content
    title = models.TextField(blank=True)
    titles = models.JSONField(default=dict)
    form_type = models.CharField(max_length=20, blank=True)
    notice_type = models.CharField(max_length=60, blank=True)
    subtype = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, blank=True)
    publication_date = models.DateField(null=True)
    issue_date = models.DateField(null=True)
    buyer_kbo = models.CharField(max_length=10, blank=True)
    buyer_name = models.CharField(max_length=500, blank=True)
    is_own = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    lot_count = models.IntegerField(default=0)
    issue_count = models.IntegerField(default=0)
    # lifecycle: a later version or a change replaces this one in every count
    is_current = models.BooleanField(default=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaces")
    change_of = models.JSONField(default=list)
    corrects = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "notice_id", "version"],
                name="dossiers_notice_version_unique",
                violation_error_message=_("Deze versie van de aankondiging bestaat al."),
                violation_error_code="notice-exists",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "publication_date", "id"], name="dossiers_notice_recent"),
            models.Index(fields=["organisation", "publication_id"], name="dossiers_notice_publication"),
            models.Index(fields=["organisation", "procedure"], name="dossiers_notice_procedure"),
            models.Index(fields=["organisation", "document_hash"], name="dossiers_notice_document"),
        )

    def __str__(self) -> str:
        return f"{self.publication_id or self.notice_id} {self.version}"


class Lot(OrganisationOwned):
    """A lot of a procedure, or the part of a planned one; values as the latest publication states them."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="lots", db_index=False)
    lot_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="Lot")
    title = models.TextField(blank=True)
    internal_id = models.CharField(max_length=300, blank=True)
    is_own = models.BooleanField(default=False)
    nature = models.CharField(max_length=40, blank=True)
    main_cpv = models.CharField(max_length=10, blank=True)
    additional_cpv = models.JSONField(default=list)
    nuts = models.JSONField(default=list)
    estimated_value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    # strategic procurement: the flags look at the goal and at its details, which may come without each other
    strategic = models.JSONField(default=dict)
    is_green = models.BooleanField(default=False)
    is_social = models.BooleanField(default=False)
    is_innovative = models.BooleanField(default=False)
    strategic_stated = models.BooleanField(default=False)
    reserved_participation = models.CharField(max_length=60, blank=True)
    reserved_execution = models.CharField(max_length=60, blank=True)
    is_reserved = models.BooleanField(default=False)
    sme_suitable = models.BooleanField(null=True)
    framework = models.CharField(max_length=20, blank=True)
    criteria = models.JSONField(default=list)
    price_only = models.BooleanField(null=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    duration = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    duration_unit = models.CharField(max_length=20, blank=True)
    renewals = models.IntegerField(null=True)
    tender_deadline = models.DateField(null=True)
    last_published = models.DateField(null=True)
    as_of = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "procedure", "kind", "lot_id"],
                name="dossiers_lot_unique",
                violation_error_message=_("Dit perceel bestaat al."),
                violation_error_code="lot-exists",
            ),
        )
        indexes = (models.Index(fields=["organisation", "last_published", "id"], name="dossiers_lot_recent"),)

    def __str__(self) -> str:
        return self.title or self.lot_id
