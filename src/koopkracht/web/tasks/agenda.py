"""The calendar: a month as a list, and the own link for a calendar program."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.accounts.errors import LinkGone
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound
from koopkracht.shared.periods import months_after
from koopkracht.web.tasks import calendar
from koopkracht.web.tasks.feed import calendar_of
from koopkracht.web.ui.formats import MONTHS
from koopkracht.web.ui.page import Request, page, public_page, render

SCOPE = "calendar.read"
VALID_FOR = dt.timedelta(days=365)
DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()


def _month(text: str) -> dt.date:
    """Return the first day of a month written as 2026-11; the current month for anything else."""
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)
    return found if dt.MINYEAR < found.year < dt.MAXYEAR else clock.today().replace(day=1)


def _days(found: list[calendar.Entry]) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {"date": day, "name": DAYS[day.weekday()], "today": day == today, "entries": list(lines)}
        for day, lines in groupby(found, key=lambda entry: entry.date)
    ]


@require_GET
@page("home.view")
def agenda(request: Request) -> HttpResponse:
    """Show one month: meetings, tasks and what other pages add."""
    return _show(request)


def _show(request: Request, *, address: str = "") -> HttpResponse:
    first = _month(request.GET.get("maand", ""))
    after = months_after(first, 1)
    own = request.GET.get("wie") == "ik"
    found = calendar.entries(request.actor, first, after, own=own)
    context = {
        "title": f"{MONTHS[first.month - 1]} {first.year}",
        "month": f"{first:%Y-%m}",
        "before": f"{months_after(first, -1):%Y-%m}",
        "after": f"{after:%Y-%m}",
        "own": own,
        "days": _days(found),
        "kinds": ", ".join(calendar.labels().values()).lower(),
        "links": accounts.own_links(actor=request.actor, scope=SCOPE),
        "address": address,
    }
    return render(request, "tasks/agenda.html", context)


@require_POST
@page("home.view")
def make_link(request: Request) -> HttpResponse:
    """Make the own link and show it: once, because it is stored nowhere. A former link stops working."""
    link = accounts.create_own_link(
        actor=request.actor, scope=SCOPE, purpose=_("Eigen agenda"), expires_at=clock.now() + VALID_FOR
    )
    address = request.build_absolute_uri(reverse("calendar-feed", kwargs={"token": link.token}))
    return _show(request, address=address)


@require_POST
@page("home.view")
def withdraw_link(request: Request, link_id: int) -> HttpResponse:
    """Withdraw the own link."""
    accounts.revoke_own_link(actor=request.actor, link_id=link_id)
    messages.success(request, _("De agendalink is ingetrokken. Wie ze nog heeft, ziet niets meer."))
    return redirect("calendar")


@require_GET
@public_page
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program; a link of somebody who left the organisation opens nothing."""
    link = accounts.resolve_signed_link(token=token, scope=SCOPE, once_a_day=True)
    link.actor.require(SCOPE)
    organisation_id, user_id = link.actor.organisation_id, int(link.subject_key)
    try:
        accounts.person(organisation_id=organisation_id, user_id=user_id)
    except NotFound as error:
        raise LinkGone(_("Deze agendalink werkt niet meer."), code="link-gone") from error

    def link_of(route: str, key: int) -> str:
        return request.build_absolute_uri(reverse(route, args=[key]))

    body = calendar_of(organisation_id=organisation_id, user_id=user_id, on=clock.today(), link_of=link_of)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match", "")
    response: HttpResponse = (
        HttpResponseNotModified()
        if tag in (part.strip().removeprefix("W/") for part in known.split(","))
        else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    )
    response["ETag"] = tag
    if response.status_code == 200:
        response["Content-Disposition"] = 'inline; filename="koopkracht.ics"'
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response
