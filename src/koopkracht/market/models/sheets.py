"""Market sheets: every version stays, and conclusions have a life of their own so that decisions can point at them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class MarketSheetVersion(OrganisationOwned):
    """One version of the market sheet of a product group, complete in itself; the highest number counts."""

    product_group = models.CharField(_("productgroep"), max_length=40)
    version = models.PositiveIntegerField(_("versie"))
    answers = models.JSONField(_("antwoorden"), default=dict)
    profile = models.JSONField(_("marktprofiel"), default=dict)
    readiness = models.JSONField(_("rijpheid"), default=dict)
    findings = models.TextField(_("bevindingen"), blank=True)
    remark = models.CharField(_("wat is er nieuw"), max_length=300, blank=True)
    answered = models.PositiveSmallIntegerField(default=0)
    as_of = models.DateField(_("jongste informatie"), null=True, blank=True)
    saved_at = models.DateTimeField(default=clock.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "product_group", "version"], name="market_sheet_version"),
            models.UniqueConstraint(
                fields=["organisation", "product_group"],
                condition=models.Q(current=True),
                name="market_sheet_one_current",
            ),
        )


class MarketConclusion(OrganisationOwned):
    """A conclusion about the market of a product group. It is withdrawn with a reason, never changed."""

    product_group = models.CharField(_("productgroep"), max_length=40)
    text = models.TextField(_("besluit"))
    source = models.CharField(_("bron"), max_length=200)
    as_of = models.DateField(_("datum"))
    origin = models.CharField(max_length=60, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (models.Index(fields=["organisation", "product_group", "-as_of", "id"], name="market_conclusion"),)
