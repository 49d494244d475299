"""Forms about goals: reading what was typed, no rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.catalogue import api as catalogue
from koopkracht.shared import clock
from koopkracht.shared.errors import Rejected
from koopkracht.shared.periods import Period
from koopkracht.strategy.api import goals, yearly
from koopkracht.strategy.types.goals import (
    Chain,
    Effect,
    Judgement,
    Named,
    Pillar,
    PrincipleInput,
    PurposeInput,
    PurposeView,
    ScopeRule,
    SocialGoalInput,
    SocialGoalView,
)
from koopkracht.strategy.types.yearly import ActionKind, YearlyActionInput

_HUNDRED = Decimal(100)
NATURES = [
    ("works", gettext_lazy("Werken")),
    ("services", gettext_lazy("Diensten")),
    ("supplies", gettext_lazy("Leveringen")),
]


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def show(form: forms.Form, error: Rejected) -> None:
    """Put a refusal at its field, or above the form when the form has no such field."""
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, error.message)


def _named(rows: Iterable[Named]) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in rows]


def group_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the product groups per segment."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for group in catalogue.product_groups():
        groups.setdefault(group.segment.name, []).append((group.code, group.name))
    return list(groups.items())


class _Text(forms.CharField):
    """A few lines of text."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, **kwargs)


