"""Procedure adviser, ordinary contracts: which procedures are open for these facts, which not, and why."""

from __future__ import annotations

from typing import ClassVar

from koopkracht.rules.catalogue.common import (
    BASICS,
    CLASSIC,
    below,
    below_local_limit,
    eu_threshold,
    is_social_service,
    sector,
    spending,
)
from koopkracht.rules.catalogue.receipt_terms import features_as_results
from koopkracht.rules.engine.rule import Ask, Decision, Rule, eur, met, not_met, undetermined
from koopkracht.rules.types import Kind

OTHER_SECTOR = "De procedures van speciale sectoren en concessies zijn hier niet opgenomen. Laat dit nakijken."
ART38_GROUNDS = frozenset({"a", "b", "c", "d", "2"})


class Procedure(Rule):
    """One procedure: open or not. ``special`` says whether it is only for annex III services, never, or both."""

    family = "procedures"
    kind = Kind.PROCEDURE
    facts: ClassVar[tuple[str, ...]] = BASICS
    row: ClassVar[str]
    special: ClassVar[bool | None] = False

    def applies(self, ask: Ask) -> bool:
        """Leave out procedures that certainly belong to the other regime."""
        if not ask.has(*BASICS) or sector(ask) != CLASSIC:
            return False
        known = ask.text("contract_type") != "services" or ask.has("social_service")
        return self.special is None or not known or is_social_service(ask) is self.special

    def decide(self, ask: Ask) -> Decision:
        """First the sector and the regime, then the conditions of this procedure."""
        ask.need(*BASICS)
        if sector(ask) != CLASSIC:
            return undetermined(OTHER_SECTOR)
        if self.special is not None and is_social_service(ask) is not self.special:
            return not_met(
                "Deze weg bestaat alleen voor sociale en andere specifieke diensten."
                if self.special
                else "Voor sociale en andere specifieke diensten gelden eigen procedures (artikel 89)."
            )
        return self.conditions(ask)

    def conditions(self, ask: Ask) -> Decision:
        """Answer for a contract of the right sector and regime."""
        raise NotImplementedError

    def opened(self, ask: Ask, reason: str) -> Decision:
        """Say that this procedure is open, and what it looks like."""
        return met(reason, **features_as_results(ask, self.row))


class LimitedValue(Procedure):
    """Small contracts can be concluded by an accepted invoice."""

    code = "BE-PROC-01"
    statement = "Een opdracht van beperkte waarde (aanvaarde factuur) is mogelijk."
    article = "Wet 17-06-2016 art. 92"
    parameters = ("limited_value_max", "procedure_limited_value")
    row = "procedure_limited_value"
    special = None

    def conditions(self, ask: Ask) -> Decision:
        """Test that the estimate is strictly lower than the amount."""
        amount = ask.amount("estimated_value")
        holds = ask.passes("limited_value_max", amount)
        reason = below("de raming", amount, ask.limit("limited_value_max"), holds=holds)
        return self.opened(ask, reason) if holds else not_met(reason)


class NegotiatedOnAmount(Procedure):
    """Negotiated procedure without publication because the expenditure is low."""

    code = "BE-PROC-02"
    statement = "De onderhandelingsprocedure zonder voorafgaande bekendmaking op bedrag is mogelijk."
    article = "Wet 17-06-2016 art. 42 § 1, 1°, a; KB plaatsing 18-04-2017 art. 90, 1°"
    parameters = ("opzvb_amount_max", "procedure_negotiated_without_publication")
    row = "procedure_negotiated_without_publication"

    def conditions(self, ask: Ask) -> Decision:
        """Test that the expenditure to approve is strictly lower than the amount."""
        amount, label = spending(ask)
        holds = ask.passes("opzvb_amount_max", amount)
        reason = below(label, amount, ask.limit("opzvb_amount_max"), holds=holds)
        return self.opened(ask, reason) if holds else not_met(reason)


class NegotiatedPerLot(Procedure):
    """Small lots of a larger contract; one of the three conditions is in dispute."""

    code = "BE-PROC-03"
    statement = "De onderhandelingsprocedure zonder voorafgaande bekendmaking per perceel is mogelijk."
    article = "KB plaatsing 18-04-2017 art. 90, 3°"
    facts = (*BASICS, "lot_values")
    parameters = ("opzvb_lot_max", "opzvb_lot_share_pct")
    row = "procedure_negotiated_without_publication"

    def applies(self, ask: Ask) -> bool:
        """Only for a contract whose lots are known."""
        return super().applies(ask) and ask.has("lot_values")

    def conditions(self, ask: Ask) -> Decision:
        """Two conditions can be tested; the rule of 20 percent goes to a person."""
        total = ask.amount("estimated_value")
        reached, threshold = eu_threshold(ask, total)
        if reached:
            return not_met(f"De totale raming van {eur(total)} bereikt de Europese drempel van {eur(threshold)}.")
        small = [value for value in ask.amounts("lot_values") if ask.passes("opzvb_lot_max", value)]
        if not small:
            return not_met(f"Geen enkel perceel is lager dan {eur(ask.limit('opzvb_lot_max'))}.")
        ask.value("opzvb_lot_share_pct")
        return self.opened(ask, f"{len(small)} percelen zijn klein genoeg.")


