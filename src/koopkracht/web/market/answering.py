"""The page on which a company answers: no account, no JavaScript, nothing about the company itself on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.errors import NoLongerOpen, NothingAnswered
from koopkracht.web.market.survey_forms import AnswerForm, answers_in
from koopkracht.web.ui.page import public_page, render
from koopkracht.web.ui.throttle import per_minute


@never_cache
@require_http_methods(["GET", "POST"])
@public_page
@per_minute(60)
def answer(request: Any, token: str) -> HttpResponse:
    """Show the questions with the own answers, and keep what is filled in."""
    sheet = questionnaires.sheet(token=token)
    if not sheet.can_answer:
        return _hidden(render(request, "market/survey_closed.html", {"sheet": sheet}))
    if request.method != "POST":
        return _hidden(render(request, "market/survey_answer.html", _context(token, AnswerForm(sheet), sheet)))
    values = answers_in([one.id for one in sheet.questions], request.POST)
    try:
        outcome = questionnaires.answer(token=token, values=values)
    except NothingAnswered as error:
        context = _context(token, AnswerForm(sheet), sheet, problem=error.message)
        return _hidden(render(request, "market/survey_answer.html", context, status=422))
    except NoLongerOpen:
        return redirect("survey-answer", token=token)
    if outcome.complete:
        return redirect("survey-thanks", token=token)
    form = AnswerForm(outcome.sheet, request.POST, outcome.problems)
    context = _context(token, form, outcome.sheet, kept=outcome.kept)
    return _hidden(render(request, "market/survey_answer.html", context, status=422))


@never_cache
@require_GET
@public_page
@per_minute(60)
def thanks(request: Any, token: str) -> HttpResponse:
    """Thank the company, and tell what comes next."""
    sheet = questionnaires.sheet(token=token)
    return _hidden(render(request, "market/survey_thanks.html", {"sheet": sheet, "token": token}))


def _context(token: str, form: AnswerForm, sheet: Any, *, problem: str = "", kept: int | None = None) -> dict[str, Any]:
    return {
        "token": token,
        "form": form,
        "sheet": sheet,
        "problem": problem or (_("Kijk deze antwoorden nog eens na.") if form.errors else ""),
        "kept": kept,
    }


def _hidden(response: HttpResponse) -> HttpResponse:
    """Keep a page with a personal link out of search engines; its address never goes to other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
