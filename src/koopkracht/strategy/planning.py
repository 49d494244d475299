"""What the plan says when its lines are laid side by side: what could be bought together, and what starts too late.

Plain functions over planned purchases; terms come from ``content/terms/plan.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from koopkracht.shared.periods import months_after
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.screening import Bundle, PlanTerms, Preparation


@cache
def terms() -> PlanTerms:
    """Return the terms of the plan, with where they come from."""
    text = resources.files("koopkracht").joinpath("content", "terms", "plan.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return PlanTerms(
        screening_days=int(read["screening_days"]["value"]),
        preparation_months=int(read["preparation_months"]["value"]),
        look_ahead_months=int(read["look_ahead_months"]["value"]),
        bundle_gap_months=int(read["bundle_gap_months"]["value"]),
    )


def bundles(lines: Iterable[PlannedPurchaseView]) -> tuple[Bundle, ...]:
    """Return the groups of purchases of one product group whose start dates lie close together (PL-2.1-02).

    Two purchases belong together when they start within ``bundle_gap_months`` of each other; largest total first.
    """
    per_group: dict[str, list[PlannedPurchaseView]] = defaultdict(list)
    for line in lines:
        if line.product_group and line.start is not None:
            per_group[line.product_group].append(line)
    found = [bundle for code, group in per_group.items() for bundle in _close_together(code, group)]
    return tuple(sorted(found, key=lambda bundle: (-(bundle.total or 0), bundle.product_group, bundle.lines[0].id)))


def _close_together(code: str, lines: Sequence[PlannedPurchaseView]) -> list[Bundle]:
    runs: list[list[PlannedPurchaseView]] = []
    for line in sorted(lines, key=lambda one: (one.start or dt.date.max, one.id)):
        last = runs[-1][-1].start if runs else None
        if last and line.start and line.start < months_after(last, terms().bundle_gap_months):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [Bundle(code, tuple(run)) for run in runs if len(run) > 1]


def preparation(start: dt.date, *, today: dt.date, months: int | None = None) -> Preparation:
    """Say by when work on a purchase must begin so that it can start on ``start`` (PL-2.1-16).

    ``months`` is the lead time; the one from the content when not given.
    """
    begin = months_after(start, -(terms().preparation_months if months is None else months))
    return Preparation(begin=begin, start=start, is_late=begin < today, is_past=start < today)
