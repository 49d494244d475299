"""Forms of the target planner: reading what was typed, no rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.monitoring.planner.content import Menu
from koopkracht.monitoring.planner.types import Lock, PlanRequest, TargetOption
from koopkracht.strategy.types.plan import PlannedPurchaseView

QUARTERS = (1, 2, 3, 4)
_LOCKS = (
    (Lock.FREE.value, gettext_lazy("De planner kiest")),
    (Lock.IN.value, gettext_lazy("Zeker meenemen")),
    (Lock.OUT.value, gettext_lazy("Niet meenemen")),
)


class StartForm(forms.Form):
    """What to plan for; the fields about targets and dossiers depend on what the organisation stored."""

    name = forms.CharField(
        label=gettext_lazy("Naam van het plan"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geef het plan een naam.")},
    )
    year = forms.IntegerField(widget=forms.HiddenInput)
    market = forms.IntegerField(
        label=gettext_lazy("Markt tegenover wat we ervan kennen (procent)"),
        help_text=gettext_lazy("100 is de markt zoals ze in uw gegevens staat. 50 is de helft."),
        min_value=0,
        max_value=1000,
        initial=100,
    )
    appetite = forms.ChoiceField(label=gettext_lazy("Hoe zwaar weegt risico?"), widget=forms.RadioSelect)
    allow_doubt = forms.BooleanField(
        label=gettext_lazy("Ook instrumenten gebruiken waarvan nog niet zeker is of ze mogen"),
        help_text=gettext_lazy("Ze krijgen in het plan een merkteken. Kijk ze na voor u start."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        menu: Menu,
        options: Sequence[TargetOption],
        purchases: Sequence[PlannedPurchaseView],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.menu, self.options, self.purchases = menu, options, purchases
        self.fields["appetite"].choices = [(one.code, f"{one.name}: {one.help}") for one in menu.appetites]  # type: ignore[attr-defined]
        self.fields["appetite"].initial = "balanced"
        for quarter in QUARTERS:
            self.fields[f"hours_{quarter}"] = forms.IntegerField(
                label=_("Kwartaal %(number)s") % {"number": quarter},
                min_value=0,
                max_value=100_000,
                initial=menu.settings["staff-hours"],
            )
        for option in options:
            if not option.problem:
                self.fields[f"indicator_{option.indicator_id}"] = self._target(option)
        for aim in menu.aims:
            self.fields[f"own_{aim.code}"] = _own(aim.name, aim.help, aim.unit)
        for purchase in purchases:
            self.fields[f"lock_{purchase.id}"] = forms.ChoiceField(
                label=purchase.title, choices=_LOCKS, initial=Lock.FREE.value, required=False
            )

    def _target(self, option: TargetOption) -> forms.ChoiceField:
        fitting = [(one.code, one.name) for one in self.menu.aims if one.unit == option.unit]
        return forms.ChoiceField(
            label=option.name,
            help_text=_("Streefwaarde: %(value)s. Waarvoor telt dit?") % {"value": option.asked},
            choices=[("", _("Niet meenemen")), *fitting],
            initial=option.aim,
            required=False,
        )

    def named(self, prefix: str) -> list[forms.BoundField]:
        """Return the fields whose name starts with this."""
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def wanted(self) -> PlanRequest:
        """Return what was asked."""
        data = self.cleaned_data
        units = {one.code: one.unit for one in self.menu.aims}
        own = {code: _whole(data.get(f"own_{code}"), unit) for code, unit in units.items()}
        hours = [data[f"hours_{quarter}"] for quarter in QUARTERS]
        return PlanRequest(
            name=data["name"],
            year=data["year"],
            staff_hours=(hours[0], hours[1], hours[2], hours[3]),
            indicators={one.indicator_id: data.get(f"indicator_{one.indicator_id}", "") for one in self.options},
            own={code: amount for code, amount in own.items() if amount},
            market=data["market"] * 10,
            appetite=data["appetite"],
            allow_doubt=data["allow_doubt"],
            locks={one.id: Lock(data.get(f"lock_{one.id}") or Lock.FREE.value) for one in self.purchases},
        )


def _own(name: str, text: str, unit: str) -> forms.Field:
    label = {"cents": _("%(name)s (euro)"), "hours": _("%(name)s (uur)"), "count": _("%(name)s (aantal)")}[unit]
    largest = 10**12 if unit == "cents" else 10**9
    return forms.DecimalField(
        label=label % {"name": name},
        help_text=text,
        required=False,
        min_value=0,
        max_value=largest,
        decimal_places=2 if unit == "cents" else 0,
        localize=True,
    )


def _whole(value: Decimal | None, unit: str) -> int:
    return int((value or 0) * (100 if unit == "cents" else 1))


def initial_of(request: PlanRequest, menu: Menu) -> dict[str, Any]:
    """Return the values of a form that asks the same again."""
    units = {one.code: one.unit for one in menu.aims}
    found: dict[str, Any] = {
        "name": request.name,
        "year": request.year,
        "market": request.market // 10,
        "appetite": request.appetite,
        "allow_doubt": request.allow_doubt,
    }
    found |= {f"hours_{quarter}": hours for quarter, hours in zip(QUARTERS, request.staff_hours, strict=True)}
    found |= {f"indicator_{key}": aim for key, aim in request.indicators.items()}
    found |= {
        f"own_{code}": Decimal(amount) / (100 if units.get(code) == "cents" else 1)
        for code, amount in request.own.items()
    }
    found |= {f"lock_{key}": lock.value for key, lock in request.locks.items()}
    return found


class DecisionForm(forms.Form):
    """Follow a plan, with a reason; per dossier something else than proposed, with a reason as well."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom volgt u dit plan?"),
        help_text=gettext_lazy("Bijvoorbeeld: besproken in de werkgroep van 12 maart, het college gaat akkoord."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf waarom u dit plan volgt.")},
    )

    def __init__(
        self, *args: Any, dossiers: Iterable[tuple[str, str, str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposed: dict[str, str] = {}
        for key, title, chosen, choices in dossiers:
            self.proposed[key] = chosen
            self.fields[f"package_{key}"] = forms.ChoiceField(
                label=title, choices=[("", _("Geen sociaal instrument")), *choices], initial=chosen, required=False
            )
            self.fields[f"why_{key}"] = forms.CharField(
                label=_("Waarom anders dan voorgesteld?"), max_length=500, required=False
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return per dossier the two fields."""
        return [(self[f"package_{key}"], self[f"why_{key}"]) for key in self.proposed]

    def deviations(self) -> dict[str, tuple[str, str]]:
        """Return per dossier what differs from the proposal, and why."""
        data = self.cleaned_data
        chosen = {key: data.get(f"package_{key}", "") for key in self.proposed}
        return {key: (code, data[f"why_{key}"]) for key, code in chosen.items() if code != self.proposed[key]}


class AssumptionForm(forms.Form):
    """An own number, with where it comes from; empty is our number again."""

    value = forms.IntegerField(
        label=gettext_lazy("Uw getal"),
        help_text=gettext_lazy("Laat leeg om het getal van Koopkracht te gebruiken."),
        required=False,
        min_value=0,
    )
    reason = forms.CharField(label=gettext_lazy("Waar komt dit getal vandaan?"), required=False, max_length=300)
