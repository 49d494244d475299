"""One planned purchase: what is known, the early look, talks, and what it should mean for people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.shared import clock
from koopkracht.shared.errors import Rejected
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.strategy.types.screening import ScreeningState
from koopkracht.web.strategy.plan_forms import ImpactForm, ScreeningForm, TalkForm
from koopkracht.web.ui.page import Request, page, render


def missing_words() -> dict[str, str]:
    """Return the names of the facts that a planned purchase needs, as they stand in the form."""
    return {
        "product_group": _("productgroep"),
        "amount": _("geraamd bedrag"),
        "duration_months": _("looptijd"),
        "responsible": _("verantwoordelijke aankoper"),
    }


@require_GET
@page("plan.view")
def line(request: Request, purchase_id: int) -> HttpResponse:
    """Show one planned purchase and its next step."""
    return _show(request, purchase_id)


@require_POST
@page("plan.edit")
def ask(request: Request, purchase_id: int) -> HttpResponse:
    """Ask the officer for an early look."""
    screening.ask_screening(actor=request.actor, purchase_id=purchase_id)
    messages.success(request, _("De medewerker sociale economie ziet deze aankoop nu. U kunt intussen verder."))
    return redirect("planned-purchase", purchase_id=purchase_id)


@require_POST
@page("plan.screen")
def answer(request: Request, purchase_id: int) -> HttpResponse:
    """Keep the officer's answer."""
    form = ScreeningForm(request.POST)
    if not form.is_valid():
        return _show(request, purchase_id, status=422, screening_form=form)
    try:
        screening.answer_screening(actor=request.actor, purchase_id=purchase_id, **form.values())
    except Rejected as error:
        form.add_error(error.details.get("field"), error.message)
        return _show(request, purchase_id, status=422, screening_form=form)
    messages.success(request, _("Uw antwoord is bewaard. De aankoper ziet het bij de aankoop."))
    return redirect("planned-purchase", purchase_id=purchase_id)


@require_POST
@page("plan.screen")
def talk(request: Request, purchase_id: int) -> HttpResponse:
    """Keep a talk with the service that needs the purchase."""
    form = TalkForm(request.POST)
    if form.is_valid():
        try:
            screening.note_talk(actor=request.actor, purchase_id=purchase_id, **form.cleaned_data)
        except Rejected as error:
            form.add_error(error.details.get("field"), error.message)
        else:
            messages.success(request, _("Het gesprek is genoteerd."))
            return redirect("planned-purchase", purchase_id=purchase_id)
    return _show(request, purchase_id, status=422, talk_form=form)


@require_POST
@page("plan.edit")
def impact(request: Request, purchase_id: int) -> HttpResponse:
    """Say what the purchase should mean for people."""
    form = ImpactForm(request.POST)
    if not form.is_valid():
        return _show(request, purchase_id, status=422, impact_form=form)
    screening.set_intended_impact(actor=request.actor, purchase_id=purchase_id, text=form.cleaned_data["text"])
    messages.success(request, _("De beoogde impact is bewaard."))
    return redirect("planned-purchase", purchase_id=purchase_id)


def _show(request: Request, purchase_id: int, *, status: int = 200, **given: forms.Form) -> HttpResponse:
    found = screening.planned_purchase(actor=request.actor, purchase_id=purchase_id)
    look = screening.screening(organisation_id=request.actor.organisation_id, purchase_id=purchase_id)
    today = clock.today()
    state = look.state(today)
    context: dict[str, Any] = {
        "line": found,
        "group": catalogue.product_group(code=found.product_group) if found.product_group else None,
        "missing": [missing_words()[name] for name in found.missing],
        "look": look,
        "state": state,
        "states": ScreeningState,
        "answers": screening.ANSWER_LABELS,
        "terms": screening.terms(),
        "preparation": screening.preparation(found.start, today=today) if found.start else None,
        "screening_form": ScreeningForm(initial={"answer": look.answer, "reason": look.reason}),
        "talk_form": TalkForm(initial={"on": today}),
        "impact_form": ImpactForm(initial={"text": found.intended_impact}),
        "step": _next_step(found, state),
        **given,
    }
    return render(request, "strategy/plan_line.html", context, status=status)


def _next_step(found: PlannedPurchaseView, state: ScreeningState) -> str:
    """Say in one sentence what would help this purchase on."""
    if found.missing:
        names = ", ".join(missing_words()[name] for name in found.missing)
        return _("Vul aan wat nog ontbreekt: %(names)s.") % {"names": names}
    if state is ScreeningState.NOT_ASKED:
        return _("Vraag een vroege blik: de medewerker sociale economie zegt of er kansen zijn.")
    if state is ScreeningState.WAITING:
        return _("De medewerker sociale economie kijkt mee. U hoeft niet te wachten.")
    if not found.intended_impact:
        return _("Schrijf op wat deze aankoop voor mensen moet betekenen.")
    return _("Deze aankoop is klaar om als dossier te starten.")
