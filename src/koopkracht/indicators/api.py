"""The door of indicators: what is measured, towards which target, with which values. Stable, keep it small.

An indicator belongs to a ``subject`` (a short name that its owner chose) and a ``subject_key``, in one organisation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from koopkracht.indicators import actions, figures, queries
from koopkracht.indicators.models import (
    DIRECTION_LABELS,
    FREQUENCY_LABELS,
    KIND_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
)
from koopkracht.indicators.types import (
    DiscussionInput,
    DiscussionView,
    IndicatorInput,
    IndicatorView,
    MeasurementInput,
    MeasurementView,
    Standing,
    TargetPath,
    TargetView,
)
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.shared.periods import Period

__all__ = [
    "DIRECTION_LABELS",
    "FREQUENCY_LABELS",
    "KIND_LABELS",
    "SOURCE_LABELS",
    "STATE_LABELS",
    "activate",
    "add_discussion",
    "change",
    "close",
    "computed",
    "create",
    "discussions",
    "hold_discussion",
    "indicator",
    "list_indicators",
    "measure",
    "measurements",
    "of_subjects",
    "path_value",
    "preview_target",
    "refresh_states",
    "remove_of_subject",
    "retract",
    "series",
    "set_target",
    "standings",
    "targets",
]


def create(*, actor: Actor, subject: str, subject_key: int, indicator: IndicatorInput) -> int:
    """Make a draft indicator and return its key. Raises ``IndicatorIncomplete`` and ``NotAllowed``."""
    return actions.create(actor=actor, subject=subject, subject_key=subject_key, indicator=indicator)


def change(*, actor: Actor, indicator_id: int, indicator: IndicatorInput) -> None:
    """Change what an indicator says; one that no longer has good data or a responsible person is a draft again.

    Raises ``IndicatorNotFound``, ``IndicatorIncomplete``, ``IndicatorClosed`` and ``NotAllowed``. The kind is
    fixed once there are measurements.
    """
    actions.change(actor=actor, indicator_id=indicator_id, indicator=indicator)


def activate(*, actor: Actor, indicator_id: int) -> None:
    """Start measuring.

    Raises ``NotReady`` (what is missing), ``TransitionRefused``, ``IndicatorNotFound`` and ``NotAllowed``.
    """
    actions.activate(actor=actor, indicator_id=indicator_id)


def close(*, actor: Actor, indicator_id: int, reason: str) -> None:
    """Stop measuring for good. Raises ``IndicatorIncomplete`` without reason, ``IndicatorNotFound``, ``NotAllowed``."""
    actions.close(actor=actor, indicator_id=indicator_id, reason=reason)


def set_target(*, actor: Actor, indicator_id: int, path: TargetPath | None) -> None:
    """Set another target path, or none; earlier ones stay in ``targets``.

    Raises ``TargetRefused``, ``IndicatorClosed``, ``IndicatorNotFound`` and ``NotAllowed``. The same path
    changes nothing.
    """
    actions.set_target(actor=actor, indicator_id=indicator_id, path=path)


def measure(*, actor: Actor, indicator_id: int, measurement: MeasurementInput) -> bool:
    """Keep the value of a period, in the place of an earlier one; tells whether something changed.

    Raises ``MeasurementRefused``, ``IndicatorClosed``, ``IndicatorNotFound``, ``DocumentNotFound`` and ``NotAllowed``.
    """
    return actions.measure(actor=actor, indicator_id=indicator_id, measurement=measurement)


def retract(*, actor: Actor, indicator_id: int, period: Period) -> bool:
    """Let the value of a period no longer hold; it stays readable. Tells whether there was one.

    Raises ``IndicatorClosed``, ``IndicatorNotFound`` and ``NotAllowed``.
    """
    return actions.retract(actor=actor, indicator_id=indicator_id, period=period)


def add_discussion(*, actor: Actor, indicator_id: int, discussion: DiscussionInput) -> int:
    """Plan or log a talk with stakeholders. Raises ``IndicatorIncomplete``, ``IndicatorNotFound``, ``NotAllowed``."""
    return actions.add_discussion(actor=actor, indicator_id=indicator_id, discussion=discussion)


def hold_discussion(*, actor: Actor, discussion_id: int, held_on: dt.date, outcome: str) -> None:
    """Log what a planned talk gave. Raises ``IndicatorIncomplete``, ``DiscussionNotFound``, ``NotAllowed``."""
    actions.hold_discussion(actor=actor, discussion_id=discussion_id, held_on=held_on, outcome=outcome)


def refresh_states(*, organisation_id: int, on: dt.date) -> int:
    """Put active indicators without a value for a finished period on "no data", and back; returns how many changed."""
    return actions.refresh_states(organisation_id=organisation_id, on=on)


def remove_of_subject(*, actor: Actor, subject: str, subject_key: int) -> int:
    """Remove all indicators of something that is removed itself; returns how many. Raises ``NotAllowed``."""
    return actions.remove_of_subject(actor=actor, subject=subject, subject_key=subject_key)


def indicator(*, organisation_id: int, indicator_id: int) -> IndicatorView:
    """Return one indicator with its target. Raises ``IndicatorNotFound``."""
    return queries.indicator(organisation_id, indicator_id)


def list_indicators(*, actor: Actor, query: ListQuery) -> Slice[IndicatorView]:
    """Return a slice of all indicators. Filters: ``state``, ``kind``, ``responsible``, ``subject``, ``theme``."""
    actor.require("indicator.view")
    return queries.list_indicators(actor.organisation_id, query)


def of_subjects(
    *, organisation_id: int, subject: str, subject_keys: Iterable[int]
) -> Mapping[int, tuple[IndicatorView, ...]]:
    """Return the indicators per key; a key without indicators has an empty tuple."""
    return queries.of_subjects(organisation_id, subject, tuple(subject_keys))


def standings(*, organisation_id: int, indicator_ids: Iterable[int] | None = None, on: dt.date) -> tuple[Standing, ...]:
    """Return how indicators stand on a day, in the order of the keys asked; all that are not closed by default."""
    return queries.standings(organisation_id, None if indicator_ids is None else tuple(indicator_ids), on)


def preview_target(*, organisation_id: int, indicator_id: int, path: TargetPath, on: dt.date) -> Standing:
    """Return how the indicator would stand with another target path; nothing is kept.

    Raises ``TargetRefused`` and ``IndicatorNotFound``.
    """
    return queries.preview_target(organisation_id, indicator_id, path, on)


def path_value(*, path: TargetPath | None, year: int) -> Decimal | None:
    """Return what a path asks for in a year; ``None`` before it starts and without a path."""
    return figures.path_value(path, year)


def series(*, organisation_id: int, indicator_id: int) -> tuple[MeasurementView, ...]:
    """Return the measurements that hold, oldest period first. Raises ``IndicatorNotFound``."""
    return queries.series(organisation_id, indicator_id)


def measurements(*, organisation_id: int, indicator_id: int) -> tuple[MeasurementView, ...]:
    """Return all measurements, also replaced ones, newest period and newest record first."""
    return queries.measurements(organisation_id, indicator_id)


def targets(*, organisation_id: int, indicator_id: int) -> tuple[TargetView, ...]:
    """Return the history of the target path, newest first. Raises ``IndicatorNotFound``."""
    return queries.targets(organisation_id, indicator_id)


def discussions(*, organisation_id: int, indicator_id: int) -> tuple[DiscussionView, ...]:
    """Return the talks about an indicator, newest first. Raises ``IndicatorNotFound``."""
    return queries.discussions(organisation_id, indicator_id)


def computed(*, organisation_id: int) -> tuple[IndicatorView, ...]:
    """Return the indicators that the platform computes and that are not closed."""
    return queries.computed(organisation_id)
