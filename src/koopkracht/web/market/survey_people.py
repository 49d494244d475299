"""Whom a survey asks: choosing, the composition, sending, and bringing links by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.market.api import surveys as market
from koopkracht.market.types.surveys import CandidateFilter, SurveyView
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.errors import QuestionnaireNotFound
from koopkracht.questionnaires.types import DeliveryKind, DeliveryState, Invited, Part
from koopkracht.shared import clock
from koopkracht.shared.cells import inert
from koopkracht.shared.errors import Rejected
from koopkracht.web.market.survey_forms import ConfirmForm, PasteForm, SendForm
from koopkracht.web.market.survey_words import DELIVERY_KINDS, attribute_label, link_pattern, steps, value_text
from koopkracht.web.ui.page import Request, page, render

_FAIR_DIFFERENCE = 2


@require_http_methods(["GET", "POST"])
@page("market.edit")
def recipients(request: Request, survey_id: int) -> HttpResponse:
    """Choose from the register and the directory."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("supplier") if one.isdecimal() and len(one) < 19]
        if not chosen:
            return _page(request, view, PasteForm(), problem=_("Kies eerst een of meer ondernemingen."))
        outcome = market.choose_candidates(actor=request.actor, survey_id=survey_id, supplier_ids=chosen)
        _tell(request, outcome)
        return redirect("survey-recipients", survey_id=survey_id)
    return _page(request, view, PasteForm())


@require_POST
@page("market.edit")
def paste(request: Request, survey_id: int) -> HttpResponse:
    """Take pasted lines over; lines that are not right come back to be mended."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _page(request, view, form)
    outcome = market.paste_recipients(actor=request.actor, survey_id=survey_id, text=form.cleaned_data["text"])
    if outcome.refused:
        left = "\n".join(f"{one.name}; {one.email}" for one in outcome.refused)
        return _page(request, view, PasteForm(initial={"text": left}), outcome=outcome)
    _tell(request, outcome)
    return redirect("survey-recipients", survey_id=survey_id)


def _tell(request: Request, outcome: Invited) -> None:
    added = ngettext("%(count)s onderneming toegevoegd.", "%(count)s ondernemingen toegevoegd.", outcome.added)
    changed = _(" %(count)s aangevuld.") % {"count": outcome.changed} if outcome.changed else ""
    messages.success(request, added % {"count": outcome.added} + changed)


def _page(
    request: Request, view: SurveyView, form: PasteForm, *, outcome: Invited | None = None, problem: str = ""
) -> HttpResponse:
    asked = request.GET
    wanted = CandidateFilter(
        search=asked.get("zoek", "")[:100],
        region=asked.get("regio", ""),
        kind=asked.get("soort", ""),
        size=asked.get("grootte", ""),
        offers=asked.get("aanbod", "") == "ja",
    )
    found = market.candidates(actor=request.actor, survey_id=view.id, wanted=wanted)
    context = {
        "survey": view,
        "chosen": questionnaires.recipients(actor=request.actor, questionnaire_id=view.list.id),
        "found": found,
        "wanted": wanted,
        "choices": {name: sorted(filter(None, values)) for name, values in found.population.items()},
        "value_text": value_text,
        "form": form,
        "outcome": outcome,
        "problem": problem,
        "steps": steps(view),
    }
    wrong = bool(form.errors or problem or (outcome and outcome.refused))
    return render(request, "market/survey_recipients.html", context, status=422 if wrong else 200)


@require_POST
@page("market.edit")
def recipient_remove(request: Request, survey_id: int, recipient_id: int) -> HttpResponse:
    """Take one party out."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    present = questionnaires.recipients(actor=request.actor, questionnaire_id=view.list.id)
    if recipient_id not in {one.id for one in present}:
        raise QuestionnaireNotFound(recipient_id)
    questionnaires.drop(actor=request.actor, recipient_id=recipient_id)
    return redirect("survey-recipients", survey_id=survey_id)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def composition(request: Request, survey_id: int) -> HttpResponse:
    """Show who is asked beside the whole market, and take the confirmation."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            market.confirm_composition(actor=request.actor, survey_id=survey_id)
        except Rejected as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("U bevestigde de samenstelling."))
            return redirect("survey-send", survey_id=survey_id)
    parts = market.composition(actor=request.actor, survey_id=survey_id)
    tables = [
        (attribute_label(name), [_part(name, one) for one in parts[name]])
        for name in ("region", "kind", "size", "activity")
        if name in parts
    ]
    context = {"survey": view, "tables": tables, "form": form, "steps": steps(view)}
    return render(request, "market/survey_composition.html", context, status=422 if form.errors else 200)


def _part(name: str, part: Part) -> dict[str, Any]:
    """Return a line of the composition, with a word when a group is missing or much larger than in the market."""
    note = ""
    if part.population and not part.asked:
        note = _("Niet bevraagd")
    elif part.population_share and part.share > part.population_share * _FAIR_DIFFERENCE:
        note = _("Sterker aanwezig dan in de markt")
    elif part.population_share and part.share * _FAIR_DIFFERENCE < part.population_share:
        note = _("Zwakker aanwezig dan in de markt")
    return {
        "value": value_text(name, part.value),
        "asked": part.asked,
        "share": part.share,
        "population": part.population,
        "population_share": part.population_share,
        "note": note,
    }


@require_http_methods(["GET", "POST"])
@page("market.edit")
def send(request: Request, survey_id: int) -> HttpResponse:
    """Show everything once more, and open the survey."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    form = SendForm(
        request.POST if request.method == "POST" else None, initial={"closes_on": clock.today() + dt.timedelta(days=21)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            questionnaires.open(
                actor=request.actor,
                questionnaire_id=view.list.id,
                closes_on=form.cleaned_data["closes_on"],
                link_pattern=link_pattern(request),
            )
        except Rejected as error:
            for text in error.details.get("missing", (error.message,)):
                form.add_error("closes_on" if "einddatum" in text else None, text)
        else:
            messages.success(request, _("De bevraging is open. De uitnodigingen vertrekken nu."))
            return redirect("survey", survey_id=survey_id)
    chosen = questionnaires.recipients(actor=request.actor, questionnaire_id=view.list.id)
    context = {
        "survey": view,
        "form": form,
        "without": sum(not one.email for one in chosen),
        "steps": steps(view),
        "questions": questionnaires.questions(
            organisation_id=request.actor.organisation_id, questionnaire_id=view.list.id
        ),
    }
    return render(request, "market/survey_send.html", context, status=422 if form.errors else 200)


@require_POST
@page("market.edit")
def close(request: Request, survey_id: int) -> HttpResponse:
    """Stop answering now."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    questionnaires.close(actor=request.actor, questionnaire_id=view.list.id)
    messages.success(request, _("De bevraging is afgesloten. Bekijk de antwoorden en schrijf de samenvatting."))
    return redirect("survey-results", survey_id=survey_id)


@never_cache
@require_POST
@page("market.edit")
def links(request: Request, survey_id: int) -> HttpResponse:
    """Make a fresh link for every party, on the screen or as a file; older links keep working."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    found = questionnaires.hand_out_links(
        actor=request.actor, questionnaire_id=view.list.id, link_pattern=link_pattern(request)
    )
    if request.POST.get("formaat") == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([_("Naam"), _("E-mailadres"), _("Link")])
        writer.writerows([inert(one.name), inert(one.email), address] for one, address in found)
        return HttpResponse(
            text.getvalue().encode("utf-8-sig"),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="links-bevraging-{survey_id}.csv"'},
        )
    return render(request, "market/survey_links.html", {"survey": view, "links": found})


