"""The processes in a received file: every package, record, release or line, each process as one notice."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from koopkracht.exchange.formats.notice_records import Issue
from koopkracht.exchange.formats.ocds import OcdsProcess, OcdsSchemas, kind_of, processes, read_documents
from koopkracht.exchange.formats.ocds_notice import to_notice
from koopkracht.exchange.notices.documents import NoticeDocument
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import FileKind, iterate_archive, sniff

__all__ = ["read_processes"]

_ARCHIVES = (FileKind.ZIP, FileKind.TAR, FileKind.GZIP, FileKind.XZ)
_SHOWN_FAULTS = 20


def read_processes(path: Path, filename: str, schemas: OcdsSchemas | None) -> Iterator[NoticeDocument]:
    """Yield each process; a part that is no OCDS is refused by itself and the rest goes on.

    Raises ``HostileFile`` for an archive that is itself dangerous.
    """
    with path.open("rb") as stream:
        if sniff(stream.read(4096), filename) not in _ARCHIVES:
            stream.seek(0)
            yield from _of_stream(filename, stream, schemas)
            return
    for member in iterate_archive(path):
        if member.name.lower().endswith((".json", ".jsonl")):
            yield from _of_stream(member.name, io.BytesIO(member.data), schemas)


def _of_stream(name: str, stream: Any, schemas: OcdsSchemas | None) -> Iterator[NoticeDocument]:
    documents = read_documents(stream)
    while True:
        try:
            pointer, document = next(documents)
        except StopIteration:
            return
        except Rejected as error:
            yield _refused(name, error)
            return
        place = f"{name} ({pointer})" if pointer else name
        try:
            yield from _of_document(place, document, schemas)
        except Rejected as error:
            yield _refused(place, error)


def _of_document(place: str, document: Any, schemas: OcdsSchemas | None) -> Iterator[NoticeDocument]:
    remarks = _schema_remarks(document, schemas)
    for process in processes(document, schemas):
        if not process.ocid:
            yield NoticeDocument(place, b"", "", None, process.issues[0])
            continue
        yield _notice(place, process, remarks)
        remarks = ()


def _notice(place: str, process: OcdsProcess, remarks: tuple[Issue, ...]) -> NoticeDocument:
    data = json.dumps(process.compiled, ensure_ascii=False, sort_keys=True, default=_plain).encode()
    with_remarks = OcdsProcess(
        ocid=process.ocid,
        compiled=process.compiled,
        release_ids=process.release_ids,
        tags=process.tags,
        date=process.date,
        pointer=process.pointer,
        issues=(*process.issues, *remarks),
    )
    return NoticeDocument(f"{place}: {process.ocid}", data, hashlib.sha256(data).hexdigest(), to_notice(with_remarks))


def _schema_remarks(document: Any, schemas: OcdsSchemas | None) -> tuple[Issue, ...]:
    """Return what the loaded schema says about the package: remarks, because published data are rarely faultless."""
    if schemas is None:
        return (
            Issue(
                "info",
                "ocds-schema-not-loaded",
                "De OCDS-schema's zijn niet geladen: we lezen dit pakket zonder het tegen de standaard te houden.",
            ),
        )
    faults = schemas.faults(document, kind_of(document))
    return tuple(
        Issue("warning", "ocds-schema", f"Wijkt af van het OCDS-schema ({fault.rule}): {fault.message}", fault.pointer)
        for fault in faults[:_SHOWN_FAULTS]
    )


def _refused(name: str, error: Rejected) -> NoticeDocument:
    return NoticeDocument(name, b"", "", None, Issue("error", error.code, error.message))


def _plain(value: Any) -> Any:
    """Write an amount as the figure it was; JSON has no other type for it."""
    if isinstance(value, Decimal):
        return _Figure(value)
    raise TypeError(type(value).__name__)


class _Figure(float):
    """A number that is written with the digits of its ``Decimal``."""

    def __new__(cls, value: Decimal) -> _Figure:
        figure = super().__new__(cls, value)
        figure.text = str(value)
        return figure

    text: str

    def __repr__(self) -> str:
        return self.text
