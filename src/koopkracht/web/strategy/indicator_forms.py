"""Forms about indicators: reading what was typed, no rules. Shares are typed in percent and kept as fractions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.accounts import api as accounts
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import (
    Direction,
    DiscussionInput,
    Frequency,
    IndicatorInput,
    IndicatorKind,
    IndicatorView,
    Source,
    TargetPath,
)
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.periods import Period

_HUNDRED = Decimal(100)
_MONTHS = {Frequency.YEAR: 12, Frequency.QUARTER: 3, Frequency.MONTH: 1}
_PERIODS_SHOWN = {Frequency.YEAR: 8, Frequency.QUARTER: 12, Frequency.MONTH: 24}


class _Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files, or none."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(_FilesField, self).clean(one, initial) for one in found]


class IndicatorForm(forms.Form):
    """The four parts in their order: ambition, indicator, realism, responsible person (PG-2.2-12)."""

    name = forms.CharField(
        label=gettext_lazy("Naam van de indicator"),
        max_length=200,
        error_messages={"required": gettext_lazy("Geef de indicator een naam.")},
    )
    ambition = forms.CharField(
        label=gettext_lazy("Wat wilt u bereiken?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Schrijf eerst wat u wilt bereiken: de ambitie.")},
    )
    definition = forms.CharField(
        label=gettext_lazy("Wat meet u precies?"),
        help_text=gettext_lazy("Schrijf het zo dat een collega precies hetzelfde zou tellen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Hoe komt de waarde er?"),
        help_text=gettext_lazy("Kan Koopkracht het cijfer berekenen, dan hoeft u het nooit zelf op te vragen."),
        required=False,
    )
    product_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Over welke productgroepen gaat het cijfer?"),
        help_text=gettext_lazy("Kies niets om over alle uitgaven te rekenen. Kies er meer dan één met Ctrl of Cmd."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    value_over = forms.DecimalField(
        label=gettext_lazy("Alleen contracten met een waarde boven (euro)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
    )
    months_at_least = forms.IntegerField(
        label=gettext_lazy("Alleen contracten die minstens zo lang lopen (maanden)"),
        required=False,
        min_value=0,
        max_value=1200,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort waarde, als u ze zelf invult"),
        choices=[(kind.value, label) for kind, label in indicators.KIND_LABELS.items()],
        initial=IndicatorKind.COUNT.value,
    )
    unit = forms.CharField(
        label=gettext_lazy("Eenheid"),
        help_text=gettext_lazy("Het woord achter het getal, zoals “werfbezoeken” of “leerlingen”."),
        max_length=60,
        required=False,
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Hoe vaak meet u?"),
        choices=[(one.value, label) for one, label in indicators.FREQUENCY_LABELS.items()],
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Welke kant is beter?"),
        choices=[(one.value, label) for one, label in indicators.DIRECTION_LABELS.items()],
    )
    realism = forms.CharField(
        label=gettext_lazy("Waarom is dit haalbaar?"),
        help_text=gettext_lazy("Denk aan het aanbod op de markt, lopende contracten en wie de gegevens heeft."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    data_available = forms.BooleanField(label=gettext_lazy("De gegevens zijn er"), required=False)
    data_reliable = forms.BooleanField(label=gettext_lazy("De gegevens zijn betrouwbaar"), required=False)
    responsible = forms.ChoiceField(
        label=gettext_lazy("Wie is verantwoordelijk?"),
        help_text=gettext_lazy("Deze persoon volgt de waarde op en bespreekt ze met collega's en opdrachtnemers."),
        required=False,
    )

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        computed = [(one.code, one.name) for one in monitoring.measure_definitions()]
        fields: Mapping[str, Any] = self.fields
        fields["measure"].choices = [
            ("", _("Wij vullen de waarde zelf in")),
            (_("Koopkracht berekent"), computed),
        ]
        fields["product_groups"].choices = list(monitoring.product_group_choices())
        people = accounts.colleagues(organisation_id=organisation_id)
        fields["responsible"].choices = [("", _("Nog niet gekozen")), *((one.id, one.label) for one in people)]

    @classmethod
    def initial_of(cls, view: IndicatorView) -> dict[str, Any]:
        """Return what the form shows of an indicator that exists."""
        same = ("name", "ambition", "definition", "measure", "unit", "realism", "data_available", "data_reliable")
        parameters = view.parameters
        return {
            **{name: getattr(view, name) for name in same},
            "kind": view.kind.value,
            "frequency": view.frequency.value,
            "direction": view.direction.value,
            "responsible": view.responsible_id or "",
            "product_groups": list(parameters.get("product_groups", ())),
            "value_over": Decimal(parameters["value_over"]) if parameters.get("value_over") else None,
            "months_at_least": parameters.get("months_at_least"),
            "natures": list(parameters.get("natures", ())),
        }

    def indicator(self, theme: str = "") -> IndicatorInput:
        """Return what was filled in; a computed measure brings its own kind, unit, rhythm and theme."""
        data = self.cleaned_data
        measure = monitoring.measure_definition(code=data["measure"]) if data["measure"] else None
        return IndicatorInput(
            name=data["name"],
            kind=IndicatorKind(measure.kind if measure else data["kind"]),
            unit=measure.unit if measure else data["unit"],
            ambition=data["ambition"],
            definition=data["definition"] or (measure.definition if measure else ""),
            realism=data["realism"],
            source=Source.COMPUTED if measure else Source.ENTERED,
            measure=measure.code if measure else "",
            parameters=self._parameters(measure.parameters) if measure else {},
            frequency=Frequency.YEAR if measure else Frequency(data["frequency"]),
            direction=Direction(measure.direction if measure else data["direction"]),
            data_available=data["data_available"],
            data_reliable=data["data_reliable"],
            responsible_id=int(data["responsible"]) if data["responsible"] else None,
            theme=measure.theme if measure else theme,
        )

    def _parameters(self, names: tuple[str, ...]) -> dict[str, Any]:
        data = self.cleaned_data
        given = {
            "product_groups": data["product_groups"],
            "value_over": None if data["value_over"] is None else str(data["value_over"]),
            "months_at_least": data["months_at_least"],
            # Not on the form: what an indicator was made with (an example chain) stays.
            "natures": list(self.initial.get("natures", ())),
        }
        return {name: given[name] for name in names if given[name] not in (None, [])}


class TargetForm(forms.Form):
    """A target path: where it starts, the step per year, and the end, each of its own."""

    baseline_year = forms.IntegerField(
        label=gettext_lazy("Startjaar"),
        error_messages={"required": gettext_lazy("Vul het jaar in waarin het pad begint.")},
    )
    baseline_value = forms.DecimalField(label=gettext_lazy("Waarde in het startjaar"), max_digits=15, localize=True)
    yearly_growth = forms.DecimalField(
        label=gettext_lazy("Stap per jaar"),
        help_text=gettext_lazy("Vul 0 in voor elk jaar dezelfde streefwaarde."),
        required=False,
        max_digits=15,
        localize=True,
    )
    end_year = forms.IntegerField(label=gettext_lazy("Eindjaar"), required=False)
    end_value = forms.DecimalField(
        label=gettext_lazy("Waarde in het eindjaar"), required=False, max_digits=15, localize=True
    )

    _VALUES = ("baseline_value", "yearly_growth", "end_value")

    def __init__(self, *args: Any, view: IndicatorView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = _HUNDRED if view.kind is IndicatorKind.SHARE else Decimal(1)
        share = view.kind is IndicatorKind.SHARE
        for name in self._VALUES:
            label = self.fields[name].label
            unit = _("procentpunten") if name == "yearly_growth" else "%"
            self.fields[name].label = f"{label} ({unit})" if share else f"{label} ({view.unit})" if view.unit else label

    @classmethod
    def initial_of(cls, view: IndicatorView) -> dict[str, Any]:
        """Return what the form shows of the path that holds."""
        scale = _HUNDRED if view.kind is IndicatorKind.SHARE else Decimal(1)
        path = view.target
        if path is None:
            return {"baseline_year": clock.today().year}
        values = {name: getattr(path, name) for name in cls._VALUES}
        shown = {name: None if value is None else (value * scale).normalize() for name, value in values.items()}
        plain = {name: None if one is None else Decimal(f"{one:f}") for name, one in shown.items()}
        return {"baseline_year": path.baseline_year, "end_year": path.end_year, **plain}

    def path(self) -> TargetPath:
        """Return the path that was filled in."""
        data = self.cleaned_data
        values: dict[str, Any] = {name: data[name] and data[name] / self.scale for name in self._VALUES}
        return TargetPath(baseline_year=data["baseline_year"], end_year=data["end_year"], **values)


def periods_of(frequency: Frequency, today: dt.date) -> list[Period]:
    """Return the periods that can be measured, the newest first: the running one and those before."""
    months = _MONTHS[frequency]
    month = (today.year * 12 + today.month - 1) // months * months
    starts = [month - step * months for step in range(_PERIODS_SHOWN[frequency])]
    return [Period(_first(one), _first(one + months)) for one in starts]


def _first(months: int) -> dt.date:
    return dt.date(months // 12, months % 12 + 1, 1)


class MeasurementForm(forms.Form):
    """A value for a period, with where it comes from and evidence."""

    period = forms.ChoiceField(label=gettext_lazy("Over welke periode gaat het?"))
    value = forms.DecimalField(
        label=gettext_lazy("Waarde"),
        max_digits=18,
        localize=True,
        error_messages={
            "required": gettext_lazy("Vul de waarde in."),
            "invalid": gettext_lazy("Vul een getal in, bijvoorbeeld 12,5."),
        },
    )
    source = forms.CharField(
        label=gettext_lazy("Waar komt deze waarde vandaan?"),
        help_text=gettext_lazy("Bijvoorbeeld: lijst van de preventiedienst, opgave van de opdrachtnemer."),
        max_length=300,
        error_messages={"required": gettext_lazy("Vul in waar deze waarde vandaan komt.")},
    )
    remark = forms.CharField(
        label=gettext_lazy("Toelichting"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    evidence = _FilesField(
        label=gettext_lazy("Bewijs"),
        help_text=gettext_lazy("Een of meer bestanden: PDF, Word, Excel of een foto."),
        required=False,
    )

    def __init__(self, *args: Any, view: IndicatorView, entry_label: str, periods: Mapping[str, str],
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Mapping[str, Any] = self.fields
        fields["period"].choices = list(periods.items())
        self.scale = _HUNDRED if view.kind is IndicatorKind.SHARE and not entry_label else Decimal(1)
        if entry_label:
            fields["value"].label = entry_label
        elif view.kind is IndicatorKind.YES_NO:
            self.fields["value"] = forms.TypedChoiceField(
                label=_("Waarde"), choices=[("1", _("ja")), ("0", _("nee"))], coerce=Decimal
            )
        else:
            unit = "%" if view.kind is IndicatorKind.SHARE else view.unit or str(indicators.KIND_LABELS[view.kind])
            fields["value"].label = _("Waarde (%(unit)s)") % {"unit": unit}

    def amount(self) -> Decimal:
        """Return the value as it is kept."""
        return Decimal(self.cleaned_data["value"]) / self.scale


class DiscussionForm(forms.Form):
    """A talk that is planned, or was held."""

    topic = forms.CharField(
        label=gettext_lazy("Waarover gaat het?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Waarover gaat het overleg? Vul een onderwerp in.")},
    )
    participants = forms.CharField(
        label=gettext_lazy("Met wie?"),
        help_text=gettext_lazy("Bijvoorbeeld: aankopers van de technische dienst, beleidsmedewerker, opdrachtnemer."),
        max_length=300,
        error_messages={"required": gettext_lazy("Vul in met wie u overlegt.")},
    )
    planned_on = forms.DateField(label=gettext_lazy("Wanneer?"), widget=_Day, initial=clock.today)
    outcome = forms.CharField(
        label=gettext_lazy("Wat kwam eruit?"),
        help_text=gettext_lazy("Laat leeg als het overleg nog moet komen."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def discussion(self) -> DiscussionInput:
        """Return what was filled in; with an outcome, the talk was held."""
        data = self.cleaned_data
        held = data["planned_on"] if data["outcome"].strip() else None
        return DiscussionInput(data["topic"], data["participants"], data["planned_on"], held, data["outcome"])
