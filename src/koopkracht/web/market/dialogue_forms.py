"""Forms about talking with the market: reading what was typed, no rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.market.api import dialogues
from koopkracht.market.types.dialogues import (
    DialogueInput,
    DialogueKind,
    DialogueReport,
    Information,
    Need,
    NeedReaction,
    Obstacle,
    Party,
    PartyRole,
    Reply,
)
from koopkracht.shared import clock
from koopkracht.web.market.asking import Day, group_choices


def words(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    """Make a field for some lines of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _choices(labels: Any) -> list[tuple[str, Any]]:
    return [(code.value, label) for code, label in labels.items()]


class _WithGroup(forms.Form):
    """A form with an optional product group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_group"].choices = group_choices()  # type: ignore[attr-defined]
        if "channel" in self.fields:
            self.fields["channel"].choices = list(dialogues.settings().channels.items())  # type: ignore[attr-defined]


class DialogueForm(_WithGroup):
    """When, how, with whom and why."""

    kind = forms.ChoiceField(label=gettext_lazy("Vorm"), choices=_choices(dialogues.KIND_LABELS))
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=200)
    product_group = forms.ChoiceField(label=gettext_lazy("Over welke productgroep?"), required=False)
    date = forms.DateField(label=gettext_lazy("Wanneer?"), widget=Day)
    place = forms.CharField(label=gettext_lazy("Waar?"), max_length=200, required=False)
    participants = words(
        gettext_lazy("Met wie?"), gettext_lazy("Noem organisaties en functies. Namen van personen zijn niet nodig.")
    )
    purpose = words(gettext_lazy("Wat wilt u te weten komen?"))
    part_one = words(
        gettext_lazy("Infomoment, eerste deel"),
        gettext_lazy("Bijvoorbeeld: technische en sociale eisen, en een bezoek ter plaatse."),
    )
    part_two = words(
        gettext_lazy("Infomoment, tweede deel"),
        gettext_lazy("Bijvoorbeeld: sociale ondernemingen en begeleiders stellen zich voor, daarna kennismaken."),
    )
    purchase_id = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)

    def dialogue(self) -> DialogueInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return DialogueInput(**{**data, "kind": DialogueKind(data["kind"])})


class ReportForm(forms.Form):
    """What a talk gave."""

    approach = words(
        gettext_lazy("Wat is de beste aanpak voor dit bestek?"),
        gettext_lazy("Hoe omschrijft u de opdracht zodat de markt er goed op kan antwoorden?"),
        required=True,
    )
    lot_tasks = words(gettext_lazy("Welke taken passen in een perceel voor de sociale economie?"))
    tactic = words(gettext_lazy("Welke manier van aankopen heeft het meeste effect?"))
    notes = words(gettext_lazy("Verslag"), rows=6)
    present = forms.IntegerField(label=gettext_lazy("Aantal aanwezigen"), required=False, min_value=0)

    def report(self) -> DialogueReport:
        """Return what was filled in."""
        return DialogueReport(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a talk does not take place."""

    reason = forms.CharField(label=gettext_lazy("Waarom gaat het niet door?"), max_length=300)


