"""The agreement in principle: write, submit, decide, keep as mandate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.documents import api as documents
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import AgreementState, AgreementView, DecisionInput
from koopkracht.web.strategy.support_decision_forms import AgreementForm, DecisionForm, QuestionAnswerForm
from koopkracht.web.strategy.support_pages import edit, names
from koopkracht.web.ui import evidence
from koopkracht.web.ui.downloads import paper_download
from koopkracht.web.ui.page import Request, page, render


@require_GET
@page("strategy.view")
def agreements(request: Request) -> HttpResponse:
    """List the agreements and what an agreement is for."""
    found = support.agreements(organisation_id=request.actor.organisation_id)
    context = {"agreements": found, "labels": support.AGREEMENT_LABELS, "today": clock.today()}
    return render(request, "strategy/support_agreements.html", context)


@require_GET
@page("strategy.view")
def agreement(request: Request, agreement_id: int) -> HttpResponse:
    """Show one agreement with what can be done."""
    found = _found(request, agreement_id)
    context = {
        "one": found,
        "standing": found.standing(clock.today()),
        "states": AgreementState,
        "labels": support.AGREEMENT_LABELS,
        "steps": {step.value for step in support.steps_from(found.state)},
        "people": names(request, [found.author_id, found.submitted_by_id, found.decided_by_id]),
    }
    return render(request, "strategy/support_agreement.html", context)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def add(request: Request) -> HttpResponse:
    """Write an agreement from the suggestion."""
    form = AgreementForm(request.POST or None, initial=AgreementForm.initial_of(support.agreement_suggestion()))
    return _edit(request, form, None)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def change(request: Request, agreement_id: int) -> HttpResponse:
    """Change a draft."""
    found = _found(request, agreement_id)
    return _edit(request, AgreementForm(request.POST or None, initial=AgreementForm.initial_of(found)), agreement_id)


def _edit(request: Request, form: AgreementForm, agreement_id: int | None) -> HttpResponse:
    def save(data: dict[str, Any]) -> str:
        key = support.put_agreement(
            actor=request.actor, agreement=AgreementForm.agreement(data), agreement_id=agreement_id
        )
        return reverse("support-agreement", args=[key])

    back = reverse("support-agreement", args=[agreement_id]) if agreement_id else reverse("support-agreements")
    context = {
        "title": _("Principeakkoord schrijven"),
        "intro": _("U start van een voorstel. Pas het aan: alleen wat uw bestuur zelf wil, houdt stand."),
        "trail": [(_("Principeakkoord"), reverse("support-agreements"))],
        "cancel": back,
        "done": _("De tekst is bewaard."),
    }
    return edit(request, form, save, context)


@require_POST
@page("strategy.edit")
def submit(request: Request, agreement_id: int) -> HttpResponse:
    """Send it to the body that decides."""
    support.submit_agreement(actor=request.actor, agreement_id=agreement_id)
    messages.success(request, _("Het akkoord is voorgelegd. Een bestuurder registreert hier de beslissing."))
    return redirect("support-agreement", agreement_id=agreement_id)


@require_POST
@page("strategy.edit")
def redraft(request: Request, agreement_id: int) -> HttpResponse:
    """Take a refused agreement up again."""
    support.redraft(actor=request.actor, agreement_id=agreement_id)
    messages.success(request, _("Het is opnieuw een ontwerp. Pas de tekst aan en leg ze opnieuw voor."))
    return redirect("support-agreement", agreement_id=agreement_id)


@require_POST
@page("strategy.decide")
def expire(request: Request, agreement_id: int) -> HttpResponse:
    """End an agreement."""
    support.expire(actor=request.actor, agreement_id=agreement_id)
    messages.success(request, _("Het akkoord is beëindigd."))
    return redirect("support-agreement", agreement_id=agreement_id)


@require_http_methods(["GET", "POST"])
@page("strategy.decide")
def agree(request: Request, agreement_id: int) -> HttpResponse:
    """Register that the body agreed."""
    return _decide(request, agreement_id, agreed=True)


@require_http_methods(["GET", "POST"])
@page("strategy.decide")
def refuse(request: Request, agreement_id: int) -> HttpResponse:
    """Register that the body did not agree."""
    return _decide(request, agreement_id, agreed=False)


def _decide(request: Request, agreement_id: int, *, agreed: bool) -> HttpResponse:
    found = _found(request, agreement_id)

    def save(data: dict[str, Any]) -> str:
        decision = DecisionInput(data["decided_on"], data["decision"], data["valid_until"], evidence.stored(request))
        register = support.agree if agreed else support.refuse
        register(actor=request.actor, agreement_id=agreement_id, decision=decision)
        return reverse("support-agreement", args=[agreement_id])

    context = {
        "title": _("Goedkeuring registreren") if agreed else _("Weigering registreren"),
        "intro": _("Wat besliste het orgaan over “%(title)s”?") % {"title": found.title},
        "trail": [
            (_("Principeakkoord"), reverse("support-agreements")),
            (found.title, reverse("support-agreement", args=[agreement_id])),
        ],
        "cancel": reverse("support-agreement", args=[agreement_id]),
        "done": _("De beslissing is geregistreerd."),
    }
    return edit(request, DecisionForm(request.POST or None, request.FILES or None), save, context)


@require_GET
@page("strategy.view")
def attachment(request: Request, agreement_id: int) -> HttpResponseBase:
    """Give the document with the decision."""
    found = _found(request, agreement_id)
    if not found.sha256:
        raise NotFound(_("Bij dit akkoord is geen document bewaard."), code="agreement-document-missing")
    return evidence.given_back(request, found.sha256)


@require_GET
@page("strategy.view")
def document(request: Request, agreement_id: int, suffix: str) -> HttpResponse:
    """Give the agreement on paper."""
    found = _found(request, agreement_id)
    organisation = accounts.organisation(organisation_id=request.actor.organisation_id).name
    values: Mapping[str, Any] = {
        "title": found.title,
        "organisation": organisation,
        "body": found.body,
        "decided_on": found.decided_on,
        "decision": found.decision,
        "text": found.text,
        "goals": found.goals,
        "questions": [{"question": one.question, "measure": one.measure} for one in found.questions],
    }
    paper = documents.paper(
        template="agreement-in-principle", values=values, author=organisation, date=found.updated_at.date()
    )
    return paper_download(paper, suffix=suffix)


@require_http_methods(["GET", "POST"])
@page("strategy.edit")
def answer(request: Request, agreement_id: int, question_id: int) -> HttpResponse:
    """Answer a question of the executive."""
    found = _found(request, agreement_id)
    question = next((one for one in found.questions if one.id == question_id), None)
    if question is None:
        raise NotFound(_("Deze vraag bestaat niet meer. Open het akkoord opnieuw."), code="question-not-found")

    def save(data: dict[str, Any]) -> str:
        support.answer_question(
            actor=request.actor, agreement_id=agreement_id, question_id=question_id, answer=data["answer"]
        )
        return reverse("support-agreement", args=[agreement_id])

    context = {
        "title": question.question,
        "intro": _("Waarop letten we: %(measure)s") % {"measure": question.measure} if question.measure else "",
        "trail": [(_("Principeakkoord"), reverse("support-agreement", args=[agreement_id]))],
        "cancel": reverse("support-agreement", args=[agreement_id]),
        "done": _("Het antwoord is bewaard."),
    }
    form = QuestionAnswerForm(request.POST or None, initial={"answer": question.answer})
    return edit(request, form, save, context)


def _found(request: Request, agreement_id: int) -> AgreementView:
    return support.agreement(organisation_id=request.actor.organisation_id, agreement_id=agreement_id)
