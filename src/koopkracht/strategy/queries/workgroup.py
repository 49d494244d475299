"""Reads about the working group: who is missing, when it meets, what talks brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import GroupView, MeetingState, MeetingView
from koopkracht.shared.money import from_cents
from koopkracht.shared.periods import months_after
from koopkracht.strategy.models import DepartmentNeed
from koopkracht.strategy.types.workgroup import (
    DepartmentNeedView,
    DepartmentTotal,
    ExchangeCheck,
    NeedSource,
    RoundTableResult,
    WorkgroupStanding,
)

WORKING_GROUP = "working-group"
ROUND_TABLE = "round-table"
EXCHANGE = "exchange-event"
_RESULTS = "results"
_BULLETS = "-*•·– \t"


def standings(organisation_id: int, kind: str, on: dt.date) -> tuple[WorkgroupStanding, ...]:
    """Return how the groups of a kind stand, the open ones first."""
    groups = meetings.groups(organisation_id=organisation_id, kind=kind)
    held = meetings.of_groups(organisation_id=organisation_id, group_ids=[group.id for group in groups])
    return tuple(_standing(group, held.get(group.id, ()), on) for group in groups)


def _standing(group: GroupView, held: Sequence[MeetingView], on: dt.date) -> WorkgroupStanding:
    kind = meetings.group_kinds()[group.kind]
    present = group.roles(on)
    leading = {member.role for member in group.members if member.leads and member.current(on)}
    upcoming = meetings.planned_next(meetings=held, on=on)
    due = meetings.next_due(group=group, meetings=held)
    return WorkgroupStanding(
        group=group,
        missing_needed=tuple(role for role in kind.needed if role not in present),
        missing_advised=tuple(role for role in kind.advised if role not in present),
        missing_leads=tuple(role for role in kind.leads if role not in leading),
        last_held=_last_held(held),
        next_meeting=upcoming,
        next_due=due,
        overdue=due is not None and due < on and upcoming is None,
    )


def _last_held(found: Sequence[MeetingView]) -> MeetingView | None:
    held = [one for one in found if one.state is MeetingState.HELD]
    return max(held, key=lambda one: (one.date, one.id), default=None)


def round_table_results(organisation_id: int) -> tuple[RoundTableResult, ...]:
    """Return what round tables brought: one result per line of the last part of their minutes."""
    held = [
        one
        for one in meetings.of_kinds(organisation_id=organisation_id, kinds=[ROUND_TABLE])
        if one.state is MeetingState.HELD
    ]
    texts = meetings.minutes_of(organisation_id=organisation_id, meeting_ids=[one.id for one in held])
    return tuple(
        RoundTableResult(meeting_id=one.id, meeting_title=one.title, date=one.date, text=line)
        for one in held
        for line in _lines(texts.get(one.id, {}).get(_RESULTS, ""))
    )


def _lines(text: str) -> list[str]:
    return [line for line in (raw.strip(_BULLETS) for raw in text.splitlines()) if line]


def exchange_check(organisation_id: int, on: dt.date) -> ExchangeCheck:
    """Return the next exchange event within twelve months and the last one that was held."""
    found = meetings.of_kinds(organisation_id=organisation_id, kinds=[EXCHANGE])
    upcoming = meetings.planned_next(meetings=found, on=on)
    planned = upcoming if upcoming is not None and upcoming.date < months_after(on, 12) else None
    return ExchangeCheck(planned=planned, last_held=_last_held(found))


def department_needs(organisation_id: int) -> tuple[DepartmentNeedView, ...]:
    """Return what departments told, by department."""
    rows = DepartmentNeed.objects.of(organisation_id).select_related("planned").order_by("department", "title")
    return tuple(_need(row) for row in rows)


def _need(row: DepartmentNeed) -> DepartmentNeedView:
    return DepartmentNeedView(
        id=row.pk,
        department=row.department,
        title=row.title,
        source=NeedSource(row.source),
        yearly_amount=None if row.yearly_cents is None else from_cents(row.yearly_cents),
        product_group=row.product_group,
        meeting_id=row.meeting_key,
        planned_purchase_id=row.planned_id,
        planned_purchase=row.planned.title if row.planned else "",
        remark=row.remark,
    )


def department_totals(needs: Sequence[DepartmentNeedView]) -> tuple[DepartmentTotal, ...]:
    """Return count and sum per department."""
    names = dict.fromkeys(need.department for need in needs)
    return tuple(_total(name, [need for need in needs if need.department == name]) for name in names)


def _total(name: str, needs: Sequence[DepartmentNeedView]) -> DepartmentTotal:
    known = [need.yearly_amount for need in needs if need.yearly_amount is not None]
    return DepartmentTotal(
        department=name,
        needs=len(needs),
        yearly_amount=sum(known, start=from_cents(0)),
        without_amount=len(needs) - len(known),
    )
