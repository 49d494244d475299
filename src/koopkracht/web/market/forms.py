"""Forms about suppliers and registers: reading what was typed, no rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.exchange import api as exchange
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierEdit, SupplierKind, SupplierSize
from koopkracht.shared import clock


class _Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SupplierForm(forms.Form):
    """What a person knows of a supplier, and from where."""

    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=300,
        error_messages={"required": gettext_lazy("Vul de naam van de leverancier in.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort"), choices=[(kind.value, label) for kind, label in market.KIND_LABELS.items()]
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Grootte"), choices=[(size.value, label) for size, label in market.SIZE_LABELS.items()]
    )
    municipality = forms.CharField(label=gettext_lazy("Gemeente"), max_length=120, required=False)
    source = forms.CharField(
        label=gettext_lazy("Waar hebt u dit vandaan?"),
        help_text=gettext_lazy("Bijvoorbeeld: website van de leverancier, gesprek, jaarverslag."),
        max_length=200,
        error_messages={"required": gettext_lazy("Vul in waar u dit vandaan hebt.")},
    )
    as_of = forms.DateField(label=gettext_lazy("Datum van die bron"), widget=_Day, initial=clock.today)

    def edit(self) -> SupplierEdit:
        """Return what was filled in."""
        data = self.cleaned_data
        return SupplierEdit(
            name=data["name"],
            kind=SupplierKind(data["kind"]),
            size=SupplierSize(data["size"]),
            municipality=data["municipality"],
            source=data["source"],
            as_of=data["as_of"],
        )


class MergeForm(forms.Form):
    """Which supplier to put under another one, and why."""

    other = forms.IntegerField(
        label=gettext_lazy("Nummer van de andere leverancier"),
        help_text=gettext_lazy("Het nummer staat op de pagina van de leverancier, bij “Nummer in Koopkracht”."),
        min_value=1,
        max_value=2**63 - 1,
    )
    remark = forms.CharField(label=gettext_lazy("Reden"), max_length=500, required=False)
    despite_numbers = forms.BooleanField(
        label=gettext_lazy("Ze hebben een verschillend ondernemingsnummer en moeten toch samen tellen"), required=False
    )


class RegisterFileForm(forms.Form):
    """One file with a register."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("CSV of Excel (.xlsx), met de namen van de kolommen op de eerste regel."),
        error_messages={
            "required": gettext_lazy("Kies eerst een bestand op uw computer."),
            "empty": gettext_lazy("Dit bestand is leeg. Bewaar het opnieuw en probeer nog eens."),
        },
    )
    register = forms.ChoiceField(label=gettext_lazy("Wat staat erin?"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Bron"),
        help_text=gettext_lazy("Van wie komt deze lijst? Zo weet iedereen later hoe betrouwbaar ze is."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, label) for code, label, _help in exchange.register_kinds()]
        self.fields["register"].choices = [("", _("Zoek het zelf uit")), *kinds]  # type: ignore[attr-defined]
