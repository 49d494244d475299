"""Exclusion: mandatory, optional, and tax and social debts, each with its own period, and corrective measures."""

from __future__ import annotations

from koopkracht.rules.catalogue.common import BASICS, eu_threshold
from koopkracht.rules.catalogue.fact_list import MANDATORY
from koopkracht.rules.engine.rule import Ask, Decision, Rule, eur, long_date, met, not_met
from koopkracht.rules.tables.calendar import add_years, working_days_after
from koopkracht.rules.types import Kind


class _Exclusion(Rule):
    family = "exclusion"
    kind = Kind.DUTY


def _within(ask: Ask, years: int) -> Decision:
    start = ask.day("exclusion_event_on")
    assessed = ask.day("assessed_on")
    end = add_years(start, years)
    text = f"De termijn van {years} jaar loopt van {long_date(start)} tot en met {long_date(end)}."
    if start <= assessed <= end:
        return met(f"{text} Het onderzoek valt erbinnen.", until=end)
    return not_met(f"{text} Het onderzoek van {long_date(assessed)} valt erbuiten.", until=end)


class MandatoryPeriod(_Exclusion):
    """Mandatory grounds count for five years."""

    code = "BE-EXC-01"
    statement = "De verplichte uitsluiting geldt nog op de dag van het onderzoek."
    article = "Wet 17-06-2016 art. 67 § 1; KB plaatsing 18-04-2017 art. 61"
    facts = ("exclusion_ground", "exclusion_event_on", "assessed_on")
    parameters = ("mandatory_grounds",)

    def applies(self, ask: Ask) -> bool:
        """Only for a ground of this list."""
        return ask.facts.get("exclusion_ground") in MANDATORY

    def decide(self, ask: Ask) -> Decision:
        """Five years from the judgment, or from the end of the breach."""
        if ask.text("exclusion_ground") not in MANDATORY:
            return not_met("Deze grond is facultatief, niet verplicht.")
        return _within(ask, int(ask.detail("mandatory_grounds", "duration_years")))


class OptionalPeriod(_Exclusion):
    """Optional grounds count for three years, whatever a guide may say."""

    code = "BE-EXC-02"
    statement = "De facultatieve uitsluiting is nog mogelijk op de dag van het onderzoek."
    article = "Wet 17-06-2016 art. 69"
    facts = ("exclusion_ground", "exclusion_event_on", "assessed_on")
    parameters = ("optional_art7", "optional_other", "optional_duration_conflict_doc")

    def applies(self, ask: Ask) -> bool:
        """Only for a ground of this list."""
        return ask.has("exclusion_ground") and ask.text("exclusion_ground") not in MANDATORY

    def decide(self, ask: Ask) -> Decision:
        """Three years from the event or the end of the breach."""
        ground = ask.text("exclusion_ground")
        if ground in MANDATORY:
            return not_met("Deze grond is verplicht, niet facultatief.")
        code = "optional_art7" if ground == "art7" else "optional_other"
        years = int(ask.detail(code, "duration_years"))
        if ground == "art7":
            ask.cite("optional_duration_conflict_doc")
        return _within(ask, years)


class BreachProof(_Exclusion):
    """The buyer proves a breach of article 7 by any suitable means."""

    code = "BE-EXC-03"
    statement = "De inbreuk op milieu-, sociaal of arbeidsrecht is aangetoond."
    article = "Wet 17-06-2016 art. 69, eerste lid, 1°"
    facts = ("exclusion_ground", "breach_proven")
    parameters = ("optional_art7",)

    def applies(self, ask: Ask) -> bool:
        """Only for that ground."""
        return ask.facts.get("exclusion_ground") == "art7"

    def decide(self, ask: Ask) -> Decision:
        """Without proof no exclusion."""
        ask.value("optional_art7")
        if ask.yes("breach_proven"):
            return met("U toont de inbreuk aan met een passend middel.")
        return not_met("Zonder bewijs mag u niet uitsluiten. Verzamel eerst bewijs.")


class NoAward(_Exclusion):
    """No award to a tender that criminally breaches article 7."""

    code = "BE-EXC-04"
    statement = "U mag deze offerte niet gunnen."
    article = "Wet 17-06-2016 art. 66 § 1, tweede lid en art. 7"
    facts = ("breach_proven", "breach_criminal")
    parameters = ("art66_no_award", "art7")

    def decide(self, ask: Ask) -> Decision:
        """Criminal: must not. Otherwise: may refuse."""
        ask.value("art7")
        ask.value("art66_no_award")
        if not ask.yes("breach_proven"):
            return not_met("Er is geen aangetoonde inbreuk op artikel 7.")
        if ask.yes("breach_criminal"):
            return met("De inbreuk is strafbaar: gunnen is verboden.")
        return not_met("De inbreuk is niet strafbaar. U mag weigeren, maar u moet niet. Motiveer uw keuze.")


