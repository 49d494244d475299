"""Building support: the workspace, the shared goal, stakeholders and activities."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.types.support import (
    ActivityStatus,
    Audience,
    Engagement,
    Phase,
    Priority,
    StakeholderKind,
)

PHASE_LABELS = {Phase.INFORM: _("Informeer"), Phase.GATHER: _("Breng samen"), Phase.CONFIRM: _("Bevestig")}
AUDIENCE_LABELS = {Audience.EXECUTIVE: _("Bestuur"), Audience.BUYERS: _("Aankopers")}
ACTIVITY_LABELS = {
    ActivityStatus.PLANNED: _("Gepland"),
    ActivityStatus.DONE: _("Gebeurd"),
    ActivityStatus.CANCELLED: _("Gaat niet door"),
}
STAKEHOLDER_LABELS = {
    StakeholderKind.EXECUTIVE: _("Bestuur"),
    StakeholderKind.BUYERS: _("Aankopers"),
    StakeholderKind.POLICY: _("Beleidsdienst"),
    StakeholderKind.DEPARTMENT: _("Dienst die de aankoop gebruikt"),
    StakeholderKind.SOCIAL_ENTERPRISE: _("Sociale onderneming"),
    StakeholderKind.COMPANY: _("Bedrijf"),
    StakeholderKind.PARTNER: _("Partner of netwerk"),
    StakeholderKind.RESIDENTS: _("Inwoners"),
    StakeholderKind.OTHER: _("Andere"),
}
PRIORITY_LABELS = {Priority.HIGH: _("Hoog"), Priority.MEDIUM: _("Gewoon"), Priority.LOW: _("Laag")}
ENGAGEMENT_LABELS = {
    Engagement.UNAWARE: _("Weet er nog niet van"),
    Engagement.INFORMED: _("Op de hoogte"),
    Engagement.INVOLVED: _("Denkt mee"),
    Engagement.COMMITTED: _("Trekt mee"),
    Engagement.RELUCTANT: _("Aarzelt"),
}


def choices(labels: Any) -> list[tuple[str, Any]]:
    """Return labels by enum member as choices of a field."""
    return [(member.value, label) for member, label in labels.items()]


def person(**options: Any) -> Any:
    """Return a pointer at a person."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        **{"null": True, "blank": True, **options},
    )


class SupportWorkspace(OrganisationOwned):
    """The workspace of an organisation: there once somebody opened it, and never closed."""

    opened_by = person()
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    report_months = models.PositiveSmallIntegerField(_("maanden tussen twee verslagen"))
    quiet_days = models.PositiveSmallIntegerField(_("dagen zonder activiteit"))
    last_at = models.DateTimeField(default=clock.now)
    last_what = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                name="strategy_support_workspace",
                violation_error_message=_("De werkruimte is al geopend."),
                violation_error_code="support-workspace-exists",
            ),
        )

    def __str__(self) -> str:
        return f"draagvlak van {self.organisation_id}"


class SupportInvitation(OrganisationOwned):
    """A colleague who was asked to build along."""

    user = person(null=False, blank=False)
    invited_by = person()
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    note = models.TextField(_("boodschap"), blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="strategy_support_invited",
                violation_error_message=_("Deze collega is al uitgenodigd."),
                violation_error_code="support-invited",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}"


class SharedGoal(OrganisationOwned):
    """One version of the shared goal statement; exactly one of an organisation is current."""

    version = models.PositiveIntegerField(_("versie"))
    text = models.TextField(_("tekst"))
    remark = models.CharField(_("wat veranderde"), max_length=300, blank=True)
    author = person()
    at = models.DateTimeField(default=clock.now, editable=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "version"],
                name="strategy_shared_goal_version",
                violation_error_message=_("Deze versie bestaat al."),
                violation_error_code="shared-goal-version",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(is_current=True),
                name="strategy_shared_goal_current",
                violation_error_message=_("Er is maar één geldende versie."),
                violation_error_code="shared-goal-current",
            ),
        )

    def __str__(self) -> str:
        return f"versie {self.version}"


class Stakeholder(OrganisationOwned):
    """A person or group that matters for social procurement."""

    name = models.CharField(_("naam"), max_length=150)
    kind = models.CharField(
        _("soort"), max_length=20, choices=choices(STAKEHOLDER_LABELS), default=StakeholderKind.OTHER.value
    )
    interest = models.TextField(_("wat vinden zij belangrijk"), blank=True)
    priority = models.CharField(
        _("aandacht"), max_length=10, choices=choices(PRIORITY_LABELS), default=Priority.MEDIUM.value
    )
    engagement = models.CharField(
        _("betrokkenheid"), max_length=10, choices=choices(ENGAGEMENT_LABELS), default=Engagement.UNAWARE.value
    )
    contact = models.CharField(_("contact"), max_length=150, blank=True)
    next_step = models.CharField(_("volgende stap"), max_length=300, blank=True)
    is_core = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="strategy_stakeholder_name",
                violation_error_message=_("Deze naam staat al in de lijst."),
                violation_error_code="stakeholder-exists",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SupportActivity(OrganisationOwned):
    """An activity in one cell of the matrix."""

    title = models.CharField(_("titel"), max_length=200)
    phase = models.CharField(_("fase"), max_length=10, choices=choices(PHASE_LABELS), default=Phase.INFORM.value)
    audience = models.CharField(
        _("voor wie"), max_length=10, choices=choices(AUDIENCE_LABELS), default=Audience.EXECUTIVE.value
    )
    kind = models.CharField(_("soort"), max_length=40)
    owner = person(null=False, blank=False)
    date = models.DateField(_("datum"))
    status = models.CharField(
        _("stand"), max_length=10, choices=choices(ACTIVITY_LABELS), default=ActivityStatus.PLANNED.value
    )
    detail = models.TextField(_("toelichting"), blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "date", "id"], name="strategy_support_activity"),)

    def __str__(self) -> str:
        return self.title
