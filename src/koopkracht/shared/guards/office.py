"""Guard for XLSX, DOCX and ODF: the ZIP checks, then the parts, before a library that trusts their headers opens them.

Spreadsheet readers allocate what the file promises: a used range of seventeen milliard cells or four milliard shared
texts in a 1.6 kB file aborts the whole process. So the promise is measured here, on the bytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from koopkracht.shared.guards.archives import ArchiveLimits, open_zip, safe_entries
from koopkracht.shared.guards.reasons import HostileFile, too_large

_CHUNK = 1 << 20
_OVERLAP = 256
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]{0,80}?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^<>]{0,200}?\br\s*=\s*["']([0-9]{1,7})["']""")
_DIMENSION = re.compile(
    rb"""<(?:\w+:)?dimension\s[^<>]{0,80}?ref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_TEXT_COUNT = re.compile(rb"""\b(?:uniqueCount|count)\s*=\s*["']([0-9]{1,20})["']""")
_REPEATED = re.compile(rb"""number-(?:columns|rows)-(?:repeated|spanned)\s*=\s*["']([0-9]{1,20})["']""")
_ELEMENT = re.compile(rb"<(?:\w+:)?(?:c|row|si)[\s>/]")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_EXTERNAL_TEMPLATE = re.compile(
    rb"attachedTemplate[^<>]*TargetMode\s*=\s*[\"']External|TargetMode\s*=\s*[\"']External[\"'][^<>]*attachedTemplate"
)


@dataclass(frozen=True, slots=True)
class OfficeLimits:
    """What one workbook or document may hold."""

    size: int = 64 << 20
    entries: int = 2_000
    total: int = 256 << 20
    cells: int = 8_000_000
    texts: int = 5_000_000
    ratio: int = 150

    def as_archive(self) -> ArchiveLimits:
        """Return the same limits for the ZIP around it."""
        return ArchiveLimits(
            size=self.size, entries=self.entries, member=self.total, total=self.total, ratio=self.ratio
        )


DEFAULT = OfficeLimits()


def check_office(path: Path, limits: OfficeLimits = DEFAULT) -> None:
    """Raise ``HostileFile`` when a workbook or document is a bomb, lies about its size, or carries active content."""
    size = path.stat().st_size
    if size > limits.size:
        raise too_large(size, limits.size, "Dit bestand")
    try:
        with open_zip(path, limits.as_archive()) as archive:
            for entry in safe_entries(archive, limits.as_archive()):
                _check_active(entry.filename)
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_part(archive, entry, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise HostileFile(
            "Dit kantoorbestand is beschadigd. Open het in uw rekenblad of tekstverwerker en bewaar het opnieuw.",
            code="guard.office.damaged",
            reason=str(error)[:200],
        ) from None


def _check_active(name: str) -> None:
    if name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) or name.startswith("Basic/"):
        raise HostileFile(
            "Dit kantoorbestand bevat macro's. Bewaar het zonder macro's (als .xlsx of .docx) en laad het opnieuw op.",
            code="guard.office.macros",
        )


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: OfficeLimits) -> None:
    name = entry.filename.lower()
    is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
    measure = _Extent(limits) if is_sheet else None
    for window, fresh in _windows(archive, entry):
        _check_bytes(window, entry.filename)
        if measure:
            measure.add(window)
        if name.endswith("sharedstrings.xml") and fresh:
            _check_text_count(window, entry, limits)
        if name == "content.xml":
            _check_repeats(window)
    if measure:
        measure.check()


def _windows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, bool]]:
    """Yield the inflated part in pieces that overlap a little, and whether a piece is the first."""
    rest = b""
    first = True
    read = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            yield rest + chunk, first
            rest, first = chunk[-_OVERLAP:], False
    if read != entry.file_size:
        raise HostileFile("Dit kantoorbestand liegt over zijn omvang; wij openen het niet.", code="guard.archive.lie")


def _check_bytes(window: bytes, name: str) -> None:
    if any(mark in window for mark in _FORBIDDEN):
        raise HostileFile(
            f"Het onderdeel “{name[-60:]}” van dit kantoorbestand bevat een DOCTYPE. Een rekenblad of tekstverwerker "
            "schrijft die nooit; wij openen het bestand niet.",
            code="guard.xml.doctype",
        )
    if b"\x00" in window:
        raise HostileFile(
            "Een onderdeel van dit kantoorbestand is geen gewone tekst. Bewaar het bestand opnieuw.",
            code="guard.office.encoding",
        )
    if name.endswith(".rels") and _EXTERNAL_TEMPLATE.search(window):
        raise HostileFile(
            "Dit document haalt zijn sjabloon van een andere plaats. Bewaar het als een gewoon document "
            "zonder sjabloon.",
            code="guard.office.external_template",
        )


def _check_text_count(window: bytes, entry: zipfile.ZipInfo, limits: OfficeLimits) -> None:
    promised = max((int(count) for count in _TEXT_COUNT.findall(window[:2000])), default=0)
    if promised > limits.texts:
        raise HostileFile(
            "Dit rekenblad beweert miljarden teksten te bevatten. Open het in uw rekenblad en bewaar het opnieuw.",
            code="guard.office.text_count",
            promised=promised,
        )


def _check_repeats(window: bytes) -> None:
    repeats = [int(count) for count in _REPEATED.findall(window)]
    if any(count > 1_100_000 for count in repeats):
        raise _absurd_extent()


class _Extent:
    """The rectangle a sheet spans: what it says in its header and what its cells reach."""

    def __init__(self, limits: OfficeLimits) -> None:
        self.limits = limits
        self.columns: set[bytes] = set()
        self.first_row = 0
        self.last_row = 0
        self.implicit_rows = 0
        self.elements = 0

    def add(self, window: bytes) -> None:
        for first, top, last, bottom in _DIMENSION.findall(window):
            width = _column(last) - _column(first) + 1
            height = int(bottom) - int(top) + 1
            self._check_area(width, height)
        cells = _CELL.findall(window)
        self.columns.update({letters for letters, _ in cells})
        for row in {row for _, row in cells}:
            self._reach(int(row))
        for number in _ROW.findall(window):
            self._reach(int(number))
        self.elements += len(_ELEMENT.findall(window))
        if self.elements > 2 * self.limits.cells:
            raise _absurd_extent()

    def check(self) -> None:
        if not self.columns:
            return
        numbers = [_column(letters) for letters in self.columns]
        self._check_area(max(numbers) - min(numbers) + 1, self.last_row - self.first_row + 1)

    def _reach(self, row: int) -> None:
        self.first_row = min(self.first_row or row, row)
        self.last_row = max(self.last_row, row)

    def _check_area(self, width: int, height: int) -> None:
        if width * height > self.limits.cells:
            raise _absurd_extent()


def _column(letters: bytes) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + sign - 64
    return number


def _absurd_extent() -> HostileFile:
    return HostileFile(
        "Dit rekenblad beslaat miljoenen cellen, meestal doordat er heel ver naar onder of naar rechts nog opmaak "
        "of een losse waarde staat. Kopieer alleen de echte rijen naar een nieuw blad en bewaar dat.",
        code="guard.office.extent",
    )
