"""What is known about a product group beside its scores: spend, planned purchases, supply. From several contexts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.types import ProductGroup, SocialPotential
from koopkracht.market import api as market
from koopkracht.monitoring import api as monitoring
from koopkracht.strategy.api import selection
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.selection import GroupStanding, Standings

POTENTIAL_ORDER = {SocialPotential.HIGH: 0, SocialPotential.MIDDLE: 1, SocialPotential.LOW: 2}


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One product group with its figures; ``spend`` is EUR without VAT in ``Figures.year``, ``None`` when unknown."""

    group: ProductGroup
    standing: GroupStanding
    spend: Decimal | None
    enterprises: int
    planned: tuple[PlannedPurchaseView, ...] = ()

    @property
    def planned_amount(self) -> Decimal | None:
        """Return the sum of the estimates, ``None`` when no planned purchase has one."""
        known = [one.amount for one in self.planned if one.amount is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Figures:
    """All product groups with their figures; ``year`` is 0 without any spend."""

    year: int
    standings: Standings
    rows: tuple[GroupFigures, ...]
    by_code: Mapping[str, GroupFigures] = field(default_factory=dict)

    @property
    def spend(self) -> Decimal:
        """Return the spend of all groups together."""
        return sum((row.spend for row in self.rows if row.spend is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the planned purchases and the spend cover some of the groups."""

    groups: int
    purchases: int
    all_purchases: int
    spend: Decimal
    all_spend: Decimal

    @property
    def spend_share(self) -> Decimal | None:
        """Return the share of the spend, ``None`` without spend."""
        return (self.spend / self.all_spend).quantize(Decimal("0.001")) if self.all_spend else None


def figures(organisation_id: int, *, version: int | None = None) -> Figures:
    """Return all product groups of the catalogue with spend, planned purchases, supply and standing."""
    year, _known, spending = monitoring.opportunities(organisation_id=organisation_id)
    spend = {one.product_group: one.amount for one in spending}
    supply = market.social_enterprise_counts(organisation_id=organisation_id)
    planned = selection.purchases_by_group(organisation_id=organisation_id)
    standings = selection.standings(organisation_id=organisation_id, version=version)
    groups = {group.code: group for group in catalogue.product_groups()}
    # A group that no longer holds stays visible as long as people decided something about it.
    for code in standings.groups:
        groups.setdefault(code, catalogue.product_group(code=code))
    rows = tuple(
        GroupFigures(
            group=group,
            standing=standings.of(code),
            spend=spend.get(code),
            enterprises=supply.get(code, 0),
            planned=planned.get(code, ()),
        )
        for code, group in groups.items()
    )
    return Figures(year, standings, rows, {row.group.code: row for row in rows})


def coverage(found: Figures, codes: frozenset[str]) -> Coverage:
    """Return how much of the planned purchases and of the spend falls in these groups (PL-3.1-02)."""
    chosen = [row for row in found.rows if row.group.code in codes]
    return Coverage(
        groups=len(chosen),
        purchases=sum(len(row.planned) for row in chosen),
        all_purchases=sum(len(row.planned) for row in found.rows),
        spend=sum((row.spend for row in chosen if row.spend is not None), Decimal(0)),
        all_spend=found.spend,
    )
