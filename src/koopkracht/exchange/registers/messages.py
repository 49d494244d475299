"""What goes wrong in a register, in sentences for the person who must mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from koopkracht.exchange.formats.registers import RegisterSpec, RowProblem

_SENTENCES: Mapping[str, Callable[[], str]] = {
    "cell-missing": lambda: _("De cel is leeg. Vul in: %(label)s."),
    "date-unreadable": lambda: _("“%(value)s” is geen datum. Schrijf bijvoorbeeld 21-11-2026."),
    "amount-unreadable": lambda: _("“%(value)s” is geen bedrag. Schrijf bijvoorbeeld 1234,56."),
    "amount-negative": lambda: _("Een raming kan niet negatief zijn. Verbeter “%(value)s”."),
    "number-unreadable": lambda: _("“%(value)s” is geen geheel getal."),
    "kind-unknown": lambda: _(
        "“%(value)s” kennen we niet als soort. Schrijf bijvoorbeeld onderneming, vzw of overheid."
    ),
    "size-unknown": lambda: _(
        "“%(value)s” kennen we niet als grootte. Schrijf micro, klein, middelgroot, kmo of groot."
    ),
    "plan-source-unknown": lambda: _("“%(value)s” kennen we niet als bron. Schrijf planning of informeel."),
    "contact-missing": lambda: _("Deze aankoop kent u van horen zeggen. Vul de kolom “Gehoord van” in."),
    "recognition-unknown": lambda: _(
        "“%(value)s” kennen we niet als erkenning. Schrijf bijvoorbeeld maatwerkbedrijf of lokale diensteneconomie."
    ),
    "period-reversed": lambda: _("De einddatum ligt niet na de begindatum."),
    "wrong-check-digit": lambda: _("Het ondernemingsnummer “%(value)s” klopt niet: kijk het controlegetal na."),
    "product-group-unknown": lambda: _("De productgroep of CPV-code “%(value)s” bestaat niet. Zoek ze op in de boom."),
    "row-repeated": lambda: _("Deze rij staat al eerder in het bestand, op regel %(value)s."),
}


def sentence(spec: RegisterSpec, problem: RowProblem) -> str:
    """Return the Dutch sentence for a refused row."""
    return _SENTENCES[problem.code]() % {
        "value": problem.value[:60],
        "label": spec.columns[problem.role].label if problem.role in spec.columns else problem.role,
    }


def columns_missing(labels: list[str]) -> str:
    """Say which columns a file must have and has not."""
    return _(
        "In dit bestand vinden we deze kolommen niet: %(columns)s. Voeg ze toe met een koptekst en laad opnieuw."
    ) % {"columns": ", ".join(labels)}


def not_a_register() -> str:
    """Say that the columns fit no register."""
    return _(
        "We herkennen dit bestand niet. Een register heeft een kopregel met minstens een kolom “Naam” of “Titel”. "
        "Kies hieronder welk register het is, of download het voorbeeldbestand."
    )
