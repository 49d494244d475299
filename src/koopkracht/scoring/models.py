"""The tables of scoring: versions of methods with their criteria, and the scores of assessors."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class Method(OrganisationOwned):
    """A version of a method. It is never changed: old results stay on the version they were given with."""

    subject = models.CharField(max_length=40)
    version = models.PositiveIntegerField(_("versie"))
    name = models.CharField(_("naam"), max_length=120)
    note = models.CharField(_("reden"), max_length=500, blank=True)
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "subject", "version"], name="scoring_method_version"),
            models.UniqueConstraint(
                fields=["organisation", "subject"], condition=models.Q(active=True), name="scoring_method_one_active"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class MethodCriterion(OrganisationOwned):
    """A criterion of a method; ``parent`` is the code of the criterion it is part of."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="criteria", db_index=False)
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    parent = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("naam"), max_length=120)
    weight = models.DecimalField(_("gewicht"), max_digits=9, decimal_places=4)
    inverse = models.BooleanField(default=False)
    explanation = models.TextField(_("uitleg"), blank=True)
    scale_min = models.SmallIntegerField(default=1)
    scale_max = models.SmallIntegerField(default=5)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "method", "code"], name="scoring_criterion_code"),
            models.CheckConstraint(condition=models.Q(weight__gte=Decimal(0)), name="scoring_criterion_weight"),
            models.CheckConstraint(
                condition=models.Q(scale_min__lt=models.F("scale_max")), name="scoring_criterion_scale"
            ),
        )
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class AssessmentRow(OrganisationOwned):
    """That a person scored an option with a method; the option is known by the owner's subject and key."""

    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "method", "subject", "subject_key", "assessor"],
                name="scoring_assessment_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_key}"


class ScoreRow(OrganisationOwned):
    """One score with its remark."""

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.CASCADE, related_name="scores", db_index=False)
    criterion = models.ForeignKey(MethodCriterion, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=3, null=True, blank=True)
    remark = models.TextField(_("toelichting"), blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "assessment", "criterion"], name="scoring_score_once"),
        )

    def __str__(self) -> str:
        return str(self.value)
