"""Use cases of the invoice inbox: keep what came in, refuse with reasons, link to supplier and contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.contracts.models import Contract, Invoice, InvoiceLine, InvoiceState
from koopkracht.contracts.types import InvoiceInput, InvoiceLineInput, InvoiceReason
from koopkracht.market import api as market
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

PERMISSION = "invoice.import"
TRANSITIONS: Mapping[str, frozenset[str]] = {
    InvoiceState.RECEIVED: frozenset({InvoiceState.REFUSED, InvoiceState.ACCEPTED, InvoiceState.MATCHED}),
    # Judging again, with rules that were loaded later, may turn the outcome either way until somebody relies on it.
    InvoiceState.REFUSED: frozenset({InvoiceState.REFUSED, InvoiceState.ACCEPTED, InvoiceState.MATCHED}),
    InvoiceState.ACCEPTED: frozenset({InvoiceState.REFUSED, InvoiceState.ACCEPTED, InvoiceState.MATCHED}),
    InvoiceState.MATCHED: frozenset({InvoiceState.REFUSED, InvoiceState.ACCEPTED, InvoiceState.MATCHED}),
}
_STORED = Decimal("0.0001")
_FINE = Decimal("0.00000001")


@transaction.atomic
def record_invoice(*, actor: Actor, invoice: InvoiceInput) -> tuple[int, str]:
    """Keep an invoice, or replace what was found about the same bytes earlier. Returns its id and state."""
    actor.require(PERMISSION)
    rows = Invoice.objects.of(actor.organisation_id)
    known = rows.select_for_update().filter(content_hash=invoice.content_hash).first()
    row = known or Invoice(organisation_id=actor.organisation_id, content_hash=invoice.content_hash)
    stated = _with_duplicate(actor.organisation_id, invoice, row.pk)
    contract = None if _is_refused(stated) else _contract_of(actor.organisation_id, stated)
    state = _state(stated, contract)
    if row.state not in TRANSITIONS or state not in TRANSITIONS[row.state]:
        raise ValueError(f"an invoice does not go from {row.state} to {state}")
    _fill(row, stated, contract, state)
    row.save()
    if known is None:
        InvoiceLine.objects.bulk_create(_lines(row, stated.lines), batch_size=500)
    audit.record(
        actor=actor,
        action="invoice.recorded" if known is None else "invoice.judged-again",
        subject="invoice",
        subject_key=row.pk,
        data={"state": state, "rules": sorted({reason.rule for reason in stated.reasons if reason.is_fatal})},
    )
    return row.pk, str(state)


@transaction.atomic
def match_invoices(*, actor: Actor) -> int:
    """Link accepted invoices that name a contract to the contracts that are known by now."""
    actor.require(PERMISSION)
    waiting = (
        Invoice.objects.of(actor.organisation_id).filter(state=InvoiceState.ACCEPTED).exclude(contract_reference="")
    )
    references = Contract.objects.of(actor.organisation_id).filter(counts=True).values_list("reference", flat=True)
    known = {reference.casefold() for reference in references.iterator()}
    linked = 0
    for row in waiting.order_by("pk"):
        if row.contract_reference.strip().casefold() not in known:
            continue
        contract = _contract_by_reference(actor.organisation_id, row.contract_reference, row.supplier_id)
        if contract is not None:
            row.contract, row.state = contract, InvoiceState.MATCHED
            row.save(update_fields=["contract", "state"])
            linked += 1
    if linked:
        audit.record(actor=actor, action="invoices.matched", subject="invoice", data={"linked": linked})
    return linked


def _is_refused(invoice: InvoiceInput) -> bool:
    return any(reason.is_fatal for reason in invoice.reasons)


def _state(invoice: InvoiceInput, contract: Contract | None) -> InvoiceState:
    if _is_refused(invoice):
        return InvoiceState.REFUSED
    if invoice.supplier_id is not None and (contract is not None or not invoice.contract_reference):
        return InvoiceState.MATCHED
    return InvoiceState.ACCEPTED


def _with_duplicate(organisation_id: int, invoice: InvoiceInput, own_id: int | None) -> InvoiceInput:
    """Add a reason when another invoice of the same seller bears this number: paying twice starts here."""
    if not invoice.number or not invoice.seller_number:
        return invoice
    others = Invoice.objects.of(organisation_id).filter(
        seller_number=invoice.seller_number[:100], number=invoice.number[:200], kind=invoice.kind
    )
    if own_id is not None:
        others = others.exclude(pk=own_id)
    other = others.exclude(state=InvoiceState.REFUSED).order_by("pk").first()
    if other is None:
        return invoice
    reason = InvoiceReason(
        rule="DUBBEL",
        message=_("Deze leverancier stuurde al een document met nummer %(number)s, ontvangen op %(day)s.")
        % {"number": invoice.number, "day": f"{other.received_at:%d-%m-%Y}"},
        mend=_("Vergelijk de twee. Is dit een verbetering, vraag dan een creditnota voor het eerste document."),
        source="inbox",
    )
    return replace(invoice, reasons=(reason, *invoice.reasons))


def _contract_of(organisation_id: int, invoice: InvoiceInput) -> Contract | None:
    if not invoice.contract_reference:
        return None
    return _contract_by_reference(organisation_id, invoice.contract_reference, invoice.supplier_id)


def _contract_by_reference(organisation_id: int, reference: str, supplier_id: int | None) -> Contract | None:
    """Return the contract with this reference, if one of its suppliers is the seller; another seller's never."""
    found = Contract.objects.of(organisation_id).filter(reference__iexact=reference.strip(), counts=True)
    canonical = market.canonical_ids(organisation_id=organisation_id)
    seller = canonical.get(supplier_id, supplier_id) if supplier_id is not None else None
    for contract in found.prefetch_related("suppliers").order_by("-conclusion_date", "-pk"):
        named = [contract.supplier_id, *(party.supplier_id for party in contract.suppliers.all())]
        parties = {canonical.get(party, party) for party in named if party is not None}
        if not parties or seller in parties:
            return contract
    return None


