"""Dutch sentences about a plan. They are stored with the plan, so that it reads the same in later years."""

from __future__ import annotations

from collections.abc import Iterable

from koopkracht.monitoring.planner.problem import Problem, Resource, Scarce, Target, Unit


def thousands(number: int) -> str:
    """Return a whole number with points between the thousands."""
    return f"{number:,}".replace(",", ".")


def amount(number: int, unit: Unit) -> str:
    """Return an amount in words; cents become whole euro, rounded half up."""
    match unit:
        case Unit.CENTS:
            return f"{thousands((number + 50) // 100)} euro"
        case Unit.HOURS:
            return f"{thousands(number)} uur"
        case Unit.COUNT:
            return "1 opdracht" if number == 1 else f"{thousands(number)} opdrachten"


def listed(parts: Iterable[str]) -> str:
    """Return parts as people say them: one, two and three."""
    found = list(parts)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} en {found[-1]}" if found else ""


def scarce(resource: Resource) -> str:
    """Say what a limit stands for, as the end of a sentence with "omdat"."""
    size = amount(resource.limit, resource.unit)
    if resource.kind is Scarce.STAFF:
        return f"uw medewerkers in {resource.label} {size} hebben"
    return f"de sociale economie voor {resource.label} nog {size} aankan"


def because(problem: Problem, conflict: Iterable[str]) -> str:
    """Say why, from the names of the rules that clash."""
    names = set(conflict)
    parts = [scarce(one) for one in problem.resources if f"resource:{one.code}" in names]
    if "locks" in names:
        parts.append("u dossiers vastzette of uitsloot")
    return listed(parts) or "er niet meer dossiers zijn waarin een instrument open is"


def unreachable(problem: Problem, target: Target, most: int, conflict: Iterable[str]) -> str:
    """Say that one target is out of reach by itself."""
    return (
        f"“{target.label}” vraagt {amount(target.required, target.unit)}. Wat er gepland is, kan hoogstens "
        f"{amount(most, target.unit)} opleveren, omdat {because(problem, conflict)}."
    )


def together(problem: Problem, conflict: Iterable[str]) -> str:
    """Say that targets are within reach one by one, but not together."""
    names = set(conflict)
    targets = [f"“{one.label}”" for one in problem.targets if f"target:{one.code}" in names]
    if not targets:
        return f"Wat u vastzette, past niet samen, omdat {because(problem, names)}."
    if len(targets) == 1:
        return f"{targets[0]} lukt niet, omdat {because(problem, names)}."
    return f"Apart zijn ze haalbaar, maar {listed(targets)} lukken niet samen, omdat {because(problem, names)}."


def remedy(problem: Problem, extra: dict[str, int] | None) -> str:
    """Say what would make it possible with the least enlargement of what is scarce."""
    if extra is None:
        return (
            "Ook met meer uren en een grotere markt lukt het niet. Plan meer dossiers, geef dossiers vrij, laat "
            "twijfelgevallen toe, of verlaag een doel."
        )
    parts = []
    for resource in problem.resources:
        more = extra.get(resource.code, 0)
        if not more:
            continue
        where = resource.label if resource.kind is Scarce.STAFF else f"de markt voor {resource.label}"
        parts.append(f"{amount(more, resource.unit)} meer in {where}")
    return f"Het lukt wel met {listed(parts)}." if parts else ""


def missing(problem: Problem, shortfall: dict[str, int]) -> list[str]:
    """Say per target how much is missing in the plan that comes closest."""
    return [
        f"“{one.label}”: er ontbreekt nog {amount(shortfall[one.code], one.unit)} van {amount(one.required, one.unit)}."
        for one in problem.targets
        if shortfall.get(one.code)
    ]
