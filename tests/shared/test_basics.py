"""The small things everything stands on: clock, money, periods, actors and events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopkracht.shared import clock, events
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.money import from_cents, to_cents
from koopkracht.shared.periods import Period


def test_now_is_aware_and_today_is_the_belgian_day(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC))
    assert clock.now().utcoffset() == dt.timedelta(0)
    assert clock.today() == dt.date(2027, 1, 1), "it is half past midnight in Brussels"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_cents_survive_the_way_there_and_back(cents: int) -> None:
    assert to_cents(from_cents(cents)) == cents


@pytest.mark.parametrize(
    ("amount", "away", "even"),
    [("0.005", 1, 0), ("0.015", 2, 2), ("-0.005", -1, 0), ("2.675", 268, 268), ("1", 100, 100)],
)
def test_halves_go_away_from_zero_or_to_even(amount: str, away: int, even: int) -> None:
    assert to_cents(Decimal(amount)) == away
    assert to_cents(Decimal(amount), half_even=True) == even


def test_a_period_holds_its_start_and_not_its_end() -> None:
    year = Period.calendar_year(2025)
    assert dt.date(2025, 1, 1) in year
    assert dt.date(2025, 12, 31) in year
    assert dt.date(2026, 1, 1) not in year
    assert dt.date(2024, 12, 31) not in year


def test_periods_that_touch_do_not_overlap() -> None:
    assert not Period.calendar_year(2024).overlaps(Period.calendar_year(2025))
    assert Period(dt.date(2024, 6, 1)).overlaps(Period.calendar_year(2025))
    assert not Period(dt.date(2026, 1, 1)).overlaps(Period.calendar_year(2025))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="not after its start"):
        Period(dt.date(2025, 1, 1), dt.date(2025, 1, 1))


def test_an_actor_is_refused_what_was_not_granted() -> None:
    actor = Actor(organisation_id=1, permissions=frozenset({"spend.view"}))
    actor.require("spend.view")
    with pytest.raises(NotAllowed) as refused:
        actor.require("spend.import")
    assert refused.value.details == {"permission": "spend.import"}


def test_an_event_reaches_its_subscribers_once_and_nobody_else() -> None:
    @dataclass(frozen=True)
    class Planted:
        tree: str

    @dataclass(frozen=True)
    class Felled:
        tree: str

    heard: list[str] = []

    def listen(event: Planted) -> None:
        heard.append(event.tree)

    events.subscribe(Planted, listen)
    events.subscribe(Planted, listen)
    events.announce(Planted("linde"))
    events.announce(Felled("eik"))
    assert heard == ["linde"]


def test_an_error_of_a_subscriber_stops_the_announcer() -> None:
    @dataclass(frozen=True)
    class Broken:
        pass

    def fail(_event: Broken) -> None:
        raise ZeroDivisionError

    events.subscribe(Broken, fail)
    with pytest.raises(ZeroDivisionError):
        events.announce(Broken())
