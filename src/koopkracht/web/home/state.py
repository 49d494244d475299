"""What the front page tells: how far this organisation is, and what to do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from koopkracht.indicators import api as indicators
from koopkracht.indicators.types import State
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.obligations import api as obligations
from koopkracht.obligations.types import ObligationView
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery
from koopkracht.web.strategy.indicator_words import StandingRow, standing_rows
from koopkracht.web.ui import navigation

STANDINGS_SHOWN, DUTIES_SHOWN = 8, 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first run."""

    title: str
    text: str
    button: str
    href: str


@dataclass(frozen=True, slots=True)
class Spend:
    """What has been loaded of the accounts."""

    lines: int
    cents: int
    start: dt.date | None
    end: dt.date | None
    files: int
    latest: dt.datetime


def spend(actor: Actor) -> Spend | None:
    """Return what this organisation has loaded, or ``None`` before the first file."""
    batches = lake.batches(organisation_id=actor.organisation_id, table=SPEND_LINES)
    if not batches:
        return None
    return Spend(
        lines=sum(one.rows for one in batches),
        cents=sum(one.sum_cents or 0 for one in batches),
        start=min((one.period_start for one in batches if one.period_start), default=None),
        end=max((one.period_end for one in batches if one.period_end), default=None),
        files=len(batches),
        latest=max(one.created_at for one in batches),
    )


def standings(actor: Actor) -> list[StandingRow]:
    """Return how the active indicators with a target stand, those furthest from their target first."""
    if not actor.may("indicator.view"):
        return []
    found = indicators.standings(organisation_id=actor.organisation_id, on=clock.today())
    living = [one for one in found if one.indicator.state in {State.ACTIVE, State.NO_DATA} and one.indicator.target]
    ranked = sorted(living, key=lambda one: (one.attainment is None, one.attainment or 0, one.indicator.id))
    return standing_rows(ranked[:STANDINGS_SHOWN])


def duties(actor: Actor) -> tuple[ObligationView, ...]:
    """Return the first things that this person must do, by due day."""
    if not actor.may("obligation.view") or actor.user_id is None:
        return ()
    asked = ListQuery(filters={"state": "living"}, sort="due", limit=DUTIES_SHOWN, count=False)
    return tuple(obligations.mine(actor=actor, query=asked).rows)


def first_steps(actor: Actor) -> list[Step]:
    """Return the three steps to the first diagnosis; a step this person may not do has no button."""
    loading = navigation.address("imports") if actor.may("spend.import") else ""
    groups = navigation.address("assignment") if actor.may("spend.classify") else ""
    return [
        Step(
            _("Laad uw uitgaven in"),
            _("Een export van uw boekhouding in CSV of Excel is genoeg. We herkennen de kolommen; u kijkt ze na."),
            _("Uitgaven inladen"),
            loading,
        ),
        Step(
            _("Kijk de productgroepen na"),
            _("We delen elke lijn in bij een productgroep. Wat we niet zeker weten, leggen we aan u voor."),
            _("Productgroepen nakijken"),
            groups,
        ),
        Step(
            _("Lees uw diagnose"),
            _("U ziet waar het geld naartoe gaat en waar de sociale economie meer kan doen."),
            _("Diagnose bekijken"),
            navigation.address("diagnosis") if actor.may("spend.view") else "",
        ),
    ]
