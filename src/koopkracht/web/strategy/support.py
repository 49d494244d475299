"""Building support: the overview with its next step, settings, invitations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.shared import clock
from koopkracht.strategy.api import support, workgroup
from koopkracht.strategy.types.support import ActivityStatus, ActivityView, SettingsInput
from koopkracht.web.audit.labels import action_text
from koopkracht.web.strategy.support_forms import InviteForm, SettingsForm
from koopkracht.web.strategy.support_next import next_step
from koopkracht.web.strategy.support_pages import colleagues, edit, names
from koopkracht.web.ui.page import Request, page, render

_EXCHANGE = "uitwisseling"


@require_GET
@page("strategy.view")
def overview(request: Request) -> HttpResponse:
    """Show what there is, what happened last, and the next step."""
    organisation_id, today = request.actor.organisation_id, clock.today()
    workspace = support.workspace(organisation_id=organisation_id)
    if workspace is None:
        return render(request, "strategy/support_start.html", {})
    reports = support.reports(organisation_id=organisation_id)
    activities = support.activities(organisation_id=organisation_id)
    invited = support.invitations(organisation_id=organisation_id)
    facts: dict[str, Any] = {
        "workspace": workspace,
        "quiet": workspace.quiet_since(today),
        "last_what": action_text(workspace.last_what),
        "goal": support.current_goal(organisation_id=organisation_id),
        "mandate": support.mandate(organisation_id=organisation_id, on=today),
        "agreements": support.agreements(organisation_id=organisation_id),
        "statements": support.statements(organisation_id=organisation_id),
        "to_confirm": support.statements_to_confirm(actor=request.actor),
        "coming": [one for one in activities if one.status is ActivityStatus.PLANNED and one.date >= today][:3],
        "late": [one for one in activities if one.status is ActivityStatus.PLANNED and one.date < today],
        "flagships": [one for one in support.flagships(organisation_id=organisation_id) if one.closed_on is None],
        "shared": support.shared_learnings(organisation_id=organisation_id),
        "sheets": support.link_sheets(organisation_id=organisation_id),
        "cells": len({(one.phase, one.audience) for one in activities}),
        "reports": reports,
        "report_due": support.report_due(workspace=workspace, reports=reports),
        "no_exchange": workgroup.exchange_check(organisation_id=organisation_id, on=today).warning
        and not any(_is_coming_exchange(one, today) for one in activities),
        "invited": invited,
        "today": today,
    }
    people = names(request, [one.user_id for one in invited] + [one.owner_id for one in activities])
    return render(request, "strategy/support.html", {**facts, "people": people, "next": next_step(facts)})


def _is_coming_exchange(one: ActivityView, today: dt.date) -> bool:
    """Tell whether an activity is an exchange event within twelve months that still goes on."""
    coming = today <= one.date <= today + dt.timedelta(days=365)
    return one.kind == _EXCHANGE and one.status is ActivityStatus.PLANNED and coming


@require_POST
@page("strategy.edit")
def open_workspace(request: Request) -> HttpResponse:
    """Open the workspace."""
    support.open_workspace(actor=request.actor)
    messages.success(request, _("De werkruimte is open. Nodig een collega uit, of begin met het gezamenlijke doel."))
    return redirect("support")


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def settings(request: Request) -> HttpResponse:
    """Choose the rhythm."""
    found = support.workspace(organisation_id=request.actor.organisation_id)
    initial = {"report_months": found.report_months, "quiet_days": found.quiet_days} if found else {}

    def save(data: Mapping[str, Any]) -> str:
        support.change_settings(actor=request.actor, settings=SettingsInput(**data))
        return reverse("support")

    context = {
        "title": _("Ritme van het draagvlak"),
        "intro": _("Draagvlak is nooit af. Kies hoe vaak er een verslag komt en wanneer u een seintje krijgt."),
        "trail": [],
        "cancel": reverse("support"),
        "done": _("Het ritme is bewaard."),
    }  # fmt: skip
    return edit(request, SettingsForm(request.POST or None, initial=initial), save, context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def invite(request: Request) -> HttpResponse:
    """Ask a colleague along."""
    people = [one for one in colleagues(request) if one[0] != str(request.actor.user_id)]

    def save(data: Mapping[str, Any]) -> str:
        support.invite(actor=request.actor, user_id=int(data["user_id"]), note=data["note"])
        return reverse("support")

    context = {
        "title": _("Een collega uitnodigen"),
        "intro": _("Aankoper en beleidsmedewerker bouwen samen. Uw collega krijgt een mail met uw boodschap."),
        "trail": [],
        "cancel": reverse("support"),
        "submit": _("Uitnodigen"),
        "done": _("De uitnodiging is verstuurd."),
    }
    return edit(request, InviteForm(people, request.POST or None), save, context)
