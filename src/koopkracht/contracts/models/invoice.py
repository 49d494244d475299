"""Invoices and credit notes as suppliers sent them, also those that were refused: the inbox."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

_MONEY: Any = {"max_digits": 22, "decimal_places": 4, "null": True}


class InvoiceState(models.TextChoices):
    """Where an invoice stands; the steps between are in ``invoice_workflow``."""

    RECEIVED = "received", _("Ontvangen")
    REFUSED = "refused", _("Geweigerd")
    ACCEPTED = "accepted", _("Aanvaard")
    MATCHED = "matched", _("Gekoppeld")


class Invoice(OrganisationOwned):
    """One invoice or credit note. Amounts of a credit note are positive here; ``kind`` gives their direction."""

    class Kind(models.TextChoices):
        """The two documents of Peppol BIS Billing."""

        INVOICE = "invoice", _("Factuur")
        CREDIT_NOTE = "credit-note", _("Creditnota")

    # identification: the bytes it came as; the number is only unique per seller
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.CharField(max_length=200, blank=True)
    # lifecycle
    state = models.CharField(max_length=20, choices=InvoiceState, default=InvoiceState.RECEIVED)
    reasons = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    received_at = models.DateTimeField(default=clock.now)
    judged_at = models.DateTimeField(null=True)
    # parties
    seller_name = models.CharField(max_length=500, blank=True)
    seller_number = models.CharField(max_length=100, blank=True)
    buyer_name = models.CharField(max_length=500, blank=True)
    buyer_number = models.CharField(max_length=100, blank=True)
    supplier = models.ForeignKey(
        "market.Supplier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # references
    order_reference = models.CharField(max_length=300, blank=True)
    contract_reference = models.CharField(max_length=300, blank=True)
    buyer_reference = models.CharField(max_length=300, blank=True)
    contract = models.ForeignKey(
        "contracts.Contract", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # content
    issue_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    net = models.DecimalField(**_MONEY)
    vat = models.DecimalField(**_MONEY)
    gross = models.DecimalField(**_MONEY)
    payable = models.DecimalField(**_MONEY)
    line_count = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "content_hash"],
                name="contracts_invoice_content_unique",
                violation_error_message=_("Deze factuur is al ontvangen."),
                violation_error_code="invoice-exists",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-received_at", "-id"], name="contracts_invoice_recent"),
            models.Index(fields=["organisation", "state", "-received_at"], name="contracts_invoice_state"),
            models.Index(fields=["organisation", "supplier", "issue_date"], name="contracts_invoice_supplier"),
            models.Index(fields=["organisation", "contract", "issue_date"], name="contracts_invoice_contract"),
            models.Index(fields=["organisation", "seller_number", "number"], name="contracts_invoice_number"),
        )

    def __str__(self) -> str:
        return self.number or self.content_hash[:12]


class InvoiceLine(OrganisationOwned):
    """One line of an invoice, with the codes the supplier gave it."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines", db_index=False)
    position = models.IntegerField()
    line_id = models.CharField(max_length=100, blank=True)
    name = models.TextField(blank=True)
    net = models.DecimalField(**_MONEY)
    quantity = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    unit = models.CharField(max_length=20, blank=True)
    price = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    vat_category = models.CharField(max_length=10, blank=True)
    vat_rate = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    cpv = models.CharField(max_length=10, blank=True)
    account = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "invoice", "position"],
                name="contracts_invoice_line_unique",
                violation_error_message=_("Deze lijn staat al op de factuur."),
                violation_error_code="invoice-line-exists",
            ),
        )

    def __str__(self) -> str:
        return self.name
