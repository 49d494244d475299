"""Comparison with other organisations of the same kind: only those that share, and only the middle of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from koopkracht.monitoring.models import BenchmarkSharing, YearTotal
from koopkracht.monitoring.types import EURO, Benchmark, BenchmarkFigure
from koopkracht.shared.money import from_cents

NEEDED = 5
"""Fewer others than this are not shown: the middle of two is as good as a name."""

_COLUMNS = ("cents", "social_cents", "sme_cents", "positive_cents", "top10_cents", "suppliers")
Row = Mapping[str, Any]


def shares(organisation_id: int) -> bool:
    """Tell whether the organisation lets its totals count."""
    return bool(BenchmarkSharing.objects.of(organisation_id).filter(shares=True).exists())


def benchmark(*, organisation_id: int, year: int, kind: str, inhabitants: int | None) -> Benchmark:
    """Return our figures of a year beside those of the others that share them."""
    rows = list(
        YearTotal.objects.filter(
            currency=EURO,
            year=year,
            organisation__kind=kind,
            organisation_id__in=BenchmarkSharing.objects.filter(shares=True).values("organisation_id"),
        )
        .order_by("organisation_id")
        .values("organisation_id", "organisation__inhabitants", *_COLUMNS)
    )
    others = [row for row in rows if row["organisation_id"] != organisation_id]
    sharing = len(others) < len(rows) or shares(organisation_id)
    mine = YearTotal.objects.of(organisation_id).filter(currency=EURO, year=year).values(*_COLUMNS).first()
    if mine is not None:
        mine["organisation__inhabitants"] = inhabitants
    figures = tuple(_figure(code, mine, others) for code in _MEASURES)
    return Benchmark(shares=sharing, inhabitants=inhabitants, organisations=len(others), needed=NEEDED, figures=figures)


def _figure(code: str, mine: Row | None, others: Sequence[Row]) -> BenchmarkFigure:
    measure = _MEASURES[code]
    values = sorted(value for value in (measure(row) for row in others) if value is not None)
    low, middle, high = _quartiles(values) if len(values) >= NEEDED else (None, None, None)
    return BenchmarkFigure(code, measure(mine) if mine else None, low, middle, high, len(values))


def _quartiles(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Return the quarter points of sorted values, between two values by their distance."""

    def point(quarter: int) -> Decimal:
        place, rest = divmod((len(values) - 1) * quarter, 4)
        if not rest:
            return values[place]
        return values[place] + (values[place + 1] - values[place]) * rest / 4

    return point(1), point(2), point(3)


def _per_inhabitant(row: Row) -> Decimal | None:
    inhabitants = row["organisation__inhabitants"]
    return (from_cents(row["cents"]) / inhabitants).quantize(Decimal("0.01")) if inhabitants else None


def _ratio(part: str, whole: str) -> Any:
    def ratio(row: Row) -> Decimal | None:
        if not row[whole] or row[whole] < 0:
            return None
        return (Decimal(row[part]) / Decimal(row[whole])).quantize(Decimal("0.0001"))

    return ratio


_MEASURES = {
    "spend-per-inhabitant": _per_inhabitant,
    "social-share": _ratio("social_cents", "cents"),
    "sme-share": _ratio("sme_cents", "cents"),
    "top10-share": _ratio("top10_cents", "positive_cents"),
}
