"""The door of contracts: settled contracts and invoices. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Iterable

from koopkracht.contracts import actions
from koopkracht.contracts import invoices as _invoices
from koopkracht.contracts.invoice_queries import (
    invoice,
    invoice_by_hash,
    invoice_counts,
    invoices,
    known_hashes,
)
from koopkracht.contracts.queries import (
    contract,
    contracts,
    contracts_ending,
    contracts_of,
    contracts_of_supplier,
)
from koopkracht.contracts.scope import contracts_in_scope
from koopkracht.contracts.types import ContractInput, InvoiceInput
from koopkracht.shared.actor import Actor

__all__ = [
    "contract",
    "contracts",
    "contracts_ending",
    "contracts_in_scope",
    "contracts_of",
    "contracts_of_supplier",
    "invoice",
    "invoice_by_hash",
    "invoice_counts",
    "invoices",
    "known_hashes",
    "match_invoices",
    "record_contract",
    "record_invoice",
    "set_contracts_aside",
]


def record_contract(*, actor: Actor, contract: ContractInput) -> tuple[int, bool]:
    """Keep a settled contract with its suppliers; returns its id and whether it is new.

    The same key again changes nothing. Raises ``NotAllowed`` without ``register.import``.
    """
    return actions.record_contract(actor=actor, contract=contract)


def set_contracts_aside(*, actor: Actor, notice_ids: Iterable[int]) -> int:
    """Let the contracts of notices that were replaced no longer count; returns how many there were.

    Raises ``NotAllowed`` without ``register.import``.
    """
    return actions.set_contracts_aside(actor=actor, notice_ids=notice_ids)


def record_invoice(*, actor: Actor, invoice: InvoiceInput) -> tuple[int, str]:
    """Keep an invoice in the inbox, refused or not, and return its id and state.

    The same bytes again replace what was found earlier (the rules may have been loaded since) and nothing else.
    Raises ``NotAllowed`` without ``invoice.import``.
    """
    return _invoices.record_invoice(actor=actor, invoice=invoice)


def match_invoices(*, actor: Actor) -> int:
    """Link accepted invoices to contracts that came in after them; returns how many were linked.

    Raises ``NotAllowed`` without ``invoice.import``.
    """
    return _invoices.match_invoices(actor=actor)
