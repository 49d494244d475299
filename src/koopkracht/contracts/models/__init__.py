"""Tables of this context."""

from koopkracht.contracts.models.contract import Contract, ContractSupplier
from koopkracht.contracts.models.invoice import Invoice, InvoiceLine, InvoiceState

__all__ = ["Contract", "ContractSupplier", "Invoice", "InvoiceLine", "InvoiceState"]
