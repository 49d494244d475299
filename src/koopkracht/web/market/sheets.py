"""Market sheets: the landing page of the market, the list of sheets, and one sheet with its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.types import ProductGroup, SocialPotential
from koopkracht.documents import api as documents
from koopkracht.market.api import dialogues, directory, sheets, surveys
from koopkracht.market.errors import MarketRowNotFound
from koopkracht.market.types.sheets import Sheet, SheetRow, SheetState
from koopkracht.shared import clock
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.shared.periods import months_after
from koopkracht.strategy import api as strategy
from koopkracht.strategy.types.plan import PlannedPurchaseView
from koopkracht.web.catalogue.views import potential_name
from koopkracht.web.market.asking import Question, ask, group_names
from koopkracht.web.market.sheet_forms import ConclusionForm, SheetForm, WithdrawForm
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.navigation import address
from koopkracht.web.ui.page import Request, page, render

STATES = {
    SheetState.EMPTY: gettext_lazy("Leeg"),
    SheetState.FILLED: gettext_lazy("Ingevuld"),
    SheetState.OUT_OF_DATE: gettext_lazy("Verouderd"),
}
STATE_KINDS = {SheetState.EMPTY: "default", SheetState.FILLED: "success", SheetState.OUT_OF_DATE: "warning"}
AHEAD_MONTHS = 24
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SHEETS = Listing(
    name="marktfiches",
    caption=gettext_lazy("Marktfiches"),
    columns=(
        Column("name", gettext_lazy("Productgroep"), href=link_to("market-sheet", code="code"), sort=True),
        Column("segment", gettext_lazy("Segment"), sort=True),
        Column("potential", gettext_lazy("Sociale economie")),
        Column("state", gettext_lazy("Marktfiche")),
        Column("answered", gettext_lazy("Vragen beantwoord"), format="number", sort=True),
        Column("as_of", gettext_lazy("Jongste informatie"), format="date_short", sort=True),
        Column("supply", gettext_lazy("Geschikte ondernemingen"), format="number", sort=True),
    ),
    filters=(
        Filter("state", gettext_lazy("Marktfiche"), options=list(STATES.items())),
        Filter(
            "potential",
            gettext_lazy("Kansen"),
            options=[(item.value, potential_name(item)) for item in SocialPotential],
        ),
    ),
    sort="name",
    search=gettext_lazy("Zoek een productgroep"),
    empty_title=gettext_lazy("Niets gevonden"),
    empty_text=gettext_lazy("Kies een andere filter of zoek met een ander woord."),
)


@require_GET
@page("market.view")
def overview(request: Request) -> HttpResponse:
    """Show where the market work stands and what the next step is."""
    organisation_id = request.actor.organisation_id
    today, names = clock.today(), group_names()
    kept = sheets.sheets(organisation_id=organisation_id)
    supply = directory.supply_by_group(organisation_id=organisation_id)
    talked = dialogues.talked_about(organisation_id=organisation_id)
    ahead = strategy.planned_between(
        organisation_id=organisation_id, start=today, end=months_after(today, AHEAD_MONTHS)
    )
    coming = [_coming(one, kept, supply, talked, names) for one in ahead if one.product_group in names]
    open_surveys = surveys.list_surveys(actor=request.actor, query=ListQuery(filters={"state": "open"}))
    states = [row.state for row in kept.values()]
    context = {
        "coming": coming,
        "without": [row for row in coming if row["todo"]],
        "suggested": [row for row in coming if row["suggest"]],
        "filled": states.count(SheetState.FILLED),
        "old": states.count(SheetState.OUT_OF_DATE),
        "minimum": directory.settings().minimum_enterprises,
        "covered": sum(1 for number in supply.values() if number >= directory.settings().minimum_enterprises),
        "planned": [
            {
                "date": one.plan.date,
                "title": one.plan.title,
                "href": reverse("dialogue", kwargs={"dialogue_id": one.id}),
                "kind": dialogues.KIND_LABELS[one.plan.kind],
                "late": one.plan.date < today,
            }
            for one in dialogues.planned(organisation_id=organisation_id)
        ],
        "surveys": len(open_surveys.rows),
        "surveys_href": address("surveys"),
        "unshared": sum(
            1 for one in dialogues.information(organisation_id=organisation_id) if one.published_on is None
        ),
        "months": AHEAD_MONTHS,
    }
    return render(request, "market/market.html", context)


def _coming(
    one: PlannedPurchaseView,
    kept: Mapping[str, SheetRow],
    supply: Mapping[str, int],
    talked: frozenset[str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    code = one.product_group
    state = kept[code].state if code in kept else SheetState.EMPTY
    return {
        "title": one.title,
        "purchase": reverse("planned-purchase", kwargs={"purchase_id": one.id}),
        "group": names[code],
        "code": code,
        "sheet": reverse("market-sheet", kwargs={"code": code}),
        "match": reverse("market-match", kwargs={"code": code}),
        "start": one.start,
        "state": STATES[state],
        "todo": state is not SheetState.FILLED,
        "supply": supply.get(code, 0),
        "suggest": dialogues.advises_dialogue(product_group=code, amount=one.amount, talked=talked),
        "plan": f"{reverse('dialogue-add')}?groep={code}&aankoop={one.id}",
    }


@require_GET
@page("market.view")
def listing(request: Request) -> HttpResponseBase:
    """List the market sheets of all product groups."""
    organisation_id = request.actor.organisation_id
    kept = sheets.sheets(organisation_id=organisation_id)
    supply = directory.supply_by_group(organisation_id=organisation_id)

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        found = (
            catalogue.search_product_groups(words=query.search, limit=500)
            if query.search
            else catalogue.product_groups()
        )
        rows = [_sheet_row(group, kept.get(group.code), supply.get(group.code, 0)) for group in found]
        rows = [row for row in rows if all(row[f"{key}_code"] == value for key, value in query.filters.items())]
        rows.sort(key=lambda row: _order(row[query.sort]), reverse=query.descending)
        return Slice(rows, total=len(rows))

    return SHEETS.respond(request, fetch, "market/sheets.html")


def _order(value: Any) -> tuple[bool, Any]:
    return (value is None, value if value is not None else 0)


def _sheet_row(group: ProductGroup, row: SheetRow | None, supply: int) -> dict[str, Any]:
    state = row.state if row else SheetState.EMPTY
    return {
        "code": group.code,
        "name": group.name,
        "segment": group.segment.name,
        "potential": potential_name(group.social_potential),
        "potential_code": group.social_potential.value,
        "state": STATES[state],
        "state_code": state.value,
        "answered": row.answered if row else 0,
        "as_of": row.as_of if row else None,
        "supply": supply,
    }


def _view(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as its page and its paper show it."""
    content = sheets.sheet_form()
    return {
        "answers": [
            (question.text, answer.text, answer.source, answer.as_of) if answer else (question.text, "", "", None)
            for question, answer in ((one, sheet.answers.get(one.code)) for one in content.questions)
        ],
        "profile": [
            (field.label, dict(field.options).get(value, value))
            for field, value in ((one, sheet.profile.get(one.code, "")) for one in content.fields)
        ],
    }


