"""What crosses the border of award. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["LotResultInput", "LotResultView", "TenderFigures", "WinnerInput", "WinnerView"]


@dataclass(frozen=True, slots=True)
class WinnerInput:
    """A winner as the notice states it, with the supplier it was matched to."""

    name: str
    supplier_id: int | None
    tender_id: str = ""
    leader: bool = False
    proven: bool = True
    size: str = ""
    value: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class LotResultInput:
    """The outcome of one lot as one notice states it."""

    result_id: str
    lot_reference: str
    lot_pk: int | None = None
    decided_on: dt.date | None = None
    status: str = ""
    reason: str = ""
    tenders_received: int | None = None
    tenders_received_sme: int | None = None
    count_basis: str = ""
    statistics: Sequence[Mapping[str, str | None]] = ()
    value: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    currency: str = ""
    winner_basis: str = ""
    winners: tuple[WinnerInput, ...] = ()


@dataclass(frozen=True, slots=True)
class WinnerView:
    """A winner of a lot, for a page."""

    name: str
    supplier_id: int | None
    proven: bool
    size: str
    value: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class LotResultView:
    """The outcome of a lot, for a page."""

    id: int
    notice_id: int
    result_id: str
    lot_reference: str
    counts: bool
    status: str
    reason: str
    tenders_received: int | None
    count_basis: str
    value: Decimal | None
    currency: str
    winner_basis: str
    winners: tuple[WinnerView, ...]


@dataclass(frozen=True, slots=True)
class TenderFigures:
    """Competition in lots with an outcome; the share of single tenders is over the lots with a known number."""

    results: int
    awarded: int
    with_count: int
    tenders: int
    single: int
    counted_without_code: int
    with_sme_count: int
    sme_tenders: int
