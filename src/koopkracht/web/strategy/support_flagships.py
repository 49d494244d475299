"""Flagship dossiers: a few at a time, and what they teach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.dossiers import api as dossiers
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import FlagshipInput, LearningKind
from koopkracht.web.strategy.support_forms import FlagshipForm, LearningForm
from koopkracht.web.strategy.support_pages import edit, names
from koopkracht.web.strategy.support_work import purchases
from koopkracht.web.ui.page import Request, page, render

_MOST_PROCEDURES = 200


@require_GET
@page("strategy.view")
def flagships(request: Request) -> HttpResponse:
    """Show the dossiers and what they taught."""
    found = support.flagships(organisation_id=request.actor.organisation_id)
    running = [one for one in found if one.closed_on is None]
    context = {
        "flagships": found,
        "running": len(running),
        "limit": support.flagship_limit(),
        "labels": support.LEARNING_LABELS,
        "kinds": LearningKind,
        "people": names(request, [lesson.author_id for one in found for lesson in one.learnings]),
        "purchase": support.PURCHASE,
    }
    return render(request, "strategy/support_flagships.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def mark(request: Request) -> HttpResponse:
    """Give a dossier the flag."""
    options = _options(request)
    titles = {value: title for _group, members in options for value, title in members}

    def save(data: Mapping[str, Any]) -> str:
        subject, _colon, key = data["dossier"].rpartition(":")
        given = FlagshipInput(subject, int(key), titles[data["dossier"]], data["reason"])
        support.mark_flagship(actor=request.actor, flagship=given)
        return reverse("support-flagships")

    context = {
        "title": _("Symbooldossier kiezen"),
        "intro": _("Kies een dossier dat u van dichtbij volgt en waarvan anderen leren. Een paar tegelijk is genoeg."),
        "trail": [(_("Symbooldossiers"), reverse("support-flagships"))],
        "cancel": reverse("support-flagships"),
        "done": _("Dit is nu een symbooldossier."),
    }
    return edit(request, FlagshipForm(options, request.POST or None), save, context)


def _options(request: Request) -> list[tuple[str, list[tuple[str, str]]]]:
    planned = [(f"{support.PURCHASE}:{key}", title) for key, title in purchases(request)]
    query = ListQuery(limit=_MOST_PROCEDURES, count=False)
    found = dossiers.procedures(organisation_id=request.actor.organisation_id, query=query).rows
    procedures = [(f"{support.PROCEDURE}:{one.id}", one.title) for one in found]
    return [(_("Geplande aankopen"), planned), (_("Procedures"), procedures)]


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def learn(request: Request, flagship_id: int) -> HttpResponse:
    """Write down a success or a lesson."""
    found = support.flagship(organisation_id=request.actor.organisation_id, flagship_id=flagship_id)

    def save(data: Mapping[str, Any]) -> str:
        support.add_learning(
            actor=request.actor, flagship_id=flagship_id, kind=LearningKind(data["kind"]), text=data["text"]
        )
        return reverse("support-flagships")

    context = {
        "title": _("Succes of les noteren"),
        "intro": found.title,
        "trail": [(_("Symbooldossiers"), reverse("support-flagships"))],
        "cancel": reverse("support-flagships"),
        "done": _("Genoteerd. U kunt het nu delen met aankopers en bestuur."),
    }
    return edit(request, LearningForm(request.POST or None), save, context)


@require_POST
@page("strategy.edit")
def share(request: Request, learning_id: int) -> HttpResponse:
    """Send a success or lesson to colleagues."""
    support.share_learning(actor=request.actor, learning_id=learning_id)
    messages.success(
        request, _("Gedeeld. Aankopers en bestuurders krijgen een mail en zien het op de bladzijde Draagvlak.")
    )
    return redirect("support-flagships")


@require_POST
@page("strategy.edit")
def close(request: Request, flagship_id: int) -> HttpResponse:
    """Take the flag off."""
    support.close_flagship(actor=request.actor, flagship_id=flagship_id)
    messages.success(request, _("Het symbooldossier is afgesloten. Wat u leerde, blijft staan."))
    return redirect("support-flagships")
