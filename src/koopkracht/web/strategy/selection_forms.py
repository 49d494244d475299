"""Forms about the selection of product groups: reading what was typed, no rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.scoring.types import Criterion, Score
from koopkracht.shared import clock
from koopkracht.strategy.api import selection
from koopkracht.strategy.types.selection import (
    ExtraParameter,
    GroupStanding,
    MethodInput,
    SelectionMethodView,
    Thresholds,
)

OWN_WORDS = {"low": gettext_lazy("Past niet"), "high": gettext_lazy("Past heel goed")}
SPARE_ROWS = 2
LABOUR = "E"


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _Reason(forms.CharField):
    """A reason in a few lines."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": gettext_lazy("Schrijf de reden erbij. Zo weet iedereen later waarom.")},
        )


class ScoreForm(forms.Form):
    """The scores of one person for one product group: a score and a remark per parameter."""

    method_id = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)

    def __init__(self, *args: Any, criteria: Sequence[Criterion], given: Mapping[str, Score], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        words = selection.guidance()
        for one in criteria:
            known = words.get(one.code)
            low = known.low if known else OWN_WORDS["low"]
            high = known.high if known else OWN_WORDS["high"]
            score = given.get(one.code, Score(None))
            self.fields[f"score_{one.code}"] = forms.ChoiceField(
                label=known.question if known else one.name,
                required=False,
                widget=forms.RadioSelect,
                choices=[("", _("Nog geen score")), *_steps(one, str(low), str(high))],
                initial="" if score.value is None else str(int(score.value)),
            )
            self.fields[f"remark_{one.code}"] = forms.CharField(
                label=_("Welke werknemers kunnen dit doen? Licht toe") if one.code == LABOUR else _("Toelichting"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=score.remark,
            )

    def scores(self) -> dict[str, Score]:
        """Return what was filled in."""
        data = self.cleaned_data
        return {
            one.code: Score(
                Decimal(data[f"score_{one.code}"]) if data[f"score_{one.code}"] else None, data[f"remark_{one.code}"]
            )
            for one in self.criteria
        }


def _steps(one: Criterion, low: str, high: str) -> Iterator[tuple[str, str]]:
    for step in range(one.scale_min, one.scale_max + 1):
        words = {one.scale_min: low, one.scale_max: high}.get(step)
        yield str(step), f"{step}: {words}" if words else str(step)


class DecisionForm(forms.Form):
    """What people decided about a product group, when, with whom and why."""

    significant = forms.ChoiceField(
        label=gettext_lazy("Wat is beslist?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Significant: hier zetten we in op sociale impact")),
            ("no", gettext_lazy("Niet gekozen: hier vragen we voorlopig niets extra")),
        ],
        error_messages={"required": gettext_lazy("Kies wat er beslist is.")},
    )
    reason = _Reason(gettext_lazy("Reden"), gettext_lazy("De rangschikking is een advies. Waarom beslist u dit?"))
    decided_on = forms.DateField(label=gettext_lazy("Datum van de beslissing"), widget=Day, initial=clock.today)
    participants = forms.CharField(
        label=gettext_lazy("Wie besliste mee?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Vul in wie mee beslist heeft.")},
    )


class WorkshopForm(forms.Form):
    """Which product groups get priority after a workshop."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Productgroepen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies minstens één productgroep.")},
    )
    reason = _Reason(gettext_lazy("Waarom deze groepen?"))
    decided_on = forms.DateField(label=gettext_lazy("Datum van de werksessie"), widget=Day, initial=clock.today)
    participants = forms.CharField(
        label=gettext_lazy("Wie was erbij?"),
        help_text=gettext_lazy("Bijvoorbeeld aankopers en collega’s van sociaal beleid."),
        max_length=500,
        error_messages={"required": gettext_lazy("Vul in wie mee beslist heeft.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Only a reason."""

    reason = _Reason(gettext_lazy("Reden"))


class MarkForm(forms.Form):
    """Why social impact gets priority in a planned purchase."""

    reason = _Reason(gettext_lazy("Waarom krijgt sociale impact hier voorrang?"))


