"""The method to choose product groups: what it is, its versions, a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.accounts import api as accounts
from koopkracht.scoring import api as scoring
from koopkracht.shared.errors import NotFound
from koopkracht.strategy.api import goals
from koopkracht.strategy.api import selection as api
from koopkracht.strategy.types.selection import SelectionMethodView
from koopkracht.web.strategy.selection import tried
from koopkracht.web.strategy.selection_forms import MethodForm
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("strategy.view")
def method(request: Request, version: int | None = None) -> HttpResponseBase:
    """Show the method in use, or an earlier version."""
    organisation_id = request.actor.organisation_id
    found = api.method(organisation_id=organisation_id, version=version)
    if found is None:
        raise NotFound(_("Deze versie van de methode bestaat niet."), code="selection-method-not-found")
    versions = api.methods(organisation_id=organisation_id)
    people = {one.method.created_by for one in versions if one.method.created_by}
    context = {
        "method": found,
        "rows": _rows(found),
        "versions": versions,
        "people": accounts.names_of(organisation_id=organisation_id, user_ids=people),
        "content": api.content(),
    }
    return render(request, "strategy/selection_method.html", context)


def _rows(found: SelectionMethodView) -> list[dict[str, Any]]:
    """Return the parameters with their weight and their share in the whole."""
    shares = scoring.shares(criteria=found.method.criteria)
    goals_of = {one.code: one.goal_name for one in found.extra}
    return [
        {
            "name": f"{one.code} {one.name}",
            "part": bool(one.parent),
            "inverse": one.inverse,
            "weight": one.weight,
            "share": api.two_decimals(value=shares[one.code] * 100) if one.code in shares else None,
            "scored": one.code in shares,
            "explanation": one.explanation,
            "goal": goals_of.get(one.code, ""),
        }
        for one in found.method.criteria
    ]


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def change(request: Request) -> HttpResponse:
    """Make a new version of the method."""
    organisation_id = request.actor.organisation_id
    current = api.method(organisation_id=organisation_id)
    assert current is not None  # noqa: S101 - without a version in use this is the default of the content
    purposes = [(one.id, one.title) for one in goals.purposes(organisation_id=organisation_id)]
    form = MethodForm(request.POST or None, current=current, goals=purposes)
    if request.method == "POST" and form.is_valid():
        fields = {one.code: f"weight_{one.code}" for one in form.standard}
        fields |= {one.code: f"extra_{number}_weight" for number, one in enumerate(form.extra) if one.code}
        if tried(form, lambda: _store(request, form), fields):
            return redirect("selection-method")
    context = {"form": form, "current": current, "own": range(len(form.extra))}
    return render(request, "strategy/selection_method_change.html", context, status=422 if form.errors else 200)


def _store(request: Request, form: MethodForm) -> None:
    made = api.change_method(actor=request.actor, change=form.change())
    messages.success(
        request,
        _("Versie %(version)s van de methode is in gebruik. Eerdere scores blijven bij hun versie.")
        % {"version": made.method.version},
    )
