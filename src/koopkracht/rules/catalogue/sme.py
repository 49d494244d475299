"""SME measures since 2024: advance payments by size and procedure, their cap, and the tender fee."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from koopkracht.rules.catalogue.money import HUNDRED, cents
from koopkracht.rules.engine.rule import Ask, Decision, Rule, eur, met, not_met, percent
from koopkracht.rules.types import Kind

YEAR = 12
SHORTEST = 2
GROUNDS = frozenset({"1a", "1c", "4a"})
START = dt.date(2024, 1, 1)


class _Sme(Rule):
    family = "sme"
    kind = Kind.MONEY


def reference_value(ask: Ask) -> Decimal:
    """Return the base of the advance: the amount, or a yearly part of it for a longer contract."""
    ask.value("advance_base")
    price, months = ask.amount("contract_value_with_vat"), ask.number("duration_months")
    return price if months <= YEAR else cents(price * YEAR / months)


def _excluded(ask: Ask) -> str:
    ask.value("advance_exclusions")
    if ask.facts.get("advance_excluded"):
        return "De opdracht valt onder een uitzondering."
    if ask.facts.get("procedure") == "limited_value":
        return "Voor een opdracht van beperkte waarde geldt de plicht niet."
    if ask.number("duration_months") < SHORTEST:
        return "De uitvoering duurt korter dan twee maanden."
    return ""


def _advance(ask: Ask, share: int) -> Decision:
    base = reference_value(ask)
    cap = ask.limit("advance_cap")
    raw = cents(base * share / HUNDRED)
    amount = min(raw, cap)
    end = f" Het plafond van {eur(cap)} geldt." if raw > cap else ""
    return met(f"{percent(share)} van {eur(base)}: {eur(amount)}.{end}", amount=amount, base=base)


class AdvanceNegotiated(_Sme):
    """In the negotiated procedure without publication every contractor gets an advance."""

    code = "BE-SME-01"
    statement = "U betaalt een voorschot omdat u zonder bekendmaking onderhandelde."
    article = "Wet 17-06-2016 art. 12/1 en 12/2"
    facts = ("opzvb_ground", "contract_value_with_vat", "duration_months")
    parameters = ("advance_opzvb", "advance_cap", "advance_base", "advance_exclusions")
    in_force_from = START

    def decide(self, ask: Ask) -> Decision:
        """Grounds 1a, 1c and 4a, whatever the size."""
        if ask.text("opzvb_ground") not in GROUNDS:
            return not_met("Alleen bij de gronden 1a, 1c en 4a.")
        if reason := _excluded(ask):
            return not_met(reason)
        return _advance(ask, ask.value("advance_opzvb")["percent"])


class AdvanceBySize(_Sme):
    """In other procedures the size of the contractor decides."""

    code = "BE-SME-02"
    statement = "U betaalt een voorschot omdat de opdrachtnemer een kmo is."
    article = "Wet 17-06-2016 art. 12/1 en 12/3"
    facts = ("company_size", "contract_value_with_vat", "duration_months")
    parameters = ("advance_sme", "advance_cap", "advance_base", "advance_exclusions")
    in_force_from = START

    def applies(self, ask: Ask) -> bool:
        """Silent where the other advance counts."""
        return super().applies(ask) and ask.facts.get("opzvb_ground") not in GROUNDS

    def decide(self, ask: Ask) -> Decision:
        """Twenty, ten or five percent."""
        size = ask.text("company_size")
        if ask.facts.get("opzvb_ground") in GROUNDS:
            return not_met("Voor deze procedure geldt het voorschot van 15 procent.")
        if size == "large":
            return not_met("De opdrachtnemer is geen kmo.")
        if reason := _excluded(ask):
            return not_met(reason)
        return _advance(ask, ask.value("advance_sme")[f"{size}_percent"])


class AdvanceSettlement(_Sme):
    """How the advance is settled by default."""

    code = "BE-SME-03"
    statement = "Het voorschot wordt in twee helften verrekend als u niets bepaalt."
    article = "Wet 17-06-2016 art. 12/8"
    facts = ("contract_value_with_vat",)
    parameters = ("advance_imputation",)
    in_force_from = START

    def decide(self, ask: Ask) -> Decision:
        """Half at thirty, half at sixty percent of the contract amount."""
        value = ask.value("advance_imputation")
        price = ask.amount("contract_value_with_vat")
        first, second = (
            cents(price * value[name] / HUNDRED) for name in ("first_half_at_percent", "second_half_at_percent")
        )
        return met(f"De eerste helft bij {eur(first)} uitgevoerd werk, de tweede bij {eur(second)}.")


class AdvanceOnFramework(_Sme):
    """Each contract on a framework agreement counts by itself."""

    code = "BE-SME-04"
    statement = "Het voorschot geldt per opdracht op de raamovereenkomst."
    article = "Wet 17-06-2016 art. 12/6"
    facts = ("framework",)
    parameters = ("advance_framework",)
    in_force_from = START

    def decide(self, ask: Ask) -> Decision:
        """Count each contract, not the framework agreement itself."""
        ask.value("advance_framework")
        if ask.yes("framework"):
            return met("De raamovereenkomst zelf telt niet, elke opdracht erop wel.")
        return not_met("Er is geen raamovereenkomst.")


class TenderFee(_Sme):
    """Asking for samples means paying a fee."""

    code = "BE-SME-05"
    statement = "U betaalt een vergoeding aan wie een geldige offerte met het gevraagde werk indient."
    article = "Wet 17-06-2016 art. 12/9"
    facts = ("samples_required", "procedure")
    parameters = ("bid_compensation",)
    in_force_from = dt.date(2024, 2, 1)

    def decide(self, ask: Ask) -> Decision:
        """Not in the open and the simplified procedure; never for the winner."""
        ask.value("bid_compensation")
        if not ask.yes("samples_required"):
            return not_met("U vraagt geen stalen, maquettes, prototypes of tekeningen.")
        if ask.text("procedure") in {"open", "simplified_negotiated_with_publication"}:
            return not_met("In deze procedure geldt de plicht niet.")
        return met("Bepaal het bedrag in de documenten. De winnaar krijgt geen vergoeding.")


RULES = (AdvanceNegotiated(), AdvanceBySize(), AdvanceSettlement(), AdvanceOnFramework(), TenderFee())
