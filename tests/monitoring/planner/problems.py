"""Small planning problems, and an answer by trying everything."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from koopkracht.monitoring.planner.check import verify
from koopkracht.monitoring.planner.problem import (
    Dossier,
    Lock,
    Package,
    Problem,
    Resource,
    Scarce,
    Target,
    Unit,
    Weights,
    make,
)


def way(code: str, hours: int = 10, risk: int = 1, *, gains=None, uses=None, undetermined: bool = False) -> Package:
    """Return a package."""
    return Package(code, (code,), hours, risk, gains or {}, uses or {}, undetermined)


def staff(limit: int, quarter: int = 1) -> Resource:
    """Return the hours of a quarter."""
    return Resource(f"staff:{quarter}", f"kwartaal {quarter}", Unit.HOURS, Scarce.STAFF, limit)


def market(limit: int, group: str = "SCH-01", label: str = "Schoonmaak") -> Resource:
    """Return what the market can carry."""
    return Resource(f"market:{group}", label, Unit.CENTS, Scarce.MARKET, limit)


def euros(required: int, code: str = "spend", label: str = "Sociale economie") -> Target:
    """Return a target in cents."""
    return Target(code, label, Unit.CENTS, required)


def brute(problem: Problem) -> int | None:
    """Return the cost of the best choice by trying every choice, or nothing when none is allowed."""
    best = None
    options = [[None, *(package.code for package in one.packages)] for one in problem.dossiers]
    for codes in itertools.product(*options):
        choice = {one.key: code for one, code in zip(problem.dossiers, codes, strict=True) if code}
        verdict = verify(problem, choice)
        if verdict.holds and (best is None or verdict.totals.cost < best):
            best = verdict.totals.cost
    return best


@st.composite
def problems(draw) -> Problem:
    """Draw a small problem: up to five dossiers with up to three packages, two targets, three limits."""
    small, large = st.integers(0, 12), st.integers(0, 5_000_000)
    targets = [
        Target("a", "Euro", Unit.CENTS, draw(large)),
        Target("b", "Opdrachten", Unit.COUNT, draw(st.integers(0, 3))),
    ]
    resources = [
        staff(draw(st.integers(0, 60))),
        staff(draw(st.integers(0, 60)), 2),
        market(draw(st.integers(0, 9_000_000))),
    ]
    dossiers = []
    for number in range(draw(st.integers(1, 5))):
        quarter = draw(st.sampled_from((1, 2)))
        packages = []
        for index in range(draw(st.integers(0, 3))):
            hours = draw(st.integers(1, 30))
            packages.append(
                way(
                    f"p{index}",
                    hours,
                    draw(small),
                    gains={"a": draw(large), "b": draw(st.integers(0, 1))},
                    uses={f"staff:{quarter}": hours, "market:SCH-01": draw(large)},
                    undetermined=draw(st.booleans()),
                )
            )
        lock = draw(st.sampled_from((Lock.FREE, Lock.FREE, Lock.FREE, Lock.IN, Lock.OUT)))
        dossiers.append(Dossier(f"d{number}", f"Dossier {number}", quarter, tuple(packages), lock))
    return make(dossiers, targets, resources, Weights(hour=1, risk=draw(st.integers(0, 9))))
