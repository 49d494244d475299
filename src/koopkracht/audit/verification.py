"""Verifying chains: streaming, event by event, against the hashes, the chain head and the anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from koopkracht.audit.anchors import read_anchors
from koopkracht.audit.chain import GENESIS, Link, event_hash
from koopkracht.audit.models import ChainHead, Event
from koopkracht.audit.types import Finding, Problem, Report

_KEPT_PROBLEMS = 100
_CHUNK = 5000
_CONTENT = slice(0, 9)
_SEQUENCE, _PREVIOUS, _HASH = 1, 9, 10


def verify(*, organisation_id: int | None = None, anchors: Path | None = None) -> Report:
    """Verify the chain of one organisation, or every chain, and report where the first deviation is.

    Without ``anchors`` a chain that was rewritten as a whole (head included) looks whole; with the file that
    ``export_anchor`` wrote, a cut tail and a rewrite are found too. Raises ``AnchorUnreadable`` for a file that is
    missing or is something else. Safe to run while others write.
    """
    known = read_anchors(anchors) if anchors is not None else None
    problems = _Problems()
    if known is not None:
        for line in known.bad_lines:
            problems.add(Problem(0, line, Finding.ANCHOR_FILE_CHANGED))
    marks = known.marks if known is not None else {}
    keys = [organisation_id] if organisation_id is not None else _chain_keys(marks)
    events = sum(_Chain(key, marks.get(key, {}), problems).check() for key in keys)
    anchor_count = sum(len(marks.get(key, {})) for key in keys)
    return Report(events, len(keys), anchor_count, tuple(problems.kept), problems.count)


def _chain_keys(marks: dict[int, dict[int, str]]) -> list[int]:
    of_events = Event.objects.order_by("organisation_key").values_list("organisation_key", flat=True).distinct()
    of_heads = ChainHead.objects.values_list("organisation_key", flat=True)
    return sorted({*of_events, *of_heads, *marks})


def _fits(row: tuple[Any, ...], expected: int, previous: str) -> bool:
    return bool(row[_SEQUENCE] == expected and row[_PREVIOUS] == previous) and _consistent(row, previous)


def _consistent(row: tuple[Any, ...], previous: str) -> bool:
    try:
        return bool(event_hash(previous, row[_CONTENT]) == row[_HASH])
    except (TypeError, ValueError):  # somebody stored a value of another type in a column
        return False


class _Problems:
    """Keeps the first problems and counts all."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.count = 0

    def add(self, problem: Problem) -> None:
        """Count a problem, and keep it when it is one of the first."""
        self.count += 1
        if len(self.kept) < _KEPT_PROBLEMS:
            self.kept.append(problem)


class _Chain:
    """The check of one chain."""

    def __init__(self, key: int, anchors: dict[int, str], problems: _Problems) -> None:
        self.key = key
        self.anchors = anchors
        self.problems = problems
        self.last = 0
        self.head = self._read_head()

    def check(self) -> int:
        """Walk the chain from its first event; return the number of events seen."""
        # The head is read before the events and again after them: events that others append meanwhile are no problem.
        marks = self._marks()
        seen, expected, previous = 0, 1, GENESIS
        for row in self._rows():
            seen += 1
            sequence = row[_SEQUENCE]
            if not _fits(row, expected, previous):
                sequence = self._diagnose(row, expected, previous)
            if sequence in marks:
                self._compare(row, sequence, marks[sequence])
            expected, previous = sequence + 1, row[_HASH]
        self.last = expected - 1
        self._check_end()
        return seen

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        rows = Event.objects.filter(organisation_key=self.key).order_by("sequence").values_list(*Link._fields)
        return rows.iterator(chunk_size=_CHUNK)

    def _read_head(self) -> tuple[int, str] | None:
        return ChainHead.objects.filter(organisation_key=self.key).values_list("sequence", "event_hash").first()

    def _marks(self) -> dict[int, list[tuple[str, Finding]]]:
        marks = {sequence: [(found, Finding.ANCHOR_REWRITTEN)] for sequence, found in self.anchors.items()}
        if self.head is not None:
            marks.setdefault(self.head[0], []).append((self.head[1], Finding.HEAD_DIFFERS))
        return marks

    def _compare(self, row: tuple[Any, ...], sequence: int, marks: Iterable[tuple[str, Finding]]) -> None:
        for expected_hash, finding in marks:
            if row[_HASH] != expected_hash:
                self._add(sequence, finding)

    def _diagnose(self, row: tuple[Any, ...], expected: int, previous: str) -> int:
        """Name what is wrong with an event that does not fit behind the one before it; return its place."""
        sequence = row[_SEQUENCE]
        if not isinstance(sequence, int):
            self._add(expected, Finding.CHANGED)
            return expected
        if sequence > expected:
            self._add(expected, Finding.MISSING, sequence - 1)
        elif sequence < expected:
            self._add(sequence, Finding.DUPLICATE)
        elif row[_PREVIOUS] != previous:
            # Either the event before this one was replaced or put in, or this one was.
            self._add(max(sequence - 1, 1), Finding.BROKEN_LINK, sequence)
        if not _consistent(row, row[_PREVIOUS]):
            self._add(sequence, Finding.CHANGED)
        return sequence

    def _check_end(self) -> None:
        head = self.head
        if head is not None and self.last > head[0]:
            head = self._read_head()
        if head is None and self.last:
            self._add(self.last, Finding.HEAD_MISSING)
        elif head is not None and self.last < head[0] and head == self.head:
            self._add(self.last + 1, Finding.CUT, head[0])
        elif head is not None and self.last > head[0]:
            self._add(head[0] + 1, Finding.HEAD_DIFFERS, self.last)
        anchored = max(self.anchors, default=0)
        if anchored > self.last:
            self._add(self.last + 1, Finding.ANCHOR_CUT, anchored)

    def _add(self, sequence: int, finding: Finding, last: int | None = None) -> None:
        self.problems.add(Problem(self.key, sequence, finding, last))
