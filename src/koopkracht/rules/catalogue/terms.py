"""Terms: receipt of tenders, information, notices and reports after the award, counted with Belgian holidays."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from koopkracht.rules.catalogue.common import BASICS, eu_threshold, is_social_service
from koopkracht.rules.catalogue.receipt_terms import features_as_results
from koopkracht.rules.engine.rule import Ask, Decision, Rule, decided, long_date, met, not_met
from koopkracht.rules.tables.calendar import term_end
from koopkracht.rules.types import Kind

PROCEDURE_CODES = (
    "open restricted competitive_negotiation simplified_negotiated_with_publication negotiated_without_publication "
    "competitive_dialogue innovation_partnership sas_vopmvb sas_opzvb limited_value"
).split()


class _Term(Rule):
    family = "terms"
    kind = Kind.TERM


class ReceiptTerm(_Term):
    """The shortest term for tenders or requests of the chosen procedure."""

    code = "BE-TERM-01"
    statement = "De wet geeft voor deze procedure een kortste termijn."
    article = "Wet 17-06-2016 art. 36 tot 42, 89 en 167"
    facts = ("procedure",)
    parameters = ("day_counting", *(f"procedure_{code}" for code in PROCEDURE_CODES))

    def decide(self, ask: Ask) -> Decision:
        """Count whole days after the launch date; the closing day is a working day."""
        results = features_as_results(ask, f"procedure_{ask.text('procedure')}")
        request, tender = results.get("first_request_deadline"), results.get("first_tender_deadline")
        if isinstance(request, dt.date):
            days = results["request_days"]
            return met(f"Aanvragen krijgen minstens {days} dagen: ten vroegste {long_date(request)}.", **results)
        if isinstance(tender, dt.date):
            days = results["tender_days"]
            return met(f"Offertes krijgen minstens {days} dagen: ten vroegste {long_date(tender)}.", **results)
        return not_met("De wet geeft geen aantal dagen. Geef een redelijke termijn.", **results)


class EnoughTime(_Term):
    """A planned closing day must leave the shortest term."""

    code = "BE-TERM-02"
    statement = "De uiterste dag voor offertes laat genoeg tijd."
    article = "Wet 17-06-2016 art. 36 tot 42, 64, 89 en 167"
    facts = ("procedure", "tender_deadline")
    parameters = ("day_counting", "docs_not_electronic_extension")

    def decide(self, ask: Ask) -> Decision:
        """Compare the planned day with the first possible one."""
        results = features_as_results(ask, f"procedure_{ask.text('procedure')}")
        first = results.get("first_tender_deadline") or results.get("first_request_deadline")
        planned = ask.day("tender_deadline")
        if not isinstance(first, dt.date):
            return decided(planned > ask.on, "De wet geeft geen aantal dagen. Geef een redelijke termijn na de start.")
        if planned >= first:
            return met(f"{long_date(planned)} ligt niet voor {long_date(first)}.", first=first)
        return not_met(f"Kies {long_date(first)} of later; {long_date(planned)} is te vroeg.", first=first)


class PaperDocuments(_Term):
    """Documents that are not freely available electronically lengthen the term."""

    code = "BE-TERM-03"
    statement = "De termijn wordt verlengd omdat de documenten niet vrij elektronisch beschikbaar zijn."
    article = "Wet 17-06-2016 art. 64 § 1"
    facts = ("documents_electronic",)
    parameters = ("docs_not_electronic_extension",)

    def decide(self, ask: Ask) -> Decision:
        """Five more days, except when urgency is motivated."""
        days = ask.days("docs_not_electronic_extension")
        if ask.yes("documents_electronic"):
            return not_met("De documenten zijn vrij en elektronisch beschikbaar.")
        if ask.facts.get("urgent"):
            return not_met("Bij gemotiveerde urgentie is er geen verlenging.")
        return met(f"Tel {days} dagen bij de termijn.", days=days)


class AdditionalInformation(_Term):
    """Answers to questions come in time before the closing day."""

    code = "BE-TERM-04"
    statement = "Antwoorden op vragen komen op tijd voor de uiterste dag."
    article = "Wet 17-06-2016 art. 59, derde lid en art. 64 § 2"
    facts = ("tender_deadline",)
    parameters = ("additional_info",)

    def decide(self, ask: Ask) -> Decision:
        """Six days before the closing day; an accelerated procedure has less and is said so."""
        days = ask.days("additional_info")
        last = ask.day("tender_deadline") - dt.timedelta(days=days)
        text = f"Geef aanvullende inlichtingen uiterlijk {days} dagen vooraf: op {long_date(last)}."
        return met(f"{text} In een versnelde procedure volstaan vier dagen.", date=last)


class AwardNotice(_Term):
    """European award notice after conclusion."""

    code = "BE-TERM-05"
    statement = "De gegunde opdracht wordt Europees aangekondigd."
    article = "Wet 17-06-2016 art. 62 en art. 90 § 3"
    facts = (*BASICS, "concluded_on")
    parameters = ("award_notice", "sas_award_notice_min")

    def decide(self, ask: Ask) -> Decision:
        """From the European threshold on, within thirty days."""
        amount = ask.amount("estimated_value")
        if ask.text("contract_type") == "services" and is_social_service(ask):
            holds = ask.passes("sas_award_notice_min", amount)
        else:
            holds, _ = eu_threshold(ask, amount)
        if not holds:
            return not_met("De raming blijft onder de Europese drempel.")
        days = ask.days("award_notice")
        last = term_end(ask.day("concluded_on"), days)
        return met(
            f"Verzend de aankondiging binnen {days} dagen na de sluiting: uiterlijk {long_date(last)}.", date=last
        )


class SimplifiedAwardNotice(_Term):
    """Belgian simplified award notice since September 2023."""

    code = "BE-TERM-06"
    statement = "De gegunde opdracht wordt vereenvoudigd aangekondigd."
    article = "Wet 17-06-2016 art. 62, tweede lid"
    facts = (*BASICS, "concluded_on")
    parameters = ("award_notice_simplified",)
    in_force_from = dt.date(2023, 9, 1)

    def decide(self, ask: Ask) -> Decision:
        """Below the European threshold, within thirty days."""
        holds, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if holds:
            return not_met("De raming bereikt de Europese drempel: dan geldt de gewone aankondiging.")
        days = ask.days("award_notice_simplified")
        last = term_end(ask.day("concluded_on"), days)
        return met(
            f"Verzend de aankondiging binnen {days} dagen na de sluiting: uiterlijk {long_date(last)}.", date=last
        )


class NonAwardNotice(_Term):
    """A stopped procedure is announced as well."""

    code = "BE-TERM-07"
    statement = "De stopzetting wordt bekendgemaakt."
    article = "Wet 17-06-2016 art. 85"
    facts = ("stopped_on",)
    parameters = ("non_award_notice",)
    in_force_from = dt.date(2023, 2, 26)

    def decide(self, ask: Ask) -> Decision:
        """Within thirty days."""
        days = ask.days("non_award_notice")
        last = term_end(ask.day("stopped_on"), days)
        return met(f"Maak de stopzetting binnen {days} dagen bekend: uiterlijk {long_date(last)}.", date=last)


class _Yearly(_Term):
    report: ClassVar[str]

    def next_report(self, ask: Ask) -> tuple[str, dt.date]:
        """Return the reporting day of the year after the launch."""
        value = ask.value(self.report)
        day = dt.date(ask.on.year + 1, value["month"], value["day"])
        return long_date(day), day


class LowValueReport(_Yearly):
    """Yearly list of contracts of limited value per beneficiary."""

    code = "BE-TERM-08"
    statement = "De opdracht komt in de jaarlijkse opgave van opdrachten van beperkte waarde."
    article = "Wet 17-06-2016 art. 165 § 2"
    facts = ("estimated_value",)
    parameters = ("annual_report_low_value", "limited_value_max")
    report = "annual_report_low_value"
    in_force_from = dt.date(2025, 1, 1)

    def decide(self, ask: Ask) -> Decision:
        """From 3,000 on and strictly below the limit of limited value."""
        amount = ask.amount("estimated_value")
        least = ask.value(self.report)["min"]
        if amount < least or not ask.passes("limited_value_max", amount):
            return not_met(
                "De opgave gaat over opdrachten vanaf € 3.000 die onder de grens van beperkte waarde blijven."
            )
        text, day = self.next_report(ask)
        return met(f"Meld de opdracht per begunstigde, uiterlijk op {text} als ze dit jaar wordt gesloten.", date=day)


class FrameworkReport(_Yearly):
    """Yearly list of contracts based on a framework agreement."""

    code = "BE-TERM-09"
    statement = "De opdracht komt in de jaarlijkse opgave van opdrachten op een raamovereenkomst."
    article = "Wet 17-06-2016 art. 62, derde lid"
    facts = ("on_framework",)
    parameters = ("annual_report_framework",)
    report = "annual_report_framework"
    in_force_from = dt.date(2025, 1, 1)

    def decide(self, ask: Ask) -> Decision:
        """Only for contracts based on a framework agreement."""
        text, day = self.next_report(ask)
        if not ask.yes("on_framework"):
            return not_met("De opdracht steunt niet op een raamovereenkomst.")
        return met(f"Meld de opdracht uiterlijk op {text}.", date=day)


class CommitmentPeriod(_Term):
    """How long a tender binds: the default was not read in the law."""

    code = "BE-TERM-10"
    statement = "De verbintenistermijn van een offerte is gekend."
    article = "KB plaatsing 18-04-2017 art. 58"
    facts = ("tender_deadline",)
    parameters = ("commitment_period",)

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the article; set the term in the documents."""
        return met(f"{ask.days('commitment_period')} dagen als u niets bepaalt.")


RULES = (
    ReceiptTerm(),
    EnoughTime(),
    PaperDocuments(),
    AdditionalInformation(),
    AwardNotice(),
    SimplifiedAwardNotice(),
    NonAwardNotice(),
    LowValueReport(),
    FrameworkReport(),
    CommitmentPeriod(),
)
