"""Who can do this? Social enterprises for a product group, with the reasons."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from koopkracht.catalogue import api as catalogue
from koopkracht.market import api as market
from koopkracht.market.api import directory
from koopkracht.market.types.directory import Fit, FitReason, Match
from koopkracht.web.market.enterprises import is_old
from koopkracht.web.market.words import source_name
from koopkracht.web.ui.page import Request, page, render

SHOWN = 50


def why(reason: FitReason) -> str:
    """Say a reason in words."""
    sentences = {
        Fit.OFFERS: _("biedt deze productgroep zelf aan"),
        Fit.CPV: _("heeft een CPV-code van deze groep (%(detail)s)"),
        Fit.CPV_ABOVE: _("heeft een ruimere CPV-code (%(detail)s)"),
        Fit.CPV_NEAR: _("heeft een verwante CPV-code (%(detail)s)"),
        Fit.WORDS: _("noemt bij de activiteiten: %(detail)s"),
        Fit.NEAR: _("werkt in de buurt (%(detail)s)"),
        Fit.RECOGNISED: _("is vandaag erkend"),
        Fit.CAPACITY: ngettext(
            "heeft %(detail)s doelgroepmedewerker", "heeft %(detail)s doelgroepmedewerkers", _whole(reason.detail)
        ),
        Fit.TRACK_RECORD: ngettext(
            "heeft %(detail)s referentie of goede ervaring",
            "heeft %(detail)s referenties of goede ervaringen",
            _whole(reason.detail),
        ),
    }
    return str(sentences[reason.fit]) % {"detail": reason.detail}


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


@require_GET
@page("market.view")
def match(request: Request, code: str) -> HttpResponse:
    """Show who could do this, best first, and whether the region has enough of them."""
    group = catalogue.product_group(code=code)
    organisation_id = request.actor.organisation_id
    region = request.GET.get("werkgebied", "").strip()[:120]
    found, supply = directory.match_with_supply(organisation_id=organisation_id, product_group=code, region=region)
    capacity = directory.capacity_by_group(organisation_id=organisation_id).get(code)
    context = {
        "group": group,
        "supply": supply,
        "capacity": capacity,
        "hours": directory.settings().hours_per_person,
        "rows": [_row(one) for one in found[:SHOWN]],
        "more": max(0, len(found) - SHOWN),
        "region": region,
        "regions": market.regions(organisation_id=organisation_id),
    }
    return render(request, "market/match.html", context)


def _row(one: Match) -> dict[str, Any]:
    return {
        "name": one.name,
        "href": reverse("enterprise", kwargs={"supplier_id": one.supplier_id}),
        "place": one.municipality or one.region,
        "reasons": [(why(reason), reason.points) for reason in one.reasons],
        "score": one.score,
        "suitable": one.suitable,
        "capacity": one.capacity,
        "source": source_name(one.source),
        "date": one.source_date,
        "old": is_old(one.source_date),
    }
