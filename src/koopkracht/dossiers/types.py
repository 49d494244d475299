"""What crosses the border of the register of procedures. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

__all__ = [
    "LotInput",
    "LotRow",
    "NoticeDetail",
    "NoticeInput",
    "NoticeRow",
    "NoticeState",
    "ProcedureDetail",
    "ProcedureRow",
    "RegisteredNotice",
    "StrategicFigures",
]


@dataclass(frozen=True, slots=True)
class NoticeInput:
    """A notice with the facts of its procedure, ready to be registered."""

    procedure_key: str
    notice_id: str
    version: str
    document_hash: str
    format: str
    title: str
    titles: Mapping[str, str] = field(default_factory=dict)
    internal_id: str = ""
    publication_id: str = ""
    sdk: str = ""
    form_type: str = ""
    notice_type: str = ""
    subtype: str = ""
    language: str = ""
    publication_date: dt.date | None = None
    issue_date: dt.date | None = None
    buyer_kbo: str = ""
    buyer_name: str = ""
    buyer_country: str = ""
    is_own: bool = False
    procedure_type: str = ""
    nature: str = ""
    main_cpv: str = ""
    legal_basis: str = ""
    estimated_value: Decimal | None = None
    estimated_currency: str = ""
    value: Decimal | None = None
    currency: str = ""
    issue_count: int = 0
    change_of: tuple[str, ...] = ()
    replaces_changed: bool = False
    """Whether this notice takes the place of the ones in ``change_of`` (a correction), or only adds to them."""

    @property
    def as_of(self) -> str:
        """Return what orders publications of one procedure: the day, then the version."""
        day = self.issue_date or self.publication_date
        return f"{day.isoformat() if day else ''}#{self.version}"


@dataclass(frozen=True, slots=True)
class LotInput:
    """A lot as one notice states it; empty values say nothing and never erase what another notice said."""

    lot_id: str
    kind: str = "Lot"
    title: str = ""
    internal_id: str = ""
    nature: str = ""
    main_cpv: str = ""
    additional_cpv: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    estimated_value: Decimal | None = None
    currency: str = ""
    strategic: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_green: bool = False
    is_social: bool = False
    is_innovative: bool = False
    reserved_participation: str = ""
    reserved_execution: str = ""
    is_reserved: bool = False
    sme_suitable: bool | None = None
    framework: str = ""
    criteria: Sequence[Mapping[str, Any]] = ()
    price_only: bool | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    duration: Decimal | None = None
    duration_unit: str = ""
    renewals: int | None = None
    tender_deadline: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NoticeState:
    """What the register holds of one version of a notice."""

    id: int
    notice_id: str
    version: str
    document_hash: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class RegisteredNotice:
    """Where a notice landed, and which notices it replaced in the counts."""

    id: int
    procedure_id: int
    created_procedure: bool
    is_current: bool
    lot_ids: Mapping[str, int]
    created_lots: tuple[int, ...]
    replaced: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A line of the list of notices."""

    id: int
    publication_id: str
    title: str
    form_type: str
    buyer_name: str
    is_own: bool
    publication_date: dt.date | None
    lot_count: int
    issue_count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A line of the list of procedures."""

    id: int
    title: str
    buyer_name: str
    is_own: bool
    stage: str
    procedure_type: str
    nature: str
    main_cpv: str
    estimated_value: Decimal | None
    currency: str
    lot_count: int
    last_published: dt.date | None


@dataclass(frozen=True, slots=True)
class LotRow:
    """A line of the list of lots."""

    id: int
    procedure_id: int
    lot_id: str
    kind: str
    title: str
    main_cpv: str
    is_own: bool
    is_social: bool
    is_green: bool
    is_innovative: bool
    is_reserved: bool
    estimated_value: Decimal | None
    currency: str
    tender_deadline: dt.date | None
    last_published: dt.date | None


@dataclass(frozen=True, slots=True)
class NoticeDetail:
    """One version of one notice, for its page."""

    id: int
    procedure_id: int
    procedure_key: str
    notice_id: str
    version: str
    publication_id: str
    document_hash: str
    format: str
    title: str
    form_type: str
    notice_type: str
    subtype: str
    language: str
    publication_date: dt.date | None
    issue_date: dt.date | None
    buyer_kbo: str
    buyer_name: str
    is_own: bool
    value: Decimal | None
    currency: str
    is_current: bool
    replaced_by_id: int | None
    change_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureDetail:
    """A procedure with its lots and notices, for its page."""

    procedure: ProcedureRow
    key: str
    buyer_kbo: str
    internal_id: str
    legal_basis: str
    lots: tuple[LotRow, ...]
    notices: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True)
class StrategicFigures:
    """How many lots state a strategic goal or a reservation, and how many state nothing about it."""

    lots: int
    strategic_stated: int
    strategic: int
    social: int
    green: int
    innovative: int
    reserved: int
    sustainable: int = 0
    """Lots that state an environmental goal and a social goal together."""
    reserved_value: Decimal = Decimal(0)
    """Estimated value in EUR of the reserved lots that state one, and how many those are."""
    reserved_valued: int = 0
