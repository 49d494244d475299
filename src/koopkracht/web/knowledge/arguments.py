"""The argument pack: facts, strengths and the organisation's own figures, on the screen and on paper."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from markupsafe import Markup

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.documents import api as documents
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.web.diagnosis.figures import FORMATS
from koopkracht.web.home.state import standings
from koopkracht.web.ui import formats
from koopkracht.web.ui.downloads import paper_download
from koopkracht.web.ui.page import Request, page, render

FIGURES = ("spend-total", "spend-per-inhabitant", "social-share", "sme-share")
CHANCES_SHOWN = 5


@cache
def content() -> dict[str, Any]:
    """Return the facts and strengths from ``content/arguments``."""
    text = resources.files("koopkracht").joinpath("content", "arguments", "arguments.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@require_GET
@page("strategy.view")
def arguments(request: Request) -> HttpResponse:
    """Show the pack as it will be on paper."""
    # The fragment is safe HTML: what people typed has become text in it.
    paper = _paper(request.actor)
    return render(request, "knowledge/arguments.html", {"paper": Markup(documents.paper_fragment(paper))})  # noqa: S704 - as said above


@require_GET
@page("strategy.view")
def arguments_file(request: Request, suffix: str) -> HttpResponse:
    """Give the pack as Word or PDF."""
    return paper_download(_paper(request.actor), suffix=suffix)


def _paper(actor: Actor) -> documents.Paper:
    organisation = accounts.organisation(organisation_id=actor.organisation_id).name
    figures, year, source = _figures(actor)
    values = {
        "organisation": organisation,
        "made_on": clock.today(),
        "year": year,
        "figures": figures,
        "figures_source": source,
        "chances": _chances(actor) if actor.may("spend.view") else [],
        "targets": [{"name": row.name, "actual": row.actual, "target": row.target} for row in standings(actor)],
        "levers": content()["levers"],
        "strengths": content()["strengths"],
    }
    return documents.paper(template="argument-pack", values=values, author=organisation, date=clock.today())


def _figures(actor: Actor) -> tuple[list[dict[str, str]], int, str]:
    """Return the own key figures, their year and where they come from; nothing before the first file."""
    if not actor.may("spend.view"):
        return [], 0, ""
    overview = monitoring.overview(organisation_id=actor.organisation_id)
    if overview.figures is None:
        return [], 0, ""
    known = monitoring.kpi_values(overview=overview)
    found = [known[code] for code in FIGURES if code in known]
    rows = [
        {
            "label": one.definition.name,
            "value": str(formats.FORMATS[FORMATS[one.definition.unit]](one.value)),
            "definition": one.definition.definition,
        }
        for one in found
    ]
    return rows, overview.year, _("Uitgaven van %(year)s, ingeladen in Koopkracht") % {"year": overview.year}


def _chances(actor: Actor) -> list[dict[str, str]]:
    _year, _years, found = monitoring.opportunities(organisation_id=actor.organisation_id)
    names = {group.code: group.name for group in catalogue.product_groups()}
    return [
        {
            "name": names.get(one.product_group, one.product_group),
            "amount": formats.euro_round(one.amount),
            "social": formats.percent(one.social.ratio) if one.social.ratio is not None else formats.unknown(),
            "candidates": ngettext(
                "%(n)s sociale onderneming biedt dit aan.",
                "%(n)s sociale ondernemingen bieden dit aan.",
                one.candidates,
            )
            % {"n": one.candidates},
        }
        for one in found[:CHANCES_SHOWN]
    ]
