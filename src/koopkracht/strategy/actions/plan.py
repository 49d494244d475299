"""Use cases of strategy: keeping the purchasing plan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.shared.actor import Actor
from koopkracht.shared.money import to_cents
from koopkracht.strategy.errors.plan import PlannedPurchaseIncomplete, PlannedPurchaseNotFound
from koopkracht.strategy.models import PlannedPurchase
from koopkracht.strategy.types.plan import PlannedPurchaseEntry, PlanSource

_LARGEST_AMOUNT = Decimal(10) ** 12
_LONGEST_MONTHS = 1_200
_UPDATED = (
    "segment",
    "product_group",
    "amount_cents",
    "start",
    "duration_months",
    "responsible",
    "source",
    "contact",
    "source_date",
    "intended_impact",
    "follows",
)


def put_planned_purchases(*, actor: Actor, entries: Sequence[PlannedPurchaseEntry]) -> int:
    """Create or change the lines with these titles; return how many."""
    actor.require("plan.edit")
    rows = {row.title: row for row in (_row(actor.organisation_id, entry) for entry in entries)}
    with transaction.atomic():
        _keep_what_the_source_does_not_hold(actor.organisation_id, rows)
        PlannedPurchase.objects.bulk_create(
            rows.values(),
            batch_size=500,
            update_conflicts=True,
            unique_fields=["organisation", "title"],
            update_fields=_UPDATED,
        )
        audit.record(
            actor=actor, action="purchasing-plan.stored", subject="planned-purchase", data={"lines": len(rows)}
        )
    return len(rows)


def remove_planned_purchase(*, actor: Actor, purchase_id: int) -> None:
    """Take a line out of the plan."""
    actor.require("plan.edit")
    with transaction.atomic():
        removed, _by_model = PlannedPurchase.objects.of(actor.organisation_id).filter(pk=purchase_id).delete()
        if not removed:
            raise PlannedPurchaseNotFound(purchase_id)
        audit.record(actor=actor, action="purchasing-plan.removed", subject="planned-purchase", subject_key=purchase_id)


def _keep_what_the_source_does_not_hold(organisation_id: int, rows: dict[str, PlannedPurchase]) -> None:
    known = PlannedPurchase.objects.of(organisation_id).exclude(intended_impact="", follows="")
    for title, impact, follows in known.values_list("title", "intended_impact", "follows"):
        if title in rows:
            rows[title].intended_impact = rows[title].intended_impact or impact
            rows[title].follows = rows[title].follows or follows


def _check_sizes(entry: PlannedPurchaseEntry) -> None:
    if entry.amount is not None and entry.amount < 0:
        raise PlannedPurchaseIncomplete(_("Een raming kan niet negatief zijn."), field="amount")
    if entry.amount is not None and entry.amount > _LARGEST_AMOUNT:
        raise PlannedPurchaseIncomplete(_("Deze raming is te groot. Kijk na of het bedrag klopt."), field="amount")
    if entry.duration_months is not None and entry.duration_months > _LONGEST_MONTHS:
        raise PlannedPurchaseIncomplete(
            _("Een opdracht duurt hoogstens %(years)s jaar. Kijk na of u maanden invulde.")
            % {"years": _LONGEST_MONTHS // 12},
            field="duration_months",
        )


def _row(organisation_id: int, entry: PlannedPurchaseEntry) -> PlannedPurchase:
    if not entry.title.strip():
        raise PlannedPurchaseIncomplete(_("Geef de aankoop een titel."), field="title")
    if entry.source is PlanSource.INFORMAL and not entry.contact.strip():
        raise PlannedPurchaseIncomplete(_("Vul in van wie u dit weet."), field="contact")
    _check_sizes(entry)
    group = catalogue.product_group(code=entry.product_group) if entry.product_group else None
    return PlannedPurchase(
        organisation_id=organisation_id,
        title=entry.title.strip()[:200],
        segment=group.segment.code if group else "",
        product_group=group.code if group else "",
        amount_cents=None if entry.amount is None else to_cents(entry.amount),
        start=entry.start,
        duration_months=entry.duration_months,
        responsible=entry.responsible.strip()[:120],
        source=entry.source.value,
        contact=entry.contact.strip()[:120],
        source_date=entry.source_date,
        intended_impact=entry.intended_impact.strip()[:300],
        follows=entry.follows[:200],
    )
