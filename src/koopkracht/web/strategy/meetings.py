"""The pages of one meeting, the same for every subject: plan, agenda, invite, hold, minutes, decisions, print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import COMING, Held, MeetingDetail, MeetingState, ParticipantView
from koopkracht.obligations import api as obligations
from koopkracht.shared import clock
from koopkracht.shared.errors import KoopkrachtError, NotFound, Rejected
from koopkracht.strategy.api import workgroup
from koopkracht.web.strategy.meeting_forms import (
    EVIDENCE,
    AgendaForm,
    DecisionForm,
    MinutesForm,
    PersonForm,
    PlanForm,
    WhenForm,
)
from koopkracht.web.tasks import subjects
from koopkracht.web.tasks.people import names
from koopkracht.web.tasks.subjects import SubjectLink
from koopkracht.web.tasks.views import state_kind, state_text
from koopkracht.web.ui.page import Request, page, render

_SUBJECT = re.compile(r"[a-z][a-z-]{0,39}")
_KIND_COLOURS = {
    MeetingState.PLANNED: "info",
    MeetingState.CONFIRMED: "info",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "default",
}


def _decision_links(organisation_id: int, keys: tuple[int, ...]) -> Mapping[int, SubjectLink]:
    """Say to which meeting the task of a decision belongs."""
    found = meetings.of_decisions(organisation_id=organisation_id, decision_ids=keys)
    return {
        key: SubjectLink(text=one.title, href=reverse("meeting", kwargs={"meeting_id": one.id}))
        for key, one in found.items()
    }


subjects.register(workgroup.DECISION, _decision_links)


def person_label(person: ParticipantView, who: Mapping[int, str]) -> str:
    """Return how somebody is called on the screen."""
    name = who.get(person.user_id or 0, "") or person.name
    return ", ".join(part for part in (name, person.organisation_name) if part)


@require_http_methods(["GET", "POST"])
@page("meeting.edit")
def plan(request: Request) -> HttpResponse:
    """Choose a kind of meeting and plan it."""
    given = request.GET
    kinds = meetings.kinds()
    kind = kinds.get(given.get("soort", ""))
    if kind is None:
        return render(request, "strategy/meeting_kinds.html", {"kinds": kinds.values(), "query": _kept(given)})
    group_id = int(given["groep"]) if given.get("groep", "").isdecimal() else None
    form = PlanForm(request.POST if request.method == "POST" else None, kind=kind, initial={"title": kind.name})
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.plan(
                actor=request.actor,
                meeting=form.meeting(group_id=group_id, subject=_subject(given), subject_key=_key(given)),
            )
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("De bijeenkomst staat in de agenda. Kijk na wie uitgenodigd is."))
            return redirect("meeting", meeting_id=made)
    context = {"form": form, "kind": kind, "roles": meetings.roles(), "cancel": _back(request, group_id)}
    return render(request, "strategy/meeting_plan.html", context, status=422 if form.errors else 200)


def _subject(given: Mapping[str, str]) -> str:
    text = given.get("onderwerp", "")
    return text if _SUBJECT.fullmatch(text) else ""


def _key(given: Mapping[str, str]) -> int:
    text = given.get("nummer", "")
    return int(text) if _subject(given) and text.isdecimal() and len(text) < 19 else 0


def _kept(given: Mapping[str, str]) -> str:
    """Return the other choices of the address, to keep while one chooses a kind."""
    kept = {name: given[name] for name in ("groep", "onderwerp", "nummer") if given.get(name)}
    return f"&{urlencode(kept)}" if kept else ""


def _back(request: Request, group_id: int | None) -> str:
    return reverse("workgroup" if group_id is not None else "calendar")


def _put(form: Any, error: KoopkrachtError) -> None:
    """Put a refusal at its field, or above the form."""
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, error.message)


@require_GET
@page("meeting.view")
def meeting(request: Request, meeting_id: int) -> HttpResponse:
    """Show one meeting and its next step."""
    return _show(request, meeting_id)


def _show(
    request: Request, meeting_id: int, *, person: PersonForm | None = None, decision: DecisionForm | None = None
) -> HttpResponse:
    actor = request.actor
    detail = meetings.meeting(organisation_id=actor.organisation_id, meeting_id=meeting_id)
    context = _context(actor.organisation_id, detail)
    may = actor.may("meeting.edit")
    context |= {
        "may_edit": may,
        "may_decide": may and actor.may("obligation.edit") and detail.meeting.state is MeetingState.HELD,
        "person": person,
        "decision": decision,
    }
    if may and person is None:
        context["person"] = PersonForm(organisation_id=actor.organisation_id)
    if context["may_decide"] and decision is None:
        context["decision"] = DecisionForm(organisation_id=actor.organisation_id)
    wrong = any(form is not None and form.errors for form in (person, decision))
    return render(request, "strategy/meeting.html", context, status=422 if wrong else 200)


def _context(organisation_id: int, detail: MeetingDetail) -> dict[str, Any]:
    """Return what the page and the print view of a meeting show."""
    one = detail.meeting
    kind = meetings.kinds()[one.kind]
    tasks = obligations.of_subjects(
        organisation_id=organisation_id,
        subject=workgroup.DECISION,
        subject_keys=[decision.id for decision in detail.decisions],
    )
    who = names(
        organisation_id,
        [*(person.user_id for person in detail.participants), *(decision.owner_id for decision in detail.decisions)],
    )
    present = {person.role for person in detail.participants if person.attended is not False}
    must, should = meetings.missing_roles(kind=one.kind, present=present)
    return {
        "meeting": one,
        "kind": kind,
        "state": str(meetings.STATE_LABELS[one.state]),
        "state_kind": _KIND_COLOURS[one.state],
        "coming": one.state in COMING,
        "past": one.date <= clock.today(),
        "people": [_person(person, who) for person in detail.participants],
        "agenda": _agenda(detail),
        "minutes": detail.minutes[-1] if detail.minutes else None,
        "versions": detail.minutes,
        "decisions": [_decision(row, tasks, who) for row in detail.decisions],
        "must": [meetings.roles()[role].lower() for role in must],
        "should": [meetings.roles()[role].lower() for role in should],
        "subject": subjects.links(organisation_id, [(one.subject, one.subject_key)]).get(
            (one.subject, one.subject_key)
        ),
        "group": (
            meetings.group(organisation_id=organisation_id, group_id=one.group_id) if one.group_id is not None else None
        ),
    }


def _person(person: ParticipantView, who: Mapping[int, str]) -> dict[str, Any]:
    role = meetings.roles().get(person.role, person.role)
    return {"id": person.id, "label": person_label(person, who), "role": role, "attended": person.attended}


def _agenda(detail: MeetingDetail) -> list[dict[str, Any]]:
    """Return the items under the parts of the script, and then those without a part."""
    parts = meetings.kinds()[detail.meeting.kind].parts
    grouped = [
        {"title": part.title, "items": [item for item in detail.agenda if item.part == part.code]} for part in parts
    ]
    loose = [item for item in detail.agenda if not item.part]
    return [one for one in [*grouped, {"title": "", "items": loose}] if one["items"]]


def _decision(row: Any, tasks: Mapping[int, Any], who: Mapping[int, str]) -> dict[str, Any]:
    task = next(iter(tasks.get(row.id, ())), None)
    return {
        "text": row.text,
        "owner": who.get(row.owner_id or 0, ""),
        "due": row.due,
        "task_id": task.id if task else None,
        "state": state_text(task) if task else "",
        "state_kind": state_kind(task) if task else "default",
    }


@require_http_methods(["GET", "POST"])
@page("meeting.edit")
def edit(request: Request, meeting_id: int) -> HttpResponse:
    """Move or rename a coming meeting."""
    one = meetings.meeting(organisation_id=request.actor.organisation_id, meeting_id=meeting_id).meeting
    initial = {name: getattr(one, name) for name in ("title", "date", "starts", "ends", "place")}
    form = WhenForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change(actor=request.actor, meeting_id=meeting_id, **form.cleaned_data)
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("Aangepast. Agenda's met een agendalink volgen vanzelf."))
            return redirect("meeting", meeting_id=meeting_id)
    context = {"form": form, "meeting": one, "title": _("Dag, uur en plaats")}
    return render(request, "strategy/meeting_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page("meeting.edit")
def agenda(request: Request, meeting_id: int) -> HttpResponse:
    """Change the agenda of a coming meeting."""
    detail = meetings.meeting(organisation_id=request.actor.organisation_id, meeting_id=meeting_id)
    kind = meetings.kinds()[detail.meeting.kind]
    form = AgendaForm(request.POST if request.method == "POST" else None, kind=kind, items=detail.agenda)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.set_agenda(actor=request.actor, meeting_id=meeting_id, agenda=form.items())
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("De agenda is bewaard."))
            return redirect("meeting", meeting_id=meeting_id)
    context = {"form": form, "meeting": detail.meeting, "title": _("Agenda")}
    return render(request, "strategy/meeting_form.html", context, status=422 if form.errors else 200)


@require_POST
@page("meeting.edit")
def invite(request: Request, meeting_id: int) -> HttpResponse:
    """Invite a colleague or somebody from outside."""
    form = PersonForm(request.POST, organisation_id=request.actor.organisation_id)
    if form.is_valid():
        try:
            meetings.invite(actor=request.actor, meeting_id=meeting_id, participant=form.participant())
            return redirect("meeting", meeting_id=meeting_id)
        except Rejected as error:
            _put(form, error)
    return _show(request, meeting_id, person=form)


@require_POST
@page("meeting.edit")
def uninvite(request: Request, meeting_id: int, participant_id: int) -> HttpResponse:
    """Take somebody off the list."""
    meetings.uninvite(actor=request.actor, meeting_id=meeting_id, participant_id=participant_id)
    return redirect("meeting", meeting_id=meeting_id)


@require_POST
@page("meeting.edit")
def confirm(request: Request, meeting_id: int) -> HttpResponse:
    """Say that the meeting goes on."""
    try:
        meetings.confirm(actor=request.actor, meeting_id=meeting_id)
    except Rejected as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("De bijeenkomst is bevestigd."))
    return redirect("meeting", meeting_id=meeting_id)


@require_POST
@page("meeting.edit")
def cancel(request: Request, meeting_id: int) -> HttpResponse:
    """Take the meeting out of the calendar."""
    meetings.cancel(actor=request.actor, meeting_id=meeting_id)
    messages.success(request, _("De bijeenkomst is geschrapt."))
    return redirect("meeting", meeting_id=meeting_id)


@require_http_methods(["GET", "POST"])
@page("meeting.edit")
def minutes(request: Request, meeting_id: int) -> HttpResponse:
    """Write the minutes by the script; afterwards a correction is a new version."""
    organisation_id = request.actor.organisation_id
    detail = meetings.meeting(organisation_id=organisation_id, meeting_id=meeting_id)
    held = detail.meeting.state is MeetingState.HELD
    who = names(organisation_id, (person.user_id for person in detail.participants))
    form = MinutesForm(
        request.POST if request.method == "POST" else None,
        kind=meetings.kinds()[detail.meeting.kind],
        written=dict(detail.minutes[-1].parts) if detail.minutes else {},
        people=() if held else [(person, person_label(person, who)) for person in detail.participants],
    )
    if request.method == "POST" and form.is_valid():
        try:
            if held:
                meetings.correct(actor=request.actor, meeting_id=meeting_id, minutes=form.minutes())
            else:
                written = Held(minutes=form.minutes(), attendance=form.attendance())
                meetings.hold(actor=request.actor, meeting_id=meeting_id, held=written)
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("Het verslag is bewaard. Noteer nu wat er beslist is."))
            return redirect("meeting", meeting_id=meeting_id)
    context = {"form": form, "meeting": detail.meeting, "title": _("Verslag")}
    return render(request, "strategy/meeting_form.html", context, status=422 if form.errors else 200)


@require_POST
@page("meeting.edit")
def decide(request: Request, meeting_id: int) -> HttpResponse:
    """Write down a decision; with a person and a day it becomes a task."""
    form = DecisionForm(request.POST, organisation_id=request.actor.organisation_id)
    if form.is_valid():
        try:
            decided = workgroup.decide(
                actor=request.actor,
                meeting_id=meeting_id,
                decision=form.decision(),
                evidence_kind=EVIDENCE if form.cleaned_data["evidence"] else "",
            )
        except Rejected as error:
            _put(form, error)
        else:
            text = _("Genoteerd. De taak staat bij wie ze doet.") if decided.obligation_id else _("Genoteerd.")
            messages.success(request, text)
            return redirect("meeting", meeting_id=meeting_id)
    return _show(request, meeting_id, decision=form)


@require_GET
@page("meeting.view")
def printed(request: Request, meeting_id: int) -> HttpResponse:
    """Show the minutes as a sheet to print or to keep as PDF."""
    organisation_id = request.actor.organisation_id
    detail = meetings.meeting(organisation_id=organisation_id, meeting_id=meeting_id)
    if not detail.minutes:
        raise NotFound(_("Van deze bijeenkomst is er nog geen verslag."), code="minutes-not-found")
    return render(request, "strategy/meeting_print.html", _context(organisation_id, detail))


def rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return meetings as rows of a table."""
    return [
        {
            "date": one.date,
            "title": one.title,
            "kind": meetings.kinds()[one.kind].name,
            "state": str(meetings.STATE_LABELS[one.state]),
            "href": reverse("meeting", kwargs={"meeting_id": one.id}),
        }
        for one in found
    ]