class Debts(_Exclusion):
    """Tax and social debts exclude, unless an exception is recorded."""

    code = "BE-EXC-05"
    statement = "De fiscale of sociale schuld leidt tot uitsluiting."
    article = "Wet 17-06-2016 art. 68; KB plaatsing 18-04-2017 art. 62 en 63"
    facts = ("debt_amount",)
    parameters = ("tax_social_debts", "tax_social_debts_free_amount")

    def decide(self, ask: Ask) -> Decision:
        """Accept a claim on a public buyer; leave a small debt to the amount that was not read."""
        debt = ask.amount("debt_amount")
        rule = ask.value("tax_social_debts")
        if debt == 0:
            return not_met("Er is geen schuld.")
        if ask.facts.get("claim_on_public_buyer"):
            return not_met(
                "De ondernemer heeft een onbetwiste schuldvordering van minstens dat bedrag op een overheid."
            )
        if ask.yes("regularised_before"):
            free = ask.limit("tax_social_debts_free_amount")
            return met(
                f"De schuld is {eur(debt)}, meer dan {eur(free)}, en de kans om te regulariseren is al gebruikt."
            )
        days = int(rule["regularisation_working_days"])
        if not ask.has("debt_notified_on"):
            return not_met(f"Geef de ondernemer eerst, een enkele keer, {days} werkdagen om in orde te komen.")
        last = working_days_after(ask.day("debt_notified_on"), days)
        return not_met(f"De ondernemer mag zich nog in orde stellen tot en met {long_date(last)}.", date=last)


class CorrectiveMeasures(_Exclusion):
    """Corrective measures are judged, with reasons, before exclusion."""

    code = "BE-EXC-06"
    statement = "De corrigerende maatregelen zijn beoordeeld voor u uitsluit."
    article = "Wet 17-06-2016 art. 70"
    facts = ("corrective_measures",)
    parameters = ("self_cleaning",)

    def decide(self, ask: Ask) -> Decision:
        """Only when measures were shown."""
        ask.value("self_cleaning")
        if not ask.yes("corrective_measures"):
            return met("De ondernemer toonde geen maatregelen. Bij een facultatieve grond nodigt u daar zelf toe uit.")
        if ask.yes("corrective_judged"):
            return met("U beoordeelde de maatregelen met een reden.")
        return not_met("Beoordeel eerst of de maatregelen volstaan en schrijf uw reden op.")


class OptionalInSmallProcedures(_Exclusion):
    """Below the threshold article 69 and 71 count only when the documents say so."""

    code = "BE-EXC-07"
    statement = "De facultatieve uitsluiting en de selectiecriteria gelden in deze procedure."
    article = "Wet 17-06-2016 art. 42"
    facts = (*BASICS, "procedure")
    parameters = ("procedure_negotiated_without_publication",)

    def applies(self, ask: Ask) -> bool:
        """Only in the negotiated procedure without publication."""
        return super().applies(ask) and ask.text("procedure") == "negotiated_without_publication"

    def decide(self, ask: Ask) -> Decision:
        """From the threshold on always; below it by the documents."""
        ask.value("procedure_negotiated_without_publication")
        if ask.text("procedure") != "negotiated_without_publication":
            return met("In deze procedure gelden ze zonder meer.")
        reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if reached:
            return met("De Europese drempel is bereikt.")
        if ask.yes("documents_mention_art69"):
            return met("De documenten verklaren ze van toepassing.")
        return not_met("Onder de Europese drempel gelden artikel 69 en 71 alleen als de documenten het zeggen.")


class Espd(_Exclusion):
    """The European single procurement document."""

    code = "BE-EXC-08"
    statement = "U vraagt het Uniform Europees Aanbestedingsdocument."
    article = "Wet 17-06-2016 art. 73; KB plaatsing 18-04-2017 art. 38 en 39"
    facts = BASICS
    parameters = ("uea",)

    def decide(self, ask: Ask) -> Decision:
        """From the European threshold on, except for listed grounds of article 42."""
        ask.value("uea")
        reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if not reached:
            return not_met(
                "Onder de Europese drempel volstaat de impliciete verklaring op erewoord over de uitsluiting."
            )
        if ask.facts.get("art42_ground") in ask.detail("uea", "exceptions"):
            return not_met("Voor deze reden van artikel 42 is er een uitzondering.")
        return met("De Europese drempel is bereikt.")


RULES = (
    MandatoryPeriod(),
    OptionalPeriod(),
    BreachProof(),
    NoAward(),
    Debts(),
    CorrectiveMeasures(),
    OptionalInSmallProcedures(),
    Espd(),
)