def _fill(row: Invoice, invoice: InvoiceInput, contract: Contract | None, state: InvoiceState) -> None:
    for name in ("kind", "number", "seller_name", "seller_number", "buyer_name", "buyer_number", "currency",
                 "order_reference", "contract_reference", "buyer_reference"):  # fmt: skip
        limit = getattr(Invoice._meta.get_field(name), "max_length")  # noqa: B009 - the stubs name relations too
        setattr(row, name, getattr(invoice, name)[:limit])
    for name in ("net", "vat", "gross", "payable"):
        setattr(row, name, _rounded(getattr(invoice, name), _STORED))
    row.issue_date, row.due_date = invoice.issue_date, invoice.due_date
    row.supplier_id = invoice.supplier_id
    row.contract = contract
    row.line_count = len(invoice.lines)
    row.state = state
    row.reasons = [asdict(reason) for reason in invoice.reasons]
    row.checks = [asdict(check) for check in invoice.checks]
    row.judged_at = clock.now()


def _lines(row: Invoice, lines: tuple[InvoiceLineInput, ...]) -> list[InvoiceLine]:
    return [
        InvoiceLine(organisation_id=row.organisation_id, invoice=row, position=position, **_line_values(line))
        for position, line in enumerate(lines, start=1)
    ]


def _line_values(line: InvoiceLineInput) -> dict[str, Any]:
    return {
        "line_id": line.line_id[:100],
        "name": line.name,
        "net": _rounded(line.net, _STORED),
        "quantity": _rounded(line.quantity, _FINE),
        "unit": line.unit[:20],
        "price": _rounded(line.price, _FINE),
        "vat_category": line.vat_category[:10],
        "vat_rate": _rate(line.vat_rate),
        "cpv": line.cpv[:10],
        "account": line.account[:200],
    }


def _rounded(value: Decimal | None, step: Decimal) -> Decimal | None:
    return None if value is None else value.quantize(step, rounding=ROUND_HALF_EVEN)


def _rate(value: Decimal | None) -> Decimal | None:
    """Return a percentage that fits its column; a rate of thousands of percents is no rate."""
    return _rounded(value, Decimal("0.001")) if value is not None and abs(value) < 10_000 else None
