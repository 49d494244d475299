"""Forms of the import of spend: choose a file, choose columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.exchange import api as exchange

_PREFIX = "column_"


class SpendFileForm(forms.Form):
    """One file with spend lines."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "CSV, tekst, Excel (.xlsx), OpenDocument (.ods), of een ZIP-archief met zulke bestanden."
        ),
        error_messages={
            "required": gettext_lazy("Kies eerst een bestand op uw computer."),
            "empty": gettext_lazy("Dit bestand is leeg. Voer het opnieuw uit uw boekhoudpakket uit."),
        },
    )


class MappingForm(forms.Form):
    """What each column of a spend file means, and how amounts and dates are written."""

    decimal = forms.ChoiceField(
        label=gettext_lazy("Decimaalteken in bedragen"),
        choices=[
            ("auto", gettext_lazy("Zoek het zelf uit")),
            (",", gettext_lazy("Komma: 1.234,56")),
            (".", gettext_lazy("Punt: 1,234.56")),
        ],
    )
    date_order = forms.ChoiceField(
        label=gettext_lazy("Volgorde in datums"),
        choices=[
            ("auto", gettext_lazy("Zoek het zelf uit")),
            ("dmy", gettext_lazy("Dag, maand, jaar: 31/12/2026")),
            ("mdy", gettext_lazy("Maand, dag, jaar: 12/31/2026")),
        ],
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Munt van de bedragen"),
        help_text=gettext_lazy("Geldt waar het bestand zelf geen munt noemt."),
        choices=[(code, code) for code in ("EUR", "GBP", "USD", "CHF", "NOK", "SEK", "DKK")],
    )
    negate = forms.BooleanField(
        label=gettext_lazy("Uitgaven staan als negatief bedrag in dit bestand"),
        help_text=gettext_lazy("Vink dit aan als een gewone factuur een minteken heeft en een creditnota niet."),
        required=False,
    )

    def __init__(self, *args: Any, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._columns = columns
        choices = [("", _("Niet gebruiken")), *((r.role.value, r.label) for r in exchange.spend_roles().values())]
        for number, name in enumerate(columns):
            self.fields[f"{_PREFIX}{number}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"aria-label": _("Betekenis van kolom %(name)s") % {"name": name}}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two columns with one meaning, and a choice that cannot work."""
        cleaned: dict[str, Any] = super().clean() or {}
        used: dict[str, str] = {}
        for number, name in enumerate(self._columns):
            role = cleaned.get(f"{_PREFIX}{number}")
            if role and role in used:
                label = {r.role.value: r.label for r in exchange.spend_roles().values()}[role]
                self.add_error(
                    f"{_PREFIX}{number}",
                    _("“%(label)s” is al gekozen voor kolom %(other)s. Kies één kolom.")
                    % {"label": label, "other": used[role]},
                )
            elif role:
                used[role] = name
        return cleaned

    def choice(self) -> exchange.SpendChoice:
        """Return what the user chose."""
        by_value = {role.value: role for role in exchange.spend_roles()}
        columns = {
            by_value[self.cleaned_data[f"{_PREFIX}{number}"]]: number
            for number in range(len(self._columns))
            if self.cleaned_data[f"{_PREFIX}{number}"]
        }
        return exchange.SpendChoice(
            columns=columns,
            decimal=self.cleaned_data["decimal"],
            date_order=self.cleaned_data["date_order"],
            currency=self.cleaned_data["currency"],
            negate=self.cleaned_data["negate"],
        )


def initial_of(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the mapping form for a plan: what was found, with open questions left open."""
    mapping = plan["mapping"]
    initial: dict[str, Any] = {f"{_PREFIX}{number}": role for role, number in mapping["columns"].items()}
    initial["decimal"] = "auto" if "decimal-sign" in plan["questions"] else mapping["decimal"]
    initial["date_order"] = "auto" if "date-order" in plan["questions"] else ("dmy" if mapping["day_first"] else "mdy")
    initial["currency"] = mapping["currency"]
    initial["negate"] = mapping["negate"]
    return initial
