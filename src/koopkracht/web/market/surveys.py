"""Market surveys: the list, one survey, and making one: purpose and questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.market.api import surveys as market
from koopkracht.market.types.surveys import MOST_QUESTIONS, SurveyView
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.errors import QuestionnaireNotFound
from koopkracht.questionnaires.types import DeliveryKind, QuestionView, State
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.market.survey_forms import QuestionForm, SurveyForm
from koopkracht.web.market.survey_words import DELIVERY_KINDS, STATE_KINDS, group_name, state_text, steps
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

SURVEYS = Listing(
    name="bevragingen",
    caption=gettext_lazy("Marktbevragingen"),
    columns=(
        Column("title", gettext_lazy("Titel"), href=link_to("survey", survey_id="id"), sort=True),
        Column("group", gettext_lazy("Productgroep")),
        Column("state", gettext_lazy("Stand")),
        Column("questions", gettext_lazy("Vragen"), format="number"),
        Column("recipients", gettext_lazy("Bevraagden"), format="number"),
        Column("closes", gettext_lazy("Laatste dag"), format="date_short", sort=True),
        Column("created", gettext_lazy("Begonnen"), format="date_short", sort=True),
    ),
    filters=(
        Filter(
            "state",
            gettext_lazy("Stand"),
            options=[(state.value, text) for state, text in questionnaires.STATES.items()],
        ),
    ),
    sort="-created",
    search=gettext_lazy("Zoek in de titels"),
    empty_title=gettext_lazy("Nog geen bevragingen"),
    empty_text=gettext_lazy("Vraag ondernemingen wat haalbaar is, voordat u een opdracht uitschrijft."),
)


@require_GET
@page("market.view")
def surveys(request: Request) -> HttpResponseBase:
    """List the surveys."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return market.list_surveys(actor=request.actor, query=query).map(_row)

    return SURVEYS.respond(request, fetch, "market/surveys.html")


