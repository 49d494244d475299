"""Reads of outcomes; querysets stay in here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q, Sum

from koopkracht.award.models import LotResult, Winner
from koopkracht.award.types import LotResultView, TenderFigures, WinnerView


def results(
    *, organisation_id: int, procedure_id: int | None = None, notice_id: int | None = None
) -> tuple[LotResultView, ...]:
    """Return the outcomes of a procedure (those that count) or of one notice (all), with their winners."""
    rows = LotResult.objects.of(organisation_id)
    if notice_id is not None:
        rows = rows.filter(notice_id=notice_id)
    if procedure_id is not None:
        rows = rows.filter(procedure_id=procedure_id, counts=True)
    winners = Winner.objects.of(organisation_id).order_by("position", "pk")
    found = rows.order_by("notice_id", "position", "pk").prefetch_related(Prefetch("winners", queryset=winners))
    return tuple(_view(row) for row in found)


def _view(row: Any) -> LotResultView:
    own = {name for name in LotResultView.__dataclass_fields__ if name != "winners"}
    names = tuple(WinnerView.__dataclass_fields__)
    return LotResultView(
        **{name: getattr(row, name) for name in own},
        winners=tuple(WinnerView(**{name: getattr(winner, name) for name in names}) for winner in row.winners.all()),
    )


def tender_figures(
    *, organisation_id: int, own: bool = True, start: dt.date | None = None, end: dt.date | None = None
) -> TenderFigures:
    """Return how much competition there was, over outcomes that count, in a period that ends before ``end``."""
    rows = LotResult.objects.of(organisation_id).filter(is_own=own, counts=True)
    if start is not None:
        rows = rows.filter(decided_on__gte=start)
    if end is not None:
        rows = rows.filter(decided_on__lt=end)
    found = rows.aggregate(
        results=Count("id"),
        awarded=Count("id", filter=Q(status="selec-w")),
        with_count=Count("tenders_received"),
        tenders=Sum("tenders_received"),
        single=Count("id", filter=Q(tenders_received=1)),
        counted_without_code=Count("id", filter=Q(count_basis="uncoded")),
        with_sme_count=Count("tenders_received_sme"),
        sme_tenders=Sum("tenders_received_sme"),
    )
    return TenderFigures(**{name: value or 0 for name, value in found.items()})
