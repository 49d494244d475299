"""Electronic invoices and electronic submission, by date."""

from __future__ import annotations

import datetime as dt

from koopkracht.rules.catalogue.common import BASICS, eu_threshold
from koopkracht.rules.engine.rule import Ask, Confirmed, Decision, Rule, Standing, eur, met, not_met


class _Electronic(Rule):
    family = "e_invoicing"


class ElectronicInvoice(_Electronic):
    """In three steps: European threshold, 30,000, and 3,000."""

    code = "BE-EINV-01"
    statement = "De leverancier moet elektronisch factureren."
    article = "KB 09-03-2022; wet 17-06-2016 art. 14/1 en 14/2"
    facts = BASICS
    parameters = ("einv_eu", "einv_30k", "einv_3k")
    in_force_from = dt.date(2022, 11, 1)

    def decide(self, ask: Ask) -> Decision:
        """Let the launch date tell how far the duty reaches."""
        amount = ask.amount("estimated_value")
        for code in ("einv_3k", "einv_30k"):
            if ask.knows(code):
                limit = ask.limit(code)
                holds = ask.passes(code, amount)
                text = f"De plicht geldt op deze datum vanaf {eur(limit)}; de raming is {eur(amount)}."
                return met(text) if holds else not_met(text)
        ask.value("einv_eu")
        reached, limit = eu_threshold(ask, amount)
        text = f"De plicht geldt op deze datum vanaf de Europese drempel van {eur(limit)}."
        return met(text) if reached else not_met(text)


class ReceiveInvoices(_Electronic, Standing):
    """The buyer can receive them."""

    code = "BE-EINV-02"
    statement = "Uw bestuur moet elektronische facturen kunnen ontvangen."
    article = "Wet 07-04-2019"
    parameters = ("einv_receive",)
    in_force_from = dt.date(2019, 4, 1)
    because = "Dit geldt voor elke aanbestedende overheid."


class BetweenBusinesses(_Electronic):
    """The general duty between businesses was not read."""

    code = "BE-EINV-03"
    statement = "Ondernemingen factureren onder elkaar elektronisch."
    article = "Btw-wetgeving"
    facts = ("company_size",)
    parameters = ("einv_b2b",)
    in_force_from = dt.date(2026, 1, 1)

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the law."""
        ask.value("einv_b2b")
        return met("De btw-regels vragen het.")


class ElectronicSubmission(_Electronic, Confirmed):
    """Electronic submission in general rests on dates from memory."""

    code = "BE-EINV-04"
    statement = "Offertes komen elektronisch binnen."
    article = "Wet 17-06-2016 art. 14"
    facts = ("electronic_submission",)
    parameters = ("e_communication",)
    in_force_from = dt.date(2018, 10, 18)
    yes = "U vraagt elektronische offertes."
    no = "U vraagt geen elektronische offertes."


class SmallNegotiatedToo(_Electronic):
    """Since September 2023 also small negotiated procedures."""

    code = "BE-EINV-05"
    statement = "Ook in een kleine onderhandelingsprocedure zonder bekendmaking komen offertes elektronisch binnen."
    article = "Wet 17-06-2016 art. 14 § 2"
    facts = ("procedure",)
    parameters = ("e_submission_small_opzvb",)
    in_force_from = dt.date(2023, 9, 1)

    def applies(self, ask: Ask) -> bool:
        """Only in that procedure."""
        return ask.facts.get("procedure") == "negotiated_without_publication"

    def decide(self, ask: Ask) -> Decision:
        """Say that the exception was dropped."""
        ask.value("e_submission_small_opzvb")
        if ask.text("procedure") != "negotiated_without_publication":
            return not_met("Het gaat niet om die procedure.")
        return met("De uitzondering voor kleine procedures bestaat niet meer.")


RULES = (ElectronicInvoice(), ReceiveInvoices(), BetweenBusinesses(), ElectronicSubmission(), SmallNegotiatedToo())