class PartyForm(forms.Form):
    """A party of a session."""

    name = forms.CharField(label=gettext_lazy("Naam van de organisatie"), max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Komt als"), choices=_choices(dialogues.ROLE_LABELS))
    contact_function = forms.CharField(
        label=gettext_lazy("Functie van de contactpersoon"), max_length=120, required=False
    )
    reply = forms.ChoiceField(
        label=gettext_lazy("Antwoord op de uitnodiging"), choices=_choices(dialogues.REPLY_LABELS)
    )
    people = forms.IntegerField(
        label=gettext_lazy("Aantal aanwezigen van deze partij"),
        help_text=gettext_lazy("Vul dit in na het infomoment."),
        required=False,
        min_value=0,
    )
    pitch = words(
        gettext_lazy("Korte voorstelling"), gettext_lazy("Wie zijn ze, wat bieden ze aan, wie zoeken ze?"), rows=4
    )

    def __init__(self, *args: Any, named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not named:
            del self.fields["name"]

    def party(self) -> Party:
        """Return what was filled in."""
        data = {"name": "", **self.cleaned_data}
        return Party(**{**data, "role": PartyRole(data["role"]), "reply": Reply(data["reply"])})


class ContactRequestForm(forms.Form):
    """Who asks whom for contact."""

    asker = forms.TypedChoiceField(label=gettext_lazy("Wie vraagt contact?"), coerce=int)
    asked = forms.TypedChoiceField(label=gettext_lazy("Met wie?"), coerce=int)
    message = forms.CharField(label=gettext_lazy("Waarover?"), max_length=500, required=False)

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Kies een partij")), *((party.id, party.name) for party in parties)]
        for name in ("asker", "asked"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class InformationForm(_WithGroup):
    """What was told to one market party."""

    party = forms.CharField(label=gettext_lazy("Aan wie?"), max_length=200)
    content = words(gettext_lazy("Wat hebt u verteld of gegeven?"), required=True, rows=5)
    given_on = forms.DateField(label=gettext_lazy("Wanneer?"), widget=Day, initial=clock.today)
    channel = forms.ChoiceField(label=gettext_lazy("Via welk kanaal?"))
    product_group = forms.ChoiceField(label=gettext_lazy("Over welke productgroep?"), required=False)

    def information(self, dialogue_id: int | None = None) -> Information:
        """Return what was filled in."""
        return Information(**self.cleaned_data, dialogue_id=dialogue_id)


class PublishForm(forms.Form):
    """When and how everybody could read the same."""

    channel = forms.ChoiceField(label=gettext_lazy("Via welk kanaal kan iedereen dit lezen?"))
    on = forms.DateField(label=gettext_lazy("Sinds wanneer?"), widget=Day, initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = list(dialogues.settings().channels.items())  # type: ignore[attr-defined]


class NeedForm(_WithGroup):
    """A need that the market may know of."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=200)
    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"), required=False)
    description = words(
        gettext_lazy("Wat is er nodig, en welk effect wilt u bereiken?"),
        gettext_lazy("Beschrijf de nood, nog niet de oplossing."),
        required=True,
        rows=5,
    )
    expected_start = forms.DateField(label=gettext_lazy("Verwachte start"), required=False, widget=Day)
    announced_on = forms.DateField(label=gettext_lazy("Bekendgemaakt op"), widget=Day, initial=clock.today)
    channel = forms.ChoiceField(label=gettext_lazy("Via welk kanaal?"))
    reactions_until = forms.DateField(label=gettext_lazy("Reageren kan tot"), required=False, widget=Day)

    def need(self) -> Need:
        """Return what was filled in."""
        return Need(**self.cleaned_data)


class ReactionForm(forms.Form):
    """How a party reacted."""

    party = forms.CharField(label=gettext_lazy("Van wie?"), max_length=200)
    content = words(gettext_lazy("Wat zeggen ze?"), required=True)
    received_on = forms.DateField(label=gettext_lazy("Ontvangen op"), widget=Day, initial=clock.today)

    def reaction(self) -> NeedReaction:
        """Return what was filled in."""
        return NeedReaction(**self.cleaned_data)


class ObstacleForm(_WithGroup):
    """A rule, demand or protocol that stands in the way."""

    title = forms.CharField(label=gettext_lazy("Welke regel, eis of afspraak staat in de weg?"), max_length=200)
    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"), required=False)
    why = words(gettext_lazy("Waarom houdt dit een goede oplossing tegen?"), required=True)
    raised_by = forms.CharField(
        label=gettext_lazy("Wie meldde dit?"), help_text=gettext_lazy("Een functie of organisatie."), max_length=200
    )
    raised_on = forms.DateField(label=gettext_lazy("Gemeld op"), widget=Day, initial=clock.today)
    follow_up = forms.CharField(label=gettext_lazy("Wat gaat u ermee doen?"), max_length=500, required=False)

    def obstacle(self) -> Obstacle:
        """Return what was filled in."""
        return Obstacle(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """What became of an obstacle."""

    outcome = forms.CharField(label=gettext_lazy("Wat is er beslist?"), max_length=500)
    on = forms.DateField(label=gettext_lazy("Op welke datum?"), widget=Day, initial=clock.today)
