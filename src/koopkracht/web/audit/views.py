"""The auditor's screen: who did what and when, is the log whole, and the log as a file to verify elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.audit.types import EventView, Problem
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.audit.labels import FINDINGS, action_text, subject_text
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import page, render

# The names in the address, and what the log calls them.
_FILTERS = {
    "handeling": "action", "onderwerp": "subject", "sleutel": "key", "persoon": "user", "van": "since", "tot": "until",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the list shows it."""

    sequence: int
    moment: Any
    who: str
    what: str
    subject: str


def _listing(actor: Any) -> Listing:
    actions, subjects = audit.choices(actor=actor)
    return Listing(
        name="logboek",
        caption=gettext_lazy("Gebeurtenissen, de nieuwste eerst"),
        columns=(
            Column("sequence", gettext_lazy("Nummer"), sort=True, href=link_to("audit-event", sequence="sequence")),
            Column("moment", gettext_lazy("Wanneer"), format="moment"),
            Column("who", gettext_lazy("Wie")),
            Column("what", gettext_lazy("Wat")),
            Column("subject", gettext_lazy("Waarover")),
        ),
        filters=(
            Filter("handeling", gettext_lazy("Wat"), options=[(code, action_text(code)) for code in actions]),
            Filter("onderwerp", gettext_lazy("Waarover"), options=[(code, subject_text(code)) for code in subjects]),
            Filter("persoon", gettext_lazy("Nummer van de persoon"), kind="text"),
            Filter("van", gettext_lazy("Van"), kind="date"),
            Filter("tot", gettext_lazy("Tot en met"), kind="date"),
        ),
        sort="-sequence",
        empty_title=gettext_lazy("Geen gebeurtenissen gevonden"),
        empty_text=gettext_lazy("Kies andere filters, of kom terug als er gewerkt is."),
    )


@page("audit.view")
@require_GET
def log(request: Any) -> HttpResponseBase:
    """List the events of the organisation."""
    actor = request.actor

    def fetch(query: ListQuery) -> Slice[Row]:
        filters = {_FILTERS[name]: value for name, value in query.filters.items()}
        found = audit.list_events(actor=actor, query=replace(query, filters=filters))
        names = _names(actor.organisation_id, found.rows)
        return found.map(lambda event: _row(event, names))

    return _listing(actor).respond(request, fetch, "audit/log.html")


@page("audit.view")
@require_GET
def event(request: Any, sequence: int) -> HttpResponse:
    """Show one event with everything that is stored of it."""
    found = audit.event(actor=request.actor, sequence=sequence)
    row = _row(found, _names(request.actor.organisation_id, [found]))
    data = json.dumps(found.data, indent=2, ensure_ascii=False, sort_keys=True) if found.data else ""
    return render(request, "audit/event.html", {"event": found, "row": row, "data": data})


@page("audit.view")
@require_POST
def verify(request: Any) -> HttpResponse:
    """Verify the log of the organisation, and show where it deviates."""
    anchors = Path(settings.AUDIT_ANCHORS)
    report = audit.verify(organisation_id=request.actor.organisation_id, anchors=anchors if anchors.is_file() else None)
    problems = [(_place(problem), str(FINDINGS[problem.finding])) for problem in report.problems]
    return render(request, "audit/verified.html", {"report": report, "problems": problems})


@page("audit.view")
@require_GET
def export(request: Any) -> StreamingHttpResponse:
    """Download the whole log as lines that can be verified without Koopkracht."""
    response = StreamingHttpResponse(
        audit.export_lines(actor=request.actor), content_type="application/jsonl; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="logboek.jsonl"'
    return response


def _names(organisation_id: int, events: Iterable[EventView]) -> dict[int, str]:
    ids = {event.user_id for event in events if event.user_id is not None}
    return accounts.names_of(organisation_id=organisation_id, user_ids=ids) if ids else {}


def _row(event: EventView, names: dict[int, str]) -> Row:
    who = event.actor_label or gettext("systeem")
    if event.user_id is not None:
        who = names.get(event.user_id) or gettext("persoon %(id)s") % {"id": event.user_id}
    subject = f"{subject_text(event.subject)} {event.subject_key}".strip()
    return Row(event.sequence, event.recorded_at, who, action_text(event.action), subject)


def _place(problem: Problem) -> str:
    if problem.last not in {None, problem.sequence}:
        return gettext("Gebeurtenis %(first)s tot %(last)s") % {"first": problem.sequence, "last": problem.last}
    return gettext("Gebeurtenis %(first)s") % {"first": problem.sequence}
