"""How codes of the market are written on the screen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierView


def kbo(number: str) -> str:
    """Write an enterprise number with its dots."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if len(number) == 10 else number


def source_name(source: str) -> str:
    """Name the kind of file that something comes from."""
    names = {
        "spend": _("uitgaven"),
        "eforms": _("aankondigingen"),
        "ted": _("aankondigingen (oud formaat)"),
        "ubl": _("facturen"),
        "ocds": _("open contracting-gegevens"),
        "social-economy": _("lijst van sociale ondernemingen"),
    }
    return names.get(source, source)


def alias_scheme(scheme: str) -> str:
    """Name what an alias is."""
    names = {
        "name": _("Naam"),
        "external": _("Leveranciersnummer"),
        "unverified": _("Nummer dat niet klopt"),
    }
    return names.get(scheme, scheme)


def reason(code: str) -> str:
    """Say why two suppliers may be one."""
    sentences = {
        "same-name": _("De namen zijn gelijk."),
        "similar-name": _("De namen lijken sterk op elkaar."),
        "same-postal-code": _("Ze hebben dezelfde postcode."),
        "same-number": _("Ze gebruiken hetzelfde nummer, dat niet klopt."),
        "same-kbo": _("Ze hebben hetzelfde ondernemingsnummer."),
        "by-hand": _("Een collega koos ze zelf."),
    }
    return sentences.get(code, code)


def comparison(left: SupplierView, right: SupplierView) -> list[dict[str, str]]:
    """Return what to compare of two suppliers, line by line."""

    def line(label: str, first: object, second: object) -> dict[str, str]:
        return {"label": label, "left": str(first or "–"), "right": str(second or "–")}

    return [
        line(_("Naam"), left.name, right.name),
        line(_("Ondernemingsnummer"), kbo(left.kbo), kbo(right.kbo)),
        line(_("Soort"), market.KIND_LABELS[left.kind], market.KIND_LABELS[right.kind]),
        line(_("Gemeente"), left.municipality, right.municipality),
    ]
