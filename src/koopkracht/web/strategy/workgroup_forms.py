"""Forms about the working group and talks with departments: reading what was typed, no rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.catalogue import api as catalogue
from koopkracht.meetings.types import MemberInput
from koopkracht.strategy.api import workgroup
from koopkracht.strategy.types.workgroup import DepartmentNeedInput, NeedSource
from koopkracht.web.strategy.meeting_forms import PersonForm
from koopkracht.web.tasks.people import choices

_FIRST = (
    ("buyer", gettext_lazy("Aankoper die mee trekt"), True),
    ("policy-officer", gettext_lazy("Beleidsmedewerker die mee trekt"), True),
    ("executive", gettext_lazy("Bestuurder"), False),
)


class GroupForm(forms.Form):
    """Name, rhythm and purpose of a group."""

    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geef de werkgroep een naam.")},
    )
    rhythm_months = forms.IntegerField(
        label=gettext_lazy("Om de hoeveel maanden komt de groep samen?"),
        help_text=gettext_lazy("Een vast ritme houdt het werk levend. Veel besturen kiezen drie maanden."),
        min_value=1,
        max_value=24,
        error_messages={"required": gettext_lazy("Kies een ritme: een vaste groep heeft dat nodig.")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("Opdracht"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SetUpForm(GroupForm):
    """A new working group with its first members."""

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = choices(organisation_id, empty=_("Later kiezen"))
        for role, label, _leads in _FIRST:
            self.fields[f"first_{role}"] = forms.ChoiceField(label=label, required=False, choices=people)

    def members(self) -> tuple[MemberInput, ...]:
        """Return the first members."""
        return tuple(
            MemberInput(role=role, user_id=int(self.cleaned_data[f"first_{role}"]), leads=leads)
            for role, _label, leads in _FIRST
            if self.cleaned_data[f"first_{role}"]
        )


class MemberForm(PersonForm):
    """A member of the group."""

    leads = forms.BooleanField(label=gettext_lazy("Trekt de groep mee"), required=False)

    def member(self) -> MemberInput:
        """Return who was filled in."""
        one = self.participant()
        return MemberInput(
            role=one.role,
            user_id=one.user_id,
            name=one.name,
            organisation_name=one.organisation_name,
            leads=self.cleaned_data["leads"],
        )


class NeedForm(forms.Form):
    """What a department told."""

    department = forms.CharField(
        label=gettext_lazy("Dienst"),
        max_length=120,
        error_messages={"required": gettext_lazy("Vul de naam van de dienst in.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Opdracht of behoefte"),
        help_text=gettext_lazy("Bijvoorbeeld: hagen scheren, of broodjes voor vergaderingen."),
        max_length=200,
        error_messages={"required": gettext_lazy("Schrijf welke opdracht of behoefte het is.")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Waar hoorde u dit?"),
        choices=[(source.value, label) for source, label in workgroup.NEED_SOURCE_LABELS.items()],
    )
    yearly_amount = forms.DecimalField(
        label=gettext_lazy("Raming per jaar zonder btw (euro)"),
        required=False,
        min_value=0,
        max_digits=13,
        decimal_places=2,
        localize=True,
    )
    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"), required=False)
    planned_purchase = forms.ChoiceField(
        label=gettext_lazy("Welke geplande aankoop dekt dit?"), required=False
    )  # fmt: skip
    meeting = forms.ChoiceField(label=gettext_lazy("Uit welk gesprek?"), required=False)
    remark = forms.CharField(
        label=gettext_lazy("Wat heeft de dienst nodig?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, talks: list[tuple[str, str]], purchases: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for group in catalogue.product_groups():
            groups.setdefault(group.segment.name, []).append((group.code, group.name))
        self.fields["product_group"].choices = [("", _("Nog niet gekozen")), *groups.items()]  # type: ignore[attr-defined]
        self.fields["meeting"].choices = [("", _("Geen")), *talks]  # type: ignore[attr-defined]
        self.fields["planned_purchase"].choices = [("", _("Nog geen")), *purchases]  # type: ignore[attr-defined]

    def need(self) -> DepartmentNeedInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return DepartmentNeedInput(
            department=data["department"],
            title=data["title"],
            source=NeedSource(data["source"]),
            yearly_amount=data["yearly_amount"],
            product_group=data["product_group"],
            meeting_id=int(data["meeting"] or 0),
            planned_purchase_id=int(data["planned_purchase"]) if data["planned_purchase"] else None,
            remark=data["remark"],
        )
