"""Link sheets between purchases and priorities, and the ideas of buyers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.documents import api as documents
from koopkracht.shared.clock import BRUSSELS
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import ContributionStatus, LinkSheetInput, LinkSheetView
from koopkracht.web.strategy.support_forms import AnswerForm, IdeaForm, LinkSheetForm
from koopkracht.web.strategy.support_pages import choices, edit, names
from koopkracht.web.ui.downloads import paper_download
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

_MOST_PURCHASES = 500


def purchases(request: Request) -> list[tuple[str, str]]:
    """Return the planned purchases as choices, by title."""
    query = ListQuery(sort="title", limit=_MOST_PURCHASES, count=False)
    return [(str(one.id), one.title) for one in strategy.list_planned_purchases(actor=request.actor, query=query).rows]


@require_GET
@page("strategy.view")
def sheets(request: Request) -> HttpResponse:
    """List the link sheets and the examples."""
    found = support.link_sheets(organisation_id=request.actor.organisation_id)
    context = {
        "sheets": found,
        "examples": support.link_examples(),
        "people": names(request, [one.author_id for one in found]),
    }
    return render(request, "strategy/support_sheets.html", context)


@require_GET
@page("strategy.view")
def sheet(request: Request, sheet_id: int) -> HttpResponse:
    """Show one link sheet as it will be on paper."""
    found = _sheet(request, sheet_id)
    context = {"one": found, "people": names(request, [found.author_id])}
    return render(request, "strategy/support_sheet.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add_sheet(request: Request) -> HttpResponse:
    """Write a link sheet, empty or from an example."""
    example = support.link_examples().get(request.GET.get("voorbeeld", ""))
    initial = asdict(example) if example else {}
    return _edit_sheet(request, LinkSheetForm(purchases(request), request.POST or None, initial=initial), None)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def change_sheet(request: Request, sheet_id: int) -> HttpResponse:
    """Change a link sheet."""
    found = _sheet(request, sheet_id)
    return _edit_sheet(
        request, LinkSheetForm(purchases(request), request.POST or None, initial=asdict(found)), sheet_id
    )


def _edit_sheet(request: Request, form: LinkSheetForm, sheet_id: int | None) -> HttpResponse:
    def save(data: Mapping[str, Any]) -> str:
        key = support.put_link_sheet(actor=request.actor, sheet=LinkSheetInput(**data), sheet_id=sheet_id)
        return reverse("support-sheet", args=[key])

    context = {
        "title": _("Koppelfiche schrijven"),
        "intro": _("Eén bladzijde: deze aankoop dient die prioriteit, en dit vragen we."),
        "trail": [(_("Koppelfiches"), reverse("support-sheets"))],
        "cancel": reverse("support-sheet", args=[sheet_id]) if sheet_id else reverse("support-sheets"),
        "done": _("De koppelfiche is bewaard."),
    }
    return edit(request, form, save, context)


@require_POST
@page("strategy.edit")
def remove_sheet(request: Request, sheet_id: int) -> HttpResponse:
    """Take a link sheet away."""
    support.remove_link_sheet(actor=request.actor, sheet_id=sheet_id)
    messages.success(request, _("De koppelfiche is verwijderd."))
    return redirect("support-sheets")


@require_GET
@page("strategy.view")
def sheet_document(request: Request, sheet_id: int, suffix: str) -> HttpResponse:
    """Give the link sheet on one page of paper."""
    found = _sheet(request, sheet_id)
    organisation = accounts.organisation(organisation_id=request.actor.organisation_id).name
    wanted = ("title", "purchase", "priority", "contribution", "figures", "policy_source", "question")
    day = found.updated_at.astimezone(BRUSSELS).date()
    values = {
        **{name: getattr(found, name) for name in wanted},
        "organisation": organisation,
        "author": names(request, [found.author_id]).get(found.author_id or 0, ""),
        "date": day,
    }
    paper = documents.paper(template="link-sheet", values=values, author=organisation, date=day)
    return paper_download(paper, suffix=suffix)


def _sheet(request: Request, sheet_id: int) -> LinkSheetView:
    return support.link_sheet(organisation_id=request.actor.organisation_id, sheet_id=sheet_id)


def _segments() -> list[tuple[Any, Any]]:
    return [(one.code, one.name) for one in catalogue.segments()]


IDEAS = Listing(
    name="ideeen-van-aankopers",
    caption=gettext_lazy("Ideeën van aankopers"),
    columns=(
        Column("short", gettext_lazy("Idee"), href=link_to("support-idea", contribution_id="id")),
        Column("segment", gettext_lazy("Segment")),
        Column("author", gettext_lazy("Van wie")),
        Column("at", gettext_lazy("Wanneer"), format="date_short", sort=True),
        Column("status", gettext_lazy("Wat gebeurde ermee?"), sort=True),
        Column("text", gettext_lazy("Volledig idee"), export_only=True),
        Column("response", gettext_lazy("Antwoord"), export_only=True),
    ),
    filters=(
        Filter("segment", gettext_lazy("Segment"), options=_segments),
        Filter("status", gettext_lazy("Stand"), options=choices(support.CONTRIBUTION_LABELS)),
    ),
    sort="-at",
    search=gettext_lazy("Zoek in de ideeën"),
    empty_title=gettext_lazy("Nog geen ideeën"),
    empty_text=gettext_lazy("Vraag elke aankoper wat zijn segmenten kunnen bijdragen. Eén idee per keer is genoeg."),
)
_SHORT = 90


@require_GET
@page("strategy.view")
def ideas(request: Request) -> HttpResponseBase:
    """List what buyers brought in and what was done with it."""
    segments = dict(_segments())

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        found = support.list_contributions(actor=request.actor, query=query)
        people = names(request, [one.author_id for one in found.rows])
        return found.map(
            lambda one: {
                **asdict(one),
                "short": one.text if len(one.text) <= _SHORT else f"{one.text[:_SHORT]}…",
                "segment": segments.get(one.segment, _("Alle segmenten")),
                "author": people.get(one.author_id or 0, ""),
                "status": str(support.CONTRIBUTION_LABELS[one.status]),
            }
        )

    return IDEAS.respond(request, fetch, "strategy/support_ideas.html", {})


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add_idea(request: Request) -> HttpResponse:
    """Bring in an idea."""

    def save(data: Mapping[str, Any]) -> str:
        support.contribute(actor=request.actor, segment=data["segment"], text=data["text"])
        return reverse("support-ideas")

    context = {
        "title": _("Idee indienen"),
        "intro": _(
            "U kent uw aankopen het best. Wat kan er met uw segmenten voor mensen? U krijgt altijd een antwoord."
        ),
        "trail": [(_("Ideeën"), reverse("support-ideas"))],
        "cancel": reverse("support-ideas"),
        "submit": _("Indienen"),
        "done": _("Dank u. Uw idee staat in de lijst, en u krijgt er een antwoord op."),
    }
    return edit(request, IdeaForm(request.POST or None), save, context)


@require_GET
@page("strategy.view")
def idea(request: Request, contribution_id: int) -> HttpResponse:
    """Show one idea with its answer."""
    found = support.contribution(organisation_id=request.actor.organisation_id, contribution_id=contribution_id)
    context = {
        "one": found,
        "segment": dict(_segments()).get(found.segment, _("Alle segmenten")),
        "labels": support.CONTRIBUTION_LABELS,
        "people": names(request, [found.author_id, found.answered_by_id]),
        "open": any(support.contribution_may(found.status, one) for one in ContributionStatus),
    }
    return render(request, "strategy/support_idea.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def answer_idea(request: Request, contribution_id: int) -> HttpResponse:
    """Say what is done with an idea."""
    found = support.contribution(organisation_id=request.actor.organisation_id, contribution_id=contribution_id)

    def save(data: Mapping[str, Any]) -> str:
        status = ContributionStatus(data["status"])
        support.answer_contribution(
            actor=request.actor, contribution_id=contribution_id, status=status, response=data["response"]
        )
        return reverse("support-idea", args=[contribution_id])

    context = {
        "title": _("Idee beantwoorden"),
        "intro": found.text,
        "trail": [(_("Ideeën"), reverse("support-ideas"))],
        "cancel": reverse("support-idea", args=[contribution_id]),
        "done": _("Het antwoord is bewaard."),
    }
    return edit(
        request, AnswerForm(found.status, request.POST or None, initial={"response": found.response}), save, context
    )
