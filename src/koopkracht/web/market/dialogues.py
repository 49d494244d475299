"""Talks with the market and information sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.market.api import dialogues, sheets
from koopkracht.market.types.dialogues import Dialogue, DialogueKind, DialogueState
from koopkracht.meetings import api as meetings
from koopkracht.shared import clock
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.market.asking import Question, ask, group_names
from koopkracht.web.market.dialogue_forms import (
    ContactRequestForm,
    DialogueForm,
    InformationForm,
    PartyForm,
    ReasonForm,
    ReportForm,
)
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page, render

STATE_KINDS = {DialogueState.PLANNED: "info", DialogueState.HELD: "success", DialogueState.CANCELLED: "default"}
DIALOGUES = Listing(
    name="marktgesprekken",
    caption=gettext_lazy("Gesprekken met de markt"),
    columns=(
        Column("title", gettext_lazy("Gesprek"), href=link_to("dialogue", dialogue_id="id"), sort=True),
        Column("kind", gettext_lazy("Vorm"), sort=True),
        Column("date", gettext_lazy("Datum"), format="date_short", sort=True),
        Column("group", gettext_lazy("Productgroep")),
        Column("state", gettext_lazy("Stand"), sort=True),
    ),
    filters=(
        Filter("kind", gettext_lazy("Vorm"), options=list(dialogues.KIND_LABELS.items())),
        Filter("state", gettext_lazy("Stand"), options=list(dialogues.STATE_LABELS.items())),
    ),
    sort="-date",
    search=gettext_lazy("Zoek op titel"),
    empty_title=gettext_lazy("Nog geen gesprekken"),
    empty_text=gettext_lazy(
        "Plan een gesprek of een infomoment. Eén goed gesprek leert vaak meer dan tien vragenlijsten."
    ),
)


@require_GET
@page("market.view")
def listing(request: Request) -> HttpResponseBase:
    """List the talks."""
    names = group_names()

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        found = dialogues.list_dialogues(organisation_id=request.actor.organisation_id, query=query)
        return found.map(
            lambda one: {
                "id": one.id,
                "title": one.plan.title,
                "kind": dialogues.KIND_LABELS[one.plan.kind],
                "date": one.plan.date,
                "group": names.get(one.plan.product_group, ""),
                "state": dialogues.STATE_LABELS[one.state],
            }
        )

    return DIALOGUES.respond(request, fetch, "market/dialogues.html")


@require_GET
@page("market.view")
def dialogue(request: Request, dialogue_id: int) -> HttpResponse:
    """Show a talk: its plan, its outputs, and for a session who came and who wants to meet whom."""
    organisation_id = request.actor.organisation_id
    found = dialogues.dialogue(organisation_id=organisation_id, dialogue_id=dialogue_id)
    where: dict[str, Any] = {"organisation_id": organisation_id, "dialogue_id": dialogue_id}
    parties = dialogues.parties(**where)
    plan = found.plan
    context = {
        "one": found,
        "plan": plan,
        "kind": dialogues.KIND_LABELS[plan.kind],
        "state": dialogues.STATE_LABELS[found.state],
        "state_kind": STATE_KINDS[found.state],
        "due": found.state is DialogueState.PLANNED and plan.date <= clock.today(),
        "is_session": plan.kind is DialogueKind.SESSION,
        "group": group_names().get(plan.product_group, ""),
        "script": meetings.kinds()[plan.kind.value],
        "parties": [(one, dialogues.ROLE_LABELS[one.role], dialogues.REPLY_LABELS[one.reply]) for one in parties],
        "pitches": [one for one in parties if one.pitch],
        "came": sum(one.people or 0 for one in parties),
        "requests": dialogues.contact_requests(**where),
        "information": dialogues.information(**where),
        "channels": dialogues.settings().channels,
    }
    return render(request, "market/dialogue.html", context)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add(request: Request) -> HttpResponse:
    """Plan a talk or a session."""
    names = group_names()
    code, purchase = request.GET.get("groep", ""), request.GET.get("aankoop", "")
    initial = {
        "product_group": code if code in names else "",
        "title": _("Gesprek over %(group)s") % {"group": names[code].lower()} if code in names else "",
        "purchase_id": int(purchase) if purchase.isdecimal() and len(purchase) < 18 else None,
    }
    form = DialogueForm(request.POST or None, initial=initial)
    question = Question(
        title=_("Gesprek plannen"),
        intro=_("Wie vroeg praat met de markt, schrijft een bestek waarop ze goed kan antwoorden."),
        back=reverse("dialogues"),
        said=_("Het gesprek staat op de agenda."),
        submit=_("Plan het gesprek"),
        crumbs=[(_("Gesprekken"), reverse("dialogues"))],
    )

    def save() -> str:
        made = dialogues.plan_dialogue(actor=request.actor, dialogue=form.dialogue())
        return reverse("dialogue", kwargs={"dialogue_id": made})

    return ask(request, form, question, save)


def _question(one: Dialogue, title: str, said: str, *, intro: str = "", submit: str = "", anchor: str = "") -> Question:
    here = reverse("dialogue", kwargs={"dialogue_id": one.id})
    crumbs = [(_("Gesprekken"), reverse("dialogues")), (one.plan.title, here)]
    return Question(title, intro or one.plan.title, here + anchor, said, submit, crumbs)


def _own(request: Request, dialogue_id: int) -> Dialogue:
    return dialogues.dialogue(organisation_id=request.actor.organisation_id, dialogue_id=dialogue_id)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def report(request: Request, dialogue_id: int) -> HttpResponse:
    """Write down what a talk gave."""
    one = _own(request, dialogue_id)
    known = {name: getattr(one.report, name) for name in type(one.report).__dataclass_fields__}
    form = ReportForm(request.POST or None, initial=known)
    question = _question(
        one,
        _("Verslag schrijven"),
        _("Het verslag is bewaard."),
        intro=_("Drie vragen vatten samen wat u leerde. U kunt de antwoorden later gebruiken in het bestek."),
        submit=_("Bewaar het verslag"),
    )

    def save() -> None:
        dialogues.report_dialogue(actor=request.actor, dialogue_id=dialogue_id, report=form.report())

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def cancel(request: Request, dialogue_id: int) -> HttpResponse:
    """Call a talk off."""
    form = ReasonForm(request.POST or None)
    question = _question(
        _own(request, dialogue_id), _("Gesprek afgelasten"), _("Het gesprek is afgelast."), submit=_("Gelast af")
    )

    def save() -> None:
        dialogues.cancel_dialogue(actor=request.actor, dialogue_id=dialogue_id, reason=form.cleaned_data["reason"])

    return ask(request, form, question, save)


@require_POST
@page("market.edit")
def to_sheet(request: Request, dialogue_id: int) -> HttpResponse:
    """Copy the three outputs of a talk to the findings of the market sheet."""
    one = _own(request, dialogue_id)
    labels = (_("Aanpak"), _("Taken voor een perceel sociale economie"), _("Aankooptactiek"))
    texts = (one.report.approach, one.report.lot_tasks, one.report.tactic)
    lines = [f"{label}: {text}" for label, text in zip(labels, texts, strict=True) if text]
    sheets.add_findings(
        actor=request.actor,
        product_group=one.plan.product_group,
        findings="\n".join(lines),
        source=one.plan.title,
        as_of=one.plan.date,
    )
    messages.success(request, _("De bevindingen staan in de marktfiche."))
    return redirect("market-sheet", code=one.plan.product_group)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_party(request: Request, dialogue_id: int) -> HttpResponse:
    """Invite a party to a session."""
    form = PartyForm(request.POST or None)
    question = _question(
        _own(request, dialogue_id), _("Partij uitnodigen"), _("De partij staat op de lijst."), anchor="#partijen"
    )

    def save() -> None:
        dialogues.put_party(actor=request.actor, dialogue_id=dialogue_id, party=form.party())

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def edit_party(request: Request, party_id: int) -> HttpResponse:
    """Write down the answer, attendance and presentation of a party."""
    dialogue_id, known = dialogues.party(organisation_id=request.actor.organisation_id, party_id=party_id)
    initial = {name: getattr(known, name) for name in type(known).__dataclass_fields__}
    form = PartyForm(request.POST or None, initial=initial, named=False)
    question = _question(_own(request, dialogue_id), known.name, _("Bewaard."), anchor="#partijen")

    def save() -> None:
        dialogues.change_party(actor=request.actor, party_id=party_id, party=form.party())

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def ask_contact(request: Request, dialogue_id: int) -> HttpResponse:
    """Note that one party asks for contact with another."""
    one = _own(request, dialogue_id)
    parties = dialogues.parties(organisation_id=request.actor.organisation_id, dialogue_id=dialogue_id)
    form = ContactRequestForm(request.POST or None, parties=parties)
    question = _question(
        one,
        _("Vraag om contact"),
        _("De vraag is genoteerd. Vraag nu aan de andere partij of ze dit ook wil."),
        intro=_("Geef gegevens pas door als beide partijen ja zeggen."),
        anchor="#contact",
    )

    def save() -> None:
        data = form.cleaned_data
        dialogues.request_contact(
            actor=request.actor,
            dialogue_id=dialogue_id,
            asker_id=data["asker"],
            asked_id=data["asked"],
            message=data["message"],
        )

    return ask(request, form, question, save)


@require_POST
@page("market.edit")
def answer_contact(request: Request, request_id: int) -> HttpResponse:
    """Write down whether the other party wants contact too."""
    agrees = request.POST.get("agrees") == "yes"
    dialogue_id = dialogues.answer_contact(actor=request.actor, request_id=request_id, agrees=agrees)
    messages.success(request, _("Het antwoord is genoteerd."))
    return redirect(reverse("dialogue", kwargs={"dialogue_id": dialogue_id}) + "#contact")


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_information(request: Request, dialogue_id: int) -> HttpResponse:
    """Log what was told during a talk."""
    one = _own(request, dialogue_id)
    initial = {"product_group": one.plan.product_group, "given_on": min(one.plan.date, clock.today())}
    form = InformationForm(request.POST or None, initial=initial)
    question = _question(
        one,
        _("Gegeven informatie noteren"),
        _("De informatie staat in het logboek."),
        intro=_("Wat u aan één partij vertelt, moet iedereen kunnen weten. Noteer het hier."),
        anchor="#informatie",
    )

    def save() -> None:
        dialogues.log_information(actor=request.actor, information=form.information(dialogue_id))

    return ask(request, form, question, save)
