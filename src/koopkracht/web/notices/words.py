"""Dutch words for the codes of the register; a code we have no word for is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from koopkracht.web.ui.formats import euro, number

FORM_TYPES: Mapping[str, Any] = {
    "planning": _("Vooraankondiging"),
    "consultation": _("Marktconsultatie"),
    "competition": _("Opdracht"),
    "dir-awa-pre": _("Vrijwillige transparantie vooraf"),
    "result": _("Gunning"),
    "cont-modif": _("Wijziging van een contract"),
    "change": _("Rechtzetting"),
    "completion": _("Einde van een contract"),
    "bri": _("Onderneming"),
}
NATURES: Mapping[str, Any] = {
    "works": _("Werken"),
    "supplies": _("Leveringen"),
    "services": _("Diensten"),
    "combined": _("Gemengd"),
}
PROCEDURES: Mapping[str, Any] = {
    "open": _("Openbaar"),
    "restricted": _("Niet-openbaar"),
    "neg-w-call": _("Onderhandeling met oproep"),
    "neg-wo-call": _("Onderhandeling zonder oproep"),
    "comp-dial": _("Concurrentiegerichte dialoog"),
    "comp-tend": _("Concurrentiegerichte inschrijving"),
    "innovation": _("Innovatiepartnerschap"),
    "oth-single": _("Andere, in één fase"),
    "oth-mult": _("Andere, in fasen"),
    "exp-int-rail": _("Oproep tot mededinging (spoor)"),
}
STATUSES: Mapping[str, Any] = {
    "selec-w": _("Gegund"),
    "clos-nw": _("Niet gegund"),
    "open-nw": _("Nog niet gegund"),
}
COUNT_BASES: Mapping[str, Any] = {
    "coded": _("vermeld als totaal"),
    "uncoded": _("vermeld zonder soort, geteld als totaal"),
    "": _("niet vermeld"),
}
OUTCOMES: Mapping[str, Any] = {
    "create": _("Nieuw"),
    "change": _("Nieuwe versie of rechtzetting"),
    "skip": _("Staat er al"),
    "conflict": _("Botst met wat er staat"),
    "refused": _("Niet leesbaar als aankondiging"),
}
OUTCOME_KINDS: Mapping[str, str] = {
    "create": "success",
    "change": "info",
    "skip": "default",
    "conflict": "error",
    "refused": "error",
}
END_BASES: Mapping[str, Any] = {
    "stated": _("vermeld"),
    "computed": _("berekend uit begin en looptijd, zonder verlengingen"),
    "": "",
}


def word(words: Mapping[str, Any], code: str) -> str:
    """Return the word for a code; an unknown code as it is, an empty one as nothing."""
    return str(words.get(code, code))


def choices(words: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the codes and words for a filter."""
    return [("", _("Alle")), *((code, text) for code, text in words.items() if code)]


def money(amount: Decimal | None, currency: str) -> str:
    """Write an amount in its own currency; currencies are never converted."""
    if amount is None:
        return ""
    return euro(amount) if currency == "EUR" else f"{number(amount, 2)} {currency}"
