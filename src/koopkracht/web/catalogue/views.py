"""The tree of product groups: what a town buys, and where the social economy has room."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import CpvTableMissing
from koopkracht.catalogue.types import ProductGroup, ProductGroupType, SocialPotential
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SocialEnterpriseView
from koopkracht.web.ui.page import Request, page, render


def type_name(kind: ProductGroupType) -> str:
    """Name what is bought."""
    names = {
        ProductGroupType.SUPPLY: _("Levering"),
        ProductGroupType.SERVICE: _("Dienst"),
        ProductGroupType.WORK: _("Werk"),
    }
    return names[kind]


def potential_name(potential: SocialPotential) -> str:
    """Name how much room the social economy has."""
    names = {
        SocialPotential.HIGH: _("Veel kansen"),
        SocialPotential.MIDDLE: _("Enkele kansen"),
        SocialPotential.LOW: _("Weinig kansen"),
    }
    return names[potential]


@require_GET
@page("catalogue.view")
def tree(request: Request) -> HttpResponse:
    """Show all product groups by segment, or those that words or a CPV code find."""
    words = request.GET.get("zoek", "").strip()[:100]
    potential = request.GET.get("kansen", "")
    found = catalogue.search_product_groups(words=words, limit=50) if words else catalogue.product_groups()
    if potential in set(SocialPotential):
        found = tuple(group for group in found if group.social_potential == potential)
    offers = market.social_enterprise_counts(organisation_id=request.actor.organisation_id)
    segments: dict[str, dict[str, Any]] = {}
    for group in found:
        part = segments.setdefault(group.segment.code, {"segment": group.segment, "rows": []})
        part["rows"].append(_row(group, offers.get(group.code, 0)))
    context = {
        "segments": list(segments.values()),
        "words": words,
        "potential": potential,
        "potentials": [(item.value, potential_name(item)) for item in SocialPotential],
        "number": len(found),
    }
    return render(request, "catalogue/product_groups.html", context)


def _row(group: ProductGroup, enterprises: int) -> dict[str, Any]:
    return {
        "code": group.code,
        "name": group.name,
        "href": reverse("product-group", kwargs={"code": group.code}),
        "description": group.description,
        "type": type_name(group.type),
        "potential": potential_name(group.social_potential),
        "enterprises": enterprises,
    }


@require_GET
@page("catalogue.view")
def group(request: Request, code: str) -> HttpResponse:
    """Show one product group: what it covers, what its chances are, and who could deliver."""
    found = catalogue.product_group(code=code)
    organisation_id = request.actor.organisation_id
    context = {
        "group": found,
        "type": type_name(found.type),
        "potential": potential_name(found.social_potential),
        "cpv": [{"code": prefix.ljust(8, "0"), "name": _cpv_name(prefix)} for prefix in found.cpv],
        "enterprises": [
            _enterprise(view)
            for view in market.social_enterprises_offering(organisation_id=organisation_id, product_group=code)
        ],
    }
    return render(request, "catalogue/product_group.html", context)


def _enterprise(view: SocialEnterpriseView) -> dict[str, Any]:
    return {
        "name": view.name,
        "href": reverse("enterprise", kwargs={"supplier_id": view.supplier_id}),
        "activities": view.activities,
        "region": view.region,
        "source": view.source,
        "source_date": view.source_date,
    }


def _cpv_name(prefix: str) -> str:
    try:
        found = catalogue.cpv(code=prefix.ljust(8, "0"))
    except CpvTableMissing:
        return _("De lijst met CPV-codes is nog niet opgebouwd.")
    return found.nl if found else ""
