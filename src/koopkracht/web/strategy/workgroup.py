"""The working group: who is in it, when it meets, what was agreed, and the talks around it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import COMING, GroupView, MeetingState
from koopkracht.obligations import api as obligations
from koopkracht.shared import clock
from koopkracht.shared.errors import KoopkrachtError, Rejected
from koopkracht.shared.periods import months_after
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import workgroup
from koopkracht.strategy.types.workgroup import WorkgroupStanding
from koopkracht.web.strategy.meetings import rows
from koopkracht.web.strategy.workgroup_forms import GroupForm, MemberForm, NeedForm, SetUpForm
from koopkracht.web.tasks.people import names
from koopkracht.web.tasks.views import rows_of
from koopkracht.web.ui.page import Request, page, render

_TALKS = ("department-talk", "customer-forum")
_SHOWN = 12


@require_GET
@page("strategy.view")
def overview(request: Request) -> HttpResponse:
    """Show the working group and its next step; or how to start."""
    return _show(request)


def _show(request: Request, *, member: MemberForm | None = None) -> HttpResponse:
    organisation_id, today = request.actor.organisation_id, clock.today()
    standings = workgroup.standings(organisation_id=organisation_id, on=today)
    opened = [one for one in standings if one.group.closed_on is None]
    results = workgroup.round_table_results(organisation_id=organisation_id)
    context: dict[str, Any] = {
        "standing": opened[0] if opened else None,
        "closed": [one.group for one in standings if one.group.closed_on is not None],
        "results": results,
        "tables": rows(meetings.of_kinds(organisation_id=organisation_id, kinds=["round-table"])[:_SHOWN]),
        "exchange": workgroup.exchange_check(organisation_id=organisation_id, on=today),
        "may_edit": request.actor.may("strategy.edit") and request.actor.may("meeting.edit"),
    }
    if opened:
        context |= _of_group(organisation_id, opened[0], today)
        if context["may_edit"]:
            context["member"] = member or MemberForm(organisation_id=organisation_id)
    status = 422 if member is not None and member.errors else 200
    return render(request, "strategy/workgroup.html", context, status=status)


def _of_group(organisation_id: int, standing: WorkgroupStanding, today: dt.date) -> dict[str, Any]:
    group = standing.group
    found = meetings.of_groups(organisation_id=organisation_id, group_ids=[group.id]).get(group.id, ())
    decisions = meetings.decisions(organisation_id=organisation_id, meeting_ids=[one.id for one in found])
    by_decision = obligations.of_subjects(
        organisation_id=organisation_id, subject=workgroup.DECISION, subject_keys=[one.id for one in decisions]
    )
    tasks = sorted((task for held in by_decision.values() for task in held), key=lambda task: (task.due, task.id))
    labels = meetings.roles()
    year = meetings.year_figures(organisation_id=organisation_id, kinds=["working-group"], year=today.year)
    return {
        "group": group,
        "members": _members(organisation_id, group, today),
        "missing_needed": [labels[role].lower() for role in standing.missing_needed],
        "missing_advised": [labels[role].lower() for role in standing.missing_advised],
        "missing_leads": [labels[role].lower() for role in standing.missing_leads],
        "coming": rows(sorted((one for one in found if one.state in COMING), key=lambda one: one.date)),
        "past": rows([one for one in found if one.state is MeetingState.HELD][:_SHOWN]),
        "tasks": rows_of(organisation_id, [task for task in tasks if task.state not in {"done", "cancelled"}]),
        "progress": obligations.progress(obligations=tasks, on=today),
        "year": year,
    }


def _members(organisation_id: int, group: GroupView, today: dt.date) -> list[dict[str, Any]]:
    current = [member for member in group.members if member.current(today)]
    who = names(organisation_id, (member.user_id for member in current))
    labels = meetings.roles()
    return [
        {
            "id": member.id,
            "name": ", ".join(
                part for part in (who.get(member.user_id or 0, "") or member.name, member.organisation_name) if part
            ),
            "role": labels.get(member.role, member.role),
            "leads": member.leads,
            "since": member.valid_from,
        }
        for member in current
    ]


def _put(form: Any, error: KoopkrachtError) -> None:
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, error.message)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def set_up(request: Request) -> HttpResponse:
    """Set up the working group."""
    kind = meetings.group_kinds()["working-group"]
    form = SetUpForm(
        request.POST if request.method == "POST" else None,
        organisation_id=request.actor.organisation_id,
        initial={"name": kind.name, "rhythm_months": 3, "purpose": kind.purpose},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            workgroup.set_up(
                actor=request.actor,
                name=data["name"],
                rhythm_months=data["rhythm_months"],
                purpose=data["purpose"],
                members=form.members(),
            )
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("De werkgroep is opgericht. Plan nu de eerste vergadering."))
            return redirect("workgroup")
    context = {"form": form, "title": _("Werkgroep oprichten"), "is_new": True}
    return render(request, "strategy/workgroup_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page("meeting.edit")
def edit(request: Request, group_id: int) -> HttpResponse:
    """Change name, rhythm or purpose."""
    group = meetings.group(organisation_id=request.actor.organisation_id, group_id=group_id)
    initial = {"name": group.name, "rhythm_months": group.rhythm_months, "purpose": group.purpose}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change_group(actor=request.actor, group_id=group_id, **form.cleaned_data)
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("De werkgroep is aangepast."))
            return redirect("workgroup")
    context = {"form": form, "title": _("Werkgroep aanpassen"), "is_new": False}
    return render(request, "strategy/workgroup_form.html", context, status=422 if form.errors else 200)


@require_POST
@page("meeting.edit")
def add_member(request: Request, group_id: int) -> HttpResponse:
    """Add somebody to the group."""
    form = MemberForm(request.POST, organisation_id=request.actor.organisation_id)
    if form.is_valid():
        try:
            meetings.add_member(actor=request.actor, group_id=group_id, member=form.member())
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("Toegevoegd aan de groep."))
            return redirect("workgroup")
    return _show(request, member=form)


@require_POST
@page("meeting.edit")
def end_member(request: Request, group_id: int, member_id: int) -> HttpResponse:
    """Let somebody leave the group; what they did stays."""
    meetings.end_member(actor=request.actor, group_id=group_id, member_id=member_id)
    messages.success(request, _("Deze persoon is geen lid meer. De geschiedenis blijft bewaard."))
    return redirect("workgroup")


@require_POST
@page("meeting.edit")
def close(request: Request, group_id: int) -> HttpResponse:
    """Close the group."""
    meetings.close_group(actor=request.actor, group_id=group_id)
    messages.success(request, _("De werkgroep is afgesloten. Verslagen en taken blijven bewaard."))
    return redirect("workgroup")


@require_GET
@page("strategy.view")
def talks(request: Request) -> HttpResponse:
    """Show what departments told, per department."""
    held = meetings.of_kinds(organisation_id=request.actor.organisation_id, kinds=_TALKS)
    return _talks(request, held, _need_form(request, held) if request.actor.may("strategy.edit") else None)


@require_POST
@page("strategy.edit")
def add_need(request: Request) -> HttpResponse:
    """Keep what a department told."""
    held = meetings.of_kinds(organisation_id=request.actor.organisation_id, kinds=_TALKS)
    form = _need_form(request, held)
    if form.is_valid():
        try:
            workgroup.put_need(actor=request.actor, need=form.need())
        except Rejected as error:
            _put(form, error)
        else:
            messages.success(request, _("Bewaard bij de dienst."))
            return redirect("department-talks")
    return _talks(request, held, form)


def _talks(request: Request, held: Any, form: NeedForm | None) -> HttpResponse:
    actor = request.actor
    organisation_id = actor.organisation_id
    needs = workgroup.department_needs(organisation_id=organisation_id)
    context = {
        "form": form,
        "needs": [_need_row(need) for need in needs],
        "totals": workgroup.department_totals(needs=needs),
        "talks": rows(held[:_SHOWN]),
        "may_plan": actor.may("meeting.edit"),
    }
    return render(request, "strategy/department_talks.html", context, status=422 if form and form.errors else 200)


def _need_form(request: Request, held: Any) -> NeedForm:
    today = clock.today()
    purchases = strategy.planned_between(
        organisation_id=request.actor.organisation_id, start=months_after(today, -12), end=months_after(today, 60)
    )
    return NeedForm(
        request.POST if request.method == "POST" else None,
        talks=[(str(one.id), f"{one.title} ({one.date:%d-%m-%Y})") for one in held],
        purchases=[(str(one.id), one.title) for one in purchases],
    )


def _need_row(need: Any) -> dict[str, Any]:
    return {
        "id": need.id,
        "department": need.department,
        "title": need.title,
        "amount": need.yearly_amount,
        "planned": need.planned_purchase,
        "remark": need.remark,
        "source": str(workgroup.NEED_SOURCE_LABELS[need.source]),
        "href": reverse("meeting", kwargs={"meeting_id": need.meeting_id}) if need.meeting_id else "",
    }


@require_POST
@page("strategy.edit")
def remove_need(request: Request, need_id: int) -> HttpResponse:
    """Take a line of a department away."""
    workgroup.remove_need(actor=request.actor, need_id=need_id)
    messages.success(request, _("De lijn is verwijderd."))
    return redirect("department-talks")