class NegotiatedListedServices(Procedure):
    """Some listed services have a higher amount; the list was not read."""

    code = "BE-PROC-04"
    statement = "De onderhandelingsprocedure zonder voorafgaande bekendmaking voor opgesomde diensten is mogelijk."
    article = "KB plaatsing 18-04-2017 art. 90, 2°"
    parameters = ("opzvb_amount_max", "opzvb_amount_max_listed_services", "opzvb_listed_services")
    row = "procedure_negotiated_without_publication"

    def applies(self, ask: Ask) -> bool:
        """Only where it can make a difference: services between the two amounts."""
        if not super().applies(ask) or ask.text("contract_type") != "services":
            return False
        amount, _ = spending(ask)
        return not ask.passes("opzvb_amount_max", amount) and ask.passes("opzvb_amount_max_listed_services", amount)

    def conditions(self, ask: Ask) -> Decision:
        """Above the amount it is closed; below it a person must read the list."""
        amount, label = spending(ask)
        if ask.text("contract_type") != "services":
            return not_met("Deze weg bestaat alleen voor diensten.")
        if not ask.passes("opzvb_amount_max_listed_services", amount):
            return not_met(below(label, amount, ask.limit("opzvb_amount_max_listed_services"), holds=False))
        ask.value("opzvb_listed_services")
        return self.opened(ask, "De dienst staat op de lijst.")


class _OnGround(Procedure):
    """A procedure that needs a reason in fact from the buyer."""

    ground_fact: ClassVar[str]
    grounds: ClassVar[frozenset[str]]

    def applies(self, ask: Ask) -> bool:
        """Only when the buyer names a reason."""
        return super().applies(ask) and ask.has(self.ground_fact)

    def conditions(self, ask: Ask) -> Decision:
        """Test that the reason is one of the list and is written down in the file."""
        if ask.text(self.ground_fact) not in self.grounds:
            return not_met("Deze reden opent deze procedure niet.")
        if ask.yes("ground_motivated"):
            return self.opened(ask, "U gaf een reden uit de wet op en motiveert ze met feiten in het dossier.")
        return not_met("Zonder motivering met feiten in het dossier staat deze weg niet open.")


class NegotiatedOnGround(_OnGround):
    """Negotiated procedure without publication in the listed cases of article 42."""

    code = "BE-PROC-05"
    statement = "De onderhandelingsprocedure zonder voorafgaande bekendmaking is mogelijk om een bijzondere reden."
    article = "Wet 17-06-2016 art. 42 § 1"
    parameters = ("procedure_negotiated_without_publication",)
    row = "procedure_negotiated_without_publication"
    ground_fact = "art42_ground"
    grounds = frozenset({"1b", "1c", "1d", "2", "3", "4a", "4b", "4c", "5"})


class SimplifiedNegotiated(Procedure):
    """Simplified negotiated procedure with prior publication."""

    code = "BE-PROC-06"
    statement = "De vereenvoudigde onderhandelingsprocedure met voorafgaande bekendmaking is mogelijk."
    article = "Wet 17-06-2016 art. 41 § 1"
    parameters = (
        "vopmvb_supplies_services_max",
        "vopmvb_works_max",
        "procedure_simplified_negotiated_with_publication",
    )
    row = "procedure_simplified_negotiated_with_publication"

    def conditions(self, ask: Ask) -> Decision:
        """Test that the estimate is strictly lower than the amount of its type; federal buyers have the central one."""
        amount = ask.amount("estimated_value")
        if ask.text("contract_type") == "works":
            holds, limit = ask.passes("vopmvb_works_max", amount), ask.limit("vopmvb_works_max")
        else:
            holds, limit = below_local_limit(ask, amount, "vopmvb_supplies_services_max", federal_is_central=True)
        reason = below("de raming", amount, limit, holds=holds)
        return self.opened(ask, reason) if holds else not_met(reason)


class CompetitiveOnAmount(Procedure):
    """Competitive procedure with negotiation because the estimate is below the European threshold."""

    code = "BE-PROC-07"
    statement = "De mededingingsprocedure met onderhandeling op bedrag is mogelijk."
    article = "Wet 17-06-2016 art. 38 § 1, 1°, f"
    parameters = ("mpmo_supplies_services_max", "mpmo_works_max", "procedure_competitive_negotiation")
    row = "procedure_competitive_negotiation"

    def conditions(self, ask: Ask) -> Decision:
        """Test that the estimate is strictly lower than the amount of its type."""
        amount = ask.amount("estimated_value")
        if ask.text("contract_type") == "works":
            holds, limit = ask.passes("mpmo_works_max", amount), ask.limit("mpmo_works_max")
        else:
            holds, limit = below_local_limit(ask, amount, "mpmo_supplies_services_max", federal_is_central=False)
        reason = below("de raming", amount, limit, holds=holds)
        return self.opened(ask, reason) if holds else not_met(reason)


