"""Amounts and dates as people and packages write them, decided per column and converted exactly. Pure.

The same conversion exists twice: for one value, which says in words what is right, and for a whole column at
once, which is fast. A property test holds the two together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from koopkracht.shared.money import to_cents

__all__ = [
    "AmountEvidence",
    "DateEvidence",
    "amount_evidence",
    "amounts_to_cents",
    "date_evidence",
    "dates_to_days",
    "parse_amount",
    "parse_date",
]

_MAX_CENTS = 10**16
_BLANKS = "\u00a0\u202f\u2009 \t'\u2019"
_CURRENCY = re.compile(r"(€|\$|£|\bEUR\b|\bUSD\b|\bGBP\b)", flags=re.IGNORECASE)
_CURRENCY_RE2 = r"(?i)(€|\$|£|\bEUR\b|\bUSD\b|\bGBP\b)"
_SIGN_WORDS = re.compile(r"\s*\b(DB|CR|D|C)$", flags=re.IGNORECASE)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-"})


# --- amounts --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class AmountEvidence:
    """How many values of a column can only have a decimal comma, and how many only a decimal point."""

    comma: int = 0
    point: int = 0
    undecided: int = 0

    def add(self, other: AmountEvidence) -> None:
        """Take over the counts of another part of the same column."""
        self.comma += other.comma
        self.point += other.point
        self.undecided += other.undecided

    def decimal(self, *, default: str) -> str:
        """Return the decimal sign; the majority decides, ``default`` when nothing is certain."""
        if self.comma == self.point:
            return default
        return "," if self.comma > self.point else "."

    @property
    def ambiguous(self) -> bool:
        """Whether values such as ``1.234`` occur and no other value tells what the sign means."""
        return bool(self.undecided) and self.comma == self.point


_CERTAIN_COMMA = re.compile(r"\.\d{3},\d*$|^\d+,(\d{1,2}|\d{4,})$|^0,\d+$|^\d{4,},\d+$|\.\d{3}\.\d{3}$|^,\d+$")
_CERTAIN_POINT = re.compile(r",\d{3}\.\d*$|^\d+\.(\d{1,2}|\d{4,})$|^0\.\d+$|^\d{4,}\.\d+$|,\d{3},\d{3}$|^\.\d+$")


def amount_evidence(values: Iterable[str]) -> AmountEvidence:
    """Return what ``values`` tell about the decimal sign of their column."""
    evidence = AmountEvidence()
    for value in values:
        digits = re.sub(r"[^\d.,]", "", value)
        if not re.search(r"[.,]", digits):
            continue
        if _CERTAIN_COMMA.search(digits):
            evidence.comma += 1
        elif _CERTAIN_POINT.search(digits):
            evidence.point += 1
        else:
            evidence.undecided += 1
    return evidence


def parse_amount(text: str, *, decimal: str) -> int | None:
    """Return an amount in whole cents, or ``None`` when ``text`` is no amount in this style.

    ``decimal`` is the decimal sign of the column; the other sign and blanks may group thousands, in threes only.
    Minus before or behind, brackets, and a currency sign are understood. More than two decimals are rounded, halves
    to the even cent, because they come from systems that keep amounts as binary fractions.
    """
    plain = _CURRENCY.sub("", text.translate(_MINUS)).strip(_BLANKS)
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        plain, negative = plain[1:-1].strip(_BLANKS), True
    if plain.endswith("-"):
        plain, negative = plain[:-1].rstrip(_BLANKS), not negative
    elif plain.startswith("-"):
        plain, negative = plain[1:].lstrip(_BLANKS), not negative
    elif plain.startswith("+"):
        plain = plain[1:].lstrip(_BLANKS)
    digits = _ungroup(plain, decimal)
    if digits is None:
        return None
    try:
        cents = to_cents(Decimal(digits), half_even=True)
    except InvalidOperation:
        return None
    if cents > _MAX_CENTS:
        return None
    return -cents if negative else cents


def _ungroup(plain: str, decimal: str) -> str | None:
    """Return digits with a decimal point, or ``None`` when the thousands are not grouped in threes."""
    group = "." if decimal == "," else ","
    match = re.fullmatch(
        rf"(\d+|\d{{1,3}}(?P<sign>[{re.escape(group + _BLANKS)}])\d{{3}}(?:(?P=sign)\d{{3}})*)?"
        rf"(?:{re.escape(decimal)}(\d*))?(?:[eE]([+-]?\d{{1,2}}))?",
        plain,
        flags=re.ASCII,
    )
    if match is None or not (match[1] or match[3]):
        return None
    whole = re.sub(r"\D", "", match[1] or "0")
    return f"{whole}.{match[3] or '0'}" + (f"e{match[4]}" if match[4] else "")


def amounts_to_cents(values: pa.Array, *, decimal: str) -> pa.Array:
    """Return a whole column in cents; what :func:`parse_amount` does not understand becomes null.

    Values written as plain digits with at most two decimals, nearly all of them, are converted by Arrow; the others
    are handed to :func:`parse_amount`, each distinct value once.
    """
    text = values.cast(pa.string()) if pa.types.is_dictionary(values.type) else values
    text = pc.utf8_trim_whitespace(text)
    group = "." if decimal == "," else ","
    pattern = rf"^-?(\d{{1,13}}|\d{{1,3}}(\{group}\d{{3}}){{1,3}})(\{decimal}\d{{1,2}})?$"
    regular = pc.match_substring_regex(text, pattern)
    plain = pc.replace_substring(text, group, "") if pc.any(pc.match_substring(text, group)).as_py() else text
    cents = _regular_to_cents(pc.if_else(regular, plain, None), decimal)
    others = np.flatnonzero(~regular.fill_null(False).to_numpy(zero_copy_only=False))
    return _fill(cents, text, others, decimal) if others.size else cents


def _regular_to_cents(plain: pa.Array, decimal: str) -> pa.Array:
    """Convert digits with at most two decimals: drop the sign, and make up for missing decimals."""
    place = pc.find_substring(plain, decimal)
    length = pc.binary_length(plain)
    decimals = pc.if_else(pc.less(place, 0), 0, pc.subtract(pc.subtract(length, place), 1))
    whole = pc.replace_substring(plain, decimal, "", max_replacements=1).cast(pa.int64())
    factor = pc.choose(decimals, pa.scalar(100, pa.int64()), pa.scalar(10, pa.int64()), pa.scalar(1, pa.int64()))
    return pc.multiply(whole, factor)


def _fill(cents: pa.Array, text: pa.Array, others: np.ndarray, decimal: str) -> pa.Array:
    """Convert the remaining values one by one, each distinct value once."""
    encoded = text.take(pa.array(others)).dictionary_encode()
    known = [parse_amount(value, decimal=decimal) if value else None for value in encoded.dictionary.to_pylist()]
    converted = pa.array(known, pa.int64()).take(encoded.indices)
    mask = np.zeros(len(cents), dtype=bool)
    mask[others] = True
    return pc.replace_with_mask(cents, pa.array(mask), converted)


# --- dates ----------------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january janvier janv",
            "feb februari february fevrier fev",
            "mrt maart mar march mars maa",
            "apr april avril avr",
            "mei may mai",
            "jun juni june juin",
            "jul juli july juillet juil",
            "aug augustus august aout",
            "sep sept september septembre",
            "okt oktober oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_COMPACT = re.compile(r"\d{8}")
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-zéû]{3,10})\.?[-/. ]*(\d{4}|\d{2})", flags=re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_EARLIEST, _LATEST = dt.date(1950, 1, 1), dt.date(2150, 1, 1)


@dataclass(slots=True)
class DateEvidence:
    """How many values can only be day-month, only month-day, or either."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def add(self, other: DateEvidence) -> None:
        """Take over the counts of another part of the same column."""
        self.day_first += other.day_first
        self.month_first += other.month_first
        self.either += other.either

    @property
    def decided(self) -> bool:
        """Whether at least one value tells the order."""
        return self.day_first != self.month_first

    @property
    def ambiguous(self) -> bool:
        """Whether dates occur that can be read in two ways, and nothing tells which."""
        return bool(self.either) and not self.decided

    @property
    def day_leads(self) -> bool:
        """The order the values show; day before month, as in Belgium, when they show none."""
        return self.day_first >= self.month_first


