"""Which contracts fall under a rule on nature, value and duration, such as "works and services above 450 000 euro"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Coalesce

from koopkracht.contracts.models import Contract
from koopkracht.contracts.settled import computed_end
from koopkracht.contracts.types import ContractInScope

__all__ = ["contracts_in_scope", "months_between"]

_EURO = ("EUR", "")


def contracts_in_scope(
    *,
    organisation_id: int,
    natures: Collection[str],
    value_over: Decimal,
    months_at_least: int,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> tuple[ContractInScope, ...]:
    """Return the own contracts in EUR of these natures, worth more than a value, that run at least some months.

    The value is strict (a contract of exactly ``value_over`` is outside), the duration inclusive. ``start`` and ``end``
    bound the day of conclusion, or the day of decision or of start where that is not known. What has no value,
    duration or day cannot be judged and is left out. The oldest come first.
    """
    rows = (
        Contract.objects.of(organisation_id)
        .filter(counts=True, is_own=True, nature__in=list(natures), value__gt=value_over, currency__in=_EURO)
        .annotate(settled=Coalesce("conclusion_date", "decision_date", "start_date"))
        .filter(Q(settled__isnull=False))
    )
    if start is not None:
        rows = rows.filter(settled__gte=start)
    if end is not None:
        rows = rows.filter(settled__lt=end)
    found = []
    for row in rows.order_by("settled", "pk"):
        months = _months(row)
        if row.value is not None and months is not None and months >= months_at_least:
            found.append(
                ContractInScope(
                    row.pk, row.title or row.reference, row.supplier_name, row.value, months, row.settled, row.main_cpv
                )
            )
    return tuple(found)


def months_between(first: dt.date, last: dt.date) -> int:
    """Return how many whole months lie from the first day up to and including the last day."""
    after = last + dt.timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    return months - 1 if after.day < first.day else months


def _months(row: Contract) -> int | None:
    """Return the whole months of a contract, from its dates or from its stated duration."""
    first = row.start_date
    last = row.end_date
    if row.duration is not None and (first is None or last is None):
        # Any first day of a year will do: only the length counts.
        first = dt.date(2001, 1, 1)
        last = computed_end(first, row.duration, row.duration_unit)
    return None if first is None or last is None else months_between(first, last)
