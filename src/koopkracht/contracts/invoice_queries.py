"""Reads of the invoice inbox; querysets stay in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from koopkracht.contracts.errors import InvoiceNotFound
from koopkracht.contracts.models import Invoice, InvoiceLine, InvoiceState
from koopkracht.contracts.types import InvoiceCheck, InvoiceDetail, InvoiceLineInput, InvoiceReason, InvoiceRow
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_FIELDS = tuple(InvoiceRow.__dataclass_fields__)
_LINE_FIELDS = tuple(InvoiceLineInput.__dataclass_fields__)
_SHOWN_LINES = 1_000


def invoices(*, organisation_id: int, query: ListQuery) -> Slice[InvoiceRow]:
    """Return a part of the inbox. Filters: ``status``, ``soort``, ``leverancier`` (id), ``contract`` (id)."""
    rows = Invoice.objects.of(organisation_id)
    for name, field in (
        ("status", "state"),
        ("soort", "kind"),
        ("leverancier", "supplier_id"),
        ("contract", "contract_id"),
    ):
        value = query.filters.get(name, "")
        if value and (not field.endswith("_id") or value.isdigit()):
            rows = rows.filter(**{field: value})
    for word in query.search.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(seller_name__icontains=word)
            | Q(contract_reference__icontains=word)
            | Q(order_reference__icontains=word)
        )
    return keyset(
        rows,
        query=query,
        sorts={
            "received_at": "received_at",
            "issue_date": "issue_date",
            "seller_name": "seller_name",
            "payable": "payable",
        },
        fields=_FIELDS,
        convert=InvoiceRow,
    )


def invoice(*, organisation_id: int, invoice_id: int) -> InvoiceDetail:
    """Return one invoice with at most a thousand lines. Raises :class:`InvoiceNotFound`."""
    row = Invoice.objects.of(organisation_id).select_related("contract").filter(pk=invoice_id).first()
    if row is None:
        raise InvoiceNotFound(_("Deze factuur bestaat niet (meer)."), code="invoice-not-found")
    lines = InvoiceLine.objects.of(organisation_id).filter(invoice_id=row.pk).order_by("position")
    return InvoiceDetail(
        row=InvoiceRow(**{name: getattr(row, name) for name in _FIELDS}),
        content_hash=row.content_hash,
        seller_number=row.seller_number,
        buyer_name=row.buyer_name,
        buyer_number=row.buyer_number,
        order_reference=row.order_reference,
        buyer_reference=row.buyer_reference,
        due_date=row.due_date,
        vat=row.vat,
        gross=row.gross,
        judged_at=row.judged_at,
        contract_title=(row.contract.title or row.contract.reference) if row.contract else "",
        lines=tuple(InvoiceLineInput(**values) for values in lines.values(*_LINE_FIELDS)[:_SHOWN_LINES]),
        reasons=tuple(InvoiceReason(**reason) for reason in row.reasons),
        checks=tuple(InvoiceCheck(**check) for check in row.checks),
    )


def invoice_by_hash(*, organisation_id: int, content_hash: str) -> int | None:
    """Return the id of the invoice that came as these bytes, or ``None``."""
    found: int | None = (
        Invoice.objects.of(organisation_id).filter(content_hash=content_hash).values_list("pk", flat=True).first()
    )
    return found


def known_hashes(*, organisation_id: int, hashes: Iterable[str]) -> frozenset[str]:
    """Return which of these documents are already in the inbox."""
    found = Invoice.objects.of(organisation_id).filter(content_hash__in=list(hashes))
    return frozenset(found.values_list("content_hash", flat=True))


def invoice_counts(*, organisation_id: int) -> Mapping[str, int]:
    """Return how many invoices stand in each state; every state is named."""
    rows = Invoice.objects.of(organisation_id).order_by().values_list("state").annotate(number=Count("pk"))
    return {**dict.fromkeys(InvoiceState.values, 0), **dict(rows)}