class FeaturesForm(forms.Form):
    """The features of a product group and the grounds on which it has the focus."""

    features = forms.MultipleChoiceField(
        label=gettext_lazy("Kenmerken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    focus = forms.MultipleChoiceField(
        label=gettext_lazy("Waarom krijgt deze groep de focus?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    focus_reason = forms.CharField(
        label=gettext_lazy("Uitleg bij de focus"),
        help_text=gettext_lazy("Nodig als u een reden voor focus aanduidt."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, standing: GroupStanding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "features": standing.features,
            "focus": standing.focus,
            "focus_reason": standing.focus_reason,
        }
        content = selection.content()
        for name, notes in (("features", content.features), ("focus", content.focus_grounds)):
            choices = [(note.code, f"{note.name}: {note.text}") for note in notes]
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class MethodForm(forms.Form):
    """A new version of the method: weights, borders, own parameters."""

    small_below = forms.DecimalField(
        label=gettext_lazy("Klein: minder dan (euro zonder btw)"),
        min_value=0,
        max_digits=13,
        decimal_places=2,
        localize=True,
    )
    large_from = forms.DecimalField(
        label=gettext_lazy("Groot: vanaf (euro zonder btw)"),
        min_value=0,
        max_digits=13,
        decimal_places=2,
        localize=True,
    )
    significant_from = forms.DecimalField(
        label=gettext_lazy("Advies “significant” vanaf score"), max_digits=4, decimal_places=2, localize=True
    )
    urgent_months = forms.IntegerField(
        label=gettext_lazy("Dringend: start binnen (maanden)"), min_value=0, max_value=60
    )
    note = _Reason(gettext_lazy("Waarom wijzigt u de methode?"))

    def __init__(
        self, *args: Any, current: SelectionMethodView, goals: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        borders = current.thresholds
        super().__init__(*args, **kwargs)
        self.initial = {
            "small_below": borders.small_below,
            "large_from": borders.large_from,
            "significant_from": borders.significant_from,
            "urgent_months": borders.urgent_months,
        }
        own = {one.code for one in current.extra}
        self.goals = dict(goals)
        self.standard = [one for one in current.method.criteria if one.code not in own]
        for one in self.standard:
            self.fields[f"weight_{one.code}"] = _weight(f"{one.code} {one.name}", one.weight)
        self.extra = [*current.extra, *(ExtraParameter("") for _spare in range(SPARE_ROWS))]
        for number, extra in enumerate(self.extra):
            self._own(number, extra)

    def _own(self, number: int, extra: ExtraParameter) -> None:
        place = number + 1
        self.fields[f"extra_{number}_name"] = forms.CharField(
            label=_("Naam van eigen parameter %(place)s") % {"place": place},
            required=False,
            max_length=120,
            initial=extra.name,
            help_text=_("Maak het vak leeg om de parameter te schrappen.") if extra.name else "",
        )
        self.fields[f"extra_{number}_explanation"] = forms.CharField(
            label=_("Uitleg"), required=False, max_length=500, initial=extra.explanation
        )
        self.fields[f"extra_{number}_goal"] = forms.TypedChoiceField(
            label=_("Hoort bij aankoopdoel"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("Geen bepaald doel")), *self._goal_choices(extra)],
            initial=extra.goal_id or "",
        )
        self.fields[f"extra_{number}_weight"] = _weight(_("Gewicht binnen F"), extra.weight)

    def _goal_choices(self, extra: ExtraParameter) -> list[tuple[int, str]]:
        """Return the goals that can be chosen; a goal that ended stays with the parameter that was made for it."""
        if extra.goal_id and extra.goal_id not in self.goals:
            return [(extra.goal_id, extra.goal_name), *self.goals.items()]
        return list(self.goals.items())

    def change(self) -> MethodInput:
        """Return what was filled in."""
        data = self.cleaned_data
        extra = []
        for number, before in enumerate(self.extra):
            name = data[f"extra_{number}_name"]
            if not name:
                continue
            goal = data[f"extra_{number}_goal"]
            extra.append(
                ExtraParameter(
                    name=name,
                    explanation=data[f"extra_{number}_explanation"],
                    weight=data[f"extra_{number}_weight"],
                    goal_id=goal,
                    goal_name=self.goals.get(goal, before.goal_name) if goal else "",
                    code=before.code,
                )
            )
        return MethodInput(
            weights={one.code: data[f"weight_{one.code}"] for one in self.standard},
            thresholds=Thresholds(
                small_below=data["small_below"],
                large_from=data["large_from"],
                significant_from=data["significant_from"],
                urgent_months=data["urgent_months"],
            ),
            extra=tuple(extra),
            note=data["note"],
        )


def _weight(label: str, weight: Decimal) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=1000,
        max_digits=8,
        decimal_places=4,
        localize=True,
        initial=int(weight) if weight == weight.to_integral_value() else weight.normalize(),
        error_messages={
            "min_value": gettext_lazy("Een gewicht kan niet negatief zijn. Vul 0 in als dit niet meetelt."),
            "required": gettext_lazy("Vul een gewicht in: 0 telt niet mee, 1 telt gewoon mee."),
        },
    )
