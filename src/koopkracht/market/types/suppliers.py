"""What crosses the border of the market context: candidates in, supplier views and proposals out. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class SupplierKind(StrEnum):
    """What kind of body a supplier is, for the shares on the diagnosis pages."""

    UNKNOWN = "unknown"
    ENTERPRISE = "enterprise"
    SOCIAL_ECONOMY = "social-economy"
    GOVERNMENT = "government"
    NON_PROFIT = "non-profit"
    PERSON = "person"


class SupplierSize(StrEnum):
    """Size as the eForms code list ``economic-operator-size`` distinguishes it, and unknown."""

    UNKNOWN = "unknown"
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    SME = "sme"
    LARGE = "large"


SME_SIZES = frozenset({SupplierSize.MICRO, SupplierSize.SMALL, SupplierSize.MEDIUM, SupplierSize.SME})


class RecognitionKind(StrEnum):
    """Why an enterprise counts as social economy; each recognition has its own period."""

    SHELTERED_WORKSHOP = "maatwerkbedrijf"
    SHELTERED_DEPARTMENT = "maatwerkafdeling"
    INDIVIDUAL_TAILORED_WORK = "individueel-maatwerk"
    LOCAL_SERVICES = "lokale-diensteneconomie"
    WORK_CARE = "arbeidszorg"
    SOCIAL_ENTERPRISE = "erkende-sociale-onderneming"
    COOPERATIVE = "cooperatie"
    OTHER = "andere"


@dataclass(frozen=True, slots=True)
class SupplierCandidate:
    """A party as one record of a file names it; ``key`` is the caller's own and comes back in the answer.

    ``identifier`` is the enterprise number as written (it may be anything), ``vat`` the VAT number as written,
    ``external_id`` the supplier number within the source system.
    """

    key: str
    name: str = ""
    identifier: str | None = None
    vat: str | None = None
    external_id: str | None = None
    country: str = ""
    municipality: str = ""
    postal_code: str = ""
    size: SupplierSize = SupplierSize.UNKNOWN
    size_as_of: dt.date | None = None
    kind: SupplierKind = SupplierKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class SupplierView:
    """A supplier as other contexts and the screens see it. ``canonical_id`` differs from ``id`` after a merge."""

    id: int
    name: str
    kbo: str
    vat: str
    country: str
    kind: SupplierKind
    kind_source: str
    kind_as_of: dt.date | None
    size: SupplierSize
    size_source: str
    size_as_of: dt.date | None
    municipality: str
    postal_code: str
    canonical_id: int


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier as a line of the register."""

    id: int
    name: str
    kbo: str
    kind: str
    size: str
    municipality: str
    country: str


@dataclass(frozen=True, slots=True)
class AliasView:
    """A name or identifier under which a supplier was met, and where."""

    scheme: str
    raw: str
    source: str
    first_seen: dt.datetime


@dataclass(frozen=True, slots=True)
class DuplicateView:
    """Two suppliers that may be one, with a score from 0 to 1 and the reasons in words."""

    id: int
    left: SupplierView
    right: SupplierView
    score: Decimal
    reasons: tuple[str, ...]
    state: str
    merged_id: int | None
    remark: str
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SupplierEdit:
    """What a person may change on a supplier; ``source`` says where the person has it from."""

    name: str
    kind: SupplierKind
    size: SupplierSize
    municipality: str
    source: str
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Recognition:
    """A recognition as social economy: half-open period, no end known when ``valid_until`` is ``None``."""

    kind: RecognitionKind
    valid_from: dt.date | None
    valid_until: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the recognition was in force on ``day``."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class SocialEnterpriseEntry:
    """One entry for the directory of social enterprises, as a register or a person gives it."""

    key: str
    name: str
    identifier: str | None
    recognitions: tuple[Recognition, ...]
    activities: str
    product_groups: tuple[str, ...]
    cpv_codes: tuple[str, ...]
    region: str
    municipality: str
    capacity: int | None
    website: str
    source: str
    source_date: dt.date


@dataclass(frozen=True, slots=True)
class SocialEnterpriseView:
    """One entry of the directory, with the supplier it stands for."""

    id: int
    supplier_id: int
    name: str
    kbo: str
    recognitions: tuple[Recognition, ...]
    activities: str
    product_groups: tuple[str, ...]
    cpv_codes: tuple[str, ...]
    region: str
    municipality: str
    capacity: int | None
    website: str
    source: str
    source_date: dt.date


@dataclass(frozen=True, slots=True)
class MarketCounts:
    """How large the register is and how much of it is known, for the head of a page."""

    suppliers: int
    identified: int
    kind_known: int
    size_known: int
    social_enterprises: int
    open_duplicates: int


@dataclass(frozen=True, slots=True)
class SupplierDetail:
    """All that the register knows of a supplier: for the page of one supplier."""

    supplier: SupplierView
    aliases: tuple[AliasView, ...]
    merged: tuple[SupplierView, ...]
    pairs: tuple[DuplicateView, ...]
    entry: SocialEnterpriseView | None


@dataclass(frozen=True, slots=True)
class SuppliersChanged:
    """Event: suppliers were merged or taken apart, or their kind or size is known differently now."""

    organisation_id: int
