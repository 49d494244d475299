"""The question form, made from the list of facts; the rules themselves judge what is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.rules import api as rules
from koopkracht.rules.errors import BadFacts
from koopkracht.rules.types import FactSpec

PURCHASE_FACTS = (
    "contract_type",
    "estimated_value",
    "cpv",
    "social_service",
    "buyer_kind",
    "sector",
    "social_aim",
    "reserved",
    "duration_months",
)
MORE_FACTS = (
    "jurisdiction",
    "expenditure",
    "lot_values",
    "divided_in_lots",
    "not_divided_reason",
    "procedure",
    "electronic_submission",
    "prior_notice",
    "urgent",
    "art38_ground",
    "art42_ground",
    "ground_motivated",
    "innovation_need",
    "award_sent_on",
    "concluded_on",
    "on_framework",
)
LAUNCH = "on"
_NOT_FILLED = ("", gettext_lazy("Niet ingevuld"))


class QuestionForm(forms.Form):
    """Facts about a purchase, and the launch date."""

    on = forms.DateField(
        label=gettext_lazy("Datum van bekendmaking of uitnodiging"),
        help_text=gettext_lazy("Deze dag bepaalt welke regels gelden."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Vul een datum in: die bepaalt welke regels gelden."),
            "invalid": gettext_lazy("Deze datum bestaat niet. Kies een dag uit de kalender."),
        },
    )

    def __init__(self, *args: Any, facts: Iterable[str], required: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        specs, needed = rules.fact_specs(), frozenset(required)
        self.main = [name for name in facts if name not in MORE_FACTS or name in needed]
        self.more = [name for name in facts if name not in self.main]
        for name in (*self.main, *self.more):
            self.fields[name] = _field(specs[name], needed=name in needed)

    def facts(self) -> dict[str, Any]:
        """Return what was filled in, without the launch date."""
        return {name: value for name, value in self.cleaned_data.items() if name != LAUNCH and value not in ("", [])}

    def launch_date(self) -> dt.date:
        """Return the launch date."""
        day: dt.date = self.cleaned_data[LAUNCH]
        return day

    def take(self, error: BadFacts) -> None:
        """Show what the rules refuse beside the field it is about."""
        specs = rules.fact_specs()
        for name, message in error.details["fields"].items():
            if name in self.errors:
                continue
            text = message.removeprefix(f"{specs[name].label}: ") if name in specs else message
            self.add_error(name if name in self.fields else None, text[:1].upper() + text[1:])


def _field(spec: FactSpec, *, needed: bool) -> forms.Field:
    shared: dict[str, Any] = {"label": spec.label, "help_text": spec.help, "required": False}
    made: forms.Field
    match spec.kind:
        case "choice":
            made = forms.ChoiceField(choices=[_NOT_FILLED, *spec.choices], **shared)
        case "flag":
            made = forms.ChoiceField(choices=[_NOT_FILLED, ("ja", _("Ja")), ("nee", _("Nee"))], **shared)
        case "choices":
            made = forms.MultipleChoiceField(choices=spec.choices, widget=forms.CheckboxSelectMultiple, **shared)
        case "amounts" | "percents":
            made = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **shared)
        case "date":
            made = forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **shared)
        case "amount" | "percent" | "integer" | "cpv":
            mode = "decimal" if spec.kind in {"amount", "percent"} else "numeric"
            made = forms.CharField(
                max_length=40, widget=forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"}), **shared
            )
        case _:
            made = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **shared)
    # The rules judge; the mark only tells people that there is no answer without it.
    made.required = needed and spec.kind != "choices"
    made.error_messages["required"] = _("Vul dit in: zonder dit gegeven is er geen antwoord.")
    return made


def purchase_form(data: Mapping[str, Any] | None = None, **kwargs: Any) -> QuestionForm:
    """Return the form about a whole purchase."""
    return QuestionForm(
        data, facts=(*PURCHASE_FACTS, *MORE_FACTS), required=("contract_type", "estimated_value"), **kwargs
    )


def family_form(code: str, data: Mapping[str, Any] | None = None, **kwargs: Any) -> QuestionForm:
    """Return the form with the facts of one family of rules."""
    family = next(found for found in rules.families() if found.code == code)
    facts = dict.fromkeys(
        (*family.required, *(name for rule in family.rules for name in rule.facts), *EXTRA.get(code, ()))
    )
    return QuestionForm(data, facts=tuple(facts), required=family.required, **kwargs)


# Facts that change an answer of a family without being needed by every rule of it.
EXTRA: Mapping[str, tuple[str, ...]] = {
    "regime": ("buyer_kind", "sector", "social_service", "framework", "duration_motivated"),
    "procedures": (*PURCHASE_FACTS, *MORE_FACTS),
    "procedure_advice": ("buyer_kind", "social_service", "reserved", "innovation_need"),
    "lots": ("social_service", "not_divided_reason", "lot_limit_announced"),
    "terms": ("buyer_kind", "social_service", "urgent", "prior_notice", "electronic_submission"),
    "remedies": ("buyer_kind", "social_service", "only_winner_involved", "on_framework"),
    "reservation": ("operator_kind", "integration_is_aim", "duration_months"),
    "exclusion": ("buyer_kind", "social_service", "breach_criminal", "debt_notified_on", "regularised_before",
                  "claim_on_public_buyer", "corrective_judged", "documents_mention_art69", "art42_ground"),
    "selection": ("other_proof_accepted",),
    "specification": ("buyer_kind", "social_service", "label_linked", "label_objective", "label_open_procedure",
                      "label_accessible", "label_third_party", "accessible_design", "spec_or_equivalent",
                      "test_report_equivalents"),
    "award_criteria": ("buyer_kind", "social_service", "criteria_ranked", "lcc_verifiable", "fraud_sensitive"),
    "performance": ("special_penalty_proportional", "partnership_described", "fraud_sensitive"),
    "money": ("special_penalty_set", "breach_days", "bond_percent", "bond_motivated"),
    "sme": ("advance_excluded",),
    "e_invoicing": ("buyer_kind", "social_service"),
    "chain": ("social_aim",),
    "access": ("barrier_motivated",),
    "netherlands": ("jurisdiction", "buyer_kind", "social_service", "social_aim"),
    "societal": ("result_agreements", "named_population"),
}  # fmt: skip
