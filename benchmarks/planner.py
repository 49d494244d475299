"""The target planner: 300 planned dossiers, 6 ways to do each, 8 targets, 40 product groups, four quarters.

Goal: proven optimal, or a proven gap of at most 0.5 %, in under 10 s of wall time on two cores. In the same run, on
the same instance: a greedy plan (what a person with a spreadsheet does) and the bound of the linear relaxation.
The instance is ``planner.json`` beside this script; ``--make`` writes it again, from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

from koopkracht.monitoring.planner.check import total, verify
from koopkracht.monitoring.planner.codec import problem_from, problem_json
from koopkracht.monitoring.planner.problem import (
    Dossier,
    Package,
    Problem,
    Resource,
    Scarce,
    Target,
    Unit,
    make,
)
from koopkracht.monitoring.planner.solve import Options, relaxed_bound, solve, version

INSTANCE = Path(__file__).with_name("planner.json")
BUDGET_S = 10.0
GAP_BUDGET = 5  # promille
DOSSIERS, WAYS, GROUPS = 300, 6, 40
TARGETS = (Unit.CENTS, Unit.CENTS, Unit.CENTS, Unit.CENTS, Unit.HOURS, Unit.HOURS, Unit.COUNT, Unit.COUNT)
SHARES = (240, 180, 90, 60, 220, 110, 150, 90)  # promille of what all best ways together could give


def generate(seed: int = 9) -> Problem:
    """Return a made-up instance in the shape of a large city's year: skewed amounts, scarce market, scarce hours."""
    dice = random.Random(seed)
    dossiers = [_dossier(dice, number) for number in range(DOSSIERS)]
    best = [sum(max(way.gains.get(f"t{t}", 0) for way in one.packages) for one in dossiers) for t in range(8)]
    targets = [
        Target(f"t{number}", f"Doel {number + 1}", unit, best[number] * SHARES[number] // 1000)
        for number, unit in enumerate(TARGETS)
    ]
    resources = []
    for group in range(GROUPS):
        asked = sum(max(way.uses.get(f"m{group:02}", 0) for way in one.packages) for one in dossiers)
        limit = asked * dice.randrange(250, 900) // 1000
        resources.append(Resource(f"m{group:02}", f"Markt {group + 1}", Unit.CENTS, Scarce.MARKET, limit))
    for quarter in range(1, 5):
        asked = sum(min(way.uses[f"s{quarter}"] for way in one.packages) for one in dossiers if one.quarter == quarter)
        limit = asked * 9 // 10
        resources.append(Resource(f"s{quarter}", f"Kwartaal {quarter}", Unit.HOURS, Scarce.STAFF, limit))
    return make(dossiers, targets, resources)


def _dossier(dice: random.Random, number: int) -> Dossier:
    value = int(dice.lognormvariate(11, 1.2)) * 100
    group, quarter = dice.randrange(GROUPS), dice.randrange(1, 5)
    ways = []
    for way in range(WAYS):
        fits = [dice.random() if dice.random() < 0.45 else 0.0 for _target in TARGETS]
        gains = {f"t{t}": _gain(unit, fit, value) for t, (unit, fit) in enumerate(zip(TARGETS, fits, strict=True))}
        hours = int(dice.uniform(4, 60) * (1 + sum(fits)))
        uses = {f"s{quarter}": hours}
        if way < WAYS // 2:
            uses[f"m{group:02}"] = int(value * dice.uniform(0.1, 1.0))
        kept = {code: gain for code, gain in gains.items() if gain}
        ways.append(Package(f"w{way}", (f"w{way}",), hours, dice.choice((1, 1, 2, 4)), kept, uses))
    return Dossier(f"{number:04}", f"Dossier {number}", quarter, tuple(ways))


def _gain(unit: Unit, fit: float, value: int) -> int:
    if unit is Unit.CENTS:
        return int(fit * value)
    return int(fit * value / 100 / 300) if unit is Unit.HOURS else int(fit > 0)


def greedy(problem: Problem) -> tuple[int | None, dict[str, str]]:
    """Return what taking the best gain per hour again and again costs; nothing when it gets stuck."""
    choice: dict[str, str] = {}
    while True:
        now = total(problem, choice)
        left = {one.code: one.required - now.gains[one.code] for one in problem.targets}
        if all(missing <= 0 for missing in left.values()):
            return now.cost, choice
        best: tuple[float, str, str] = (0.0, "", "")
        for dossier in problem.dossiers:
            if dossier.key in choice:
                continue
            for package in dossier.packages:
                if any(now.uses[code] + use > _limit(problem, code) for code, use in package.uses.items()):
                    continue
                gain = sum(
                    min(amount, max(left[code], 0)) / max(1, _required(problem, code))
                    for code, amount in package.gains.items()
                )
                best = max(best, (gain / problem.weights.cost(package), dossier.key, package.code))
        if not best[1]:
            return None, choice
        choice[best[1]] = best[2]


def _limit(problem: Problem, code: str) -> int:
    return next(one.limit for one in problem.resources if one.code == code)


def _required(problem: Problem, code: str) -> int:
    return next(one.required for one in problem.targets if one.code == code)


def main() -> int:
    """Print the figures; 1 when a budget is exceeded."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--make", action="store_true", help="write the instance again")
    options.add_argument("--gap", type=int, default=1, help="gap to stop at, in promille")
    chosen = options.parse_args()
    if chosen.make:
        INSTANCE.write_text(json.dumps(problem_json(generate()), separators=(",", ":")) + "\n", encoding="utf-8")
    problem = problem_from(json.loads(INSTANCE.read_text(encoding="utf-8")))
    ways = sum(len(one.packages) for one in problem.dossiers)
    print(
        f"{version()}: {len(problem.dossiers)} dossiers, {ways} ways, {len(problem.targets)} targets, "
        f"{len(problem.resources)} limits; two threads, stop at a gap of {chosen.gap / 10:.1f} %"
    )
    started = time.perf_counter()
    bound = relaxed_bound(problem)
    relaxed = time.perf_counter() - started
    started = time.perf_counter()
    answer = solve(problem, Options(gap=chosen.gap, seconds=60))
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    spent, choice = greedy(problem)
    slow = time.perf_counter() - started
    holds = verify(problem, answer.choice).holds
    print(f"linear bound {bound:.0f} in {relaxed:.2f} s")
    print(
        f"planner      {answer.cost} in {seconds:.2f} s, {answer.status}, proven gap {answer.gap / 10:.1f} %, "
        f"checked without the solver: {holds}; {answer.cost / bound:.3f} of the linear bound"
    )
    if spent is None:
        left = [one for one in verify(problem, choice).faults if one.startswith("target:")]
        print(f"greedy       got stuck with {len(left)} of {len(problem.targets)} targets missed, {slow:.2f} s")
    else:
        print(f"greedy       {spent} in {slow:.2f} s; {spent / answer.cost:.3f} of the planner's plan")
    good = holds and answer.gap <= GAP_BUDGET and seconds < BUDGET_S
    print("within budget" if good else f"OVER BUDGET ({BUDGET_S} s, {GAP_BUDGET / 10} %)")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
