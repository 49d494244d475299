"""A planning problem as plain JSON and back, so that a stored plan can be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON; the same problem always gives the same text."""
    return {
        "weights": {"hour": problem.weights.hour, "risk": problem.weights.risk},
        "targets": [[one.code, one.label, one.unit.value, one.required] for one in problem.targets],
        "resources": [[one.code, one.label, one.unit.value, one.kind.value, one.limit] for one in problem.resources],
        "dossiers": [
            [one.key, one.title, one.quarter, one.lock.value, [_package_json(package) for package in one.packages]]
            for one in problem.dossiers
        ],
    }


def problem_from(stored: Mapping[str, Any]) -> Problem:
    """Return the problem that :func:`problem_json` wrote. Raises ``ValueError`` for anything else."""
    return make(
        [
            Dossier(key, title, quarter, tuple(_package(package) for package in packages), Lock(lock))
            for key, title, quarter, lock, packages in stored["dossiers"]
        ],
        [Target(code, label, Unit(unit), required) for code, label, unit, required in stored["targets"]],
        [
            Resource(code, label, Unit(unit), Scarce(kind), limit)
            for code, label, unit, kind, limit in stored["resources"]
        ],
        Weights(**stored["weights"]),
    )


def _package_json(package: Package) -> list[Any]:
    return [
        package.code,
        list(package.instruments),
        package.hours,
        package.risk,
        dict(sorted(package.gains.items())),
        dict(sorted(package.uses.items())),
        package.undetermined,
    ]


def _package(stored: list[Any]) -> Package:
    code, instruments, hours, risk, gains, uses, undetermined = stored
    return Package(code, tuple(instruments), hours, risk, gains, uses, undetermined)
