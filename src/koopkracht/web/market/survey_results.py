"""What a survey teaches: figures, texts, the anonymous summary, and bringing it to everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.market.api import sheets
from koopkracht.market.api import surveys as market
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import Results, State
from koopkracht.shared.errors import Rejected
from koopkracht.web.market.survey_forms import SummaryForm
from koopkracht.web.market.survey_words import attribute_label, link_pattern, state_text, value_text
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("market.view")
def results(request: Request, survey_id: int) -> HttpResponse:
    """Show the figures as they stand, and the texts apart."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    found = questionnaires.results(actor=request.actor, questionnaire_id=view.list.id)
    context = {
        "survey": view,
        "state": state_text(view.list.state),
        "results": found,
        "breakdown": breakdown(found),
        "is_open": view.list.state is State.OPEN,
        "edits": request.actor.may("market.edit"),
    }
    return render(request, "market/survey_results.html", context)


def breakdown(found: Results) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return who answered by group, in words."""
    return [
        (
            attribute_label(name),
            [
                {"label": value_text(name, cell.label), "count": cell.count, "share": cell.share}
                for cell in found.breakdown[name]
            ],
        )
        for name in ("region", "kind", "size", "activity")
        if name in found.breakdown
    ]


@require_http_methods(["GET", "POST"])
@page("market.edit")
def summary(request: Request, survey_id: int) -> HttpResponse:
    """Write the summary, see it as the participants will, and approve it."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    actor, key = request.actor, view.list.id
    form = SummaryForm(request.POST if request.method == "POST" else None, initial={"summary": view.list.summary})
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        found = questionnaires.write_summary(actor=actor, questionnaire_id=key, summary=form.cleaned_data["summary"])
        problems = tuple(problem.message for problem in found)
        if request.POST.get("wat") == "goedkeuren" and not problems:
            questionnaires.approve_summary(actor=actor, questionnaire_id=key)
            messages.success(request, _("De samenvatting is goedgekeurd. Verstuur ze nu naar de deelnemers."))
            return redirect("survey", survey_id=survey_id)
        for problem in problems:
            form.add_error("summary", problem)
        if not problems:
            messages.success(request, _("De tekst is bewaard. Er staan geen namen of kleine groepen in."))
            return redirect("survey-summary", survey_id=survey_id)
    context = {
        "survey": view,
        "form": form,
        "kept": bool(problems),
        "editable": view.list.state is State.CLOSED,
        "results": questionnaires.results(actor=actor, questionnaire_id=key),
    }
    return render(request, "market/survey_summary.html", context, status=422 if form.errors else 200)


@require_POST
@page("market.edit")
def summary_send(request: Request, survey_id: int) -> HttpResponse:
    """Bring the summary to the participants, or to everybody who was asked."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    count = questionnaires.send_summary(
        actor=request.actor,
        questionnaire_id=view.list.id,
        to_all=request.POST.get("aan") == "iedereen",
        link_pattern=link_pattern(request),
    )
    messages.success(request, _("De samenvatting vertrekt naar %(count)s ondernemingen.") % {"count": count})
    return redirect("survey-deliveries", survey_id=survey_id, what="samenvattingen")


@require_POST
@page("market.edit")
def finish(request: Request, survey_id: int) -> HttpResponse:
    """Finish the survey; refused until everybody has the summary."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    try:
        questionnaires.finish(actor=request.actor, questionnaire_id=view.list.id)
    except Rejected as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("De bevraging is afgerond."))
    return redirect("survey", survey_id=survey_id)


@require_POST
@page("market.edit")
def to_sheet(request: Request, survey_id: int) -> HttpResponse:
    """Copy the approved summary to the findings of the market sheet; the same survey twice is kept once."""
    found = market.findings_of(actor=request.actor, survey_id=survey_id)
    if found is None:
        messages.error(request, _("De bevraging is nog niet afgerond. Verstuur eerst de samenvatting."))
        return redirect("survey", survey_id=survey_id)
    response = _("%(answered)s van %(sent)s ondernemingen antwoordden.") % {
        "answered": found.answered,
        "sent": found.sent,
    }
    sheets.add_findings(
        actor=request.actor,
        product_group=found.product_group,
        findings=f"{found.summary}\n{response}",
        source=found.title,
        as_of=found.finished_on,
    )
    messages.success(request, _("De bevindingen staan in de marktfiche."))
    return redirect("market-sheet", code=found.product_group)
