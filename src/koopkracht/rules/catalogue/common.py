"""Questions that several families ask: which European threshold counts, and which amount is tested."""

from __future__ import annotations

from decimal import Decimal

from koopkracht.rules.engine.rule import Ask, MissingFacts, Unsure, eur

CLASSIC = "classic"
WHICH_BUYER = "welk bedrag voor dit bestuur geldt, is niet nagelezen: het lokale of het centrale."
BASICS: tuple[str, ...] = ("contract_type", "estimated_value")


def sector(ask: Ask) -> str:
    """Return the sector; a question that does not mention one is about the classic sector."""
    return ask.choice_or("sector", CLASSIC)


def spending(ask: Ask) -> tuple[Decimal, str]:
    """Return the amount that rules on expenditure test: the approved amount, or the estimate as a first test."""
    if ask.has("expenditure"):
        return ask.amount("expenditure"), "de goed te keuren uitgave"
    return ask.amount("estimated_value"), "de raming (de wet toetst later de goed te keuren uitgave)"


def is_social_service(ask: Ask) -> bool:
    """Tell whether the lighter regime of annex III counts; only services can fall under it."""
    return ask.text("contract_type") == "services" and ask.yes("social_service")


def eu_threshold(ask: Ask, amount: Decimal) -> tuple[bool, Decimal]:
    """Tell whether ``amount`` reaches the European threshold, and return that threshold.

    Facts that are not given only matter when they change the answer: then :class:`MissingFacts` asks for them.
    """
    codes = _candidates(ask)
    answers = {ask.passes(code, amount) for code in codes}
    if len(answers) > 1:
        _ask_for_more(ask)
    return answers.pop(), max(ask.limit(code) for code in codes)


def _candidates(ask: Ask) -> tuple[str, ...]:
    kind = ask.text("contract_type")
    ordinary: tuple[str, ...]
    match sector(ask), kind:
        case "concession", _:
            return ("eu_concessions",)
        case "utilities", "works":
            return ("eu_utilities_works",)
        case _, "works":
            return ("eu_works",)
        case "utilities", _:
            ordinary, social = ("eu_utilities_supplies_services",), "eu_social_services_utilities"
        case _:
            ordinary, social = _classic(ask), "eu_social_services"
    if kind == "supplies":
        return ordinary
    if "social_service" not in ask.facts:
        return (*ordinary, social)
    return (social,) if ask.yes("social_service") else ordinary


def _classic(ask: Ask) -> tuple[str, ...]:
    match ask.facts.get("buyer_kind"):
        case "local":
            return ("eu_supplies_services_subcentral",)
        case "federal":
            return ("eu_supplies_services_central",)
        case _:
            return ("eu_supplies_services_central", "eu_supplies_services_subcentral")


def _ask_for_more(ask: Ask) -> None:
    missing = [] if "buyer_kind" in ask.facts else ["buyer_kind"]
    if ask.text("contract_type") == "services" and "social_service" not in ask.facts:
        missing.append("social_service")
    if missing:
        raise MissingFacts(*missing)
    raise Unsure(WHICH_BUYER)


def below_local_limit(ask: Ask, amount: Decimal, code: str, *, federal_is_central: bool) -> tuple[bool, Decimal]:
    """Compare with a limit that was read for local buyers; other buyers may have the lower, central amount."""
    limit = ask.limit(code)
    buyer = ask.facts.get("buyer_kind")
    if buyer == "local":
        return amount < limit, limit
    central = ask.limit("eu_supplies_services_central")
    if buyer == "federal" and federal_is_central:
        return amount < central, central
    if central <= amount < limit:
        if buyer is None:
            raise MissingFacts("buyer_kind")
        raise Unsure(WHICH_BUYER)
    return amount < limit, limit


def below(label: str, amount: Decimal, limit: Decimal, *, holds: bool) -> str:
    """Say how an amount stands to a strict upper limit."""
    return f"{_capital(label)} is {eur(amount)}. Dat is {'lager dan' if holds else 'niet lager dan'} {eur(limit)}."


def reaches(label: str, amount: Decimal, limit: Decimal, *, holds: bool) -> str:
    """Say how an amount stands to a threshold that itself counts."""
    return (
        f"{_capital(label)} is {eur(amount)}. De drempel van {eur(limit)} is {'bereikt' if holds else 'niet bereikt'}."
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


__all__ = [
    "BASICS",
    "CLASSIC",
    "below",
    "below_local_limit",
    "eu_threshold",
    "is_social_service",
    "reaches",
    "sector",
    "spending",
]
