"""The planning problem in whole numbers: no framework, no database, no solver.

Amounts are cents, effort is hours, risk is points. Every list is sorted by its code when a problem is made, so that
the same facts in another order are the same problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Unit(StrEnum):
    """What a target or a resource is counted in."""

    CENTS = "cents"
    HOURS = "hours"
    COUNT = "count"


class Lock(StrEnum):
    """What people decided about a dossier before anything is computed."""

    FREE = "free"
    IN = "in"
    OUT = "out"


class Scarce(StrEnum):
    """What kind of limit a resource is."""

    STAFF = "staff"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan has to deliver, in ``unit``, on top of what runs on."""

    code: str
    label: str
    unit: Unit
    required: int


@dataclass(frozen=True, slots=True)
class Resource:
    """Something there is only so much of: hours of staff in a quarter, or what the market can carry of a group."""

    code: str
    label: str
    unit: Unit
    kind: Scarce
    limit: int


@dataclass(frozen=True, slots=True)
class Package:
    """One way to do a dossier: an instrument, or instruments that go together.

    ``gains`` is per target code and ``uses`` per resource code; ``risk`` is in points. ``undetermined`` says that the
    law could not be answered with what is known of the dossier.
    """

    code: str
    instruments: tuple[str, ...]
    hours: int
    risk: int
    gains: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    undetermined: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """A planned purchase with the packages that are open to it; ``quarter`` is 1 to 4."""

    key: str
    title: str
    quarter: int
    packages: tuple[Package, ...]
    lock: Lock = Lock.FREE


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts as cost: points per hour of work and per point of risk."""

    hour: int = 1
    risk: int = 8

    def cost(self, package: Package) -> int:
        """Return what a package costs in the aim of the plan."""
        return self.hour * package.hours + self.risk * package.risk


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the answer depends on."""

    dossiers: tuple[Dossier, ...]
    targets: tuple[Target, ...]
    resources: tuple[Resource, ...]
    weights: Weights = Weights()

    def package(self, key: str, code: str) -> Package | None:
        """Return a package of a dossier, or nothing."""
        packages = next((one.packages for one in self.dossiers if one.key == key), ())
        return next((one for one in packages if one.code == code), None)

    def with_weights(self, weights: Weights) -> Problem:
        """Return the same problem with another aim."""
        return replace(self, weights=weights)

    def with_limits(self, kind: Scarce, promille: int) -> Problem:
        """Return the same problem with all limits of one kind scaled, rounded down."""
        scaled = tuple(
            replace(one, limit=one.limit * promille // 1000) if one.kind is kind else one for one in self.resources
        )
        return replace(self, resources=scaled)

    def without(self, key: str) -> Problem:
        """Return the same problem in which a dossier does not take part."""
        return replace(
            self, dossiers=tuple(replace(one, lock=Lock.OUT) if one.key == key else one for one in self.dossiers)
        )


Choice = Mapping[str, str]
"""Per dossier key the code of the chosen package; dossiers left as they are do not occur."""


def make(
    dossiers: Iterable[Dossier],
    targets: Iterable[Target],
    resources: Iterable[Resource],
    weights: Weights | None = None,
) -> Problem:
    """Return a problem in its one fixed order. Raises ``ValueError`` for a code that occurs twice or is unknown."""
    ordered = tuple(
        replace(one, packages=tuple(sorted(one.packages, key=lambda package: package.code)))
        for one in sorted(dossiers, key=lambda one: one.key)
    )
    problem = Problem(
        ordered,
        tuple(sorted(targets, key=lambda one: one.code)),
        tuple(sorted(resources, key=lambda one: one.code)),
        weights or Weights(),
    )
    _check(problem)
    return problem


def _check(problem: Problem) -> None:
    _once([one.key for one in problem.dossiers])
    targets = _once([one.code for one in problem.targets])
    resources = _once([one.code for one in problem.resources])
    for dossier in problem.dossiers:
        _once([one.code for one in dossier.packages])
        for package in dossier.packages:
            _check_package(package, targets, resources)


def _check_package(package: Package, targets: set[str], resources: set[str]) -> None:
    unknown = (set(package.gains) - targets) | (set(package.uses) - resources)
    if unknown:
        raise ValueError(f"package {package.code} names what does not exist: {sorted(unknown)}")
    if min([package.hours, package.risk, *package.gains.values(), *package.uses.values()]) < 0:
        raise ValueError(f"package {package.code} holds a number below zero")


def _once(codes: list[str]) -> set[str]:
    found = set(codes)
    if len(found) != len(codes):
        raise ValueError("a code occurs twice")
    return found


def dominated(packages: tuple[Package, ...], weights: Weights) -> frozenset[str]:
    """Return the packages that another one of the same dossier beats or equals in everything.

    Of equals the first code stays: so ties inside a dossier are always decided the same way.
    """
    out: set[str] = set()
    for one in packages:
        rivals = (other for other in packages if other is not one and other.code not in out)
        if any(_beats(other, one, weights) for other in rivals):
            out.add(one.code)
    return frozenset(out)


def _beats(better: Package, worse: Package, weights: Weights) -> bool:
    cost = weights.cost(better) - weights.cost(worse)
    if cost > 0 or any(better.gains.get(code, 0) < gain for code, gain in worse.gains.items()):
        return False
    if any(use > worse.uses.get(code, 0) for code, use in better.uses.items()):
        return False
    # Equal in everything: an undetermined package never pushes out one that is surely open, and the first code stays.
    equal = cost == 0 and dict(better.gains) == dict(worse.gains) and dict(better.uses) == dict(worse.uses)
    if equal:
        return (better.undetermined, better.code) < (worse.undetermined, worse.code)
    return better.undetermined <= worse.undetermined