def _row(view: SurveyView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.list.title,
        "group": group_name(view.product_group),
        "state": state_text(view.list.state),
        "questions": view.list.questions,
        "recipients": view.list.recipients,
        "closes": view.list.closes_on,
        "created": view.created_at.date(),
    }


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add(request: Request) -> HttpResponse:
    """Begin a survey."""
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        initial={"product_group": request.GET.get("productgroep", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            survey_id = market.create_survey(actor=request.actor, survey=form.survey())
        except Rejected as error:
            refuse(form, error)
        else:
            return redirect("survey-questions", survey_id=survey_id)
    status = 422 if form.errors else 200
    return render(request, "market/survey_purpose.html", {"form": form, "survey": None}, status=status)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def purpose(request: Request, survey_id: int) -> HttpResponse:
    """Change what a survey is about."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    form = SurveyForm(request.POST if request.method == "POST" else None, initial=SurveyForm.values_of(view))
    if request.method == "POST" and form.is_valid():
        try:
            market.change_survey(actor=request.actor, survey_id=survey_id, survey=form.survey())
        except (Rejected, ProductGroupNotFound) as error:
            refuse(form, error)
        else:
            return redirect("survey-questions", survey_id=survey_id)
    context = {"form": form, "survey": view, "steps": steps(view)}
    return render(request, "market/survey_purpose.html", context, status=422 if form.errors else 200)


def refuse(form: forms.Form, error: Any) -> None:
    """Show a refusal at its field, or above the form."""
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, error.message)


@require_GET
@page("market.view")
def survey(request: Request, survey_id: int) -> HttpResponse:
    """Show how a survey stands and what the next step is."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    actor, key = request.actor, view.list.id
    is_draft = view.list.state is State.DRAFT
    context = {
        "survey": view,
        "group": group_name(view.product_group),
        "state": state_text(view.list.state),
        "state_kind": STATE_KINDS[view.list.state],
        "questions": questionnaires.questions(organisation_id=actor.organisation_id, questionnaire_id=key),
        "kinds": questionnaires.KIND_LABELS,
        "results": None if is_draft else questionnaires.results(actor=actor, questionnaire_id=key),
        "deliveries": [
            (kind, _delivered(request, key, kind)) for kind in (DeliveryKind.INVITATION, DeliveryKind.SUMMARY)
        ],
        "steps": steps(view),
        "edits": actor.may("market.edit"),
    }
    return render(request, "market/survey.html", context)


def _delivered(request: Request, key: int, kind: DeliveryKind) -> list[tuple[str, str, int]]:
    """Return how many messages are in each state: text, colour, count."""
    found = questionnaires.deliveries(actor=request.actor, questionnaire_id=key, kind=kind)
    states = [one.state for one in found]
    return [
        (str(label), DELIVERY_KINDS[state], states.count(state))
        for state, label in questionnaires.DELIVERY_LABELS.items()
        if state in states
    ]


@require_http_methods(["GET", "POST"])
@page("market.edit")
def questions(request: Request, survey_id: int) -> HttpResponse:
    """Show the questions, add an own one, and offer the ready ones."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            questionnaires.add_question(actor=request.actor, questionnaire_id=view.list.id, question=form.question())
        except Rejected as error:
            refuse(form, error)
        else:
            messages.success(request, _("De vraag staat in de lijst."))
            return redirect("survey-questions", survey_id=survey_id)
    return _questions_page(request, view, form)


def _questions_page(request: Request, view: SurveyView, form: forms.Form, problem: str = "") -> HttpResponse:
    present = questionnaires.questions(organisation_id=request.actor.organisation_id, questionnaire_id=view.list.id)
    texts = {one.text for one in present}
    ready = [
        (name, [one for one in market.library() if one.theme == code and one.question.text not in texts])
        for code, name in market.themes().items()
    ]
    context = {
        "survey": view,
        "questions": present,
        "kinds": questionnaires.KIND_LABELS,
        "library": [(name, items) for name, items in ready if items],
        "form": form,
        "most": MOST_QUESTIONS,
        "problem": problem,
        "picked": frozenset(request.POST.getlist("code")),
        "steps": steps(view),
    }
    return render(request, "market/survey_questions.html", context, status=422 if form.errors or problem else 200)


@require_POST
@page("market.edit")
def pick(request: Request, survey_id: int) -> HttpResponse:
    """Take ready questions over."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    codes = request.POST.getlist("code")
    if not codes:
        return _questions_page(request, view, QuestionForm(), _("Kies eerst een of meer vragen."))
    try:
        count = market.pick_questions(actor=request.actor, survey_id=survey_id, codes=codes)
    except Rejected as error:
        return _questions_page(request, view, QuestionForm(), _too_many(error, view, len(codes)))
    messages.success(request, _("%(count)s vragen toegevoegd.") % {"count": count})
    return redirect("survey-questions", survey_id=survey_id)


def _too_many(error: Rejected, view: SurveyView, chosen: int) -> str:
    """Say that none of the chosen questions was added, and how many there is room for."""
    if error.code != "questionnaire-full":
        return error.message
    limit = int(error.details["limit"])
    return _(
        "Een vragenlijst telt hoogstens %(limit)s vragen. U koos er %(chosen)s, en er is nog plaats voor %(room)s. "
        "Er is niets toegevoegd: vink enkele vragen uit en probeer opnieuw."
    ) % {"limit": limit, "chosen": chosen, "room": max(limit - view.list.questions, 0)}


def _question(request: Request, view: SurveyView, question_id: int) -> QuestionView:
    """Return a question of this survey; one of another survey does not exist here."""
    present = questionnaires.questions(organisation_id=request.actor.organisation_id, questionnaire_id=view.list.id)
    found = next((one for one in present if one.id == question_id), None)
    if found is None:
        raise QuestionnaireNotFound(question_id)
    return found


@require_http_methods(["GET", "POST"])
@page("market.edit")
def question(request: Request, survey_id: int, question_id: int) -> HttpResponse:
    """Change one question."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    found = _question(request, view, question_id)
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=QuestionForm.values_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            questionnaires.change_question(actor=request.actor, question_id=question_id, question=form.question())
        except Rejected as error:
            refuse(form, error)
        else:
            messages.success(request, _("De vraag is gewijzigd."))
            return redirect("survey-questions", survey_id=survey_id)
    context = {"survey": view, "question": found, "form": form}
    return render(request, "market/survey_question.html", context, status=422 if form.errors else 200)


@require_POST
@page("market.edit")
def question_move(request: Request, survey_id: int, question_id: int) -> HttpResponse:
    """Put a question one place higher or lower."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    _question(request, view, question_id)
    questionnaires.move_question(
        actor=request.actor, question_id=question_id, up=request.POST.get("richting") == "hoger"
    )
    return redirect("survey-questions", survey_id=survey_id)


@require_POST
@page("market.edit")
def question_remove(request: Request, survey_id: int, question_id: int) -> HttpResponse:
    """Take a question out."""
    view = market.survey(actor=request.actor, survey_id=survey_id)
    _question(request, view, question_id)
    questionnaires.remove_question(actor=request.actor, question_id=question_id)
    messages.success(request, _("De vraag is weggehaald."))
    return redirect("survey-questions", survey_id=survey_id)


@require_POST
@page("market.edit")
def remove(request: Request, survey_id: int) -> HttpResponse:
    """Throw a draft away."""
    market.remove_survey(actor=request.actor, survey_id=survey_id)
    messages.success(request, _("De bevraging is weggegooid."))
    return redirect("surveys")
