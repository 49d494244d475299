"""Reads of obligations. Querysets stay inside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Max, Q

from koopkracht.obligations.errors import ObligationNotFound
from koopkracht.obligations.models import Obligation, Step
from koopkracht.obligations.types import (
    LIVING,
    WITH_OWNER,
    Evidence,
    ObligationDetail,
    ObligationView,
    Progress,
    Revision,
    State,
    StepKind,
    StepView,
)
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice, key_of

FIELDS = (
    "id",
    "title",
    "detail",
    "subject",
    "subject_key",
    "owner_id",
    "approver_id",
    "due",
    "evidence_kind",
    "state",
    "event",
    "event_on",
    "submitted_by_id",
    "submitted_on",
    "done_on",
)
_SORTS = {"due": "due", "title": "title", "state": "state"}


def view(*, state: str, **fields: Any) -> ObligationView:
    """Return a row as others see it."""
    return ObligationView(state=State(state), **fields)


def _views(rows: Any) -> tuple[ObligationView, ...]:
    return tuple(view(**row) for row in rows.values(*FIELDS))


def _late(on: dt.date) -> Q:
    with_owner = Q(state__in=WITH_OWNER, due__lt=on)
    return with_owner | Q(state=State.SUBMITTED, submitted_on__gt=F("due"))


def find(organisation_id: int, obligation_id: int) -> ObligationDetail:
    """Return an obligation with its history; raises ``ObligationNotFound``."""
    rows = _views(Obligation.objects.of(organisation_id).filter(pk=obligation_id))
    if not rows:
        raise ObligationNotFound(obligation_id)
    steps = Step.objects.of(organisation_id).filter(obligation_id=obligation_id).order_by("id")
    return ObligationDetail(obligation=rows[0], steps=tuple(_step(step) for step in steps))


def _step(step: Step) -> StepView:
    return StepView(
        kind=StepKind(step.kind),
        at=step.at,
        by_id=step.by_id,
        by=step.by_label,
        remark=step.remark,
        evidence=tuple(Evidence(**one) for one in step.evidence),
    )


def of_subjects(
    organisation_id: int, subject: str, subject_keys: Collection[int]
) -> Mapping[int, tuple[ObligationView, ...]]:
    """Return the obligations of these subjects, by due day."""
    found: dict[int, list[ObligationView]] = defaultdict(list)
    rows = Obligation.objects.of(organisation_id).filter(subject=subject, subject_key__in=list(subject_keys))
    for one in _views(rows.order_by("due", "id")):
        found[one.subject_key].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def list_obligations(
    organisation_id: int, query: ListQuery, *, on: dt.date, owner_id: int | None = None
) -> Slice[ObligationView]:
    """Return a slice; filters ``state`` (a state, ``living`` or ``late``), ``subject`` and ``owner``."""
    rows = Obligation.objects.of(organisation_id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if query.filters.get("subject"):
        rows = rows.filter(subject=query.filters["subject"])
    if query.filters.get("owner"):
        rows = rows.filter(owner_id=key_of(query.filters["owner"]))
    state = query.filters.get("state", "")
    if state == "late":
        rows = rows.filter(_late(on))
    elif state == "living":
        rows = rows.filter(state__in=LIVING)
    elif state:
        rows = rows.filter(state=state)
    if query.search.strip():
        rows = rows.filter(title__icontains=query.search.strip())
    return keyset(rows, query=query, sorts=_SORTS, fields=FIELDS, convert=view)


def to_approve(organisation_id: int, user_id: int) -> tuple[ObligationView, ...]:
    """Return what waits for this person's eyes: named as approver, or nobody named and handed in by another."""
    rows = Obligation.objects.of(organisation_id).filter(state=State.SUBMITTED)
    rows = rows.filter(Q(approver_id=user_id) | Q(approver__isnull=True)).exclude(submitted_by_id=user_id)
    return _views(rows.order_by("due", "id"))


def due_between(
    organisation_id: int, start: dt.date, end: dt.date, *, owner_id: int | None = None, living: bool = False
) -> tuple[ObligationView, ...]:
    """Return what is due from ``start`` up to and not including ``end``; cancelled ones are left out."""
    rows = Obligation.objects.of(organisation_id).filter(due__gte=start, due__lt=end).exclude(state=State.CANCELLED)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if living:
        rows = rows.filter(state__in=LIVING)
    return _views(rows.order_by("due", "id"))


def overdue(organisation_id: int, on: dt.date) -> tuple[ObligationView, ...]:
    """Return what is late on a day, the longest first."""
    return _views(Obligation.objects.of(organisation_id).filter(_late(on)).order_by("due", "id"))


def progress(obligations: Iterable[ObligationView], on: dt.date) -> Progress:
    """Count how far these obligations are."""
    counted = [one for one in obligations if one.state is not State.CANCELLED]
    return Progress(
        total=len(counted),
        done=sum(one.state is State.DONE for one in counted),
        waiting=sum(one.state is State.SUBMITTED for one in counted),
        open=sum(one.state in WITH_OWNER for one in counted),
        late=sum(one.late(on) for one in counted),
    )


def revisions(organisation_id: int, obligation_ids: Collection[int]) -> Mapping[int, Revision]:
    """Return how often each obligation changed and when it last did."""
    rows = Step.objects.of(organisation_id).filter(obligation_id__in=list(obligation_ids)).order_by()
    counted = rows.values("obligation_id").annotate(number=Count("id"), last=Max("at"))
    return {row["obligation_id"]: Revision(number=row["number"], at=row["last"]) for row in counted}
