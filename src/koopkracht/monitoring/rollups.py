"""From assigned cells to the rows of the rollup tables.

DuckDB adds up cells per product group and supplier; the rest is whole-number arithmetic over those sums, so that
every table adds up to the same cents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from koopkracht.market.types.suppliers import SME_SIZES, SupplierKind, SupplierSize
from koopkracht.monitoring import engine
from koopkracht.monitoring.cells import KEY
from koopkracht.monitoring.models import (
    GroupMonth,
    GroupSupplierYear,
    GroupYear,
    KindYear,
    SupplierYear,
    YearTotal,
    _Rollup,
)
from koopkracht.monitoring.types import NO_SUPPLIER

HHI_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """What the shares need to know of a supplier in one year."""

    kind: SupplierKind = SupplierKind.UNKNOWN
    size: SupplierSize = SupplierSize.UNKNOWN

    @property
    def social(self) -> bool:
        """Tell whether this supplier counts as social economy."""
        return self.kind is SupplierKind.SOCIAL_ECONOMY


@dataclass(slots=True)
class _Part:
    """A sum in the making: of a product group, a kind of supplier or a year."""

    cents: int = 0
    lines: int = 0
    social_cents: int = 0
    sme_cents: int = 0
    size_unknown_cents: int = 0
    kind_unknown_cents: int = 0
    suppliers: set[int] = field(default_factory=set)

    def add(self, supplier_id: int, cents: int, lines: int, facts: SupplierFacts) -> None:
        """Add the money of one supplier."""
        self.cents += cents
        self.lines += lines
        if supplier_id != NO_SUPPLIER:
            self.suppliers.add(supplier_id)
        if facts.social:
            self.social_cents += cents
        if facts.size in SME_SIZES:
            self.sme_cents += cents
        elif facts.size is SupplierSize.UNKNOWN:
            self.size_unknown_cents += cents
        if facts.kind is SupplierKind.UNKNOWN:
            self.kind_unknown_cents += cents

    def values(self) -> dict[str, Any]:
        """Return the columns that rollups with shares have in common."""
        return {
            "cents": self.cents,
            "lines": self.lines,
            "suppliers": len(self.suppliers),
            "social_cents": self.social_cents,
            "sme_cents": self.sme_cents,
            "size_unknown_cents": self.size_unknown_cents,
            "kind_unknown_cents": self.kind_unknown_cents,
        }


@dataclass(frozen=True, slots=True)
class Sums:
    """What DuckDB added up: rows of (currency, year, product group, supplier) and of (…, month, product group)."""

    by_supplier: tuple[tuple[str, int, str, int, int, int], ...]
    by_month: tuple[tuple[str, int, int, str, int, int], ...]

    @property
    def supplier_ids(self) -> frozenset[int]:
        """All suppliers with spend."""
        return frozenset(row[3] for row in self.by_supplier)


def add_up(cells: Sequence[Path], assigned: Path) -> Sums:
    """Add up cells per product group and supplier, and per product group and month."""
    if not cells:
        return Sums((), ())
    with engine.parquet(cells) as cell, engine.parquet([assigned]) as combination:
        joined = cell.join(combination.select(*KEY, "counted_supplier_id", "product_group"), list(KEY))
        # The join is the expensive part, so it runs once and both sums start from what it gave.
        added = _sum(joined, ("currency", "year", "month", "product_group", "counted_supplier_id"))
        with added.cache() as kept:
            by_supplier = _sum(kept, ("currency", "year", "product_group", "counted_supplier_id"))
            by_month = _sum(kept, ("currency", "year", "month", "product_group"))
            return Sums(_tuples(by_supplier), _tuples(by_month))


def _sum(table: Any, keys: tuple[str, ...]) -> Any:
    return table.group_by(list(keys)).agg(cents=table.cents.sum().cast("int64"), lines=table.lines.sum().cast("int64"))


def _tuples(expression: Any) -> tuple[Any, ...]:
    """Run an expression and return its rows in the order of their keys, which suits the indexes they are written to."""
    found = engine.fetch(expression.order_by(list(expression.columns)))
    return tuple(zip(*(column.to_pylist() for column in found.columns), strict=True))


def tables(sums: Sums, facts: Mapping[tuple[int, int], SupplierFacts]) -> dict[type[_Rollup], list[dict[str, Any]]]:
    """Return the rows of every rollup table; ``facts`` is by supplier and year."""
    suppliers: dict[tuple[str, int, int], list[int]] = defaultdict(lambda: [0, 0])
    groups: dict[tuple[str, int, str], _Part] = defaultdict(_Part)
    fine = []
    for currency, year, group, supplier, cents, lines in sums.by_supplier:
        fine.append(
            _row(("currency", "year", "product_group", "supplier_id"), (currency, year, group, supplier), cents, lines)
        )
        groups[currency, year, group].add(supplier, cents, lines, facts[supplier, year])
        total = suppliers[currency, year, supplier]
        total[0] += cents
        total[1] += lines
    return {
        GroupSupplierYear: fine,
        SupplierYear: list(_supplier_rows(suppliers, facts)),
        GroupYear: [
            {"currency": currency, "year": year, "product_group": group, **part.values()}
            for (currency, year, group), part in groups.items()
        ],
        GroupMonth: [
            _row(("currency", "year", "month", "product_group"), key, cents, lines)
            for *key, cents, lines in sums.by_month
        ],
        KindYear: list(_kind_rows(suppliers, facts)),
        YearTotal: list(_year_rows(suppliers, facts, groups)),
    }


def _row(names: tuple[str, ...], key: Iterable[Any], cents: int, lines: int) -> dict[str, Any]:
    return {**dict(zip(names, key, strict=True)), "cents": cents, "lines": lines}


def _supplier_rows(
    suppliers: Mapping[tuple[str, int, int], Sequence[int]], facts: Mapping[tuple[int, int], SupplierFacts]
) -> Iterator[dict[str, Any]]:
    for (currency, year, supplier), (cents, lines) in suppliers.items():
        if supplier == NO_SUPPLIER:
            continue
        known = facts[supplier, year]
        yield {
            **_row(("currency", "year", "supplier_id"), (currency, year, supplier), cents, lines),
            "kind": known.kind.value,
            "size": known.size.value,
        }


def _kind_rows(
    suppliers: Mapping[tuple[str, int, int], Sequence[int]], facts: Mapping[tuple[int, int], SupplierFacts]
) -> Iterator[dict[str, Any]]:
    kinds: dict[tuple[str, int, str, str], _Part] = defaultdict(_Part)
    for (currency, year, supplier), (cents, lines) in suppliers.items():
        known = facts[supplier, year]
        kinds[currency, year, known.kind.value, known.size.value].add(supplier, cents, lines, known)
    for key, part in kinds.items():
        yield {
            **_row(("currency", "year", "kind", "size"), key, part.cents, part.lines),
            "suppliers": len(part.suppliers),
        }


def _year_rows(
    suppliers: Mapping[tuple[str, int, int], Sequence[int]],
    facts: Mapping[tuple[int, int], SupplierFacts],
    groups: Mapping[tuple[str, int, str], _Part],
) -> Iterator[dict[str, Any]]:
    years: dict[tuple[str, int], _Part] = defaultdict(_Part)
    amounts: dict[tuple[str, int], list[int]] = defaultdict(list)
    for (currency, year, supplier), (cents, lines) in suppliers.items():
        years[currency, year].add(supplier, cents, lines, facts[supplier, year])
        if cents > 0 and supplier != NO_SUPPLIER:
            amounts[currency, year].append(cents)
    for (currency, year), part in years.items():
        largest = sorted(amounts[currency, year], reverse=True)
        unassigned = groups.get((currency, year, ""))
        yield {
            "currency": currency,
            "year": year,
            **part.values(),
            "unassigned_cents": unassigned.cents if unassigned else 0,
            "positive_cents": sum(largest),
            "top5_cents": sum(largest[:5]),
            "top10_cents": sum(largest[:10]),
            "hhi": concentration(largest),
        }


def concentration(amounts: Sequence[int]) -> Decimal | None:
    """Return the Herfindahl-Hirschman index (0 to 10 000) of positive amounts, exact to two decimals."""
    total = sum(amounts)
    if not total:
        return None
    squares, whole = sum(amount * amount for amount in amounts) * HHI_SCALE * 100, total * total
    hundredths = (2 * squares + whole) // (2 * whole)  # whole numbers: squares of cents outgrow any float
    return Decimal(hundredths).scaleb(-2)
