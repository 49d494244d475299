"""Receive: the raw bytes go to the document store, the receipt says when, from whom and what for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
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
_MAX_MEMBERS = 500


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
    with documents.open_document(organisation_id=actor.organisation_id, sha256=document.sha256) as archive:
        for name, member in _members(archive):
            inner = documents.store(filename=name, purpose=_PURPOSES[ReceiptKind(kind)], stream=member, actor=actor)
            found.append(_remember(actor, ReceiptKind(kind), inner, name, source or filename))
    if not found:
        raise NothingUsable(
            _("In dit ZIP-archief zit geen tabel. Plaats er CSV- of Excel-bestanden in."), code="archive-without-tables"
        )
    return tuple(found)


def _members(archive: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the tables in an archive; the document store has already looked for bombs and bad names."""
    with zipfile.ZipFile(archive) as opened:
        members = [item for item in opened.infolist() if _is_table(item)]
        for item in sorted(members, key=lambda item: item.filename)[:_MAX_MEMBERS]:
            with opened.open(item) as member:
                yield item.filename.rsplit("/", 1)[-1], member  # type: ignore[misc]


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
