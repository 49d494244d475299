"""Use cases of the selection: marking planned purchases in which social impact gets priority."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.errors.plan import PlannedPurchaseNotFound
from koopkracht.strategy.errors.selection import SelectionRefused
from koopkracht.strategy.models import PurchaseMark
from koopkracht.strategy.queries import selection as queries
from koopkracht.strategy.types.plan import PlannedPurchaseView


def purchase(organisation_id: int, purchase_id: int) -> PlannedPurchaseView:
    """Return a planned purchase. Raises ``PlannedPurchaseNotFound``."""
    found = queries.purchases(organisation_id, purchase_id=purchase_id)
    if not found:
        raise PlannedPurchaseNotFound(purchase_id)
    return found[0]


def mark(*, actor: Actor, purchase_id: int, reason: str) -> None:
    """Mark a planned purchase of a group with priority; marking again changes the reason."""
    actor.require("plan.edit")
    if not reason.strip():
        raise SelectionRefused(_("Schrijf waarom sociale impact hier voorrang krijgt."), field="reason")
    with transaction.atomic():
        found = purchase(actor.organisation_id, purchase_id)
        if found.product_group not in queries.codes_with_priority(actor.organisation_id):
            raise SelectionRefused(
                _("De productgroep van deze aankoop heeft nog geen voorrang. Geef eerst de groep voorrang."),
                field="reason",
            )
        PurchaseMark.objects.update_or_create(
            organisation_id=actor.organisation_id,
            purchase_id=purchase_id,
            defaults={"reason": reason.strip()[:500], "marked_by_id": actor.user_id, "marked_at": clock.now()},
        )
        audit.record(
            actor=actor, action="selection.purchase-marked", subject="planned-purchase", subject_key=purchase_id
        )


def unmark(*, actor: Actor, purchase_id: int) -> None:
    """Take a mark away; a purchase without one stays as it is."""
    actor.require("plan.edit")
    with transaction.atomic():
        purchase(actor.organisation_id, purchase_id)
        removed, _by_model = PurchaseMark.objects.of(actor.organisation_id).filter(purchase=purchase_id).delete()
        if removed:
            audit.record(
                actor=actor, action="selection.purchase-unmarked", subject="planned-purchase", subject_key=purchase_id
            )
