"""Lots duty: consider dividing the contract, and give the reason when it is not divided."""

from __future__ import annotations

from decimal import Decimal

from koopkracht.rules.catalogue.common import BASICS, CLASSIC, is_social_service, reaches, sector
from koopkracht.rules.engine.rule import Ask, Decision, Rule, Unsure, decided, eur, met, not_met
from koopkracht.rules.types import Kind

NOT_READ = "of artikel 58 via artikel 89 ook voor sociale en andere specifieke diensten geldt, is niet nagelezen."


def _duty(ask: Ask) -> tuple[bool, str]:
    if sector(ask) != CLASSIC:
        raise Unsure("de regels over percelen van deze sector zijn niet opgenomen.")
    amount = ask.amount("estimated_value")
    holds = ask.passes("lots_consider_min", amount)
    if holds and is_social_service(ask):
        raise Unsure(NOT_READ)
    return holds, reaches("de raming", amount, ask.limit("lots_consider_min"), holds=holds)


class ConsiderLots(Rule):
    """From the threshold on, dividing must be considered."""

    code = "BE-LOT-01"
    family = "lots"
    statement = "U moet overwegen om de opdracht in percelen te verdelen."
    article = "Wet 17-06-2016 art. 58 § 1"
    facts = BASICS
    parameters = ("lots_consider_min",)

    def decide(self, ask: Ask) -> Decision:
        """Compare the estimate with the threshold of the federal authorities, for every buyer."""
        holds, reason = _duty(ask)
        return decided(holds, reason)


class MotivateNoLots(Rule):
    """Not dividing needs a written reason once the duty holds."""

    code = "BE-LOT-02"
    family = "lots"
    statement = "De keuze voor of tegen percelen is in orde."
    article = "Wet 17-06-2016 art. 58 § 1 en art. 164 § 1"
    facts = (*BASICS, "divided_in_lots")
    parameters = ("lots_consider_min",)

    def decide(self, ask: Ask) -> Decision:
        """Divided, below the threshold, or a reason in the documents."""
        if ask.yes("divided_in_lots"):
            return met("De opdracht is in percelen verdeeld.")
        holds, reason = _duty(ask)
        if not holds:
            return met(f"{reason} U hoeft niet te motiveren waarom u niet verdeelt.")
        if ask.has("not_divided_reason"):
            return met("U gaf een reden. Zet ze in de opdrachtdocumenten of bij de gegevens van artikel 164.")
        return not_met(
            "Schrijf op waarom u niet verdeelt, in de opdrachtdocumenten of bij de gegevens van artikel 164."
        )


class LotLimit(Rule):
    """A limit on lots per tenderer must be announced."""

    code = "BE-LOT-03"
    family = "lots"
    statement = "De beperking van het aantal percelen per inschrijver is geldig."
    article = "Wet 17-06-2016 art. 58 § 2"
    facts = ("lot_limit",)
    parameters = ("lots_limit",)

    def decide(self, ask: Ask) -> Decision:
        """Only with a mention in the notice."""
        ask.value("lots_limit")
        if not ask.yes("lot_limit"):
            return met("U beperkt het aantal percelen niet.")
        if ask.yes("lot_limit_announced"):
            return met("De beperking staat in de aankondiging.")
        return not_met("Vermeld de beperking in de aankondiging, anders geldt ze niet.")


class LotsMatchEstimate(Rule):
    """The lots together make the estimate."""

    code = "BE-LOT-04"
    family = "lots"
    kind = Kind.DUTY
    statement = "De percelen samen zijn gelijk aan de raming."
    article = "Wet 17-06-2016 art. 16; KB plaatsing 18-04-2017 art. 6 en 7"
    facts = ("estimated_value", "lot_values")
    parameters = ("estimate_scope",)

    def decide(self, ask: Ask) -> Decision:
        """Compare the sum of the lots with the estimate."""
        ask.value("estimate_scope")
        total, estimate = sum(ask.amounts("lot_values"), Decimal(0)), ask.amount("estimated_value")
        if total == estimate:
            return met(f"De percelen tellen op tot {eur(estimate)}.")
        return not_met(f"De percelen tellen op tot {eur(total)}, de raming is {eur(estimate)}. Tel alle percelen mee.")


RULES = (ConsiderLots(), MotivateNoLots(), LotLimit(), LotsMatchEstimate())
