"""Say what an answer is worth: what binds, what is left, what other plans would cost, and why a plan cannot exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from koopkracht.monitoring.planner import words
from koopkracht.monitoring.planner.check import total, verify
from koopkracht.monitoring.planner.problem import Choice, Lock, Problem, Scarce, Target, Weights
from koopkracht.monitoring.planner.solve import Answer, Options, Status, elastic, is_feasible, most, solve

_SAFE = 1_000  # points per point of risk, so that risk decides before hours
_WITHOUT = 3  # how many important dossiers are left out in turn
Report = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another question about the same plan."""

    code: str
    label: str
    problem: Problem


def answer_json(problem: Problem, answer: Answer) -> dict[str, Any]:
    """Return an answer as stored: the proof, the choice, the targets and the limits, all counted again."""
    verdict = verify(problem, answer.choice)
    totals = verdict.totals
    found = answer.status in {Status.OPTIMAL, Status.WITHIN_GAP}
    return {
        "status": answer.status.value,
        "checked": found and verdict.holds,
        "cost": totals.cost,
        "bound": answer.bound,
        "gap": answer.gap,
        "hours": totals.hours,
        "risk": totals.risk,
        "choice": dict(sorted(answer.choice.items())),
        "gains": totals.gains,
        "uses": totals.uses,
        "binding": binding(problem, answer.choice) if found else [],
    }


def binding(problem: Problem, choice: Choice) -> list[str]:
    """Return the limits that are too full for any other step: what keeps the plan from being easier.

    A limit binds when at least one package that could still be chosen no longer fits in what is left of it.
    """
    totals = total(problem, choice)
    tight = []
    for resource in problem.resources:
        left = resource.limit - totals.uses[resource.code]
        waiting = [
            package.uses.get(resource.code, 0)
            for dossier in problem.dossiers
            if dossier.lock is not Lock.OUT and dossier.key not in choice
            for package in dossier.packages
        ]
        if any(use > left for use in waiting):
            tight.append(resource.code)
    return tight


def variants(problem: Problem, answer: Answer) -> tuple[Variant, ...]:
    """Return the questions that people ask next: without a dossier, another market, fewer hours, another aim."""
    weights = problem.weights
    found = [
        Variant("cheapest", "Zo weinig mogelijk werk", problem.with_weights(Weights(hour=weights.hour or 1, risk=0))),
        Variant("safest", "Zo weinig mogelijk risico", problem.with_weights(Weights(hour=1, risk=_SAFE))),
        Variant("half-market", "Met de helft van de markt", problem.with_limits(Scarce.MARKET, 500)),
        Variant("double-market", "Met een dubbel zo grote markt", problem.with_limits(Scarce.MARKET, 2000)),
        Variant("half-staff", "Met de helft van de uren", problem.with_limits(Scarce.STAFF, 500)),
    ]
    titles = {one.key: one.title for one in problem.dossiers}
    found += [
        Variant(f"without:{key}", f"Zonder “{titles[key]}”", problem.without(key))
        for key in important(problem, answer.choice)
    ]
    return tuple(found)


