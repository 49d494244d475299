"""Outcomes of lots: how many tenders came in, whether there is a winner and who."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared.tenancy import OrganisationOwned


class LotResult(OrganisationOwned):
    """The outcome of one lot as one notice states it; it counts while its notice is the current version."""

    procedure = models.ForeignKey("dossiers.Procedure", on_delete=models.CASCADE, related_name="+", db_index=False)
    notice = models.ForeignKey("dossiers.Notice", on_delete=models.CASCADE, related_name="+", db_index=False)
    lot = models.ForeignKey("dossiers.Lot", null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.IntegerField()
    result_id = models.CharField(max_length=120, blank=True)
    lot_reference = models.CharField(max_length=120, blank=True)
    is_own = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)
    decided_on = models.DateField(null=True)
    status = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    # tenders received, and from which kind of statistic the number comes
    tenders_received = models.IntegerField(null=True)
    tenders_received_sme = models.IntegerField(null=True)
    count_basis = models.CharField(max_length=20, blank=True)
    statistics = models.JSONField(default=list)
    # money: the value of the winning tenders where they share one currency
    value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    lowest = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    highest = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    winner_basis = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "notice", "position"],
                name="award_lot_result_unique",
                violation_error_message=_("Dit resultaat bestaat al."),
                violation_error_code="lot-result-exists",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "procedure"], name="award_result_procedure"),
            models.Index(fields=["organisation", "is_own", "counts", "decided_on"], name="award_result_figures"),
        )

    def __str__(self) -> str:
        return self.result_id or str(self.position)


class Winner(OrganisationOwned):
    """A winner of a lot; ``proven`` when a contract (or the award block itself) names the tender."""

    lot_result = models.ForeignKey(LotResult, on_delete=models.CASCADE, related_name="winners", db_index=False)
    position = models.IntegerField()
    supplier = models.ForeignKey("market.Supplier", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=500, blank=True)
    tender_id = models.CharField(max_length=120, blank=True)
    leader = models.BooleanField(default=False)
    proven = models.BooleanField(default=True)
    size = models.CharField(max_length=10, blank=True)
    value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "lot_result", "position"],
                name="award_winner_unique",
                violation_error_message=_("Deze winnaar bestaat al."),
                violation_error_code="winner-exists",
            ),
        )

    def __str__(self) -> str:
        return self.name