KINDS = {"uitnodigingen": DeliveryKind.INVITATION, "samenvattingen": DeliveryKind.SUMMARY}


@require_GET
@page("market.view")
def deliveries(request: Request, survey_id: int, what: str) -> HttpResponse:
    """Show for each party whether the message arrived."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    kind = _kind(what)
    rows = questionnaires.deliveries(actor=request.actor, questionnaire_id=view.list.id, kind=kind)
    arrived = {DeliveryState.SENT, DeliveryState.BY_HAND}
    context = {
        "survey": view,
        "rows": rows,
        "what": what,
        "is_summary": kind is DeliveryKind.SUMMARY,
        "labels": questionnaires.DELIVERY_LABELS,
        "colours": DELIVERY_KINDS,
        "open_ends": [one for one in rows if one.state not in arrived],
        "edits": request.actor.may("market.edit"),
    }
    return render(request, "market/survey_deliveries.html", context)


def _kind(what: str) -> DeliveryKind:
    if what not in KINDS:
        raise QuestionnaireNotFound(0)
    return KINDS[what]


@require_POST
@page("market.edit")
def deliver(request: Request, survey_id: int, what: str) -> HttpResponse:
    """Send again what did not arrive, or note that it was brought by hand."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    kind = _kind(what)
    if request.POST.get("hoe") == "zelf":
        count = questionnaires.brought_by_hand(actor=request.actor, questionnaire_id=view.list.id, kind=kind)
        text = ngettext("%(count)s bericht genoteerd als bezorgd.", "%(count)s berichten genoteerd als bezorgd.", count)
    else:
        count = questionnaires.retry(
            actor=request.actor, questionnaire_id=view.list.id, kind=kind, link_pattern=link_pattern(request)
        )
        text = ngettext("%(count)s bericht vertrekt opnieuw.", "%(count)s berichten vertrekken opnieuw.", count)
    messages.success(request, text % {"count": count})
    return redirect("survey-deliveries", survey_id=survey_id, what=what)
