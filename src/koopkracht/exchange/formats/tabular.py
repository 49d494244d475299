"""Reading tables out of text files of unknown make: what the layout is, and the rows one by one. Pure.

The layout (encoding, delimiter, header row) is found by looking, never by the name of the file. Bulk reading of
large files is in ``text_blocks``; both cut the same records and count the same lines.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from koopkracht.exchange.formats.encodings import detect_encoding
from koopkracht.shared.cells import inert as inert_text
from koopkracht.shared.cells import original

__all__ = [
    "Layout",
    "Row",
    "Unreadable",
    "detect_layout",
    "fingerprint",
    "inert",
    "normalise_header",
    "original",
    "read_rows",
]

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_BYTES = 1024 * 1024
_SAMPLE_ROWS = 200
_HEADER_ROWS = 40
MAX_COLUMNS = 500
_NUMBER = re.compile(r"[-+]?[\d.,\s\u00a0\u202f']*\d[\d.,\s\u00a0\u202f']*%?-?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")
_OWN_COLUMNS = frozenset({"reden van weigering", "regel in bestand"})
# First bytes of files that are no text, with the name a user knows.
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "database"),
)


class Unreadable(Exception):
    """The bytes are no table. ``code`` says why; the sentence for the user is made where the language is known."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a text file as a table. Lines count from 1; ``header_line`` 0 means there is no header row."""

    encoding: str
    delimiter: str
    header_line: int
    columns: tuple[str, ...]
    bare_returns: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line where it starts and its cells as text, without surrounding white space."""

    line: int
    cells: tuple[str, ...]


def normalise_header(name: str) -> str:
    """Return a header in lower case, without accents and signs, so that spellings can be compared."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def fingerprint(columns: Sequence[str]) -> str:
    """Return the identity of a layout: its column names in order, our own report columns left out."""
    names = [normalise_header(name) for name in columns]
    return hashlib.sha256("\n".join(name for name in names if name not in _OWN_COLUMNS).encode()).hexdigest()


def inert(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet runs as a formula; plain numbers stay numbers."""
    return text if _NUMBER.fullmatch(text) else inert_text(text)


def detect_layout(source: BinaryIO, *, known_headers: Collection[str] = ()) -> Layout:
    """Look at ``source`` (seekable) and return its layout.

    ``known_headers`` are normalised column names that make a row more likely to be the header.
    Raises :class:`Unreadable` when the bytes are no table.
    """
    source.seek(0)
    head = source.read(_SAMPLE_BYTES)
    _refuse_binary(head)
    source.seek(0)
    encoding = detect_encoding(source)
    text = _decode_sample(head, encoding)
    if not text.strip():
        raise Unreadable("file-empty")
    bare_returns = "\n" not in text and "\r" in text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(head) == _SAMPLE_BYTES:
        lines = lines[:-1] or lines
    delimiter = _delimiter(lines)
    rows = list(_sample_rows(lines, delimiter))
    header_line, columns = _header(rows, frozenset(known_headers))
    if len(columns) > MAX_COLUMNS:
        raise Unreadable("too-many-columns", columns=len(columns))
    return Layout(encoding, delimiter, header_line, _unique(columns), bare_returns)


def read_rows(source: BinaryIO, layout: Layout) -> Iterator[Row]:
    """Yield the records below the header, empty ones left out. For small tables; see ``text_blocks`` for bulk."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=layout.encoding, errors="replace", newline=None)
    try:
        reader = csv.reader(text, delimiter=layout.delimiter)
        start = 1
        for record in reader:
            line, start = start, reader.line_num + 1
            if line > layout.header_line and any(cell.strip() for cell in record):
                yield Row(line, tuple(original(cell.strip()) for cell in record))
    finally:
        text.detach()


def _refuse_binary(head: bytes) -> None:
    """Raise for content that is no text, whatever the file is called."""
    if not head.strip(b"\x00\r\n\t ;,"):
        raise Unreadable("file-empty")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise Unreadable("file-not-text", kind=kind)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    sample = head[:65536]
    zeros = sample.count(0)
    wide = max(sample[0::2].count(0), sample[1::2].count(0))
    if zeros and wide < 0.3 * len(sample):
        raise Unreadable("file-not-text", kind="binary")
    controls = sum(1 for byte in sample if byte < 32 and byte not in b"\x00\t\n\r\x0b\x0c\x1a")
    if controls > len(sample) // 100:
        raise Unreadable("file-not-text", kind="binary")


def _decode_sample(head: bytes, encoding: str) -> str:
    """Return the sample as text; a character cut at the end does not matter."""
    text = head.decode(encoding, errors="replace") if encoding != "utf-16" else head[: len(head) & ~1].decode(encoding)
    return text.lstrip("\ufeff")


def _delimiter(lines: Sequence[str]) -> str:
    """Choose the delimiter that cuts most lines into the same number of fields, more fields counting for more."""
    if lines and (told := re.fullmatch(r"sep=(.)", lines[0].strip(), flags=re.IGNORECASE)):
        return told.group(1)

    def score(delimiter: str) -> float:
        widths = Counter(len(cells) for _, cells in _sample_rows(lines, delimiter) if any(cells))
        if not widths:
            return 0.0
        width, count = max(widths.items(), key=lambda item: item[1] * math.log(item[0] + 0.01))
        return count / widths.total() * math.log(width) if width > 1 else 0.0

    return max(DELIMITERS, key=score)


def _sample_rows(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of the first records."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    start = 1
    try:
        for count, cells in enumerate(reader):
            if count >= _SAMPLE_ROWS:
                return
            yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        return


def _header(rows: Sequence[tuple[int, list[str]]], known: frozenset[str]) -> tuple[int, list[str]]:
    """Find the header among the first rows; titles above it are passed over."""
    widths = Counter(len(cells) for _, cells in rows if any(cell.strip() for cell in cells))
    usual = max(widths, key=lambda width: (widths[width], width))
    best_score, best = 0.0, (0, [""] * usual)
    for line, cells in rows[:_HEADER_ROWS]:
        score = _header_score(cells, usual, known)
        if score > best_score:
            best_score, best = score, (line, cells)
    line, cells = best
    return line, cells if line else [""] * usual


def _header_score(cells: Sequence[str], usual: int, known: frozenset[str]) -> float:
    """Say how much a row looks like a header: full, wordy, distinct, and with names we know."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < max(2, usual * 0.5) and usual > 1:
        return 0.0
    words = [cell for cell in filled if not _NUMBER.fullmatch(cell) and not _DATE.fullmatch(cell)]
    recognised = sum(normalise_header(cell) in known for cell in filled)
    if len(words) < 0.8 * len(filled) and recognised < 2:
        return 0.0
    if len(words) == len(filled) or recognised:
        return recognised * 2 + len(set(filled)) / max(len(filled), 1)
    return 0.0


def _unique(columns: Sequence[str]) -> tuple[str, ...]:
    """Give nameless columns a name and double names a number."""
    seen: Counter[str] = Counter()
    names = []
    for number, column in enumerate(columns, start=1):
        name = " ".join(original(column.strip()).split()) or f"Kolom {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
