"""Turn an answer into what the pages show: groups, a timeline, values in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koopkracht.rules import api as rules
from koopkracht.rules.types import FactSpec
from koopkracht.web.ui import formats

OUTCOMES: Mapping[str, tuple[Any, str]] = {
    "met": (gettext_lazy("Ja"), "success"),
    "not_met": (gettext_lazy("Nee"), "default"),
    "undetermined": (gettext_lazy("Laat dit nakijken"), "warning"),
}
MISSING = (gettext_lazy("Nog in te vullen"), "info")
CONFIDENCE: Mapping[str, tuple[Any, str]] = {
    "law": (gettext_lazy("gelezen in de wet"), "success"),
    "source": (gettext_lazy("gelezen in een bron"), "success"),
    "derived": (gettext_lazy("afgeleid"), "info"),
    "practice": (gettext_lazy("praktijk, geen wet"), "info"),
    "memory": (gettext_lazy("uit het geheugen: nakijken"), "warning"),
    "conflicting": (gettext_lazy("bronnen spreken elkaar tegen: nakijken"), "warning"),
}
DATES: Mapping[str, Any] = {
    "first_request_deadline": gettext_lazy("Ten vroegste: aanvragen tot deelneming binnen"),
    "first_tender_deadline": gettext_lazy("Ten vroegste: offertes binnen"),
    "first_conclusion": gettext_lazy("Ten vroegste: opdracht sluiten"),
    "verification": gettext_lazy("Einde van het nazicht"),
}
SHORT: Mapping[str, Any] = {
    "BE-PROC-90": gettext_lazy("Er is een procedure die bij uw doel past"),
    "BE-REG-02": gettext_lazy("Europees bekendmaken"),
    "BE-PROC-02": gettext_lazy("Onderhandelen zonder bekendmaking, op bedrag"),
    "BE-PROC-32": gettext_lazy("Onderhandelen zonder bekendmaking, voor sociale diensten"),
    "BE-LOT-01": gettext_lazy("Percelen overwegen en motiveren"),
    "BE-REM-02": gettext_lazy("Gemotiveerde beslissing onder de Europese drempel"),
    "BE-REM-03": gettext_lazy("Wachttermijn voor de sluiting"),
    "BE-EINV-01": gettext_lazy("Elektronische factuur"),
}
GROUPS: tuple[tuple[str, Any, Any], ...] = (
    ("advice", gettext_lazy("Advies"), gettext_lazy("Advies uit de praktijk. Het is geen wet: u beslist.")),
    ("regime", gettext_lazy("Welke regels gelden"), gettext_lazy("De wet, de drempel en de lichtere regels.")),
    ("duty", gettext_lazy("Plichten"), gettext_lazy("Wat u moet doen, overwegen of motiveren.")),
    ("term", gettext_lazy("Termijnen"), gettext_lazy("Geteld met weekends en Belgische feestdagen.")),
    (
        "instrument",
        gettext_lazy("Instrumenten en hun voorwaarden"),
        gettext_lazy("Wat u kunt inzetten, en wanneer dat mag."),
    ),
    ("money", gettext_lazy("Bedragen"), gettext_lazy("Straffen, voorschotten, borgtocht en betaling.")),
)
KEYS: Mapping[str, Any] = {
    "max_duration_years": gettext_lazy("langste duur in jaren"),
    "who_may_use": gettext_lazy("wie dit mag gebruiken"),
    "no_award_by_same_buyer_in_previous_years": gettext_lazy("jaren zonder eerdere gunning door dezelfde koper"),
    "regularisation_working_days": gettext_lazy("werkdagen om in orde te komen"),
    "regularisation_times": gettext_lazy("aantal keren"),
    "percent": gettext_lazy("procent"),
    "min": gettext_lazy("minstens"),
    "max": gettext_lazy("hoogstens"),
    "month": gettext_lazy("maand"),
    "day": gettext_lazy("dag"),
    "publication": gettext_lazy("bekendmaking"),
    "phases": gettext_lazy("stappen"),
    "negotiation": gettext_lazy("onderhandeling"),
    "conditions": gettext_lazy("voorwaarden"),
    "min_candidates": gettext_lazy("kleinste aantal kandidaten"),
    "min_days_offers": gettext_lazy("dagen voor offertes"),
    "min_days_offers_pin": gettext_lazy("dagen voor offertes na een vooraankondiging"),
    "min_days_offers_urgent": gettext_lazy("dagen voor offertes bij urgentie"),
    "min_days_requests": gettext_lazy("dagen voor aanvragen"),
    "min_days_requests_urgent": gettext_lazy("dagen voor aanvragen bij urgentie"),
    "e_submission_reduction_days": gettext_lazy("dagen minder bij elektronische offertes"),
    "non_negotiable": gettext_lazy("niet onderhandelbaar"),
    "award": gettext_lazy("gunning"),
    "below_eu_threshold": gettext_lazy("onder de Europese drempel"),
    "award_criteria_not_required_for": gettext_lazy("geen gunningscriteria nodig bij"),
    "below_average_percent": gettext_lazy("procent onder het gemiddelde"),
    "min_tenders": gettext_lazy("kleinste aantal offertes"),
    "coefficient": gettext_lazy("factor"),
    "formula": gettext_lazy("formule"),
    "small_amount_max": gettext_lazy("kleine werken tot en met (euro)"),
    "small_days_max": gettext_lazy("kleine werken tot en met (dagen)"),
    "small_fixed_days": gettext_lazy("vaste noemer bij kleine werken (dagen)"),
    "calendar_to_working_factor": gettext_lazy("kalenderdagen naar werkdagen"),
    "percent_per_day": gettext_lazy("procent per dag"),
    "cap_percent": gettext_lazy("plafond in procent"),
    "verification_days": gettext_lazy("dagen voor nazicht"),
    "payment_days": gettext_lazy("dagen voor betaling"),
    "processing_days": gettext_lazy("dagen voor nazicht en betaling samen"),
    "max_percent": gettext_lazy("hoogstens procent"),
    "micro_percent": gettext_lazy("procent voor een micro-onderneming"),
    "small_percent": gettext_lazy("procent voor een kleine onderneming"),
    "medium_percent": gettext_lazy("procent voor een middelgrote onderneming"),
    "first_half_at_percent": gettext_lazy("eerste helft bij procent"),
    "second_half_at_percent": gettext_lazy("tweede helft bij procent"),
    "min_fte_target_workers": gettext_lazy("voltijdse doelgroepwerknemers, minstens"),
    "min_pct_target_workers": gettext_lazy("procent doelgroepwerknemers, minstens"),
    "legal_form": gettext_lazy("rechtsvorm"),
    "wage_premium_pct_min": gettext_lazy("loonpremie, minstens procent"),
    "wage_premium_pct_max": gettext_lazy("loonpremie, hoogstens procent"),
    "duration_years": gettext_lazy("duur in jaren"),
    "number": gettext_lazy("nummer"),
    "title_en": gettext_lazy("Engelse titel"),
    "year": gettext_lazy("jaar"),
    "theme": gettext_lazy("thema"),
    "annex_ii": gettext_lazy("in bijlage II"),
    "social": gettext_lazy("sociaal"),
    "ecological": gettext_lazy("ecologisch"),
    "economic": gettext_lazy("economisch"),
    "third_party": gettext_lazy("nagekeken door een derde"),
    "certificate": gettext_lazy("certificaat"),
    "kind": gettext_lazy("soort"),
    "covers": gettext_lazy("gaat over"),
    "aliases": gettext_lazy("ook bekend als"),
    "blocks": gettext_lazy("bouwblokken (euro)"),
    "bonus": gettext_lazy("bonus (euro)"),
    "transposition": gettext_lazy("omzetting"),
    "application": gettext_lazy("toepassing"),
    "applies_from": gettext_lazy("van toepassing vanaf"),
    "in_force": gettext_lazy("in werking"),
    "published": gettext_lazy("gepubliceerd"),
    "employees_over": gettext_lazy("werknemers, meer dan"),
    "turnover_over": gettext_lazy("omzet in euro, meer dan"),
    "law_years": gettext_lazy("jaren volgens de wet"),
    "guide_years": gettext_lazy("jaren volgens de gids"),
    "actions": gettext_lazy("acties"),
    "contract_eur": gettext_lazy("opdracht in euro"),
    "min_duration_months_over": gettext_lazy("maanden, meer dan"),
    "min_value_over": gettext_lazy("euro, meer dan"),
    "categories": gettext_lazy("categorieën"),
}
WORDS: Mapping[str, Any] = {
    "strong": gettext_lazy("sterk"),
    "partial": gettext_lazy("gedeeltelijk"),
    "none": gettext_lazy("geen"),
    "yes": gettext_lazy("ja"),
    "no": gettext_lazy("nee"),
}


def in_words(value: Any, unit: str = "none") -> str:
    """Return a value of the tables as a person reads it."""
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, Mapping):
        return "; ".join(
            f"{KEYS.get(key, str(key).replace('_', ' '))}: {in_words(inner)}" for key, inner in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(in_words(inner) for inner in value)
    if isinstance(value, int | Decimal):
        return _quantity(value, unit)
    text = str(value)
    try:
        return formats.date(dt.date.fromisoformat(text))
    except ValueError:
        return str(WORDS.get(text, text))


def _quantity(value: int | Decimal, unit: str) -> str:
    plain = f"{value:,}".replace(",", ".")
    match unit:
        case "EUR":
            return formats.euro_round(value)
        case "percent":
            return f"{plain} %"
        case "days":
            return _("%(number)s dagen") % {"number": plain}
        case "months":
            return _("%(number)s maanden") % {"number": plain}
        case "years":
            return _("%(number)s jaar") % {"number": plain}
        case "factor":
            return _("%(number)s keer") % {"number": plain}
        case _:
            return str(value) if isinstance(value, Decimal) or abs(value) < 10_000 else plain


def period(valid_from: Any, valid_to: Any) -> str:
    """Return the days a value holds for."""
    if valid_from is None:
        return _("begindatum onbekend")
    start = formats.date(_day(valid_from))
    if valid_to is None:
        return _("sinds %(start)s") % {"start": start}
    return _("%(start)s tot en met %(end)s") % {"start": start, "end": formats.date(_day(valid_to))}


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def finding_view(finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return one finding as the page shows it."""
    word, kind = MISSING if finding["missing_facts"] else OUTCOMES[finding["outcome"]]
    return {
        **finding,
        "word": word,
        "pill": kind,
        "href": reverse("rule", kwargs={"code": finding["rule"]}),
        "parameters": [_parameter_view(parameter) for parameter in finding["parameters"]],
    }


