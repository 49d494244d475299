"""Indicators of the demonstration town: ready ones over its real figures, a share with a target path, talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from koopkracht.demo.town import content
from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import (
    DiscussionInput,
    IndicatorInput,
    IndicatorView,
    MeasurementInput,
    TargetPath,
)
from koopkracht.monitoring import api as monitoring
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.periods import Period

Say = Callable[[str], None]


def load(*, people: Mapping[str, Actor], say: Say) -> None:
    """Make the indicators of ``content/demo/indicators.yaml``; the figures come from what the town imported."""
    say("Indicatoren worden gemaakt en berekend")
    officer = people["social-economy-officer"]
    made = {one["code"]: ready_indicator(people=people, entry=one) for one in content("indicators")["ready"]}
    share = made.get("social-share-all")
    if share is not None:
        share_path(actor=officer, indicator_id=share)
    for entry in content("indicators")["values"]:
        for year, value in entry["years"].items():
            enter_value(
                actor=officer, indicator_id=made[entry["code"]], year=int(year), value=value, source=entry["source"]
            )
    for entry in content("indicators")["parts"]:
        for year, value in entry["years"].items():
            monitoring.enter_part(
                actor=officer,
                indicator_id=made[entry["code"]],
                year=int(year),
                amount=Decimal(str(value)),
                source=entry["source"],
            )
    for entry in content("indicators")["talks"]:
        talk(actor=officer, indicator_id=made[entry["code"]], entry=entry)


def ready_indicator(
    *, people: Mapping[str, Actor], entry: Mapping[str, str], subject: str = monitoring.ORGANISATION,
    subject_key: int | None = None,
) -> int:  # fmt: skip
    """Take over a ready indicator, say that its data are there, and activate it; returns its key."""
    actor = people["social-economy-officer"]
    responsible = people.get(entry.get("responsible", ""), actor)
    made = monitoring.create_ready(
        actor=actor, code=entry["code"], subject=subject, subject_key=subject_key, responsible_id=responsible.user_id
    )
    if entry.get("state", "active") == "active":
        view = indicators.indicator(organisation_id=actor.organisation_id, indicator_id=made)
        indicators.change(actor=actor, indicator_id=made, indicator=_with_data(view))
        indicators.activate(actor=actor, indicator_id=made)
    return made


def share_path(*, actor: Actor, indicator_id: int, growth: Decimal = Decimal("0.01"), ahead: int = 2) -> None:
    """Give a share a path from its first measured year: one point a year, and a promise that needs more than that.

    As in the practical case of a city that wanted 15 % within a year while it grew by one point (AMB-08).
    """
    known = indicators.series(organisation_id=actor.organisation_id, indicator_id=indicator_id)
    if not known:
        return
    first, last = known[0], known[-1]
    start = first.value.quantize(Decimal("0.001"))
    indicators.set_target(
        actor=actor,
        indicator_id=indicator_id,
        path=TargetPath(
            baseline_year=first.period.start.year,
            baseline_value=start,
            yearly_growth=growth,
            end_year=last.period.start.year + ahead,
            end_value=(last.value + growth * ahead + Decimal("0.02")).quantize(Decimal("0.01")),
        ),
    )


def enter_value(*, actor: Actor, indicator_id: int, year: int, value: object, source: str) -> None:
    """Enter the value of a year."""
    indicators.measure(
        actor=actor,
        indicator_id=indicator_id,
        measurement=MeasurementInput(period=Period.calendar_year(year), value=Decimal(str(value)), source=source),
    )


def talk(*, actor: Actor, indicator_id: int, entry: Mapping[str, object]) -> None:
    """Log or plan a talk, some days from today."""
    day = clock.today() + dt.timedelta(days=int(str(entry["days"])))
    outcome = str(entry.get("outcome", ""))
    indicators.add_discussion(
        actor=actor,
        indicator_id=indicator_id,
        discussion=DiscussionInput(
            topic=str(entry["topic"]),
            participants=str(entry["participants"]),
            planned_on=day,
            held_on=day if outcome else None,
            outcome=outcome,
        ),
    )


def _with_data(view: IndicatorView) -> IndicatorInput:
    """Return what an indicator says, with its data marked available and reliable."""
    kept = {name: getattr(view, name) for name in IndicatorInput.__dataclass_fields__}
    return IndicatorInput(**{**kept, "data_available": True, "data_reliable": True})
