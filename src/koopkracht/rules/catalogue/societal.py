"""Forms of societal tendering: contract form, funding model, contract or subsidy."""

from __future__ import annotations

from koopkracht.rules.engine.rule import Ask, Decision, Rule, met, not_met
from koopkracht.rules.types import Ground, Kind

MAGAZINE = "Magazine Maatschappelijk aanbesteden (praktijk, geen wet)"


class _Societal(Rule):
    family = "societal"
    kind = Kind.ADVICE
    ground = Ground.PRACTICE
    jurisdiction = "any"
    article = MAGAZINE


class ContractForm(_Societal):
    """The relational form fits a societal tender."""

    code = "KK-SOC-01"
    statement = "De contractvorm past bij een maatschappelijke aanbesteding."
    facts = ("societal", "contract_form")
    parameters = ("nl_contract_forms_doc",)

    def decide(self, ask: Ask) -> Decision:
        """Classic and neo-classic leave less room to learn."""
        ask.value("nl_contract_forms_doc")
        if not ask.yes("societal"):
            return met("Het is geen maatschappelijke aanbesteding: elke vorm kan.")
        match ask.text("contract_form"):
            case "relational":
                return met("Leg vast hoe u samenwerkt, hoe lang en hoe u wijzigt.")
            case "neoclassic":
                return not_met("Deze vorm past als onzekerheid te beschrijven is. Een relationele vorm past beter.")
            case _:
                return not_met(
                    "Deze vorm past als relatie en complexiteit geen rol spelen. Een relationele vorm past beter."
                )


class Funding(_Societal):
    """Paying for results fits best, with agreements."""

    code = "KK-SOC-02"
    statement = "Het bekostigingsmodel past bij een maatschappelijke aanbesteding."
    facts = ("societal", "funding_model")
    parameters = ("nl_funding_models_doc",)

    def decide(self, ask: Ask) -> Decision:
        """Ask for agreements with result, for a named group with population and combination."""
        ask.value("nl_funding_models_doc")
        if not ask.yes("societal"):
            return met("Het is geen maatschappelijke aanbesteding: elk model kan.")
        match ask.text("funding_model"):
            case "result":
                if ask.yes("result_agreements"):
                    return met("Er zijn afspraken over inzet, prestatie en resultaat.")
                return not_met("Maak eerst afspraken over het verband tussen inzet, prestatie en resultaat.")
            case "population" | "combination":
                if ask.yes("named_population"):
                    return met("De groep of het gebied is bepaald. Combineer met resultaat.")
                return not_met("Bepaal eerst voor welke groep of welk gebied het resultaat telt.")
            case _:
                return not_met(
                    "Dit model komt nog vaak voor, maar past minder goed. Betalen voor resultaat past beter."
                )


class SubsidyThatSelects(_Societal):
    """A subsidy that invites and selects proposals meets procurement law."""

    code = "KK-SOC-03"
    statement = "De gekozen vorm blijft buiten het aanbestedingsrecht."
    article = "Magazine Maatschappelijk aanbesteden; Aanbestedingswet 2012 (rechtsleer)"
    facts = ("legal_form", "subsidy_selects")

    def decide(self, ask: Ask) -> Decision:
        """Refuse a contract, and a subsidy that selects among proposals."""
        if ask.text("legal_form") == "contract":
            return not_met("Een overeenkomst valt onder de regels voor overheidsopdrachten.")
        if ask.yes("subsidy_selects"):
            return not_met("U vraagt voorstellen en kiest eruit. Volg dan het aanbestedingsrecht en ga staatssteun na.")
        return met("Er is geen keuze tussen voorstellen. Ga wel staatssteun na.")


RULES = (ContractForm(), Funding(), SubsidyThatSelects())
