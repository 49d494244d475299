"""The next step of building support: the first thing that is not there yet, with why it helps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: a title, why, and where."""

    title: str
    why: str
    href: str
    button: str


def next_step(facts: Mapping[str, Any]) -> NextStep:
    """Return the first step whose condition holds; there always is one, because support is never finished."""
    return next(make() for holds, make in _STEPS if holds(facts))


def _goal() -> NextStep:
    return NextStep(
        _("Schrijf het gezamenlijke doel op"),
        _("Eén tekst die iedereen kent, maakt elk gesprek korter. U start van een voorstel."),
        reverse("support-goal-write"),
        _("Doel schrijven"),
    )


def _sheet() -> NextStep:
    return NextStep(
        _("Maak een koppelfiche"),
        _("Toon het bestuur met één aankoop hoe ze een prioriteit dient. Dat overtuigt meer dan een lijst cijfers."),
        reverse("support-sheets"),
        _("Koppelfiche maken"),
    )


def _agreement() -> NextStep:
    return NextStep(
        _("Vraag een principeakkoord"),
        _("Met een beslissing van het bestuur weten alle diensten dat dit mag en moet."),
        reverse("support-agreements"),
        _("Naar het principeakkoord"),
    )


def _activities() -> NextStep:
    return NextStep(
        _("Vul de lege vakken van de matrix"),
        _("In elke fase hoort er iets te gebeuren, voor het bestuur én voor de aankopers."),
        reverse("support-activities"),
        _("Naar de activiteiten"),
    )


def _late() -> NextStep:
    return NextStep(
        _("Zet activiteiten op gebeurd, of kies een nieuwe datum"),
        _("Er staan activiteiten gepland op een dag die voorbij is."),
        reverse("support-activities"),
        _("Naar de activiteiten"),
    )


def _statement() -> NextStep:
    return NextStep(
        _("Laat een bestuurder zeggen wat hij verwacht"),
        _("Aankopers durven meer als ze weten dat het bestuur achter hen staat."),
        reverse("support-statements"),
        _("Naar de verwachtingen"),
    )


def _flagship() -> NextStep:
    return NextStep(
        _("Kies een symbooldossier"),
        _("Eén dossier dat u van dichtbij volgt, leert de hele organisatie hoe het kan."),
        reverse("support-flagships"),
        _("Naar de symbooldossiers"),
    )


def _report() -> NextStep:
    return NextStep(
        _("Maak het verslag aan het bestuur"),
        _("De dag die u koos is er. Wie geregeld ziet wat lukt, blijft steunen."),
        reverse("support-report-add"),
        _("Verslag maken"),
    )


def _keep() -> NextStep:
    return NextStep(
        _("Hou het warm"),
        _("Alles staat op zijn plaats. Plan de volgende activiteit en beantwoord nieuwe ideeën."),
        reverse("support-ideas"),
        _("Naar de ideeën"),
    )


_STEPS: tuple[tuple[Callable[[Mapping[str, Any]], bool], Callable[[], NextStep]], ...] = (
    (lambda facts: facts["goal"] is None, _goal),
    (lambda facts: not facts["sheets"], _sheet),
    (lambda facts: facts["mandate"] is None, _agreement),
    (lambda facts: facts["report_due"] <= facts["today"], _report),
    (lambda facts: bool(facts["late"]), _late),
    (lambda facts: facts["cells"] < 6, _activities),
    (lambda facts: not facts["statements"], _statement),
    (lambda facts: not facts["flagships"], _flagship),
    (lambda _facts: True, _keep),
)
