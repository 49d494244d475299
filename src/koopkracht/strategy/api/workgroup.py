"""The door of strategy about the working group, round tables, talks with departments and the exchange event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import DecisionInput, MemberInput
from koopkracht.shared.actor import Actor
from koopkracht.strategy.actions import workgroup as actions
from koopkracht.strategy.models import NEED_SOURCE_LABELS
from koopkracht.strategy.queries import workgroup as queries
from koopkracht.strategy.types.workgroup import (
    Decided,
    DepartmentNeedInput,
    DepartmentNeedView,
    DepartmentTotal,
    ExchangeCheck,
    RoundTableResult,
    WorkgroupStanding,
)

__all__ = [
    "DECISION",
    "NEED_SOURCE_LABELS",
    "decide",
    "department_needs",
    "department_totals",
    "exchange_check",
    "put_need",
    "remove_need",
    "round_table_results",
    "set_up",
    "standings",
]

DECISION = actions.DECISION
"""Subject of the tasks that come from a decision; the key is the number of the decision."""


def set_up(
    *,
    actor: Actor,
    name: str,
    rhythm_months: int | None,
    purpose: str = "",
    members: Sequence[MemberInput] = (),
    started_on: dt.date | None = None,
) -> int:
    """Set up the structural working group and return its number; the rhythm is mandatory.

    Raises ``MeetingRefused`` and ``NotAllowed``.
    """
    actor.require("strategy.edit")
    return meetings.create_group(
        actor=actor,
        kind=queries.WORKING_GROUP,
        name=name,
        rhythm_months=rhythm_months,
        purpose=purpose,
        members=tuple(members),
        started_on=started_on,
    )


def standings(*, organisation_id: int, on: dt.date, kind: str = queries.WORKING_GROUP) -> tuple[WorkgroupStanding, ...]:
    """Return how the working groups (or groups of another kind) stand on a day, the open ones first."""
    return queries.standings(organisation_id, kind, on)


def decide(
    *, actor: Actor, meeting_id: int, decision: DecisionInput, evidence_kind: str = "", approver_id: int | None = None
) -> Decided:
    """Write down a decision; with an owner and a day it becomes a task in the same transaction. Twice is once.

    Raises ``DecisionIncomplete``, ``MeetingNotFound``, ``MeetingRefused``, ``ObligationRefused``, ``WrongState`` (of
    meetings) and ``NotAllowed``; nothing is stored then.
    """
    return actions.decide(
        actor=actor, meeting_id=meeting_id, decision=decision, evidence_kind=evidence_kind, approver_id=approver_id
    )


def round_table_results(*, organisation_id: int) -> tuple[RoundTableResult, ...]:
    """Return the goals that round tables brought, the newest meeting first, to take over in the list of goals."""
    return queries.round_table_results(organisation_id)


def exchange_check(*, organisation_id: int, on: dt.date) -> ExchangeCheck:
    """Return whether an exchange event is planned in the coming twelve months."""
    return queries.exchange_check(organisation_id, on)


def department_needs(*, organisation_id: int) -> tuple[DepartmentNeedView, ...]:
    """Return what departments told in talks and forums, by department."""
    return queries.department_needs(organisation_id)


def department_totals(*, needs: Sequence[DepartmentNeedView]) -> tuple[DepartmentTotal, ...]:
    """Return count and sum per department."""
    return queries.department_totals(needs)


def put_need(*, actor: Actor, need: DepartmentNeedInput) -> int:
    """Keep what a department told and return its number; the same department and title is changed.

    Raises ``DepartmentNeedRefused``, ``MeetingNotFound``, ``ProductGroupNotFound`` and ``NotAllowed``.
    """
    return actions.put_need(actor=actor, need=need)


def remove_need(*, actor: Actor, need_id: int) -> None:
    """Take a line away. Raises ``DepartmentNeedNotFound`` and ``NotAllowed``."""
    actions.remove_need(actor=actor, need_id=need_id)
