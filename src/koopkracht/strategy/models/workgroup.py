"""What departments tell in talks and forums."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned
from koopkracht.strategy.types.workgroup import NeedSource

NEED_SOURCE_LABELS = {NeedSource.TALK: _("Gesprek met een dienst"), NeedSource.FORUM: _("Klantenforum")}


class DepartmentNeed(OrganisationOwned):
    """An assignment that a department sees, or something it needs; department and title are its key."""

    department = models.CharField(_("dienst"), max_length=120)
    title = models.CharField(_("opdracht"), max_length=200)
    source = models.CharField(
        max_length=8,
        choices=[(source.value, label) for source, label in NEED_SOURCE_LABELS.items()],
        default=NeedSource.TALK.value,
    )
    yearly_cents = models.BigIntegerField(_("bedrag per jaar"), null=True)
    product_group = models.CharField(max_length=40, blank=True)
    meeting_key = models.BigIntegerField(default=0)
    planned = models.ForeignKey("strategy.PlannedPurchase", on_delete=models.SET_NULL, null=True, related_name="+")
    remark = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "department", "title"],
                name="strategy_need_unique",
                violation_error_message=_("Deze opdracht staat al bij deze dienst."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.department}: {self.title}"
