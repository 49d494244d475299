"""Where buying differently may be worth a look: spend, supply and features side by side, every reason visible.

Nothing is estimated here. A product group ranks by how many checkable reasons speak for it; equal ones rank by the
money that does not yet go to the social economy. What is not known is said to be unknown and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koopkracht.monitoring import groups, sources
from koopkracht.monitoring.models import GroupYear, YearTotal
from koopkracht.monitoring.queries import common
from koopkracht.monitoring.types import EURO, UNASSIGNED_GROUP, Opportunity, Reason

ENOUGH_CANDIDATES = 3
"""With three parties who can do it there is a market; with fewer, talk first."""

LARGE_SHARE = 100
"""A product group is large from one hundredth of the spend of the year."""


def opportunities(*, organisation_id: int, year: int | None) -> tuple[int, tuple[int, ...], tuple[Opportunity, ...]]:
    """Return the year, the known years, and all product groups with spend in that year, most reasons first."""
    wholes = dict(
        YearTotal.objects.of(organisation_id).filter(currency=EURO).order_by("year").values_list("year", "cents")
    )
    known = tuple(sorted(wholes, reverse=True))
    chosen = common.chosen_year(known, year)
    rows = (
        GroupYear.objects.of(organisation_id)
        .filter(currency=EURO, year=chosen, cents__gt=0)
        .exclude(product_group=UNASSIGNED_GROUP)
        .order_by("product_group")
        .values()
    )
    supply = sources.candidate_counts(organisation_id)
    ending = sources.contracts_ending_per_group(organisation_id)
    found = [
        _opportunity(row, whole=wholes.get(chosen, 0), supply=supply, ending=ending.get(row["product_group"], 0))
        for row in rows
    ]
    found.sort(key=lambda one: (-one.score, one.social.part - one.amount, one.product_group))
    return chosen, known, tuple(found)


def _opportunity(row: Mapping[str, Any], *, whole: int, supply: Mapping[str, int] | None, ending: int) -> Opportunity:
    code = row["product_group"]
    candidates = supply.get(code, 0) if supply is not None else None
    reasons = (
        Reason("large", row["cents"] * LARGE_SHARE >= whole, _("Grote uitgave: minstens één procent van het jaar")),
        _supply_reason(candidates),
        Reason(
            "room",
            row["social_cents"] * 10 < row["cents"],
            _("Minder dan tien procent gaat nu naar de sociale economie"),
        ),
        Reason("contract", ending > 0, _("Een contract loopt binnen twaalf maanden af")),
        *feature_reasons(code),
    )
    social = common.share(row["social_cents"], row["cents"])
    return Opportunity(code, social.whole, social, candidates or 0, ending, reasons)


def _supply_reason(candidates: int | None) -> Reason:
    if candidates is None:
        return Reason("supply", None, _("Aanbod niet bekend: laad eerst een lijst van sociale ondernemingen in"))
    text = ngettext(
        "%(count)s sociale onderneming in uw register biedt dit aan",
        "%(count)s sociale ondernemingen in uw register bieden dit aan",
        candidates,
    ) % {"count": candidates}
    return Reason("supply", candidates >= ENOUGH_CANDIDATES, text)


def feature_reasons(code: str) -> tuple[Reason, ...]:
    """Return what the content says about the nature of this product group, with its source."""
    return tuple(
        Reason(f"feature-{feature.code}", feature.holds, feature.text, feature.source)
        for feature in groups.features_of(code)
    )