@require_GET
@page("market.view")
def sheet(request: Request, code: str, version: int | None = None) -> HttpResponse:
    """Show the market sheet of a product group, the current version or an older one."""
    group = catalogue.product_group(code=code)
    organisation_id = request.actor.organisation_id
    found = sheets.sheet(organisation_id=organisation_id, product_group=code, version=version)
    supply = directory.supply(organisation_id=organisation_id, product_group=code)
    adopted = {one.origin for one in found.conclusions if one.withdrawn_on is None}
    context = {
        "group": group,
        "sheet": found,
        "state": STATES[found.state],
        "state_kind": STATE_KINDS[found.state],
        "older": version is not None and version != found.latest,
        "months": sheets.settings().sheet_months,
        "supply": supply,
        **_view(found),
        "warnings": sheets.sheet_form().warnings,
        "in_force": [one for one in found.conclusions if one.withdrawn_on is None],
        "withdrawn": [one for one in found.conclusions if one.withdrawn_on is not None],
        "offered": [
            one
            for one in sheets.sheet_form().conclusions
            if one.code not in adopted and (not one.product_groups or group.segment.code in one.product_groups)
        ],
        "versions": sheets.versions(organisation_id=organisation_id, product_group=code),
        "talks": [
            (one, dialogues.KIND_LABELS[one.plan.kind], dialogues.STATE_LABELS[one.state])
            for one in dialogues.dialogues_of(organisation_id=organisation_id, product_group=code)
        ],
        "surveys": surveys.findings(actor=request.actor, product_group=code),
    }
    return render(request, "market/sheet.html", context)


def _crumbs(group: ProductGroup) -> list[tuple[str, str]]:
    here = reverse("market-sheet", kwargs={"code": group.code})
    return [(_("Marktfiches"), reverse("market-sheets")), (group.name, here)]


@require_http_methods(["GET", "POST"])
@page("market.edit")
def edit(request: Request, code: str) -> HttpResponse:
    """Fill in the market sheet: every save is a new version."""
    group = catalogue.product_group(code=code)
    found = sheets.sheet(organisation_id=request.actor.organisation_id, product_group=code)
    form = SheetForm(request.POST or None, sheet=found)
    question = Question(
        title=_("Marktfiche invullen"),
        intro=_("Vul in wat u weet. Een vraag zonder antwoord mag leeg blijven. Elke keer bewaren maakt een versie."),
        back=reverse("market-sheet", kwargs={"code": code}),
        said=_("De marktfiche is bewaard."),
        submit=_("Bewaar als nieuwe versie"),
        crumbs=_crumbs(group),
        template="market/sheet_edit.html",
    )

    def save() -> None:
        sheets.save_sheet(actor=request.actor, product_group=code, sheet=form.sheet())

    return ask(request, form, question, save)


