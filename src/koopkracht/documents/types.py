"""What crosses the border of the document store. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from koopkracht.shared.guards import FileKind


class Purpose(StrEnum):
    """Why a file is kept; it decides which kinds and how many bytes are accepted."""

    SPEND = "spend"
    NOTICES = "notices"
    INVOICES = "invoices"
    OCDS = "ocds"
    REGISTERS = "registers"
    ARTEFACTS = "artefacts"
    EVIDENCE = "evidence"


_ARCHIVES = frozenset({FileKind.ZIP, FileKind.TAR, FileKind.GZIP, FileKind.XZ})
_SHEETS = frozenset({FileKind.TEXT, FileKind.XLSX, FileKind.ODS})

ACCEPTED: dict[Purpose, frozenset[FileKind]] = {
    Purpose.SPEND: _SHEETS | {FileKind.ZIP},
    Purpose.NOTICES: _ARCHIVES | {FileKind.XML},
    Purpose.INVOICES: _ARCHIVES | {FileKind.XML},
    Purpose.OCDS: _ARCHIVES | {FileKind.JSON},
    Purpose.REGISTERS: _SHEETS,
    Purpose.ARTEFACTS: _ARCHIVES | {FileKind.XML, FileKind.JSON},
    Purpose.EVIDENCE: _SHEETS
    | {FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.DOCX, FileKind.ODT, FileKind.XML, FileKind.JSON},
}

MEDIA_TYPES: dict[FileKind, str] = {
    FileKind.XML: "application/xml",
    FileKind.JSON: "application/json",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ZIP: "application/zip",
    FileKind.TAR: "application/x-tar",
    FileKind.GZIP: "application/gzip",
    FileKind.XZ: "application/x-xz",
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TEXT: "text/plain",
}

KIND_LABELS: dict[FileKind, str] = {
    FileKind.XML: "XML",
    FileKind.JSON: "JSON",
    FileKind.XLSX: "Excel (.xlsx)",
    FileKind.DOCX: "Word (.docx)",
    FileKind.ODS: "OpenDocument-rekenblad (.ods)",
    FileKind.ODT: "OpenDocument-tekst (.odt)",
    FileKind.ZIP: "ZIP-archief",
    FileKind.TAR: "TAR-archief",
    FileKind.GZIP: "TAR-archief (.tar.gz)",
    FileKind.XZ: "TAR-archief (.tar.xz)",
    FileKind.PDF: "PDF",
    FileKind.PNG: "PNG-afbeelding",
    FileKind.JPEG: "JPEG-afbeelding",
    FileKind.TEXT: "tekst of CSV",
    FileKind.OLD_OFFICE: "een oud Excel- of Word-bestand (.xls, .doc)",
    FileKind.UNKNOWN: "een onbekende soort bestand",
}


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A stored file: where to find it again and what it turned out to be."""

    id: int
    organisation_id: int
    sha256: str
    size: int
    filename: str
    media_type: str
    kind: FileKind
    purpose: Purpose
    stored_at: dt.datetime
    is_new: bool = False
    """Whether this call stored it; ``False`` when the organisation already had these bytes for this purpose."""
