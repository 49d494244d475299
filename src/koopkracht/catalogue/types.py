"""What the catalogue hands out: product groups, CPV codes, areas and municipalities. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ProductGroupType(StrEnum):
    """What is bought; the same distinction as the nature of a contract."""

    SUPPLY = "supply"
    SERVICE = "service"
    WORK = "work"


class SocialPotential(StrEnum):
    """How much room the social economy has in a product group."""

    HIGH = "hoog"
    MIDDLE = "midden"
    LOW = "laag"


@dataclass(frozen=True, slots=True)
class Segment:
    """A branch of the tree of product groups."""

    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class ProductGroup:
    """A group of things that are bought together; ``valid_until`` is exclusive."""

    code: str
    name: str
    description: str
    type: ProductGroupType
    segment: Segment
    cpv: tuple[str, ...]
    accounts: tuple[str, ...]
    words: tuple[str, ...]
    synonyms: tuple[str, ...]
    social_potential: SocialPotential
    social_reason: str
    valid_from: dt.date
    valid_until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the group can be used on ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class CpvCode:
    """A code of the Common Procurement Vocabulary of 2008, without check digit."""

    code: str
    level: str
    parent: str
    nl: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Area:
    """A NUTS area."""

    code: str
    level: int
    parent: str
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A Flemish municipality as it is since 1 January 2025, with the NIS codes it came from."""

    nis: str
    name: str
    province: str
    district: str
    nuts: str
    kbo: str
    kbo_ocmw: str
    valid_from: dt.date
    predecessors: tuple[str, ...]
    inhabitants_2020: int | None
