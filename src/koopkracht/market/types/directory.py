"""What crosses the border about social enterprises beyond their entry: references, ratings, supply. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from koopkracht.market.types.suppliers import Recognition


class ContractForm(StrEnum):
    """In which form a reference was carried out."""

    SINGLE = "single"
    YEARLY = "yearly"
    FRAMEWORK = "framework"
    RESERVED = "reserved"
    SUBCONTRACT = "subcontract"
    OTHER = "other"


class ClientKind(StrEnum):
    """Which kind of clients a part of the turnover comes from."""

    LOCAL = "local"
    PUBLIC = "public"
    PRIVATE = "private"


class Item(StrEnum):
    """The kinds of lines on the page of an enterprise that can be removed again."""

    REFERENCE = "reference"
    TURNOVER = "turnover"
    RATING = "rating"
    PIONEER = "pioneer"


@dataclass(frozen=True, slots=True)
class EnterpriseEdit:
    """What a person knows of a social enterprise; ``source`` and ``source_date`` are mandatory.

    ``capacity`` counts workers of the target group, ``target_share`` is a fraction (0 to 1) of all workers.
    """

    name: str
    identifier: str
    municipality: str
    region: str
    recognitions: tuple[Recognition, ...]
    activities: str
    product_groups: tuple[str, ...]
    cpv_codes: tuple[str, ...]
    capacity: int | None
    website: str
    certificates: str
    equipment: str
    target_share: Decimal | None
    target_share_date: dt.date | None
    target_share_evidence: str
    promoted: bool
    source: str
    source_date: dt.date


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known beyond the entry of a register."""

    certificates: str = ""
    equipment: str = ""
    target_share: Decimal | None = None
    target_share_date: dt.date | None = None
    target_share_evidence: str = ""
    promoted: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A contract that an enterprise shows as a reference; the period is half-open."""

    client: str
    subject: str
    form: ContractForm
    valid_from: dt.date | None
    valid_until: dt.date | None
    source: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class TurnoverShare:
    """The share (0 to 1) of an enterprise's turnover that comes from one kind of client, as stated by ``source``."""

    client: ClientKind
    share: Decimal
    source: str
    as_of: dt.date
    id: int = 0


@dataclass(frozen=True, slots=True)
class Rating:
    """How a department experienced price and quality, each from 1 (poor) to 5 (very good)."""

    product_group: str
    price: int
    quality: int
    remark: str
    department: str
    shared: bool
    rated_on: dt.date
    id: int = 0
    supplier_id: int = 0
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Pioneer:
    """Why a supplier is ahead of its market in one domain (a code of the content), with the evidence."""

    domain: str
    evidence: str
    source: str
    as_of: dt.date
    id: int = 0
    supplier_id: int = 0
    supplier: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseExtras:
    """What the page of an enterprise shows next to its entry."""

    profile: Profile
    references: tuple[Reference, ...]
    turnover: tuple[TurnoverShare, ...]
    ratings: tuple[Rating, ...]
    pioneer: tuple[Pioneer, ...]


class Fit(StrEnum):
    """Why an enterprise is proposed for a product group."""

    OFFERS = "offers"
    CPV = "cpv"
    CPV_ABOVE = "cpv-above"
    CPV_NEAR = "cpv-near"
    WORDS = "words"
    NEAR = "near"
    RECOGNISED = "recognised"
    CAPACITY = "capacity"
    TRACK_RECORD = "track-record"


@dataclass(frozen=True, slots=True)
class FitReason:
    """One reason with its points; ``detail`` holds the code, words, place or number it rests on."""

    fit: Fit
    points: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate for a product group. ``suitable``: the offer fits and a recognition is in force on the day asked."""

    supplier_id: int
    name: str
    municipality: str
    region: str
    activities: str
    capacity: int | None
    recognitions: tuple[Recognition, ...]
    score: int
    reasons: tuple[FitReason, ...]
    suitable: bool
    near: bool | None
    source: str
    source_date: dt.date


@dataclass(frozen=True, slots=True)
class Supply:
    """How many suitable social enterprises the region has for a product group (CF-20).

    ``area`` names what was counted: a chosen region, the own province, or empty for the whole directory.
    """

    suitable: int
    minimum: int
    area: str
    candidates: int

    @property
    def warning(self) -> bool:
        """Tell whether there are fewer than the minimum: a reason to let the demand grow, not to stop."""
        return self.suitable < self.minimum


@dataclass(frozen=True, slots=True)
class GroupCapacity:
    """Workers of the target group for one product group.

    ``people`` divides the workers of an enterprise equally over the product groups it serves: the sum over all
    groups is exactly the workforce of all enterprises, so nobody counts twice. ``reachable`` counts them whole: the
    ceiling when an enterprise would do only this. ``hours`` are those of ``people`` in a year.
    """

    product_group: str
    enterprises: int
    people: Decimal
    reachable: int
    hours: Decimal
    unknown: int


@dataclass(frozen=True, slots=True)
class CapacityPool:
    """The workforce of one enterprise and all product groups that draw on it."""

    supplier_id: int
    name: str
    people: int
    product_groups: tuple[str, ...]
