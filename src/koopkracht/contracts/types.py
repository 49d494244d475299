"""What crosses the border of contracts. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

__all__ = [
    "ContractDetail",
    "ContractInScope",
    "ContractInput",
    "ContractPartyInput",
    "ContractPartyView",
    "ContractRow",
    "InvoiceCheck",
    "InvoiceDetail",
    "InvoiceInput",
    "InvoiceLineInput",
    "InvoiceReason",
    "InvoiceRow",
]


@dataclass(frozen=True, slots=True)
class ContractPartyInput:
    """A supplier of a contract, matched or by name only."""

    name: str
    supplier_id: int | None = None
    leader: bool = False


@dataclass(frozen=True, slots=True)
class ContractInput:
    """A contract as its source states it. ``key`` is unique in the organisation and stable for the same source."""

    key: str
    reference: str = ""
    title: str = ""
    procedure_id: int | None = None
    notice_id: int | None = None
    lots: tuple[str, ...] = ()
    counts: bool = True
    buyer_kbo: str = ""
    buyer_name: str = ""
    is_own: bool = False
    parties: tuple[ContractPartyInput, ...] = ()
    nature: str = ""
    main_cpv: str = ""
    value: Decimal | None = None
    currency: str = ""
    is_framework: bool = False
    framework_maximum: Decimal | None = None
    decision_date: dt.date | None = None
    conclusion_date: dt.date | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    duration: Decimal | None = None
    duration_unit: str = ""


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A line of the list of contracts."""

    id: int
    reference: str
    title: str
    supplier_id: int | None
    supplier_name: str
    buyer_name: str
    is_own: bool
    is_framework: bool
    value: Decimal | None
    currency: str
    conclusion_date: dt.date | None
    end_date: dt.date | None
    end_basis: str
    main_cpv: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ContractInScope:
    """A contract that falls under a rule on nature, value and duration; ``value`` is EUR without VAT."""

    id: int
    title: str
    supplier_name: str
    value: Decimal
    months: int
    settled_on: dt.date
    main_cpv: str = ""


@dataclass(frozen=True, slots=True)
class ContractPartyView:
    """A supplier of a contract, for a page."""

    supplier_id: int | None
    name: str
    leader: bool


@dataclass(frozen=True, slots=True)
class ContractDetail:
    """A contract with its suppliers, for its page."""

    row: ContractRow
    key: str
    procedure_id: int | None
    notice_id: int | None
    lots: tuple[str, ...]
    counts: bool
    buyer_kbo: str
    nature: str
    framework_maximum: Decimal | None
    decision_date: dt.date | None
    start_date: dt.date | None
    duration: Decimal | None
    duration_unit: str
    parties: tuple[ContractPartyView, ...]


@dataclass(frozen=True, slots=True)
class InvoiceReason:
    """One thing that is wrong with an invoice: what, how to mend it, and what the official rule says."""

    rule: str
    message: str
    mend: str = ""
    official: str = ""
    location: str = ""
    source: str = ""
    is_fatal: bool = True


@dataclass(frozen=True, slots=True)
class InvoiceCheck:
    """One check on an invoice: whether it was done, on which version of the rules, and if not, why not."""

    name: str
    label: str
    is_done: bool
    version: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLineInput:
    """One line of an invoice."""

    line_id: str = ""
    name: str = ""
    net: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    vat_category: str = ""
    vat_rate: Decimal | None = None
    cpv: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceInput:
    """An invoice or credit note as it came in, with everything that was found wrong with it."""

    content_hash: str
    kind: str
    number: str = ""
    seller_name: str = ""
    seller_number: str = ""
    buyer_name: str = ""
    buyer_number: str = ""
    supplier_id: int | None = None
    order_reference: str = ""
    contract_reference: str = ""
    buyer_reference: str = ""
    issue_date: dt.date | None = None
    due_date: dt.date | None = None
    currency: str = ""
    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None
    payable: Decimal | None = None
    lines: tuple[InvoiceLineInput, ...] = ()
    reasons: tuple[InvoiceReason, ...] = ()
    checks: tuple[InvoiceCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """A line of the inbox."""

    id: int
    kind: str
    number: str
    state: str
    seller_name: str
    supplier_id: int | None
    issue_date: dt.date | None
    received_at: dt.datetime
    currency: str
    net: Decimal | None
    payable: Decimal | None
    contract_id: int | None
    contract_reference: str
    line_count: int


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice with its lines and everything that was found, for its page."""

    row: InvoiceRow
    content_hash: str
    seller_number: str
    buyer_name: str
    buyer_number: str
    order_reference: str
    buyer_reference: str
    due_date: dt.date | None
    vat: Decimal | None
    gross: Decimal | None
    judged_at: dt.datetime | None
    contract_title: str
    lines: tuple[InvoiceLineInput, ...]
    reasons: tuple[InvoiceReason, ...]
    checks: tuple[InvoiceCheck, ...]

    @property
    def fatal(self) -> tuple[InvoiceReason, ...]:
        """Return why the invoice was refused."""
        return tuple(reason for reason in self.reasons if reason.is_fatal)

    @property
    def remarks(self) -> tuple[InvoiceReason, ...]:
        """Return what was noticed without refusing the invoice."""
        return tuple(reason for reason in self.reasons if not reason.is_fatal)
