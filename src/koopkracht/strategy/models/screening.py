"""The early look of the social-economy officer at a planned purchase, and talks with the one who asked for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.models.plan import PlannedPurchase
from koopkracht.strategy.types.screening import RoleOfSocialEconomy

ANSWER_LABELS = {
    RoleOfSocialEconomy.YES: _("Ja"),
    RoleOfSocialEconomy.PARTLY: _("Voor een deel"),
    RoleOfSocialEconomy.NO: _("Nee"),
}


class Screening(OrganisationOwned):
    """One early look per planned purchase; the state follows from the dates and the answer."""

    purchase = models.ForeignKey(PlannedPurchase, on_delete=models.CASCADE, related_name="+", db_index=False)
    asked_on = models.DateField(_("gevraagd op"), null=True, blank=True)
    due = models.DateField(_("antwoord voor"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer = models.CharField(
        _("rol van de sociale economie"),
        max_length=10,
        choices=[(answer.value, label) for answer, label in ANSWER_LABELS.items()],
        blank=True,
    )
    reason = models.TextField(_("reden"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_on = models.DateField(_("beantwoord op"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "purchase"],
                name="strategy_screening_once",
                violation_error_message=_("Voor deze aankoop is de vroege blik al gevraagd."),
                violation_error_code="screening-exists",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purchase_id}: {self.answer or 'open'}"


class RequesterTalk(OrganisationOwned):
    """A talk of the officer with the service that needs the purchase."""

    purchase = models.ForeignKey(PlannedPurchase, on_delete=models.CASCADE, related_name="+", db_index=False)
    on = models.DateField(_("datum"))
    contact = models.CharField(_("met wie"), max_length=120)
    result = models.TextField(_("wat is mogelijk"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (models.Index(fields=["organisation", "purchase", "on"], name="strategy_requester_talk"),)

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.on}"
