"""Legal protection: reasoned decision, information, standstill and the terms of a claim (law of 17 June 2013)."""

from __future__ import annotations

import datetime as dt

from koopkracht.rules.catalogue.common import BASICS, eu_threshold, spending
from koopkracht.rules.engine.rule import Ask, Decision, Rule, decided, eur, long_date, met, not_met
from koopkracht.rules.tables.calendar import add_years, term_end
from koopkracht.rules.types import Kind


class _Remedy(Rule):
    family = "remedies"
    kind = Kind.DUTY


class FullProtection(_Remedy):
    """Chapter 1 of the law of 2013 counts from the European threshold on."""

    code = "BE-REM-01"
    statement = "Hoofdstuk 1 van de wet rechtsbescherming geldt: gemotiveerde beslissing, informatie en wachttermijn."
    article = "Wet 17-06-2013 art. 3 tot 11"
    facts = BASICS
    parameters = ("decision_content", "information_duty")

    def decide(self, ask: Ask) -> Decision:
        """European threshold on the estimate."""
        ask.value("decision_content")
        ask.value("information_duty")
        amount = ask.amount("estimated_value")
        holds, limit = eu_threshold(ask, amount)
        return decided(holds, f"De raming is {eur(amount)}, de Europese drempel {eur(limit)}.")


class BelgianProtection(_Remedy):
    """Below the European threshold a reasoned decision is due above an amount."""

    code = "BE-REM-02"
    statement = "Onder de Europese drempel zijn een gemotiveerde beslissing en informatie verplicht."
    article = "Wet 17-06-2013 art. 29 § 1"
    facts = BASICS
    parameters = ("remedies_motivation_min",)

    def decide(self, ask: Ask) -> Decision:
        """Strictly higher than the amount, and below the European threshold."""
        reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if reached:
            return not_met("De Europese drempel is bereikt: hoofdstuk 1 geldt.")
        amount, label = spending(ask)
        limit = ask.limit("remedies_motivation_min")
        holds = ask.passes("remedies_motivation_min", amount)
        end = "" if holds else " Onder dit bedrag geldt een beperkte informatieplicht; laat die nakijken."
        return decided(holds, f"Getoetst op {label}: {eur(amount)}. De grens is hoger dan {eur(limit)}.{end}")


class Standstill(_Remedy):
    """No conclusion during the standstill."""

    code = "BE-REM-03"
    statement = "Er geldt een wachttermijn voor u de opdracht sluit."
    article = "Wet 17-06-2013 art. 11, 12 en 30"
    kind = Kind.TERM
    facts = BASICS
    parameters = ("standstill_days", "standstill_exceptions", "standstill_belgian_works_min")

    def decide(self, ask: Ask) -> Decision:
        """European publication, or Belgian works above half the threshold; with the exceptions of article 12."""
        due, why = _standstill_due(ask)
        if not due:
            return not_met(f"{why} U mag de wachttermijn vrijwillig toepassen.")
        ask.value("standstill_exceptions")
        for fact, reason in (
            ("only_winner_involved", "De begunstigde is de enige betrokken inschrijver."),
            ("on_framework", "De opdracht steunt op een raamovereenkomst."),
        ):
            if ask.facts.get(fact):
                return not_met(reason)
        days = ask.days("standstill_days")
        if not ask.has("award_sent_on"):
            return met(f"{why} Wacht {days} dagen vanaf de dag na de laatste verzending van de beslissing.", days=days)
        last = term_end(ask.day("award_sent_on"), days)
        first = last + dt.timedelta(days=1)
        return met(f"{why} Sluit ten vroegste op {long_date(first)}.", days=days, date=last, first_conclusion=first)


def _standstill_due(ask: Ask) -> tuple[bool, str]:
    reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
    if reached:
        return True, "De opdracht wordt Europees bekendgemaakt."
    if ask.text("contract_type") != "works":
        return False, "Er is geen Europese bekendmaking verplicht."
    amount, _ = spending(ask)
    limit = ask.limit("standstill_belgian_works_min")
    holds = ask.passes("standstill_belgian_works_min", amount)
    return holds, f"Bij werken met Belgische bekendmaking ligt de grens hoger dan {eur(limit)}; dit is {eur(amount)}."


class VoluntaryStandstill(_Remedy):
    """A buyer may wait of its own will."""

    code = "BE-REM-04"
    statement = "U mag de wachttermijn onder de drempel vrijwillig toepassen."
    article = "Wet 17-06-2013 art. 30 § 1, tweede lid"
    facts = ("award_sent_on",)
    parameters = ("standstill_voluntary", "standstill_days")

    def decide(self, ask: Ask) -> Decision:
        """Give the last day of a voluntary standstill."""
        ask.value("standstill_voluntary")
        last = term_end(ask.day("award_sent_on"), ask.days("standstill_days"))
        return met(f"Wacht dan tot en met {long_date(last)}.", date=last)


