"""The door to market sheets: what is known of the market of a product group. Stable, keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from koopkracht.catalogue import api as catalogue
from koopkracht.market.actions.sheets import (
    add_conclusion,
    add_findings,
    adopt_conclusion,
    save_sheet,
    withdraw_conclusion,
)
from koopkracht.market.content import settings, sheet_form
from koopkracht.market.queries import sheets as queries
from koopkracht.market.readiness import TOP
from koopkracht.market.types.sheets import Conclusion, Sheet, SheetRow, SheetVersion
from koopkracht.shared import clock

__all__ = [
    "TOP",
    "add_conclusion",
    "add_findings",
    "adopt_conclusion",
    "conclusions",
    "conclusions_by_ids",
    "save_sheet",
    "settings",
    "sheet",
    "sheet_form",
    "sheets",
    "versions",
    "withdraw_conclusion",
]


def sheet(*, organisation_id: int, product_group: str, version: int | None = None, on: dt.date | None = None) -> Sheet:
    """Return the sheet of a product group: the current version, or the one asked for.

    A sheet that nobody began has version 0 and is empty. Whether it is out of date is judged on ``on`` (today).
    Raises ``ProductGroupNotFound``, and ``MarketRowNotFound`` for a version that does not exist.
    """
    code = catalogue.product_group(code=product_group).code
    return queries.sheet(organisation_id, code, on or clock.today(), version)


def sheets(*, organisation_id: int, on: dt.date | None = None) -> Mapping[str, SheetRow]:
    """Return the current sheet by product group; groups without a sheet are left out."""
    return queries.sheets(organisation_id, on or clock.today())


def versions(*, organisation_id: int, product_group: str) -> tuple[SheetVersion, ...]:
    """Return the history of a sheet, the newest first."""
    return queries.versions(organisation_id, product_group)


def conclusions(*, organisation_id: int, product_group: str) -> tuple[Conclusion, ...]:
    """Return the conclusions about a product group, those in force first."""
    return queries.conclusions(organisation_id, product_group)


def conclusions_by_ids(*, organisation_id: int, conclusion_ids: Iterable[int]) -> Mapping[int, Conclusion]:
    """Return conclusions by key, for decisions that point at them; unknown keys are left out."""
    return queries.conclusions_by_ids(organisation_id, conclusion_ids)
