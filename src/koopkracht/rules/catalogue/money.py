"""Amounts during the execution: penalties, delay fines, guarantee and payment."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar

from koopkracht.rules.engine.rule import (
    Ask,
    Decision,
    Rule,
    Unsure,
    eur,
    long_date,
    met,
    not_met,
    percent,
    undetermined,
)
from koopkracht.rules.tables.calendar import term_end
from koopkracht.rules.types import Kind

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
_WIDE = Context(prec=60)


def cents(amount: Decimal) -> Decimal:
    """Round an amount to whole cents, halves away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP, context=_WIDE)


class _Money(Rule):
    family = "money"
    kind = Kind.MONEY


class _GeneralPenalty(_Money):
    facts = ("contract_value",)
    row: ClassVar[str]

    def amount(self, ask: Ask) -> Decimal:
        """Return a share of the initial amount, kept between a floor and a ceiling."""
        value = ask.value(self.row)
        share = ask.amount("contract_value") * Decimal(value["percent"]) / HUNDRED
        return cents(min(max(share, Decimal(value["min"])), Decimal(value["max"])))


class SinglePenalty(_GeneralPenalty):
    """The general penalty, once."""

    code = "BE-MON-01"
    statement = "Zonder bijzondere straf geldt de eenmalige algemene straf."
    article = "KB AUR 14-01-2013 art. 45 § 2"
    parameters = ("general_penalty_single",)
    row = "general_penalty_single"

    def decide(self, ask: Ask) -> Decision:
        """Only when no special penalty was set for this breach."""
        amount = self.amount(ask)
        if ask.facts.get("special_penalty_set"):
            return not_met("Voor deze tekortkoming is een bijzondere straf bepaald.")
        return met(f"De eenmalige straf is {eur(amount)}.", amount=amount)


class DailyPenalty(_GeneralPenalty):
    """The general penalty, per day."""

    code = "BE-MON-02"
    statement = "Zonder bijzondere straf geldt de dagelijkse algemene straf."
    article = "KB AUR 14-01-2013 art. 45 § 2"
    parameters = ("general_penalty_daily",)
    row = "general_penalty_daily"

    def decide(self, ask: Ask) -> Decision:
        """Per day that the breach lasts."""
        amount = self.amount(ask)
        if ask.facts.get("special_penalty_set"):
            return not_met("Voor deze tekortkoming is een bijzondere straf bepaald.")
        if not ask.has("breach_days"):
            return met(f"De straf is {eur(amount)} per dag.", amount=amount)
        total = amount * ask.number("breach_days")
        return met(f"De straf is {eur(amount)} per dag, samen {eur(total)}.", amount=amount, total=total)


class WorksDelay(_Money):
    """The delay fine of works grows with the square of the delay."""

    code = "BE-MON-03"
    statement = "Er geldt een boete voor vertraging bij werken."
    article = "KB AUR 14-01-2013 art. 46 en 86"
    facts = ("contract_type", "contract_value", "planned_days", "delay_days")
    parameters = ("late_fine_works", "late_fine_automatic")

    def applies(self, ask: Ask) -> bool:
        """Works only."""
        return super().applies(ask) and ask.text("contract_type") == "works"

    def decide(self, ask: Ask) -> Decision:
        """R = 0.45 M n² / N², with another denominator for small works."""
        if ask.text("contract_type") != "works":
            return not_met("Deze formule geldt voor werken.")
        ask.value("late_fine_automatic")
        value = ask.value("late_fine_works")
        price, planned, late = ask.amount("contract_value"), ask.number("planned_days"), ask.number("delay_days")
        if late == 0:
            return not_met("Er is geen vertraging.")
        if planned == 0:
            raise Unsure("de oorspronkelijke termijn is nul dagen.")
        small = price <= value["small_amount_max"] and planned <= value["small_days_max"]
        denominator = value["small_fixed_days"] * planned if small else planned * planned
        fine = cents(Decimal(value["coefficient"]) * price * late * late / denominator)
        kind = " (kleine werken)" if small else ""
        return met(f"De boete is {eur(fine)}{kind}, zonder ingebrekestelling. Kijk het plafond na.", amount=fine)


