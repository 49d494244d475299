"""Performance conditions: link and mention, a control mechanism, a ladder, proportionate penalties."""

from __future__ import annotations

from koopkracht.rules.engine.rule import Ask, Confirmed, Decision, Rule, met, not_met, percent
from koopkracht.rules.types import Ground, Kind


class _Performance(Rule):
    family = "performance"
    kind = Kind.INSTRUMENT


class LinkedCondition(_Performance, Confirmed):
    """Link with the subject."""

    code = "BE-PERF-01"
    statement = "De uitvoeringsvoorwaarde houdt verband met het voorwerp."
    article = "Wet 17-06-2016 art. 87"
    facts = ("condition_linked",)
    parameters = ("execution_conditions",)
    yes = "Voorwaarden over economie, innovatie, milieu, sociaal of werk mogen."
    no = "Schrijf welk verband er is met de opdracht, of schrap de voorwaarde."


class AnnouncedCondition(_Performance, Confirmed):
    """Known before tenders are made."""

    code = "BE-PERF-02"
    statement = "De uitvoeringsvoorwaarde is vooraf bekend."
    article = "Wet 17-06-2016 art. 87"
    facts = ("condition_announced",)
    parameters = ("execution_conditions",)
    yes = "De voorwaarde staat in de documenten. Wie inschrijft, aanvaardt ze vanaf de gunning."
    no = "Zet de voorwaarde in de opdrachtdocumenten."


class Controlled(_Performance):
    """At least one control moment per condition; equal treatment asks for it."""

    code = "BE-PERF-03"
    statement = "Er is een controle op de uitvoeringsvoorwaarde."
    article = "Praktijkgids, hoofdstuk 5 (praktijk); gelijke behandeling"
    ground = Ground.PRACTICE
    facts = ("control_moments",)
    parameters = ("execution_conditions",)

    def decide(self, ask: Ask) -> Decision:
        """Spread the moments over the whole term."""
        ask.value("execution_conditions")
        count = ask.number("control_moments")
        if count >= 1:
            return met(f"{count} controlemomenten. Spreid ze over de hele looptijd.")
        return not_met("Plan minstens één controlemoment. Zonder controle is er geen gelijke behandeling.")


class Ladder(_Performance, Confirmed):
    """Talk, adjust, notice of default, penalty."""

    code = "BE-PERF-04"
    statement = "De aanpak bij tekortkoming verloopt in stappen."
    article = "Praktijkgids, hoofdstuk 5 (praktijk)"
    ground = Ground.PRACTICE
    facts = ("ladder_present",)
    parameters = ("special_penalty",)
    yes = "Eerst praten en bijsturen, dan ingebrekestelling, pas daarna een straf."
    no = "Beschrijf de stappen: gesprek, bijsturing, ingebrekestelling en pas dan een straf."


class SpecialPenalty(_Performance):
    """A special penalty is set in the documents and in proportion."""

    code = "BE-PERF-05"
    statement = "De bijzondere straf is geldig."
    article = "KB AUR 14-01-2013 art. 45 § 1"
    facts = ("special_penalty_set",)
    parameters = ("special_penalty",)

    def decide(self, ask: Ask) -> Decision:
        """Without one the general penalty counts."""
        ask.value("special_penalty")
        if not ask.yes("special_penalty_set"):
            return not_met("Er is geen bijzondere straf. Dan geldt bij een tekortkoming de algemene straf.")
        if ask.yes("special_penalty_proportional"):
            return met("De straf staat in de documenten en is in verhouding.")
        return not_met("Breng de straf in verhouding tot de tekortkoming.")


class ImprovementPath(_Performance):
    """Growing targets need a described partnership."""

    code = "BE-PERF-06"
    statement = "Het groeipad beschrijft de samenwerking."
    article = "Praktijkgids, hoofdstuk 5 (praktijk)"
    ground = Ground.PRACTICE
    facts = ("continuous_improvement",)
    parameters = ("execution_conditions",)

    def decide(self, ask: Ask) -> Decision:
        """With regular meetings."""
        ask.value("execution_conditions")
        if not ask.yes("continuous_improvement"):
            return met("De voorwaarde werkt niet met groeiende streefwaarden.")
        if ask.yes("partnership_described"):
            return met("De documenten beschrijven de samenwerking en het overleg.")
        return not_met("Beschrijf in de documenten hoe u samenwerkt en hoe vaak u overlegt.")


class SubcontractorCheck(_Performance):
    """Subcontractors are identified and checked."""

    code = "BE-PERF-07"
    statement = "U gaat de identiteit en de uitsluitingsgronden van onderaannemers na."
    article = "KB AUR 14-01-2013 art. 12/1, 12/2 en 12/4; wet 17-06-2016 art. 86"
    kind = Kind.DUTY
    facts = ("subcontracting_levels",)
    parameters = ("subcontract_exclusion_check",)

    def decide(self, ask: Ask) -> Decision:
        """As soon as there is a subcontractor."""
        ask.value("subcontract_exclusion_check")
        if ask.number("subcontracting_levels") == 0:
            return not_met("Er is geen onderaanneming.")
        return met("Vraag de gegevens van elke onderaannemer en kijk na of er een uitsluitingsgrond is.")


class SubcontractingChain(_Performance):
    """The longest chain was not read in the law."""

    code = "BE-PERF-08"
    statement = "De onderaannemingsketen is niet te lang."
    article = "KB AUR 14-01-2013 art. 12/3"
    kind = Kind.DUTY
    facts = ("contract_type", "subcontracting_levels")
    parameters = ("subcontract_chain_works", "subcontract_chain_fraud_services")

    def decide(self, ask: Ask) -> Decision:
        """One level or none is always fine; more goes to a person."""
        if ask.number("subcontracting_levels") <= 1:
            return met("Er is hoogstens één niveau onderaannemers.")
        if ask.text("contract_type") == "works":
            ask.value("subcontract_chain_works")
        elif ask.text("contract_type") == "services" and ask.yes("fraud_sensitive"):
            ask.value("subcontract_chain_fraud_services")
        return met("Voor deze opdracht is hier geen grens bekend.")


class SmallChange(_Performance):
    """The de minimis limits were not read in the law."""

    code = "BE-PERF-09"
    statement = "De wijziging blijft onder de grens voor kleine wijzigingen."
    article = "KB AUR 14-01-2013 art. 37 tot 38/19"
    kind = Kind.DUTY
    facts = ("contract_type", "change_percent")
    parameters = ("changes_articles", "changes_de_minimis", "changes_additional_unforeseen_pct")

    def decide(self, ask: Ask) -> Decision:
        """Show the amounts, decide nothing."""
        ask.cite("changes_articles", "changes_additional_unforeseen_pct")
        value = ask.value("changes_de_minimis")
        limit = value["works_pct" if ask.text("contract_type") == "works" else "supplies_services_pct"]
        return met(f"Hoogstens {percent(limit)}.")


RULES = (
    LinkedCondition(),
    AnnouncedCondition(),
    Controlled(),
    Ladder(),
    SpecialPenalty(),
    ImprovementPath(),
    SubcontractorCheck(),
    SubcontractingChain(),
    SmallChange(),
)
