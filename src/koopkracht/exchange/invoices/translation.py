"""From the record of an invoice to what the inbox and the register of suppliers take in."""

from __future__ import annotations

import datetime as dt
import re

from koopkracht.contracts.types import InvoiceInput, InvoiceLineInput
from koopkracht.exchange.formats.ubl import InvoiceRecord, LineRecord, Party, amount
from koopkracht.exchange.formats.ubl_rules import Verdict
from koopkracht.exchange.invoices.reasons import readable, readable_checks
from koopkracht.market.types.suppliers import SupplierCandidate

SOURCE = "ubl"
_KINDS = {"Invoice": "invoice", "CreditNote": "credit-note"}
_KBO_SCHEME = "0208"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def candidate(key: str, seller: Party) -> SupplierCandidate:
    """Return the seller as the register of suppliers resolves it."""
    endpoint = seller.endpoint if seller.endpoint_scheme == _KBO_SCHEME else None
    return SupplierCandidate(
        key=key,
        name=seller.name or seller.trade_name or "",
        identifier=seller.legal_id or endpoint,
        vat=seller.vat,
        country=(seller.country or "")[:2],
        municipality=seller.city or "",
        postal_code=seller.postal_code or "",
    )


def invoice_input(verdict: Verdict, *, sha256: str, supplier_id: int | None) -> InvoiceInput:
    """Return an invoice as the inbox keeps it."""
    record = verdict.invoice
    return InvoiceInput(
        content_hash=sha256,
        kind=_KINDS[record.kind],
        number=record.number or "",
        seller_name=record.seller.name or "",
        seller_number=_number(record.seller),
        buyer_name=record.buyer.name or "",
        buyer_number=_number(record.buyer),
        supplier_id=supplier_id,
        order_reference=record.order or "",
        contract_reference=record.contract or "",
        buyer_reference=record.buyer_reference or "",
        issue_date=_date(record.issue_date),
        due_date=_date(record.due_date),
        currency=(record.currency or "")[:3],
        net=amount(record.totals.net),
        vat=amount(record.vat),
        gross=amount(record.totals.gross),
        payable=amount(record.totals.payable),
        lines=tuple(_line(line, record) for line in record.lines),
        reasons=readable(verdict.reasons),
        checks=readable_checks(verdict.checks),
    )


def _number(party: Party) -> str:
    """Return the number a party is best known by; the punctuation of a Belgian number does not count."""
    raw = party.legal_id or party.vat or party.endpoint or ""
    digits = re.sub(r"[\s.\-]", "", raw).upper().removeprefix("BE")
    return digits if digits.isdigit() else raw.strip()


def _line(line: LineRecord, record: InvoiceRecord) -> InvoiceLineInput:
    return InvoiceLineInput(
        line_id=line.id or "",
        name=line.name or line.description or "",
        net=amount(line.net),
        quantity=amount(line.quantity),
        unit=line.unit or "",
        price=amount(line.price),
        vat_category=line.category or "",
        vat_rate=amount(line.rate),
        cpv=next(iter(line.cpv), ""),
        account=line.account or record.account or "",
    )


def _date(text: str | None) -> dt.date | None:
    """Return a date; the zone behind it does not change the day, and a text that is none gives nothing."""
    found = _DATE.match(text or "")
    try:
        return dt.date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None
