"""Pages about yearly actions and the yearly overview per strategic goal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.shared import clock
from koopkracht.strategy.api import goals, yearly
from koopkracht.strategy.types.yearly import ActionKind, OverviewState
from koopkracht.web.strategy.goals import attempt
from koopkracht.web.strategy.goals_forms import YearlyActionForm
from koopkracht.web.ui.page import Request, page, public_page, render

_FIRST, _LAST = 2000, 2100
_STEPS = {None: 1, OverviewState.COMPILED: 2, OverviewState.INFORMED: 3, OverviewState.PUBLISHED: 4}


def _year(text: str) -> int:
    """Return the year of the address, or the last full year."""
    if text.isdecimal() and _FIRST <= int(text) <= _LAST:
        return int(text)
    return clock.today().year - 1


@require_GET
@page("strategy.view")
def overview(request: Request) -> HttpResponse:
    """Show what was done in a year, what is planned for the next, and how far the overview is."""
    year = _year(request.GET.get("jaar", ""))
    organisation_id = request.actor.organisation_id
    done = yearly.actions(organisation_id=organisation_id, year=year, kind=ActionKind.REALISED)
    planned = yearly.actions(organisation_id=organisation_id, year=year + 1, kind=ActionKind.PLANNED)
    made = yearly.overview(organisation_id=organisation_id, year=year)
    rows = [
        {
            "goal": goal,
            "done": [one for one in done if goal.code in one.strategic_goals],
            "planned": [one for one in planned if goal.code in one.strategic_goals],
        }
        for goal in goals.strategic_goals()
    ]
    this = clock.today().year
    context = {
        "year": year,
        "years": range(this, this - 4, -1),
        "rows": rows,
        "actions": (*done, *planned),
        "overview": made,
        "step": _STEPS[made.state if made else None],
        "examples": yearly.example_actions(),
        "public": reverse(
            "yearly-public",
            kwargs={"slug": accounts.organisation(organisation_id=organisation_id).slug, "year": year},
        ),
        "kinds": yearly.ACTION_KIND_LABELS,
    }
    return render(request, "strategy/yearly.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add(request: Request) -> HttpResponse:
    """Add an action, empty or from an example."""
    found = goals.all_goals(organisation_id=request.actor.organisation_id)
    form = YearlyActionForm(request.POST if request.method == "POST" else None, found=found, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        action = form.action()
        made = attempt(form, lambda: yearly.put_action(actor=request.actor, action=action))
        if made is not None:
            messages.success(request, _("De actie is bewaard."))
            year = action.year if action.kind is ActionKind.REALISED else action.year - 1
            return redirect(f"{reverse('yearly')}?jaar={year}")
    context = {"form": form, "examples": yearly.example_actions()}
    return render(request, "strategy/yearly_form.html", context, status=422 if form.errors else 200)


def _initial(request: Request) -> dict[str, Any]:
    wanted = request.GET.get("voorbeeld", "")
    start: dict[str, Any] = {"year": clock.today().year, "kind": ActionKind.PLANNED.value}
    for one in yearly.example_actions():
        if one.code == wanted:
            start |= {"title": one.title, "detail": one.detail, "strategic_goals": list(one.strategic_goals)}
    return start


@require_POST
@page("strategy.edit")
def remove(request: Request, action_id: int) -> HttpResponse:
    """Remove an action."""
    yearly.remove_action(actor=request.actor, action_id=action_id)
    messages.success(request, _("De actie is verwijderd."))
    return redirect("yearly")


@require_POST
@page("strategy.edit")
def advance(request: Request) -> HttpResponse:
    """Take the overview one step further: compile, inform the board, publish."""
    year = _year(request.POST.get("jaar", ""))
    step = request.POST.get("stap", "")
    if step == "bestuur":
        yearly.inform_board(actor=request.actor, year=year)
        messages.success(request, _("U noteerde dat het bestuur het overzicht kreeg."))
    elif step == "publiceren":
        yearly.publish(actor=request.actor, year=year)
        messages.success(request, _("Het jaaroverzicht is openbaar."))
    else:
        yearly.compile_overview(actor=request.actor, year=year)
        messages.success(request, _("Het jaaroverzicht is samengesteld."))
    return redirect(f"{reverse('yearly')}?jaar={year}")


@require_GET
@public_page
def public(request: Request, slug: str, year: int) -> HttpResponse:
    """Show a published overview to everybody."""
    place = accounts.organisation_by_slug(slug=slug)
    found = yearly.published(organisation_id=place.id, year=year)
    return render(request, "strategy/yearly_public.html", {"overview": found, "place": place.name})
