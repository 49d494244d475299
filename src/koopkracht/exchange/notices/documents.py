"""The documents in a received file: one notice, or every notice in an archive, read one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from koopkracht.exchange.formats.eforms import is_eforms, list_terms, read_eforms_root
from koopkracht.exchange.formats.notice_records import Issue, NoticeRecord, TermValue
from koopkracht.exchange.formats.ted_legacy import is_ted_legacy, read_ted_legacy_root
from koopkracht.exchange.formats.xml_safe import UnreadableXml, parse_xml
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import iterate_files

__all__ = ["NoticeDocument", "read_documents", "read_notice", "read_terms"]


@dataclass(frozen=True, slots=True)
class NoticeDocument:
    """One XML document: the notice in it, or why it was refused."""

    name: str
    data: bytes
    sha256: str
    notice: NoticeRecord | None
    refusal: Issue | None = None


def read_documents(path: Path, filename: str) -> Iterator[NoticeDocument]:
    """Yield what is in a file or archive; a bad document is refused by itself and the rest goes on.

    Raises ``HostileFile`` for an archive that is itself dangerous. One document is in memory at a time.
    """
    for member in iterate_files(path, filename):
        if _is_layout(member.name):
            continue
        sha256 = hashlib.sha256(member.data).hexdigest()
        try:
            yield NoticeDocument(member.name, member.data, sha256, read_notice(member.data))
        except Rejected as error:
            refusal = Issue("error", error.code, error.message)
            yield NoticeDocument(member.name, member.data, sha256, None, refusal)


def _is_layout(name: str) -> bool:
    """Tell whether a file only belongs to the archive: hidden files, and folders of macOS."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def read_notice(data: bytes) -> NoticeRecord:
    """Read a notice in any format we know. Raises ``Rejected`` (hostile, unreadable, or no notice)."""
    root = parse_xml(data)
    if is_eforms(root):
        return read_eforms_root(root)
    if is_ted_legacy(root):
        return read_ted_legacy_root(root)
    raise UnreadableXml(
        "Dit XML-bestand is geen aankondiging. We lezen eForms en het oudere TED-formaat.", code="notice-other-document"
    )


def read_terms(data: bytes) -> tuple[TermValue, ...]:
    """Return every term of a notice with its Dutch label; older TED notices give what the reader uses."""
    root = parse_xml(data)
    return list_terms(root) if is_eforms(root) else ()
