"""What goes wrong in a spend file, in sentences for the person who must mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from koopkracht.exchange.errors import FileUnreadable
from koopkracht.exchange.formats.spend_rows import Problem
from koopkracht.exchange.formats.tabular import Unreadable

_PROBLEMS: Mapping[str, Callable[[], str]] = {
    "date-missing": lambda: _("De datum is leeg. Vul een datum in, bijvoorbeeld 21-11-2026."),
    "date-unreadable": lambda: _("“%(value)s” is geen datum. Schrijf bijvoorbeeld 21-11-2026."),
    "amount-missing": lambda: _("Het bedrag is leeg. Vul een bedrag in, bijvoorbeeld 1234,56."),
    "amount-unreadable": lambda: _("“%(value)s” is geen bedrag in de schrijfwijze van dit bestand."),
    "currency-unreadable": lambda: _("“%(value)s” is geen munt. Gebruik de code van drie letters, zoals EUR."),
    "vat-unreadable": lambda: _("“%(value)s” is geen btw-bedrag. De lijn is ingeladen zonder btw-bedrag."),
    "row-total": lambda: _("Dit lijkt een totaalregel, geen uitgave. Verwijder ze of vul een datum in."),
    "row-too-few-fields": lambda: _(
        "Deze regel heeft minder kolommen dan de kopregel. Staat er een regeleinde te veel?"
    ),
    "row-too-many-fields": lambda: _(
        "Deze regel heeft meer kolommen dan de kopregel. Zet tekst met een scheidingsteken tussen aanhalingstekens."
    ),
    "row-damaged-characters": lambda: _(
        "In deze regel staan beschadigde tekens. Voer de regel opnieuw uit uw pakket uit."
    ),
}

_KINDS: Mapping[str, Callable[[], str]] = {
    "pdf": lambda: _("een PDF"),
    "image": lambda: _("een afbeelding"),
    "zip": lambda: _("een ZIP-archief"),
    "xls": lambda: _("een oud Excel-bestand (.xls)"),
}

_QUESTIONS: Mapping[str, Callable[[], str]] = {
    "date-column-missing": lambda: _("Kies de kolom met de boekdatum of de factuurdatum."),
    "amount-column-missing": lambda: _("Kies de kolom met het bedrag."),
    "supplier-column-missing": lambda: _(
        "Kies minstens één kolom over de leverancier: naam, nummer of ondernemingsnummer."
    ),
    "date-order": lambda: _(
        "In de datums kan de dag of de maand eerst staan, bijvoorbeeld 03/04/2026. Kies wat klopt."
    ),
    "decimal-sign": lambda: _(
        "Bij bedragen zoals 1.234 is niet zeker of het teken duizendtallen scheidt. Kies wat klopt."
    ),
}


def sentence(problem: Problem) -> str:
    """Return the Dutch sentence for a problem with a line."""
    return _PROBLEMS[problem.code]() % {"value": problem.value[:60]}


def question(code: str) -> str:
    """Return what a person must choose or answer first."""
    return _QUESTIONS[code]()


def unreadable(error: Unreadable) -> FileUnreadable:
    """Return the refusal of a file that is no table."""
    details: dict[str, Any] = dict(error.details)
    if error.code == "file-empty":
        message = _("Dit bestand is leeg. Voer het opnieuw uit uw boekhoudpakket uit.")
    elif error.code == "file-not-text":
        kind = _KINDS.get(str(details.get("kind")), lambda: _("geen tekstbestand"))()
        message = _(
            "Dit bestand is %(kind)s, geen lijst die we kunnen lezen. Bewaar uw lijst als CSV of als Excel (.xlsx)."
        ) % {"kind": kind}
    elif error.code == "too-many-columns":
        message = _("Dit bestand heeft %(count)s kolommen. Bewaar alleen de kolommen die nodig zijn.") % {
            "count": details["columns"]
        }
    else:
        message = _("Regel %(line)s is veel te lang. Bewaar het bestand opnieuw als CSV.") % {
            "line": details.get("line")
        }
    return FileUnreadable(message, code=error.code, **details)
