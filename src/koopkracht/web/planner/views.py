"""The target planner: ask, follow, read, decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.jobs import api as jobs
from koopkracht.jobs.types import JobView
from koopkracht.monitoring.planner import api as planner
from koopkracht.monitoring.planner.errors import PlanNotFound
from koopkracht.monitoring.planner.types import PlanRow, PlanState, PlanView
from koopkracht.shared import clock
from koopkracht.shared.errors import Conflict, NotFound, Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy.api import screening
from koopkracht.web.planner import paper
from koopkracht.web.planner.forms import AssumptionForm, DecisionForm, StartForm, initial_of
from koopkracht.web.planner.presenting import STATES, Board, export_rows, openings, ways_of
from koopkracht.web.ui.exports import EXPORTS
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

PLANS = Listing(
    name="doelenplannen",
    caption=gettext_lazy("Plannen"),
    columns=(
        Column("name", gettext_lazy("Plan"), href=link_to("planner-plan", plan_id="id"), sort=True),
        Column("year", gettext_lazy("Jaar"), sort=True),
        Column("state", gettext_lazy("Stand")),
        Column("dossiers", gettext_lazy("Dossiers"), format="number"),
        Column("hours", gettext_lazy("Werk in uren"), format="number"),
        Column("created_by", gettext_lazy("Gemaakt door")),
        Column("created_at", gettext_lazy("Gemaakt op"), format="moment", sort=True),
    ),
    filters=(
        Filter("state", gettext_lazy("Stand"), options=[(one.value, text) for one, (text, _kind) in STATES.items()]),
    ),
    sort="-created_at",
    search=gettext_lazy("Zoek in de namen"),
    empty_title=gettext_lazy("Nog geen plannen"),
    empty_text=gettext_lazy("Maak een plan: de planner zoekt welke aankopen met welk instrument uw doelen halen."),
)
_EXPORTED = (
    Column("title", gettext_lazy("Dossier")),
    Column("group", gettext_lazy("Productgroep")),
    Column("quarter", gettext_lazy("Kwartaal"), format="number"),
    Column("start", gettext_lazy("Start")),
    Column("instruments", gettext_lazy("Instrumenten")),
    Column("doubt_text", gettext_lazy("Let op")),
    Column("hours", gettext_lazy("Werk in uren"), format="number"),
    Column("risk", gettext_lazy("Punten risico"), format="number"),
    Column("year_amount", gettext_lazy("Bedrag in het jaar (euro)"), format="euro"),
    Column("gain_text", gettext_lazy("Draagt bij")),
    Column("how_text", gettext_lazy("Hoe")),
)


@require_GET
@page("planner.view")
def plans(request: Request) -> HttpResponseBase:
    """Show the plans that were made."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return planner.list_plans(actor=request.actor, query=query).map(_plan_row)

    return PLANS.respond(request, fetch, "planner/plans.html", {})


def _plan_row(row: PlanRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "year": str(row.year),
        "state": str(STATES[row.state][0]),
        "dossiers": row.dossiers,
        "hours": row.hours,
        "created_by": row.created_by,
        "created_at": row.created_at,
    }


