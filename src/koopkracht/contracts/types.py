"""What crosses the border of contracts. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["ContractDetail", "ContractInput", "ContractPartyInput", "ContractPartyView", "ContractRow"]


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
