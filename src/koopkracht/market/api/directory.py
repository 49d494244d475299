"""The door to the directory of social enterprises: pages per enterprise, the match, and the supply. Keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from koopkracht.market.actions.enterprises import (
    add_reference,
    put_enterprise,
    put_turnover,
    rate,
    remove_item,
    tag_pioneer,
)
from koopkracht.market.content import settings
from koopkracht.market.models.directory import CLIENT_LABELS, FORM_LABELS
from koopkracht.market.queries import directory as queries
from koopkracht.market.types.directory import (
    CapacityPool,
    EnterpriseExtras,
    GroupCapacity,
    Match,
    Pioneer,
    Rating,
    Supply,
)
from koopkracht.shared import clock

__all__ = [
    "CLIENT_LABELS",
    "FORM_LABELS",
    "add_reference",
    "capacity_by_group",
    "capacity_pools",
    "extras",
    "match",
    "match_with_supply",
    "pioneers",
    "promoted",
    "put_enterprise",
    "put_turnover",
    "rate",
    "remove_item",
    "settings",
    "shared_ratings",
    "supply",
    "supply_by_group",
    "tag_pioneer",
]


def match(
    *, organisation_id: int, product_group: str, on: dt.date | None = None, region: str = ""
) -> tuple[Match, ...]:
    """Return the social enterprises that could do this, best first, with the reasons.

    Recognitions are judged on ``on`` (today when not given). Raises ``ProductGroupNotFound``.
    """
    return match_with_supply(organisation_id=organisation_id, product_group=product_group, on=on, region=region)[0]


def match_with_supply(
    *, organisation_id: int, product_group: str, on: dt.date | None = None, region: str = ""
) -> tuple[tuple[Match, ...], Supply]:
    """Return the candidates and how many of them are suitable in the region. Raises ``ProductGroupNotFound``."""
    return queries.match(organisation_id, product_group, on or clock.today(), region)


def supply(*, organisation_id: int, product_group: str, on: dt.date | None = None, region: str = "") -> Supply:
    """Return the number of suitable enterprises in the region and the minimum. Raises ``ProductGroupNotFound``."""
    return match_with_supply(organisation_id=organisation_id, product_group=product_group, on=on, region=region)[1]


def supply_by_group(*, organisation_id: int, on: dt.date | None = None, region: str = "") -> Mapping[str, int]:
    """Return the number of suitable enterprises of the region by product group; groups without any are left out."""
    return queries.supply_by_group(organisation_id, on or clock.today(), region)


def capacity_by_group(*, organisation_id: int, on: dt.date | None = None) -> Mapping[str, GroupCapacity]:
    """Return people and hours by product group.

    The workforce of an enterprise is divided equally over the groups it serves, so ``people`` may be added up
    without counting anybody twice; ``reachable`` may not.
    """
    return queries.capacity(organisation_id, on or clock.today())[0]


def capacity_pools(*, organisation_id: int, on: dt.date | None = None) -> tuple[CapacityPool, ...]:
    """Return the workforces with the groups that draw on them, for a planner that divides them itself."""
    return queries.capacity(organisation_id, on or clock.today())[1]


def extras(*, organisation_id: int, supplier_id: int) -> EnterpriseExtras:
    """Return references, turnover, ratings, pioneer notes and profile of an enterprise."""
    return queries.extras(organisation_id, supplier_id)


def pioneers(*, organisation_id: int, domain: str = "") -> tuple[Pioneer, ...]:
    """Return the suppliers that are ahead of their market, of one domain when given."""
    return queries.pioneers(organisation_id, domain)


def shared_ratings(*, organisation_id: int, lowest: int = 4) -> tuple[Rating, ...]:
    """Return the good experiences that may be shared."""
    return queries.shared_ratings(organisation_id, lowest)


def promoted(*, organisation_id: int) -> frozenset[int]:
    """Return the suppliers that are recommended to companies and other authorities."""
    return queries.promoted(organisation_id)
