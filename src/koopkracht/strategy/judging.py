"""The selection method applied to one planned purchase. Plain functions, no database."""

from __future__ import annotations

import datetime as dt

from koopkracht.scoring.types import Result
from koopkracht.shared.periods import months_after
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.selection import (
    GroupStanding,
    Judgement,
    Mark,
    SelectionMethodView,
    SizeClass,
)

COMPLEXITY = "C"
HALF = 2


def judge(
    purchase: PlannedPurchaseView,
    group: GroupStanding | None,
    method: SelectionMethodView,
    on: dt.date,
    mark: Mark | None = None,
) -> Judgement:
    """Return what the method says about a planned purchase on a day; it advises and stops nothing."""
    size = method.thresholds.size_of(purchase.amount)
    result = group.result if group is not None else None
    return Judgement(
        purchase=purchase,
        group=group,
        method=method,
        size=size,
        urgent=_urgent(purchase.start, method.thresholds.urgent_months, on),
        complex=_complex(result, method),
        suggest_dialogue=size is SizeClass.LARGE and _promising(result, method),
        mark=mark,
    )


def _urgent(start: dt.date | None, months: int, on: dt.date) -> bool | None:
    """Tell whether a purchase starts before the term of the method has passed; ``None`` without a start."""
    return None if start is None else start < months_after(on, months)


def _complex(result: Result | None, method: SelectionMethodView) -> bool:
    """Tell whether people scored the group as more complex than the middle of the scale."""
    if result is None or COMPLEXITY not in result.criteria:
        return False
    mean = result.criteria[COMPLEXITY].mean
    scale = next((one for one in method.method.criteria if one.code == COMPLEXITY), None)
    return mean is not None and scale is not None and mean * HALF > scale.scale_min + scale.scale_max


def _promising(result: Result | None, method: SelectionMethodView) -> bool:
    return result is not None and result.total is not None and result.total >= method.thresholds.significant_from
