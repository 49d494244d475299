"""Reads of strategy. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Sum

from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.shared.money import from_cents
from koopkracht.strategy.models import PlannedPurchase
from koopkracht.strategy.types.plan import PlannedPurchaseView, PlanSource, SegmentTotal

_SORTS = {"title": "title", "group": "product_group", "amount": "amount_cents", "start": "start"}
FIELDS = (
    "id",
    "title",
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


def view(*, amount_cents: int | None, source: str, **fields: Any) -> PlannedPurchaseView:
    """Return a row of values as a line of the plan."""
    amount = None if amount_cents is None else from_cents(amount_cents)
    return PlannedPurchaseView(amount=amount, source=PlanSource(source), **fields)


def list_planned_purchases(organisation_id: int, query: ListQuery) -> Slice[PlannedPurchaseView]:
    """Return a slice of the plan; filters ``segment``, ``product_group`` and ``source``."""
    rows = PlannedPurchase.objects.of(organisation_id)
    for name in ("segment", "product_group", "source"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if query.search.strip():
        rows = rows.filter(title__icontains=query.search.strip())
    return keyset(rows, query=query, sorts=_SORTS, fields=FIELDS, convert=view)


def totals_by_segment(organisation_id: int) -> tuple[SegmentTotal, ...]:
    """Return count and sum per segment, largest sum first."""
    rows = (
        PlannedPurchase.objects.of(organisation_id)
        .values("segment")
        .annotate(purchases=Count("id"), cents=Sum("amount_cents"), known=Count("amount_cents"))
    )
    totals = [
        SegmentTotal(
            segment=row["segment"],
            purchases=row["purchases"],
            amount=from_cents(row["cents"] or 0),
            without_amount=row["purchases"] - row["known"],
        )
        for row in rows
    ]
    return tuple(sorted(totals, key=lambda total: (-total.amount, total.segment)))


def planned_between(organisation_id: int, start: dt.date, end: dt.date) -> tuple[PlannedPurchaseView, ...]:
    """Return what is planned to start from ``start`` up to and not including ``end``."""
    rows = PlannedPurchase.objects.of(organisation_id).filter(start__gte=start, start__lt=end).order_by("start", "id")
    return tuple(view(**row) for row in rows.values(*FIELDS))
