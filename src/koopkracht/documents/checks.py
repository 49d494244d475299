"""Which guard looks at which kind of file, as one function that also runs in the sandbox. No Django."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from koopkracht.shared.guards import (
    ArchiveLimits,
    FileKind,
    check_archive,
    check_image,
    check_json,
    check_office,
    check_pdf,
    check_xml,
    sniff,
)

SMALL = 1 << 20
"""Up to this size the bytes of a text format are looked at in our own process: the guards are linear."""


def _on_bytes(check: Callable[[bytes], None]) -> Callable[[Path], None]:
    return lambda path: check(path.read_bytes())


def _whole_archive(path: Path) -> None:
    check_archive(path, ArchiveLimits(member=1 << 30, total=4 << 30))


_GUARDS: dict[FileKind, Callable[[Path], None]] = {
    FileKind.XML: _on_bytes(check_xml),
    FileKind.JSON: _on_bytes(check_json),
    FileKind.PDF: _on_bytes(check_pdf),
    FileKind.PNG: _on_bytes(check_image),
    FileKind.JPEG: _on_bytes(check_image),
    FileKind.XLSX: check_office,
    FileKind.DOCX: check_office,
    FileKind.ODS: check_office,
    FileKind.ODT: check_office,
    FileKind.ZIP: _whole_archive,
    FileKind.TAR: _whole_archive,
    FileKind.GZIP: _whole_archive,
    FileKind.XZ: _whole_archive,
}
ARCHIVES = frozenset({FileKind.ZIP, FileKind.TAR, FileKind.GZIP, FileKind.XZ})
LARGE_ARCHIVE = 64 << 20
IN_PROCESS = frozenset({FileKind.XML, FileKind.JSON, FileKind.PDF, FileKind.PNG, FileKind.JPEG})


def kind_of(path: Path, head: bytes, filename: str) -> FileKind:
    """Tell the kind by content; a small ZIP is read whole, so that a workbook is known by its parts."""
    if head.startswith(b"PK") and path.stat().st_size <= 8 * SMALL:
        return sniff(path.read_bytes(), filename)
    return sniff(head, filename)


def inspect(*, path: str, kind: str) -> str:
    """Run the guard of this kind on the file; raise ``HostileFile``, or return the kind."""
    guard = _GUARDS.get(FileKind(kind))
    if guard:
        guard(Path(path))
    return kind
