"""Indicators to work on: the four-part form, the target, values with evidence, talks and the steps between states."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import IndicatorView, MeasurementInput
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.errors import Rejected
from koopkracht.web.diagnosis.address import whole
from koopkracht.web.strategy import indicator_words as words
from koopkracht.web.strategy.indicator_forms import (
    DiscussionForm,
    IndicatorForm,
    MeasurementForm,
    TargetForm,
    periods_of,
)
from koopkracht.web.strategy.indicator_subjects import owner_of
from koopkracht.web.strategy.indicators import context_of, explanation
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("indicator.edit")
def ready(request: Request) -> HttpResponse:
    """Show the ready indicators, each one click away."""
    measures = {one.code: one for one in monitoring.measure_definitions()}
    entries = [
        {**one, "computed": measures.get(one.get("measure", ""))} for one in monitoring.ready_indicators().values()
    ]
    return render(request, "strategy/indicator_ready.html", {"entries": entries})


@require_POST
@page("indicator.edit")
def take(request: Request) -> HttpResponse:
    """Make a draft from a ready indicator."""
    made = monitoring.create_ready(
        actor=request.actor, code=request.POST.get("code", ""), responsible_id=request.actor.user_id
    )
    messages.success(request, _("De indicator staat klaar als ontwerp. Kijk de vier delen na en zet ze dan actief."))
    return redirect("indicator", indicator_id=made)


@require_http_methods(["GET", "POST"])
@page("indicator.edit")
def add(request: Request) -> HttpResponse:
    """Make an indicator for the organisation or for what the address names."""
    organisation_id = request.actor.organisation_id
    subject = request.GET.get("onderwerp", "") or monitoring.ORGANISATION
    key = whole(request.GET, "sleutel")
    key = organisation_id if key is None and subject == monitoring.ORGANISATION else key or 0
    owner, owner_href = owner_of(organisation_id=organisation_id, subject=subject, subject_key=key)
    form = IndicatorForm(
        request.POST or None, organisation_id=organisation_id, initial={"responsible": request.actor.user_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            wanted = _checked(form)
            made = indicators.create(actor=request.actor, subject=subject, subject_key=key, indicator=wanted)
        except Rejected as error:
            refuse(form, error)
        else:
            monitoring.refresh_indicator(organisation_id=organisation_id, indicator_id=made)
            messages.success(request, _("De indicator is bewaard als ontwerp."))
            return redirect("indicator", indicator_id=made)
    context = {"form": form, "view": None, "owner": owner, "owner_href": owner_href}
    return render(request, "strategy/indicator_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@page("indicator.edit")
def change(request: Request, indicator_id: int) -> HttpResponse:
    """Change the four parts of an indicator."""
    organisation_id = request.actor.organisation_id
    view = indicators.indicator(organisation_id=organisation_id, indicator_id=indicator_id)
    form = IndicatorForm(request.POST or None, organisation_id=organisation_id, initial=IndicatorForm.initial_of(view))
    if request.method == "POST" and form.is_valid():
        try:
            indicators.change(actor=request.actor, indicator_id=indicator_id, indicator=_checked(form, view.theme))
        except Rejected as error:
            refuse(form, error)
        else:
            monitoring.refresh_indicator(organisation_id=organisation_id, indicator_id=indicator_id)
            _say_changed(request, view)
            return redirect("indicator", indicator_id=indicator_id)
    context = {"form": form, "view": view, "owner": "", "owner_href": ""}
    return render(request, "strategy/indicator_form.html", context, status=422 if form.errors else 200)


def _checked(form: IndicatorForm, theme: str = "") -> Any:
    wanted = form.indicator(theme)
    if wanted.measure:
        monitoring.check_parameters(code=wanted.measure, parameters=wanted.parameters)
    return wanted


def _say_changed(request: Request, before: IndicatorView) -> None:
    now = indicators.indicator(organisation_id=request.actor.organisation_id, indicator_id=before.id)
    if now.state is not before.state and now.activated_on and now.state.value == "draft":
        messages.warning(
            request,
            _("De indicator is weer een ontwerp: er ontbreekt nu iets om te kunnen meten. Kijk de vier delen na."),
        )
    else:
        messages.success(request, _("De indicator is bijgewerkt."))


def refuse(form: Any, error: Rejected) -> None:
    """Show a refusal at its field, or above the form where the field is not on it."""
    name = error.details.get("field")
    form.add_error(name if name in form.fields else None, error.message)


@require_http_methods(["GET", "POST"])
@page("indicator.edit")
def target(request: Request, indicator_id: int) -> HttpResponse:
    """Set a target path; first with its consequences, then kept."""
    organisation_id = request.actor.organisation_id
    view = indicators.indicator(organisation_id=organisation_id, indicator_id=indicator_id)
    form = TargetForm(request.POST or None, view=view, initial=TargetForm.initial_of(view))
    preview: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            standing = indicators.preview_target(
                organisation_id=organisation_id, indicator_id=indicator_id, path=form.path(), on=clock.today()
            )
            if request.POST.get("stap") != "toon":
                indicators.set_target(actor=request.actor, indicator_id=indicator_id, path=form.path())
                messages.success(request, _("De streefwaarde is bewaard."))
                return redirect("indicator", indicator_id=indicator_id)
            preview = explanation(standing)
        except Rejected as error:
            refuse(form, error)
    series = indicators.series(organisation_id=organisation_id, indicator_id=indicator_id)
    context = {
        "form": form,
        "view": view,
        "preview": preview,
        "known": [
            (words.period_text(one.period, view.frequency), words.value_text(view, one.value)) for one in series[-4:]
        ],
    }
    return render(request, "strategy/indicator_target.html", context, status=422 if form.errors else 200)


@require_POST
@page("indicator.edit")
def target_remove(request: Request, indicator_id: int) -> HttpResponse:
    """Follow the indicator without a target from now on."""
    indicators.set_target(actor=request.actor, indicator_id=indicator_id, path=None)
    messages.success(request, _("De indicator wordt verder gevolgd zonder streefwaarde."))
    return redirect("indicator", indicator_id=indicator_id)


@require_http_methods(["GET", "POST"])
@page("indicator.measure")
def measure(request: Request, indicator_id: int) -> HttpResponse:
    """Enter the value of a period, or the part of it that no register holds, with evidence."""
    view = indicators.indicator(organisation_id=request.actor.organisation_id, indicator_id=indicator_id)
    definition = monitoring.measure_definition(code=view.measure) if view.measure else None
    if definition is not None and not definition.entry:
        messages.info(request, _("Koopkracht berekent deze waarde. U hoeft niets in te vullen."))
        return redirect("indicator", indicator_id=indicator_id)
    today = clock.today()
    periods = {
        one.start.isoformat(): (one, words.period_text(one, view.frequency, running=bool(one.end and one.end > today)))
        for one in periods_of(view.frequency, today)
    }
    form = MeasurementForm(
        request.POST or None,
        request.FILES or None,
        view=view,
        entry_label=definition.entry_label if definition else "",
        periods={key: text for key, (_one, text) in periods.items()},
        initial={"period": list(periods)[min(1, len(periods) - 1)]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, view, form, periods[form.cleaned_data["period"]][0])
        except Rejected as error:
            refuse(form, error)
        else:
            messages.success(request, _("De waarde is bewaard. Een eerdere waarde voor deze periode blijft leesbaar."))
            return redirect("indicator", indicator_id=indicator_id)
    context = {"form": form, "view": view, "measure": definition}
    return render(request, "strategy/indicator_measure.html", context, status=422 if form.errors else 200)


def _keep(request: Request, view: IndicatorView, form: MeasurementForm, period: Any) -> None:
    data = form.cleaned_data
    kept = [
        documents.store(actor=request.actor, filename=file.name, purpose=Purpose.EVIDENCE, stream=file.file)
        for file in data["evidence"]
    ]
    evidence = tuple(one.sha256 for one in kept)
    if view.measure:
        monitoring.enter_part(
            actor=request.actor, indicator_id=view.id, year=period.start.year, amount=form.amount(),
            source=data["source"], remark=data["remark"], evidence=evidence,
        )  # fmt: skip
        return
    indicators.measure(
        actor=request.actor,
        indicator_id=view.id,
        measurement=MeasurementInput(
            period=period, value=form.amount(), source=data["source"], remark=data["remark"], evidence=evidence
        ),
    )


@require_http_methods(["GET", "POST"])
@page("indicator.measure")
def discuss(request: Request, indicator_id: int) -> HttpResponse:
    """Plan or log a talk about an indicator."""
    view = indicators.indicator(organisation_id=request.actor.organisation_id, indicator_id=indicator_id)
    form = DiscussionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicators.add_discussion(actor=request.actor, indicator_id=indicator_id, discussion=form.discussion())
        except Rejected as error:
            name = {"held_on": "planned_on"}.get(error.details.get("field", ""), error.details.get("field"))
            form.add_error(name if name in form.fields else None, error.message)
        else:
            messages.success(request, _("Het overleg staat bij de indicator."))
            return redirect("indicator", indicator_id=indicator_id)
    context = {"form": form, "view": view}
    return render(request, "strategy/indicator_talk.html", context, status=422 if form.errors else 200)


@require_POST
@page("indicator.measure")
def hold(request: Request, indicator_id: int, discussion_id: int) -> HttpResponse:
    """Log what a planned talk gave, today."""
    organisation_id = request.actor.organisation_id
    talks = indicators.discussions(organisation_id=organisation_id, indicator_id=indicator_id)
    planned = next((one.planned_on for one in talks if one.id == discussion_id), clock.today())
    indicators.hold_discussion(
        actor=request.actor,
        discussion_id=discussion_id,
        held_on=min(planned, clock.today()),
        outcome=request.POST.get("outcome", ""),
    )
    messages.success(request, _("Het resultaat van het overleg is bewaard."))
    return redirect("indicator", indicator_id=indicator_id)


@require_POST
@page("indicator.edit")
def activate(request: Request, indicator_id: int) -> HttpResponse:
    """Start measuring, or say what is still missing."""
    try:
        indicators.activate(actor=request.actor, indicator_id=indicator_id)
    except Rejected as error:
        context = {**context_of(request, indicator_id), "problem": error.message}
        return render(request, "strategy/indicator.html", context, status=422)
    messages.success(request, _("De indicator is actief. Koopkracht meldt het als een periode zonder waarde blijft."))
    return redirect("indicator", indicator_id=indicator_id)


@require_POST
@page("indicator.edit")
def close(request: Request, indicator_id: int) -> HttpResponse:
    """Stop measuring, with a reason."""
    try:
        indicators.close(actor=request.actor, indicator_id=indicator_id, reason=request.POST.get("reason", ""))
    except Rejected as error:
        context = {**context_of(request, indicator_id), "problem": error.message}
        return render(request, "strategy/indicator.html", context, status=422)
    messages.success(request, _("De indicator is afgesloten. Alle waarden blijven leesbaar."))
    return redirect("indicator", indicator_id=indicator_id)


@require_POST
@page("indicator.measure")
def refresh(request: Request) -> HttpResponse:
    """Have all computed indicators computed again."""
    monitoring.ask_refresh(actor=request.actor)
    messages.success(request, _("De indicatoren worden herberekend. Open de lijst over enkele seconden opnieuw."))
    return redirect("indicators")
