"""Bulk reading of text tables: cut into blocks of whole records, each block parsed at once by Arrow. Pure.

Blocks keep memory flat and let two blocks be parsed at the same time. A block in which every line is one clean record
takes the fast way; a block with a quirk (records over several lines, loose quotes, too many or too few fields, damaged
characters) is read record by record, so that one bad line costs only itself.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from koopkracht.exchange.formats.tabular import Layout, Unreadable

BLOCK_BYTES = 4 * 1024 * 1024
_MAX_RECORD_LINES = 20
_MAX_RECORD_CHARACTERS = 65_536
_MAX_LINE_BYTES = 16 * 1024 * 1024
_QUOTE, _NEWLINE, _RETURN = b'"', 10, 13


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes in UTF-8 that hold whole lines; ``first_line`` is the number of its first line in the file."""

    data: bytes
    first_line: int
    clean: bool


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that does not fit the header."""

    line: int
    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one block: columns ``c0`` … as text, the line of each, and what did not fit."""

    table: pa.Table
    lines: np.ndarray
    broken: tuple[BrokenRecord, ...] = ()
    empty: int = 0
    raw: Callable[[Collection[int]], dict[int, tuple[str, ...]]] = field(default=lambda wanted: {})


def blocks(source: BinaryIO, layout: Layout, *, size: int = BLOCK_BYTES) -> Iterator[Block]:
    """Yield the file below its header in blocks of whole lines. Raises :class:`Unreadable` for a line without end."""
    source.seek(0)
    pending = b""
    line = 1
    skip = layout.header_line
    for chunk in _utf8(source, layout, size):
        pending += chunk
        while skip and (end := pending.find(b"\n")) >= 0:
            pending, skip, line = pending[end + 1 :], skip - 1, line + 1
        if skip:
            continue
        cut, clean = _cut(pending)
        if cut:
            data, pending = pending[:cut], pending[cut:]
            yield Block(data, line, clean)
            line += _count_lines(data)
        elif len(pending) > _MAX_LINE_BYTES:
            raise Unreadable("line-too-long", line=line)
    if pending and not skip:
        yield Block(pending, line, _cut(pending + b"\n")[1])


def _utf8(source: BinaryIO, layout: Layout, size: int) -> Iterator[bytes]:
    """Yield the bytes of the file in UTF-8 with newlines as line ends."""
    plain = layout.encoding in {"utf-8", "utf-8-sig"}
    decoder = codecs.getincrementaldecoder("utf-16-le" if plain else layout.encoding)(errors="replace")
    first = True
    while chunk := source.read(size):
        data = chunk if plain else decoder.decode(chunk).encode()
        if first:
            data, first = data.removeprefix(codecs.BOM_UTF8), False
        yield data.replace(b"\r", b"\n") if layout.bare_returns else data
    if not plain:
        yield decoder.decode(b"", final=True).encode()


def _cut(data: bytes) -> tuple[int, bool]:
    """Return where the last whole line ends and whether every line until there closes its own quotes."""
    last = data.rfind(b"\n") + 1
    if not last or data.find(_QUOTE, 0, last) < 0:
        return last, True
    view = np.frombuffer(data, dtype=np.uint8, count=last)
    ends = np.flatnonzero(view == _NEWLINE)
    quotes = np.flatnonzero(view == _QUOTE[0])
    even = (np.searchsorted(quotes, ends) & 1) == 0
    if even.all():
        return last, True
    closed = ends[even]
    # A loose quote makes all later lines look open: then cut at the last line and read record by record.
    return (int(closed[-1]) + 1 if closed.size else last), False


def parse(block: Block, layout: Layout, *, wanted: Sequence[int], dictionary: Collection[int] = ()) -> Records:
    """Return the records of a block with the ``wanted`` columns; those in ``dictionary`` are dictionary-encoded."""
    if block.clean:
        fast = _parse_fast(block, layout, wanted, frozenset(dictionary))
        if fast is not None:
            return fast
    return _parse_slowly(block, layout, wanted)


def _parse_fast(block: Block, layout: Layout, wanted: Sequence[int], dictionary: frozenset[int]) -> Records | None:
    """Parse with Arrow, or return ``None`` when a line does not fit."""
    names = [f"c{number}" for number in range(len(layout.columns))]
    text = pa.dictionary(pa.int32(), pa.string())
    types = {names[n]: text if n in dictionary else pa.string() for n in wanted}
    try:
        table = pacsv.read_csv(
            pa.BufferReader(block.data),
            read_options=pacsv.ReadOptions(column_names=names, block_size=len(block.data) + 1, use_threads=False),
            parse_options=pacsv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=False),
            convert_options=pacsv.ConvertOptions(
                column_types=types, include_columns=[names[n] for n in wanted], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    count = _count_lines(block.data) + (not block.data.endswith(b"\n"))
    # Without empty lines, the rule, every line is a record.
    every_line = table.num_rows == count
    lines = np.arange(block.first_line, block.first_line + count) if every_line else _record_lines(block)
    if table.num_rows != lines.size:
        return None

    def raw(rows: Collection[int]) -> dict[int, tuple[str, ...]]:
        starts = _line_starts(block.data)
        return {
            row: tuple(_cells(_line_at(block.data, starts, int(lines[row]) - block.first_line), layout)) for row in rows
        }

    return Records(table, lines, (), count - lines.size, raw)


def _count_lines(data: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == _NEWLINE))


