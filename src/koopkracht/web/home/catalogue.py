"""The living catalogue: every component with its code and its result, from one and the same example file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from koopkracht.shared.listing import Slice
from koopkracht.web.ui.kit import FILES
from koopkracht.web.ui.lists import Column, Filter, Listing
from koopkracht.web.ui.page import jinja

EXAMPLES = "components"
TITLES = {
    "actions": _("Acties"),
    "structure": _("Opbouw van een pagina"),
    "feedback": _("Terugkoppeling"),
    "figures": _("Kerncijfers"),
    "charts": _("Grafieken"),
    "tables": _("Tabellen"),
    "lists": _("Registers"),
    "forms": _("Formulieren"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """One component on the page."""

    name: str
    template: str
    code: str


@dataclass(frozen=True, slots=True)
class Group:
    """The components of one file."""

    file: str
    title: str
    components: Sequence[Component]


class SampleForm(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label=_("Naam"), help_text=_("Zoals op de factuur."))
    kind = forms.ChoiceField(label=_("Soort"), choices=[("m", _("Maatwerkbedrijf")), ("a", _("Ander bedrijf"))])
    day = forms.DateField(label=_("Startdatum"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    period = forms.ChoiceField(
        label=_("Periode"), choices=[("j", _("Jaar")), ("k", _("Kwartaal"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Opmerking"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("Ik heb de kolommen nagekeken"))
    file = forms.FileField(label=_("Bestand"), help_text=_("CSV of Excel, hoogstens 200 MB."), required=False)


ROWS = (
    {"id": 1, "name": "De Groene Brug", "kind": "Maatwerkbedrijf", "amount": Decimal("184203.50"), "url": "#1"},
    {"id": 2, "name": "Wegenbouw Van Acker", "kind": "Ander bedrijf", "amount": Decimal("1204330.00"), "url": "#2"},
    {"id": 3, "name": "Schoon & Zonen", "kind": "Ander bedrijf", "amount": None, "url": "#3"},
)
SAMPLE_LIST = Listing(
    name="voorbeeld",
    caption=_("Leveranciers"),
    columns=(
        Column("name", _("Naam"), sort=True, href=lambda row: str(row["url"])),
        Column("kind", _("Soort")),
        Column("amount", _("Bedrag"), format="euro", sort=True),
    ),
    sort="name",
    filters=(Filter("soort", _("Soort"), options=(("m", _("Maatwerkbedrijf")), ("a", _("Ander bedrijf")))),),
    search=_("Zoek op naam of nummer"),
)


def sample(request: HttpRequest) -> dict[str, Any]:
    """Return the data that the examples show."""
    wrong = SampleForm({"name": "", "kind": "m", "day": "gisteren", "period": ""}, auto_id="fout_%s")
    answer = Slice(rows=ROWS, next="x", total=3)
    return {
        "form": SampleForm(auto_id="vb_%s"),
        "wrong_form": wrong,
        "rows": ROWS,
        "list": SAMPLE_LIST.page(request, SAMPLE_LIST.query(request.GET), answer),
        "messages": [Message(SUCCESS, str(_("Uw wijziging is bewaard.")))],
    }


def groups() -> list[Group]:
    """Return every component of every file; a component without an example is an error."""
    environment = jinja()
    loader = environment.loader
    if loader is None:
        raise RuntimeError("the Jinja2 environment has no loader")
    found = []
    for file in FILES:
        source = loader.get_source(environment, f"ui/{file}.html")[0]
        names = re.findall(r"{% macro ([a-z]\w*)", source)
        components = []
        for name in names:
            template = f"{EXAMPLES}/{name}.html"
            components.append(Component(name, template, loader.get_source(environment, template)[0].rstrip()))
        found.append(Group(file, str(TITLES[file]), components))
    return found
