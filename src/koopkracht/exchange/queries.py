"""Reads of receipts and their issues; querysets stay in here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from koopkracht.exchange.errors import ReceiptNotFound
from koopkracht.exchange.models import ImportIssue, Provenance, Receipt
from koopkracht.exchange.types import IssueView, ReceiptView


def view_of(receipt: Receipt, *, is_new: bool = False) -> ReceiptView:
    """Return a receipt as a value."""
    return ReceiptView(
        id=receipt.pk,
        organisation_id=receipt.organisation_id,
        kind=receipt.kind,
        filename=receipt.filename,
        size=receipt.size,
        content_hash=receipt.content_hash,
        source=receipt.source,
        received_at=receipt.received_at,
        status=receipt.status,
        status_label=receipt.get_status_display(),
        status_message=receipt.status_message,
        plan=receipt.plan,
        counts=receipt.counts,
        applied_at=receipt.applied_at,
        is_new=is_new,
    )


def find(organisation_id: int, receipt_id: int) -> Receipt:
    """Return the row of a receipt. Raises :class:`ReceiptNotFound`."""
    found = Receipt.objects.of(organisation_id).filter(pk=receipt_id).first()
    if found is None:
        raise ReceiptNotFound(_("Dit bestand bestaat niet (meer)."), code="receipt-not-found", receipt_id=receipt_id)
    return found


def receipt(*, organisation_id: int, receipt_id: int) -> ReceiptView:
    """Return one receipt. Raises :class:`ReceiptNotFound`."""
    return view_of(find(organisation_id, receipt_id))


def receipts(*, organisation_id: int, kind: str | None = None, limit: int = 50) -> tuple[ReceiptView, ...]:
    """Return the latest receipts, newest first, all kinds or one."""
    rows = Receipt.objects.of(organisation_id)
    if kind:
        rows = rows.filter(kind=kind)
    return tuple(view_of(row) for row in rows.order_by("-received_at", "-pk")[:limit])


def issues(*, organisation_id: int, receipt_id: int, limit: int = 200) -> tuple[IssueView, ...]:
    """Return the issues of a receipt in the order of the file."""
    rows = ImportIssue.objects.of(organisation_id).filter(receipt_id=receipt_id).order_by("line", "pk")[:limit]
    return tuple(
        IssueView(
            line=row.line,
            column=row.column,
            pointer=row.pointer,
            severity=row.severity,
            code=row.code,
            message=row.message,
            raw_row=row.raw_row,
        )
        for row in rows
    )


def receipt_of(*, organisation_id: int, object_type: str, object_id: str | int) -> ReceiptView | None:
    """Return the receipt an object came from last, or ``None``."""
    row = (
        Provenance.objects.of(organisation_id)
        .filter(object_type=object_type, object_id=str(object_id))
        .select_related("receipt")
        .order_by("-recorded_at", "-pk")
        .first()
    )
    return view_of(row.receipt) if row else None
