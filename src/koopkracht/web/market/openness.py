"""Being open towards the market: equal information, announced needs, contacts and obstacles."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from koopkracht.market.api import dialogues
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.market.asking import Question, ask, group_names
from koopkracht.web.market.dialogue_forms import (
    InformationForm,
    NeedForm,
    ObstacleForm,
    OutcomeForm,
    PublishForm,
    ReactionForm,
)
from koopkracht.web.market.enterprise_forms import ContactLogForm
from koopkracht.web.ui.lists import Column, Filter, Listing
from koopkracht.web.ui.page import Request, page, render

CONTACTS = Listing(
    name="contacten-met-de-markt",
    caption=gettext_lazy("Contacten met de markt"),
    columns=(
        Column("date", gettext_lazy("Datum"), format="date_short", sort=True),
        Column("party", gettext_lazy("Met wie"), sort=True),
        Column("function", gettext_lazy("Functie")),
        Column("form", gettext_lazy("Vorm"), sort=True),
        Column("content", gettext_lazy("Waarover")),
        Column("follow_up", gettext_lazy("Afspraak")),
        Column("group", gettext_lazy("Productgroep")),
    ),
    filters=(Filter("form", gettext_lazy("Vorm"), options=list(dialogues.FORM_LABELS.items())),),
    sort="-date",
    search=gettext_lazy("Zoek op naam"),
    empty_title=gettext_lazy("Nog geen contacten"),
    empty_text=gettext_lazy("Noteer met wie u sprak en waarover. Zo weet een collega wat er al gezegd is."),
)


@require_GET
@page("market.view")
def information(request: Request) -> HttpResponse:
    """Show what was told to whom, and whether everybody could read it."""
    rows = dialogues.information(organisation_id=request.actor.organisation_id)
    context = {
        "rows": rows,
        "waiting": sum(1 for one in rows if one.published_on is None),
        "names": group_names(),
        "channels": dialogues.settings().channels,
    }
    return render(request, "market/information.html", context)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_information(request: Request) -> HttpResponse:
    """Log what was told outside a talk."""
    form = InformationForm(request.POST or None)
    question = Question(
        title=_("Gegeven informatie noteren"),
        intro=_("Wat u aan één partij vertelt, moet iedereen kunnen weten. Noteer het hier."),
        back=reverse("market-information"),
        said=_("De informatie staat in het logboek."),
        crumbs=[(_("Gelijke informatie"), reverse("market-information"))],
    )

    def save() -> None:
        dialogues.log_information(actor=request.actor, information=form.information())

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def publish(request: Request, information_id: int) -> HttpResponse:
    """Write down when and how everybody could read it."""
    known = dialogues.one_information(organisation_id=request.actor.organisation_id, information_id=information_id)
    form = PublishForm(request.POST or None)
    question = Question(
        title=_("Voor iedereen beschikbaar maken"),
        intro=known.content,
        back=reverse("market-information"),
        said=_("Genoteerd. Alle partijen hebben nu dezelfde informatie."),
        crumbs=[(_("Gelijke informatie"), reverse("market-information"))],
    )

    def save() -> None:
        dialogues.publish_information(actor=request.actor, information_id=information_id, **form.cleaned_data)

    return ask(request, form, question, save)


@require_GET
@page("market.view")
def needs(request: Request) -> HttpResponse:
    """Show the announced needs with the reactions of the market."""
    context = {
        "needs": dialogues.needs(organisation_id=request.actor.organisation_id),
        "names": group_names(),
        "channels": dialogues.settings().channels,
    }
    return render(request, "market/needs.html", context)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_need(request: Request) -> HttpResponse:
    """Note that a need was made known."""
    form = NeedForm(request.POST or None)
    question = Question(
        title=_("Nood bekendmaken"),
        intro=_("Wie lang vooraf weet wat u nodig hebt, kan zich voorbereiden, samenwerken en ideeën aanreiken."),
        back=reverse("market-needs"),
        said=_("De nood staat op de lijst."),
        crumbs=[(_("Aangekondigde noden"), reverse("market-needs"))],
    )

    def save() -> None:
        dialogues.announce_need(actor=request.actor, need=form.need())

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_reaction(request: Request, need_id: int) -> HttpResponse:
    """Keep a reaction to a need."""
    known = dialogues.need(organisation_id=request.actor.organisation_id, need_id=need_id)
    form = ReactionForm(request.POST or None)
    question = Question(
        title=_("Reactie noteren"),
        intro=known.title,
        back=reverse("market-needs"),
        said=_("De reactie is genoteerd."),
        crumbs=[(_("Aangekondigde noden"), reverse("market-needs"))],
    )

    def save() -> None:
        dialogues.record_reaction(actor=request.actor, need_id=need_id, reaction=form.reaction())

    return ask(request, form, question, save)


@require_GET
@page("market.view")
def contacts(request: Request) -> HttpResponseBase:
    """List the contacts with parties outside."""
    names = group_names()

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        found = dialogues.list_contacts(organisation_id=request.actor.organisation_id, query=query)
        return found.map(
            lambda one: {
                "date": one.held_on,
                "party": one.party,
                "function": one.contact_function,
                "form": dialogues.FORM_LABELS[one.form],
                "content": one.content,
                "follow_up": one.follow_up,
                "group": names.get(one.product_group, ""),
            }
        )

    return CONTACTS.respond(request, fetch, "market/contacts.html")


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_contact(request: Request) -> HttpResponse:
    """Log a contact with a party outside."""
    form = ContactLogForm(request.POST or None)
    question = Question(
        title=_("Contact noteren"),
        intro=_("Met wie sprak u, wanneer, hoe en waarover?"),
        back=reverse("market-contacts"),
        said=_("Het contact staat in het logboek."),
        crumbs=[(_("Contacten"), reverse("market-contacts"))],
    )

    def save() -> None:
        dialogues.log_contact(actor=request.actor, contact=form.contact())

    return ask(request, form, question, save)


@require_GET
@page("market.view")
def obstacles(request: Request) -> HttpResponse:
    """Show the rules and demands that seem to stand in the way."""
    found = dialogues.obstacles(organisation_id=request.actor.organisation_id)
    return render(request, "market/obstacles.html", {"rows": found, "names": group_names()})


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_obstacle(request: Request) -> HttpResponse:
    """Note an obstacle."""
    form = ObstacleForm(request.POST or None)
    question = Question(
        title=_("Hinder melden"),
        intro=_("Meld het vroeg: dan is er nog tijd om een eis te schrappen of anders te verwoorden."),
        back=reverse("market-obstacles"),
        said=_("De hinder staat op de lijst."),
        crumbs=[(_("Hinderende regels"), reverse("market-obstacles"))],
    )

    def save() -> None:
        dialogues.log_obstacle(actor=request.actor, obstacle=form.obstacle())

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def resolve_obstacle(request: Request, obstacle_id: int) -> HttpResponse:
    """Write down what became of an obstacle."""
    known = dialogues.obstacle(organisation_id=request.actor.organisation_id, obstacle_id=obstacle_id)
    form = OutcomeForm(request.POST or None)
    question = Question(
        title=_("Hinder afhandelen"),
        intro=known.title,
        back=reverse("market-obstacles"),
        said=_("De uitkomst is genoteerd."),
        crumbs=[(_("Hinderende regels"), reverse("market-obstacles"))],
    )

    def save() -> None:
        dialogues.resolve_obstacle(actor=request.actor, obstacle_id=obstacle_id, **form.cleaned_data)

    return ask(request, form, question, save)
