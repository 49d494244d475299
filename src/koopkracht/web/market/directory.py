"""The directory of social enterprises."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from koopkracht.catalogue import api as catalogue
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SocialEnterpriseView
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.web.market.enterprises import is_old
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from koopkracht.web.ui.page import Request, page


def _groups() -> list[tuple[Any, Any]]:
    return [(group.code, group.name) for group in catalogue.product_groups()]


def _listing(organisation_id: int) -> Listing:
    regions = [(name, name) for name in market.regions(organisation_id=organisation_id)]
    kinds = [(kind.value, label) for kind, label in market.RECOGNITION_LABELS.items()]
    return Listing(
        name="sociale-ondernemingen",
        caption=gettext_lazy("Sociale ondernemingen"),
        columns=(
            Column("name", gettext_lazy("Naam"), href=link_to("enterprise", supplier_id="supplier_id"), sort=True),
            Column("recognitions", gettext_lazy("Erkenning")),
            Column("activities", gettext_lazy("Wat ze doen")),
            Column("region", gettext_lazy("Werkgebied"), sort=True),
            Column("capacity", gettext_lazy("Doelgroepmedewerkers"), format="number"),
            Column("source", gettext_lazy("Bron")),
            Column("date", gettext_lazy("Datum bron"), format="date_short", sort=True),
            Column("check", gettext_lazy("Fiche")),
            Column("groups", gettext_lazy("Productgroepen"), export_only=True),
            Column("website", gettext_lazy("Website"), export_only=True),
        ),
        filters=(
            Filter("product_group", gettext_lazy("Productgroep"), options=_groups),
            Filter("region", gettext_lazy("Werkgebied"), options=regions),
            Filter("kind", gettext_lazy("Erkenning"), options=kinds),
        ),
        sort="name",
        search=gettext_lazy("Zoek op naam of activiteit"),
        empty_title=gettext_lazy("Nog geen sociale ondernemingen"),
        empty_text=gettext_lazy("Laad een lijst in, bijvoorbeeld die van de sector of van uw streek."),
    )


@require_GET
@page("supplier.view")
def directory(request: Request) -> HttpResponseBase:
    """Show the directory, searched by words, region, recognition and offer."""

    def fetch(query: ListQuery) -> Slice[dict[str, Any]]:
        return market.list_social_enterprises(actor=request.actor, query=query).map(_row)

    return _listing(request.actor.organisation_id).respond(request, fetch, "market/directory.html")


def _row(view: SocialEnterpriseView) -> dict[str, Any]:
    return {
        "supplier_id": view.supplier_id,
        "name": view.name,
        "recognitions": ", ".join(str(market.RECOGNITION_LABELS[item.kind]) for item in view.recognitions),
        "activities": view.activities,
        "region": view.region,
        "capacity": view.capacity,
        "source": view.source,
        "date": view.source_date,
        "check": gettext("Na te kijken") if is_old(view.source_date) else gettext("Recent"),
        "groups": ", ".join(view.product_groups),
        "website": view.website,
    }
