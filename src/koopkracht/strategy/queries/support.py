"""Reads of building support: workspace, goal, stakeholders, activities. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from typing import Any

from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy.errors.support import SupportNotFound
from koopkracht.strategy.models import SharedGoal, Stakeholder, SupportActivity, SupportInvitation, SupportWorkspace
from koopkracht.strategy.types.support import (
    ActivityStatus,
    ActivityView,
    Audience,
    DiffPart,
    Engagement,
    GoalVersion,
    InvitationView,
    Phase,
    Priority,
    StakeholderKind,
    StakeholderView,
    WorkspaceView,
)

_STAKEHOLDER = ("id", "name", "kind", "interest", "priority", "engagement", "contact", "next_step", "is_core")
_ACTIVITY = ("id", "title", "phase", "audience", "kind", "owner_id", "date", "status", "detail")
_GOAL = ("id", "version", "text", "remark", "author_id", "at", "is_current")
_WORKSPACE = ("id", "opened_by_id", "opened_at", "report_months", "quiet_days", "last_at", "last_what")
_INVITATION = ("id", "user_id", "invited_by_id", "invited_at", "note", "joined_at")
_SENTENCE = re.compile(r"\s*\S+")


def workspace(organisation_id: int) -> WorkspaceView | None:
    """Return the workspace, ``None`` while nobody opened it."""
    row = SupportWorkspace.objects.of(organisation_id).values(*_WORKSPACE).first()
    return WorkspaceView(**row) if row else None


def invitations(organisation_id: int) -> tuple[InvitationView, ...]:
    """Return who was asked to build along, in order."""
    rows = SupportInvitation.objects.of(organisation_id).order_by("invited_at", "id").values(*_INVITATION)
    return tuple(InvitationView(**row) for row in rows)


def current_goal(organisation_id: int) -> GoalVersion | None:
    """Return the current goal statement."""
    row = SharedGoal.objects.of(organisation_id).filter(is_current=True).values(*_GOAL).first()
    return GoalVersion(**row) if row else None


def goal_versions(organisation_id: int) -> tuple[GoalVersion, ...]:
    """Return every version, newest first."""
    rows = SharedGoal.objects.of(organisation_id).order_by("-version").values(*_GOAL)
    return tuple(GoalVersion(**row) for row in rows)


def goal_version(organisation_id: int, version: int) -> GoalVersion:
    """Return one version. Raises ``SupportNotFound``."""
    row = SharedGoal.objects.of(organisation_id).filter(version=version).values(*_GOAL).first()
    if row is None:
        raise SupportNotFound("goal", version)
    return GoalVersion(**row)


def diff(old: str, new: str) -> tuple[DiffPart, ...]:
    """Return word by word what changed from ``old`` to ``new``; together the parts give both texts back."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    return tuple(_parts(before, after))


def _parts(before: list[str], after: list[str]) -> Iterator[DiffPart]:
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            yield DiffPart("same", "".join(after[new_start:new_end]))
            continue
        if end > start:
            yield DiffPart("removed", "".join(before[start:end]))
        if new_end > new_start:
            yield DiffPart("added", "".join(after[new_start:new_end]))


def list_stakeholders(organisation_id: int, query: ListQuery) -> Slice[StakeholderView]:
    """Return a slice of the register; filters ``kind``, ``priority`` and ``engagement``."""
    rows = Stakeholder.objects.of(organisation_id)
    for name in ("kind", "priority", "engagement"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if query.search.strip():
        rows = rows.filter(name__icontains=query.search.strip())
    return keyset(rows, query=query, sorts={"name": "name", "kind": "kind"}, fields=_STAKEHOLDER, convert=_stakeholder)


def stakeholder(organisation_id: int, stakeholder_id: int) -> StakeholderView:
    """Return one stakeholder. Raises ``SupportNotFound``."""
    row = Stakeholder.objects.of(organisation_id).filter(pk=stakeholder_id).values(*_STAKEHOLDER).first()
    if row is None:
        raise SupportNotFound("stakeholder", stakeholder_id)
    return _stakeholder(**row)


def _stakeholder(*, kind: str, priority: str, engagement: str, **fields: Any) -> StakeholderView:
    return StakeholderView(
        kind=StakeholderKind(kind), priority=Priority(priority), engagement=Engagement(engagement), **fields
    )


def activities(
    organisation_id: int, *, start: dt.date | None = None, end: dt.date | None = None
) -> tuple[ActivityView, ...]:
    """Return activities by date; ``start`` and ``end`` both belong to the period."""
    rows = SupportActivity.objects.of(organisation_id).order_by("date", "id")
    if start is not None:
        rows = rows.filter(date__gte=start)
    if end is not None:
        rows = rows.filter(date__lte=end)
    return tuple(_activity(**row) for row in rows.values(*_ACTIVITY))


def activity(organisation_id: int, activity_id: int) -> ActivityView:
    """Return one activity. Raises ``SupportNotFound``."""
    row = SupportActivity.objects.of(organisation_id).filter(pk=activity_id).values(*_ACTIVITY).first()
    if row is None:
        raise SupportNotFound("activity", activity_id)
    return _activity(**row)


def _activity(*, phase: str, audience: str, status: str, **fields: Any) -> ActivityView:
    return ActivityView(phase=Phase(phase), audience=Audience(audience), status=ActivityStatus(status), **fields)
