"""What the reads have in common: states, years, turning rollup rows into figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.monitoring.models import SpendState, YearTotal
from koopkracht.monitoring.rebuild import fingerprint
from koopkracht.monitoring.types import (
    EURO,
    BatchSource,
    Growth,
    Provenance,
    Share,
    SpendRow,
    YearFigures,
)
from koopkracht.shared.money import from_cents

SHARE_COLUMNS = ("cents", "lines", "suppliers", "social_cents", "sme_cents", "size_unknown_cents")


def provenance(organisation_id: int) -> Provenance:
    """Return which imports the figures describe, and whether something changed since."""
    state = SpendState.objects.of(organisation_id).first() or SpendState(organisation_id=organisation_id)
    batches = lake.batches(organisation_id=organisation_id, table=SPEND_LINES)
    described = state.built >= state.wanted and (
        state.fingerprint == fingerprint(batches) if batches or state.pk else True
    )
    return Provenance(
        batches=tuple(
            BatchSource(
                batch_id=batch.id,
                imported_at=batch.created_at,
                rows=batch.rows,
                first_day=batch.period_start,
                last_day=batch.period_end,
                amount=from_cents(batch.sum_cents),
            )
            for batch in batches
        ),
        lines=state.lines,
        first_day=state.first_day,
        last_day=state.last_day,
        built_at=state.built_at,
        stale=not described,
    )


def years(organisation_id: int) -> tuple[int, ...]:
    """Return the years with spend, newest first."""
    found = YearTotal.objects.of(organisation_id).order_by("-year").values_list("year", flat=True).distinct()
    return tuple(found)


def chosen_year(known: tuple[int, ...], wanted: int | None) -> int:
    """Return the wanted year when there is spend in it, else the newest one; 0 without any spend."""
    if wanted is not None and wanted in known:
        return wanted
    return known[0] if known else 0


def compared_year(known: tuple[int, ...], year: int, wanted: int | None) -> int | None:
    """Return the year to compare with: the wanted one, else the year before when there is spend in it."""
    if wanted in known and wanted != year:
        return wanted
    return year - 1 if year - 1 in known else None


def share(part: int, whole: int) -> Share:
    """Return a share of cents as money."""
    return Share(from_cents(part), from_cents(whole))


def growth(now: int, before: int | None) -> Growth | None:
    """Return the change since the compared year; ``None`` when no year is compared."""
    return None if before is None else Growth(from_cents(before), from_cents(now))


def year_figures(row: Mapping[str, Any]) -> YearFigures:
    """Return a row of ``YearTotal`` as figures."""
    cents, positive = row["cents"], row["positive_cents"]
    return YearFigures(
        year=row["year"],
        currency=row["currency"],
        total=from_cents(cents),
        lines=row["lines"],
        suppliers=row["suppliers"],
        unassigned=share(row["unassigned_cents"], cents),
        social=share(row["social_cents"], cents),
        sme=share(row["sme_cents"], cents),
        size_unknown=share(row["size_unknown_cents"], cents),
        kind_unknown=share(row["kind_unknown_cents"], cents),
        top5=share(row["top5_cents"], positive),
        top10=share(row["top10_cents"], positive),
        hhi=row["hhi"],
    )


def spend_row(
    row: Mapping[str, Any], *, key: str, label: str, whole: int, before: int | None = None, shares: bool = False
) -> SpendRow:
    """Return one row of a breakdown; with ``shares``, the row carries the parts that shares are made of."""
    cents = row["cents"]
    return SpendRow(
        key=key,
        label=label,
        amount=from_cents(cents),
        lines=row["lines"],
        suppliers=row.get("suppliers", 0),
        share=share(cents, whole),
        growth=growth(cents, before),
        social=share(row["social_cents"], cents) if shares else None,
        sme=share(row["sme_cents"], cents) if shares else None,
        size_unknown=share(row["size_unknown_cents"], cents) if shares else None,
    )


def totals(organisation_id: int) -> list[dict[str, Any]]:
    """Return all yearly totals of an organisation, oldest first."""
    return [dict(row) for row in YearTotal.objects.of(organisation_id).order_by("year", "currency").values()]


def in_euro(rows: Iterable[Mapping[str, Any]], year: int | None) -> Mapping[str, Any] | None:
    """Return the row of a year in euro, if there is one."""
    return next((row for row in rows if row["year"] == year and row["currency"] == EURO), None)


def other_currencies(rows: Iterable[Mapping[str, Any]], year: int | None) -> dict[str, Decimal]:
    """Return the totals of a year in other currencies, which are never added to euro."""
    return {
        row["currency"]: from_cents(row["cents"]) for row in rows if row["year"] == year and row["currency"] != EURO
    }
