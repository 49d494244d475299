"""Reads of stored plans and assumptions, always within one organisation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from koopkracht.monitoring.models import PlannerAssumption, PlannerRun
from koopkracht.monitoring.planner import content
from koopkracht.monitoring.planner.errors import PlanNotFound
from koopkracht.monitoring.planner.types import Assumption, PlanRow, PlanState, PlanView
from koopkracht.shared import clock
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_ROW = ("id", "name", "year", "state", "created_at", "created_by_name", "hours", "dossiers")


def values(organisation_id: int) -> dict[str, int]:
    """Return the numbers an organisation set itself, by code."""
    return dict(PlannerAssumption.objects.of(organisation_id).values_list("code", "value"))


def assumptions(organisation_id: int) -> tuple[Assumption, ...]:
    """Return every number the planner assumes, with what the organisation made of it."""
    own = {one.code: one for one in PlannerAssumption.objects.of(organisation_id)}
    return tuple(_with_own(one, own.get(one.code)) for one in content.assumptions())


def _with_own(shipped: Assumption, own: PlannerAssumption | None) -> Assumption:
    if own is None:
        return shipped
    return replace(
        shipped,
        value=own.value,
        reason=own.reason,
        changed_by=own.changed_by_name,
        changed_on=own.changed_at.astimezone(clock.BRUSSELS).date(),
    )


def list_plans(organisation_id: int, query: ListQuery) -> Slice[PlanRow]:
    """Return a slice of the plans. Filters: ``state`` and ``year``."""
    rows = PlannerRun.objects.of(organisation_id)
    if query.filters.get("state"):
        rows = rows.filter(state=query.filters["state"])
    if year := query.filters.get("year", ""):
        rows = rows.filter(year=int(year)) if re.fullmatch("[0-9]{4}", year) else rows.none()
    if query.search:
        rows = rows.filter(name__icontains=query.search)
    sorts = {"name": "name", "year": "year", "created_at": "created_at"}
    return keyset(rows, query=query, sorts=sorts, fields=_ROW, convert=_row)


def _row(*, state: str, created_by_name: str, **fields: object) -> PlanRow:
    return PlanRow(state=PlanState(state), created_by=created_by_name, **fields)  # type: ignore[arg-type]


def run(organisation_id: int, plan_id: int, *, lock: bool = False) -> PlannerRun:
    """Return the stored row. Raises ``PlanNotFound``."""
    rows = PlannerRun.objects.of(organisation_id).filter(pk=plan_id)
    found: PlannerRun | None = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise PlanNotFound("Dit plan bestaat niet (meer). Ga terug naar de lijst van plannen.", code="plan-not-found")
    return found


def view(row: PlannerRun) -> PlanView:
    """Return a plan as others see it."""
    return PlanView(
        id=row.pk,
        name=row.name,
        year=row.year,
        state=PlanState(row.state),
        created_at=row.created_at,
        created_by=row.created_by_name,
        job_id=row.job_id,
        inputs=row.inputs,
        result=row.result,
        solver=row.solver,
        message=row.message,
        decided_at=row.decided_at,
        decided_by=row.decided_by_name,
        reason=row.reason,
        decision=row.decision,
    )


def decided(organisation_id: int, year: int) -> Mapping[int, str]:
    """Return the decided plans of a year, newest first, as ``{id: name}``."""
    rows = PlannerRun.objects.of(organisation_id).filter(year=year, state=PlannerRun.State.DECIDED)
    return dict(rows.order_by("-decided_at", "-pk").values_list("pk", "name"))
