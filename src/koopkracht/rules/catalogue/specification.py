"""Technical specifications and labels: article 53 to 55."""

from __future__ import annotations

from koopkracht.rules.catalogue.common import BASICS, eu_threshold
from koopkracht.rules.engine.rule import Ask, Decision, Rule, met, not_met
from koopkracht.rules.types import Kind

CONDITIONS = ("label_linked", "label_objective", "label_open_procedure", "label_accessible", "label_third_party")


class _Specification(Rule):
    family = "specification"
    kind = Kind.INSTRUMENT


class LabelConditions(_Specification):
    """Five conditions together."""

    code = "BE-SPEC-01"
    statement = "U mag het keurmerk zelf eisen."
    article = "Wet 17-06-2016 art. 54 § 1"
    facts = ("label_required",)
    parameters = ("label_conditions",)

    def decide(self, ask: Ask) -> Decision:
        """All five, in the order of the law."""
        texts: list[str] = ask.value("label_conditions")
        if not ask.yes("label_required"):
            return met("U eist geen keurmerk.")
        failing = [text for fact, text in zip(CONDITIONS, texts, strict=True) if ask.facts.get(fact) is False]
        if failing:
            return not_met(
                f"Niet vervuld: {'; '.join(failing)}. Beschrijf de eisen zelf in plaats van het keurmerk te eisen."
            )
        ask.need(*CONDITIONS)
        return met("De vijf voorwaarden zijn volgens uw opgave vervuld.")


class LabelEquivalents(_Specification):
    """Equivalent labels are always accepted."""

    code = "BE-SPEC-02"
    statement = "Gelijkwaardige keurmerken zijn aanvaard."
    article = "Wet 17-06-2016 art. 54 § 1"
    facts = ("label_required", "label_equivalents")
    parameters = ("label_equivalent",)

    def decide(self, ask: Ask) -> Decision:
        """Write 'of gelijkwaardig'."""
        ask.value("label_equivalent")
        if not ask.yes("label_required") or ask.yes("label_equivalents"):
            return met("Een gelijkwaardig keurmerk volstaat altijd.")
        return not_met("Schrijf bij het keurmerk “of gelijkwaardig”.")


class LabelOtherProof(_Specification):
    """Below the European threshold other suitable proof is always accepted."""

    code = "BE-SPEC-03"
    statement = "De documenten laten ander passend bewijs toe waar dat moet."
    article = "Wet 17-06-2016 art. 54 § 1, laatste lid"
    facts = (*BASICS, "label_required", "label_proof_accepted")
    parameters = ("label_other_proof",)

    def decide(self, ask: Ask) -> Decision:
        """Above the threshold only when the label could not be had in time."""
        ask.value("label_other_proof")
        if not ask.yes("label_required") or ask.yes("label_proof_accepted"):
            return met("Ander passend bewijs is aanvaard.")
        reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if reached:
            return not_met(
                "Aanvaard ander bewijs als de ondernemer het keurmerk buiten zijn schuld niet op tijd kreeg."
            )
        return not_met("Onder de Europese drempel aanvaardt u altijd ander passend bewijs. Pas de tekst aan.")


class LabelStatement(_Specification):
    """The documents say how the label is used."""

    code = "BE-SPEC-04"
    statement = "De documenten zeggen hoe u het keurmerk gebruikt."
    article = "Wet 17-06-2016 art. 54 § 3"
    facts = ("label_required", "label_statement_present")
    parameters = ("label_statement",)

    def decide(self, ask: Ask) -> Decision:
        """Ask for the mandatory mention; there are three model sentences."""
        ask.value("label_statement")
        if not ask.yes("label_required") or ask.yes("label_statement_present"):
            return met("De verplichte vermelding is in orde.")
        return not_met("Voeg de modelzin toe: boven de drempel, onder de drempel, of alleen specificaties.")


class LabelBroader(_Specification):
    """A label that covers more than the subject is not required; its relevant criteria are copied."""

    code = "BE-SPEC-05"
    statement = "Het keurmerk gaat niet verder dan de opdracht."
    article = "Wet 17-06-2016 art. 54 § 2"
    facts = ("label_required", "label_broader")
    parameters = ("label_broader",)

    def decide(self, ask: Ask) -> Decision:
        """Take over the relevant specifications instead."""
        ask.value("label_broader")
        if ask.yes("label_required") and ask.yes("label_broader"):
            return not_met("Eis het keurmerk niet. Neem alleen de specificaties over die bij de opdracht horen.")
        return met("U eist niets dat buiten de opdracht valt.")


class ProcessSpecification(_Specification):
    """A specification on the process rests on a text that was not read in the law."""

    code = "BE-SPEC-06"
    statement = "De specificatie mag over het productieproces gaan."
    article = "Wet 17-06-2016 art. 53 § 1"
    facts = ("spec_on_process",)
    parameters = ("tech_spec_process",)

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the first part of the paragraph."""
        if not ask.yes("spec_on_process"):
            return met("De specificatie gaat niet over het proces.")
        ask.value("tech_spec_process")
        return met("Dat mag als er een evenredig verband is met het voorwerp.")


class Accessibility(_Specification):
    """Accessibility for people with a disability and design for all."""

    code = "BE-SPEC-07"
    statement = "De specificaties houden rekening met toegankelijkheid."
    article = "Wet 17-06-2016 art. 53 § 1"
    kind = Kind.DUTY
    facts = ("used_by_people",)
    parameters = ("tech_spec_accessibility",)

    def decide(self, ask: Ask) -> Decision:
        """Whenever people use the result."""
        ask.value("tech_spec_accessibility")
        if not ask.yes("used_by_people"):
            return met("Het resultaat is niet voor gebruik door mensen.")
        if ask.yes("accessible_design"):
            return met("De specificaties vragen toegankelijkheid en ontwerp voor iedereen.")
        return not_met("Voeg eisen over toegankelijkheid toe, of motiveer waarom dat hier niet kan.")


class OrEquivalent(_Specification):
    """No brand; a standard only with 'or equivalent'."""

    code = "BE-SPEC-08"
    statement = "Een merk of norm sluit niemand uit."
    article = "Wet 17-06-2016 art. 53 § 3 en § 4"
    kind = Kind.DUTY
    facts = ("spec_brand",)
    parameters = ("tech_spec_equivalent",)

    def decide(self, ask: Ask) -> Decision:
        """Add the words, or describe the function."""
        ask.value("tech_spec_equivalent")
        if not ask.yes("spec_brand") or ask.yes("spec_or_equivalent"):
            return met("Gelijkwaardige oplossingen zijn welkom.")
        return not_met("Schrijf “of gelijkwaardig”, of beschrijf de werking in plaats van het merk.")


class TestReports(_Specification):
    """Reports of accredited bodies; equivalents accepted."""

    code = "BE-SPEC-09"
    statement = "Gevraagde testverslagen laten gelijkwaardige verslagen toe."
    article = "Wet 17-06-2016 art. 55"
    facts = ("test_report_required",)
    parameters = ("test_reports",)

    def decide(self, ask: Ask) -> Decision:
        """Equivalent bodies count."""
        ask.value("test_reports")
        if not ask.yes("test_report_required") or ask.yes("test_report_equivalents"):
            return met("Gelijkwaardige verslagen en certificaten zijn aanvaard.")
        return not_met("Aanvaard verslagen van gelijkwaardige, geaccrediteerde instanties.")


RULES = (
    LabelConditions(),
    LabelEquivalents(),
    LabelOtherProof(),
    LabelStatement(),
    LabelBroader(),
    ProcessSpecification(),
    Accessibility(),
    OrEquivalent(),
    TestReports(),
)
