"""Award criteria: link with the subject, measurable, weighted; life-cycle costs; abnormally low prices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from koopkracht.rules.catalogue.common import BASICS, eu_threshold
from koopkracht.rules.engine.rule import Ask, Confirmed, Decision, Rule, Unsure, eur, met, not_met, percent
from koopkracht.rules.types import Ground, Kind

HUNDRED = Decimal(100)


class _Award(Rule):
    family = "award_criteria"
    kind = Kind.INSTRUMENT


class Basis(_Award):
    """Three ways to the most economically advantageous tender."""

    code = "BE-AWARD-01"
    statement = "De gunning steunt op een van de drie wegen van de wet."
    article = "Wet 17-06-2016 art. 81 § 1 en § 2"
    facts = ("award_basis",)
    parameters = ("award_emvo",)

    def decide(self, ask: Ask) -> Decision:
        """Dialogue and partnership allow only best value."""
        ask.value("award_emvo")
        only_quality = {"competitive_dialogue", "innovation_partnership"}
        if ask.facts.get("procedure") in only_quality and ask.text("award_basis") != "quality":
            return not_met("In deze procedure mag u alleen op de beste prijs-kwaliteitsverhouding gunnen.")
        return met("Sociale criteria passen bij de beste prijs-kwaliteitsverhouding.")


class Linked(_Award, Confirmed):
    """Link with the subject, at any stage of the life cycle."""

    code = "BE-AWARD-02"
    statement = "Het gunningscriterium houdt verband met het voorwerp."
    article = "Wet 17-06-2016 art. 81 § 3"
    facts = ("criterion_linked",)
    parameters = ("award_link",)
    yes = "Ook productie, levering of een ander stadium van de levenscyclus telt."
    no = "Schrijf welk verband er is met wat u koopt. Een algemeen beleid van de onderneming mag geen criterium zijn."


class Measurable(_Award):
    """Description, measure and scoring."""

    code = "BE-AWARD-03"
    statement = "Het gunningscriterium is te meten en te vergelijken."
    article = "Wet 17-06-2016 art. 81 § 3"
    facts = ("criterion_described", "criterion_measure", "criterion_scoring")
    parameters = ("award_link",)

    def decide(self, ask: Ask) -> Decision:
        """All three parts."""
        ask.value("award_link")
        parts = {
            "criterion_described": "een beschrijving",
            "criterion_measure": "een maat",
            "criterion_scoring": "een manier van punten geven",
        }
        missing = [text for fact, text in parts.items() if not ask.yes(fact)]
        if missing:
            return not_met(f"Voeg nog toe: {', '.join(missing)}. “Sociale impact” alleen is te vaag.")
        return met("Beschrijving, maat en puntentelling zijn er.")


class Weighting(_Award):
    """Weights from the European threshold on; below it weights or a descending order."""

    code = "BE-AWARD-04"
    statement = "De gunningscriteria zijn gewogen zoals het moet."
    article = "Wet 17-06-2016 art. 81 § 4"
    facts = (*BASICS, "award_basis", "weights_given")
    parameters = ("award_weighting",)

    def decide(self, ask: Ask) -> Decision:
        """Only when there is more than the price."""
        ask.value("award_weighting")
        if ask.text("award_basis") == "price":
            return met("Met alleen de prijs is geen weging nodig.")
        if ask.yes("weights_given"):
            return met("Elk criterium heeft een gewicht.")
        reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if reached:
            return not_met("Vanaf de Europese drempel krijgt elk criterium een gewicht.")
        if ask.yes("criteria_ranked"):
            return met("Onder de Europese drempel volstaat een dalende volgorde.")
        return met("Zonder gewicht of volgorde tellen alle criteria even zwaar. Zeg dat in de documenten.")


class WeightsSum(_Award):
    """All weights together make one hundred."""

    code = "BE-AWARD-05"
    statement = "De gewichten tellen op tot 100 procent."
    article = "Afgeleid uit wet 17-06-2016 art. 81 § 4"
    facts = ("weights",)
    parameters = ("award_weighting",)

    def decide(self, ask: Ask) -> Decision:
        """Add the weights, nothing else."""
        ask.value("award_weighting")
        total = sum(ask.amounts("weights"), Decimal(0))
        return (
            met("De som is 100 %.")
            if total == HUNDRED
            else not_met(f"De som is {percent(total)}. Pas de gewichten aan.")
        )


class SustainableWeight(_Award):
    """The rule of thumb of the guide: a hint, never a verdict on the law."""

    code = "BE-AWARD-06"
    statement = "De sociale en milieucriteria wegen samen zoals de vuistregel van de gids."
    article = "Praktijkgids, hoofdstuk 5 (praktijk, geen wet)"
    kind = Kind.ADVICE
    ground = Ground.PRACTICE
    facts = ("sustainable_weights",)
    parameters = ("award_sustainable_weight_rule_of_thumb",)
    in_force_from = dt.date(2018, 1, 1)

    def decide(self, ask: Ask) -> Decision:
        """Another sum is allowed with a reason in the file."""
        total = sum(ask.amounts("sustainable_weights"), Decimal(0))
        hint = ask.limit("award_sustainable_weight_rule_of_thumb")
        text = f"Samen {percent(total)}; de vuistregel is {percent(hint)}."
        if total == hint:
            return met(text)
        return not_met(
            f"{text} Dat mag. Schrijf in het dossier waarom: hoe belangrijk is sociale impact, en wat eist u al elders?"
        )


class NoSocialCosts(_Award):
    """Life-cycle costing holds own costs and verifiable environmental costs."""

    code = "BE-AWARD-07"
    statement = "De levenscycluskosten bevatten alleen wat de wet noemt."
    article = "Wet 17-06-2016 art. 82"
    facts = ("lcc_social_costs",)
    parameters = ("lcc",)

    def decide(self, ask: Ask) -> Decision:
        """Social costs stay out; external costs need a verifiable money value."""
        ask.value("lcc")
        if ask.yes("lcc_social_costs"):
            return not_met("Haal sociale kosten uit de berekening. Beoordeel sociale aspecten als apart criterium.")
        if ask.facts.get("lcc_verifiable") is False:
            return not_met("Externe milieukosten tellen alleen met een controleerbare geldwaarde.")
        return met("Eigen kosten en controleerbare milieukosten mogen meetellen.")


class AbnormalPrice(_Award):
    """A total price far below the average must be investigated."""

    code = "BE-AWARD-08"
    statement = "U moet deze totaalprijs als abnormaal laag onderzoeken."
    article = "KB plaatsing 18-04-2017 art. 36 § 4"
    kind = Kind.DUTY
    facts = ("contract_type", "procedure", "price_only", "tender_prices", "tender_price")
    parameters = ("abnormal_total_price",)

    def decide(self, ask: Ask) -> Decision:
        """Works or fraud-sensitive services, open or restricted, at least four tenders, price decides."""
        value = ask.value("abnormal_total_price")
        if not _in_scope(ask):
            return not_met(
                "De plicht geldt voor werken en fraudegevoelige diensten in een openbare of niet-openbare procedure."
            )
        if not ask.yes("price_only"):
            raise Unsure(
                "bij de beste prijs-kwaliteit hangt het af van het gewicht van de prijs; die grens is niet gelezen."
            )
        prices = ask.amounts("tender_prices")
        if len(prices) < int(value["min_tenders"]):
            return not_met(f"Er zijn {len(prices)} offertes, minder dan {value['min_tenders']}.")
        average = sum(prices, Decimal(0)) / len(prices)
        limit = average * (HUNDRED - Decimal(value["below_average_percent"])) / HUNDRED
        raise Unsure(
            f"het gewone gemiddelde is {eur(average)}, "
            f"{percent(value['below_average_percent'])} eronder is {eur(limit)} en deze "
            f"offerte is {eur(ask.amount('tender_price'))}. Hoe het wettelijke gemiddelde telt, is niet gelezen."
        )


def _in_scope(ask: Ask) -> bool:
    kind = ask.text("contract_type")
    subject = kind == "works" or (kind == "services" and ask.yes("fraud_sensitive"))
    return subject and ask.text("procedure") in {"open", "restricted"}


class NotifyInspection(_Award, Confirmed):
    """Rejecting for labour law is reported."""

    code = "BE-AWARD-09"
    statement = "U meldt het weren van de offerte aan de sociale inspectie (SIOD)."
    article = "KB plaatsing 18-04-2017 art. 36 en 37"
    kind = Kind.DUTY
    facts = ("rejected_for_labour_law",)
    parameters = ("abnormal_price_notify_siod",)
    yes = "U weerde een abnormaal lage offerte wegens sociaal of arbeidsrecht."
    no = "Er is niets te melden."


class PriceAnswer(_Award):
    """How long a tenderer has to justify a price: not read in the law."""

    code = "BE-AWARD-10"
    statement = "De termijn om een prijs te verantwoorden is gekend."
    article = "KB plaatsing 18-04-2017 art. 36 § 2"
    kind = Kind.TERM
    facts = ("tender_price",)
    parameters = ("abnormal_price_answer",)

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the article."""
        return met(f"{ask.days('abnormal_price_answer')} dagen.")


RULES = (
    Basis(),
    Linked(),
    Measurable(),
    Weighting(),
    WeightsSum(),
    SustainableWeight(),
    NoSocialCosts(),
    AbnormalPrice(),
    NotifyInspection(),
    PriceAnswer(),
)
