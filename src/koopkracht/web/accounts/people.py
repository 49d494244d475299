"""Managing people: who has which role, giving and ending roles, ending a membership."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.web.ui.navigation import address
from koopkracht.web.ui.page import page, render


@page("administration.view")
@require_GET
def administration(request: Any) -> HttpResponse:
    """Show what there is to manage, as far as this person may."""
    offered = (
        ("people", "people.view", gettext("Mensen en rollen"), "user", gettext("Wie werkt mee, en wat mag iedereen?")),
        ("signed-links", "links.manage", gettext("Links voor wie geen account heeft"), "link",
         gettext("Welke links zijn uitgestuurd? Trek er een in.")),
        ("audit-log", "audit.view", gettext("Logboek"), "list-bullets",
         gettext("Wie deed wat, en wanneer? Kijk na of niets is gewijzigd.")),
        ("artefacts", "artefacts.view", gettext("Officiële bestanden"), "document",
         gettext("Regels en schema's van eForms, facturen en open data.")),
    )  # fmt: skip
    cards = [
        {"title": title, "icon": icon, "text": text, "href": address(route)}
        for route, permission, title, icon, text in offered
        if request.actor.may(permission) and address(route)
    ]
    place = accounts.organisation(organisation_id=request.actor.organisation_id)
    relations = accounts.relations_of(organisation_id=place.id)
    return render(
        request, "accounts/administration.html", {"cards": cards, "organisation": place, "relations": relations}
    )


@page("people.view")
@require_GET
def people(request: Any) -> HttpResponse:
    """List the people of the organisation and the invitations that are open."""
    return render(
        request,
        "accounts/people.html",
        {"people": accounts.people(actor=request.actor), "invitations": accounts.invitations(actor=request.actor)},
    )


@page("people.view")
@require_GET
def person(request: Any, user_id: int) -> HttpResponse:
    """Show one person with their roles."""
    found = accounts.person(organisation_id=request.actor.organisation_id, user_id=user_id)
    free = [role for role in accounts.all_roles() if not found.has(role.role)]
    context = {"person": found, "free_roles": free, "is_oneself": found.id == request.actor.user_id}
    return render(request, "accounts/person.html", context)


@page("people.manage")
@require_POST
def grant_role(request: Any, user_id: int) -> HttpResponse:
    """Give somebody a role."""
    accounts.grant_role(actor=request.actor, user_id=user_id, role=request.POST.get("role", ""))
    messages.success(request, gettext("De rol is gegeven."))
    return redirect("person", user_id=user_id)


@page("people.manage")
@require_POST
def end_role(request: Any, user_id: int) -> HttpResponse:
    """Take a role away from somebody."""
    accounts.end_role(actor=request.actor, user_id=user_id, role=request.POST.get("role", ""))
    messages.success(request, gettext("De rol is beëindigd."))
    still_here = any(one.id == user_id for one in accounts.people(actor=request.actor))
    return redirect("person", user_id=user_id) if still_here else redirect("people")


@page("people.manage")
@require_POST
def end_membership(request: Any, user_id: int) -> HttpResponse:
    """Take every role away from somebody."""
    accounts.end_membership(actor=request.actor, user_id=user_id)
    messages.success(request, gettext("Deze persoon werkt niet meer mee in uw organisatie."))
    return redirect("people")
