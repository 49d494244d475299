"""The selection of product groups: their status, decisions of people, marks on planned purchases."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.types.selection import GroupStatus, SizeClass, Step

STATUS_LABELS = {
    GroupStatus.LISTED: _("Op de lijst"),
    GroupStatus.PRIORITY: _("Krijgt voorrang"),
    GroupStatus.SCORED: _("Beoordeeld"),
    GroupStatus.SIGNIFICANT: _("Significant"),
    GroupStatus.NOT_SIGNIFICANT: _("Niet gekozen"),
}
STEP_LABELS = {
    Step.PRIORITISE: _("Voorrang gegeven"),
    Step.WITHDRAW: _("Voorrang weggenomen"),
    Step.SCORE: _("Beoordeeld"),
    Step.DECIDE_SIGNIFICANT: _("Gekozen als significant"),
    Step.DECIDE_NOT: _("Niet gekozen"),
    Step.REOPEN: _("Opnieuw bekeken"),
}
SIZE_LABELS = {SizeClass.SMALL: _("Klein"), SizeClass.MEDIUM: _("Middelgroot"), SizeClass.LARGE: _("Groot")}


class SelectionMethod(OrganisationOwned):
    """The borders that belong to a version of the selection method."""

    method = models.ForeignKey("scoring.Method", on_delete=models.PROTECT, related_name="+", db_index=False)
    small_below_cents = models.BigIntegerField(_("klein onder"))
    large_from_cents = models.BigIntegerField(_("groot vanaf"))
    significant_from = models.DecimalField(_("advies vanaf"), max_digits=4, decimal_places=2)
    urgent_months = models.PositiveSmallIntegerField(_("dringend binnen"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "method"], name="strategy_selection_method_once"),
            models.CheckConstraint(
                condition=models.Q(small_below_cents__gte=0, large_from_cents__gte=models.F("small_below_cents")),
                name="strategy_selection_sizes",
            ),
            models.CheckConstraint(
                condition=models.Q(significant_from__gte=Decimal(0)), name="strategy_selection_border"
            ),
        )

    def __str__(self) -> str:
        return str(self.method_id)


class SelectionParameter(OrganisationOwned):
    """For which purchasing goal an own parameter of a version was added; the parameter itself is a criterion."""

    method = models.ForeignKey("scoring.Method", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    goal_id = models.BigIntegerField(null=True, blank=True)
    goal_name = models.CharField(_("aankoopdoel"), max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "method", "code"], name="strategy_selection_parameter"),
        )

    def __str__(self) -> str:
        return self.code


class SelectionGroup(OrganisationOwned):
    """A product group with which this organisation did something."""

    product_group = models.CharField(_("productgroep"), max_length=40)
    status = models.CharField(
        max_length=20,
        choices=[(status.value, label) for status, label in STATUS_LABELS.items()],
        default=GroupStatus.LISTED.value,
    )
    priority_on = models.DateField(_("voorrang sinds"), null=True, blank=True)
    focus = models.JSONField(default=list)
    focus_reason = models.CharField(_("reden"), max_length=500, blank=True)
    features = models.JSONField(default=list)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "product_group"], name="strategy_selection_group_once"),
        )
        indexes = (models.Index(fields=["organisation", "status", "id"], name="strategy_selection_status"),)

    def __str__(self) -> str:
        return self.product_group


class SelectionDecision(OrganisationOwned):
    """A step that people took about a group; never changed, so that the history stays."""

    group = models.ForeignKey(SelectionGroup, on_delete=models.CASCADE, related_name="decisions", db_index=False)
    step = models.CharField(max_length=20, choices=[(step.value, label) for step, label in STEP_LABELS.items()])
    reason = models.TextField(_("reden"))
    decided_on = models.DateField(_("datum"))
    participants = models.CharField(_("aanwezig"), max_length=500, blank=True)
    method = models.ForeignKey(
        "scoring.Method", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(null=True, blank=True)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (models.Index(fields=["organisation", "group", "id"], name="strategy_selection_history"),)

    def __str__(self) -> str:
        return f"{self.step} {self.decided_on}"


class PurchaseMark(OrganisationOwned):
    """That social impact gets priority in a planned purchase."""

    purchase = models.ForeignKey("strategy.PlannedPurchase", on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(_("reden"), max_length=500)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "purchase"], name="strategy_purchase_mark_once"),
        )

    def __str__(self) -> str:
        return str(self.purchase_id)
