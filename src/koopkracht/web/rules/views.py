"""Asking, answering, keeping: a question is an address that can be sent to a colleague."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from koopkracht.catalogue import api as catalogue
from koopkracht.rules import api as rules
from koopkracht.rules.errors import BadFacts, NotInForce, UnknownQuestion
from koopkracht.rules.types import Evaluation
from koopkracht.shared import clock
from koopkracht.web.rules import paper
from koopkracht.web.rules.forms import LAUNCH, QuestionForm, family_form, purchase_form
from koopkracht.web.rules.presenting import answer_view
from koopkracht.web.ui import formats
from koopkracht.web.ui.page import Request, page, public_page, render
from koopkracht.web.ui.throttle import per_minute

REFUSED = 422
QUESTION = "vraag"
PDFS_A_MINUTE = 20
"""For a stranger: making a PDF costs a hundred times a page."""


@public_page
def ask(request: HttpRequest) -> HttpResponse:
    """Show the question about a whole purchase; an address with facts fills the form again."""
    form = purchase_form(initial={LAUNCH: clock.today(), **request.GET.dict()})
    return _ask_page(request, rules.PURCHASE, form)


@public_page
def ask_family(request: HttpRequest, family: str) -> HttpResponse:
    """Show the question of one family of rules."""
    _known(family)
    return _ask_page(request, family, family_form(family, initial={LAUNCH: clock.today(), **request.GET.dict()}))


@public_page
def answer(request: HttpRequest) -> HttpResponse:
    """Answer the question in the address."""
    asked = _asked(request.GET)
    form = _form(asked, request.GET)
    found = _evaluate(asked, form)
    if found is None:
        return _ask_page(request, asked, form, status=REFUSED)
    view = answer_view(rules.answer_json(found))
    years = [_other_year(asked, form, found, step, request.GET) for step in (-1, 1)]
    return render(
        request,
        "rules/answer.html",
        {
            **view,
            **_credits(),
            "asked": asked,
            "family": _title(asked),
            "years": years,
            "query": request.GET.urlencode(),
            "change_href": f"{_ask_href(asked)}?{request.GET.urlencode()}",
            "hidden": [(name, value) for name, values in request.GET.lists() if name != LAUNCH for value in values],
        },
    )


@public_page
@per_minute(PDFS_A_MINUTE)
def answer_pdf(request: HttpRequest) -> HttpResponse:
    """Return the answer to the question in the address as PDF."""
    asked = _asked(request.GET)
    form = _form(asked, request.GET)
    found = _evaluate(asked, form)
    if found is None:
        return _ask_page(request, asked, form, status=REFUSED)
    return _pdf(rules.answer_json(found), _title(asked))


@require_POST
def _keep(request: Request) -> HttpResponse:
    query = QueryDict(request.POST.get("query", ""))
    asked = _asked(query)
    form = _form(asked, query)
    if _evaluate(asked, form) is None:
        return _ask_page(request, asked, form, status=REFUSED)
    title = request.POST.get("title", "")
    stored = rules.keep(
        actor=request.actor, question=asked, facts=_with_cpv(form.facts()), on=form.launch_date(), title=title
    )
    return HttpResponseRedirect(reverse("rules-kept-answer", kwargs={"evaluation_id": stored.id}))


keep = page("rules.ask")(_keep)


@page("rules.ask")
def kept(request: Request) -> HttpResponse:
    """Show the answers this organisation kept."""
    rows = [
        {
            "title": found.title,
            "href": reverse("rules-kept-answer", kwargs={"evaluation_id": found.id}),
            "on": found.on,
            "question": _title(found.question),
            "release": found.release,
            "created_at": found.created_at,
            "created_by": found.created_by or "-",
        }
        for found in rules.kept_list(organisation_id=request.actor.organisation_id)
    ]
    return render(request, "rules/kept.html", {"rows": rows})


@page("rules.ask")
def kept_answer(request: Request, evaluation_id: UUID) -> HttpResponse:
    """Show a kept answer as it was, and what the same facts give today."""
    organisation_id = request.actor.organisation_id
    newest = rules.current_release()
    same = rules.replay(organisation_id=organisation_id, evaluation_id=evaluation_id)
    context = {
        **answer_view(same.stored.answer),
        **_credits(release=same.stored.release),
        "stored": same.stored,
        "family": _title(same.stored.question),
        "same": same,
        "newest": newest.number,
        "newer": None,
        "newer_problem": "",
    }
    if newest.number != same.stored.release:
        try:
            context["newer"] = rules.replay(
                organisation_id=organisation_id, evaluation_id=evaluation_id, release=newest.number
            )
        except NotInForce as error:
            context["newer_problem"] = error.message
    return render(request, "rules/kept_answer.html", context)


@page("rules.ask")
def kept_pdf(request: Request, evaluation_id: UUID) -> HttpResponse:
    """Return a kept answer as PDF."""
    stored = rules.kept(organisation_id=request.actor.organisation_id, evaluation_id=evaluation_id)
    return _pdf(stored.answer, stored.title)


def _ask_page(request: HttpRequest, asked: str, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    context = {
        **_credits(),
        "asked": asked,
        "form": form,
        "families": rules.families(),
        "family": _title(asked),
        "purpose": next((found.purpose for found in rules.families() if found.code == asked), ""),
    }
    template = "rules/start.html" if asked == rules.PURCHASE else "rules/family.html"
    return render(request, template, context, status=status)


def _asked(query: QueryDict) -> str:
    asked = query.get(QUESTION, rules.PURCHASE)
    if asked != rules.PURCHASE:
        _known(asked)
    return asked


def _known(family: str) -> None:
    if family not in {found.code for found in rules.families()}:
        raise UnknownQuestion(family)


def _title(asked: str) -> str:
    return next((found.title for found in rules.families() if found.code == asked), _("De hele aankoop"))


def _ask_href(asked: str) -> str:
    return reverse("rules") if asked == rules.PURCHASE else reverse("rules-ask-family", kwargs={"family": asked})


def _form(asked: str, query: QueryDict) -> QuestionForm:
    return purchase_form(query) if asked == rules.PURCHASE else family_form(asked, query)


def _evaluate(asked: str, form: QuestionForm) -> Evaluation | None:
    """Answer, or put everything that is wrong into the form at once."""
    complete = form.is_valid()
    day = form.cleaned_data.get(LAUNCH)
    try:
        found = rules.evaluate(question=asked, facts=_with_cpv(form.facts()), on=day or clock.today())
    except BadFacts as error:
        form.take(error)
    except NotInForce as error:
        if day:
            form.add_error(LAUNCH, error.message)
    else:
        return found if complete else None
    return None


def _with_cpv(facts: dict[str, Any]) -> dict[str, Any]:
    """Add what the catalogue knows about the CPV code, unless the person answered it."""
    code = str(facts.get("cpv", "")).strip()
    if not code:
        return facts
    if not catalogue.clean_cpv(cpv=code) or catalogue.cpv(code=code) is None:
        message = _("Deze code staat niet in de lijst. Zoek de juiste code op, of laat dit veld leeg.")
        raise BadFacts({"cpv": message})
    return {"social_service": catalogue.is_social_service(cpv=code), **facts}


def _other_year(asked: str, form: QuestionForm, found: Evaluation, step: int, query: QueryDict) -> Mapping[str, Any]:
    """Return how the same facts are answered a year earlier or later."""
    day = _a_year_on(found.on, step)
    address = query.copy()
    address[LAUNCH] = day.isoformat()
    made: dict[str, Any] = {
        "label": _("Een jaar eerder") if step < 0 else _("Een jaar later"),
        "date": formats.date(day),
        "href": f"{reverse('rules-answer')}?{address.urlencode()}",
        "problem": "",
        "differences": (),
    }
    try:
        other = rules.evaluate(question=asked, facts=_with_cpv(form.facts()), on=day)
    except NotInForce as error:
        made["problem"] = error.message
    else:
        made["differences"] = rules.differences(before=found, after=other)
    return made


def _a_year_on(day: dt.date, step: int) -> dt.date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + step, day=28 if last_of_february else day.day)


def _credits(release: int | None = None) -> dict[str, Any]:
    newest = rules.current_release()
    return {
        "release": release or newest.number,
        "disclaimer": rules.DISCLAIMER,
        "checked_on": rules.last_checked_on(),
        "checked_by": rules.checked_by(),
    }


def _pdf(answer: Mapping[str, Any], title: str) -> HttpResponse:
    made = HttpResponse(
        paper.pdf({**answer_view(answer), **_credits(answer["release"]), "title": title}),
        content_type="application/pdf",
    )
    made["Content-Disposition"] = f'attachment; filename="regels-{answer["on"]}.pdf"'
    return made
