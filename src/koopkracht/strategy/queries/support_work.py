"""Reads of building support: link sheets, contributions, flagship dossiers, reports."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from koopkracht.shared.clock import BRUSSELS
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice, key_of
from koopkracht.strategy.errors.support import SupportNotFound
from koopkracht.strategy.models import Contribution, Flagship, Learning, LinkSheet, SupportReport
from koopkracht.strategy.types.support import (
    ContributionStatus,
    ContributionView,
    FlagshipView,
    LearningKind,
    LearningView,
    LinkSheetView,
    ReportFigure,
    ReportView,
)

_SHEET = (
    "id", "title", "purchase", "priority", "contribution", "question", "figures", "policy_source",
    "planned_purchase_id", "author_id", "updated_at",
)  # fmt: skip
_CONTRIBUTION = ("id", "segment", "text", "author_id", "at", "status", "response", "answered_by_id", "answered_at")
_LEARNING = ("id", "flagship_id", "flagship__title", "kind", "text", "author_id", "at", "shared_at")
_REPORT = (
    "id", "start", "end", "title", "summary", "next_step", "successes", "lessons", "figures", "figures_source",
    "author_id", "made_at",
)  # fmt: skip


def link_sheets(organisation_id: int) -> tuple[LinkSheetView, ...]:
    """Return the link sheets by title."""
    rows = LinkSheet.objects.of(organisation_id).order_by("title", "id").values(*_SHEET)
    return tuple(LinkSheetView(**row) for row in rows)


def link_sheet(organisation_id: int, sheet_id: int) -> LinkSheetView:
    """Return one link sheet. Raises ``SupportNotFound``."""
    row = LinkSheet.objects.of(organisation_id).filter(pk=sheet_id).values(*_SHEET).first()
    if row is None:
        raise SupportNotFound("link-sheet", sheet_id)
    return LinkSheetView(**row)


def list_contributions(organisation_id: int, query: ListQuery) -> Slice[ContributionView]:
    """Return a slice of the contributions; filters ``segment``, ``status`` and ``author``."""
    rows = Contribution.objects.of(organisation_id)
    for name in ("segment", "status"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if query.filters.get("author"):
        rows = rows.filter(author_id=key_of(query.filters["author"]))
    if query.search.strip():
        rows = rows.filter(text__icontains=query.search.strip())
    return keyset(
        rows, query=query, sorts={"at": "at", "status": "status"}, fields=_CONTRIBUTION, convert=_contribution
    )


def contribution(organisation_id: int, contribution_id: int) -> ContributionView:
    """Return one contribution. Raises ``SupportNotFound``."""
    row = Contribution.objects.of(organisation_id).filter(pk=contribution_id).values(*_CONTRIBUTION).first()
    if row is None:
        raise SupportNotFound("contribution", contribution_id)
    return _contribution(**row)


def _contribution(*, status: str, **fields: Any) -> ContributionView:
    return ContributionView(status=ContributionStatus(status), **fields)


def flagships(organisation_id: int, **narrowed: Any) -> tuple[FlagshipView, ...]:
    """Return flagship dossiers with what they taught: those that run first."""
    rows = list(Flagship.objects.of(organisation_id).filter(**narrowed).order_by("started_on", "id"))
    rows.sort(key=lambda row: row.closed_on is not None)
    taught: dict[int, list[LearningView]] = defaultdict(list)
    for one in learnings(organisation_id, flagship_id__in=[row.pk for row in rows]):
        taught[one.flagship_id].append(one)
    return tuple(
        FlagshipView(
            id=row.pk,
            subject=row.subject,
            subject_key=row.subject_key,
            title=row.title,
            reason=row.reason,
            started_on=row.started_on,
            closed_on=row.closed_on,
            learnings=tuple(taught[row.pk]),
        )
        for row in rows
    )


def flagship(organisation_id: int, flagship_id: int) -> FlagshipView:
    """Return one flagship dossier. Raises ``SupportNotFound``."""
    found = flagships(organisation_id, pk=flagship_id)
    if not found:
        raise SupportNotFound("flagship", flagship_id)
    return found[0]


def learnings(organisation_id: int, **narrowed: Any) -> tuple[LearningView, ...]:
    """Return successes and lessons, newest first."""
    rows = Learning.objects.of(organisation_id).filter(**narrowed).order_by("-at", "-id").values(*_LEARNING)
    return tuple(
        LearningView(kind=LearningKind(row.pop("kind")), flagship=row.pop("flagship__title"), **row) for row in rows
    )


def learnings_between(organisation_id: int, start: dt.date, end: dt.date) -> tuple[LearningView, ...]:
    """Return what was learned in a period, both days included."""
    first = dt.datetime.combine(start, dt.time(), BRUSSELS)
    last = dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), BRUSSELS)
    return learnings(organisation_id, at__gte=first, at__lt=last)


def reports(organisation_id: int, **narrowed: Any) -> tuple[ReportView, ...]:
    """Return reports, newest first."""
    rows = SupportReport.objects.of(organisation_id).filter(**narrowed).order_by("-end", "-id").values(*_REPORT)
    return tuple(_report(**row) for row in rows)


def report(organisation_id: int, report_id: int) -> ReportView:
    """Return one report. Raises ``SupportNotFound``."""
    found = reports(organisation_id, pk=report_id)
    if not found:
        raise SupportNotFound("report", report_id)
    return found[0]


def _report(*, successes: list[str], lessons: list[str], figures: list[dict[str, str]], **fields: Any) -> ReportView:
    return ReportView(
        successes=tuple(successes),
        lessons=tuple(lessons),
        figures=tuple(ReportFigure(**one) for one in figures),
        **fields,
    )
