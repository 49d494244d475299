"""Errors of the planner, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected

__all__ = ["AssumptionRefused", "PlanIncomplete", "PlanNotFound", "PlanNotReady"]


class PlanNotFound(NotFound):
    """No such plan, or no such dossier in it, in this organisation."""


class PlanIncomplete(Rejected):
    """What was asked cannot be planned; ``field`` says where."""


class PlanNotReady(Conflict):
    """There is nothing to decide on: the plan is still being computed, or there is none."""


class AssumptionRefused(Rejected):
    """An assumption without reason, or with a value that cannot be."""
