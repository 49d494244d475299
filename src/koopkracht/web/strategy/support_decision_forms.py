"""Forms about the agreement in principle and statements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from koopkracht.shared import clock
from koopkracht.strategy.api import support
from koopkracht.strategy.types.support import (
    AgreementInput,
    AgreementView,
    QuestionInput,
    StatementInput,
    StatementKind,
)
from koopkracht.web.strategy.support_forms import area, line
from koopkracht.web.strategy.support_pages import Day, choices

_LONG = 20_000


class AgreementForm(forms.Form):
    """The text of an agreement; goals one per line, questions as ``question | what to watch``."""

    title = line(gettext_lazy("Titel"), 200, gettext_lazy("Geef het akkoord een titel."))
    body = line(gettext_lazy("Welk orgaan beslist?"), 150, gettext_lazy("Vul in welk orgaan beslist."))
    text = line(
        gettext_lazy("Tekst van het akkoord"), _LONG, gettext_lazy("Schrijf de tekst van het akkoord."), widget=area(9)
    )
    goals = line(
        gettext_lazy("Doelen die het orgaan goedkeurt"),
        _LONG,
        widget=area(4),
        help_text=gettext_lazy("Eén doel per regel."),
    )
    questions = line(
        gettext_lazy("Vragen van het bestuur bij de start"), _LONG, widget=area(4),
        help_text=gettext_lazy("Eén vraag per regel. Na een rechte streep (|) schrijft u waarop u let."),
    )  # fmt: skip

    @staticmethod
    def initial_of(found: AgreementInput | AgreementView) -> dict[str, Any]:
        """Return what the form starts from."""
        questions = [f"{one.question} | {one.measure}" if one.measure else one.question for one in found.questions]
        return {
            "title": found.title,
            "body": found.body,
            "text": found.text,
            "goals": "\n".join(found.goals),
            "questions": "\n".join(questions),
        }

    @staticmethod
    def agreement(data: dict[str, Any]) -> AgreementInput:
        """Return what was filled in."""
        asked = [one.partition("|") for one in data["questions"].splitlines() if one.strip()]
        return AgreementInput(
            title=data["title"],
            text=data["text"],
            body=data["body"],
            goals=tuple(data["goals"].splitlines()),
            questions=tuple(QuestionInput(question.strip(), measure.strip()) for question, _bar, measure in asked),
        )


class DecisionForm(forms.Form):
    """What the body decided."""

    decided_on = forms.DateField(label=gettext_lazy("Datum van de beslissing"), widget=Day, initial=clock.today)
    decision = line(
        gettext_lazy("Beslissing"),
        _LONG,
        gettext_lazy("Schrijf op wat het orgaan besliste, of waarom niet."),
        widget=area(4),
    )
    valid_until = forms.DateField(label=gettext_lazy("Geldt tot en met"), widget=Day, required=False)
    file = forms.FileField(label=gettext_lazy("Document met de beslissing"), required=False)


class QuestionAnswerForm(forms.Form):
    """The answer to a question of the executive."""

    answer = line(gettext_lazy("Antwoord"), _LONG, gettext_lazy("Schrijf het antwoord op."), widget=area(5))


class StatementForm(forms.Form):
    """What a political lead expects."""

    title = line(gettext_lazy("Titel"), 200, gettext_lazy("Geef uw boodschap een titel."))
    text = line(gettext_lazy("Uw boodschap"), _LONG, gettext_lazy("Schrijf uw boodschap op."), widget=area(9))

    def statement(self, kind: StatementKind) -> StatementInput:
        """Return what was filled in."""
        lines = self.cleaned_data.get("commitments", "").splitlines()
        return StatementInput(kind, self.cleaned_data["title"], self.cleaned_data["text"], tuple(lines))


class CharterForm(StatementForm):
    """A charter with its commitments."""

    commitments = line(
        gettext_lazy("Engagementen"), _LONG, gettext_lazy("Een charter heeft minstens één engagement."), widget=area(4),
        help_text=gettext_lazy("Eén engagement per regel."),
    )  # fmt: skip


class ProgressForm(forms.Form):
    """How far one is with a commitment."""

    status = forms.ChoiceField(label=gettext_lazy("Hoever staat u?"), choices=choices(support.COMMITMENT_LABELS))
    note = line(gettext_lazy("Toelichting"), 300)
