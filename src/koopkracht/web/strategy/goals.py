"""Pages about social goals: inventory, one goal, judging, shortlist, approval, tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.indicators import api as indicators
from koopkracht.shared.errors import NotFound, Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.strategy.api import goals
from koopkracht.strategy.types.goals import (
    SUBJECT,
    DecisionKind,
    Effect,
    GoalState,
    PurposeState,
    SocialGoalInput,
    SocialGoalView,
)
from koopkracht.web.strategy.goals_forms import (
    DecisionForm,
    GoalForm,
    JudgementForm,
    ReasonForm,
    ShortlistForm,
    ThemeForm,
    show,
)
from koopkracht.web.ui import evidence
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

STATE_PILLS = {
    GoalState.INVENTORIED: "default",
    GoalState.JUDGED: "info",
    GoalState.SHORTLISTED: "warning",
    GoalState.TRANSLATED: "success",
    GoalState.PARKED: "default",
}
PURPOSE_PILLS = {
    PurposeState.DRAFT: "default",
    PurposeState.ACTIVE: "info",
    PurposeState.REACHED: "success",
    PurposeState.ENDED: "default",
}
_LISTED = (GoalState.SHORTLISTED, GoalState.TRANSLATED)


def _labels(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(code.value, label) for code, label in labels.items()]


GOALS = Listing(
    name="doelen",
    caption=gettext_lazy("Maatschappelijke doelen"),
    columns=(
        Column("title", gettext_lazy("Doel"), href=link_to("goal", goal_id="id"), sort=True),
        Column("pillar", gettext_lazy("Soort"), sort=True),
        Column("themes", gettext_lazy("Thema's")),
        Column("lever", gettext_lazy("Hefboom")),
        Column("state", gettext_lazy("Stand"), sort=True),
        Column("rank", gettext_lazy("Plaats"), sort=True, css="kk-num"),
        Column("purposes", gettext_lazy("Aankoopdoelen"), format="number"),
        Column("source_title", gettext_lazy("Bron"), export_only=True),
    ),
    filters=(
        Filter("state", gettext_lazy("Stand"), options=_labels(goals.GOAL_STATE_LABELS)),
        Filter("pillar", gettext_lazy("Soort"), options=_labels(goals.PILLAR_LABELS)),
        Filter("theme", gettext_lazy("Thema")),
    ),
    sort="rank",
    search=gettext_lazy("Zoek in de doelen"),
    empty_title=gettext_lazy("Nog geen doelen"),
    empty_text=gettext_lazy("Noteer de doelen uit uw bestuursakkoord, of neem een voorbeeld over."),
)


@require_GET
@page("strategy.view")
def inventory(request: Request) -> HttpResponseBase:
    """List the goals, with the examples and the themes."""
    organisation_id = request.actor.organisation_id
    themes = goals.themes(organisation_id=organisation_id)
    names = {theme.code: theme.name for theme in themes}
    by_theme = Filter("theme", gettext_lazy("Thema"), options=list(names.items()))
    listing = _with_filter(by_theme)

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return goals.list_goals(actor=request.actor, query=query).map(lambda view: _row(view, names))

    context = {
        "themes": themes,
        "default_theme": goals.default_theme(organisation_id=organisation_id),
        "presets": list(enumerate(goals.presets())),
        "reference": goals.defaults().reference,
        "theme_form": ThemeForm(),
    }
    return listing.respond(request, fetch, "strategy/goals.html", context)


def _with_filter(by_theme: Filter) -> Listing:
    """Return the list with the themes of this organisation as choices."""
    fields = {name: getattr(GOALS, name) for name in GOALS.__dataclass_fields__}
    return Listing(**{**fields, "filters": (*GOALS.filters[:-1], by_theme)})


def _row(view: SocialGoalView, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title,
        "pillar": str(goals.PILLAR_LABELS[view.pillar]),
        "themes": ", ".join(names.get(code, code) for code in view.themes),
        "lever": lever_text(view.is_lever, view.effect),
        "state": str(goals.GOAL_STATE_LABELS[view.state]),
        "rank": str(view.rank) if view.rank is not None else "–",
        "purposes": view.purposes,
        "source_title": view.source_title,
    }


def lever_text(is_lever: bool | None, effect: Effect | None) -> str:
    """Return in words whether purchases are a lever, and how large the effect can be."""
    if is_lever is None:
        return _("nog te beoordelen")
    if not is_lever or effect is None:
        return _("nee")
    return _("ja, effect: %(effect)s") % {"effect": str(goals.EFFECT_LABELS[effect]).lower()}


@require_GET
@page("strategy.view")
def goal(request: Request, goal_id: int) -> HttpResponse:
    """Show one goal: where it stands, what comes next, its purchasing goals."""
    return _show_goal(request, goal_id, ReasonForm())


def _show_goal(request: Request, goal_id: int, reason_form: ReasonForm, status: int = 200) -> HttpResponse:
    view = _goal(request, goal_id)
    organisation_id = request.actor.organisation_id
    names = {theme.code: theme.name for theme in goals.themes(organisation_id=organisation_id)}
    strategic = {one.code: one.name for one in goals.strategic_goals()}
    levers = {one.code: one.name for one in goals.other_levers()}
    may = {step: goals.goal_may(step=step, state=view.state) for step in ("judge", "park", "reopen")}
    context = {
        "goal": view,
        "themes": ", ".join(names.get(code, code) for code in view.themes),
        "strategic": ", ".join(strategic.get(code, code) for code in view.strategic_goals),
        "other_lever": levers.get(view.other_lever, ""),
        "lever": lever_text(view.is_lever, view.effect),
        "pillar": goals.PILLAR_LABELS[view.pillar],
        "state": goals.GOAL_STATE_LABELS[view.state],
        "state_kind": STATE_PILLS[view.state],
        "purposes": purpose_rows(organisation_id, [goal_id]),
        "may": may,
        "may_translate": bool(view.is_lever) and view.state is not GoalState.PARKED,
        "step": _step_number(view),
        "reason_form": reason_form,
    }
    return render(request, "strategy/goal.html", context, status=status)


def _step_number(view: SocialGoalView) -> int:
    """Return how many of the four steps are done, plus one; 0 for a goal that is set aside."""
    if view.state is GoalState.PARKED or view.is_lever is False:
        return 0
    steps = {GoalState.INVENTORIED: 2, GoalState.JUDGED: 3, GoalState.SHORTLISTED: 4, GoalState.TRANSLATED: 5}
    return steps[view.state]


def purpose_rows(organisation_id: int, goal_ids: list[int] | None = None) -> list[dict[str, Any]]:
    """Return purchasing goals with the number of their indicators and what still makes them abstract."""
    found = goals.purposes(organisation_id=organisation_id, social_goal_ids=goal_ids)
    measured = indicators.of_subjects(
        organisation_id=organisation_id, subject=SUBJECT, subject_keys=[one.id for one in found]
    )
    return [
        {
            "view": one,
            "href": reverse("purpose", kwargs={"purpose_id": one.id}),
            "state": goals.PURPOSE_STATE_LABELS[one.state],
            "state_kind": PURPOSE_PILLS[one.state],
            "indicators": measured[one.id],
            "is_abstract": one.state is PurposeState.DRAFT
            and bool(goals.missing(purpose=one, indicators=measured[one.id])),
        }
        for one in found
    ]


def _goal(request: Request, goal_id: int) -> SocialGoalView:
    return goals.goal(organisation_id=request.actor.organisation_id, goal_id=goal_id)


def attempt(form: Any, call: Callable[[], Any]) -> Any:
    """Call a use case; a refusal lands on the form and gives ``None``."""
    try:
        return call()
    except Rejected as error:
        show(form, error)
        return None


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add(request: Request) -> HttpResponse:
    """Note a goal, empty or from an example."""
    form = _goal_form(request, _preset(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: goals.note_goal(actor=request.actor, goal=form.goal(evidence.stored(request))))
        if made is not None:
            messages.success(request, _("Het doel staat in de lijst. Beoordeel nu of aankopen kunnen helpen."))
            return redirect("goal", goal_id=made)
    return render(request, "strategy/goal_form.html", {"form": form, "goal": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def edit(request: Request, goal_id: int) -> HttpResponse:
    """Change what a goal says."""
    view = _goal(request, goal_id)
    form = _goal_form(request, view)

    def change() -> bool:
        goals.change_goal(actor=request.actor, goal_id=goal_id, goal=form.goal(evidence.stored(request)))
        return True

    if request.method == "POST" and form.is_valid() and attempt(form, change):
        messages.success(request, _("Het doel is bijgewerkt."))
        return redirect("goal", goal_id=goal_id)
    return render(request, "strategy/goal_form.html", {"form": form, "goal": view}, status=422 if form.errors else 200)


def _goal_form(request: Request, shown: SocialGoalView | SocialGoalInput | None) -> GoalForm:
    initial = GoalForm.initial_of(shown) if shown else {}
    themes = goals.themes(organisation_id=request.actor.organisation_id)
    posted = request.method == "POST"
    return GoalForm(request.POST if posted else None, request.FILES if posted else None, initial=initial, themes=themes)


def _preset(request: Request) -> SocialGoalInput | None:
    """Return the example that the address names, if any."""
    number = request.GET.get("voorbeeld", "")
    found = goals.presets()
    return found[int(number)] if number.isdecimal() and int(number) < len(found) else None


@require_GET
@page("strategy.view")
def source(request: Request, goal_id: int) -> HttpResponseBase:
    """Give the document in which a goal stands."""
    view = _goal(request, goal_id)
    if not view.source_sha:
        raise NotFound(_("Bij dit doel is geen document bewaard."), code="goal-source-missing")
    return evidence.given_back(request, view.source_sha)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def judge(request: Request, goal_id: int) -> HttpResponse:
    """Ask whether purchases are a lever and how large the effect can be."""
    view = _goal(request, goal_id)
    lever = {True: "ja", False: "nee"}.get(view.is_lever) if view.is_lever is not None else None
    initial = {
        "is_lever": lever,
        "effect": view.effect.value if view.effect else None,
        "other_lever": view.other_lever,
        "remark": view.judgement,
    }
    form = JudgementForm(request.POST if request.method == "POST" else None, initial=initial)

    def store() -> bool:
        goals.judge_goal(actor=request.actor, goal_id=goal_id, judgement=form.judgement())
        return True

    if request.method == "POST" and form.is_valid() and attempt(form, store):
        messages.success(request, _("De beoordeling is bewaard."))
        return redirect("goal", goal_id=goal_id)
    context = {"form": form, "goal": view, "levers": goals.other_levers()}
    return render(request, "strategy/goal_judge.html", context, status=422 if form.errors else 200)


@require_POST
@page("strategy.edit")
def park(request: Request, goal_id: int) -> HttpResponse:
    """Set a goal aside."""
    form = ReasonForm(request.POST)

    def store() -> bool:
        goals.park_goal(actor=request.actor, goal_id=goal_id, reason=form.cleaned_data["reason"])
        return True

    if form.is_valid() and attempt(form, store):
        messages.success(request, _("Het doel is geparkeerd. U kunt het altijd opnieuw opnemen."))
        return redirect("goal", goal_id=goal_id)
    return _show_goal(request, goal_id, form, status=422)


@require_POST
@page("strategy.edit")
def reopen(request: Request, goal_id: int) -> HttpResponse:
    """Take a parked goal up again."""
    goals.reopen_goal(actor=request.actor, goal_id=goal_id)
    messages.success(request, _("Het doel staat opnieuw in de lijst. Beoordeel het eerst."))
    return redirect("goal", goal_id=goal_id)


@require_GET
@page("strategy.view")
def shortlist(request: Request) -> HttpResponse:
    """Show the shortlist, what can be on it, and the decisions about it."""
    form = None
    if request.actor.may("strategy.edit"):
        form = ShortlistForm(choices=_candidates(request), initial={"body": _("Werkgroep sociaal aankopen")})
    return _shortlist(request, form, DecisionForm(initial={"body": _("College van burgemeester en schepenen")}))


@require_POST
@page("strategy.edit")
def fix(request: Request) -> HttpResponse:
    """Fix the shortlist."""
    form = ShortlistForm(request.POST, choices=_candidates(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            lambda: goals.fix_shortlist(
                actor=request.actor,
                goal_ids=form.ranked(),
                decided_on=data["decided_on"],
                body=data["body"],
                reason=data["reason"],
            ),
        )
        if made is not None:
            messages.success(request, _("De shortlist is vastgelegd. Vertaal nu elk doel naar een aankoopdoel."))
            return redirect("goals-shortlist")
    return _shortlist(request, form, DecisionForm(), status=422)


@require_POST
@page("strategy.decide")
def approve(request: Request) -> HttpResponse:
    """Approve the goals on the shortlist as the executive."""
    form = DecisionForm(request.POST)
    listed = goals.all_goals(organisation_id=request.actor.organisation_id, states=_LISTED)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            lambda: goals.approve_goals(
                actor=request.actor,
                goal_ids=[goal.id for goal in listed],
                decided_on=data["decided_on"],
                body=data["body"],
                reason=data["reason"],
            ),
        )
        if made is not None:
            messages.success(request, _("De doelen zijn goedgekeurd."))
            return redirect("goals-shortlist")
    return _shortlist(request, None, form, status=422)


def _candidates(request: Request) -> tuple[SocialGoalView, ...]:
    states = (GoalState.JUDGED, *_LISTED)
    found = goals.all_goals(organisation_id=request.actor.organisation_id, states=states)
    return tuple(view for view in found if view.is_lever)


def _shortlist(request: Request, form: ShortlistForm | None, approval: DecisionForm, status: int = 200) -> HttpResponse:
    found = goals.all_goals(organisation_id=request.actor.organisation_id)
    decisions = goals.decisions(organisation_id=request.actor.organisation_id)
    context = {
        "listed": [view for view in found if view.rank is not None],
        "unjudged": [view for view in found if view.state is GoalState.INVENTORIED],
        "no_lever": [view for view in found if view.is_lever is False and view.state is not GoalState.PARKED],
        "form": form,
        "fields": [(view, ShortlistForm.name_of(view)) for view in form.goals] if form else [],
        "approval": approval,
        "decisions": decisions,
        "approved": next((one for one in decisions if one.kind is DecisionKind.APPROVAL), None),
        "labels": goals.DECISION_LABELS,
        "effects": goals.EFFECT_LABELS,
    }
    return render(request, "strategy/goals_shortlist.html", context, status=status)


@require_GET
@page("strategy.view")
def tree(request: Request) -> HttpResponse:
    """Show all goals as a tree: social goal, purchasing goals, indicators."""
    by_goal: dict[int, list[dict[str, Any]]] = {}
    for row in purpose_rows(request.actor.organisation_id):
        by_goal.setdefault(row["view"].social_goal_id, []).append(row)
    branches = [
        {
            "goal": view,
            "purposes": by_goal.get(view.id, []),
            "state": goals.GOAL_STATE_LABELS[view.state],
            "state_kind": STATE_PILLS[view.state],
        }
        for view in goals.all_goals(organisation_id=request.actor.organisation_id)
        if view.state is not GoalState.PARKED and view.is_lever is not False
    ]
    return render(request, "strategy/goals_tree.html", {"branches": branches})


@require_POST
@page("strategy.edit")
def add_theme(request: Request) -> HttpResponse:
    """Add an own theme."""
    goals.add_theme(actor=request.actor, name=request.POST.get("name", ""))
    messages.success(request, _("Het thema is toegevoegd."))
    return redirect(f"{reverse('goals')}#themas")


@require_POST
@page("strategy.edit")
def choose_theme(request: Request) -> HttpResponse:
    """Choose the default theme."""
    goals.choose_default_theme(actor=request.actor, theme=request.POST.get("theme", ""))
    messages.success(request, _("Nieuwe doelen krijgen voortaan dit thema."))
    return redirect(f"{reverse('goals')}#themas")
