"""The register of stakeholders."""

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

from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import (
    Engagement,
    Priority,
    StakeholderInput,
    StakeholderKind,
    StakeholderView,
)
from koopkracht.web.strategy.support_forms import StakeholderForm
from koopkracht.web.strategy.support_pages import choices, edit
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page

STAKEHOLDERS = Listing(
    name="betrokkenen",
    caption=gettext_lazy("Betrokkenen"),
    columns=(
        Column("name", gettext_lazy("Naam"), sort=True, href=link_to("support-stakeholder", stakeholder_id="id")),
        Column("kind", gettext_lazy("Soort"), sort=True),
        Column("priority", gettext_lazy("Aandacht")),
        Column("engagement", gettext_lazy("Betrokkenheid")),
        Column("next_step", gettext_lazy("Volgende stap")),
        Column("interest", gettext_lazy("Wat vinden zij belangrijk?"), export_only=True),
        Column("contact", gettext_lazy("Contact"), export_only=True),
    ),
    filters=(
        Filter("kind", gettext_lazy("Soort"), options=choices(support.STAKEHOLDER_LABELS)),
        Filter("priority", gettext_lazy("Aandacht"), options=choices(support.PRIORITY_LABELS)),
        Filter("engagement", gettext_lazy("Betrokkenheid"), options=choices(support.ENGAGEMENT_LABELS)),
    ),
    sort="name",
    search=gettext_lazy("Zoek op naam"),
    empty_title=gettext_lazy("Niemand gevonden"),
    empty_text=gettext_lazy("Pas de filters aan, of voeg iemand toe die voor uw plannen belangrijk is."),
)


@require_GET
@page("strategy.view")
def stakeholders(request: Request) -> HttpResponseBase:
    """List the stakeholders."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return support.list_stakeholders(actor=request.actor, query=query).map(_row)

    return STAKEHOLDERS.respond(request, fetch, "strategy/support_stakeholders.html", {})


def _row(one: StakeholderView) -> dict[str, Any]:
    return {
        **asdict(one),
        "kind": str(support.STAKEHOLDER_LABELS[one.kind]),
        "priority": str(support.PRIORITY_LABELS[one.priority]),
        "engagement": str(support.ENGAGEMENT_LABELS[one.engagement]),
    }


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add(request: Request) -> HttpResponse:
    """Add a stakeholder."""
    return _edit(request, StakeholderForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def stakeholder(request: Request, stakeholder_id: int) -> HttpResponse:
    """Change a stakeholder."""
    found = support.stakeholder(organisation_id=request.actor.organisation_id, stakeholder_id=stakeholder_id)
    initial = {**asdict(found), "kind": found.kind.value, "priority": found.priority.value}
    form = StakeholderForm(request.POST or None, initial={**initial, "engagement": found.engagement.value})
    return _edit(request, form, found)


def _edit(request: Request, form: StakeholderForm, found: StakeholderView | None) -> HttpResponse:
    def save(data: Mapping[str, Any]) -> str:
        given = StakeholderInput(
            **{
                **data,
                "kind": StakeholderKind(data["kind"]),
                "priority": Priority(data["priority"]),
                "engagement": Engagement(data["engagement"]),
            }
        )
        support.put_stakeholder(actor=request.actor, stakeholder=given, stakeholder_id=found.id if found else None)
        return reverse("support-stakeholders")

    removal = reverse("support-stakeholder-remove", args=[found.id]) if found and not found.is_core else ""
    context = {
        "title": found.name if found else _("Iemand toevoegen"),
        "intro": _("Wie beslist mee, wie voert uit, wie heeft er belang bij? Begin bij wat zij belangrijk vinden."),
        "trail": [(_("Betrokkenen"), reverse("support-stakeholders"))],
        "cancel": reverse("support-stakeholders"),
        "done": _("De betrokkene is bewaard."),
        "removal": removal,
    }
    return edit(request, form, save, context)


@require_POST
@page("strategy.edit")
def remove(request: Request, stakeholder_id: int) -> HttpResponse:
    """Take a stakeholder out."""
    try:
        support.remove_stakeholder(actor=request.actor, stakeholder_id=stakeholder_id)
    except Rejected as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("De betrokkene is uit de lijst gehaald."))
    return redirect("support-stakeholders")
