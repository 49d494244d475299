"""Article 7, the two lists of ILO conventions, due diligence and forced labour."""

from __future__ import annotations

import datetime as dt

from koopkracht.rules.engine.rule import Ask, Decision, Rule, Standing, Unsure, eur, long_date, met, not_met
from koopkracht.rules.types import Kind

CONVENTIONS = ("c029", "c087", "c098", "c100", "c105", "c111", "c138", "c182", "c155", "c187")


class _Convention(Rule):
    family = "conventions"


class Article7(_Convention, Standing):
    """Everybody who works for the contract respects the law."""

    code = "BE-ILO-01"
    statement = "De documenten vragen naleving van milieu-, sociaal en arbeidsrecht."
    article = "Wet 17-06-2016 art. 7 en bijlage II"
    parameters = ("art7",)
    because = "De plicht geldt voor de ondernemer, voor elke onderaannemer en voor wie personeel ter beschikking stelt."


class FundamentalList(_Convention):
    """Eight conventions until June 2022, ten since."""

    code = "BE-ILO-02"
    statement = "Er is op deze datum een lijst van fundamentele IAO-verdragen."
    article = "IAO-verklaring van 1998, gewijzigd in juni 2022"
    kind = Kind.INSTRUMENT
    facts = ("social_aim",)
    parameters = tuple(f"ilo_{code}" for code in CONVENTIONS)

    def applies(self, ask: Ask) -> bool:
        """Only when the chain matters."""
        return ask.facts.get("social_aim") == "chain"

    def decide(self, ask: Ask) -> Decision:
        """Count the conventions that are fundamental on the launch date."""
        known = [f"ilo_{code}" for code in CONVENTIONS if ask.knows(f"ilo_{code}")]
        numbers = tuple(str(ask.value(code)["number"]) for code in known)
        return met(f"{len(numbers)} verdragen: {', '.join(numbers)}.", conventions=numbers)


class AnnexList(_Convention):
    """Which conventions the annex of the law holds was not read."""

    code = "BE-ILO-03"
    statement = "De lijst van verdragen in bijlage II van de wet is gekend."
    article = "Wet 17-06-2016 art. 7 en bijlage II"
    kind = Kind.INSTRUMENT
    facts = ("social_aim",)
    parameters = ("ilo_annex_ii",)

    def applies(self, ask: Ask) -> bool:
        """Only when the chain matters."""
        return ask.facts.get("social_aim") == "chain"

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the annex."""
        return met(f"{len(ask.value('ilo_annex_ii'))} verdragen.")


class SupplierDueDiligence(_Convention):
    """Few suppliers are large enough for the European duty of care."""

    code = "BE-ILO-04"
    statement = "De Europese zorgplicht geldt op deze datum voor deze leverancier."
    article = "Richtlijn (EU) 2024/1760, gewijzigd door 2025/794 en 2026/470"
    facts = ("employees", "turnover")
    parameters = ("csddd",)
    in_force_from = dt.date(2024, 7, 25)

    def decide(self, ask: Ask) -> Decision:
        """Both more employees and more turnover than the scope, and the day of application has come."""
        value = ask.value("csddd")
        if "application" not in value:
            raise Unsure("in deze periode stond de dag van toepassing nog niet vast.")
        first = dt.date.fromisoformat(value["application"])
        if ask.on < first:
            return not_met(f"De plichten gelden pas vanaf {long_date(first)}. Vraag zelf wat u nodig hebt.")
        large = ask.number("employees") > value["employees_over"] and ask.amount("turnover") > value["turnover_over"]
        text = (
            f"De grens is meer dan {value['employees_over']} werknemers en meer "
            f"dan {eur(value['turnover_over'])} omzet."
        )
        return met(text) if large else not_met(text)


class ForcedLabourBan(_Convention):
    """Products made with forced labour are banned from a day on."""

    code = "BE-ILO-05"
    statement = "Het Europese verbod op producten van dwangarbeid is van toepassing."
    article = "Verordening (EU) 2024/3015"
    facts = ("social_aim",)
    parameters = ("forced_labour_reg",)
    in_force_from = dt.date(2024, 12, 13)

    def applies(self, ask: Ask) -> bool:
        """Only when the chain matters."""
        return ask.facts.get("social_aim") == "chain"

    def decide(self, ask: Ask) -> Decision:
        """By launch date."""
        first = dt.date.fromisoformat(ask.value("forced_labour_reg")["applies_from"])
        if ask.on >= first:
            return met(f"Van toepassing sinds {long_date(first)}.")
        return not_met(f"Van toepassing vanaf {long_date(first)}.")


RULES = (Article7(), FundamentalList(), AnnexList(), SupplierDueDiligence(), ForcedLabourBan())
