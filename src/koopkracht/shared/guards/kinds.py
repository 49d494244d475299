"""What a file really is, told from its first bytes; its name only decides between kinds that look the same."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of file the platform accepts somewhere; ``UNKNOWN`` is accepted nowhere."""

    XML = "xml"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"
    ODS = "ods"
    ODT = "odt"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    XZ = "xz"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TEXT = "text"
    OLD_OFFICE = "old_office"
    UNKNOWN = "unknown"


_SIGNATURES = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"\xfd7zXZ\x00", FileKind.XZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLD_OFFICE),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
}


def sniff(head: bytes, filename: str = "") -> FileKind:
    """Tell the kind of a file from at least its first 4 kB (the whole file for certainty about office files)."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head, filename)
    if head[257:262] == b"ustar":
        return FileKind.TAR
    return _text_kind(head)


def _zip_kind(head: bytes, filename: str) -> FileKind:
    for media_type, kind in _OPEN_DOCUMENT.items():
        if media_type in head[:200]:
            return kind
    names = _zip_names(head)
    if any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    if any(name.startswith("word/") for name in names):
        return FileKind.DOCX
    suffix = filename.lower().rpartition(".")[2]
    if b"[Content_Types].xml" in head and suffix in ("xlsx", "docx"):
        return FileKind(suffix)
    return FileKind.ZIP


def _zip_names(head: bytes) -> list[str]:
    """Names from the central directory when the whole file is at hand, else from the local headers that are in view."""
    if len(head) <= 8 << 20:
        try:
            with zipfile.ZipFile(io.BytesIO(head)) as archive:
                return archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            pass
    names: list[str] = []
    position = 0
    while (position := head.find(b"PK\x03\x04", position)) >= 0 and len(names) < 200:
        length = int.from_bytes(head[position + 26 : position + 28], "little")
        names.append(head[position + 30 : position + 30 + length].decode("utf-8", "replace"))
        position += 4
    return names


def _text_kind(head: bytes) -> FileKind:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
        return FileKind.XML if text.lstrip("\ufeff \t\r\n").startswith("<") else FileKind.TEXT
    if b"\x00" in head:
        return FileKind.UNKNOWN
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return FileKind.XML
    if start in (b"{", b"["):
        return FileKind.JSON
    return FileKind.TEXT if head else FileKind.UNKNOWN
