"""Contracts that end and have no successor in the plan yet: what to propose, and how much time is left.

The register of contracts lies above the plan, so the two meet on the page and not in the context of the plan.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from koopkracht.catalogue import api as catalogue
from koopkracht.contracts import api as contracts
from koopkracht.contracts.errors import ContractNotFound
from koopkracht.contracts.types import ContractRow
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import months_after
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlanSource
from koopkracht.strategy.types.screening import Preparation


@dataclass(frozen=True, slots=True)
class Successor:
    """A contract that ends, and by when work on what comes after it must begin."""

    contract_id: int
    title: str
    supplier: str
    group: str
    end: dt.date
    value: Decimal | None
    preparation: Preparation


def successors(organisation_id: int) -> tuple[Successor, ...]:
    """Return the own contracts that end within the look-ahead and that no planned purchase succeeds, soonest first."""
    today = clock.today()
    planned = screening.followed_contracts(organisation_id=organisation_id)
    ending = contracts.contracts_ending(
        organisation_id=organisation_id, start=today, end=months_after(today, screening.terms().look_ahead_months)
    )
    return tuple(_successor(row, today) for row in ending if row.end_date and row.key not in planned)


def _successor(row: ContractRow, today: dt.date) -> Successor:
    group = catalogue.product_group_for_cpv(cpv=row.main_cpv) if row.main_cpv else None
    end = row.end_date or today
    return Successor(
        contract_id=row.id,
        title=row.title or row.reference,
        supplier=row.supplier_name,
        group=group.name if group else "",
        end=end,
        value=_euro(row),
        preparation=screening.preparation(end, today=today),
    )


def successor_of(actor: Actor, contract_id: int) -> dict[str, Any] | None:
    """Return what a form for the successor of a contract starts with, or ``None`` without such a contract."""
    if not actor.may("register.view"):
        return None
    try:
        found = contracts.contract(organisation_id=actor.organisation_id, contract_id=contract_id)
    except ContractNotFound:
        return None
    row = found.row
    group = catalogue.product_group_for_cpv(cpv=row.main_cpv) if row.main_cpv else None
    start, end = found.start_date or row.conclusion_date, row.end_date
    return {
        "title": (_("Opvolging: %(title)s") % {"title": row.title or row.reference})[:200],
        "product_group": group.code if group else "",
        "amount": _euro(row),
        "start": end,
        "duration_months": _months(start, end),
        "source": PlanSource.PLAN.value,
        "follows": row.key,
    }


def _euro(row: ContractRow) -> Decimal | None:
    """Return the value in whole cents; a value in another currency is no estimate of ours."""
    return row.value.quantize(Decimal("0.01")) if row.value is not None and row.currency in ("", "EUR") else None


def _months(start: dt.date | None, end: dt.date | None) -> int | None:
    if start is None or end is None or end <= start:
        return None
    return max(1, round((end - start).days / 30.4375))
