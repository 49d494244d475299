"""One product group in the selection: its scores, the form to score, what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.market import api as market
from koopkracht.monitoring import api as monitoring
from koopkracht.scoring import api as scoring
from koopkracht.scoring.types import Criterion, Score
from koopkracht.shared.errors import Conflict
from koopkracht.strategy.api import selection as api
from koopkracht.strategy.types.selection import GroupStanding, GroupStatus, SelectionMethodView, SizeClass
from koopkracht.web.strategy.selection import tried
from koopkracht.web.strategy.selection_figures import GroupFigures, figures
from koopkracht.web.strategy.selection_forms import DecisionForm, FeaturesForm, ReasonForm, ScoreForm
from koopkracht.web.ui import formats
from koopkracht.web.ui.page import Request, page, render

NAMED = 5


def evidence(
    organisation_id: int, row: GroupFigures, year: int, method: SelectionMethodView
) -> Mapping[str, list[str]]:
    """Return what is known beside each kind of evidence, in sentences; it informs and never fills in a score."""
    detail = monitoring.group_page(organisation_id=organisation_id, code=row.group.code) if year else None
    found: dict[str, list[str]] = {
        "spend": [_spend(row, year)],
        "suppliers": [
            ngettext("%(count)s leverancier in %(year)s.", "%(count)s leveranciers in %(year)s.", detail.supplier_count)
            % {"count": detail.supplier_count, "year": year}
        ]
        if detail is not None and detail.row is not None
        else [],
        "supply": [_supply(organisation_id, row)],
        "planned": _planned(row, method),
        "dates": _dates(row),
        "potential": [
            _("De indeling noemt de ruimte voor sociale economie %(level)s: %(reason)s")
            % {"level": row.group.social_potential.value, "reason": row.group.social_reason}
        ],
    }
    return found


def _spend(row: GroupFigures, year: int) -> str:
    if row.spend is None:
        return _("Er zijn geen uitgaven bekend in deze groep.")
    return _("Uitgaven in %(year)s: %(amount)s zonder btw.") % {"year": year, "amount": formats.euro_round(row.spend)}


def _supply(organisation_id: int, row: GroupFigures) -> str:
    if not row.enterprises:
        return _("Geen enkele sociale onderneming uit uw register biedt dit aan.")
    found = market.social_enterprises_offering(
        organisation_id=organisation_id, product_group=row.group.code, limit=NAMED
    )
    names = ", ".join(f"{one.name} ({one.municipality})" if one.municipality else one.name for one in found)
    text = ngettext(
        "%(count)s sociale onderneming uit uw register biedt dit aan: %(names)s",
        "%(count)s sociale ondernemingen uit uw register bieden dit aan: %(names)s",
        row.enterprises,
    ) % {"count": row.enterprises, "names": names}
    return text + (_(" en andere.") if row.enterprises > len(found) else ".")


def _planned(row: GroupFigures, method: SelectionMethodView) -> list[str]:
    if not row.planned:
        return [_("Er is niets gepland in deze groep.")]
    sizes = [method.thresholds.size_of(one.amount) for one in row.planned]
    parts = [
        f"{sizes.count(size)} {str(label).lower()}" for size, label in api.SIZE_LABELS.items() if sizes.count(size)
    ]
    if None in sizes:
        parts.append(_("%(count)s zonder raming") % {"count": sizes.count(None)})
    text = ngettext("%(count)s geplande aankoop", "%(count)s geplande aankopen", len(row.planned)) % {
        "count": len(row.planned)
    }
    return [f"{text}: {', '.join(parts)}."]


def _dates(row: GroupFigures) -> list[str]:
    starts = sorted(one.start for one in row.planned if one.start is not None)
    if not starts:
        return [_("Er is geen startdatum bekend.")]
    return [_("De eerste geplande start is %(day)s.") % {"day": formats.date(starts[0])}]


def _words(criterion: Criterion, parents: Mapping[str, str], method: SelectionMethodView) -> dict[str, Any]:
    known = api.guidance().get(criterion.code)
    goals = {one.code: one.goal_name for one in method.extra}
    name = f"{criterion.code} {criterion.name}"
    return {
        "criterion": criterion,
        "name": name,
        "parent": parents.get(criterion.parent, ""),
        "explanation": criterion.explanation,
        "questions": known.questions if known else (),
        "evidence": known.evidence if known else (),
        "goal": goals.get(criterion.code, ""),
    }


def _parameters(method: SelectionMethodView) -> list[dict[str, Any]]:
    """Return the scored parameters with their words, in order."""
    parents = {one.code: one.name for one in method.method.criteria}
    return [_words(one, parents, method) for one in scoring.leaves(criteria=method.method.criteria)]


# --- pages -----------------------------------------------------------------------------------------------------


@require_GET
@page("strategy.view")
def group(request: Request, code: str) -> HttpResponseBase:
    """Show one product group: scores of all people, what is known, what was decided."""
    return _group_page(request, code, ReasonForm())


def _group_page(request: Request, code: str, reason: ReasonForm) -> HttpResponse:
    organisation_id = request.actor.organisation_id
    catalogue.product_group(code=code)
    found = figures(organisation_id)
    row = found.by_code.get(code) or GroupFigures(catalogue.product_group(code=code), GroupStanding(code), None, 0)
    method = found.standings.method
    history = api.history(organisation_id=organisation_id, product_group=code)
    people = {one.recorded_by for one in history if one.recorded_by}
    if row.standing.result is not None:
        people |= {one.assessor_id for one in row.standing.result.assessors}
    content = api.content()
    context = {
        "row": row,
        "standing": row.standing,
        "year": found.year,
        "method": method,
        "parameters": _parameters(method),
        "table": _score_table(row.standing, method),
        "history": history,
        "people": accounts.names_of(organisation_id=organisation_id, user_ids=people),
        "known": evidence(organisation_id, row, found.year, method),
        "features": [note for note in content.features if note.code in row.standing.features],
        "grounds": [note for note in content.focus_grounds if note.code in row.standing.focus],
        "status_labels": api.STATUS_LABELS,
        "step_labels": api.STEP_LABELS,
        "reason_form": reason,
        "marked": api.marked_purchases(organisation_id=organisation_id),
        "next": _next_step(row.standing),
        "advised": row.standing.score is not None and row.standing.score >= method.thresholds.significant_from,
        "score": api.two_decimals(value=row.standing.score),
    }
    return render(request, "strategy/selection_group.html", context, status=422 if reason.errors else 200)


def _next_step(standing: GroupStanding) -> str:
    if standing.status in {GroupStatus.SIGNIFICANT, GroupStatus.NOT_SIGNIFICANT}:
        return "reopen"
    if standing.score is not None:
        return "decide"
    return "score"


def _score_table(standing: GroupStanding, method: SelectionMethodView) -> list[dict[str, Any]]:
    """Return a row per parameter: mean, spread and the score of each assessor."""
    result = standing.result
    if result is None:
        return []
    share = scoring.shares(criteria=method.method.criteria)
    rows = []
    for one in scoring.leaves(criteria=method.method.criteria):
        part = result.criteria[one.code]
        rows.append(
            {
                "name": f"{one.code} {one.name}",
                "inverse": one.inverse,
                "weight": api.two_decimals(value=share[one.code] * 100),
                "mean": api.two_decimals(value=part.mean),
                "counts": api.two_decimals(value=part.suitability),
                "spread": part.spread,
                "scores": [assessor.scores.get(one.code, Score(None)) for assessor in result.assessors],
            }
        )
    return rows


@require_http_methods(["GET", "POST"])
@page("selection.assess")
def score(request: Request, code: str) -> HttpResponse:
    """Let a person score a product group, with what is known beside each parameter."""
    organisation_id = request.actor.organisation_id
    catalogue.product_group(code=code)
    found = figures(organisation_id)
    row = found.by_code.get(code) or GroupFigures(catalogue.product_group(code=code), GroupStanding(code), None, 0)
    method = found.standings.method
    mine = _own_scores(row.standing, request.actor.user_id)
    form = ScoreForm(
        request.POST or None,
        criteria=scoring.leaves(criteria=method.method.criteria),
        given=mine,
        initial={"method_id": method.method.id},
    )
    if request.method == "POST" and form.is_valid():
        names = {one.code: f"score_{one.code}" for one in method.method.criteria}
        if tried(
            form,
            lambda: api.score(
                actor=request.actor,
                product_group=code,
                scores=form.scores(),
                method_id=form.cleaned_data["method_id"],
            ),
            names,
        ):
            _thank(request, row, form.scores())
            return redirect("selection-group", code=code)
    content = api.content()
    sizes = {method.thresholds.size_of(one.amount) for one in row.planned}
    context = {
        "form": form,
        "row": row,
        "parameters": _parameters(method),
        "known": evidence(organisation_id, row, found.year, method),
        "content": content,
        "small": SizeClass.SMALL in sizes,
        "large": SizeClass.LARGE in sizes,
        "method": method,
    }
    return render(request, "strategy/selection_score.html", context, status=422 if form.errors else 200)


def _own_scores(standing: GroupStanding, user_id: int | None) -> Mapping[str, Score]:
    if standing.result is None:
        return {}
    return next((one.scores for one in standing.result.assessors if one.assessor_id == user_id), {})


def _thank(request: Request, row: GroupFigures, scores: Mapping[str, Score]) -> None:
    missing = sum(1 for one in scores.values() if one.value is None)
    if missing:
        messages.warning(
            request,
            ngettext(
                "Uw scores voor “%(name)s” zijn bewaard. Er ontbreekt nog %(missing)s score.",
                "Uw scores voor “%(name)s” zijn bewaard. Er ontbreken nog %(missing)s scores.",
                missing,
            )
            % {"name": row.group.name, "missing": missing},
        )
    else:
        messages.success(request, _("Uw scores voor “%(name)s” zijn bewaard.") % {"name": row.group.name})


@require_http_methods(["GET", "POST"])
@page("selection.decide")
def decide(request: Request, code: str) -> HttpResponse:
    """Record what people decided about a product group."""
    group = catalogue.product_group(code=code)
    found = api.standings(organisation_id=request.actor.organisation_id)
    standing = found.of(code)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            done = tried(
                form,
                lambda: api.decide(
                    actor=request.actor,
                    product_group=code,
                    significant=data["significant"] == "yes",
                    reason=data["reason"],
                    decided_on=data["decided_on"],
                    participants=data["participants"],
                ),
            )
        except Conflict as error:
            form.add_error(None, error.message)
            done = False
        if done:
            messages.success(request, _("De beslissing over “%(name)s” is bewaard.") % {"name": group.name})
            return redirect("selection-group", code=code)
    context = {
        "form": form,
        "group": group,
        "standing": standing,
        "score": api.two_decimals(value=standing.score),
        "ranked": len(found.ranked),
        "method": found.method,
        "advised": standing.score is not None and standing.score >= found.method.thresholds.significant_from,
    }
    return render(request, "strategy/selection_decide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def features(request: Request, code: str) -> HttpResponse:
    """Note the features of a product group and why it has the focus."""
    group = catalogue.product_group(code=code)
    standing = api.standing(organisation_id=request.actor.organisation_id, product_group=code)
    form = FeaturesForm(request.POST or None, standing=standing)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: api.describe(actor=request.actor, product_group=code, **data)):
            messages.success(request, _("De kenmerken van “%(name)s” zijn bewaard.") % {"name": group.name})
            return redirect("selection-group", code=code)
    context = {"form": form, "group": group, "content": api.content()}
    return render(request, "strategy/selection_features.html", context, status=422 if form.errors else 200)


@require_POST
@page("selection.decide")
def reopen(request: Request, code: str) -> HttpResponse:
    """Open the decision about a product group again, with a reason."""
    return _with_reason(request, code, api.reopen, _("De keuze is opnieuw geopend. De scores zijn gebleven."))


@require_POST
@page("selection.decide")
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take the priority of a product group away, with a reason."""
    return _with_reason(request, code, api.withdraw_priority, _("De groep heeft geen voorrang meer."))


def _with_reason(request: Request, code: str, step: Any, done: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            worked = tried(
                form,
                lambda: step(actor=request.actor, product_group=code, reason=form.cleaned_data["reason"]),
            )
        except Conflict as error:
            messages.warning(request, error.message)
            return redirect("selection-group", code=code)
        if worked:
            messages.success(request, done)
            return redirect("selection-group", code=code)
    return _group_page(request, code, form)
