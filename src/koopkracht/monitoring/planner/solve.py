"""Solve a planning problem with HiGHS: the only place that knows the solver.

One binary per dossier and package, at most one package per dossier, targets from below, resources from above. The
answer is deterministic: fixed order, fixed seed, a limit in nodes before the limit in seconds. What comes back is
counted again by :mod:`check`; an answer that does not hold is never returned.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from typing import Any

from koopkracht.monitoring.planner.check import total, verify
from koopkracht.monitoring.planner.problem import Choice, Lock, Package, Problem, dominated

_SEED = 20_260_101
_INFINITE = 1e30
_LARGEST = 10_000.0  # coefficients of a row are scaled to at most this: what solvers are at ease with
_ROUNDS = 3


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within-gap"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Options:
    """How hard to try. ``gap`` is in promille of the aim (0: until proven); the limits are a net, not the usual end."""

    gap: int = 0
    seconds: int = 20
    nodes: int = 200_000
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice with its proof: no plan can cost less than ``bound``."""

    status: Status
    choice: Choice
    cost: int
    bound: int

    @property
    def gap(self) -> int:
        """Return how far from the best this answer can be at most, in promille of its cost, rounded up."""
        return 0 if self.cost <= self.bound else -(-(self.cost - self.bound) * 1000 // self.cost)


@dataclass(frozen=True, slots=True)
class Elastic:
    """A choice that breaks as little as possible; what is missing per target and per resource."""

    choice: Choice
    shortfall: dict[str, int]
    extra: dict[str, int]


def version() -> str:
    """Return the name and the version of the solver."""
    return f"HiGHS {metadata.version('highspy')}"


def solve(problem: Problem, options: Options | None = None) -> Answer:
    """Return the cheapest choice that reaches all targets, with its bound."""
    chosen = options or Options()
    model = _Model(problem)
    margins: dict[str, int] = {}
    for _round in range(_ROUNDS):
        run = model.run(chosen, margins=margins)
        if run.choice is None:
            return Answer(run.status, {}, 0, 0)
        # Floating point lets a row pass that misses by a fraction: such a row is tightened and asked again.
        faults = verify(problem, run.choice).faults
        if not faults:
            return _answer(problem, run)
        margins |= {fault: margins.get(fault, 0) + 1 for fault in faults}
    return Answer(Status.UNKNOWN, {}, 0, 0)


def _answer(problem: Problem, run: _Run) -> Answer:
    choice = trim(problem, run.choice or {})
    cost = total(problem, choice).cost
    bound = min(cost, max(0, math.ceil(run.bound - 1e-6)))
    status = Status.OPTIMAL if bound == cost else Status.WITHIN_GAP
    return Answer(status, choice, cost, bound)


def relaxed_bound(problem: Problem) -> float | None:
    """Return the aim of the problem in which parts of packages may be chosen, or nothing when even that fails."""
    run = _Model(problem).run(Options(), relaxed=True)
    return None if run.choice is None else run.bound


def is_feasible(problem: Problem, *, dropped: frozenset[str] = frozenset(), relaxed: bool = False) -> bool:
    """Tell whether any choice obeys all rules but the ``dropped`` ones (``target:…``, ``resource:…``, ``locks``)."""
    run = _Model(problem, dropped=dropped, costs=False).run(Options(gap=1000, seconds=5), relaxed=relaxed)
    return run.status is not Status.INFEASIBLE


def elastic(problem: Problem, *, targets: bool, resources: bool, seconds: int = 10) -> Elastic | None:
    """Return a choice with the smallest total shortage, each rule weighed by its own size; nothing if none exists."""
    model = _Model(problem, elastic_targets=targets, elastic_resources=resources, costs=False)
    run = model.run(Options(gap=1, seconds=seconds))
    if run.choice is None:
        return None
    totals = total(problem, run.choice)
    shortfall = {one.code: max(0, one.required - totals.gains[one.code]) for one in problem.targets}
    extra = {one.code: max(0, totals.uses[one.code] - one.limit) for one in problem.resources}
    return Elastic(run.choice, shortfall, extra)


def most(problem: Problem, code: str) -> int:
    """Return a proven ceiling of what one target can get when no other target counts; 0 when nothing is allowed."""
    model = _Model(problem, dropped=frozenset(f"target:{one.code}" for one in problem.targets), costs=False)
    gains = [package.gains.get(code, 0) for _key, package in model.columns]
    scale = max(1.0, max([0, *gains]) / _LARGEST)
    model.costs = [-gain / scale for gain in gains]
    run = model.run(Options(gap=0, seconds=5))
    return 0 if run.choice is None else max(0, math.floor(-run.bound * scale + 1e-6 * scale))


def trim(problem: Problem, choice: Choice) -> Choice:
    """Leave out or make cheaper what the targets do not need, dearest first; the answer stays allowed."""
    kept = dict(choice)
    by_key = {one.key: one for one in problem.dossiers}

    def dearest(key: str) -> tuple[int, str]:
        package = problem.package(key, kept[key])
        return (-(problem.weights.cost(package) if package else 0), key)

    for key in sorted(kept, key=dearest):
        now = problem.package(key, kept[key])
        if now is None or by_key[key].lock is Lock.IN or problem.weights.cost(now) == 0:
            continue
        without = {other: code for other, code in kept.items() if other != key}
        if verify(problem, without).holds:
            kept = without
    return dict(sorted(kept.items()))


@dataclass(frozen=True, slots=True)
class _Run:
    status: Status
    choice: Choice | None
    bound: float


@dataclass(slots=True)
class _Row:
    name: str
    lower: float
    upper: float
    scale: float = 1.0


class _Model:
    """The matrix of a problem; made once, asked several times."""

    def __init__(
        self,
        problem: Problem,
        *,
        dropped: frozenset[str] = frozenset(),
        elastic_targets: bool = False,
        elastic_resources: bool = False,
        costs: bool = True,
    ) -> None:
        self.problem = problem
        self.columns: list[tuple[str, Package]] = []
        self.rows: list[_Row] = []
        self.costs: list[float] = []
        self.upper: list[float] = []
        self.entries: list[list[tuple[int, float]]] = []
        self._dossiers(dropped, costs)
        self._limits(dropped)
        self.binaries = len(self.columns)
        if elastic_targets:
            self._slacks("target:", +1.0)
        if elastic_resources:
            self._slacks("resource:", -1.0)

    def _dossiers(self, dropped: frozenset[str], costs: bool) -> None:
        weights = self.problem.weights
        for dossier in self.problem.dossiers:
            lock = Lock.FREE if "locks" in dropped else dossier.lock
            if lock is Lock.OUT or not dossier.packages:
                if lock is Lock.IN:
                    self.rows.append(_Row(f"lock:{dossier.key}", 1.0, 1.0))  # no package: nothing can fill this row
                continue
            row = len(self.rows)
            self.rows.append(_Row(f"lock:{dossier.key}", 1.0 if lock is Lock.IN else 0.0, 1.0))
            out = dominated(dossier.packages, weights) if costs else frozenset()
            for package in dossier.packages:
                if package.code in out:
                    continue
                self.columns.append((dossier.key, package))
                self.costs.append(float(weights.cost(package)) if costs else 0.0)
                self.upper.append(1.0)
                self.entries.append([(row, 1.0)])

    def _limits(self, dropped: frozenset[str]) -> None:
        for target in self.problem.targets:
            if target.required > 0 and f"target:{target.code}" not in dropped:
                gains = [package.gains.get(target.code, 0) for _key, package in self.columns]
                self._row(_Row(f"target:{target.code}", float(target.required), _INFINITE), gains)
        for resource in self.problem.resources:
            uses = [package.uses.get(resource.code, 0) for _key, package in self.columns]
            if f"resource:{resource.code}" not in dropped and any(uses):
                self._row(_Row(f"resource:{resource.code}", -_INFINITE, float(resource.limit)), uses)

    def _row(self, row: _Row, amounts: Sequence[int]) -> None:
        largest = max([1, *amounts])
        row.scale = max(1.0, 10.0 ** math.ceil(math.log10(largest / _LARGEST))) if largest > _LARGEST else 1.0
        index = len(self.rows)
        self.rows.append(row)
        for entry, amount in zip(self.entries, amounts, strict=True):
            if amount:
                entry.append((index, amount / row.scale))

    def _slacks(self, prefix: str, sign: float) -> None:
        for index, row in enumerate(self.rows):
            if row.name.startswith(prefix):
                size = row.lower if sign > 0 else row.upper
                self.entries.append([(index, sign)])
                self.costs.append(1_000.0 * row.scale / max(1.0, size))
                self.upper.append(_INFINITE)

    def run(self, options: Options, *, margins: dict[str, int] | None = None, relaxed: bool = False) -> _Run:
        """Solve and read the answer back."""
        if any(not self._fillable(index) for index in range(len(self.rows)) if self.rows[index].lower > 0):
            return _Run(Status.INFEASIBLE, None, 0.0)
        if not self.entries:
            return _Run(Status.OPTIMAL, {}, 0.0)
        highs = _highs(options)
        highs.passModel(self._matrix(margins or {}, relaxed))
        highs.run()
        return self._read(highs, relaxed)

    def _fillable(self, index: int) -> bool:
        return any(row == index for entry in self.entries for row, _value in entry)

    def _matrix(self, margins: dict[str, int], relaxed: bool) -> Any:
        import numpy as np

        highspy = _highspy()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.entries), len(self.rows)
        lp.col_cost_ = np.array(self.costs, dtype=float)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.entries)), np.array(self.upper, dtype=float)
        lp.row_lower_ = np.array([_bound(row.lower + margins.get(row.name, 0), row.scale) for row in self.rows])
        lp.row_upper_ = np.array([_bound(row.upper - margins.get(row.name, 0), row.scale) for row in self.rows])
        lp.a_matrix_.start_ = np.cumsum([0, *(len(entry) for entry in self.entries)])
        lp.a_matrix_.index_ = np.array([row for entry in self.entries for row, _value in entry])
        lp.a_matrix_.value_ = np.array([value for entry in self.entries for _row, value in entry], dtype=float)
        if not relaxed:
            kinds = [highspy.HighsVarType.kInteger] * self.binaries
            lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(self.entries) - self.binaries)
        return lp

    def _read(self, highs: Any, relaxed: bool) -> _Run:
        states = _highspy().HighsModelStatus
        state, info = highs.getModelStatus(), highs.getInfo()
        if state in (states.kInfeasible, states.kUnboundedOrInfeasible):
            return _Run(Status.INFEASIBLE, None, 0.0)
        if info.primal_solution_status != _highspy().SolutionStatus.kSolutionStatusFeasible:
            return _Run(Status.UNKNOWN, None, 0.0)
        values = highs.getSolution().col_value
        choice = {
            key: package.code
            for (key, package), value in zip(self.columns, values, strict=False)
            if value > 0.5 and not relaxed
        }
        bound = info.objective_function_value if relaxed else info.mip_dual_bound
        status = Status.OPTIMAL if state == states.kOptimal else Status.WITHIN_GAP
        return _Run(status, choice, bound if math.isfinite(bound) else 0.0)


def _bound(value: float, scale: float) -> float:
    return value if abs(value) >= _INFINITE else value / scale


def _highs(options: Options) -> Any:
    highs = _highspy().Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", options.threads),
        ("random_seed", _SEED),
        ("time_limit", float(options.seconds)),
        ("mip_max_nodes", options.nodes),
        ("mip_rel_gap", options.gap / 1000),
        ("mip_abs_gap", 1e-6),
        ("mip_feasibility_tolerance", 1e-9),
        ("primal_feasibility_tolerance", 1e-9),
    ):
        highs.setOptionValue(name, value)
    return highs


def _highspy() -> Any:
    import highspy  # loaded when somebody plans, not when the application starts

    return highspy
