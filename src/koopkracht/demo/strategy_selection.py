"""The selection of product groups in the demonstration town: workshop, scores of three people, decisions, marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from koopkracht.demo.town import content
from koopkracht.scoring.types import Score
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.api import selection

Say = Callable[[str], None]


def load(*, people: Mapping[str, Actor], say: Say) -> None:
    """Fill the selection as if a working group had met; ``people`` are actors by role name."""
    described = content("selection")
    say("De keuze van productgroepen wordt ingevuld")
    workshop = described["workshop"]
    selection.prioritise(
        actor=people[workshop["by"]],
        product_groups=workshop["groups"],
        reason=workshop["reason"],
        decided_on=_day(workshop["days_ago"]),
        participants=workshop["participants"],
    )
    for code, by_role in described["scores"].items():
        for role, values in by_role.items():
            remarks = described["remarks"].get(code, {}).get(role, {})
            selection.score(
                actor=people[role],
                product_group=code,
                scores={
                    parameter: Score(None if value is None else Decimal(value), remarks.get(parameter, ""))
                    for parameter, value in zip(described["parameters"], values, strict=True)
                },
            )
    for code, one in described["features"].items():
        selection.describe(
            actor=people["social-economy-officer"],
            product_group=code,
            features=one["features"],
            focus=one["focus"],
            focus_reason=one["reason"],
        )
    for decision in described["decisions"]:
        _decide(people, decision)
    _mark(people, described["marks"])


def _day(days_ago: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days_ago)


def _decide(people: Mapping[str, Actor], decision: Mapping[str, Any]) -> None:
    selection.decide(
        actor=people[decision["by"]],
        product_group=decision["group"],
        significant=decision["significant"],
        reason=decision["reason"],
        decided_on=_day(decision["days_ago"]),
        participants=decision["participants"],
    )


def _mark(people: Mapping[str, Actor], marks: list[dict[str, str]]) -> None:
    """Mark the planned purchases that the plan of the town holds under these titles."""
    for mark in marks:
        actor = people[mark["by"]]
        planned = selection.planned_in_priority(organisation_id=actor.organisation_id)
        for one in planned:
            if one.purchase.title == mark["title"]:
                selection.mark(actor=actor, purchase_id=one.purchase.id, reason=mark["reason"])
