"""Estimation and regime: which law, which threshold, which lighter regime."""

from __future__ import annotations

from koopkracht.rules.catalogue.common import BASICS, eu_threshold, reaches
from koopkracht.rules.engine.rule import Ask, Confirmed, Decision, Rule, Standing, decided, met, not_met
from koopkracht.rules.types import Kind


class _Regime(Rule):
    family = "regime"
    kind = Kind.REGIME


class LawOf2016(_Regime, Standing):
    """The law of 2016 counts from its first day, by launch date."""

    code = "BE-REG-01"
    statement = "De opdracht valt onder de wet van 17 juni 2016."
    article = "KB plaatsing 18-04-2017 art. 131"
    parameters = ("title2_start", "applicable_rule_date")
    because = "De dag van bekendmaking of uitnodiging bepaalt welke regels gelden, niet de dag van de gunning."


class EuropeanPublication(_Regime):
    """From the threshold on, the notice is published in the whole Union."""

    code = "BE-REG-02"
    statement = "De opdracht wordt Europees bekendgemaakt."
    article = "Richtlijn 2014/24/EU art. 4; KB plaatsing 18-04-2017 art. 11"
    jurisdiction = "any"
    facts = BASICS

    def decide(self, ask: Ask) -> Decision:
        """Compare the estimate with the threshold of the type, the sector and the buyer."""
        amount = ask.amount("estimated_value")
        holds, limit = eu_threshold(ask, amount)
        return decided(holds, reaches("de raming", amount, limit, holds=holds), threshold=limit)


class LighterRegime(_Regime):
    """Annex III services have procedures and a threshold of their own."""

    code = "BE-REG-03"
    statement = "Voor deze dienst gelden de lichtere regels voor sociale en andere specifieke diensten."
    article = "Wet 17-06-2016 art. 88 tot 90 en bijlage III"
    facts = ("contract_type",)

    def applies(self, ask: Ask) -> bool:
        """Only services can fall under it."""
        return ask.facts.get("contract_type") == "services"

    def decide(self, ask: Ask) -> Decision:
        """Follow the given fact; the list itself is shown but never decides."""
        if ask.text("contract_type") != "services":
            return not_met("De lichtere regels bestaan alleen voor diensten.")
        ask.cite("sas_categories")
        if ask.yes("social_service"):
            return met(
                "De dienst staat volgens uw opgave in bijlage III. Lees de bijlage "
                "zelf na: de lijst hier is niet nagekeken."
            )
        return not_met("De dienst staat volgens uw opgave niet in bijlage III.")


class AmountsWithoutVat(_Regime, Standing):
    """All tested amounts are without VAT."""

    code = "BE-REG-04"
    statement = "De bedragen in deze vragen zijn zonder btw."
    article = "Wet 17-06-2016 art. 16"
    parameters = ("amounts_excl_vat",)
    because = "De wet rekent zonder btw, tenzij er iets anders staat."


class EstimateComplete(_Regime, Confirmed):
    """The estimate counts everything over the whole duration."""

    code = "BE-REG-05"
    statement = "De raming is volledig."
    article = "Wet 17-06-2016 art. 16; KB plaatsing 18-04-2017 art. 6 en 7"
    kind = Kind.DUTY
    facts = ("estimate_complete",)
    parameters = ("estimate_scope",)
    yes = "U telde opties, percelen, herhalingen en verlengingen mee."
    no = (
        "Tel opties, percelen, herhalingen, verlengingen en premies mee. Bij "
        "een raamovereenkomst telt de hoogste waarde."
    )


class NoSplitting(_Regime):
    """A contract is not split to escape the rules."""

    code = "BE-REG-06"
    statement = "De opdracht is niet gesplitst om aan de regels te ontsnappen."
    article = "Wet 17-06-2016 art. 5"
    kind = Kind.DUTY
    facts = ("split",)
    parameters = ("no_splitting",)

    def decide(self, ask: Ask) -> Decision:
        """Met when the person says it was not split for that reason."""
        ask.value("no_splitting")
        if ask.yes("split"):
            return not_met("Voeg de delen samen en raam opnieuw. Splitsen om onder een grens te blijven mag niet.")
        return met("U gaf aan dat er niet gesplitst is.")


class FrameworkDuration(_Regime):
    """A framework agreement lasts at most four years, unless there are reasons."""

    code = "BE-REG-07"
    statement = "De duur past binnen de grens voor raamovereenkomsten en verlengingen."
    article = "Wet 17-06-2016 art. 43 § 2 en art. 57"
    kind = Kind.DUTY
    facts = ("duration_months",)
    parameters = ("framework_max_years", "renewal_max_years")

    def decide(self, ask: Ask) -> Decision:
        """Compare the duration with the limit; longer only with reasons."""
        code = "framework_max_years" if ask.facts.get("framework") else "renewal_max_years"
        years = ask.days(code)
        months = ask.number("duration_months")
        if months <= 12 * years:
            return met(f"{months} maanden is niet meer dan {years} jaar.")
        if ask.yes("duration_motivated"):
            return met(f"{months} maanden is langer dan {years} jaar, maar u motiveert het.")
        return not_met(f"{months} maanden is langer dan {years} jaar. Kort de duur in of motiveer ze in het dossier.")


RULES = (
    LawOf2016(),
    EuropeanPublication(),
    LighterRegime(),
    AmountsWithoutVat(),
    EstimateComplete(),
    NoSplitting(),
    FrameworkDuration(),
)
