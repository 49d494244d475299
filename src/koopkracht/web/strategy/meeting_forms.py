"""Forms about meetings: reading what was typed, no rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import (
    AgendaInput,
    AgendaView,
    DecisionInput,
    MeetingInput,
    MeetingKind,
    ParticipantInput,
    ParticipantView,
)
from koopkracht.web.tasks.people import choices

EVIDENCE = "document"


class Day(forms.DateInput):
    """A date field that browsers show as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Hour(forms.TimeInput):
    """A time field that browsers show as a clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WhenForm(forms.Form):
    """Title, day, hours and place of a meeting."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=160,
        error_messages={"required": gettext_lazy("Geef de bijeenkomst een titel.")},
    )
    date = forms.DateField(
        label=gettext_lazy("Dag"), widget=Day, error_messages={"required": gettext_lazy("Kies een dag.")}
    )
    starts = forms.TimeField(label=gettext_lazy("Begin"), widget=Hour, required=False)
    ends = forms.TimeField(label=gettext_lazy("Einde"), widget=Hour, required=False)
    place = forms.CharField(label=gettext_lazy("Plaats"), max_length=160, required=False)


class AgendaForm(forms.Form):
    """The agenda: per part of the script one item per line, or numbered dossiers where their number is limited."""

    def __init__(self, *args: Any, kind: MeetingKind, items: Sequence[AgendaView] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind.agenda_limit is not None:
            self._add_dossiers(items)
        else:
            self._add_parts(items)

    def _add_parts(self, items: Sequence[AgendaView]) -> None:
        for part in self.kind.parts:
            asked = part.code in self.kind.agenda_parts
            self.fields[f"part_{part.code}"] = forms.CharField(
                label=part.title,
                required=asked,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Eén punt per lijn."),
                initial="\n".join(item.title for item in items if item.part == part.code),
                error_messages={"required": _("Dit deel hoort op de agenda. Schrijf minstens één punt.")},
            )

    def _add_dossiers(self, items: Sequence[AgendaView]) -> None:
        for number in range(1, (self.kind.agenda_limit or 0) + 1):
            item = items[number - 1] if len(items) >= number else None
            self.fields[f"dossier_{number}"] = forms.CharField(
                label=_("Dossier %(number)s") % {"number": number},
                required=False,
                max_length=120,
                initial=item.title if item else "",
            )
            self.fields[f"asked_{number}"] = forms.DateField(
                label=_("Aangeboden op"),
                required=False,
                widget=Day(),
                help_text=_("Zo zien we hoe lang een dossier moet wachten."),
                initial=item.requested_on if item else None,
            )

    def items(self) -> tuple[AgendaInput, ...]:
        """Return what was filled in."""
        return tuple(self._dossiers() if self.kind.agenda_limit is not None else self._parts())

    def _parts(self) -> Iterator[AgendaInput]:
        for part in self.kind.parts:
            for line in self.cleaned_data[f"part_{part.code}"].splitlines():
                if line.strip():
                    yield AgendaInput(title=line.strip()[:200], part=part.code)

    def _dossiers(self) -> Iterator[AgendaInput]:
        for number in range(1, (self.kind.agenda_limit or 0) + 1):
            title = self.cleaned_data[f"dossier_{number}"].strip()
            if title:
                asked = self.cleaned_data[f"asked_{number}"]
                yield AgendaInput(title=title, reference=title, requested_on=asked)


class PlanForm(AgendaForm, WhenForm):
    """A meeting to plan: when, where, and what is on the agenda."""

    field_order = ("title", "date", "starts", "ends", "place")

    def meeting(self, *, group_id: int | None, subject: str, subject_key: int) -> MeetingInput:
        """Return what was filled in."""
        data = self.cleaned_data
        return MeetingInput(
            kind=self.kind.code,
            title=data["title"],
            date=data["date"],
            group_id=group_id,
            subject=subject,
            subject_key=subject_key,
            place=data["place"],
            starts=data["starts"],
            ends=data["ends"],
            agenda=self.items(),
        )


class PersonForm(forms.Form):
    """Somebody at the table: a colleague, or somebody from outside."""

    person = forms.ChoiceField(label=gettext_lazy("Collega"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Of iemand van buiten: naam"), max_length=120, required=False
    )  # fmt: skip
    organisation_name = forms.CharField(label=gettext_lazy("Organisatie of dienst"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Rol aan tafel"))

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = choices(organisation_id)  # type: ignore[attr-defined]
        self.fields["role"].choices = list(meetings.roles().items())  # type: ignore[attr-defined]

    def participant(self) -> ParticipantInput:
        """Return who was filled in."""
        data = self.cleaned_data
        return ParticipantInput(
            role=data["role"],
            user_id=int(data["person"]) if data["person"] else None,
            name=data["name"],
            organisation_name=data["organisation_name"],
        )


class MinutesForm(forms.Form):
    """A text per part of the script, and who was there."""

    def __init__(
        self,
        *args: Any,
        kind: MeetingKind,
        written: dict[str, str],
        people: Sequence[tuple[ParticipantView, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if people:
            self.fields["present"] = forms.MultipleChoiceField(
                label=_("Wie was er?"),
                required=False,
                choices=[(str(person.id), label) for person, label in people],
                initial=[str(person.id) for person, _label in people if person.attended is not False],
                widget=forms.CheckboxSelectMultiple,
            )
        self.people = [person.id for person, _label in people]
        for part in kind.parts:
            self.fields[f"part_{part.code}"] = forms.CharField(
                label=part.title,
                help_text=part.guidance,
                required=False,
                max_length=20_000,
                initial=written.get(part.code, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def minutes(self) -> dict[str, str]:
        """Return the text per part."""
        return {part.code: self.cleaned_data[f"part_{part.code}"] for part in self.kind.parts}

    def attendance(self) -> dict[int, bool]:
        """Return who was there."""
        present = set(self.cleaned_data.get("present", ()))
        return {key: str(key) in present for key in self.people}


class DecisionForm(forms.Form):
    """A decision; with a person and a day it becomes a task."""

    text = forms.CharField(
        label=gettext_lazy("Wat is beslist?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Schrijf wat er beslist is.")},
    )
    owner = forms.ChoiceField(label=gettext_lazy("Wie doet het?"), required=False)
    due = forms.DateField(label=gettext_lazy("Tegen wanneer?"), widget=Day, required=False)
    evidence = forms.BooleanField(label=gettext_lazy("Er moet een bewijs bij dat een collega nakijkt"), required=False)

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = choices(organisation_id, empty=_("Niemand: er is niets te doen"))  # type: ignore[attr-defined]

    def decision(self) -> DecisionInput:
        """Return what was filled in."""
        data = self.cleaned_data
        due: dt.date | None = data["due"]
        return DecisionInput(text=data["text"], owner_id=int(data["owner"]) if data["owner"] else None, due=due)
