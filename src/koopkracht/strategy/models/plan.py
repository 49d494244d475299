"""The purchasing plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.types.plan import PlanSource

SOURCE_LABELS = {PlanSource.PLAN: _("Aankoopplanning"), PlanSource.INFORMAL: _("Informeel contact")}


class PlannedPurchase(OrganisationOwned):
    """A purchase that the organisation means to make; the title is its key within the organisation."""

    title = models.CharField(_("titel"), max_length=200)
    segment = models.CharField(_("segment"), max_length=3, blank=True)
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    amount_cents = models.BigIntegerField(_("geraamd bedrag"), null=True, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    duration_months = models.PositiveIntegerField(_("looptijd in maanden"), null=True, blank=True)
    responsible = models.CharField(_("verantwoordelijke"), max_length=120, blank=True)
    source = models.CharField(
        _("bron"),
        max_length=10,
        choices=[(source.value, label) for source, label in SOURCE_LABELS.items()],
        default=PlanSource.PLAN.value,
    )
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    source_date = models.DateField(_("datum van de bron"), null=True, blank=True)
    intended_impact = models.CharField(_("beoogde sociale impact"), max_length=300, blank=True)
    follows = models.CharField(_("volgt op contract"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="strategy_planned_title_unique",
                violation_error_message=_("Er staat al een aankoop met deze titel in de planning."),
                violation_error_code="planned-purchase-exists",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__isnull=True) | models.Q(amount_cents__gte=0),
                name="strategy_planned_amount",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "segment", "product_group", "id"], name="strategy_planned_group"),
            models.Index(fields=["organisation", "start", "id"], name="strategy_planned_start"),
        )

    def __str__(self) -> str:
        return self.title