class GoalForm(forms.Form):
    """A social or ecological goal, with the document it stands in."""

    title = forms.CharField(
        label=gettext_lazy("Wat wilt u bereiken voor de samenleving?"),
        help_text=gettext_lazy("Eén zin. Bijvoorbeeld: meer werk voor mensen die moeilijk aan een job raken."),
        max_length=200,
        error_messages={"required": gettext_lazy("Schrijf het doel in één zin.")},
    )
    description = _Text(label=gettext_lazy("Toelichting"), required=False)
    pillar = forms.ChoiceField(
        label=gettext_lazy("Soort doel"),
        choices=[(code.value, label) for code, label in goals.PILLAR_LABELS.items()],
        widget=forms.RadioSelect,
        initial=Pillar.SOCIAL.value,
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Thema's"),
        help_text=gettext_lazy("Kiest u niets, dan krijgt het doel het standaardthema van uw organisatie."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    strategic_goals = forms.MultipleChoiceField(
        label=gettext_lazy("Bij welk strategisch doel past dit?"),
        help_text=gettext_lazy("De zes doelen van het Vlaamse aankoopbeleid. U gebruikt ze in het jaaroverzicht."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source_title = forms.CharField(
        label=gettext_lazy("Waar staat dit doel?"),
        help_text=gettext_lazy("Bijvoorbeeld: bestuursakkoord 2025-2030, bladzijde 12."),
        max_length=300,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Dat document"),
        help_text=gettext_lazy("Pdf, Word of OpenDocument."),
        required=False,
        error_messages={"empty": gettext_lazy("Dit bestand is leeg. Bewaar het opnieuw en probeer nog eens.")},
    )

    def __init__(self, *args: Any, themes: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = _named(themes)  # type: ignore[attr-defined]
        self.fields["strategic_goals"].choices = _named(goals.strategic_goals())  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(view: SocialGoalView | SocialGoalInput) -> dict[str, Any]:
        """Return what the form shows of a goal."""
        return {
            "title": view.title,
            "description": view.description,
            "pillar": view.pillar.value,
            "themes": list(view.themes),
            "strategic_goals": list(view.strategic_goals),
            "source_title": view.source_title,
        }

    def goal(self, source_sha: str) -> SocialGoalInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return SocialGoalInput(
            title=data["title"],
            description=data["description"],
            pillar=Pillar(data["pillar"]),
            themes=tuple(data["themes"]),
            strategic_goals=tuple(data["strategic_goals"]),
            source_title=data["source_title"],
            source_sha=source_sha,
        )


class JudgementForm(forms.Form):
    """Whether purchases are a lever, and how large the effect can be."""

    is_lever = forms.ChoiceField(
        label=gettext_lazy("Kunnen uw aankopen hier een verschil maken?"),
        choices=[("ja", gettext_lazy("Ja")), ("nee", gettext_lazy("Nee, iets anders werkt beter"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies ja of nee.")},
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("Zo ja: hoe groot kan het effect zijn?"),
        choices=[(code.value, label) for code, label in goals.EFFECT_LABELS.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    other_lever = forms.ChoiceField(label=gettext_lazy("Zo nee: wat werkt beter?"), required=False)
    remark = _Text(label=gettext_lazy("Waarom denkt u dat?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Nog niet gekozen")), *_named(goals.other_levers())]
        self.fields["other_lever"].choices = choices  # type: ignore[attr-defined]

    def judgement(self) -> Judgement:
        """Return what was filled in."""
        data = self.cleaned_data
        is_lever = data["is_lever"] == "ja"
        effect = Effect(data["effect"]) if is_lever and data["effect"] else None
        return Judgement(is_lever, effect, data["remark"], "" if is_lever else data["other_lever"])


class ReasonForm(forms.Form):
    """Why something is put aside or stopped."""

    reason = _Text(
        label=gettext_lazy("Waarom?"),
        error_messages={"required": gettext_lazy("Schrijf waarom. Zo weet iedereen het later nog.")},
    )


class DecisionForm(forms.Form):
    """When, who and why of a decision."""

    decided_on = forms.DateField(label=gettext_lazy("Datum van het besluit"), widget=Day, initial=clock.today)
    body = forms.CharField(
        label=gettext_lazy("Wie besliste?"),
        help_text=gettext_lazy("Bijvoorbeeld: werkgroep sociaal aankopen."),
        max_length=200,
        error_messages={"required": gettext_lazy("Vul in wie dit besliste.")},
    )
    reason = _Text(
        label=gettext_lazy("Waarom deze doelen, in deze volgorde?"),
        error_messages={"required": gettext_lazy("Schrijf kort waarom. Een collega leest dat later nog na.")},
    )


class ShortlistForm(DecisionForm):
    """The place of each goal on the list, as numbers: it works without a mouse and without scripts."""

    def __init__(self, *args: Any, choices: Sequence[SocialGoalView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = choices
        for goal in choices:
            self.fields[self.name_of(goal)] = forms.IntegerField(
                label=_("Plaats van “%(title)s”") % {"title": goal.title},
                required=False,
                min_value=1,
                max_value=999,
                initial=goal.rank,
            )

    @staticmethod
    def name_of(goal: SocialGoalView) -> str:
        """Return the name of the field of a goal."""
        return f"plaats-{goal.id}"

    def ranked(self) -> list[int]:
        """Return the keys of the goals with a place, in order; equal places keep the order of the list."""
        places = [(self.cleaned_data[self.name_of(goal)], goal.id) for goal in self.goals]
        return [key for place, key in sorted(((p, k) for p, k in places if p), key=lambda one: one[0])]


class PurposeForm(forms.Form):
    """How buying helps, and for which purchases."""

    title = forms.CharField(
        label=gettext_lazy("Hoe helpen uw aankopen om dit doel te bereiken?"),
        help_text=gettext_lazy(
            "Zo concreet mogelijk. Bijvoorbeeld: meer opdrachten voor sociale ondernemingen in groenonderhoud."
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Schrijf in één zin hoe aankopen dit doel dichterbij brengen.")},
    )
    description = _Text(label=gettext_lazy("Toelichting"), required=False)
    product_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Voor welke productgroepen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    scope_types = forms.MultipleChoiceField(
        label=gettext_lazy("Soort opdracht"), choices=NATURES, required=False, widget=forms.CheckboxSelectMultiple
    )
    scope_value_over = forms.DecimalField(
        label=gettext_lazy("Alleen opdrachten boven dit bedrag (euro zonder btw)"),
        help_text=gettext_lazy("Een opdracht van precies dit bedrag valt erbuiten."),
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=2,
        localize=True,
    )
    scope_months = forms.IntegerField(
        label=gettext_lazy("Alleen opdrachten van minstens zoveel maanden"),
        help_text=gettext_lazy("Een opdracht van precies zoveel maanden telt mee."),
        required=False,
        min_value=1,
        max_value=1200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_groups"].choices = group_choices()  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(view: PurposeView | PurposeInput) -> dict[str, Any]:
        """Return what the form shows of a purchasing goal."""
        return {
            "title": view.title,
            "description": view.description,
            "product_groups": list(view.product_groups),
            "scope_types": list(view.scope.types),
            "scope_value_over": view.scope.value_over,
            "scope_months": view.scope.months,
        }

    def purpose(self) -> PurposeInput:
        """Return what was filled in."""
        data = self.cleaned_data
        rule = ScopeRule(tuple(data["scope_types"]), data["scope_value_over"], data["scope_months"])
        return PurposeInput(data["title"], data["description"], tuple(data["product_groups"]), rule)


class ChainForm(PurposeForm):
    """An example chain, to adapt before it is taken over."""

    goal_title = forms.CharField(
        label=gettext_lazy("Maatschappelijk doel"),
        help_text=gettext_lazy("Staat dit doel al in uw lijst, dan komt het aankoopdoel daaronder."),
        max_length=200,
    )
    field_order = ("goal_title", "title", "description", "product_groups")

    def __init__(self, *args: Any, chain: Chain, **kwargs: Any) -> None:
        initial = {**self.initial_of(chain.purpose), "goal_title": chain.goal.title, **_targets(chain)}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.chain = chain
        for number, one in enumerate(chain.indicators):
            is_share = one.kind == "share"
            self.fields[f"target-{number}"] = forms.DecimalField(
                label=_("Streefwaarde voor “%(name)s” (%(unit)s)")
                % {"name": one.name, "unit": _("in procent") if is_share else one.unit},
                required=False,
                min_value=0,
                max_value=100 if is_share else None,
                max_digits=12,
                decimal_places=2,
                localize=True,
                help_text=_("Laat leeg om zonder streefwaarde te volgen."),
            )

    def adapted(self) -> Chain:
        """Return the chain as it was adapted."""
        data = self.cleaned_data
        indicators = []
        for number, one in enumerate(self.chain.indicators):
            value = data[f"target-{number}"]
            if value is not None and one.kind == "share":
                value /= _HUNDRED
            name = "end_value" if one.end_value is not None else "target"
            changed = {name: value} if value is not None or name == "target" else _NO_PATH
            indicators.append(replace(one, **changed))
        return replace(
            self.chain,
            goal=replace(self.chain.goal, title=data["goal_title"]),
            purpose=self.purpose(),
            indicators=tuple(indicators),
        )


_NO_PATH: Mapping[str, Any] = {"baseline": None, "growth": None, "years": None, "end_value": None}


def _targets(chain: Chain) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, one in enumerate(chain.indicators):
        value = one.end_value if one.end_value is not None else one.target
        if value is not None:
            found[f"target-{number}"] = value * _HUNDRED if one.kind == "share" else value
    return found


class PrincipleForm(forms.Form):
    """The minimum share of a product group."""

    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"))
    minimum = forms.DecimalField(
        label=gettext_lazy("Minstens dit deel van de uitgaven (in procent)"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    valid_from = forms.DateField(label=gettext_lazy("Geldig vanaf"), widget=Day, initial=clock.today)
    valid_until = forms.DateField(
        label=gettext_lazy("Geldig tot"),
        help_text=gettext_lazy("De eerste dag waarop het niet meer geldt. Laat leeg zolang u het niet weet."),
        widget=Day,
        required=False,
    )
    reason = _Text(label=gettext_lazy("Waarom dit deel?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        start = goals.defaults()
        initial = {"product_group": start.principle_group, "minimum": int(start.principle_minimum * _HUNDRED)}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.fields["product_group"].choices = group_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_until")
        if isinstance(start, dt.date) and isinstance(end, dt.date) and end <= start:
            self.add_error("valid_until", _("De einddatum ligt voor het begin van het principe."))
        return data

    def principle(self) -> PrincipleInput:
        """Return what was filled in."""
        data = self.cleaned_data
        valid = Period(data["valid_from"], data["valid_until"])
        return PrincipleInput(data["product_group"], data["minimum"] / _HUNDRED, valid, data["reason"])


class ThemeForm(forms.Form):
    """An own theme."""

    name = forms.CharField(label=gettext_lazy("Naam van het thema"), max_length=120)


class YearlyActionForm(forms.Form):
    """What a department did, or plans to do."""

    entity = forms.CharField(label=gettext_lazy("Dienst of domein"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat is het?"),
        choices=[(code.value, label) for code, label in yearly.ACTION_KIND_LABELS.items()],
        widget=forms.RadioSelect,
    )
    year = forms.TypedChoiceField(label=gettext_lazy("Jaar"), coerce=int)
    title = forms.CharField(label=gettext_lazy("Actie"), max_length=200)
    detail = _Text(label=gettext_lazy("Toelichting"), required=False)
    strategic_goals = forms.MultipleChoiceField(
        label=gettext_lazy("Voor welk strategisch doel?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    social_goal = forms.TypedChoiceField(
        label=gettext_lazy("Voor welk maatschappelijk doel?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, found: Sequence[SocialGoalView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        self.fields["year"].choices = [(year, str(year)) for year in range(this - 3, this + 3)]  # type: ignore[attr-defined]
        self.fields["strategic_goals"].choices = _named(goals.strategic_goals())  # type: ignore[attr-defined]
        choices = [("", _("Geen")), *((goal.id, goal.title) for goal in found)]
        self.fields["social_goal"].choices = choices  # type: ignore[attr-defined]

    def action(self) -> YearlyActionInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return YearlyActionInput(
            entity=data["entity"],
            year=data["year"],
            kind=ActionKind(data["kind"]),
            title=data["title"],
            detail=data["detail"],
            strategic_goals=tuple(data["strategic_goals"]),
            social_goal_id=data["social_goal"],
        )
