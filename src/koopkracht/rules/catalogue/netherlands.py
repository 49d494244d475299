"""Dutch rules: reserved contracts, turnover, references, international social conditions."""

from __future__ import annotations

import datetime as dt

from koopkracht.rules.catalogue.common import BASICS, eu_threshold
from koopkracht.rules.engine.rule import Ask, Decision, Rule, Standing, eur, met, not_met, percent
from koopkracht.rules.types import Kind


class _Dutch(Rule):
    family = "netherlands"
    jurisdiction = "nl"


class Thresholds(_Dutch, Standing):
    """The European thresholds count."""

    code = "NL-01"
    statement = "In Nederland gelden de Europese drempels van de periode."
    article = "Aanbestedingswet 2012"
    kind = Kind.REGIME
    parameters = ("nl_thresholds",)
    because = "Voor sociale en andere specifieke diensten en concessies gelden de eigen Europese bedragen."


class Reserved(_Dutch):
    """Thirty percent, and integration is the main purpose."""

    code = "NL-02"
    statement = "De onderneming mag inschrijven op een voorbehouden opdracht."
    article = "Aanbestedingswet 2012 art. 2.82"
    kind = Kind.INSTRUMENT
    facts = ("target_share", "integration_is_main_aim")
    parameters = ("nl_reserved",)

    def decide(self, ask: Ask) -> Decision:
        """Stricter than Belgium on the purpose, the same on the share."""
        share, limit = ask.amount("target_share"), ask.limit("nl_reserved")
        if not ask.passes("nl_reserved", share):
            return not_met(f"{percent(share)} tegenover minstens {percent(limit)}.")
        if not ask.yes("integration_is_main_aim"):
            return not_met("Integratie moet het hoofddoel van de onderneming zijn.")
        return met(f"{percent(share)} tegenover minstens {percent(limit)}, en integratie is het hoofddoel.")


class TurnoverReasons(_Dutch):
    """No turnover requirement without weighty reasons."""

    code = "NL-03"
    statement = "De omzeteis is toegelaten."
    article = "Aanbestedingswet 2012 art. 2.90, derde lid"
    facts = ("required_turnover", "turnover_reasons")
    parameters = ("nl_turnover_ban",)

    def decide(self, ask: Ask) -> Decision:
        """Only with reasons."""
        ask.value("nl_turnover_ban")
        if ask.amount("required_turnover") == 0 or ask.yes("turnover_reasons"):
            return met("Er is geen omzeteis, of ze heeft zwaarwegende redenen.")
        return not_met("Schrap de omzeteis of geef zwaarwegende redenen.")


class TurnoverFactor(_Dutch):
    """At most three times the estimate."""

    code = "NL-04"
    statement = "De omzeteis is niet hoger dan het toegelaten veelvoud van de raming."
    article = "Aanbestedingswet 2012 art. 2.90, vijfde lid"
    facts = ("estimated_value", "required_turnover")
    parameters = ("nl_turnover_max",)

    def decide(self, ask: Ask) -> Decision:
        """Allow the ceiling itself."""
        ceiling = ask.limit("nl_turnover_max") * ask.amount("estimated_value")
        demanded = ask.amount("required_turnover")
        text = f"De eis is {eur(demanded)}, het plafond {eur(ceiling)}."
        return met(text) if demanded <= ceiling else not_met(text)