def _record_lines(block: Block) -> np.ndarray:
    """Return the line number of every line that is not empty (Arrow passes over empty lines)."""
    view = np.frombuffer(block.data, dtype=np.uint8)
    ends = np.flatnonzero(view == _NEWLINE)
    if view.size and view[-1] != _NEWLINE:
        ends = np.append(ends, view.size)
    starts = np.concatenate(([0], ends[:-1] + 1)) if ends.size else ends
    lengths = ends - starts
    filled = (lengths > 1) | ((lengths == 1) & (view[np.minimum(starts, view.size - 1)] != _RETURN))
    return np.flatnonzero(filled) + block.first_line


def _line_starts(data: bytes) -> np.ndarray:
    """Return the offset of every line."""
    return np.concatenate(([0], np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _NEWLINE) + 1))


def _line_at(data: bytes, starts: np.ndarray, number: int) -> str:
    """Return one line as text."""
    start = int(starts[number])
    end = int(starts[number + 1]) if number + 1 < starts.size else len(data)
    return data[start:end].decode("utf-8", errors="replace").rstrip("\r\n")


def _cells(line: str, layout: Layout) -> list[str]:
    """Cut one line into cells, tolerating loose quotes."""
    return _record_at([line], 0, layout)[0]


def _parse_slowly(block: Block, layout: Layout, wanted: Sequence[int]) -> Records:
    """Parse record by record with Python's reader and set aside what does not fit."""
    width = len(layout.columns)
    last_wanted = max(wanted, default=0)
    columns: list[list[str]] = [[] for _ in wanted]
    lines: list[int] = []
    cells_of: list[tuple[str, ...]] = []
    broken: list[BrokenRecord] = []
    empty = 0
    for line, cells in _records(block, layout):
        if not any(cell.strip() for cell in cells):
            empty += 1
            continue
        code = _misfit(cells, width, last_wanted)
        if code:
            broken.append(BrokenRecord(line, code, tuple(cells)))
            continue
        padded = cells + [""] * (width - len(cells))
        for values, number in zip(columns, wanted, strict=True):
            values.append(padded[number])
        lines.append(line)
        cells_of.append(tuple(cells))
    table = pa.table({f"c{n}": pa.array(v, pa.string()) for n, v in zip(wanted, columns, strict=True)})
    return Records(
        table,
        np.array(lines, dtype=np.int64),
        tuple(broken),
        empty,
        lambda rows: {row: cells_of[row] for row in rows},
    )


def _misfit(cells: Sequence[str], width: int, last_wanted: int) -> str | None:
    """Return why a record does not fit the header; empty cells at the end and unused missing ones are no reason."""
    if any("\ufffd" in cell for cell in cells):
        return "row-damaged-characters"
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return "row-too-many-fields"
    if len(cells) <= last_wanted:
        return "row-too-few-fields"
    return None


def _records(block: Block, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells); a quote that is never closed is taken as an ordinary sign."""
    lines = block.data.decode("utf-8", errors="replace").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    position = 0
    while position < len(lines):
        cells, used = _record_at(lines, position, layout)
        yield block.first_line + position, cells
        position += used


def _record_at(lines: Sequence[str], position: int, layout: Layout) -> tuple[list[str], int]:
    """Return the record that starts at ``position`` and how many lines it takes."""
    text = ""
    for used in range(1, min(_MAX_RECORD_LINES, len(lines) - position) + 1):
        text += ("\n" if used > 1 else "") + lines[position + used - 1].rstrip("\r")
        try:
            return next(csv.reader([text], delimiter=layout.delimiter, strict=True), []), used
        except csv.Error as error:
            if "unexpected end" not in str(error) or len(text) > _MAX_RECORD_CHARACTERS:
                break
    return _loose_cells(lines[position].rstrip("\r"), layout), 1


def _loose_cells(line: str, layout: Layout) -> list[str]:
    """Cut one line in which quotes do not pair up."""
    if line.count('"') % 2:
        return line.split(layout.delimiter)
    try:
        return next(csv.reader([line], delimiter=layout.delimiter), [])
    except csv.Error:
        return line.split(layout.delimiter)
