"""The kinds of files one can import, as cards on the start page; an entry without a route is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from koopkracht.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One card: what it is, what it is good for, where it leads and who may use it."""

    title: Any
    text: Any
    icon: str
    route: str
    permission: str


KINDS: tuple[ImportKind, ...] = (
    ImportKind(
        _("Uitgaven"),
        _("Een lijst van factuurlijnen uit uw boekhoudpakket (CSV of Excel). Hiermee start de diagnose."),
        "calculator",
        "spend-upload",
        "spend.import",
    ),
    ImportKind(
        _("Aankondigingen"),
        _("Aankondigingen van opdrachten in eForms of het oudere TED-formaat, één of een archief."),
        "documents",
        "notices-upload",
        "register.import",
    ),
    ImportKind(
        _("Facturen"),
        _("Elektronische facturen en creditnota's (Peppol, UBL), één of een archief."),
        "file",
        "invoices-upload",
        "invoice.import",
    ),
    ImportKind(
        _("Open contracting-gegevens"),
        _("Pakketten in de standaard OCDS, bijvoorbeeld van een ander bestuur."),
        "globe",
        "ocds-upload",
        "register.import",
    ),
    ImportKind(
        _("Lijsten van leveranciers"),
        _("Sociale ondernemingen, erkenningen en andere leveranciers (CSV of Excel)."),
        "users",
        "register-upload",
        "register.import",
    ),
)


def cards(actor: Actor) -> list[dict[str, Any]]:
    """Return the cards this person may use, with their addresses."""
    found = []
    for kind in KINDS:
        try:
            href = reverse(kind.route)
        except NoReverseMatch:
            continue
        if actor.may(kind.permission):
            found.append({"title": kind.title, "text": kind.text, "icon": kind.icon, "href": href})
    return found
