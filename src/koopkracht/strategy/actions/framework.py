"""Use cases about the strategic framework: its yearly review."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.errors.goals import GoalIncomplete, StepNotPossible
from koopkracht.strategy.models import GoalSettings


def open_review(*, actor: Actor) -> None:
    """Start the yearly review; a review that is open stays as it is."""
    actor.require("strategy.edit")
    with transaction.atomic():
        row, _new = GoalSettings.objects.select_for_update().get_or_create(organisation_id=actor.organisation_id)
        if row.review_opened_on is None:
            row.review_opened_on = clock.today()
            row.save(update_fields=["review_opened_on"])
            audit.record(actor=actor, action="framework.review-opened", subject="framework")


def close_review(*, actor: Actor, remark: str) -> None:
    """Close the review with what was concluded."""
    actor.require("strategy.edit")
    if not remark.strip():
        raise GoalIncomplete(_("Schrijf kort wat de herziening opleverde."), field="remark")
    with transaction.atomic():
        row = GoalSettings.objects.of(actor.organisation_id).select_for_update().first()
        if row is None or row.review_opened_on is None:
            raise StepNotPossible(_("Er loopt geen herziening. Start ze eerst."))
        row.review_opened_on, row.last_review, row.review_remark = None, clock.today(), remark.strip()
        row.save()
        audit.record(actor=actor, action="framework.review-closed", subject="framework")
