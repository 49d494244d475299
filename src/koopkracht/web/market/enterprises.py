"""The page of a social enterprise, and what people add to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.contracts import api as contracts
from koopkracht.market import api as market
from koopkracht.market.api import dialogues, directory
from koopkracht.market.types.directory import EnterpriseExtras, Item
from koopkracht.market.types.suppliers import SocialEnterpriseView
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.errors import Rejected
from koopkracht.shared.periods import months_after
from koopkracht.web.diagnosis.rows import spend_rows
from koopkracht.web.market.asking import Question, ask, group_names
from koopkracht.web.market.enterprise_forms import (
    ContactLogForm,
    EnterpriseForm,
    PioneerForm,
    RatingForm,
    ReferenceForm,
    TurnoverForm,
    initial_of,
)
from koopkracht.web.market.words import kbo, source_name
from koopkracht.web.ui.page import Request, page, render


def is_old(day: dt.date) -> bool:
    """Tell whether an entry of this day must be checked again."""
    return day < months_after(clock.today(), -directory.settings().entry_months)


@require_GET
@page("market.view")
def enterprise(request: Request, supplier_id: int) -> HttpResponse:
    """Show what is known of a social enterprise: offer, track record, references and experiences."""
    found = market.supplier(actor=request.actor, supplier_id=supplier_id)
    if found.supplier.canonical_id != supplier_id:
        return redirect("enterprise", supplier_id=found.supplier.canonical_id)
    organisation_id, names = request.actor.organisation_id, group_names()
    extras = directory.extras(organisation_id=organisation_id, supplier_id=supplier_id)
    together = (supplier_id, *(one.id for one in found.merged))
    entry = found.entry
    context = {
        "one": found.supplier,
        "kbo": kbo(found.supplier.kbo),
        "entry": entry,
        "source": source_name(entry.source) if entry else "",
        "old": bool(entry and is_old(entry.source_date)),
        "months": directory.settings().entry_months,
        "offers": [(code, names.get(code, code)) for code in entry.product_groups] if entry else [],
        "recognitions": _recognitions(entry),
        "profile": extras.profile,
        **_lines(extras, names),
        "contacts": [
            {
                "held_on": one.held_on,
                "form": dialogues.FORM_LABELS[one.form],
                "who": one.contact_function,
                "content": one.content,
                "follow_up": one.follow_up,
            }
            for one in dialogues.contacts_of(organisation_id=organisation_id, supplier_id=supplier_id)
        ],
        "contracts": _contracts(organisation_id, together),
        "spending": spend_rows(monitoring.supplier_page(organisation_id=organisation_id, supplier_id=supplier_id).years)
        if request.actor.may("spend.view")
        else [],
    }
    return render(request, "market/enterprise.html", context)


def _recognitions(entry: SocialEnterpriseView | None) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {
            "kind": market.RECOGNITION_LABELS[item.kind],
            "from": item.valid_from,
            "until": item.valid_until,
            "now": _("ja") if item.holds_on(today) else _("nee"),
        }
        for item in (entry.recognitions if entry else ())
    ]


def _lines(extras: EnterpriseExtras, names: dict[str, str]) -> dict[str, Any]:
    domains = directory.settings().domains
    return {
        "references": [
            {
                "id": one.id,
                "client": one.client,
                "subject": one.subject,
                "form": directory.FORM_LABELS[one.form],
                "from": one.valid_from,
                "until": one.valid_until,
                "source": one.source,
            }
            for one in extras.references
        ],
        "turnover": [
            {
                "id": one.id,
                "client": directory.CLIENT_LABELS[one.client],
                "share": one.share,
                "source": one.source,
                "as_of": one.as_of,
            }
            for one in extras.turnover
        ],
        "ratings": [
            {
                "id": one.id,
                "group": names.get(one.product_group, _("algemeen")),
                "price": one.price,
                "quality": one.quality,
                "remark": one.remark,
                "department": one.department,
                "rated_on": one.rated_on,
                "shared": _("ja") if one.shared else _("nee"),
            }
            for one in extras.ratings
        ],
        "pioneer": [(one, domains.get(one.domain, one.domain)) for one in extras.pioneer],
    }


def _contracts(organisation_id: int, together: tuple[int, ...]) -> list[dict[str, Any]]:
    rows = contracts.contracts_of_supplier(organisation_id=organisation_id, supplier_ids=together)
    return [
        {
            "title": row.title,
            "buyer": row.buyer_name,
            "date": row.conclusion_date,
            "end": row.end_date,
            "form": _("Raamovereenkomst") if row.is_framework else _("Opdracht"),
            "value": row.value if row.currency in {"", "EUR"} else None,
        }
        for row in rows
    ]


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add(request: Request) -> HttpResponse:
    """Add a social enterprise by hand."""
    form = EnterpriseForm(request.POST or None)
    question = Question(
        title=_("Sociale onderneming toevoegen"),
        intro=_("Enkel de naam, de bron en de datum zijn nodig. De rest kunt u later aanvullen."),
        back=reverse("social-enterprises"),
        said=_("De onderneming staat in het register."),
        submit=_("Voeg toe"),
        crumbs=[(_("Sociale ondernemingen"), reverse("social-enterprises"))],
        template="market/enterprise_edit.html",
    )

    def save() -> str:
        made = directory.put_enterprise(actor=request.actor, edit=form.edit())
        return reverse("enterprise", kwargs={"supplier_id": made})

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def edit(request: Request, supplier_id: int) -> HttpResponse:
    """Change what is known of a social enterprise."""
    found = market.supplier(actor=request.actor, supplier_id=supplier_id)
    extras = directory.extras(organisation_id=request.actor.organisation_id, supplier_id=supplier_id)
    form = EnterpriseForm(request.POST or None, initial=initial_of(found.entry, extras), named=False)
    question = _question(request, supplier_id, _("Fiche bijwerken"), _("De fiche is bijgewerkt."), submit=_("Bewaar"))
    question = Question(
        title=question.title,
        intro=_("Vermeld waar u de gegevens vandaan hebt. Zo weet iedereen hoe recent en hoe zeker ze zijn."),
        back=question.back,
        said=question.said,
        submit=question.submit,
        crumbs=question.crumbs,
        template="market/enterprise_edit.html",
    )

    def save() -> None:
        directory.put_enterprise(actor=request.actor, edit=form.edit(found.supplier.name), supplier_id=supplier_id)

    return ask(request, form, question, save)


def _question(
    request: Request, supplier_id: int, title: str, said: str, *, intro: str = "", submit: str = ""
) -> Question:
    """Return what stands around a form about one enterprise. Raises ``SupplierNotFound``."""
    one = market.supplier(actor=request.actor, supplier_id=supplier_id).supplier
    back = reverse("enterprise", kwargs={"supplier_id": supplier_id})
    crumbs = [(_("Sociale ondernemingen"), reverse("social-enterprises")), (one.name, back)]
    return Question(title=title, intro=intro or one.name, back=back, said=said, submit=submit, crumbs=crumbs)


def _addition(request: Request, question: Question, form: forms.Form, store: Callable[[], object]) -> HttpResponse:
    def save() -> None:
        store()

    return ask(request, form, question, save)


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_reference(request: Request, supplier_id: int) -> HttpResponse:
    """Add a contract as reference."""
    question = _question(request, supplier_id, _("Referentie toevoegen"), _("De referentie staat op de fiche."))
    form = ReferenceForm(request.POST or None)
    where: dict[str, Any] = {"actor": request.actor, "supplier_id": supplier_id}
    return _addition(request, question, form, lambda: directory.add_reference(**where, reference=form.reference()))


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_turnover(request: Request, supplier_id: int) -> HttpResponse:
    """Add a stated share of the turnover."""
    question = _question(
        request,
        supplier_id,
        _("Omzetaandeel toevoegen"),
        _("Het omzetaandeel staat op de fiche."),
        intro=_("Welk deel van hun omzet komt van deze klanten? Vraag het aan de onderneming zelf."),
    )
    form = TurnoverForm(request.POST or None)
    where: dict[str, Any] = {"actor": request.actor, "supplier_id": supplier_id}
    return _addition(request, question, form, lambda: directory.put_turnover(**where, turnover=form.turnover()))


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_rating(request: Request, supplier_id: int) -> HttpResponse:
    """Add how a department experienced price and quality."""
    question = _question(
        request,
        supplier_id,
        _("Ervaring toevoegen"),
        _("De ervaring staat op de fiche."),
        intro=_("Echte ervaringen helpen collega's beter dan vermoedens over prijs of kwaliteit."),
    )
    form = RatingForm(request.POST or None)
    where: dict[str, Any] = {"actor": request.actor, "supplier_id": supplier_id}
    return _addition(request, question, form, lambda: directory.rate(**where, rating=form.rating()))


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_pioneer(request: Request, supplier_id: int) -> HttpResponse:
    """Note that a supplier is ahead in a domain."""
    question = _question(request, supplier_id, _("Als pionier noteren"), _("Dit staat nu op de lijst van pioniers."))
    form = PioneerForm(request.POST or None)
    where: dict[str, Any] = {"actor": request.actor, "supplier_id": supplier_id}
    return _addition(request, question, form, lambda: directory.tag_pioneer(**where, pioneer=form.pioneer()))


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_contact(request: Request, supplier_id: int) -> HttpResponse:
    """Log a contact with an enterprise."""
    question = _question(request, supplier_id, _("Contact noteren"), _("Het contact staat op de fiche."))
    form = ContactLogForm(request.POST or None, named=False)
    return _addition(
        request,
        question,
        form,
        lambda: dialogues.log_contact(actor=request.actor, contact=form.contact(supplier_id)),
    )


@require_POST
@page("market.edit")
def remove(request: Request, supplier_id: int) -> HttpResponse:
    """Take a line off the page."""
    market.supplier(actor=request.actor, supplier_id=supplier_id)
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    if kind not in set(Item) or not key.isdecimal() or len(key) > 18:
        raise Rejected(_("Kies een lijn om te verwijderen."), code="market-item-unknown")
    directory.remove_item(actor=request.actor, supplier_id=supplier_id, item=Item(kind), key=int(key))
    messages.success(request, _("De lijn is verwijderd."))
    return redirect("enterprise", supplier_id=supplier_id)


@require_GET
@page("market.view")
def pioneers(request: Request) -> HttpResponse:
    """Show the suppliers that are ahead of their market, by domain."""
    domains = directory.settings().domains
    domain = request.GET.get("domein", "")
    found = directory.pioneers(
        organisation_id=request.actor.organisation_id, domain=domain if domain in domains else ""
    )
    rows = [
        {
            "name": one.supplier,
            "href": reverse("enterprise", kwargs={"supplier_id": one.supplier_id}),
            "domain": domains.get(one.domain, one.domain),
            "evidence": one.evidence,
            "source": one.source,
            "as_of": one.as_of,
        }
        for one in found
    ]
    context = {"rows": rows, "domains": list(domains.items()), "domain": domain}
    return render(request, "market/pioneers.html", context)


@require_GET
@page("market.view")
def experiences(request: Request) -> HttpResponse:
    """Show the good experiences that may be shared, and the enterprises that we recommend."""
    organisation_id, names = request.actor.organisation_id, group_names()
    promoted = market.suppliers_by_ids(
        organisation_id=organisation_id, supplier_ids=directory.promoted(organisation_id=organisation_id)
    )
    context = {
        "ratings": [
            {
                "name": one.supplier,
                "href": reverse("enterprise", kwargs={"supplier_id": one.supplier_id}),
                "group": names.get(one.product_group, ""),
                "price": one.price,
                "quality": one.quality,
                "remark": one.remark,
                "department": one.department,
                "rated_on": one.rated_on,
            }
            for one in directory.shared_ratings(organisation_id=organisation_id)
        ],
        "promoted": [
            {
                "name": one.name,
                "href": reverse("enterprise", kwargs={"supplier_id": one.id}),
                "municipality": one.municipality,
            }
            for one in sorted(promoted.values(), key=lambda one: one.name)
        ],
    }
    return render(request, "market/experiences.html", context)
