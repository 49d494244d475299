"""How ready a market is for hard demands, and when what we know of it is out of date. Pure: no Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from koopkracht.market.types.sheets import Readiness, SheetForm, SheetState
from koopkracht.shared.periods import months_after

TOP = 4
"""Statements are scored from 0 to 4."""


def readiness(form: SheetForm, scores: Mapping[str, int]) -> Readiness:
    """Return the weighted mean of the scored statements as a share of the top score.

    What nobody knows does not count as zero: it is left out, and the number of scored statements says so.
    """
    known = [one for one in form.statements if one.code in scores]
    if not known:
        return Readiness(None, 0, len(form.statements), "", "", warn=False)
    weights = sum(one.weight for one in known)
    total = sum(one.weight * scores[one.code] for one in known)
    score = (Decimal(total) / (weights * TOP)).quantize(Decimal("0.0001"))
    level = [one for one in form.levels if one.start <= score][-1]
    return Readiness(score, len(known), len(form.statements), level.name, level.advice, warn=level.warn)


def state_of(*, filled: bool, as_of: dt.date | None, on: dt.date, months: int) -> SheetState:
    """Return the state of a sheet: out of date as soon as its youngest information is older than ``months``."""
    if not filled:
        return SheetState.EMPTY
    if as_of is None or as_of < months_after(on, -months):
        return SheetState.OUT_OF_DATE
    return SheetState.FILLED
