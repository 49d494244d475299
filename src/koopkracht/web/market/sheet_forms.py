"""The form of a market sheet, built from the content: reading what was typed, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.market.api import sheets
from koopkracht.market.types.sheets import Answer, Sheet, SheetInput
from koopkracht.shared import clock
from koopkracht.web.market.asking import Day


def _area(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SheetForm(forms.Form):
    """Ten questions with source and date, the market profile, readiness and findings."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, data: Mapping[str, Any] | None, *, sheet: Sheet) -> None:
        super().__init__(data, initial=_initial(sheet))
        content = sheets.sheet_form()
        for question in content.questions:
            self.fields[question.code] = _area(question.text, question.help)
            self.fields[f"{question.code}-source"] = forms.CharField(label=_("Bron"), max_length=200, required=False)
            self.fields[f"{question.code}-as_of"] = forms.DateField(label=_("Datum"), widget=Day(), required=False)
        for field in content.fields:
            self.fields[f"profile-{field.code}"] = (
                forms.ChoiceField(
                    label=field.label,
                    help_text=field.help,
                    required=False,
                    choices=[("", _("Nog niet bekend")), *field.options],
                )
                if field.options
                else _area(field.label, field.help, rows=2)
            )
        scores = [("", _("Weet ik niet")), *((str(score), str(score)) for score in range(sheets.TOP + 1))]
        for statement in content.statements:
            self.fields[f"readiness-{statement.code}"] = forms.ChoiceField(
                label=statement.text, help_text=statement.help, choices=scores, required=False
            )
        self.fields["findings"] = _area(_("Bevindingen"), _("Wat moet iedereen over deze markt weten?"), rows=6)
        self.fields["remark"] = forms.CharField(
            label=_("Wat is er nieuw in deze versie?"), max_length=300, required=False
        )

    def parts(self) -> dict[str, Any]:
        """Return the bound fields in the groups of the page."""
        content = sheets.sheet_form()
        return {
            "questions": [
                (question, self[question.code], self[f"{question.code}-source"], self[f"{question.code}-as_of"])
                for question in content.questions
            ],
            "profile": [self[f"profile-{field.code}"] for field in content.fields],
            "readiness": [self[f"readiness-{one.code}"] for one in content.statements],
        }

    def sheet(self) -> SheetInput:
        """Return what was filled in."""
        data, content = self.cleaned_data, sheets.sheet_form()
        return SheetInput(
            answers={
                one.code: Answer(data[one.code], data[f"{one.code}-source"], data[f"{one.code}-as_of"])
                for one in content.questions
            },
            profile={field.code: data[f"profile-{field.code}"] for field in content.fields},
            readiness={
                one.code: int(data[f"readiness-{one.code}"])
                for one in content.statements
                if data[f"readiness-{one.code}"]
            },
            findings=data["findings"],
            remark=data["remark"],
            based_on=data["based_on"],
        )


def _initial(sheet: Sheet) -> dict[str, Any]:
    values: dict[str, Any] = {"based_on": sheet.version, "findings": sheet.findings}
    for question in sheets.sheet_form().questions:
        answer = sheet.answers.get(question.code, Answer(as_of=clock.today()))
        values[question.code] = answer.text
        values[f"{question.code}-source"] = answer.source
        values[f"{question.code}-as_of"] = answer.as_of
    values |= {f"profile-{code}": value for code, value in sheet.profile.items()}
    values |= {f"readiness-{code}": str(score) for code, score in sheet.readiness.items()}
    return values


class ConclusionForm(forms.Form):
    """A conclusion that later decisions can refer to."""

    text = forms.CharField(label=gettext_lazy("Besluit"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(
        label=gettext_lazy("Waarop steunt dit?"),
        help_text=gettext_lazy("Bijvoorbeeld: bevraging van mei, groepsgesprek, marktfiche."),
        max_length=200,
    )
    as_of = forms.DateField(label=gettext_lazy("Datum"), widget=Day, initial=clock.today)


class WithdrawForm(forms.Form):
    """Why a conclusion no longer holds."""

    reason = forms.CharField(label=gettext_lazy("Waarom geldt dit niet meer?"), max_length=300)
