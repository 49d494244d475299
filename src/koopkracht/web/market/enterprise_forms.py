"""Forms about social enterprises: reading what was typed, no rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.market import api as market
from koopkracht.market.api import dialogues, directory
from koopkracht.market.types.dialogues import Contact, ContactForm
from koopkracht.market.types.directory import (
    ClientKind,
    ContractForm,
    EnterpriseEdit,
    EnterpriseExtras,
    Pioneer,
    Rating,
    Reference,
    TurnoverShare,
)
from koopkracht.market.types.suppliers import Recognition, RecognitionKind, SocialEnterpriseView
from koopkracht.shared import clock
from koopkracht.web.market.asking import Day, group_choices

ROWS = 3
"""How many recognitions the form has room for."""
_SCORES = [
    (5, gettext_lazy("5 – zeer goed")),
    (4, gettext_lazy("4 – goed")),
    (3, gettext_lazy("3 – gewoon")),
    (2, gettext_lazy("2 – matig")),
    (1, gettext_lazy("1 – slecht")),
]
_HUNDRED = Decimal(100)


def _words(**more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000, **more)


def _source(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Bron"),
        help_text=gettext_lazy("Waar hebt u dit vandaan? Bijvoorbeeld: de onderneming zelf, een website, een lijst."),
        max_length=200,
        **more,
    )


def _percent(label: Any, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True, required=required
    )


class EnterpriseForm(forms.Form):
    """What a person knows of a social enterprise."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=300)
    identifier = forms.CharField(label=gettext_lazy("Ondernemingsnummer"), max_length=20, required=False)
    municipality = forms.CharField(label=gettext_lazy("Gemeente"), max_length=120, required=False)
    region = forms.CharField(
        label=gettext_lazy("Werkgebied"),
        help_text=gettext_lazy("Bijvoorbeeld een provincie of een streek."),
        max_length=120,
        required=False,
    )
    activities = _words(label=gettext_lazy("Wat ze doen"), required=False)
    product_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Aanbod per productgroep"),
        help_text=gettext_lazy("Houd Ctrl ingedrukt om er meer dan één te kiezen."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    cpv_codes = forms.CharField(
        label=gettext_lazy("CPV-codes"),
        help_text=gettext_lazy("Acht cijfers, met een komma ertussen."),
        max_length=500,
        required=False,
    )
    capacity = forms.IntegerField(label=gettext_lazy("Aantal doelgroepmedewerkers"), required=False, min_value=0)
    certificates = _words(label=gettext_lazy("Certificaten"), required=False)
    equipment = _words(label=gettext_lazy("Machines en materieel"), required=False)
    target_share = _percent(gettext_lazy("Aandeel doelgroepmedewerkers (in procent)"), required=False)
    target_share_date = forms.DateField(
        label=gettext_lazy("Datum van het bewijs van dat aandeel"), required=False, widget=Day
    )
    target_share_evidence = forms.CharField(
        label=gettext_lazy("Waaruit blijkt dat aandeel?"), max_length=200, required=False
    )
    website = forms.CharField(label=gettext_lazy("Website"), max_length=200, required=False)
    promoted = forms.BooleanField(
        label=gettext_lazy("Zet op de lijst die we aan bedrijven en andere besturen tonen"), required=False
    )
    source = _source()
    source_date = forms.DateField(label=gettext_lazy("Datum van die bron"), widget=Day, initial=clock.today)

    def __init__(self, *args: Any, named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not named:
            del self.fields["name"], self.fields["identifier"]
        groups = [choice for choice in group_choices() if choice[0]]
        self.fields["product_groups"].choices = groups  # type: ignore[attr-defined]
        kinds = [("", _("Geen")), *((kind.value, label) for kind, label in market.RECOGNITION_LABELS.items())]
        for number in range(1, ROWS + 1):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("Erkenning %(number)s") % {"number": number}, choices=kinds, required=False
            )
            self.fields[f"from_{number}"] = forms.DateField(
                label=_("Erkenning %(number)s geldt vanaf") % {"number": number}, required=False, widget=Day()
            )
            self.fields[f"until_{number}"] = forms.DateField(
                label=_("Erkenning %(number)s geldt tot") % {"number": number}, required=False, widget=Day()
            )
        self.order_fields([name for name in self.fields if name not in {"source", "source_date"}])

    def edit(self, name: str = "") -> EnterpriseEdit:
        """Return what was filled in; ``name`` for an enterprise that has its name already."""
        data = {key: value for key, value in self.cleaned_data.items() if not key[-1].isdigit()}
        share = data.pop("target_share")
        data["cpv_codes"] = tuple(code for code in data["cpv_codes"].replace(";", ",").split(",") if code.strip())
        data["product_groups"] = tuple(data["product_groups"])
        data.setdefault("name", name)
        data.setdefault("identifier", "")
        return EnterpriseEdit(
            **data,
            recognitions=tuple(self._recognitions()),
            target_share=None if share is None else share / _HUNDRED,
        )

    def _recognitions(self) -> Iterator[Recognition]:
        data = self.cleaned_data
        for number in range(1, ROWS + 1):
            if data[f"kind_{number}"]:
                kind = RecognitionKind(data[f"kind_{number}"])
                yield Recognition(kind, data[f"from_{number}"], data[f"until_{number}"])


def initial_of(entry: SocialEnterpriseView | None, extras: EnterpriseExtras) -> dict[str, Any]:
    """Return what is known already, to begin the form with; the date of the source is asked anew."""
    profile = extras.profile
    known: dict[str, Any] = {name: getattr(profile, name) for name in type(profile).__dataclass_fields__}
    if profile.target_share is not None:
        known["target_share"] = (profile.target_share * _HUNDRED).quantize(Decimal("0.01"))
    if entry is None:
        return known
    for name in ("municipality", "region", "activities", "capacity", "website", "source"):
        known[name] = getattr(entry, name)
    known |= {"product_groups": list(entry.product_groups), "cpv_codes": ", ".join(entry.cpv_codes)}
    for number, item in enumerate(entry.recognitions[:ROWS], start=1):
        known |= {f"kind_{number}": item.kind.value, f"from_{number}": item.valid_from}
        known[f"until_{number}"] = item.valid_until
    return known


class ReferenceForm(forms.Form):
    """A contract as reference."""

    client = forms.CharField(label=gettext_lazy("Opdrachtgever"), max_length=200)
    subject = forms.CharField(label=gettext_lazy("Waarover ging de opdracht?"), max_length=300)
    form = forms.ChoiceField(
        label=gettext_lazy("Contractvorm"), choices=[(form.value, name) for form, name in directory.FORM_LABELS.items()]
    )
    valid_from = forms.DateField(label=gettext_lazy("Van"), required=False, widget=Day)
    valid_until = forms.DateField(label=gettext_lazy("Tot"), required=False, widget=Day)
    source = _source()

    def reference(self) -> Reference:
        """Return what was filled in."""
        data = self.cleaned_data
        return Reference(**{**data, "form": ContractForm(data["form"])})


class TurnoverForm(forms.Form):
    """Which share of the turnover comes from one kind of clients."""

    client = forms.ChoiceField(
        label=gettext_lazy("Van welke klanten?"),
        choices=[(kind.value, name) for kind, name in directory.CLIENT_LABELS.items()],
    )
    share = _percent(gettext_lazy("Aandeel in de omzet (in procent)"))
    source = _source()
    as_of = forms.DateField(label=gettext_lazy("Toestand op"), widget=Day, initial=clock.today)

    def turnover(self) -> TurnoverShare:
        """Return what was filled in."""
        data = self.cleaned_data
        return TurnoverShare(ClientKind(data["client"]), data["share"] / _HUNDRED, data["source"], data["as_of"])


class RatingForm(forms.Form):
    """How a department experienced price and quality."""

    product_group = forms.ChoiceField(label=gettext_lazy("Voor welke productgroep?"), required=False)
    price = forms.TypedChoiceField(label=gettext_lazy("Prijs"), choices=_SCORES, coerce=int, initial=3)
    quality = forms.TypedChoiceField(label=gettext_lazy("Kwaliteit"), choices=_SCORES, coerce=int, initial=3)
    remark = _words(label=gettext_lazy("Toelichting"), required=False)
    department = forms.CharField(label=gettext_lazy("Welke dienst heeft dit ervaren?"), max_length=120)
    shared = forms.BooleanField(
        label=gettext_lazy("Deze ervaring mag gedeeld worden met collega's en andere besturen"), required=False
    )
    rated_on = forms.DateField(label=gettext_lazy("Datum"), widget=Day, initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_group"].choices = group_choices()  # type: ignore[attr-defined]

    def rating(self) -> Rating:
        """Return what was filled in."""
        return Rating(**self.cleaned_data)


class PioneerForm(forms.Form):
    """Why a supplier is ahead in a domain."""

    domain = forms.ChoiceField(label=gettext_lazy("Domein"))
    evidence = _words(
        label=gettext_lazy("Waaruit blijkt dat?"),
        help_text=gettext_lazy("Noem iets dat u kunt nagaan: een product, een attest, een opdracht elders."),
    )
    source = _source()
    as_of = forms.DateField(label=gettext_lazy("Datum"), widget=Day, initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = list(directory.settings().domains.items())  # type: ignore[attr-defined]

    def pioneer(self) -> Pioneer:
        """Return what was filled in."""
        return Pioneer(**self.cleaned_data)


class ContactLogForm(forms.Form):
    """A contact with a party outside."""

    party = forms.CharField(label=gettext_lazy("Met wie?"), max_length=200)
    contact_function = forms.CharField(
        label=gettext_lazy("Functie van de contactpersoon"),
        help_text=gettext_lazy("De functie volstaat. Schrijf geen namen of andere persoonlijke gegevens."),
        max_length=120,
        required=False,
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Vorm"), choices=[(form.value, name) for form, name in dialogues.FORM_LABELS.items()]
    )
    held_on = forms.DateField(label=gettext_lazy("Datum"), widget=Day, initial=clock.today)
    product_group = forms.ChoiceField(label=gettext_lazy("Over welke productgroep?"), required=False)
    content = _words(label=gettext_lazy("Waarover ging het?"))
    follow_up = forms.CharField(label=gettext_lazy("Wat spraken jullie af?"), max_length=500, required=False)

    def __init__(self, *args: Any, named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not named:
            del self.fields["party"]
        self.fields["product_group"].choices = group_choices()  # type: ignore[attr-defined]

    def contact(self, supplier_id: int | None = None) -> Contact:
        """Return what was filled in."""
        data = {"party": "", **self.cleaned_data}
        return Contact(**{**data, "form": ContactForm(data["form"])}, supplier_id=supplier_id)
