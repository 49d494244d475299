"""Procedure adviser, special cases: annex III services, other sectors, and the advice for the social aim."""

from __future__ import annotations

from koopkracht.rules.catalogue.common import BASICS, CLASSIC, below, sector
from koopkracht.rules.catalogue.procedures import OTHER_SECTOR, Procedure
from koopkracht.rules.catalogue.procedures import RULES as ORDINARY
from koopkracht.rules.engine.rule import Ask, Decision, MissingFacts, Rule, Unsure, met, not_met, undetermined
from koopkracht.rules.types import Ground, Kind, Outcome


class _Special(Procedure):
    special = True
    article = "Wet 17-06-2016 art. 89 § 1"

    def applies(self, ask: Ask) -> bool:
        """Only for services."""
        return super().applies(ask) and ask.text("contract_type") == "services"


class SpecialSimplified(_Special):
    """Simplified negotiated procedure with publication, at any value."""

    code = "BE-PROC-31"
    statement = "De vereenvoudigde onderhandelingsprocedure met bekendmaking voor sociale diensten is mogelijk."
    article = "Wet 17-06-2016 art. 89 § 1, 1°"
    parameters = ("procedure_sas_vopmvb",)
    row = "procedure_sas_vopmvb"

    def conditions(self, ask: Ask) -> Decision:
        """No condition on the amount."""
        return self.opened(ask, "Voor sociale en andere specifieke diensten is deze procedure altijd mogelijk.")


class SpecialNegotiated(_Special):
    """Negotiated procedure without publication below the threshold of annex III services."""

    code = "BE-PROC-32"
    statement = "De onderhandelingsprocedure zonder bekendmaking voor sociale diensten is mogelijk."
    article = "Wet 17-06-2016 art. 89 § 1, 2°"
    parameters = ("sas_opzvb_max", "procedure_sas_opzvb")
    row = "procedure_sas_opzvb"

    def conditions(self, ask: Ask) -> Decision:
        """Strictly lower than the amount; above it only in cases that a person must check."""
        amount = ask.amount("estimated_value")
        holds = ask.passes("sas_opzvb_max", amount)
        reason = below("de raming", amount, ask.limit("sas_opzvb_max"), holds=holds)
        if holds:
            return self.opened(ask, reason)
        if ask.has("art42_ground"):
            return undetermined(f"{reason} Laat nakijken of uw reden uit artikel 42 ook hier geldt.")
        return not_met(reason)


class SpecialByReference(_Special):
    """Any other procedure, taken over by reference."""

    code = "BE-PROC-33"
    statement = "Voor sociale diensten mag u naar een andere procedure verwijzen."
    article = "Wet 17-06-2016 art. 89 § 1, 3°"
    parameters = ("procedure_sas_reference",)
    row = "procedure_sas_reference"

    def conditions(self, ask: Ask) -> Decision:
        """Explain that the conditions of that procedure need not be met."""
        return self.opened(
            ask, "U volgt de regels van de gekozen procedure. De voorwaarden om ze te kiezen gelden niet."
        )


class SpecialOwnRules(_Special):
    """A procedure of the buyer's own making, with publication."""

    code = "BE-PROC-34"
    statement = "Voor sociale diensten mag u een eigen procedure met bekendmaking uitwerken."
    article = "Wet 17-06-2016 art. 89 § 1, 4°"
    parameters = ("procedure_sas_sui_generis",)
    row = "procedure_sas_sui_generis"

    def conditions(self, ask: Ask) -> Decision:
        """Transparent, proportional and equal for all."""
        return self.opened(
            ask, "Uw regels zijn transparant, evenredig en gelijk voor iedereen. Artikelen 67, 68 en 70 gelden."
        )


class OtherSectors(Rule):
    """Utilities and concessions follow other titles that are not encoded."""

    code = "BE-PROC-80"
    family = "procedures"
    kind = Kind.PROCEDURE
    statement = "De procedures voor deze sector zijn in Koopkracht opgenomen."
    article = "Wet 17-06-2016 titel 3; wet 17-06-2016 betreffende de concessieovereenkomsten"
    facts = ("sector",)

    def applies(self, ask: Ask) -> bool:
        """Only outside the classic sector."""
        return sector(ask) != CLASSIC

    def decide(self, ask: Ask) -> Decision:
        """Say so instead of guessing."""
        if ask.text("sector") == CLASSIC:
            return met("De klassieke sector is opgenomen.")
        return undetermined(OTHER_SECTOR)


class FitsTheAim(Rule):
    """Which open procedure suits the social aim best: advice, no law."""

    code = "BE-PROC-90"
    family = "procedure_advice"
    kind = Kind.ADVICE
    ground = Ground.PRACTICE
    statement = "Een open procedure past bij het sociale doel."
    article = "Eigen advies van Koopkracht, geen wet"
    facts = (*BASICS, "social_aim")
    parameters = ("procedure_advice", "procedure_advice_reasons")

    def decide(self, ask: Ask) -> Decision:
        """Take the first procedure of the list for this aim that is open."""
        aim = ask.text("social_aim")
        order: list[str] = ask.value("procedure_advice")[aim]
        reasons: dict[str, str] = ask.value("procedure_advice_reasons")
        doubtful = []
        for code in order:
            decision = _try(PROCEDURES[code], ask)
            if decision.outcome is Outcome.MET:
                talks = decision.results.get("negotiation") or aim in {"none", "accessibility"}
                why = reasons[aim] if talks else "ze staat open en laat sociale voorwaarden toe"
                advice = f"Advies: kies {_named(PROCEDURES[code])}, want {why}."
                return met(advice, recommended=code, procedure=decision.results["procedure"])
            if decision.outcome is Outcome.UNDETERMINED:
                doubtful.append(code)
        if doubtful:
            return undetermined("Er is geen advies zolang niet zeker is welke procedures openstaan.")
        return not_met("Geen van de procedures op de lijst voor dit doel staat open.")


def _named(rule: Procedure) -> str:
    name = rule.statement.replace(" is mogelijk", "").replace("Voor sociale diensten mag u naar", "een verwijzing naar")
    name = name.removesuffix(".").removesuffix(" verwijzen")
    return name[:1].lower() + name[1:]


def _try(rule: Procedure, ask: Ask) -> Decision:
    try:
        return rule.decide(Ask(ask.facts, ask.on, ask.tables))
    except MissingFacts as missing:
        return undetermined("", *missing.names)
    except Unsure as doubt:
        return undetermined(doubt.reason)


_SPECIAL: tuple[Procedure, ...] = (SpecialSimplified(), SpecialNegotiated(), SpecialByReference(), SpecialOwnRules())
PROCEDURES: dict[str, Procedure] = {rule.code: rule for rule in (*ORDINARY, *_SPECIAL)}
RULES: tuple[Rule, ...] = (*_SPECIAL, OtherSectors())
ADVICE: tuple[Rule, ...] = (FitsTheAim(),)
