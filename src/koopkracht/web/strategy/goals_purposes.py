"""Pages about purchasing goals, principles and example chains."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.contracts import api as contracts
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorView, State
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound
from koopkracht.strategy.api import goals
from koopkracht.strategy.types.goals import (
    SUBJECT,
    Chain,
    Compliance,
    Fit,
    Missing,
    PrincipleView,
    PurposeState,
    PurposeView,
    ScopeRule,
)
from koopkracht.web.strategy.goals import PURPOSE_PILLS, attempt
from koopkracht.web.strategy.goals_forms import NATURES, ChainForm, PrincipleForm, PurposeForm, ReasonForm
from koopkracht.web.strategy.indicator_words import standing_rows
from koopkracht.web.ui.formats import euro_round, number
from koopkracht.web.ui.page import Request, page, render

_ALL_NATURES = ("works", "services", "supplies")
_MISSING = {
    Missing.SCOPE: "scope",
    Missing.INDICATOR: "indicator",
}


@require_GET
@page("strategy.view")
def purpose(request: Request, purpose_id: int) -> HttpResponse:
    """Show one purchasing goal: what is missing, its indicators, the purchases under it."""
    return _show_purpose(request, purpose_id, ReasonForm())


def _show_purpose(request: Request, purpose_id: int, reason_form: ReasonForm, status: int = 200) -> HttpResponse:
    view = _purpose(request, purpose_id)
    organisation_id = request.actor.organisation_id
    found = _indicators(organisation_id, purpose_id)
    kept = [one.id for one in found if one.state is not State.CLOSED]
    standings = indicators.standings(organisation_id=organisation_id, indicator_ids=kept, on=clock.today())
    lacks = goals.missing(purpose=view, indicators=found)
    context = {
        "purpose": view,
        "state": goals.PURPOSE_STATE_LABELS[view.state],
        "state_kind": PURPOSE_PILLS[view.state],
        "missing": {_MISSING[one] for one in lacks} if view.state is not PurposeState.ENDED else set(),
        "standings": standing_rows(standings),
        "indicator_add": f"{reverse('indicator-add')}?onderwerp={SUBJECT}&sleutel={purpose_id}",
        "groups": _groups(view),
        "scope": scope_text(view.scope),
        "planned": [_planned_row(one) for one in goals.planned_in_scope(organisation_id=organisation_id, purpose=view)],
        "contracts": _contracts(organisation_id, view),
        "may": {step: goals.purpose_may(step=step, state=view.state) for step in ("activate", "reach", "end")},
        "met": view.state is PurposeState.ACTIVE
        and goals.targets_met(organisation_id=organisation_id, indicators=found, on=clock.today()),
        "reason_form": reason_form,
    }
    return render(request, "strategy/purpose.html", context, status=status)


def _purpose(request: Request, purpose_id: int) -> PurposeView:
    return goals.purpose(organisation_id=request.actor.organisation_id, purpose_id=purpose_id)


def _indicators(organisation_id: int, purpose_id: int) -> tuple[IndicatorView, ...]:
    found = indicators.of_subjects(organisation_id=organisation_id, subject=SUBJECT, subject_keys=[purpose_id])
    return found[purpose_id]


def scope_text(rule: ScopeRule) -> str:
    """Return a scope rule in words; nothing for a rule that says nothing."""
    if rule.is_empty:
        return ""
    names = {code: str(label).lower() for code, label in NATURES}
    parts = [_(" en ").join(names[code] for code in rule.types) if rule.types else _("alle opdrachten")]
    if rule.value_over is not None:
        parts.append(_("boven %(amount)s zonder btw") % {"amount": euro_round(rule.value_over)})
    if rule.months is not None:
        parts.append(_("van minstens %(months)s maanden") % {"months": number(rule.months)})
    text = " ".join(parts)
    return text[:1].upper() + text[1:]


def _groups(view: PurposeView) -> list[dict[str, str]]:
    return [
        {
            "name": catalogue.product_group(code=code).name,
            "href": reverse("diagnosis-group", kwargs={"code": code}),
        }
        for code in view.product_groups
    ]


def _planned_row(one: Any) -> dict[str, Any]:
    return {
        "title": one.title,
        "href": reverse("planned-purchase", kwargs={"purchase_id": one.id}),
        "group": catalogue.product_group(code=one.product_group).name if one.product_group else "",
        "amount": one.amount,
        "start": one.start,
        "months": one.months,
        "fit": _("valt eronder") if one.fit is Fit.INSIDE else _("nog niet zeker: vul raming, looptijd of groep aan"),
    }


def _contracts(organisation_id: int, view: PurposeView) -> list[dict[str, Any]]:
    """Return the own contracts under the goal; contracts know nothing of goals, so the page puts them together."""
    rule = view.scope
    rows = contracts.contracts_in_scope(
        organisation_id=organisation_id,
        natures=rule.types or _ALL_NATURES,
        value_over=rule.value_over if rule.value_over is not None else Decimal(0),
        months_at_least=rule.months or 0,
    )
    found = []
    for row in rows:
        group = catalogue.product_group_for_cpv(cpv=row.main_cpv)
        if not view.product_groups or (group is not None and group.code in view.product_groups):
            found.append(
                {
                    "title": row.title,
                    "href": reverse("contract", kwargs={"contract_id": row.id}),
                    "supplier": row.supplier_name,
                    "value": row.value,
                    "months": row.months,
                    "settled": row.settled_on,
                }
            )
    return found if not (rule.is_empty and not view.product_groups) else []


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def purpose_add(request: Request, goal_id: int) -> HttpResponse:
    """Translate a social goal into a purchasing goal."""
    goal = goals.goal(organisation_id=request.actor.organisation_id, goal_id=goal_id)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: goals.create_purpose(actor=request.actor, social_goal_id=goal_id, purpose=form.purpose()),
        )
        if made is not None:
            messages.success(request, _("Het aankoopdoel is gemaakt. Voeg nu een indicator toe."))
            return redirect("purpose", purpose_id=made)
    context = {"form": form, "goal": goal, "purpose": None, "default_scope": scope_text(goals.defaults().scope)}
    return render(request, "strategy/purpose_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def purpose_edit(request: Request, purpose_id: int) -> HttpResponse:
    """Change a purchasing goal."""
    view = _purpose(request, purpose_id)
    form = PurposeForm(request.POST if request.method == "POST" else None, initial=PurposeForm.initial_of(view))

    def change() -> bool:
        goals.change_purpose(actor=request.actor, purpose_id=purpose_id, purpose=form.purpose())
        return True

    if request.method == "POST" and form.is_valid() and attempt(form, change):
        messages.success(request, _("Het aankoopdoel is bijgewerkt."))
        return redirect("purpose", purpose_id=purpose_id)
    context = {"form": form, "goal": None, "purpose": view, "default_scope": scope_text(goals.defaults().scope)}
    return render(request, "strategy/purpose_form.html", context, status=422 if form.errors else 200)


@require_POST
@page("strategy.edit")
def purpose_activate(request: Request, purpose_id: int) -> HttpResponse:
    """Make a purchasing goal active."""
    goals.activate_purpose(actor=request.actor, purpose_id=purpose_id)
    messages.success(request, _("Het aankoopdoel is actief."))
    return redirect("purpose", purpose_id=purpose_id)


@require_POST
@page("strategy.edit")
def purpose_reach(request: Request, purpose_id: int) -> HttpResponse:
    """Mark a purchasing goal as reached."""
    goals.reach_purpose(actor=request.actor, purpose_id=purpose_id, on=clock.today())
    messages.success(request, _("Het aankoopdoel is gehaald. Mooi werk."))
    return redirect("purpose", purpose_id=purpose_id)


@require_POST
@page("strategy.edit")
def purpose_end(request: Request, purpose_id: int) -> HttpResponse:
    """Stop a purchasing goal."""
    form = ReasonForm(request.POST)

    def store() -> bool:
        goals.end_purpose(actor=request.actor, purpose_id=purpose_id, reason=form.cleaned_data["reason"])
        return True

    if form.is_valid() and attempt(form, store):
        messages.success(request, _("Het aankoopdoel is gestopt."))
        return redirect("purpose", purpose_id=purpose_id)
    return _show_purpose(request, purpose_id, form, status=422)


@require_GET
@page("strategy.view")
def principles(request: Request) -> HttpResponse:
    """List the principles with their compliance in the last full year."""
    year, rows = principle_rows(request.actor.organisation_id)
    return render(request, "strategy/principles.html", {"rows": rows, "year": year, "today": clock.today()})


@dataclass(frozen=True, slots=True)
class PrincipleRow:
    """A principle with what was spent."""

    view: PrincipleView
    name: str
    href: str
    is_valid: bool
    compliance: Compliance


def principle_rows(organisation_id: int) -> tuple[int, list[PrincipleRow]]:
    """Return the year and the principles with the spend of that year: the last full year with spend."""
    today = clock.today()
    years = monitoring.years(organisation_id=organisation_id)
    year = next((one for one in years if one < today.year), years[0] if years else 0)
    spent = {}
    if year:
        _year, _years, found = monitoring.opportunities(organisation_id=organisation_id, year=year)
        spent = {one.product_group: one.social for one in found}
    rows = []
    for view in goals.principles(organisation_id=organisation_id):
        share = spent.get(view.product_group)
        rows.append(
            PrincipleRow(
                view=view,
                name=catalogue.product_group(code=view.product_group).name,
                href=reverse("diagnosis-group", kwargs={"code": view.product_group}),
                is_valid=today in view.valid,
                compliance=Compliance(
                    view.minimum, share.part if share else Decimal(0), share.whole if share else Decimal(0)
                ),
            )
        )
    return year, rows


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def principle_add(request: Request) -> HttpResponse:
    """Set a principle."""
    form = PrincipleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: goals.set_principle(actor=request.actor, principle=form.principle()))
        if made is not None:
            messages.success(request, _("Het principe is vastgelegd."))
            return redirect("principles")
    return render(request, "strategy/principle_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@page("strategy.edit")
def principle_end(request: Request, principle_id: int) -> HttpResponse:
    """Let a principle end today."""
    goals.end_principle(actor=request.actor, principle_id=principle_id, until=clock.today())
    messages.success(request, _("Het principe geldt vanaf vandaag niet meer."))
    return redirect("principles")


@require_GET
@page("strategy.view")
def chains(request: Request) -> HttpResponse:
    """Show the example chains."""
    return render(request, "strategy/chains.html", {"chains": goals.chains(), "scope_text": scope_text})


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def chain(request: Request, code: str) -> HttpResponse:
    """Adapt an example chain and take it over."""
    found = _chain(code)
    form = ChainForm(request.POST if request.method == "POST" else None, chain=found)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: goals.take_chain(actor=request.actor, chain=form.adapted(), responsible_id=request.actor.user_id),
        )
        if made is not None:
            messages.success(request, _("De keten is overgenomen. Kijk de indicatoren na en maak ze actief."))
            return redirect("purpose", purpose_id=made.purpose_id)
    context = {"form": form, "chain": found, "targets": [f"target-{number}" for number in range(len(found.indicators))]}
    return render(request, "strategy/chain.html", context, status=422 if form.errors else 200)


def _chain(code: str) -> Chain:
    for one in goals.chains():
        if one.code == code:
            return one
    raise NotFound(
        _("Dit voorbeeld bestaat niet (meer). Open de lijst met voorbeelden opnieuw."), code="chain-not-found"
    )
