"""What entities did and plan per year, and the yearly overview."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.models.goals import SocialGoal
from koopkracht.strategy.types.yearly import ActionKind, OverviewState

ACTION_KIND_LABELS = {ActionKind.REALISED: _("Uitgevoerd"), ActionKind.PLANNED: _("Gepland")}
OVERVIEW_STATE_LABELS = {
    OverviewState.COMPILED: _("Samengesteld"),
    OverviewState.INFORMED: _("Bestuur ingelicht"),
    OverviewState.PUBLISHED: _("Gepubliceerd"),
}


class YearlyAction(OrganisationOwned):
    """One action of an entity in a year."""

    entity = models.CharField(_("dienst of domein"), max_length=120)
    year = models.PositiveIntegerField(_("jaar"))
    kind = models.CharField(
        _("soort"), max_length=10, choices=[(code.value, label) for code, label in ACTION_KIND_LABELS.items()]
    )
    title = models.CharField(_("actie"), max_length=200)
    detail = models.TextField(_("toelichting"), blank=True)
    strategic_goals = models.JSONField(_("strategische doelen"), default=list)
    social_goal = models.ForeignKey(
        SocialGoal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    example = models.CharField(_("voorbeeldactie"), max_length=40, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "year", "kind", "entity", "title"], name="strategy_yearly_action_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title


class YearlyReport(OrganisationOwned):
    """The yearly overview as it was compiled, and how far it went: made, board informed, published."""

    year = models.PositiveIntegerField(_("jaar"))
    state = models.CharField(
        _("stand"),
        max_length=10,
        choices=[(code.value, label) for code, label in OVERVIEW_STATE_LABELS.items()],
        default=OverviewState.COMPILED.value,
    )
    compiled_on = models.DateField(_("samengesteld op"))
    informed_on = models.DateField(_("bestuur ingelicht op"), null=True, blank=True)
    published_on = models.DateField(_("gepubliceerd op"), null=True, blank=True)
    goals = models.JSONField(_("inhoud"), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "year"], name="strategy_yearly_report_year"),)

    def __str__(self) -> str:
        return str(self.year)