@require_http_methods(["GET", "POST"])
@page("planner.run")
def new(request: Request) -> HttpResponse:
    """Ask for a plan."""
    organisation_id = request.actor.organisation_id
    menu = planner.menu(organisation_id=organisation_id)
    again = request.GET.get("van", "")
    initial: dict[str, Any] = {}
    if again.isdecimal() and len(again) < 19:
        initial = initial_of(planner.request_of(organisation_id=organisation_id, plan_id=int(again)), menu)
    year = _year(request.POST.get("year") or request.GET.get("jaar") or initial.get("year"))
    everything = screening.plan(organisation_id=organisation_id)
    purchases = [one for one in everything if one.start is not None and one.start.year == year]
    options = planner.target_options(organisation_id=organisation_id, year=year)
    form = StartForm(
        request.POST or None,
        menu=menu,
        options=options,
        purchases=purchases,
        initial={"name": _("Plan %(year)s") % {"year": year}} | initial | {"year": year},
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan_id = planner.start(actor=request.actor, request=form.wanted())
        except Rejected as error:
            field = error.details.get("field")
            form.add_error(field if field in form.fields else None, error.message)
        else:
            return redirect("planner-plan", plan_id=plan_id)
    years = sorted({one.start.year for one in everything if one.start} | {year, clock.today().year + 1})
    context = {"form": form, "year": year, "years": years, "options": options, "purchases": purchases}
    return render(request, "planner/new.html", context, status=422 if form.errors else 200)


def _year(value: Any) -> int:
    text = str(value or "")
    next_year = clock.today().year + 1
    return int(text) if text.isdecimal() and len(text) == 4 and 2018 <= int(text) <= 2100 else next_year


@require_GET
@page("planner.view")
def plan(request: Request, plan_id: int) -> HttpResponse:
    """Show a plan, or how far it is."""
    found = planner.plan(organisation_id=request.actor.organisation_id, plan_id=plan_id)
    if found.state is PlanState.WAITING:
        return render(request, "planner/progress.html", {"plan": found, "job": _job(request, found)}, block="progress")
    word, kind = STATES[found.state]
    template = (
        "planner/result.html" if found.state in {PlanState.SOLVED, PlanState.DECIDED} else "planner/impossible.html"
    )
    return render(request, template, {"plan": found, "board": Board(found), "word": word, "kind": kind})


def _job(request: Request, found: PlanView) -> JobView | None:
    try:
        return jobs.view(actor=request.actor, job_id=found.job_id) if found.job_id else None
    except NotFound:
        return None


@require_GET
@page("planner.view")
def dossier(request: Request, plan_id: int, key: str) -> HttpResponse:
    """Show one dossier of a plan: what is open to it, what is chosen, and why not the rest."""
    found = planner.plan(organisation_id=request.actor.organisation_id, plan_id=plan_id)
    line = found.inputs.get("dossiers", {}).get(key)
    if line is None:
        raise PlanNotFound(_("Dit dossier hoort niet bij het plan."), code="plan-dossier-not-found")
    board = Board(found)
    context = {
        "plan": found,
        "line": line,
        "start": dt.date.fromisoformat(line["start"]),
        "ways": ways_of(board, key) if board.base else [],
        "openings": openings(line, found.inputs["instruments"]),
    }
    return render(request, "planner/dossier.html", context)


@require_http_methods(["GET", "POST"])
@page("planner.decide")
def decide(request: Request, plan_id: int) -> HttpResponse:
    """Follow a plan, with deviations and their reasons."""
    found = planner.plan(organisation_id=request.actor.organisation_id, plan_id=plan_id)
    if found.state is not PlanState.SOLVED:
        messages.info(request, _("Over dit plan valt nu niets te beslissen."))
        return redirect("planner-plan", plan_id=plan_id)
    board = Board(found)
    form = DecisionForm(request.POST or None, dossiers=board.options())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            planner.decide(actor=request.actor, plan_id=plan_id, reason=data["reason"], deviations=form.deviations())
        except Rejected as error:
            field = str(error.details.get("field", ""))
            form.add_error(field if field in form.fields else f"why_{field}", error.message)
        except Conflict as error:
            messages.warning(request, error.message)
            return redirect("planner-plan", plan_id=plan_id)
        else:
            messages.success(request, _("U volgt dit plan. De beslissing is bewaard."))
            return redirect("planner-plan", plan_id=plan_id)
    context = {"plan": found, "board": board, "form": form}
    return render(request, "planner/decide.html", context, status=422 if form.errors else 200)


@require_POST
@page("plan.edit")
def mark(request: Request, plan_id: int) -> HttpResponse:
    """Mark the chosen purchases in the purchasing plan."""
    count = planner.mark(actor=request.actor, plan_id=plan_id)
    messages.success(request, _("%(num)s aankopen zijn gemarkeerd in de planning.") % {"num": count})
    return redirect("planner-plan", plan_id=plan_id)


@require_GET
@page("planner.view")
def export(request: Request, plan_id: int, kind: str) -> HttpResponseBase:
    """Hand out a plan as CSV, Excel or PDF."""
    found = planner.plan(organisation_id=request.actor.organisation_id, plan_id=plan_id)
    if found.state not in {PlanState.SOLVED, PlanState.DECIDED} or kind not in {*EXPORTS, "pdf"}:
        raise PlanNotFound(_("Van dit plan is er geen bestand."), code="plan-export-not-found")
    board = Board(found)
    if kind == "pdf":
        answer = HttpResponse(paper.pdf(board), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="doelenplan-{found.id}.pdf"'
        return answer
    return EXPORTS[kind].respond(f"doelenplan-{found.id}", _EXPORTED, export_rows(board))


@require_GET
@page("planner.view")
def assumptions(request: Request) -> HttpResponse:
    """Show every number the planner assumes, with its source."""
    groups: dict[str, list[Any]] = {}
    for one in planner.assumptions(organisation_id=request.actor.organisation_id):
        groups.setdefault(one.group, []).append(one)
    menu = planner.menu(organisation_id=request.actor.organisation_id)
    return render(request, "planner/assumptions.html", {"groups": groups, "menu": menu})


@require_http_methods(["GET", "POST"])
@page("planner.run")
def assumption(request: Request, code: str) -> HttpResponse:
    """Change one number."""
    everything = planner.assumptions(organisation_id=request.actor.organisation_id)
    found = next((one for one in everything if one.code == code), None)
    if found is None:
        raise PlanNotFound(_("Deze aanname bestaat niet."), code="assumption-not-found")
    initial = {"value": found.value, "reason": found.reason} if found.is_own else {}
    form = AssumptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            planner.set_assumption(actor=request.actor, code=code, value=data["value"], reason=data["reason"])
        except Rejected as error:
            form.add_error(error.details.get("field"), error.message)
        else:
            messages.success(request, _("De aanname is aangepast. Ze telt voor plannen die u vanaf nu maakt."))
            return redirect("planner-assumptions")
    return render(request, "planner/assumption.html", {"one": found, "form": form}, status=422 if form.errors else 200)
