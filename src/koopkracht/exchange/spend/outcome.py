"""What passing over a spend file yields: counts, totals, problems, and the rejected lines as a file to mend."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from koopkracht.exchange.formats.spend_rows import NAMELESS, Converted, Problem
from koopkracht.exchange.formats.tabular import Layout, inert
from koopkracht.exchange.spend.messages import sentence
from koopkracht.exchange.spend.overlap import Sample

KEPT_PROBLEMS = 1000


@dataclass(slots=True)
class Outcome:
    """Totals over all blocks of a file."""

    rows: int = 0
    skipped: int = 0
    rejected: int = 0
    warnings: int = 0
    nameless: int = 0
    cents: Counter[str] = field(default_factory=Counter)
    negative: int = 0
    years: Counter[int] = field(default_factory=Counter)
    period: tuple[date, date] | None = None
    codes: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)
    sample: Sample = field(default_factory=Sample)

    def add(self, part: Converted) -> None:
        """Take in one block."""
        self.rows += part.lines.num_rows
        self.skipped += part.skipped
        for problem in part.problems:
            self.codes[problem.code] += 1
            self.rejected += problem.rejected
            self.warnings += not problem.rejected
            if len(self.problems) < KEPT_PROBLEMS:
                self.problems.append(problem)
        if part.lines.num_rows:
            self._add_lines(part)

    def _add_lines(self, part: Converted) -> None:
        lines = part.lines
        self.spellings.update(part.suppliers.to_pylist())
        self.nameless += int((part.supplier < 0).sum())
        self.negative += pc.sum(pc.less(lines["amount_cents"], 0)).as_py() or 0
        for currency, cents in _cents(lines):
            self.cents[currency] += cents
        for year in pc.value_counts(lines["year"]).to_pylist():
            self.years[year["values"]] += year["counts"]
        extremes = pc.min_max(lines["booking_date"]).as_py()
        start, end = self.period or (extremes["min"], extremes["max"])
        self.period = (min(start, extremes["min"]), max(end, extremes["max"]))
        self.sample.add(lines["line_hash"].to_numpy())

    def to_json(self) -> dict[str, Any]:
        """Return the totals as plain values for storage and screens."""
        start, end = self.period or (None, None)
        return {
            "rows": self.rows,
            "rejected": self.rejected,
            "warnings": self.warnings,
            "skipped": self.skipped,
            "nameless": self.nameless,
            "negative": self.negative,
            "spellings": len(self.spellings - {NAMELESS}),
            "cents": dict(sorted(self.cents.items())),
            "years": {str(year): rows for year, rows in sorted(self.years.items())},
            "period": [start.isoformat(), end.isoformat()] if start and end else None,
            "codes": dict(self.codes.most_common()),
            "repeated": self.sample.repeated(),
        }


def _cents(lines: pa.Table) -> list[tuple[str, int]]:
    """Return the sum per currency."""
    currencies = pc.unique(lines["currency"]).to_pylist()
    if len(currencies) == 1:
        return [(currencies[0], pc.sum(lines["amount_cents"]).as_py())]
    sums = lines.select(["currency", "amount_cents"]).group_by("currency").aggregate([("amount_cents", "sum")])
    return list(zip(sums["currency"].to_pylist(), sums["amount_cents_sum"].to_pylist(), strict=True))


class RejectedLines:
    """Writes rejected lines to a CSV file in the layout of the source, with the place and the reason added.

    The file can be mended and imported: the two added columns have no role, and every cell is inert.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path = path
        self.count = 0
        self._layout = layout
        self._stream: TextIO | None = None
        self._writer: Any = None

    def add(self, problems: Sequence[Problem]) -> None:
        """Write the rejected ones among ``problems``."""
        for problem in problems:
            if problem.rejected:
                self._open().writerow(self._row(problem))
                self.count += 1

    def close(self) -> None:
        """Finish the file."""
        if self._stream:
            self._stream.close()

    def _open(self) -> Any:
        if self._writer is None:
            self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._stream, delimiter=self._layout.delimiter)
            self._writer.writerow([*map(inert, self._layout.columns), _("Regel in bestand"), _("Reden van weigering")])
        return self._writer

    def _row(self, problem: Problem) -> list[str]:
        width = len(self._layout.columns)
        cells = [inert(cell.strip()) for cell in problem.cells]
        if len(cells) <= width:
            cells += [""] * (width - len(cells))
        else:
            # A line with too many fields is mended by hand: what is over stays together in the last column.
            cells = [*cells[: width - 1], self._layout.delimiter.join(cells[width - 1 :])]
        return [*cells, str(problem.line), inert(sentence(problem))]
