"""Tables of this context."""

from koopkracht.contracts.models.contract import Contract, ContractSupplier

__all__ = ["Contract", "ContractSupplier"]
