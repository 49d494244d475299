"""Shortest receipt terms of a procedure, and the first day they allow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from koopkracht.rules.engine.rule import Ask
from koopkracht.rules.tables.calendar import after_full_days
from koopkracht.rules.types import ResultValue


def tender_days(ask: Ask, features: dict[str, Any]) -> int | None:
    """Return the least number of days for tenders, or nothing when the law sets none.

    A prior notice or a motivated urgency shortens the term; electronic submission shortens only the full term,
    because the sources do not say that the shortest terms may be cut once more.
    """
    full = features.get("min_days_offers")
    if full is None:
        return None
    for fact, name in (("prior_notice", "min_days_offers_pin"), ("urgent", "min_days_offers_urgent")):
        if ask.facts.get(fact) and name in features:
            return int(features[name])
    if ask.facts.get("electronic_submission"):
        return int(full) - int(features.get("e_submission_reduction_days", 0))
    return int(full)


def request_days(ask: Ask, features: dict[str, Any]) -> int | None:
    """Return the least number of days for requests to participate, or nothing for a procedure in one step."""
    full = features.get("min_days_requests")
    if full is None:
        return None
    if ask.facts.get("urgent") and "min_days_requests_urgent" in features:
        return int(features["min_days_requests_urgent"])
    return int(full)


def first_day(ask: Ask, days: int) -> dt.date:
    """Return the first possible closing day when the notice is sent on the launch date."""
    extra = ask.days("docs_not_electronic_extension") if _on_paper(ask) else 0
    ask.value("day_counting")
    return after_full_days(ask.on, days + extra)


def _on_paper(ask: Ask) -> bool:
    return ask.facts.get("documents_electronic") is False and not ask.facts.get("urgent")


def features_as_results(ask: Ask, code: str) -> dict[str, ResultValue]:
    """Describe a procedure: steps, publication, negotiation, terms and the first closing day."""
    features: dict[str, Any] = ask.value(code)
    results: dict[str, ResultValue] = {
        "procedure": code.removeprefix("procedure_"),
        "publication": bool(features["publication"]),
    }
    for name in ("phases", "negotiation", "min_candidates"):
        if name in features:
            results[name] = features[name]
    requests, tenders = request_days(ask, features), tender_days(ask, features)
    if requests is not None:
        results["request_days"] = requests
        results["first_request_deadline"] = first_day(ask, requests)
    if tenders is not None:
        results["tender_days"] = tenders
        if requests is None:
            results["first_tender_deadline"] = first_day(ask, tenders)
    return results
