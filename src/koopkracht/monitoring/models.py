"""Assignment of spend to product groups, and the rollups that the pages read.

Amounts are whole cents in one currency; a rollup row never mixes currencies. Rollups are rebuilt, never edited: they
hold the figures of one generation, and ``SpendState`` says which batches and which rules that generation describes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

GROUP_LENGTH = 64
KEY_LENGTH = 80


class AssignmentRule(OrganisationOwned):
    """A rule that sends spend lines to a product group. All filled-in conditions must hold; the first rule wins."""

    position = models.PositiveIntegerField(_("volgorde"))
    product_group = models.CharField(_("productgroep"), max_length=GROUP_LENGTH)
    account_prefix = models.CharField(_("begin van de grootboekrekening"), max_length=30, blank=True)
    supplier_id = models.BigIntegerField(_("leverancier"), null=True, blank=True)
    words = models.JSONField(_("woorden"), default=list, blank=True)
    cpv_prefix = models.CharField(_("begin van de CPV-code"), max_length=8, blank=True)
    remark = models.CharField(_("reden"), max_length=300, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(account_prefix="", supplier_id__isnull=True, words=[], cpv_prefix=""),
                name="monitoring_rule_has_condition",
                violation_error_message=_("Vul minstens één voorwaarde in."),
                violation_error_code="rule-without-condition",
            ),
        )
        indexes = (models.Index(fields=["organisation", "position", "id"], name="monitoring_rule_order"),)

    def __str__(self) -> str:
        return f"{self.position}: {self.product_group}"


class DisabledDefault(OrganisationOwned):
    """A standard rule (of a product group) that this organisation does not want to use."""

    product_group = models.CharField(max_length=GROUP_LENGTH)
    disabled_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "product_group"], name="monitoring_disabled_default_unique"
            ),
        )

    def __str__(self) -> str:
        return self.product_group


class ManualAssignment(OrganisationOwned):
    """A decision of a person about one combination; it goes before every rule.

    Without ``description_key`` it holds for every description on this account for this supplier.
    """

    account_code = models.CharField(max_length=60, blank=True)
    supplier_id = models.BigIntegerField()
    description_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    any_description = models.BooleanField(default=True)
    product_group = models.CharField(max_length=GROUP_LENGTH)
    supplier_name = models.CharField(max_length=300, blank=True)
    account_name = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=600, blank=True)
    assigned_at = models.DateTimeField(default=clock.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "account_code", "supplier_id", "description_key", "any_description"],
                name="monitoring_manual_unique",
            ),
        )
        indexes = (models.Index(fields=["organisation", "-assigned_at", "id"], name="monitoring_manual_recent"),)

    def __str__(self) -> str:
        return f"{self.account_code}/{self.supplier_id}: {self.product_group}"


class SpendState(OrganisationOwned):
    """What the rollups of an organisation describe, written in the same transaction as the rollups.

    ``wanted`` counts the changes that were announced, ``built`` the last one the rollups contain.
    """

    wanted = models.PositiveBigIntegerField(default=0)
    built = models.PositiveBigIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    generation = models.CharField(max_length=32, blank=True)
    lines = models.BigIntegerField(default=0)
    batches = models.PositiveIntegerField(default=0)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation"], name="monitoring_state_unique"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.built}/{self.wanted}"


class _Rollup(OrganisationOwned):
    """What all rollups have: currency, year, cents and the number of lines."""

    currency = models.CharField(max_length=3)
    year = models.IntegerField()
    cents = models.BigIntegerField()
    lines = models.BigIntegerField()

    class Meta:
        abstract = True


class _Shares(models.Model):
    """The parts of an amount that the shares are made of."""

    suppliers = models.IntegerField()
    social_cents = models.BigIntegerField()
    sme_cents = models.BigIntegerField()
    size_unknown_cents = models.BigIntegerField()
    kind_unknown_cents = models.BigIntegerField()

    class Meta:
        abstract = True


class GroupSupplierYear(_Rollup):
    """Spend per product group (empty: not assigned) and supplier, merges applied."""

    product_group = models.CharField(max_length=GROUP_LENGTH, blank=True)
    supplier_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "currency", "year", "product_group", "supplier_id"],
                name="monitoring_group_supplier_unique",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "currency", "product_group", "year", "-cents"], name="monitoring_group_top"
            ),
            models.Index(fields=["organisation", "supplier_id", "year"], name="monitoring_group_of_supplier"),
        )


class SupplierYear(_Rollup):
    """Spend per supplier, with what kind and size of supplier it was when the rollup was built."""

    supplier_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    size = models.CharField(max_length=10)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "currency", "year", "supplier_id"], name="monitoring_supplier_year_unique"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "currency", "year", "-cents"], name="monitoring_supplier_top"),
            models.Index(fields=["organisation", "supplier_id", "year"], name="monitoring_supplier_years"),
        )


class GroupYear(_Rollup, _Shares):
    """Spend per product group."""

    product_group = models.CharField(max_length=GROUP_LENGTH, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "currency", "year", "product_group"], name="monitoring_group_year_unique"
            ),
        )


class GroupMonth(_Rollup):
    """Spend per product group and month, for the trend."""

    month = models.PositiveSmallIntegerField()
    product_group = models.CharField(max_length=GROUP_LENGTH, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "currency", "product_group", "year", "month"],
                name="monitoring_group_month_unique",
            ),
        )


class KindYear(_Rollup):
    """Spend per kind and size of supplier."""

    kind = models.CharField(max_length=20)
    size = models.CharField(max_length=10)
    suppliers = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "currency", "year", "kind", "size"], name="monitoring_kind_year_unique"
            ),
        )


class YearTotal(_Rollup, _Shares):
    """All spend of a year, with concentration and the part that has no product group."""

    unassigned_cents = models.BigIntegerField()
    top5_cents = models.BigIntegerField()
    top10_cents = models.BigIntegerField()
    positive_cents = models.BigIntegerField()
    hhi = models.DecimalField(max_digits=9, decimal_places=2, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "currency", "year"], name="monitoring_year_total_unique"),
        )
        indexes = (models.Index(fields=["currency", "year", "organisation"], name="monitoring_year_benchmark"),)


class BenchmarkSharing(OrganisationOwned):
    """Whether an organisation lets its yearly totals count in the comparison with others."""

    shares = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation"], name="monitoring_sharing_unique"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.shares}"


class PlannerRun(OrganisationOwned):
    """A plan of the target planner with everything it rests on: what was asked, what was known, what came out of it.

    ``inputs`` and ``result`` are never changed afterwards; the decision of people stands beside them.
    """

    class State(models.TextChoices):
        """Where a plan stands."""

        WAITING = "waiting", _("Wordt berekend")
        SOLVED = "solved", _("Klaar")
        IMPOSSIBLE = "impossible", _("Niet haalbaar")
        FAILED = "failed", _("Mislukt")
        DECIDED = "decided", _("Beslist")

    name = models.CharField(_("naam"), max_length=120)
    year = models.PositiveSmallIntegerField(_("jaar"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    request = models.JSONField(default=dict)
    request_digest = models.CharField(max_length=64)
    inputs = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    solver = models.CharField(max_length=40, blank=True)
    gap = models.PositiveIntegerField(null=True, blank=True)
    hours = models.BigIntegerField(null=True, blank=True)
    dossiers = models.PositiveIntegerField(null=True, blank=True)
    message = models.CharField(max_length=300, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=150, blank=True)
    reason = models.TextField(_("reden"), blank=True)
    decision = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-created_at", "id"], name="monitoring_planner_recent"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class PlannerAssumption(OrganisationOwned):
    """A number that an organisation assumes in the target planner instead of ours, and why."""

    code = models.CharField(max_length=80)
    value = models.PositiveIntegerField()
    reason = models.CharField(_("reden"), max_length=300)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "code"], name="monitoring_planner_assumption_unique"),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
