"""The door of contracts: settled contracts and invoices. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Iterable

from koopkracht.contracts import actions
from koopkracht.contracts.queries import (
    contract,
    contracts,
    contracts_ending,
    contracts_of,
    contracts_of_supplier,
)
from koopkracht.contracts.types import ContractInput
from koopkracht.shared.actor import Actor

__all__ = [
    "contract",
    "contracts",
    "contracts_ending",
    "contracts_of",
    "contracts_of_supplier",
    "record_contract",
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
