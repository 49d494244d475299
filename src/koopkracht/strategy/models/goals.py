"""Goals: what the organisation wants for society, and what its purchases do for it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.types.goals import DecisionKind, Effect, GoalState, Pillar, PurposeState

PILLAR_LABELS = {Pillar.SOCIAL: _("Sociaal"), Pillar.ECOLOGICAL: _("Ecologisch")}
GOAL_STATE_LABELS = {
    GoalState.INVENTORIED: _("Genoteerd"),
    GoalState.JUDGED: _("Beoordeeld"),
    GoalState.SHORTLISTED: _("Op de shortlist"),
    GoalState.TRANSLATED: _("Vertaald"),
    GoalState.PARKED: _("Geparkeerd"),
}
EFFECT_LABELS = {Effect.LARGE: _("Groot"), Effect.MEDIUM: _("Middelgroot"), Effect.SMALL: _("Klein")}
PURPOSE_STATE_LABELS = {
    PurposeState.DRAFT: _("In ontwerp"),
    PurposeState.ACTIVE: _("Actief"),
    PurposeState.REACHED: _("Gehaald"),
    PurposeState.ENDED: _("Gestopt"),
}
DECISION_LABELS = {DecisionKind.SHORTLIST: _("Shortlist vastgelegd"), DecisionKind.APPROVAL: _("Doelen goedgekeurd")}


def _choices(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(code.value, label) for code, label in labels.items()]


class GoalTheme(OrganisationOwned):
    """A theme that the organisation added to the preset ones."""

    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("naam"), max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "code"], name="strategy_theme_unique"),)

    def __str__(self) -> str:
        return self.name


class GoalSettings(OrganisationOwned):
    """What the organisation chose about goals: the theme that a new goal gets, and when the framework is reviewed."""

    default_theme = models.CharField(_("standaardthema"), max_length=60, blank=True)
    review_opened_on = models.DateField(_("herziening gestart"), null=True, blank=True)
    last_review = models.DateField(_("laatste herziening"), null=True, blank=True)
    review_remark = models.TextField(_("besluit van de herziening"), blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation"], name="strategy_goal_settings_one"),)

    def __str__(self) -> str:
        return f"goal settings of {self.organisation_id}"


class SocialGoal(OrganisationOwned):
    """A goal for society, as it stands in a document of the organisation."""

    title = models.CharField(_("doel"), max_length=200)
    description = models.TextField(_("toelichting"), blank=True)
    pillar = models.CharField(_("soort"), max_length=12, choices=_choices(PILLAR_LABELS), default=Pillar.SOCIAL.value)
    themes = models.JSONField(_("thema's"), default=list)
    strategic_goals = models.JSONField(_("strategische doelen"), default=list)
    source_title = models.CharField(_("brondocument"), max_length=300, blank=True)
    source_sha = models.CharField(_("bestand"), max_length=64, blank=True)
    state = models.CharField(
        _("stand"), max_length=12, choices=_choices(GOAL_STATE_LABELS), default=GoalState.INVENTORIED.value
    )
    is_lever = models.BooleanField(_("hefboom"), null=True)
    effect = models.CharField(
        _("verwacht effect"), max_length=8, choices=_choices(EFFECT_LABELS), blank=True, default=""
    )
    judgement = models.TextField(_("motivering"), blank=True)
    other_lever = models.CharField(_("andere hefboom"), max_length=40, blank=True)
    judged_on = models.DateField(_("beoordeeld op"), null=True, blank=True)
    judged_by = models.CharField(_("beoordeeld door"), max_length=200, blank=True)
    rank = models.PositiveIntegerField(_("rang"), null=True, blank=True)
    parked_reason = models.TextField(_("reden van parkeren"), blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "title"], name="strategy_social_goal_title"),)
        indexes = (models.Index(fields=["organisation", "state", "rank", "id"], name="strategy_social_goal_state"),)

    def __str__(self) -> str:
        return self.title


class GoalDecision(OrganisationOwned):
    """A dated decision about goals; the goals are kept as they were, so that history stays true."""

    kind = models.CharField(_("besluit"), max_length=12, choices=_choices(DECISION_LABELS))
    decided_on = models.DateField(_("datum"))
    decided_by = models.CharField(_("vastgelegd door"), max_length=200, blank=True)
    body = models.CharField(_("wie besliste"), max_length=200)
    reason = models.TextField(_("reden"))
    goals = models.JSONField(_("doelen"), default=list)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (models.Index(fields=["organisation", "kind", "decided_on", "id"], name="strategy_goal_decision"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_on}"


class PurchasingGoal(OrganisationOwned):
    """How buying helps to reach a social goal: for which product groups, or for which size of purchases."""

    social_goal = models.ForeignKey(SocialGoal, on_delete=models.CASCADE, related_name="purposes", db_index=False)
    title = models.CharField(_("aankoopdoel"), max_length=300)
    description = models.TextField(_("toelichting"), blank=True)
    product_groups = models.JSONField(_("productgroepen"), default=list)
    scope_types = models.JSONField(_("soorten opdracht"), default=list)
    scope_value_cents = models.BigIntegerField(_("waarde boven"), null=True, blank=True)
    scope_months = models.PositiveIntegerField(_("looptijd vanaf"), null=True, blank=True)
    state = models.CharField(
        _("stand"), max_length=8, choices=_choices(PURPOSE_STATE_LABELS), default=PurposeState.DRAFT.value
    )
    ended_reason = models.TextField(_("reden van stoppen"), blank=True)
    changed_on = models.DateField(_("laatst gewijzigd"), default=clock.today)
    chain = models.CharField(_("voorbeeldketen"), max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "social_goal", "title"], name="strategy_purchasing_goal_title"
            ),
        )
        indexes = (models.Index(fields=["organisation", "state", "id"], name="strategy_purchasing_goal_state"),)

    def __str__(self) -> str:
        return self.title


class Principle(OrganisationOwned):
    """The smallest share of the spend in a product group that goes to the social economy; the end is exclusive."""

    product_group = models.CharField(_("productgroep"), max_length=40)
    minimum = models.DecimalField(_("minimumaandeel"), max_digits=6, decimal_places=4)
    valid_from = models.DateField(_("geldig vanaf"))
    valid_until = models.DateField(_("geldig tot"), null=True, blank=True)
    reason = models.TextField(_("waarom"), blank=True)
    purpose = models.ForeignKey(
        PurchasingGoal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    indicator_id = models.BigIntegerField(_("indicator"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "product_group", "valid_from"], name="strategy_principle_start"
            ),
            models.CheckConstraint(condition=models.Q(minimum__gte=0, minimum__lte=1), name="strategy_principle_share"),
        )

    def __str__(self) -> str:
        return f"{self.product_group} {self.minimum}"
