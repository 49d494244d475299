"""Which social enterprises fit a product group, how well and why; and how their workforce is divided. Pure: no Django.

A candidate is *suitable* when it says that it offers the group, or has a CPV code that belongs to the group or lies
just above it, and a recognition is in force on the day. Words alone make a candidate, never a suitable one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from koopkracht.catalogue.types import ProductGroup
from koopkracht.market.types.directory import CapacityPool, Fit, FitReason, GroupCapacity, Match
from koopkracht.market.types.suppliers import Recognition
from koopkracht.shared import text

_SHORTEST_ABOVE = 3
"""A code must say more than its division (two digits) before it counts as being about the group."""
_STRONG = frozenset({Fit.OFFERS, Fit.CPV, Fit.CPV_ABOVE})
_MOST_WORDS = 2
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a directory entry; ``track_record`` counts references and own experiences."""

    supplier_id: int
    name: str
    municipality: str
    region: str
    activities: str
    capacity: int | None
    source: str
    source_date: dt.date
    groups: frozenset[str] = frozenset()
    cpv: tuple[str, ...] = ()
    recognitions: tuple[Recognition, ...] = ()
    track_record: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """What counts as near: normalised names of municipalities and regions; without names nothing is known."""

    name: str = ""
    municipalities: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    def near(self, candidate: Candidate) -> bool | None:
        """Tell whether a candidate is in the area; ``None`` when the area or the candidate's place is unknown."""
        place, region = text.normalise(candidate.municipality), text.normalise(candidate.region)
        if not (self.municipalities or self.regions) or not (place or region):
            return None
        return place in self.municipalities or any(name in region for name in self.regions if region)


@dataclass(frozen=True, slots=True)
class Tree:
    """The product groups prepared for looking up CPV codes in one step each."""

    by_prefix: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[ProductGroup]) -> Tree:
        """Index the CPV beginnings of all groups, and the shorter codes that lie above them."""
        by_prefix = {prefix: group.code for group in groups for prefix in group.cpv}
        above: dict[str, set[str]] = defaultdict(set)
        for prefix, code in by_prefix.items():
            for length in range(_SHORTEST_ABOVE, len(prefix)):
                above[prefix[:length]].add(code)
        return cls(by_prefix, {key: frozenset(codes) for key, codes in above.items()})

    def owner(self, cpv: str) -> str:
        """Return the group with the longest beginning of this code, or an empty text."""
        return next((self.by_prefix[cpv[:n]] for n in range(len(cpv), 1, -1) if cpv[:n] in self.by_prefix), "")

    def below(self, cpv: str) -> frozenset[str]:
        """Return the groups that are narrower than this code."""
        return self.above.get(cpv.rstrip("0"), frozenset())


def groups_of(candidate: Candidate, tree: Tree, *, wide: bool = True) -> frozenset[str]:
    """Return the groups that a candidate's offer fits; without ``wide`` not those of a code above them."""
    found = set(candidate.groups)
    for cpv in candidate.cpv:
        found.add(tree.owner(cpv))
        if wide:
            found |= tree.below(cpv)
    return frozenset(found - {""})


def match(
    group: ProductGroup,
    candidates: Iterable[Candidate],
    *,
    tree: Tree,
    area: Area,
    on: dt.date,
    points: Mapping[str, int],
) -> tuple[Match, ...]:
    """Return who could do this, best first, each with the reasons and their points."""
    known = frozenset(text.stem(word) for name in (*group.words, *group.synonyms) for word in text.words(name))
    found = (_match(group, one, known, tree, area, on, points) for one in candidates)
    return tuple(sorted((one for one in found if one), key=lambda one: (not one.suitable, -one.score, one.name)))


def _match(
    group: ProductGroup,
    one: Candidate,
    known: frozenset[str],
    tree: Tree,
    area: Area,
    on: dt.date,
    points: Mapping[str, int],
) -> Match | None:
    fits = _offer(group, one, known, tree)
    if not fits:
        return None
    recognised = any(item.holds_on(on) for item in one.recognitions)
    near = area.near(one)
    if near:
        fits.append((Fit.NEAR, one.municipality or one.region, 1))
    if recognised:
        fits.append((Fit.RECOGNISED, "", 1))
    if one.capacity:
        fits.append((Fit.CAPACITY, str(one.capacity), 1))
    if one.track_record:
        fits.append((Fit.TRACK_RECORD, str(one.track_record), 1))
    reasons = tuple(FitReason(fit, points.get(fit.value, 0) * times, detail) for fit, detail, times in fits)
    return Match(
        supplier_id=one.supplier_id,
        name=one.name,
        municipality=one.municipality,
        region=one.region,
        activities=one.activities,
        capacity=one.capacity,
        recognitions=one.recognitions,
        score=sum(reason.points for reason in reasons),
        reasons=reasons,
        suitable=recognised and any(reason.fit in _STRONG for reason in reasons),
        near=near,
        source=one.source,
        source_date=one.source_date,
    )


