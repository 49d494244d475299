"""A buyer's own page: the purchases to watch, the targets they serve, and examples that help.

Only purchases in significant product groups stand out: a short list gives focus.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import Standing, State
from koopkracht.knowledge import api as knowledge
from koopkracht.shared import clock
from koopkracht.strategy.api import screening, selection
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.screening import ScreeningState
from koopkracht.web.strategy.indicator_words import standing_rows
from koopkracht.web.ui.page import Request, page, render

GROUPS_OF_A_MEASURE = ("product_groups", "product_group", "segments")
STORIES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Purchase:
    """One planned purchase as a buyer sees it."""

    line: PlannedPurchaseView
    group: str
    is_significant: bool
    is_marked: bool
    look: ScreeningState


@require_GET
@page("plan.view")
def my_purchases(request: Request) -> HttpResponse:
    """Show the purchases of this buyer (or of everybody) in significant product groups, and the rest on request."""
    actor = request.actor
    whose = request.GET.get("van", "mij")
    lines = _of(whose, request)
    significant = frozenset(selection.significant_groups(organisation_id=actor.organisation_id))
    rows = _rows(actor.organisation_id, lines, significant)
    codes = {line.product_group for line in lines if line.product_group}
    context = {
        "whose": whose,
        "focus": [row for row in rows if row.is_significant],
        "rest": [row for row in rows if not row.is_significant],
        "has_significant": bool(significant),
        "standings": standing_rows(_standings(actor.organisation_id, codes)),
        "stories": [one for one in knowledge.public_stories() if one.product_group in codes][:STORIES_SHOWN],
        "states": ScreeningState,
    }
    return render(request, "strategy/my_purchases.html", context)


def _of(whose: str, request: Request) -> list[PlannedPurchaseView]:
    lines = screening.plan(organisation_id=request.actor.organisation_id)
    if whose == "iedereen" or request.actor.user_id is None:
        return list(lines)
    name = accounts.account(user_id=request.actor.user_id).label.casefold()
    return [line for line in lines if line.responsible.casefold() == name]


def _rows(organisation_id: int, lines: list[PlannedPurchaseView], significant: frozenset[str]) -> list[Purchase]:
    today = clock.today()
    names = {group.code: group.name for group in catalogue.product_groups()}
    marked = selection.marked_purchases(organisation_id=organisation_id)
    looks = screening.screenings(organisation_id=organisation_id, purchase_ids=[line.id for line in lines])
    return [
        Purchase(
            line=line,
            group=names.get(line.product_group, ""),
            is_significant=line.product_group in significant,
            is_marked=line.id in marked,
            look=looks[line.id].state(today) if line.id in looks else ScreeningState.NOT_ASKED,
        )
        for line in lines
    ]


def _standings(organisation_id: int, codes: set[str]) -> list[Standing]:
    """Return the standings of the indicators that are about one of these product groups."""
    found = indicators.standings(organisation_id=organisation_id, on=clock.today())
    segments = {code.split("-")[0] for code in codes}
    wanted = codes | segments
    living = [one for one in found if one.indicator.state in {State.ACTIVE, State.NO_DATA}]
    return [one for one in living if _about(one.indicator.parameters) & wanted]


def _about(parameters: Mapping[str, Any]) -> set[str]:
    values: set[str] = set()
    for name in GROUPS_OF_A_MEASURE:
        value = parameters.get(name, ())
        values.update([value] if isinstance(value, str) else value)
    return values
