"""Finding lines that an earlier batch already holds, with memory that does not grow with the files.

Lines are compared by their hash. Of very many lines only those are kept whose hash ends in enough zeros: the same
sample in every file, so that the share found is an honest estimate of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES, BatchInfo

_MOST_KEPT = 400_000


@dataclass(frozen=True, slots=True)
class Overlap:
    """An earlier batch that holds lines of the new file too; ``lines`` is an estimate for very large files."""

    batch_id: str
    receipt_id: int | None
    lines: int


class Sample:
    """Hashes of lines, thinned out as there are more."""

    def __init__(self) -> None:
        self._bits = 0
        self._parts: list[np.ndarray] = []
        self._size = 0

    def add(self, hashes: np.ndarray) -> None:
        """Take in the hashes of some lines."""
        kept = self._thin(hashes)
        self._parts.append(kept)
        self._size += kept.size
        while self._size > _MOST_KEPT:
            self._bits += 1
            self._parts = [self._thin(np.concatenate(self._parts))]
            self._size = self._parts[0].size

    def distinct(self) -> np.ndarray:
        """Return the different hashes, sorted."""
        if not self._size:
            return np.array([], dtype=np.int64)
        # Sorting is several times faster here than the hash table behind numpy.unique.
        ordered = np.sort(np.concatenate(self._parts))
        return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]

    def repeated(self) -> int:
        """Return how many lines are the same as another line of the same file."""
        return (self._size - self.distinct().size) << self._bits

    def found_in(self, hashes: Iterator[np.ndarray], distinct: np.ndarray) -> int:
        """Return how many of our lines occur among ``hashes``."""
        seen = np.zeros(distinct.size, dtype=bool)
        for part in hashes:
            thinned = self._thin(part)
            place = np.minimum(np.searchsorted(distinct, thinned), max(distinct.size - 1, 0))
            seen[place[distinct[place] == thinned]] = True
        return int(seen.sum()) << self._bits

    def _thin(self, hashes: np.ndarray) -> np.ndarray:
        return hashes[(hashes & ((1 << self._bits) - 1)) == 0] if self._bits else hashes


def overlaps(
    *, organisation_id: int, sample: Sample, start: date, end: date, except_receipt: int | None = None
) -> tuple[Overlap, ...]:
    """Return the earlier batches of this organisation that hold lines of the sample, most lines first."""
    distinct = sample.distinct()
    if not distinct.size:
        return ()
    found = []
    for batch in lake.batches(organisation_id=organisation_id, table=SPEND_LINES):
        if batch.receipt_id != except_receipt and _touches(batch, start, end):
            lines = sample.found_in(_hashes(batch), distinct)
            if lines:
                found.append(Overlap(batch.id, batch.receipt_id, lines))
    return tuple(sorted(found, key=lambda item: -item.lines))


def _touches(batch: BatchInfo, start: date, end: date) -> bool:
    return bool(batch.period_start and batch.period_end and batch.period_start <= end and batch.period_end >= start)


def _hashes(batch: BatchInfo) -> Iterator[np.ndarray]:
    parts = lake.scan(
        organisation_id=batch.organisation_id, table=SPEND_LINES, columns=["line_hash"], batch_ids=[batch.id]
    )
    for part in parts:
        yield part.column(0).to_numpy(zero_copy_only=False)