def _offer(group: ProductGroup, one: Candidate, known: frozenset[str], tree: Tree) -> list[tuple[Fit, str, int]]:
    fits: list[tuple[Fit, str, int]] = []
    if group.code in one.groups:
        fits.append((Fit.OFFERS, "", 1))
    code = _cpv(group, one.cpv, tree)
    if code:
        fits.append((*code, 1))
    words = _words(one.activities, known)
    if words:
        fits.append((Fit.WORDS, ", ".join(words), min(len(words), _MOST_WORDS)))
    return fits


def _cpv(group: ProductGroup, codes: Sequence[str], tree: Tree) -> tuple[Fit, str] | None:
    """Return the strongest relation of the candidate's codes to the group: in it, above it, or beside it."""
    for cpv in codes:
        if tree.owner(cpv) == group.code:
            return Fit.CPV, cpv
    for cpv in codes:
        if group.code in tree.below(cpv):
            return Fit.CPV_ABOVE, cpv
    for cpv in codes:
        if any(cpv.startswith(prefix) for prefix in group.cpv):
            return Fit.CPV_NEAR, cpv
    return None


def _words(activities: str, known: frozenset[str]) -> list[str]:
    found = dict.fromkeys(word for word in text.words(activities) if text.stem(word) in known)
    return list(found)


def supply_by_group(candidates: Iterable[Candidate], *, tree: Tree, area: Area, on: dt.date) -> dict[str, int]:
    """Count the suitable enterprises of the area per group; one pass, the same meaning as :func:`match`.

    With an area, only enterprises known to be in it count. Without one the whole directory counts.
    """
    counts: dict[str, int] = defaultdict(int)
    bounded = bool(area.name)
    for one in candidates:
        if bounded and not area.near(one):
            continue
        if any(item.holds_on(on) for item in one.recognitions):
            for code in groups_of(one, tree):
                counts[code] += 1
    return dict(counts)


def divide(people: int, parts: int) -> list[Decimal]:
    """Divide people over parts in hundredths, so that the parts add up to the whole again."""
    share = (Decimal(people) / parts).quantize(_CENT, rounding="ROUND_DOWN")
    shares = [share] * parts
    for index in range(int((Decimal(people) - share * parts) / _CENT)):
        shares[index] += _CENT
    return shares


def capacity(
    candidates: Collection[Candidate], *, tree: Tree, on: dt.date, hours_per_person: int
) -> tuple[dict[str, GroupCapacity], tuple[CapacityPool, ...]]:
    """Divide each recognised enterprise's workforce over its groups; return the groups and the workforces."""
    people: dict[str, Decimal] = defaultdict(Decimal)
    reachable: dict[str, int] = defaultdict(int)
    enterprises: dict[str, int] = defaultdict(int)
    unknown: dict[str, int] = defaultdict(int)
    pools = []
    for one in candidates:
        groups = sorted(groups_of(one, tree, wide=False))
        if not groups or not any(item.holds_on(on) for item in one.recognitions):
            continue
        if one.capacity is not None:
            pools.append(CapacityPool(one.supplier_id, one.name, one.capacity, tuple(groups)))
        shares = divide(one.capacity or 0, len(groups))
        for code, share in zip(groups, shares, strict=True):
            enterprises[code] += 1
            people[code] += share
            reachable[code] += one.capacity or 0
            unknown[code] += one.capacity is None
    found = {
        code: GroupCapacity(
            product_group=code,
            enterprises=enterprises[code],
            people=people[code],
            reachable=reachable[code],
            hours=(people[code] * hours_per_person).quantize(Decimal(1)),
            unknown=unknown[code],
        )
        for code in sorted(enterprises)
    }
    return found, tuple(pools)
