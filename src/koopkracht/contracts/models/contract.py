"""Contracts that were concluded, and the suppliers they were concluded with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared.tenancy import OrganisationOwned


class Contract(OrganisationOwned):
    """A settled contract, as a notice or a register states it."""

    class EndBasis(models.TextChoices):
        """How the end date is known."""

        STATED = "stated", _("Vermeld")
        COMPUTED = "computed", _("Berekend uit begin en looptijd")
        UNKNOWN = "", _("Onbekend")

    # identification: the key is unique per organisation, whatever the source
    key = models.CharField(max_length=200)
    reference = models.CharField(max_length=300, blank=True)
    title = models.TextField(blank=True)
    # origin
    procedure = models.ForeignKey(
        "dossiers.Procedure", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    notice = models.ForeignKey("dossiers.Notice", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    lots = models.JSONField(default=list)
    counts = models.BooleanField(default=True)
    # parties
    buyer_kbo = models.CharField(max_length=10, blank=True)
    buyer_name = models.CharField(max_length=500, blank=True)
    is_own = models.BooleanField(default=False)
    supplier = models.ForeignKey(
        "market.Supplier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supplier_name = models.CharField(max_length=500, blank=True)
    # content
    nature = models.CharField(max_length=40, blank=True)
    main_cpv = models.CharField(max_length=10, blank=True)
    value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    is_framework = models.BooleanField(default=False)
    framework_maximum = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    # dates
    decision_date = models.DateField(null=True)
    conclusion_date = models.DateField(null=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    end_basis = models.CharField(max_length=10, choices=EndBasis, default=EndBasis.UNKNOWN, blank=True)
    duration = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    duration_unit = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key"],
                name="contracts_contract_key_unique",
                violation_error_message=_("Dit contract bestaat al."),
                violation_error_code="contract-exists",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "conclusion_date", "id"], name="contracts_contract_recent"),
            models.Index(fields=["organisation", "is_own", "end_date"], name="contracts_contract_ending"),
            models.Index(fields=["organisation", "notice"], name="contracts_contract_notice"),
            models.Index(fields=["organisation", "procedure"], name="contracts_contract_procedure"),
        )

    def __str__(self) -> str:
        return self.reference or self.title or self.key


class ContractSupplier(OrganisationOwned):
    """A supplier of a contract: several in a consortium, or in a framework agreement with more than one party."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="suppliers", db_index=False)
    supplier = models.ForeignKey(
        "market.Supplier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.IntegerField()
    name = models.CharField(max_length=500, blank=True)
    leader = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "contract", "position"],
                name="contracts_contract_supplier_unique",
                violation_error_message=_("Deze leverancier staat al bij het contract."),
                violation_error_code="contract-supplier-exists",
            ),
        )
        indexes = (models.Index(fields=["organisation", "supplier"], name="contracts_supplier_contracts"),)

    def __str__(self) -> str:
        return self.name
