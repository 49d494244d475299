"""The shared goal: the current text, its versions, and what changed between two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.strategy.api import support
from koopkracht.web.strategy.support_forms import GoalForm
from koopkracht.web.strategy.support_pages import edit, names
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("strategy.view")
def goal(request: Request) -> HttpResponse:
    """Show the goal in force and every version."""
    versions = support.goal_versions(organisation_id=request.actor.organisation_id)
    people = names(request, [one.author_id for one in versions])
    return render(request, "strategy/support_goal.html", {"versions": versions, "people": people})


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def write(request: Request) -> HttpResponse:
    """Write a new version, from the suggestion or from the current text."""
    current = support.current_goal(organisation_id=request.actor.organisation_id)
    initial = {
        "text": current.text if current else support.goal_suggestion(),
        "base_version": current.version if current else 0,
    }

    def save(data: Mapping[str, Any]) -> str:
        support.write_goal(actor=request.actor, **data)
        return reverse("support-goal")

    context = {
        "title": _("Het gezamenlijke doel schrijven"),
        "intro": _("Dit is een voorstel: maak er uw eigen tekst van. Elke versie blijft bewaard.")
        if current is None
        else _("Pas de tekst aan. De vorige versie blijft bewaard, met uw naam en de datum."),
        "trail": [(_("Gezamenlijk doel"), reverse("support-goal"))],
        "cancel": reverse("support-goal"),
        "done": _("De tekst is bewaard."),
    }
    return edit(request, GoalForm(request.POST or None, initial=initial), save, context)


@require_GET
@page("strategy.view")
def compare(request: Request, old: int, new: int) -> HttpResponse:
    """Show what changed between two versions."""
    organisation_id = request.actor.organisation_id
    first = support.goal_version(organisation_id=organisation_id, version=old)
    second = support.goal_version(organisation_id=organisation_id, version=new)
    context = {
        "old": first,
        "new": second,
        "parts": support.goal_diff(old=first.text, new=second.text),
        "people": names(request, [first.author_id, second.author_id]),
    }
    return render(request, "strategy/support_goal_compare.html", context)