class ReferenceSize(_Dutch):
    """The size of a reference rests on memory."""

    code = "NL-05"
    statement = "De gevraagde referentie is niet te groot."
    article = "Gids Proportionaliteit voorschrift 3.5 G"
    facts = ("reference_percent",)
    parameters = ("nl_reference_pct",)

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the guide."""
        limit = ask.limit("nl_reference_pct")
        asked = ask.amount("reference_percent")
        text = f"{percent(asked)} tegenover hoogstens {percent(limit)}."
        return met(text) if asked <= limit else not_met(text)


class Invitations(_Dutch):
    """Three to five parties in a private multiple procedure."""

    code = "NL-06"
    statement = "U nodigt een passend aantal partijen uit (meervoudig onderhands)."
    article = "Gids Proportionaliteit 3.4"
    facts = ("invited_parties",)
    parameters = ("nl_meervoudig",)

    def decide(self, ask: Ask) -> Decision:
        """Outside the range only with an explanation."""
        least, most = ask.value("nl_meervoudig")
        count = ask.number("invited_parties")
        text = f"{count} partijen; de gids noemt {least} tot {most}."
        return met(text) if least <= count <= most else not_met(f"{text} Pas toe of leg uit.")


class SelfDeclaration(_Dutch, Standing):
    """The single procurement document above and below the threshold."""

    code = "NL-07"
    statement = "U gebruikt het Uniform Europees Aanbestedingsdocument, ook onder de drempel als u eisen stelt."
    article = "Aanbestedingswet 2012 art. 1.19, 2.84 en 2.85"
    parameters = ("nl_uea",)
    because = "Onder de drempel geldt dit als u uitsluitingsgronden of geschiktheidseisen stelt."


class ComplyOrExplain(_Dutch, Standing):
    """The proportionality guide."""

    code = "NL-08"
    statement = "U past de Gids Proportionaliteit toe of legt uit waarom niet."
    article = "Gids Proportionaliteit; Aanbestedingswet 2012 art. 1.10"
    parameters = ("nl_comply_or_explain",)
    because = "Afwijken mag met een motivering."


class SpecialConditions(_Dutch, Standing):
    """Special performance conditions are allowed."""

    code = "NL-09"
    statement = "U mag sociale en milieuvoorwaarden aan de uitvoering stellen."
    article = "Aanbestedingswet 2012 art. 2.80 en 2.81"
    kind = Kind.INSTRUMENT
    parameters = ("nl_special_conditions", "nl_social_law")
    because = "Er is een verband met de opdracht en de voorwaarden staan in de stukken."


class InternationalConditions(_Dutch):
    """Mandatory for the State only."""

    code = "NL-10"
    statement = "Internationale sociale voorwaarden zijn verplicht."
    article = "Rijksbeleid"
    facts = (*BASICS, "central_government", "risk_category")
    parameters = ("nl_isv",)
    in_force_from = dt.date(2017, 9, 1)

    def decide(self, ask: Ask) -> Decision:
        """From the European threshold on, within a risk category."""
        ask.value("nl_isv")
        if not ask.yes("central_government"):
            return not_met("Alleen het Rijk is verplicht. U mag ze vrij gebruiken.")
        if not ask.yes("risk_category"):
            return not_met("De opdracht valt niet in een risicocategorie.")
        reached, limit = eu_threshold(ask, ask.amount("estimated_value"))
        text = f"De Europese drempel is {eur(limit)}."
        return met(text) if reached else not_met(text)


class SocialReturn(_Dutch):
    """The usual percentage rests on memory."""

    code = "NL-11"
    statement = "Het gangbare percentage social return is gekend."
    article = "Beleid van Rijk en gemeenten"
    kind = Kind.ADVICE
    facts = ("social_aim",)
    parameters = ("nl_social_return_pct",)

    def applies(self, ask: Ask) -> bool:
        """Only when work is the aim."""
        return ask.facts.get("social_aim") == "employment"

    def decide(self, ask: Ask) -> Decision:
        """Undetermined; local policy differs."""
        return met(f"{percent(ask.limit('nl_social_return_pct'))} van de opdrachtsom.")


RULES = (
    Thresholds(),
    Reserved(),
    TurnoverReasons(),
    TurnoverFactor(),
    ReferenceSize(),
    Invitations(),
    SelfDeclaration(),
    ComplyOrExplain(),
    SpecialConditions(),
    InternationalConditions(),
    SocialReturn(),
)
