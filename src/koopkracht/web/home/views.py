"""The front page, the help pages, the statement about accessibility and the catalogue of components."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from koopkracht.web.home import catalogue, guide, start, state, steps
from koopkracht.web.ui import navigation
from koopkracht.web.ui.page import Request, page, public_page, render


@page("home.view")
def home(request: Request) -> HttpResponse:
    """Show what this organisation has, and the next step."""
    actor = request.actor
    spend = state.spend(actor)
    context = {
        "spend": spend,
        "steps": state.first_steps(actor),
        "next_steps": steps.next_steps(actor) if spend else (),
        "standings": state.standings(actor) if spend else [],
        "duties": state.duties(actor),
        "questions": start.questions(actor),
        "areas": start.areas(actor),
        "tasks": navigation.items(actor, request.path)[1:],
    }
    return render(request, "home/home.html", context)


@public_page
def help_page(request: Request, topic: str = "") -> HttpResponse:
    """Show the list of help topics, or one of them."""
    found = guide.topic(topic) if topic else None
    return render(request, "home/help.html", {"topics": guide.topics(), "topic": found})


@public_page
def accessibility(_request: Request) -> HttpResponse:
    """Lead to the statement about accessibility, which is one of the help texts."""
    return redirect("help-topic", topic="toegankelijkheid")


@public_page
def components(request: Request) -> HttpResponse:
    """Show every component with its code."""
    context = {"groups": catalogue.groups(), "sample": catalogue.sample(request)}
    return render(request, "home/components.html", context)
