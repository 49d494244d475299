"""Choosing product groups: the overview per segment, the ranking with its firmness, the workshop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.catalogue import api as catalogue
from koopkracht.scoring import api as scoring
from koopkracht.scoring.types import Sensitivity
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy.api import selection as api
from koopkracht.strategy.types.selection import GroupStanding, GroupStatus
from koopkracht.web.strategy import selection_chart
from koopkracht.web.strategy.selection_figures import POTENTIAL_ORDER, Figures, GroupFigures, coverage, figures
from koopkracht.web.strategy.selection_forms import WorkshopForm
from koopkracht.web.ui.lists import Column, Filter, Listing
from koopkracht.web.ui.page import Request, page, render

VARIATIONS = (10, 25, 50)


def group_link(row: Any) -> str:
    """Return the address of the product group of a row."""
    return reverse("selection-group", kwargs={"code": row["code"]})


GROUPS = Listing(
    name="keuze-productgroepen",
    caption=gettext_lazy("Productgroepen"),
    columns=(
        Column("name", gettext_lazy("Productgroep"), href=group_link, sort=True),
        Column("segment", gettext_lazy("Segment"), sort=True),
        Column("spend", gettext_lazy("Uitgaven"), format="euro_round", sort=True),
        Column("planned", gettext_lazy("Gepland"), format="number", sort=True),
        Column("enterprises", gettext_lazy("Sociale ondernemingen"), format="number", sort=True),
        Column("status", gettext_lazy("Stand"), sort=True),
        Column("score", gettext_lazy("Score"), format="number", sort=True),
    ),
    filters=(
        Filter(
            "segment",
            gettext_lazy("Segment"),
            options=lambda: [(segment.code, segment.name) for segment in catalogue.segments()],
        ),
        Filter(
            "stand",
            gettext_lazy("Stand"),
            options=[(status.value, label) for status, label in api.STATUS_LABELS.items()],
        ),
        Filter(
            "kenmerk",
            gettext_lazy("Kenmerk"),
            options=lambda: [(note.code, note.name) for note in api.content().features],
        ),
        Filter(
            "focus",
            gettext_lazy("Focus"),
            options=lambda: [(note.code, note.name) for note in api.content().focus_grounds],
        ),
    ),
    sort="-spend",
    search=gettext_lazy("Zoek in de namen"),
    empty_title=gettext_lazy("Geen productgroepen gevonden"),
    empty_text=gettext_lazy("Maak de filters leeg om alle groepen te zien."),
)


def in_order(rows: Iterable[dict[str, Any]], query: ListQuery) -> Slice[dict[str, Any]]:
    """Return a page of rows in the asked order; what is unknown comes last, equal rows stand by name.

    The rows are put together from several contexts and are some hundreds at most: the cursor is a place in them.
    """
    found = sorted(rows, key=lambda row: str(row["name"]))
    known = [row for row in found if row[query.sort] is not None]
    rest = [row for row in found if row[query.sort] is None]
    known.sort(key=lambda row: row[query.sort], reverse=query.descending)
    start = int(query.cursor) if query.cursor.isdecimal() else 0
    end, before = start + query.limit, max(0, start - query.limit)
    return Slice(
        [*known, *rest][start:end],
        next=str(end) if end < len(found) else "",
        previous=str(before) if start else "",
        total=len(found),
    )


@require_GET
@page("strategy.view")
def overview(request: Request) -> HttpResponseBase:
    """Show all product groups, per segment and one by one, with where they stand."""
    found = figures(request.actor.organisation_id)

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return in_order((_group_row(row) for row in found.rows if _passes(row, query)), query)

    significant = frozenset(row.group.code for row in found.rows if row.standing.status is GroupStatus.SIGNIFICANT)
    focus = frozenset(row.group.code for row in found.rows if row.standing.focus)
    return GROUPS.respond(
        request,
        fetch,
        "strategy/selection.html",
        {
            "year": found.year,
            "segments": _segment_rows(found.rows),
            "counts": _counts(found),
            "significant": coverage(found, significant),
            "focus": coverage(found, focus),
        },
    )


def _passes(row: GroupFigures, query: ListQuery) -> bool:
    asked = query.filters
    checks = (
        not asked.get("segment") or row.group.segment.code == asked["segment"],
        not asked.get("stand") or row.standing.status.value == asked["stand"],
        not asked.get("kenmerk") or asked["kenmerk"] in row.standing.features,
        not asked.get("focus") or asked["focus"] in row.standing.focus,
        query.search.casefold() in row.group.name.casefold(),
    )
    return all(checks)


def _group_row(row: GroupFigures) -> dict[str, Any]:
    return {
        "code": row.group.code,
        "name": row.group.name,
        "segment": row.group.segment.name,
        "spend": row.spend,
        "planned": len(row.planned),
        "enterprises": row.enterprises,
        "status": str(api.STATUS_LABELS[row.standing.status]),
        "score": api.two_decimals(value=row.standing.score),
    }


def _segment_rows(rows: Sequence[GroupFigures]) -> list[dict[str, Any]]:
    """Return the totals per segment, the largest spend first."""
    by_segment: dict[str, list[GroupFigures]] = {}
    for row in rows:
        by_segment.setdefault(row.group.segment.code, []).append(row)
    found = []
    for code, members in by_segment.items():
        known = [row.spend for row in members if row.spend is not None]
        amounts = [row.planned_amount for row in members if row.planned_amount is not None]
        found.append(
            {
                "name": members[0].group.segment.name,
                "href": f"{reverse('selection')}?segment={code}",
                "groups": len(members),
                "spend": sum(known, Decimal(0)) if known else None,
                "planned": sum(len(row.planned) for row in members),
                "planned_amount": sum(amounts, Decimal(0)) if amounts else None,
                "supplied": sum(1 for row in members if row.enterprises),
                "priority": sum(1 for row in members if row.standing.has_priority),
                "significant": sum(1 for row in members if row.standing.status is GroupStatus.SIGNIFICANT),
            }
        )
    return sorted(found, key=lambda row: (row["spend"] is None, -(row["spend"] or 0), row["name"]))


def _counts(found: Figures) -> dict[str, int]:
    statuses = [row.standing.status for row in found.rows]
    return {
        "priority": sum(1 for row in found.rows if row.standing.has_priority),
        "scored": statuses.count(GroupStatus.SCORED),
        "significant": statuses.count(GroupStatus.SIGNIFICANT),
        "not": statuses.count(GroupStatus.NOT_SIGNIFICANT),
    }


# --- ranking ---------------------------------------------------------------------------------------------------


def _ranking_list(found: Figures) -> Listing:
    """Return the list with a column per parameter, which only the export shows."""
    means = tuple(
        Column(f"mean-{one.code}", f"{one.code} {one.name}", format="number", export_only=True)
        for one in scoring.leaves(criteria=found.standings.method.method.criteria)
    )
    return Listing(
        name="rangschikking-productgroepen",
        caption=_("Rangschikking van productgroepen"),
        columns=(
            Column("rank", _("Plaats"), format="number", sort=True),
            Column("name", _("Productgroep"), href=group_link, sort=True),
            Column("score", _("Score"), format="number", sort=True),
            Column("spread", _("Verschil"), format="number", sort=True),
            Column("assessors", _("Beoordelaars"), format="number", sort=True),
            Column("range", _("Bij andere gewichten")),
            Column("spend", _("Uitgaven"), format="euro_round", sort=True),
            Column("enterprises", _("Sociale ondernemingen"), format="number", sort=True),
            Column("status", _("Stand"), sort=True),
            Column("advice", _("Advies"), export_only=True),
            *means,
        ),
        sort="rank",
        empty_title=_("Nog geen groep is volledig beoordeeld"),
        empty_text=_("Kies een productgroep en geef scores. Daarna verschijnt hier de rangschikking."),
    )


@require_GET
@page("strategy.view")
def ranking(request: Request) -> HttpResponseBase:
    """Show the ranking with the chart, the spread between people and how firm it is."""
    version = request.GET.get("versie", "")
    found = figures(request.actor.organisation_id, version=int(version) if version.isdecimal() else None)
    asked = request.GET.get("marge", "")
    variation = int(asked) if asked in {str(one) for one in VARIATIONS} else VARIATIONS[1]
    firm = api.sensitivity(standings=found.standings, variation=Fraction(variation, 100))
    ranked = found.standings.ranked
    begun = [one for one in found.standings.groups.values() if one.result is not None and not one.result.complete]

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return in_order((_ranking_row(found, one, firm) for one in ranked), query)

    method = found.standings.method
    lowest, highest = scoring.scale(criteria=method.method.criteria)
    names = {one.id: found.by_code[one.product_group].group.name for one in found.standings.groups.values()}
    return _ranking_list(found).respond(
        request,
        fetch,
        "strategy/selection_ranking.html",
        {
            "method": method,
            "versions": api.methods(organisation_id=request.actor.organisation_id),
            "chart": selection_chart.chart(
                [_point(found, one) for one in ranked],
                lowest=lowest,
                highest=highest,
                border=method.thresholds.significant_from,
            ),
            "without_spend": [
                names[one.id] for one in ranked if not (found.by_code[one.product_group].spend or 0) >= 1
            ],
            "year": found.year,
            "variation": variation,
            "variations": VARIATIONS,
            "ranked": len(ranked),
            "firmness": _firmness(firm, names, {one.code: one.name for one in method.method.criteria}),
            "begun": [{"name": names[one.id], "href": group_link({"code": one.product_group})} for one in begun],
        },
    )


def _ranking_row(found: Figures, one: GroupStanding, firm: Sensitivity) -> dict[str, Any]:
    row, result = found.by_code[one.product_group], one.result
    assert result is not None  # noqa: S101 - only complete groups are ranked
    span = firm.ranges[one.id]
    border = found.standings.method.thresholds.significant_from
    text = (
        str(span.best)
        if span.best == span.worst
        else _("%(best)s tot %(worst)s")
        % {
            "best": span.best,
            "worst": span.worst,
        }
    )
    advised = result.total is not None and result.total >= border
    return {
        "code": one.product_group,
        "name": row.group.name,
        "rank": result.rank,
        "score": api.two_decimals(value=result.total),
        "spread": api.two_decimals(value=result.spread),
        "assessors": len(result.assessors),
        "range": text,
        "spend": row.spend,
        "enterprises": row.enterprises,
        "status": str(api.STATUS_LABELS[one.status]),
        "advice": _("Boven de grens van het advies") if advised else _("Onder de grens van het advies"),
        **{f"mean-{code}": api.two_decimals(value=part.mean) for code, part in result.criteria.items()},
    }


def _point(found: Figures, one: GroupStanding) -> selection_chart.Point:
    row, result = found.by_code[one.product_group], one.result
    assert result is not None  # noqa: S101 - only complete groups are ranked
    return selection_chart.Point(
        rank=result.rank or 0,
        name=row.group.name,
        spend=row.spend or Decimal(0),
        score=api.two_decimals(value=result.total) or Decimal(0),
        supply=row.enterprises,
        chosen=one.status is GroupStatus.SIGNIFICANT,
    )


def _firmness(firm: Sensitivity, names: dict[int, str], words: dict[str, str]) -> dict[str, Any] | None:
    """Return what lets number two overtake number one, in figures for the page; ``None`` with fewer than two."""
    if firm.first is None or firm.second is None:
        return None
    smallest = firm.overtakes[0] if firm.overtakes else None
    moved = [key for key, one in firm.ranges.items() if one.best != one.worst]
    return {
        "first": names[firm.first],
        "second": names[firm.second],
        "level": firm.level,
        "moved": len(moved),
        "all": len(firm.ranges),
        "criterion": words[smallest.code] if smallest else "",
        "grows": smallest is not None and smallest.change > 0,
        "weight": api.two_decimals(value=smallest.weight * 100) if smallest else None,
        "relative": api.two_decimals(value=abs(smallest.relative) * 100)
        if smallest and smallest.relative is not None
        else None,
        "times": api.two_decimals(value=smallest.at / smallest.weight) if smallest and smallest.weight else None,
    }


# --- workshop --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@page("selection.decide")
def workshop(request: Request) -> HttpResponse:
    """Give several product groups priority, as agreed by buyers and policy people together."""
    found = figures(request.actor.organisation_id)
    rows = sorted(
        (
            row
            for row in found.rows
            if not row.standing.has_priority and row.standing.status is not GroupStatus.NOT_SIGNIFICANT
        ),
        key=lambda row: (-(row.spend or 0), POTENTIAL_ORDER[row.group.social_potential], row.group.name),
    )
    form = WorkshopForm(request.POST or None, choices=[(row.group.code, row.group.name) for row in rows])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            given = api.prioritise(
                actor=request.actor,
                product_groups=data["groups"],
                reason=data["reason"],
                decided_on=data["decided_on"],
                participants=data["participants"],
            )
        except Rejected as error:
            form.add_error(error.details.get("field") or None, error.message)
        else:
            messages.success(
                request,
                ngettext("%(count)s productgroep krijgt voorrang.", "%(count)s productgroepen krijgen voorrang.", given)
                % {"count": given},
            )
            return redirect("selection")
    chosen = form["groups"].value() or []
    context = {
        "form": form,
        "year": found.year,
        "rows": [{"figures": row, "chosen": row.group.code in chosen} for row in rows],
    }
    return render(request, "strategy/selection_workshop.html", context, status=422 if form.errors else 200)


Step = Callable[[], None]


def tried(form: Any, step: Step, fields: dict[str, str] | None = None) -> bool:
    """Run a use case; a refusal goes to its field of the form. Tells whether it worked."""
    try:
        step()
    except Rejected as error:
        name = str(error.details.get("field") or "")
        name = (fields or {}).get(name, name)
        form.add_error(name if name in form.fields else None, error.message)
        return False
    return True


__all__ = ["group_link", "in_order", "overview", "ranking", "tried", "workshop"]
