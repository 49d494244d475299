"""Suppliers that look alike: candidates by blocking, a score from 0 to 1, and the reasons. Pure: no Django.

Blocking puts records that share a key side by side (beginning of the name, words in alphabetical order, postal code
with the first letters or the end); only neighbours within a block are compared. What is proposed is proposed to a
person: nothing here merges anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

__all__ = ["Proposal", "Record", "find_duplicates"]

Indexes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float32]

_WINDOW = 40
"""How many neighbours in a block are compared; blocks larger than that are of no use as a key."""
_GENERIC_FROM = 6
"""A name that so many suppliers bear says nothing ("Diverse leveranciers")."""
_SURE, _LIKELY = 0.97, 0.88
_LONG_NAME, _ONE_SLIP_LENGTH = 11, 7


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared of a supplier; the name is normalised already."""

    id: int
    name: str
    kbo: str = ""
    postal_code: str = ""
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two suppliers that may be one; ``low`` is the smaller id."""

    low: int
    high: int
    score: float
    reasons: tuple[str, ...]


def _squeeze(name: str) -> str:
    return name.replace(" ", "")


def _sorted_words(record: Record) -> str:
    words = record.name.split()
    return "w" + "".join(sorted(words)) if len(words) > 1 else ""


def _postal_and_end(record: Record) -> str:
    return f"e{record.postal_code}{_squeeze(record.name)[-6:]}" if record.postal_code else ""


_KEYS: tuple[Callable[[Record], str], ...] = (
    lambda record: f"n{_squeeze(record.name)[:7]}",
    lambda record: f"p{record.postal_code}" if record.postal_code else "",
    lambda record: f"z{record.postal_code}{record.name[:2]}" if record.postal_code else "",
    lambda record: f"t{_squeeze(record.name)[-8:]}",
    _postal_and_end,
    _sorted_words,
    lambda record: f"k{record.kbo}" if record.kbo else "",
    lambda record: f"u{record.unverified}" if record.unverified else "",
)


def _neighbours(keys: Sequence[str]) -> list[tuple[Indexes, Indexes]]:
    """Return the pairs of positions that share a key, as parallel arrays."""
    position = np.fromiter((index for index, key in enumerate(keys) if key), dtype=np.int64)
    hashed = np.fromiter((hash(key) for key in keys if key), dtype=np.int64, count=len(position))
    order = np.argsort(hashed, kind="stable")
    position, hashed = position[order], hashed[order]
    pairs = []
    for distance in range(1, min(_WINDOW, len(position))):
        same = hashed[distance:] == hashed[:-distance]
        if not same.any():
            break
        pairs.append((position[:-distance][same], position[distance:][same]))
    return pairs


def _candidates(records: Sequence[Record]) -> tuple[Indexes, Indexes]:
    """Return each pair worth comparing once."""
    pairs = [pair for key in _KEYS for pair in _neighbours([key(record) for record in records])]
    if not pairs:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty
    left = np.concatenate([np.minimum(*pair) for pair in pairs])
    right = np.concatenate([np.maximum(*pair) for pair in pairs])
    joined = np.sort(left * len(records) + right)
    joined = joined[np.append(True, joined[1:] != joined[:-1])]
    return joined // len(records), joined % len(records)


def _column(records: Sequence[Record], attribute: str) -> npt.NDArray[Any]:
    return np.array([getattr(record, attribute) for record in records], dtype=object)


def _equal(values: npt.NDArray[Any], left: Indexes, right: Indexes) -> tuple[Flags, Flags]:
    """Tell where both values are equal and filled, and where both are filled and differ."""
    filled = (values[left] != "") & (values[right] != "")
    same = values[left] == values[right]
    return filled & same, filled & ~same


def find_duplicates(records: Sequence[Record]) -> list[Proposal]:
    """Return the pairs that may be one supplier, best first.

    Two different enterprise numbers are two legal entities and are never proposed.
    """
    left, right = _candidates(records)
    if not len(left):
        return []
    names = _column(records, "name")
    same_kbo, other_kbo = _equal(_column(records, "kbo"), left, right)
    same_post, other_post = _equal(_column(records, "postal_code"), left, right)
    same_number, _ = _equal(_column(records, "unverified"), left, right)
    # "Sporthal 1" and "Sporthal 2" differ by one sign, but a number is never a slip of the pen.
    digits = np.fromiter(map(_digits, names), dtype=object, count=len(names))
    keep = ~other_kbo & (digits[left] == digits[right])
    left, right = left[keep], right[keep]
    same_kbo, same_post, other_post, same_number = (
        flags[keep] for flags in (same_kbo, same_post, other_post, same_number)
    )
    score = _similarity(names[left], names[right])
    slip = _one_slip(names[left], names[right])
    generic = _generic(names)
    vague = generic[left] & generic[right] & ~same_post
    alike = (
        (same_post & (score > _LIKELY))
        | (~other_post & slip)
        | ((score > _SURE) & (_lengths(names)[left] > _LONG_NAME) & ~other_post)
    )
    hit = same_kbo | (~vague & (alike | (same_number & (score > _LIKELY))))
    points = np.clip(score - 0.12 * ~same_post + 0.1 * same_number, 0.5, 1.0)
    points = np.where(same_kbo, 1.0, points)
    return _proposals(records, left, right, points, hit, (same_kbo, score, same_post, same_number))


def _similarity(left: npt.NDArray[Any], right: npt.NDArray[Any]) -> Scores:
    scorer = JaroWinkler.normalized_similarity
    return process.cpdist(left.tolist(), right.tolist(), scorer=scorer, dtype=np.float32, workers=-1)


def _one_slip(left: npt.NDArray[Any], right: npt.NDArray[Any]) -> Flags:
    """Tell where the names differ by at most one typing slip and are long enough for that to mean something."""
    distance = process.cpdist(left.tolist(), right.tolist(), scorer=OSA.distance, dtype=np.int32, workers=-1)
    long_enough = np.minimum(_lengths(left), _lengths(right)) > _ONE_SLIP_LENGTH
    return (distance <= 1) & long_enough


def _digits(name: str) -> str:
    return "" if name.isalpha() else "".join(char for char in name if char.isdigit())


def _lengths(names: npt.NDArray[Any]) -> Indexes:
    return np.fromiter(map(len, names), dtype=np.int64, count=len(names))


def _generic(names: npt.NDArray[Any]) -> Flags:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return np.fromiter((counts[name] >= _GENERIC_FROM for name in names), dtype=np.bool_, count=len(names))


def _proposals(
    records: Sequence[Record],
    left: Indexes,
    right: Indexes,
    points: npt.NDArray[np.floating[Any]],
    hit: Flags,
    evidence: tuple[Flags, Scores, Flags, Flags],
) -> list[Proposal]:
    same_kbo, score, same_post, same_number = evidence
    found = []
    for index in np.flatnonzero(hit).tolist():
        first, second = records[left[index]].id, records[right[index]].id
        reasons = ["same-name" if score[index] >= 1 else "similar-name"]
        reasons += [
            code
            for code, flags in (("same-kbo", same_kbo), ("same-postal-code", same_post), ("same-number", same_number))
            if flags[index]
        ]
        low, high = min(first, second), max(first, second)
        found.append(Proposal(low, high, round(float(points[index]), 3), tuple(reasons)))
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.low, proposal.high))
