"""Forms of market surveys: reading what was typed, no rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.catalogue import api as catalogue
from koopkracht.market.types.surveys import SurveyInput, SurveyView
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import AnswerSheet, QuestionInput, QuestionKind, QuestionView

_TEXT = {"rows": 4}


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SurveyForm(forms.Form):
    """What a survey is about."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        help_text=gettext_lazy("Deelnemers zien deze titel. Bijvoorbeeld: Onderhoud van onze plantsoenen."),
        max_length=200,
        error_messages={"required": gettext_lazy("Geef de bevraging een titel.")},
    )
    product_group = forms.ChoiceField(
        label=gettext_lazy("Productgroep"),
        error_messages={"required": gettext_lazy("Kies de productgroep waarover u iets wilt weten.")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("Wat wilt u te weten komen?"),
        help_text=gettext_lazy("Voor uzelf en uw collega's. Deelnemers zien dit niet."),
        widget=forms.Textarea(attrs=_TEXT),
        required=False,
        max_length=2000,
    )
    prepares = forms.CharField(
        label=gettext_lazy("Welke aankoop bereidt u voor?"),
        help_text=gettext_lazy("De titel uit uw aankoopplanning of het nummer van het dossier."),
        required=False,
        max_length=200,
    )
    introduction = forms.CharField(
        label=gettext_lazy("Inleiding voor de deelnemers"),
        help_text=gettext_lazy("Waarom vraagt u dit, en wat doet u met de antwoorden? Drie zinnen zijn genoeg."),
        widget=forms.Textarea(attrs=_TEXT),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for group in catalogue.product_groups():
            groups.setdefault(group.segment.name, []).append((group.code, group.name))
        self.fields["product_group"].choices = [("", _("Kies een productgroep")), *groups.items()]  # type: ignore[attr-defined]

    @staticmethod
    def values_of(view: SurveyView) -> dict[str, str]:
        """Return what a survey has now, to begin from."""
        return {
            "title": view.list.title,
            "product_group": view.product_group,
            "purpose": view.purpose,
            "prepares": view.prepares,
            "introduction": view.list.introduction,
        }

    def survey(self) -> SurveyInput:
        """Return what was filled in."""
        return SurveyInput(**self.cleaned_data)


class QuestionForm(forms.Form):
    """One question."""

    text = forms.CharField(
        label=gettext_lazy("Vraag"),
        max_length=500,
        error_messages={"required": gettext_lazy("Schrijf de vraag.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort antwoord"),
        choices=[(kind.value, label) for kind, label in questionnaires.KIND_LABELS.items()],
    )
    options = forms.CharField(
        label=gettext_lazy("Antwoorden om uit te kiezen"),
        help_text=gettext_lazy("Eén per regel. Alleen nodig bij één keuze of meer keuzes."),
        widget=forms.Textarea(attrs=_TEXT),
        required=False,
        max_length=2000,
    )
    help = forms.CharField(label=gettext_lazy("Uitleg bij de vraag"), required=False, max_length=300)
    required = forms.BooleanField(label=gettext_lazy("Dit antwoord is verplicht"), required=False)

    @staticmethod
    def values_of(view: QuestionView) -> dict[str, Any]:
        """Return what a question has now."""
        return {
            "text": view.text,
            "kind": view.kind.value,
            "options": "\n".join(view.options),
            "help": view.help,
            "required": view.required,
        }

    def question(self) -> QuestionInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return QuestionInput(
            text=data["text"],
            kind=QuestionKind(data["kind"]),
            options=tuple(data["options"].splitlines()),
            required=data["required"],
            help=data["help"],
        )


class PasteForm(forms.Form):
    """Parties, one a line."""

    text = forms.CharField(
        label=gettext_lazy("Lijst met ondernemingen"),
        help_text=gettext_lazy(
            "Eén per regel: naam; e-mailadres; regio; soort; grootte. Alleen de naam is nodig. "
            "Staat de naam al in de lijst, dan vullen we het e-mailadres aan."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=100_000,
        error_messages={"required": gettext_lazy("Plak of typ minstens één regel.")},
    )


class ConfirmForm(forms.Form):
    """The confirmation that the picture is fair."""

    fair = forms.BooleanField(
        label=gettext_lazy("Ik bekeek de samenstelling. Deze groep geeft een eerlijk beeld van de markt."),
        error_messages={"required": gettext_lazy("Bekijk de tabellen en zet een vinkje als de groep klopt.")},
    )


class SendForm(forms.Form):
    """Until when one can answer."""

    closes_on = forms.DateField(
        label=gettext_lazy("Laatste dag om te antwoorden"),
        help_text=gettext_lazy("Twee tot drie weken werkt goed. U kunt ook zelf vroeger afsluiten."),
        widget=Day,
        error_messages={
            "required": gettext_lazy("Kies de laatste dag."),
            "invalid": gettext_lazy("Dit is geen juiste datum. Schrijf dag, maand en jaar."),
        },
    )


class SummaryForm(forms.Form):
    """The text for the participants."""

    summary = forms.CharField(
        label=gettext_lazy("Wat hebt u geleerd?"),
        help_text=gettext_lazy(
            "Schrijf in uw eigen woorden, zonder namen. Schrijf “enkele” in plaats van een klein getal."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=10_000,
        error_messages={"required": gettext_lazy("Schrijf eerst wat u uit de antwoorden leert.")},
    )


class AnswerForm(forms.Form):
    """The questions as a participant sees them; the mechanism judges the answers."""

    use_required_attribute = False

    def __init__(
        self, sheet: AnswerSheet, data: QueryDict | None = None, problems: Mapping[int, str] | None = None
    ) -> None:
        self._problems = problems or {}
        super().__init__(data)
        for question in sheet.questions:
            name = name_of(question)
            self.fields[name] = _field(question)
            self.initial[name] = _initial(question, sheet.given.get(question.id, ()))

    def full_clean(self) -> None:
        """Show the problems that the mechanism found, and no others."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for question_id, problem in self._problems.items():
            self.add_error(f"v{question_id}", problem)


def name_of(question: QuestionView) -> str:
    """Return the name of the field of a question."""
    return f"v{question.id}"


def answers_in(sheet_ids: Sequence[int], data: QueryDict) -> dict[int, list[str]]:
    """Return what was filled in, by question."""
    return {key: data.getlist(f"v{key}") for key in sheet_ids}


def _initial(question: QuestionView, given: Sequence[str]) -> Any:
    if question.kind is QuestionKind.SEVERAL:
        return list(given)
    value = given[0] if given else ""
    return value.replace(".", ",") if question.kind is QuestionKind.NUMBER else value


def _field(question: QuestionView) -> forms.Field:
    common: dict[str, Any] = {
        "label": f"{question.position}. {question.text}",
        "help_text": question.help,
        "required": question.required,
    }
    choices = [(code, _scale_text(question, code, label)) for code, label in question.cells]
    if question.kind is QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if choices:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    widget = forms.Textarea(attrs={"rows": 5}) if question.kind is QuestionKind.LONG else forms.TextInput()
    if question.kind is QuestionKind.NUMBER:
        widget.attrs.update({"inputmode": "decimal"})
    return forms.CharField(widget=widget, **common)


def _scale_text(question: QuestionView, code: str, label: str) -> str:
    if question.kind is QuestionKind.SCALE and code in {"1", "5"}:
        return _("%(code)s (laagst)") % {"code": code} if code == "1" else _("%(code)s (hoogst)") % {"code": code}
    return label
