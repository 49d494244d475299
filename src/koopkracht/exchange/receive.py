"""Receive: the raw bytes go to the document store, the receipt says when, from whom and what for."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.documents.types import DocumentRef, Purpose
from koopkracht.exchange.errors import NothingUsable
from koopkracht.exchange.models import Provenance, Receipt, ReceiptKind
from koopkracht.exchange.queries import view_of
from koopkracht.exchange.types import ReceiptView
from koopkracht.shared.actor import Actor
from koopkracht.shared.guards import ArchiveLimits, HostileFile
from koopkracht.shared.guards.archives import open_zip, safe_entries

_PURPOSES = {
    ReceiptKind.SPEND: Purpose.SPEND,
    ReceiptKind.NOTICES: Purpose.NOTICES,
    ReceiptKind.INVOICES: Purpose.INVOICES,
    ReceiptKind.OCDS: Purpose.OCDS,
    ReceiptKind.REGISTER: Purpose.REGISTERS,
    ReceiptKind.PLAN: Purpose.REGISTERS,
    ReceiptKind.ARTEFACT: Purpose.ARTEFACTS,
}
_TABLE_NAMES = (".csv", ".txt", ".tsv", ".xlsx", ".ods")
_LIMITS = ArchiveLimits(entries=500, member=1 << 30, total=4 << 30)


def receive(*, actor: Actor, kind: str, filename: str, stream: BinaryIO, source: str = "") -> ReceiptView:
    """Keep a file and return its receipt; the same bytes again return the receipt that was there.

    The caller has checked the permission of its use case. Raises what ``documents.api.store`` raises.
    """
    document = documents.store(filename=filename, purpose=_PURPOSES[ReceiptKind(kind)], stream=stream, actor=actor)
    return _remember(actor, ReceiptKind(kind), document, filename, source)


def receive_tables(
    *, actor: Actor, kind: str, filename: str, stream: BinaryIO, source: str = ""
) -> tuple[ReceiptView, ...]:
    """Keep a table, or each table in a ZIP archive, and return their receipts.

    Raises what ``documents.api.store`` raises, and :class:`NothingUsable` for an archive without tables.
    """
    document = documents.store(filename=filename, purpose=_PURPOSES[ReceiptKind(kind)], stream=stream, actor=actor)
    if document.kind != "zip":
        return (_remember(actor, ReceiptKind(kind), document, filename, source),)
    found = []
    path = documents.path_of(organisation_id=actor.organisation_id, sha256=document.sha256)
    with _damage_named(), open_zip(path, _LIMITS) as archive:
        for name, member in _members(archive):
            inner = documents.store(filename=name, purpose=_PURPOSES[ReceiptKind(kind)], stream=member, actor=actor)
            found.append(_remember(actor, ReceiptKind(kind), inner, name, source or filename))
    if not found:
        raise NothingUsable(
            _("In dit ZIP-archief zit geen tabel. Plaats er CSV- of Excel-bestanden in."), code="archive-without-tables"
        )
    return tuple(found)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the tables in an archive, after a look at its list of contents: a large one was not judged before."""
    members = [item for item in safe_entries(archive, _LIMITS) if _is_table(item)]
    for item in sorted(members, key=lambda item: item.filename):
        with archive.open(item) as member:
            yield item.filename.rsplit("/", 1)[-1], member  # type: ignore[misc]


@contextmanager
def _damage_named() -> Iterator[None]:
    """Turn what a broken archive does to its reader into a refusal in words."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise HostileFile(
            _("Dit ZIP-archief is beschadigd. Maak het opnieuw, of laad de bestanden een voor een in."),
            code="guard.archive.damaged",
        ) from error


def _is_table(item: zipfile.ZipInfo) -> bool:
    name = item.filename.rsplit("/", 1)[-1]
    return not item.is_dir() and not name.startswith(".") and name.lower().endswith(_TABLE_NAMES) and item.file_size > 0


def _remember(actor: Actor, kind: ReceiptKind, document: DocumentRef, filename: str, source: str) -> ReceiptView:
    with transaction.atomic():
        receipt, is_new = Receipt.objects.get_or_create(
            organisation_id=actor.organisation_id,
            kind=kind,
            content_hash=document.sha256,
            defaults={
                "filename": document.filename or filename[-255:],
                "size": document.size,
                "source": source[:200],
                "received_by_id": actor.user_id,
            },
        )
        if is_new:
            audit.record(
                actor=actor,
                action="receipt.received",
                subject="receipt",
                subject_key=receipt.pk,
                data={"kind": kind.value, "sha256": document.sha256, "size": document.size},
            )
    return view_of(receipt, is_new=is_new)


def remember_origin(
    *, organisation_id: int, object_type: str, object_id: str | int, receipt_id: int, pointer: str = ""
) -> None:
    """Record that an object came from a place in a receipt; recording it twice changes nothing."""
    Provenance.objects.get_or_create(
        organisation_id=organisation_id,
        object_type=object_type,
        object_id=str(object_id),
        receipt_id=receipt_id,
        pointer=pointer[:500],
    )
