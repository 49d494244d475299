"""The neutral spend record: which roles a column can have, and which column most likely has which role. Pure.

Names of columns are data (``content/spend_columns.yaml``); this module only compares. What it returns is a proposal
with a confidence: a person confirms it once per layout.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml
from rapidfuzz import fuzz
from stdnum.be import vat as belgian_vat

from koopkracht.exchange.formats.tabular import normalise_header
from koopkracht.exchange.formats.values import (
    AmountEvidence,
    DateEvidence,
    amount_evidence,
    date_evidence,
    parse_amount,
    parse_date,
)

__all__ = [
    "AMOUNT_ROLES",
    "DATE_ROLES",
    "ColumnRole",
    "Proposal",
    "Role",
    "SpendMapping",
    "gaps",
    "known_headers",
    "propose",
    "roles",
    "styles",
]


class Role(StrEnum):
    """What a column of a spend file can be."""

    BOOKING_DATE = "booking_date"
    DOCUMENT_DATE = "document_date"
    AMOUNT = "amount"
    AMOUNT_INCL = "amount_incl"
    VAT = "vat"
    DEBIT = "debit"
    CREDIT = "credit"
    SIDE = "side"
    CURRENCY = "currency"
    SUPPLIER_NAME = "supplier_name"
    SUPPLIER_NUMBER = "supplier_number"
    ENTERPRISE_NUMBER = "enterprise_number"
    VAT_NUMBER = "vat_number"
    ACCOUNT_CODE = "account_code"
    ACCOUNT_NAME = "account_name"
    DESCRIPTION = "description"
    DOCUMENT_NUMBER = "document_number"
    DEPARTMENT = "department"
    POLICY_CODE = "policy_code"
    CPV = "cpv"
    CONTRACT_REFERENCE = "contract_reference"


DATE_ROLES = (Role.BOOKING_DATE, Role.DOCUMENT_DATE)
AMOUNT_ROLES = (Role.AMOUNT, Role.AMOUNT_INCL, Role.DEBIT, Role.CREDIT)
SUPPLIER_ROLES = (Role.SUPPLIER_NAME, Role.SUPPLIER_NUMBER, Role.ENTERPRISE_NUMBER, Role.VAT_NUMBER)

_SURE, _SIMILAR, _WORDS, _CONTENT = 1.0, 0.8, 0.6, 0.5
_SIMILARITY = 90
_CONTENT_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """A role as the content file describes it."""

    role: Role
    label: str
    help: str
    headers: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column proposed for a role; ``reason`` is ``name``, ``similar``, ``words``, ``content`` or ``remembered``."""

    role: Role
    column: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class SpendMapping:
    """How to read a spend file: a column number per role, the styles, and what to assume."""

    columns: Mapping[Role, int]
    decimal: str = ","
    day_first: bool = True
    currency: str = "EUR"
    negate: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain values for storage."""
        return {
            "columns": {role.value: number for role, number in self.columns.items()},
            "decimal": self.decimal,
            "day_first": self.day_first,
            "currency": self.currency,
            "negate": self.negate,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> SpendMapping:
        """Return the mapping behind :meth:`to_json`."""
        return cls(
            columns={Role(name): int(number) for name, number in stored["columns"].items()},
            decimal=str(stored["decimal"]),
            day_first=bool(stored["day_first"]),
            currency=str(stored["currency"]),
            negate=bool(stored["negate"]),
        )


@dataclass(slots=True)
class Styles:
    """Evidence on the styles of the date and amount columns of a file."""

    amounts: AmountEvidence = field(default_factory=AmountEvidence)
    dates: DateEvidence = field(default_factory=DateEvidence)


@cache
def roles() -> Mapping[Role, ColumnRole]:
    """Return the roles with their names and known headers, from the content file."""
    text = (resources.files("koopkracht") / "content" / "spend_columns.yaml").read_text(encoding="utf-8")
    described = yaml.safe_load(text)["roles"]
    return {
        role: ColumnRole(
            role=role,
            label=described[role]["label"],
            help=described[role]["help"],
            headers=tuple(normalise_header(name) for name in described[role]["headers"]),
            words=tuple(tuple(words) for words in described[role]["words"]),
        )
        for role in Role
    }


@cache
def known_headers() -> frozenset[str]:
    """Return every header that some role knows."""
    return frozenset(header for role in roles().values() for header in role.headers)


def propose(columns: Sequence[str], samples: Sequence[Sequence[str]]) -> tuple[Proposal, ...]:
    """Propose at most one column per role and one role per column, the surest first.

    ``samples`` holds some values of each column; they break ties and find columns whose names say nothing.
    """
    candidates = []
    for number, name in enumerate(columns):
        values = [value for value in samples[number] if value] if number < len(samples) else []
        for role in Role:
            confidence, rank, reason = _match(role, normalise_header(name))
            if confidence and _plausible(role, values):
                candidates.append((-confidence, rank, number, Proposal(role, number, confidence, reason)))
    chosen = _assign(candidates)
    return tuple(sorted((*chosen, *_by_content(chosen, samples)), key=lambda found: list(Role).index(found.role)))


def _assign(candidates: Sequence[tuple[float, int, int, Proposal]]) -> list[Proposal]:
    """Take the best candidate, strike its role and column, and so on."""
    chosen: list[Proposal] = []
    for _, _, _, proposal in sorted(candidates, key=lambda item: item[:3]):
        taken = {found.role for found in chosen}, {found.column for found in chosen}
        if proposal.role not in taken[0] and proposal.column not in taken[1]:
            chosen.append(proposal)
    return chosen


def _match(role: Role, header: str) -> tuple[float, int, str]:
    """Return (confidence, rank within the role, reason) of a header for a role; confidence 0 is no match."""
    known = roles()[role]
    if header in known.headers:
        return _SURE, known.headers.index(header), "name"
    if len(header) >= 5 and not (role is Role.AMOUNT and "incl" in header):
        similar = max(fuzz.ratio(header, name) for name in known.headers)
        if similar >= _SIMILARITY:
            return _SIMILAR, 0, "similar"
    for words in known.words:
        if all(word in header for word in words):
            return _WORDS, -len(words), "words"
    return 0.0, 0, ""


def _plausible(role: Role, values: Sequence[str]) -> bool:
    """Tell whether the values do not contradict the role; an empty column contradicts nothing."""
    if not values:
        return True
    if role in DATE_ROLES:
        return _share(values, _is_date) >= 0.5
    if role in AMOUNT_ROLES or role is Role.VAT:
        return _share(values, _is_amount) >= 0.5
    if role is Role.SIDE:
        return _share(values, lambda value: value.strip().upper() in {"D", "C", "K", "DB", "CR", "S", "H"}) >= 0.9
    if role is Role.SUPPLIER_NAME:
        return _share(values, lambda value: bool(re.search(r"[^\W\d]", value))) >= 0.5
    return True


def _share(values: Sequence[str], test: Any) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _is_date(value: str) -> bool:
    return parse_date(value) is not None or parse_date(value, day_first=False) is not None


def _is_amount(value: str) -> bool:
    return parse_amount(value, decimal=",") is not None or parse_amount(value, decimal=".") is not None


def _is_enterprise_number(value: str) -> bool:
    return bool(belgian_vat.is_valid(value))


def _has_cents(value: str) -> bool:
    return bool(re.search(r"\d[.,]\d{2}\s*-?$", value)) and _is_amount(value)


def _by_content(chosen: Sequence[Proposal], samples: Sequence[Sequence[str]]) -> list[Proposal]:
    """Find the indispensable columns by what is in them, when no name pointed at them."""
    found: list[Proposal] = []
    has_amount = any(item.role in AMOUNT_ROLES for item in chosen)
    has_date = any(item.role in DATE_ROLES for item in chosen)
    wanted = [
        (Role.BOOKING_DATE, _is_written_date, has_date),
        (Role.AMOUNT, _has_cents, has_amount),
        (Role.ENTERPRISE_NUMBER, _is_enterprise_number, any(i.role is Role.ENTERPRISE_NUMBER for i in chosen)),
    ]
    for role, test, present in wanted:
        taken = {item.column for item in (*chosen, *found)}
        column = None if present else _best_column(samples, test, taken)
        if column is not None:
            found.append(Proposal(role, column, _CONTENT, "content"))
    return found


def _is_written_date(value: str) -> bool:
    """Tell whether this is a date with signs in it: bare digits could be anything."""
    return not value.isdigit() and _is_date(value)


def _best_column(samples: Sequence[Sequence[str]], test: Any, taken: set[int]) -> int | None:
    best, best_share = None, _CONTENT_SHARE
    for number, column in enumerate(samples):
        values = [value for value in column if value]
        if number not in taken and values and (share := _share(values, test)) >= best_share and best is None:
            best, best_share = number, share
    return best


def gaps(columns: Mapping[Role, int]) -> tuple[str, ...]:
    """Return the codes of what a mapping lacks to be usable."""
    missing = []
    if not any(role in columns for role in DATE_ROLES):
        missing.append("date-column-missing")
    if not any(role in columns for role in AMOUNT_ROLES):
        missing.append("amount-column-missing")
    if not any(role in columns for role in SUPPLIER_ROLES):
        missing.append("supplier-column-missing")
    return tuple(missing)


def styles(columns: Mapping[Role, int], values_of: Mapping[int, Sequence[str]]) -> Styles:
    """Return what distinct values tell about the decimal sign and the order of day and month."""
    found = Styles()
    for role, number in columns.items():
        if role in DATE_ROLES:
            found.dates.add(date_evidence(values_of.get(number, ())))
        elif role in AMOUNT_ROLES or role is Role.VAT:
            found.amounts.add(amount_evidence(values_of.get(number, ())))
    return found