class CompetitiveByReservation(Procedure):
    """A reservation under article 15 opens the negotiation route below the European threshold."""

    code = "BE-PROC-08"
    statement = "De mededingingsprocedure met onderhandeling is mogelijk door een voorbehoud."
    article = "Wet 17-06-2016 art. 38 § 1, 1°, e en art. 15"
    facts = (*BASICS, "reserved")
    parameters = ("art15_mpmo", "procedure_competitive_negotiation")
    row = "procedure_competitive_negotiation"

    def applies(self, ask: Ask) -> bool:
        """Only when a reservation is considered."""
        return super().applies(ask) and ask.has("reserved")

    def conditions(self, ask: Ask) -> Decision:
        """Reserved, and the estimate stays under the European threshold."""
        ask.value("art15_mpmo")
        if not ask.yes("reserved"):
            return not_met("De opdracht is niet voorbehouden volgens artikel 15.")
        amount = ask.amount("estimated_value")
        reached, limit = eu_threshold(ask, amount)
        if reached:
            return not_met(f"De raming van {eur(amount)} bereikt de Europese drempel van {eur(limit)}.")
        return self.opened(
            ask, f"De toegang is voorbehouden en de raming blijft onder {eur(limit)}. U mag niet rechtstreeks gunnen."
        )


class CompetitiveOnGround(_OnGround):
    """Competitive procedure with negotiation for the reasons of article 38, at any value."""

    code = "BE-PROC-09"
    statement = "De mededingingsprocedure met onderhandeling is mogelijk om een inhoudelijke reden."
    article = "Wet 17-06-2016 art. 38 § 1"
    parameters = ("procedure_competitive_negotiation",)
    row = "procedure_competitive_negotiation"
    ground_fact = "art38_ground"
    grounds = ART38_GROUNDS


class Open(Procedure):
    """The open procedure is always there."""

    code = "BE-PROC-10"
    statement = "De openbare procedure is mogelijk."
    article = "Wet 17-06-2016 art. 36"
    parameters = ("procedure_open",)
    row = "procedure_open"
    special = None

    def conditions(self, ask: Ask) -> Decision:
        """No conditions."""
        return self.opened(ask, "Deze procedure is altijd mogelijk.")


class Restricted(Procedure):
    """The restricted procedure is always there."""

    code = "BE-PROC-11"
    statement = "De niet-openbare procedure is mogelijk."
    article = "Wet 17-06-2016 art. 37 en 79"
    parameters = ("procedure_restricted",)
    row = "procedure_restricted"
    special = None

    def conditions(self, ask: Ask) -> Decision:
        """No conditions, but at least five candidates are invited."""
        return self.opened(ask, "Deze procedure is altijd mogelijk. Nodig minstens vijf kandidaten uit.")


class CompetitiveDialogue(_OnGround):
    """The competitive dialogue shares its reasons with article 38."""

    code = "BE-PROC-12"
    statement = "De concurrentiegerichte dialoog is mogelijk."
    article = "Wet 17-06-2016 art. 39"
    parameters = ("procedure_competitive_dialogue",)
    row = "procedure_competitive_dialogue"
    ground_fact = "art38_ground"
    grounds = ART38_GROUNDS


class InnovationPartnership(Procedure):
    """For a need that nothing on the market meets."""

    code = "BE-PROC-13"
    statement = "Het innovatiepartnerschap is mogelijk."
    article = "Wet 17-06-2016 art. 40"
    facts = (*BASICS, "innovation_need")
    parameters = ("procedure_innovation_partnership",)
    row = "procedure_innovation_partnership"

    def applies(self, ask: Ask) -> bool:
        """Only when the buyer answered the question about the market."""
        return super().applies(ask) and ask.has("innovation_need")

    def conditions(self, ask: Ask) -> Decision:
        """Nothing available meets the need."""
        if ask.yes("innovation_need"):
            return self.opened(ask, "Niets op de markt vult de behoefte volgens u in.")
        return not_met("Wat op de markt bestaat, volstaat. Kies een andere procedure.")


RULES = (
    LimitedValue(),
    NegotiatedOnAmount(),
    NegotiatedPerLot(),
    NegotiatedListedServices(),
    NegotiatedOnGround(),
    SimplifiedNegotiated(),
    CompetitiveOnAmount(),
    CompetitiveByReservation(),
    CompetitiveOnGround(),
    Open(),
    Restricted(),
    CompetitiveDialogue(),
    InnovationPartnership(),
)