class WorksDelayCap(_Money):
    """The ceiling of the fine was not read."""

    code = "BE-MON-04"
    statement = "Het plafond van de boete bij werken is gekend."
    article = "KB AUR 14-01-2013 art. 86"
    facts = ("contract_type", "contract_value", "delay_days")
    parameters = ("late_fine_works_cap",)

    def applies(self, ask: Ask) -> bool:
        """Works only."""
        return super().applies(ask) and ask.text("contract_type") == "works"

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the article."""
        return met(f"{percent(ask.limit('late_fine_works_cap'))} van het opdrachtbedrag.")


class SupplyDelay(_Money):
    """The delay fine of supplies and services was not read."""

    code = "BE-MON-05"
    statement = "De boete voor vertraging bij leveringen en diensten is gekend."
    article = "KB AUR 14-01-2013 art. 123 en 154"
    facts = ("contract_type", "contract_value", "delay_days")
    parameters = ("late_fine_supplies_services",)

    def applies(self, ask: Ask) -> bool:
        """Supplies and services only."""
        return super().applies(ask) and ask.text("contract_type") != "works"

    def decide(self, ask: Ask) -> Decision:
        """Undetermined until somebody reads the articles."""
        value = ask.value("late_fine_supplies_services")
        return met(f"{percent(value['percent_per_day'])} per dag.")


class PenaltyAndFine(_Money):
    """A penalty and a fine may go together."""

    code = "BE-MON-06"
    statement = "Een straf en een boete mogen samen voor dezelfde tekortkoming."
    article = "KB AUR 14-01-2013 art. 2, 12, 45 en 46"
    facts = ("contract_value", "delay_days")
    parameters = ("penalty_vs_fine",)

    def decide(self, ask: Ask) -> Decision:
        """Explain that the penalty asks for a formal procedure and the fine does not."""
        ask.value("penalty_vs_fine")
        return met("Een straf vraagt een formele procedure, een boete loopt vanzelf.")


class _Bond(_Money):
    facts = ("contract_value",)
    parameters = ("bond", "bond_min_award")

    def decide(self, ask: Ask) -> Decision:
        """None below the amount; five percent as the standard."""
        price = ask.amount("contract_value")
        if ask.passes("bond_min_award", price):
            return not_met(f"{eur(price)} is lager dan {eur(ask.limit('bond_min_award'))}: geen borgtocht.")
        share = ask.limit("bond")
        return self.asked(ask, share, cents(price * share / HUNDRED))

    def asked(self, ask: Ask, share: Decimal, amount: Decimal) -> Decision:
        """Answer once a guarantee is possible."""
        raise NotImplementedError


class BondUntil2023(_Bond):
    """The guarantee before November 2023, with exceptions that a person checks."""

    code = "BE-MON-07"
    statement = "Er is een borgtocht."
    article = "KB AUR 14-01-2013 art. 25"
    in_force_to = dt.date(2023, 10, 31)

    def asked(self, ask: Ask, share: Decimal, amount: Decimal) -> Decision:
        """Supplies and services could be exempt."""
        if ask.choice_or("contract_type", "") == "works":
            return met(f"{percent(share)}: {eur(amount)}.", amount=amount)
        return undetermined(
            f"In de regel {percent(share)}: {eur(amount)}. Laat nakijken of een uitzondering geldt.", amount=amount
        )


class BondSince2023(_Bond):
    """Since November 2023 the guarantee is a default that the buyer may lower without reasons."""

    code = "BE-MON-08"
    statement = "De borgtocht is in orde."
    article = "KB AUR 14-01-2013 art. 25 (KB 04-09-2023)"
    in_force_from = dt.date(2023, 11, 1)

    def asked(self, ask: Ask, share: Decimal, amount: Decimal) -> Decision:
        """Higher than the default asks for a reason."""
        if not ask.has("bond_percent") or ask.amount("bond_percent") == share:
            return met(f"Standaard {percent(share)}: {eur(amount)}. Minder of geen mag zonder reden.", amount=amount)
        wanted = ask.amount("bond_percent")
        own = cents(ask.amount("contract_value") * wanted / HUNDRED)
        if wanted < share or ask.yes("bond_motivated"):
            return met(f"{percent(wanted)}: {eur(own)}.", amount=own)
        return not_met(
            f"{percent(wanted)} is meer dan {percent(share)}. Motiveer dat of verlaag de borgtocht.", amount=own
        )


class BondTerm(_Money):
    """The guarantee is given in time."""

    code = "BE-MON-09"
    statement = "De borgtocht wordt op tijd gesteld."
    article = "KB AUR 14-01-2013 art. 27"
    kind = Kind.TERM
    facts = ("contract_value", "concluded_on")
    parameters = ("bond_constitution_days", "bond_min_award")

    def decide(self, ask: Ask) -> Decision:
        """Thirty days after conclusion."""
        if ask.passes("bond_min_award", ask.amount("contract_value")):
            return not_met("Onder dit bedrag is er geen borgtocht.")
        days = ask.days("bond_constitution_days")
        last = term_end(ask.day("concluded_on"), days)
        return met(f"Binnen {days} dagen: uiterlijk {long_date(last)}.", date=last)


class PaymentUntil2024(_Money):
    """Verification and payment, each its own term."""

    code = "BE-MON-10"
    statement = "De wet geeft een termijn voor nazicht en een voor betaling."
    article = "KB AUR 14-01-2013 art. 95, 120, 127, 156 en 160"
    kind = Kind.TERM
    facts = ("invoice_received_on",)
    parameters = ("payment",)
    in_force_to = dt.date(2024, 12, 31)

    def decide(self, ask: Ask) -> Decision:
        """Whether running contracts moved to the new term was not read."""
        value = ask.value("payment")
        received = ask.day("invoice_received_on")
        if received > dt.date(2024, 12, 31):
            raise Unsure("of een lopend contract sinds 1 januari 2025 onder de nieuwe termijn valt, is niet gelezen.")
        check = term_end(received, value["verification_days"])
        pay = term_end(check, value["payment_days"])
        return met(f"Nazicht tot {long_date(check)}, betaling tot {long_date(pay)}.", verification=check, date=pay)


class PaymentSince2025(_Money):
    """One term for verification and payment together."""

    code = "BE-MON-11"
    statement = "De wet geeft een behandelingstermijn voor nazicht en betaling samen."
    article = "KB AUR 14-01-2013, gewijzigd door KB 12-08-2024"
    kind = Kind.TERM
    facts = ("invoice_received_on",)
    parameters = ("payment",)
    in_force_from = dt.date(2025, 1, 1)

    def decide(self, ask: Ask) -> Decision:
        """Thirty days; longer only in listed cases."""
        days = ask.value("payment")["processing_days"]
        last = term_end(ask.day("invoice_received_on"), days)
        return met(f"Betaal binnen {days} dagen: uiterlijk {long_date(last)}.", date=last)


class LatePayment(_Money):
    """Interest and a lump sum for late payment."""

    code = "BE-MON-12"
    statement = "Bij late betaling is er een forfait en intrest."
    article = "KB AUR 14-01-2013 art. 69"
    facts = ("invoice_received_on",)
    parameters = ("late_payment",)

    def decide(self, ask: Ask) -> Decision:
        """By law, without notice."""
        amount = ask.limit("late_payment")
        return met(f"Het forfait is {eur(amount)}. De intrest loopt vanzelf.", amount=amount)


RULES = (
    SinglePenalty(),
    DailyPenalty(),
    WorksDelay(),
    WorksDelayCap(),
    SupplyDelay(),
    PenaltyAndFine(),
    BondUntil2023(),
    BondSince2023(),
    BondTerm(),
    PaymentUntil2024(),
    PaymentSince2025(),
    LatePayment(),
)
