"""Verify an answer without the solver: plain sums over whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

from koopkracht.monitoring.planner.problem import Choice, Lock, Problem


@dataclass(frozen=True, slots=True)
class Totals:
    """What a choice adds up to, counted again from the problem."""

    cost: int
    hours: int
    risk: int
    gains: dict[str, int]
    uses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a choice obeys the problem; ``faults`` names every rule that it breaks, as ``kind:code``."""

    faults: tuple[str, ...]
    totals: Totals

    @property
    def holds(self) -> bool:
        """Tell whether nothing is broken."""
        return not self.faults


def verify(problem: Problem, choice: Choice) -> Verdict:
    """Count a choice again and say what it breaks."""
    totals = total(problem, choice)
    faults = [f"package:{key}" for key, code in sorted(choice.items()) if problem.package(key, code) is None]
    for dossier in problem.dossiers:
        chosen = dossier.key in choice
        if (dossier.lock is Lock.IN and not chosen) or (dossier.lock is Lock.OUT and chosen):
            faults.append(f"lock:{dossier.key}")
    faults += [f"target:{one.code}" for one in problem.targets if totals.gains[one.code] < one.required]
    faults += [f"resource:{one.code}" for one in problem.resources if totals.uses[one.code] > one.limit]
    return Verdict(tuple(faults), totals)


def total(problem: Problem, choice: Choice) -> Totals:
    """Add up a choice; a package that does not exist adds nothing."""
    gains = {one.code: 0 for one in problem.targets}
    uses = {one.code: 0 for one in problem.resources}
    cost = hours = risk = 0
    for dossier in problem.dossiers:
        code = choice.get(dossier.key)
        package = next((one for one in dossier.packages if one.code == code), None)
        if package is None:
            continue
        cost += problem.weights.cost(package)
        hours += package.hours
        risk += package.risk
        for name, amount in package.gains.items():
            gains[name] += amount
        for name, amount in package.uses.items():
            uses[name] += amount
    return Totals(cost, hours, risk, gains, uses)
