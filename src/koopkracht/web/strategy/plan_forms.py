"""Forms about planned purchases: reading what was typed, no rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.catalogue import api as catalogue
from koopkracht.shared import clock
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.plan import PlannedPurchaseEntry, PlanSource
from koopkracht.strategy.types.screening import RoleOfSocialEconomy


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlannedPurchaseForm(forms.Form):
    """A planned purchase, quickly typed."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=200,
        error_messages={"required": gettext_lazy("Geef de aankoop een titel.")},
    )
    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Geraamd bedrag zonder btw (euro)"),
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=2,
        localize=True,
    )
    start = forms.DateField(label=gettext_lazy("Gewenste start"), required=False, widget=Day)
    duration_months = forms.IntegerField(label=gettext_lazy("Looptijd in maanden"), required=False, min_value=1)
    responsible = forms.CharField(label=gettext_lazy("Verantwoordelijke aankoper"), required=False, max_length=120)
    source = forms.ChoiceField(
        label=gettext_lazy("Hoe weet u dit?"),
        choices=[
            (PlanSource.PLAN.value, gettext_lazy("Uit de aankoopplanning")),
            (PlanSource.INFORMAL.value, gettext_lazy("Uit een informeel contact")),
        ],
    )
    contact = forms.CharField(
        label=gettext_lazy("Van wie"),
        help_text=gettext_lazy("Nodig bij een informeel contact: de naam of functie van de collega."),
        required=False,
        max_length=120,
    )
    intended_impact = forms.CharField(
        label=gettext_lazy("Welke sociale impact beoogt u?"),
        help_text=gettext_lazy("Bijvoorbeeld: werk voor vier mensen met een grote afstand tot de arbeidsmarkt."),
        required=False,
        max_length=300,
    )
    follows = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for group in catalogue.product_groups():
            groups.setdefault(group.segment.name, []).append((group.code, group.name))
        self.fields["product_group"].choices = [("", _("Nog niet gekozen")), *groups.items()]  # type: ignore[attr-defined]

    def entry(self) -> PlannedPurchaseEntry:
        """Return what was filled in."""
        data = self.cleaned_data
        return PlannedPurchaseEntry(**{**data, "source": PlanSource(data["source"]), "source_date": clock.today()})


class ScreeningForm(forms.Form):
    """The officer's answer to an early look."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Kan de sociale economie een rol spelen?"),
        choices=[(answer.value, label) for answer, label in screening.ANSWER_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies ja, voor een deel of nee.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"),
        help_text=gettext_lazy("Noem de taken, de ondernemingen of de drempel waar u aan denkt."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Leg in één zin uit waarom. De aankoper moet ermee verder kunnen.")},
    )

    def values(self) -> dict[str, Any]:
        """Return what was filled in."""
        return {"answer": RoleOfSocialEconomy(self.cleaned_data["answer"]), "reason": self.cleaned_data["reason"]}


class TalkForm(forms.Form):
    """A talk with the service that needs the purchase."""

    on = forms.DateField(
        label=gettext_lazy("Datum"), widget=Day, error_messages={"required": gettext_lazy("Vul de datum in.")}
    )
    contact = forms.CharField(
        label=gettext_lazy("Met welke dienst of functie?"),
        max_length=120,
        error_messages={"required": gettext_lazy("Vul in met wie u sprak: een functie of dienst volstaat.")},
    )
    result = forms.CharField(
        label=gettext_lazy("Wat is mogelijk?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Vul in wat er mogelijk is. Eén zin volstaat.")},
    )


class ImpactForm(forms.Form):
    """What a purchase should mean for people."""

    text = forms.CharField(label=gettext_lazy("Beoogde sociale impact"), required=False, max_length=300)
