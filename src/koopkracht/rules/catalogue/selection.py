"""Selection criteria: one of three kinds, tied to a requirement, in proportion."""

from __future__ import annotations

from koopkracht.rules.engine.rule import Ask, Confirmed, Decision, Rule, eur, met, not_met


class _Selection(Rule):
    family = "selection"


class OneOfThreeKinds(_Selection):
    """A selection criterion belongs to one of three kinds."""

    code = "BE-SEL-01"
    statement = "Het selectiecriterium behoort tot een van de drie soorten."
    article = "Wet 17-06-2016 art. 71"
    facts = ("selection_kind",)
    parameters = ("selection_kinds",)

    def decide(self, ask: Ask) -> Decision:
        """Anything else is no selection criterion."""
        ask.value("selection_kinds")
        if ask.text("selection_kind") == "other":
            return not_met("Kies beroepsbevoegdheid, financiële draagkracht of technische bekwaamheid, of schrap het.")
        return met("De soort staat in de wet.")


class TiedToRequirement(_Selection, Confirmed):
    """A social selection criterion needs a requirement it belongs to."""

    code = "BE-SEL-02"
    statement = "Het selectiecriterium hoort bij een eis van de opdracht."
    article = "Wet 17-06-2016 art. 71"
    facts = ("selection_linked",)
    parameters = ("selection_kinds",)
    yes = "Het criterium hoort bij een eis, bijvoorbeeld een uitvoeringsvoorwaarde over opleiding."
    no = "Voeg de eis toe waarop het criterium steunt, of schrap het criterium."


class Proportional(_Selection, Confirmed):
    """In proportion to the contract."""

    code = "BE-SEL-03"
    statement = "Het selectiecriterium staat in verhouding tot de opdracht."
    article = "Wet 17-06-2016 art. 71"
    facts = ("selection_proportional",)
    parameters = ("selection_kinds",)
    yes = "U ging na dat de eis past bij de omvang, de duur en het voorwerp."
    no = "Verlaag de eis tot wat deze opdracht echt vraagt."


class TurnoverLimit(_Selection):
    """The turnover requirement has a ceiling that was not read in the law."""

    code = "BE-SEL-04"
    statement = "De omzeteis blijft onder het wettelijke plafond."
    article = "KB plaatsing 18-04-2017 art. 67; Richtlijn 2014/24/EU art. 58, derde lid"
    facts = ("estimated_value", "required_turnover")
    parameters = ("turnover_max_factor",)

    def decide(self, ask: Ask) -> Decision:
        """Never above the estimate is safe; above it the factor goes to a person."""
        demanded, estimate = ask.amount("required_turnover"), ask.amount("estimated_value")
        if demanded <= estimate:
            ask.cite("turnover_max_factor")
            return met(f"De eis van {eur(demanded)} is niet hoger dan de raming zelf.")
        factor = ask.limit("turnover_max_factor")
        return (
            met(f"Hoogstens {factor} keer de raming.")
            if demanded <= factor * estimate
            else not_met("De eis is te hoog.")
        )


class EnvironmentalProof(_Selection):
    """A certificate of environmental management allows other proof."""

    code = "BE-SEL-05"
    statement = "Het gevraagde bewijs van milieubeheer laat andere bewijzen toe."
    article = "Wet 17-06-2016 art. 77 § 2"
    facts = ("environment_certificate",)
    parameters = ("env_management",)

    def decide(self, ask: Ask) -> Decision:
        """EMAS or equivalent, and other proof."""
        ask.value("env_management")
        if not ask.yes("environment_certificate"):
            return met("U vraagt geen bewijs van milieubeheer.")
        if ask.yes("other_proof_accepted"):
            return met("U aanvaardt ook andere passende bewijzen.")
        return not_met("Schrijf dat u gelijkwaardige certificaten en andere passende bewijzen aanvaardt.")


RULES = (OneOfThreeKinds(), TiedToRequirement(), Proportional(), TurnoverLimit(), EnvironmentalProof())
