"""The door of the target planner. Stable, keep it small.

A plan is an advice with its proof; people decide. What was asked, what was known and what came out is stored with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from koopkracht.monitoring.planner import content, running, store, targets
from koopkracht.monitoring.planner.content import Instrument, Menu
from koopkracht.monitoring.planner.types import Assumption, PlanRequest, PlanRow, PlanState, PlanView, TargetOption
from koopkracht.monitoring.planner.words import amount as amount_in_words
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice

__all__ = [
    "Instrument",
    "amount_in_words",
    "assumptions",
    "compute",
    "decide",
    "decided",
    "list_plans",
    "mark",
    "menu",
    "plan",
    "request_of",
    "set_assumption",
    "start",
    "target_options",
]


def menu(*, organisation_id: int) -> Menu:
    """Return instruments, aims and settings with the values that this organisation uses."""
    return content.menu(store.values(organisation_id))


def target_options(*, organisation_id: int, year: int, on: dt.date | None = None) -> tuple[TargetOption, ...]:
    """Return the active indicators a plan for a year can work towards; the others say what is missing."""
    return targets.options(organisation_id=organisation_id, year=year, menu=content.menu(), on=on or clock.today())


def start(*, actor: Actor, request: PlanRequest) -> int:
    """Ask for a plan and return its key; a job computes it. Raises ``PlanIncomplete`` and ``NotAllowed``.

    The same request by the same person while the first is still waiting returns the first.
    """
    return running.start(actor=actor, request=request)


def compute(*, actor: Actor, plan_id: int) -> PlanState:
    """Compute a waiting plan here and now instead of in the queue; a finished plan stays as it is.

    Raises ``PlanNotFound`` and ``NotAllowed``.
    """
    actor.require("planner.run")
    return running.compute(
        organisation_id=actor.organisation_id, plan_id=plan_id, report=lambda _done, _total, _text: None
    )


def plan(*, organisation_id: int, plan_id: int) -> PlanView:
    """Return a stored plan. Raises ``PlanNotFound``."""
    return store.view(store.run(organisation_id, plan_id))


def request_of(*, organisation_id: int, plan_id: int) -> PlanRequest:
    """Return what was asked for a plan, to start from it again. Raises ``PlanNotFound``."""
    return running.request_from(store.run(organisation_id, plan_id).request)


def list_plans(*, actor: Actor, query: ListQuery) -> Slice[PlanRow]:
    """Return a slice of the plans, filters ``state`` and ``year``. Raises ``NotAllowed``."""
    actor.require("planner.view")
    return store.list_plans(actor.organisation_id, query)


def decided(*, organisation_id: int, year: int) -> Mapping[int, str]:
    """Return the decided plans of a year, newest first."""
    return store.decided(organisation_id, year)


def decide(*, actor: Actor, plan_id: int, reason: str, deviations: Mapping[str, tuple[str, str]] | None = None) -> None:
    """Follow a plan. ``deviations`` holds per dossier key another package code (empty: leave it) and why.

    Raises ``PlanIncomplete`` (no reason, a package not open), ``PlanNotReady``, ``PlanNotFound``, ``NotAllowed``.
    """
    running.decide(actor=actor, plan_id=plan_id, reason=reason, deviations=deviations or {})


def mark(*, actor: Actor, plan_id: int) -> int:
    """Mark the purchases of a decided plan in the purchasing plan and return how many are marked.

    Raises ``PlanNotReady``, ``PlanNotFound`` and ``NotAllowed``.
    """
    return running.mark(actor=actor, plan_id=plan_id)


def assumptions(*, organisation_id: int) -> tuple[Assumption, ...]:
    """Return every number the planner assumes, with its source and who changed it."""
    return store.assumptions(organisation_id)


def set_assumption(*, actor: Actor, code: str, value: int | None, reason: str = "") -> None:
    """Use an own number, or ours again with ``None``. Raises ``AssumptionRefused`` and ``NotAllowed``."""
    running.set_assumption(actor=actor, code=code, value=value, reason=reason)
