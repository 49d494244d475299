"""Market surveys: what a question list is about. The list itself belongs to the mechanism."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class MarketSurvey(OrganisationOwned):
    """An online survey of the market of one product group."""

    product_group = models.CharField(_("productgroep"), max_length=40)
    purpose = models.TextField(_("doel"), blank=True)
    prepares = models.CharField(_("aankoop of dossier"), max_length=200, blank=True)
    questionnaire = models.ForeignKey(
        "questionnaires.Questionnaire", on_delete=models.CASCADE, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "product_group", "id"], name="market_survey_group"),
            models.Index(fields=["organisation", "questionnaire"], name="market_survey_list"),
        )
