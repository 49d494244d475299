"""The purchasing plan laid side by side: the timeline, contracts without a successor, what could be bought together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import months_after
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.web.strategy.successors import Successor, successors
from koopkracht.web.tasks import calendar
from koopkracht.web.ui.page import Request, page, render

QUARTERS = 16
_WIDTH = 640
"""Width of the drawing in its own units: forty for each quarter."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the timeline, with its place in the drawing."""

    title: str
    href_id: int | None
    kind: str
    start: dt.date
    end: dt.date | None
    x: int
    width: int


@require_GET
@page("plan.view")
def timeline(request: Request) -> HttpResponse:
    """Show when purchases start and how long they run, with the contracts that end."""
    segment = request.GET.get("segment", "")
    lines = [one for one in screening.plan(organisation_id=request.actor.organisation_id) if one.start]
    chosen = [one for one in lines if segment in ("", one.segment)]
    ending = successors(request.actor.organisation_id) if request.actor.may("register.view") else ()
    first = _quarter(clock.today())
    bars = [_bar(one, first) for one in chosen] + ([_mark(one, first) for one in ending] if not segment else [])
    shown = [bar for bar in bars if bar.width]
    context = {
        "bars": sorted(shown, key=lambda bar: (bar.start, bar.title)),
        "outside": len(bars) - len(shown),
        "quarters": [_named(months_after(first, 3 * number), number) for number in range(QUARTERS)],
        "width": _WIDTH,
        "segments": [(one.code, one.name) for one in catalogue.segments()],
        "segment": segment,
        "today_x": _place(clock.today(), first),
    }
    return render(request, "strategy/plan_timeline.html", context)


@require_GET
@page("plan.view")
def successors_page(request: Request) -> HttpResponse:
    """List the contracts that end and have no successor in the plan."""
    found = successors(request.actor.organisation_id) if request.actor.may("register.view") else ()
    return render(request, "strategy/plan_successors.html", {"rows": found, "terms": screening.terms()})


@require_GET
@page("plan.view")
def together(request: Request) -> HttpResponse:
    """Show which purchases of one product group start close together."""
    lines = screening.plan(organisation_id=request.actor.organisation_id)
    groups = {one.code: one.name for one in catalogue.product_groups()}
    found = [
        {"name": groups.get(bundle.product_group, bundle.product_group), "lines": bundle.lines, "total": bundle.total}
        for bundle in screening.bundles(lines=lines)
    ]
    return render(request, "strategy/plan_together.html", {"bundles": found, "terms": screening.terms()})


def _quarter(day: dt.date) -> dt.date:
    return dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _named(day: dt.date, number: int) -> dict[str, object]:
    quarter = (day.month - 1) // 3 + 1
    return {"x": number * _WIDTH // QUARTERS, "label": f"{day.year}" if quarter == 1 or number == 0 else "", "day": day}


def _place(day: dt.date, first: dt.date) -> int:
    """Return where a day lies in the drawing, kept within its edges."""
    last = months_after(first, 3 * QUARTERS)
    share = (day - first).days * _WIDTH // (last - first).days
    return max(0, min(_WIDTH, share))


def _bar(line: PlannedPurchaseView, first: dt.date) -> Bar:
    start = line.start or first
    end = line.end or months_after(start, 1)
    x = _place(start, first)
    return Bar(line.title, line.id, "planned", start, line.end, x, max(0, _place(end, first) - x))


def _mark(contract: Successor, first: dt.date) -> Bar:
    x = _place(contract.end, first)
    inside = 0 < x < _WIDTH
    return Bar(contract.title, None, "ending", contract.end, contract.end, x, 6 if inside else 0)


def _purchases(actor: Actor, start: dt.date, end: dt.date, own: bool) -> Iterable[calendar.Entry]:
    if not actor.may("plan.view"):
        return
    name = accounts.account(user_id=actor.user_id).label.casefold() if own and actor.user_id else ""
    for line in strategy.planned_between(organisation_id=actor.organisation_id, start=start, end=end):
        if line.start is None or (own and line.responsible.casefold() != name):
            continue
        yield calendar.Entry(
            date=line.start,
            kind=_("Start van een geplande aankoop"),
            title=line.title,
            href=reverse("planned-purchase", kwargs={"purchase_id": line.id}),
        )


calendar.register("purchases", gettext_lazy("Geplande aankopen"), _purchases)
