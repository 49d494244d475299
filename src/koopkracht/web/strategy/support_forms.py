"""Forms about building support: reading what was typed, no rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.catalogue import api as catalogue
from koopkracht.shared import clock
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import ContributionStatus
from koopkracht.web.strategy.support_pages import Day, choices

_LONG = 20_000


def area(rows: int = 5) -> forms.Textarea:
    """Return a field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def line(label: Any, limit: int, missing: Any = None, **options: Any) -> forms.CharField:
    """Return a field of text; with ``missing`` it is required and says this when it is empty."""
    errors = {"required": missing} if missing else {}
    return forms.CharField(
        label=label, max_length=limit, required=missing is not None, error_messages=errors, **options
    )


class SettingsForm(forms.Form):
    """The rhythm of reports and the period of silence."""

    report_months = forms.IntegerField(
        label=gettext_lazy("Maanden tussen twee verslagen aan het bestuur"), min_value=1, max_value=24
    )
    quiet_days = forms.IntegerField(
        label=gettext_lazy("Waarschuwen na zoveel dagen zonder activiteit"), min_value=1, max_value=365
    )


class InviteForm(forms.Form):
    """Whom to ask along."""

    user_id = forms.ChoiceField(label=gettext_lazy("Collega"))
    note = line(gettext_lazy("Boodschap"), 2_000, widget=area(4))

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = people  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """The shared goal."""

    text = line(
        gettext_lazy("Gezamenlijk doel"), _LONG, gettext_lazy("Schrijf het gezamenlijke doel op."), widget=area(9)
    )
    remark = line(
        gettext_lazy("Wat veranderde er, en waarom?"),
        300,
        help_text=gettext_lazy("Zo begrijpt iedereen later de keuze."),
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StakeholderForm(forms.Form):
    """A person or group that matters."""

    name = line(gettext_lazy("Naam van de persoon of groep"), 150, gettext_lazy("Vul een naam in."))
    kind = forms.ChoiceField(label=gettext_lazy("Soort"), choices=choices(support.STAKEHOLDER_LABELS))
    interest = line(gettext_lazy("Wat vinden zij belangrijk?"), _LONG, widget=area(3))
    priority = forms.ChoiceField(
        label=gettext_lazy("Aandacht"), choices=choices(support.PRIORITY_LABELS), initial="medium"
    )
    engagement = forms.ChoiceField(label=gettext_lazy("Betrokkenheid nu"), choices=choices(support.ENGAGEMENT_LABELS))
    contact = line(gettext_lazy("Contact"), 150)
    next_step = line(gettext_lazy("Volgende stap"), 300)


class ActivityForm(forms.Form):
    """An activity in a cell of the matrix."""

    title = line(gettext_lazy("Wat gaat u doen?"), 200, gettext_lazy("Geef de activiteit een titel."))
    phase = forms.ChoiceField(label=gettext_lazy("Fase"), choices=choices(support.PHASE_LABELS))
    audience = forms.ChoiceField(label=gettext_lazy("Voor wie"), choices=choices(support.AUDIENCE_LABELS))
    kind = forms.ChoiceField(label=gettext_lazy("Soort"))
    owner_id = forms.ChoiceField(label=gettext_lazy("Eigenaar"))
    date = forms.DateField(
        label=gettext_lazy("Datum"), widget=Day, error_messages={"required": gettext_lazy("Vul een datum in.")}
    )
    status = forms.ChoiceField(label=gettext_lazy("Stand"), choices=choices(support.ACTIVITY_LABELS))
    detail = line(gettext_lazy("Toelichting"), _LONG, widget=area(3))

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(support.activity_kinds().items())  # type: ignore[attr-defined]


class LinkSheetForm(forms.Form):
    """A purchase tied to a political priority."""

    title = line(gettext_lazy("Titel"), 200, gettext_lazy("Geef de fiche een titel."))
    planned_purchase_id = forms.TypedChoiceField(
        label=gettext_lazy("Aankoop uit de planning"), required=False, coerce=int, empty_value=None
    )
    purchase = line(gettext_lazy("Aankoop"), 200, gettext_lazy("Vul in over welke aankoop het gaat."))
    priority = line(
        gettext_lazy("Beleidsprioriteit"), 200, gettext_lazy("Vul in welke beleidsprioriteit de aankoop dient.")
    )
    policy_source = line(
        gettext_lazy("Waar staat die prioriteit?"), 200, help_text=gettext_lazy("Bijvoorbeeld: meerjarenplan, actie 4.")
    )
    contribution = line(
        gettext_lazy("Hoe draagt de aankoop bij?"),
        _LONG,
        gettext_lazy("Leg uit hoe de aankoop bijdraagt."),
        widget=area(),
    )
    figures = line(gettext_lazy("Waaraan zult u dat zien?"), _LONG, widget=area(3))
    question = line(
        gettext_lazy("Wat vraagt u aan het bestuur?"), 300, gettext_lazy("Schrijf op wat u aan het bestuur vraagt.")
    )

    def __init__(self, purchases: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_purchase_id"].choices = [("", _("Niet uit de planning")), *purchases]  # type: ignore[attr-defined]


class IdeaForm(forms.Form):
    """What a buyer brings in."""

    segment = forms.ChoiceField(label=gettext_lazy("Segment"), required=False)
    text = line(
        gettext_lazy("Hoe kan dit segment bijdragen?"), _LONG, gettext_lazy("Schrijf uw idee op."), widget=area()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segments = [(one.code, one.name) for one in catalogue.segments()]
        self.fields["segment"].choices = [("", _("Alle segmenten")), *segments]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What is done with an idea."""

    status = forms.ChoiceField(label=gettext_lazy("Wat doet u ermee?"))
    response = line(
        gettext_lazy("Antwoord"), _LONG, widget=area(4),
        help_text=gettext_lazy("Nodig als u het idee niet meeneemt (waarom?) of hebt toegepast (waar?)."),
    )  # fmt: skip

    def __init__(self, now: ContributionStatus, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = [
            (one, label) for one, label in support.CONTRIBUTION_LABELS.items() if support.contribution_may(now, one)
        ]
        self.fields["status"].choices = choices(dict(open_to))  # type: ignore[attr-defined]


class FlagshipForm(forms.Form):
    """Which dossier carries the flag."""

    dossier = forms.ChoiceField(label=gettext_lazy("Geplande aankoop of procedure"))
    reason = line(
        gettext_lazy("Waarom kan dit dossier anderen inspireren?"), _LONG,
        gettext_lazy("Zeg waarom dit dossier anderen kan inspireren."), widget=area(4),
    )  # fmt: skip

    def __init__(self, dossiers: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossier"].choices = dossiers  # type: ignore[attr-defined]


class LearningForm(forms.Form):
    """A success or a lesson."""

    kind = forms.ChoiceField(label=gettext_lazy("Wat is het?"), choices=choices(support.LEARNING_LABELS))
    text = line(
        gettext_lazy("Wat lukte of wat leerde u?"),
        _LONG,
        gettext_lazy("Schrijf op wat lukte of wat u leerde."),
        widget=area(4),
    )


class ReportForm(forms.Form):
    """A report to the executive; one success or lesson per line."""

    title = line(gettext_lazy("Titel"), 200, gettext_lazy("Geef het verslag een titel."))
    start = forms.DateField(label=gettext_lazy("Van"), widget=Day)
    end = forms.DateField(label=gettext_lazy("Tot en met"), widget=Day, initial=clock.today)
    summary = line(
        gettext_lazy("In het kort"), _LONG, gettext_lazy("Vat in enkele zinnen samen hoe het staat."), widget=area(4)
    )
    successes = line(gettext_lazy("Wat lukte"), _LONG, widget=area(5), help_text=gettext_lazy("Eén succes per regel."))
    lessons = line(gettext_lazy("Wat we leerden"), _LONG, widget=area(5), help_text=gettext_lazy("Eén les per regel."))
    next_step = line(
        gettext_lazy("Volgende stap"), _LONG, gettext_lazy("Schrijf op wat de volgende stap is."), widget=area(3)
    )