@require_GET
@page("market.view")
def paper(request: Request, code: str) -> HttpResponse:
    """Give the market sheet as a Word document."""
    group = catalogue.product_group(code=code)
    organisation_id = request.actor.organisation_id
    found = sheets.sheet(organisation_id=organisation_id, product_group=code)
    shown = _view(found)
    result = found.readiness_result
    made = documents.paper(
        template="market-sheet",
        title=_("Marktfiche %(name)s") % {"name": group.name},
        values={
            "organisation": accounts.organisation(organisation_id=organisation_id).name,
            "group": group.name,
            "version": found.version,
            "state": str(STATES[found.state]),
            "as_of": found.as_of,
            "suitable": directory.supply(organisation_id=organisation_id, product_group=code).suitable,
            "answers": [
                {"question": text, "answer": answer, "source": source, "as_of": day}
                for text, answer, source, day in shown["answers"]
            ],
            "profile": [{"label": label, "value": value} for label, value in shown["profile"]],
            "findings": found.findings,
            "level": result.level,
            "score": result.score,
            "advice": result.advice,
            "conclusions": [
                {"text": one.text, "source": one.source, "as_of": one.as_of}
                for one in found.conclusions
                if one.withdrawn_on is None
            ],
        },
    )
    answer = HttpResponse(documents.paper_docx(made), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="marktfiche-{group.code.lower()}.docx"'
    return answer


@require_http_methods(["GET", "POST"])
@page("market.edit")
def add_conclusion(request: Request, code: str) -> HttpResponse:
    """Record a conclusion of one's own."""
    group = catalogue.product_group(code=code)
    form = ConclusionForm(request.POST or None)
    question = Question(
        title=_("Besluit toevoegen"),
        intro=_("Een besluit krijgt een plaats in de fiche. Latere keuzes over percelen of criteria verwijzen ernaar."),
        back=reverse("market-sheet", kwargs={"code": code}) + "#besluiten",
        said=_("Het besluit is vastgelegd."),
        submit=_("Leg vast"),
        crumbs=_crumbs(group),
    )

    def save() -> None:
        sheets.add_conclusion(actor=request.actor, product_group=code, **form.cleaned_data)

    return ask(request, form, question, save)


@require_POST
@page("market.edit")
def adopt(request: Request, code: str) -> HttpResponse:
    """Take over a conclusion of earlier market research."""
    catalogue.product_group(code=code)
    sheets.adopt_conclusion(actor=request.actor, product_group=code, origin=request.POST.get("origin", ""))
    messages.success(request, _("Het besluit is overgenomen."))
    return redirect(reverse("market-sheet", kwargs={"code": code}) + "#besluiten")


@require_POST
@page("market.edit")
def from_survey(request: Request, code: str) -> HttpResponse:
    """Copy what a finished survey taught to the findings of the sheet."""
    catalogue.product_group(code=code)
    wanted = request.POST.get("survey", "")
    found = surveys.findings(actor=request.actor, product_group=code)
    chosen = next((one for one in found if str(one.survey_id) == wanted), None)
    if chosen is None:
        raise Rejected(_("Kies een bevraging die afgerond is."), code="market-survey-unknown")
    sheets.add_findings(
        actor=request.actor,
        product_group=code,
        findings=chosen.summary,
        source=chosen.title,
        as_of=chosen.finished_on,
    )
    messages.success(request, _("De bevindingen van de bevraging staan in de marktfiche."))
    return redirect(reverse("market-sheet", kwargs={"code": code}) + "#bevindingen")


@require_http_methods(["GET", "POST"])
@page("market.edit")
def withdraw(request: Request, conclusion_id: int) -> HttpResponse:
    """Withdraw a conclusion with a reason."""
    organisation_id = request.actor.organisation_id
    found = sheets.conclusions_by_ids(organisation_id=organisation_id, conclusion_ids=[conclusion_id])
    if conclusion_id not in found:
        raise MarketRowNotFound(conclusion_id)
    group = catalogue.product_group(code=found[conclusion_id].product_group)
    form = WithdrawForm(request.POST or None)
    question = Question(
        title=_("Besluit intrekken"),
        intro=found[conclusion_id].text,
        back=reverse("market-sheet", kwargs={"code": group.code}) + "#besluiten",
        said=_("Het besluit is ingetrokken. Wie er vroeger naar verwees, kan het nog lezen."),
        submit=_("Trek in"),
        crumbs=_crumbs(group),
    )

    def save() -> None:
        sheets.withdraw_conclusion(actor=request.actor, conclusion_id=conclusion_id, reason=form.cleaned_data["reason"])

    return ask(request, form, question, save)