def _parameter_view(parameter: Mapping[str, Any]) -> dict[str, Any]:
    word, kind = CONFIDENCE[parameter["confidence"]]
    return {
        **parameter,
        "href": reverse("rules-parameter", kwargs={"code": parameter["code"]}),
        "shown": in_words(parameter["value"], parameter["unit"]),
        "period": period(parameter["valid_from"], parameter["valid_to"]),
        "sure": word,
        "pill": kind,
    }


def answer_view(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole answer (live or kept) as the page shows it."""
    findings = [finding_view(finding) for finding in answer["findings"]]
    procedures = [finding for finding in findings if finding["kind"] == "procedure"]
    groups = [
        {"code": code, "title": title, "intro": intro, "findings": found}
        for code, title, intro in GROUPS
        if (found := [finding for finding in findings if finding["kind"] == code])
    ]
    return {
        "answer": answer,
        "short": [
            {**finding, "short": _short(finding)} for code in SHORT for finding in findings if finding["rule"] == code
        ],
        "open": [finding for finding in procedures if finding["outcome"] == "met"],
        "unsure": [finding for finding in procedures if finding["outcome"] == "undetermined"],
        "closed": [finding for finding in procedures if finding["outcome"] == "not_met"],
        "groups": groups,
        "timeline": timeline(answer),
        "facts": fact_rows(answer["facts"]),
        "launch": dt.date.fromisoformat(answer["on"]),
    }


def _short(finding: Mapping[str, Any]) -> str:
    if finding["rule"] == "BE-PROC-90" and finding["outcome"] == "met":
        return str(finding["reason"]).removesuffix(".")
    return str(SHORT[finding["rule"]])


def timeline(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the days of an answer in order; of the procedures only the chosen or advised one is drawn."""
    chosen = _chosen(answer)
    launch = dt.date.fromisoformat(answer["on"])
    items = [(launch, _("Bekendmaking of uitnodiging"), _("Deze dag bepaalt de regels."), "")]
    for finding in answer["findings"]:
        if finding["kind"] == "procedure" and finding["results"].get("procedure") != chosen:
            continue
        for name, value in finding["results"].items():
            if name in DATES or name in {"date", "until"}:
                title = str(DATES.get(name, finding["statement"]))
                items.append((dt.date.fromisoformat(value), title, finding["reason"], finding["rule"]))
    seen: dict[tuple[dt.date, str], tuple[dt.date, str, str, str]] = {}
    for item in sorted(items, key=lambda one: one[0]):
        seen.setdefault((item[0], item[1]), item)
    return [
        {"date": formats.date(day), "title": title, "text": text, "rule": rule, "state": "later"}
        for day, title, text, rule in seen.values()
    ]


def _chosen(answer: Mapping[str, Any]) -> str:
    if "procedure" in answer["facts"]:
        return ""
    advised = next((finding for finding in answer["findings"] if finding["rule"] == "BE-PROC-90"), None)
    return str(advised["results"].get("procedure", "")) if advised else ""


def fact_rows(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the given facts with their label and value in words."""
    specs = rules.fact_specs()
    return [(specs[name].label, fact_words(specs[name], value)) for name, value in facts.items() if name in specs]


def fact_words(spec: FactSpec, value: Any) -> str:
    """Return the value of one fact in words."""
    labels = dict(spec.choices)
    match spec.kind:
        case "amount":
            return formats.euro(Decimal(str(value)))
        case "amounts":
            return ", ".join(formats.euro(Decimal(str(one))) for one in value)
        case "percent":
            return f"{value} %".replace(".", ",")
        case "percents":
            return ", ".join(f"{one} %".replace(".", ",") for one in value)
        case "choices":
            return ", ".join(labels[one] for one in value)
        case _:
            return labels.get(str(value), in_words(value))