class _Claim(_Remedy):
    kind = Kind.TERM
    facts = ("award_sent_on",)
    days_code: str

    def decide(self, ask: Ask) -> Decision:
        """Count from the day after the decision was sent."""
        days = ask.days(self.days_code)
        last = term_end(ask.day("award_sent_on"), days)
        return met(f"Tot {days} dagen: {long_date(last)} als de verzending het begin is.", days=days, date=last)


class SuspensionClaim(_Claim):
    """Claim for suspension."""

    code = "BE-REM-05"
    statement = "Een inschrijver kan de schorsing vorderen."
    article = "Wet 17-06-2013 art. 23 § 3"
    parameters = ("suspension_claim_days",)
    days_code = "suspension_claim_days"


class AnnulmentClaim(_Claim):
    """Claim for annulment."""

    code = "BE-REM-06"
    statement = "Een inschrijver kan de nietigverklaring vragen."
    article = "Wet 17-06-2013 art. 23 § 2"
    parameters = ("annulment_claim_days",)
    days_code = "annulment_claim_days"


class IneffectivenessClaim(_Claim):
    """Claim for ineffectiveness; six months without the required notice."""

    code = "BE-REM-07"
    statement = "Een inschrijver kan de onverbindendverklaring vorderen."
    article = "Wet 17-06-2013 art. 23 § 5"
    parameters = ("ineffectiveness_days",)
    days_code = "ineffectiveness_days"


class DamagesClaim(_Remedy):
    """Claim for damages."""

    code = "BE-REM-08"
    statement = "Een inschrijver kan schadevergoeding vorderen."
    article = "Wet 17-06-2013 art. 23 § 4"
    kind = Kind.TERM
    facts = ("award_sent_on",)
    parameters = ("damages_years",)

    def decide(self, ask: Ask) -> Decision:
        """Five years."""
        years = ask.days("damages_years")
        last = add_years(ask.day("award_sent_on"), years)
        return met(f"Tot {years} jaar: {long_date(last)}.", date=last)


class OverThresholdTender(_Remedy):
    """A tender far above the European threshold brings chapter 1 along."""

    code = "BE-REM-09"
    statement = "Hoofdstuk 1 geldt ook omdat de offerte de Europese drempel ver overschrijdt."
    article = "Wet 17-06-2013 art. 3"
    facts = (*BASICS, "expenditure")
    parameters = ("chapter1_20pct",)

    def decide(self, ask: Ask) -> Decision:
        """More than twenty percent above the threshold while the estimate stayed below."""
        reached, limit = eu_threshold(ask, ask.amount("estimated_value"))
        if reached:
            return not_met("De raming zelf bereikt de Europese drempel: hoofdstuk 1 geldt al.")
        share = (ask.amount("expenditure") - limit) * 100 / limit
        holds = ask.passes("chapter1_20pct", share)
        return decided(holds, f"De uitgave is {eur(ask.amount('expenditure'))}, de Europese drempel {eur(limit)}.")


class ProvisionalRanking(_Remedy):
    """Tenderers learn their provisional place at once."""

    code = "BE-REM-10"
    statement = "U deelt elke inschrijver meteen zijn plaats in het voorlopige klassement mee."
    article = "Wet 17-06-2016 art. 13 § 1"
    facts = (*BASICS, "procedure", "price_only")
    parameters = ("provisional_ranking",)
    in_force_from = dt.date(2024, 6, 1)

    def decide(self, ask: Ask) -> Decision:
        """Open or restricted, below the European threshold, price as only criterion."""
        ask.value("provisional_ranking")
        if ask.text("procedure") not in {"open", "restricted"} or not ask.yes("price_only"):
            return not_met("De plicht geldt bij een openbare of niet-openbare procedure met prijs als enig criterium.")
        reached, _ = eu_threshold(ask, ask.amount("estimated_value"))
        if reached:
            return not_met("De plicht geldt onder de Europese drempel.")
        return met("Openbare of niet-openbare procedure onder de Europese drempel, met prijs als enig criterium.")


RULES = (
    FullProtection(),
    BelgianProtection(),
    Standstill(),
    VoluntaryStandstill(),
    SuspensionClaim(),
    AnnulmentClaim(),
    IneffectivenessClaim(),
    DamagesClaim(),
    OverThresholdTender(),
    ProvisionalRanking(),
)