def date_evidence(counted: Iterable[str] | Counter[str]) -> DateEvidence:
    """Return what the (distinct) values tell about the order of day and month."""
    evidence = DateEvidence()
    for value in counted:
        match = _YEAR_LAST.fullmatch(value.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            evidence.day_first += 1
        elif second > 12 >= first:
            evidence.month_first += 1
        elif first != second:
            evidence.either += 1
    return evidence


@lru_cache(maxsize=20_000)
def parse_date(text: str, *, day_first: bool = True) -> dt.date | None:
    """Return a date, or ``None`` when ``text`` is no date between 1950 and 2150.

    Understood: ISO with or without time, day-month-year and month-day-year with any usual sign, eight digits, month
    names in Dutch, French and English, and the day numbers of spreadsheets.
    """
    plain = text.strip()
    try:
        found = _numeric_date(plain, day_first) or _named_date(plain) or _serial_date(plain)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _EARLIEST <= found < _LATEST else None


def _numeric_date(plain: str, day_first: bool) -> dt.date | None:
    if match := _YEAR_FIRST.fullmatch(plain):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.fullmatch(plain):
        day, month = (int(match[1]), int(match[3])) if day_first else (int(match[3]), int(match[1]))
        return dt.date(_full_year(match[4]), month, day)
    if _COMPACT.fullmatch(plain):
        if plain.startswith(("19", "20", "21")) and int(plain[4:6]) <= 12:
            return dt.date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        return dt.date(int(plain[4:]), int(plain[2:4]), int(plain[:2]))
    return None


def _named_date(plain: str) -> dt.date | None:
    match = _NAMED.fullmatch(plain)
    if match is None:
        return None
    month = _MONTHS.get(match[2].casefold().replace("é", "e").replace("û", "u"))
    return dt.date(_full_year(match[3]), month, int(match[1])) if month else None


def _serial_date(plain: str) -> dt.date | None:
    match = _SERIAL.fullmatch(plain)
    return _SERIAL_ORIGIN + dt.timedelta(days=int(match[1])) if match else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def dates_to_days(values: pa.Array, *, day_first: bool) -> pa.Array:
    """Return a whole column as dates; what is no date becomes null. Each distinct value is looked at once."""
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    known = [parse_date(value, day_first=day_first) if value else None for value in encoded.dictionary.to_pylist()]
    return pa.array(known, pa.date32()).take(encoded.indices)