def important(problem: Problem, choice: Choice) -> list[str]:
    """Return the dossiers that carry the largest part of a target, most important first; never what people locked."""
    required = {one.code: max(1, one.required) for one in problem.targets}
    scores = []
    for dossier in problem.dossiers:
        package = problem.package(dossier.key, choice.get(dossier.key, ""))
        if package is None or dossier.lock is Lock.IN:
            continue
        parts = [gain * 1000 // required[code] for code, gain in package.gains.items()]
        scores.append((-max([0, *parts]), dossier.key))
    return [key for _score, key in sorted(scores)[:_WITHOUT]]


def variant_json(base: Choice, variant: Variant, answer: Answer) -> dict[str, Any]:
    """Return another plan beside the base: what it costs and which dossiers differ."""
    found = answer_json(variant.problem, answer)
    found |= {"code": variant.code, "label": variant.label}
    if answer.status is Status.INFEASIBLE:
        closest = elastic(variant.problem, targets=True, resources=False)
        lines = words.missing(variant.problem, closest.shortfall) if closest else []
        return found | {"why": " ".join(lines) or "Dit past niet samen."}
    keys = sorted({*base, *answer.choice})
    return found | {
        "added": [key for key in keys if key not in base],
        "dropped": [key for key in keys if key not in answer.choice],
        "changed": [key for key in keys if key in base and answer.choice.get(key, base[key]) != base[key]],
    }


def infeasibility(problem: Problem) -> dict[str, Any]:
    """Explain why no choice reaches all targets, what comes closest, and what would be needed."""
    reasons = [_alone(problem, target) for target in problem.targets]
    alone = [one for one in reasons if one]
    clash: list[str] = []
    if not alone:
        clash = conflict(problem)
        alone = [{"target": "", "sentence": words.together(problem, clash), "conflict": clash}]
    closest = elastic(problem, targets=True, resources=False) or elastic(problem, targets=True, resources=True)
    wider = elastic(problem, targets=False, resources=True)
    extra = wider.extra if wider else None
    return {
        "reasons": alone,
        "remedy": words.remedy(problem, extra),
        "extra": extra,
        "shortfall": closest.shortfall if closest else {},
        "missing": words.missing(problem, closest.shortfall) if closest else [],
        "closest": dict(sorted(closest.choice.items())) if closest else {},
    }


def _alone(problem: Problem, target: Target) -> dict[str, Any] | None:
    """Explain a target that is out of reach by itself; nothing when it is not."""
    reach = most(problem, target.code)
    if reach >= target.required:
        return None
    others = frozenset(f"target:{one.code}" for one in problem.targets if one.code != target.code)
    clash = conflict(problem, dropped=others)
    return {
        "target": target.code,
        "most": reach,
        "conflict": clash,
        "sentence": words.unreachable(problem, target, reach, clash),
    }


def conflict(problem: Problem, *, dropped: frozenset[str] = frozenset()) -> list[str]:
    """Return a set of rules that cannot hold together and of which none can be missed.

    Rules are left out one by one (first in bulk) as long as the rest stays impossible. When the relaxation with parts
    of packages is impossible already, the search stays there: much faster, and what clashes there clashes for real.
    """
    relaxed = not is_feasible(problem, dropped=dropped, relaxed=True)
    gone = dropped
    for names in _candidates(problem, dropped):
        if names <= gone:
            continue
        if not is_feasible(problem, dropped=gone | names, relaxed=relaxed):
            gone |= names
    left = ["locks", *(f"resource:{one.code}" for one in problem.resources)]
    left += [f"target:{one.code}" for one in problem.targets]
    return [name for name in left if name not in gone]


def _candidates(problem: Problem, dropped: frozenset[str]) -> Iterable[frozenset[str]]:
    market = [f"resource:{one.code}" for one in problem.resources if one.kind is Scarce.MARKET]
    staff = [f"resource:{one.code}" for one in problem.resources if one.kind is Scarce.STAFF]
    yield frozenset({"locks"})
    yield frozenset([*market, *staff])
    yield frozenset(market)
    yield frozenset(staff)
    yield from (frozenset({name}) for name in [*market, *staff])
    targets = [one for one in problem.targets if f"target:{one.code}" not in dropped]
    yield from (frozenset({f"target:{one.code}"}) for one in targets)


def plan(problem: Problem, options: Options | None = None, report: Report | None = None) -> dict[str, Any]:
    """Answer a problem completely: the plan and its alternatives, or why there is none. Plain JSON."""
    tell = report or (lambda _done, _total, _message: None)
    tell(0, 1, "Zoekt het beste plan")
    answer = solve(problem, options)
    result: dict[str, Any] = {"base": answer_json(problem, answer), "variants": [], "infeasible": None}
    if answer.status is Status.INFEASIBLE:
        tell(1, 2, "Zoekt uit waarom de doelen niet haalbaar zijn")
        return result | {"infeasible": infeasibility(problem)}
    if answer.status is Status.UNKNOWN:
        return result
    questions = variants(problem, answer)
    for number, variant in enumerate(questions, start=1):
        tell(number, len(questions) + 1, variant.label)
        result["variants"].append(variant_json(answer.choice, variant, solve(variant.problem, options)))
    return result
