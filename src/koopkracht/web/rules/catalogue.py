"""Public pages: every rule, and every parameter with its history; free and without an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.rules import api as rules
from koopkracht.rules.types import Boundary, Parameter, ParameterValue
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound
from koopkracht.web.rules.presenting import CONFIDENCE, in_words, period
from koopkracht.web.ui.page import page, public_page, render

GROUNDS: Mapping[str, Any] = {"law": gettext_lazy("wet"), "practice": gettext_lazy("praktijk, geen wet")}
COUNTRIES: Mapping[str, Any] = {
    "be": gettext_lazy("België (Vlaanderen)"),
    "nl": gettext_lazy("Nederland"),
    "any": gettext_lazy("België en Nederland"),
}
BOUNDARIES: Mapping[Boundary, Any] = {
    Boundary.BELOW: gettext_lazy("Strikt lager dan: wie precies op het bedrag zit, valt erbuiten."),
    Boundary.FROM: gettext_lazy("Vanaf: het bedrag zelf telt mee."),
    Boundary.ABOVE: gettext_lazy("Strikt hoger dan: wie precies op het bedrag zit, valt erbuiten."),
}


# What a buyer looks for first stands first.
THEMES = (
    "eu-thresholds",
    "be-thresholds",
    "procedures",
    "deadlines",
    "remedies",
    "reservation",
    "exclusion-selection",
    "specifications-award",
    "labels",
    "execution",
    "sme-measures",
    "e-invoicing",
    "principles",
    "conventions",
    "due-diligence",
    "social-economy",
    "chain-steps",
    "practice",
    "advice",
)


@public_page
def rules_list(request: HttpRequest) -> HttpResponse:
    """Show all families with their rules."""
    return render(request, "rules/catalogue.html", {"families": rules.families(), "grounds": GROUNDS})


@public_page
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Show one rule: what it says, what it needs, and the parameters it stands on."""
    for family in rules.families():
        for card in family.rules:
            if card.code == code:
                specs, series = rules.fact_specs(), {one.code: one for one in rules.parameters()}
                context = {
                    "rule": card,
                    "family": family,
                    "ground": GROUNDS[card.ground],
                    "country": COUNTRIES[card.jurisdiction],
                    "period": period(card.in_force_from, card.in_force_to),
                    "facts": [specs[name].label for name in card.facts],
                    "parameters": [_row(series[name]) for name in card.parameters],
                    "release": rules.current_release().number,
                    "disclaimer": rules.DISCLAIMER,
                }
                return render(request, "rules/rule.html", context)
    raise NotFound(
        _("De regel %(code)s bestaat niet. Zoek hem in de lijst van regels.") % {"code": code}, code="rules.no-rule"
    )


@public_page
def parameters(request: HttpRequest) -> HttpResponse:
    """Show all parameters by theme with their present value; words in the address narrow the list."""
    words = request.GET.get("zoek", "").strip().lower().split()
    themes: dict[str, dict[str, Any]] = {}
    for parameter in sorted(rules.parameters(), key=_theme_order):
        if all(word in f"{parameter.label} {parameter.code} {parameter.article}".lower() for word in words):
            title, country = parameter.theme_title, COUNTRIES[parameter.jurisdiction]
            group = themes.setdefault(
                parameter.theme, {"id": parameter.theme, "title": title, "country": country, "rows": []}
            )
            group["rows"].append(_row(parameter))
    context = {
        "groups": tuple(themes.values()),
        "words": request.GET.get("zoek", ""),
        "release": rules.current_release().number,
        "disclaimer": rules.DISCLAIMER,
    }
    return render(request, "rules/parameters.html", context)


def _theme_order(parameter: Parameter) -> tuple[bool, int]:
    known = THEMES.index(parameter.theme) if parameter.theme in THEMES else len(THEMES)
    return parameter.jurisdiction != "be", known


@public_page
def parameter(request: HttpRequest, code: str) -> HttpResponse:
    """Show one parameter with all its values, sources and the rules that use it."""
    found = next((one for one in rules.parameters() if one.code == code), None)
    if found is None:
        raise NotFound(
            _("Het gegeven %(code)s bestaat niet. Zoek het in de lijst.") % {"code": code}, code="rules.no-parameter"
        )
    used_by = [
        {"code": card.code, "statement": card.statement, "href": reverse("rule", kwargs={"code": card.code})}
        for family in rules.families()
        for card in family.rules
        if code in card.parameters
    ]
    context = {
        "parameter": found,
        "country": COUNTRIES[found.jurisdiction],
        "boundary": BOUNDARIES.get(found.boundary, ""),
        "values": [_value(found, value) for value in reversed(found.values)],
        "used_by": used_by,
        "release": rules.current_release().number,
        "disclaimer": rules.DISCLAIMER,
    }
    return render(request, "rules/parameter.html", context)


@page("rules.manage")
def reminders(request: HttpRequest) -> HttpResponse:
    """Show what a jurist should look at before the year starts."""
    rows = [
        {
            "label": one.label,
            "href": reverse("rules-parameter", kwargs={"code": one.code}),
            "reason": one.reason,
            "day": one.day,
        }
        for one in rules.reminders(on=clock.today())
    ]
    return render(request, "rules/reminders.html", {"rows": rows})


def _row(parameter: Parameter) -> dict[str, Any]:
    today = clock.today()
    value = next((one for one in reversed(parameter.values) if one.holds_on(today)), parameter.values[-1])
    word, kind = CONFIDENCE[value.confidence]
    return {
        "code": parameter.code,
        "label": parameter.label,
        "href": reverse("rules-parameter", kwargs={"code": parameter.code}),
        "shown": in_words(value.value, parameter.unit),
        "period": period(value.valid_from, value.valid_to),
        "sure": word,
        "pill": kind,
        "article": parameter.article,
    }


def _value(parameter: Parameter, value: ParameterValue) -> dict[str, Any]:
    word, kind = CONFIDENCE[value.confidence]
    return {
        "shown": in_words(value.value, parameter.unit),
        "details": in_words(value.details) if value.details else "",
        "period": period(value.valid_from, value.valid_to),
        "sure": word,
        "pill": kind,
        "note": value.note,
        "sources": value.sources,
        "checked_on": value.checked_on,
    }
