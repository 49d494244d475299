"""Reads of the catalogue: by code, by words and along the tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from functools import cache

from koopkracht.catalogue import tables
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.catalogue.types import CpvCode, Municipality, ProductGroup, Segment
from koopkracht.shared import clock, text


def product_groups(on: dt.date | None) -> tuple[ProductGroup, ...]:
    """Return the groups that hold on a day, in the order of the tree."""
    day = on or clock.today()
    return tuple(group for group in tables.product_groups().values() if group.holds_on(day))


def product_group(code: str) -> ProductGroup:
    """Return one group, whether it still holds or not."""
    try:
        return tables.product_groups()[code]
    except KeyError:
        raise ProductGroupNotFound(code) from None


def segments() -> tuple[Segment, ...]:
    """Return the segments in the order of the tree."""
    return tuple({group.segment.code: group.segment for group in tables.product_groups().values()}.values())


def clean_cpv(cpv: str) -> str:
    """Return the eight digits of a CPV code as people write it, or an empty text."""
    digits = cpv.strip().partition("-")[0].replace(" ", "").replace(".", "")
    return digits if len(digits) == 8 and digits.isascii() and digits.isdigit() else ""


def product_group_for_cpv(cpv: str) -> ProductGroup | None:
    """Return the group with the longest beginning of this code."""
    code = clean_cpv(cpv)
    by_prefix = tables.groups_by_cpv_prefix()
    for length in range(len(code), 1, -1):
        found = by_prefix.get(code[:length])
        if found:
            return tables.product_groups()[found]
    return None


def cpv_ancestors(cpv: str) -> tuple[CpvCode, ...]:
    """Return the codes above this one, the division first."""
    codes = tables.cpv_codes()
    above: list[CpvCode] = []
    current = codes.get(clean_cpv(cpv))
    while current is not None and current.parent:
        current = codes[current.parent]
        above.append(current)
    return tuple(reversed(above))


def _score(wanted: frozenset[str], *, strong: frozenset[str], weak: frozenset[str]) -> int:
    """Count how well words fit: a word of the name counts for three. Zero unless every word is found."""
    if not wanted <= strong | weak:
        return 0
    return sum(3 if stem in strong else 1 for stem in wanted)


@cache
def _known_words() -> Collection[str]:
    names = (group.name for group in tables.product_groups().values())
    return frozenset(word for name in names for word in text.words(name) if len(word) >= 4)


@cache
def _group_stems() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    known = _known_words()
    stems = {}
    for group in tables.product_groups().values():
        strong = text.stems(group.name, known=known)
        rest = " ".join((group.description, *group.words, *group.synonyms))
        stems[group.code] = (strong, text.stems(rest, known=known))
    return stems


def search_product_groups(words: str, *, on: dt.date | None, limit: int) -> tuple[ProductGroup, ...]:
    """Return the groups in which all words occur, best fit first; a code or a CPV code finds its group."""
    wanted = text.stems(words)
    if not wanted:
        return _by_number(words)
    found = []
    for position, group in enumerate(product_groups(on)):
        strong, weak = _group_stems()[group.code]
        score = _score(wanted, strong=strong, weak=weak)
        if score:
            found.append((-score, position, group))
    if not found and words.strip().upper() in tables.product_groups():
        return (tables.product_groups()[words.strip().upper()],)
    return tuple(group for _, _, group in sorted(found, key=lambda entry: entry[:2])[:limit])


def _by_number(words: str) -> tuple[ProductGroup, ...]:
    group = product_group_for_cpv(words)
    return (group,) if group else ()


@cache
def _cpv_stems() -> Mapping[str, frozenset[str]]:
    return {code.code: text.stems(code.nl) for code in tables.cpv_codes().values()}


def search_cpv(words: str, *, limit: int) -> tuple[CpvCode, ...]:
    """Return the CPV codes in whose Dutch name all words occur, or that begin with the digits; high codes first."""
    codes = tables.cpv_codes()
    digits = words.strip().partition("-")[0].replace(" ", "")
    if digits.isdigit():
        begin = digits if len(digits) == 8 else digits.rstrip("0") or digits
        return tuple(code for key, code in codes.items() if key.startswith(begin))[:limit]
    wanted = text.stems(words)
    if not wanted:
        return ()
    found = [codes[key] for key, stems in _cpv_stems().items() if wanted <= stems]
    return tuple(sorted(found, key=lambda code: (len(code.code.rstrip("0")), len(code.nl), code.code))[:limit])


def social_service_category(cpv: str) -> str:
    """Return the category of social and other specific services a code falls in, or an empty text."""
    code = clean_cpv(cpv)
    if code:
        for first, last, category in tables.social_service_ranges():
            if first <= code <= last:
                return category
    return ""


def municipality(nis: str) -> Municipality | None:
    """Return the municipality with this NIS code, of today or from before the mergers of 2025."""
    towns = tables.municipalities()
    return towns.get(nis) or towns.get(tables.municipality_of_predecessor().get(nis, ""))


def search_municipalities(words: str, *, limit: int) -> tuple[Municipality, ...]:
    """Return the municipalities whose name holds the words, beginnings first."""
    wanted = text.normalise(words)
    found = [town for town in tables.municipalities().values() if wanted in text.normalise(town.name)]
    found.sort(key=lambda town: (not text.normalise(town.name).startswith(wanted), town.name))
    return tuple(found[:limit])
