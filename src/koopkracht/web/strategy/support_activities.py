"""The matrix of activities: three phases by two audiences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.shared import clock
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import ActivityInput, ActivityStatus, Audience, Phase
from koopkracht.web.strategy.support_forms import ActivityForm
from koopkracht.web.strategy.support_pages import colleagues, edit, names
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("strategy.view")
def activities(request: Request) -> HttpResponse:
    """Show the matrix."""
    found = support.activities(organisation_id=request.actor.organisation_id)
    used = {(one.phase, one.audience, one.kind) for one in found}
    cells = {
        (cell.phase, cell.audience): {
            "aim": cell.aim,
            "activities": [one for one in found if (one.phase, one.audience) == (cell.phase, cell.audience)],
            "suggestions": [one for one in cell.suggestions if (cell.phase, cell.audience, one.code) not in used],
        }
        for cell in support.matrix()
    }
    context = {
        "cells": cells,
        "phases": support.PHASE_LABELS,
        "audiences": support.AUDIENCE_LABELS,
        "statuses": support.ACTIVITY_LABELS,
        "planned": ActivityStatus.PLANNED,
        "done": ActivityStatus.DONE,
        "people": names(request, [one.owner_id for one in found]),
        "today": clock.today(),
    }
    return render(request, "strategy/support_activities.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add(request: Request) -> HttpResponse:
    """Plan an activity; the address may name the cell and the suggestion."""
    initial = {"owner_id": str(request.actor.user_id), "status": ActivityStatus.PLANNED.value, "kind": "andere"}
    for name, key in (("phase", "fase"), ("audience", "voor"), ("kind", "soort")):
        if request.GET.get(key):
            initial[name] = request.GET[key]
    suggestion = _suggestion(initial)
    if suggestion:
        initial |= {"title": suggestion.title, "detail": suggestion.detail}
    form = ActivityForm(colleagues(request), request.POST or None, initial=initial)
    return _edit(request, form, None, _("Activiteit plannen"))


def _suggestion(initial: Mapping[str, Any]) -> Any:
    for cell in support.matrix():
        if (cell.phase.value, cell.audience.value) == (initial.get("phase"), initial.get("audience")):
            return next((one for one in cell.suggestions if one.code == initial["kind"]), None)
    return None


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def activity(request: Request, activity_id: int) -> HttpResponse:
    """Change an activity: another day, or how it went."""
    found = support.activity(organisation_id=request.actor.organisation_id, activity_id=activity_id)
    plain = {"phase": found.phase.value, "audience": found.audience.value, "status": found.status.value}
    form = ActivityForm(colleagues(request), request.POST or None, initial={**asdict(found), **plain})
    return _edit(request, form, activity_id, found.title)


def _edit(request: Request, form: ActivityForm, activity_id: int | None, title: str) -> HttpResponse:
    def save(data: Mapping[str, Any]) -> str:
        given = ActivityInput(
            **{
                **data,
                "phase": Phase(data["phase"]),
                "audience": Audience(data["audience"]),
                "status": ActivityStatus(data["status"]),
                "owner_id": int(data["owner_id"]),
            }
        )
        support.put_activity(actor=request.actor, activity=given, activity_id=activity_id)
        return reverse("support-activities")

    context = {
        "title": title,
        "intro": _("Elke activiteit heeft een eigenaar en een datum. Zo gebeurt ze ook echt."),
        "trail": [(_("Activiteiten"), reverse("support-activities"))],
        "cancel": reverse("support-activities"),
        "done": _("De activiteit is bewaard."),
    }
    return edit(request, form, save, context)
