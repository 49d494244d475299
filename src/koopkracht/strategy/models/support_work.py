"""Building support: link sheets, contributions, flagship dossiers and reports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.models.plan import PlannedPurchase
from koopkracht.strategy.models.support import choices, person
from koopkracht.strategy.types.support import ContributionStatus, LearningKind

CONTRIBUTION_LABELS = {
    ContributionStatus.RECEIVED: _("Ontvangen"),
    ContributionStatus.ACCEPTED: _("Nemen we mee"),
    ContributionStatus.APPLIED: _("Toegepast"),
    ContributionStatus.DECLINED: _("Niet weerhouden"),
}
LEARNING_LABELS = {LearningKind.SUCCESS: _("Succes"), LearningKind.LESSON: _("Les")}


class LinkSheet(OrganisationOwned):
    """How one purchase serves one political priority, on one page."""

    title = models.CharField(_("titel"), max_length=200)
    purchase = models.CharField(_("aankoop"), max_length=200)
    priority = models.CharField(_("beleidsprioriteit"), max_length=200)
    contribution = models.TextField(_("bijdrage"))
    question = models.CharField(_("wat vragen we"), max_length=300)
    figures = models.TextField(_("waaraan ziet u dat"), blank=True)
    policy_source = models.CharField(_("vindplaats van de prioriteit"), max_length=200, blank=True)
    planned_purchase = models.ForeignKey(
        PlannedPurchase, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    author = person()
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="strategy_link_sheet_title",
                violation_error_message=_("Er is al een koppelfiche met deze titel."),
                violation_error_code="link-sheet-exists",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Contribution(OrganisationOwned):
    """What a buyer brought in for a segment, and what was done with it."""

    segment = models.CharField(_("segment"), max_length=3, blank=True)
    text = models.TextField(_("idee"))
    author = person()
    at = models.DateTimeField(default=clock.now, editable=False)
    status = models.CharField(
        _("stand"), max_length=10, choices=choices(CONTRIBUTION_LABELS), default=ContributionStatus.RECEIVED.value
    )
    response = models.TextField(_("antwoord"), blank=True)
    answered_by = person()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "at", "id"], name="strategy_contribution_when"),)

    def __str__(self) -> str:
        return self.text[:60]


class Flagship(OrganisationOwned):
    """A planned purchase or procedure that carries the flag for others."""

    subject = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    title = models.CharField(_("titel"), max_length=300)
    reason = models.TextField(_("waarom dit dossier"))
    started_on = models.DateField(default=clock.today)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "subject", "subject_key"],
                name="strategy_flagship_once",
                violation_error_message=_("Dit is al een symbooldossier."),
                violation_error_code="flagship-exists",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Learning(OrganisationOwned):
    """A success or lesson of a flagship dossier."""

    flagship = models.ForeignKey(Flagship, on_delete=models.CASCADE, related_name="learnings", db_index=False)
    kind = models.CharField(
        _("soort"), max_length=10, choices=choices(LEARNING_LABELS), default=LearningKind.LESSON.value
    )
    text = models.TextField(_("wat leerden we"))
    author = person()
    at = models.DateTimeField(default=clock.now, editable=False)
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "flagship", "at"], name="strategy_learning_when"),)

    def __str__(self) -> str:
        return self.text[:60]


class SupportReport(OrganisationOwned):
    """A report to the executive, with its figures as they stood."""

    start = models.DateField(_("van"))
    end = models.DateField(_("tot en met"))
    title = models.CharField(_("titel"), max_length=200)
    summary = models.TextField(_("in het kort"))
    next_step = models.TextField(_("volgende stap"))
    successes = models.JSONField(_("wat lukte"), default=list, blank=True)
    lessons = models.JSONField(_("wat we leerden"), default=list, blank=True)
    figures = models.JSONField(_("cijfers"), default=list, blank=True)
    figures_source = models.CharField(_("bron"), max_length=300, blank=True)
    author = person()
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "start", "end"],
                name="strategy_support_report_period",
                violation_error_message=_("Er is al een verslag over deze periode."),
                violation_error_code="support-report-exists",
            ),
        )

    def __str__(self) -> str:
        return self.title
