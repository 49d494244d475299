"""Reads of indicators; querysets stay in here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from koopkracht.indicators import checks, figures
from koopkracht.indicators.errors import IndicatorNotFound
from koopkracht.indicators.models import Discussion, Indicator, Measurement, TargetPathVersion
from koopkracht.indicators.types import (
    Direction,
    DiscussionView,
    Frequency,
    IndicatorKind,
    IndicatorView,
    MeasurementView,
    Source,
    Standing,
    State,
    TargetPath,
    TargetView,
)
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice, key_of
from koopkracht.shared.periods import Period

_SORTS = {"name": "name", "state": "state", "kind": "kind"}
_FIELDS = tuple(name for name in IndicatorView.__dataclass_fields__ if name != "target")
_FILTERS = {"state": "state", "kind": "kind", "responsible": "responsible_id", "subject": "subject", "theme": "theme"}
_SCALE = -6


def from_millionths(value: int | None) -> Decimal | None:
    """Return a stored value as it crosses the border."""
    return None if value is None else Decimal(value).scaleb(_SCALE)


def to_millionths(value: Decimal | None) -> int | None:
    """Return a value as it is stored."""
    return None if value is None else int(figures.rounded(value).scaleb(-_SCALE))


def indicator(organisation_id: int, indicator_id: int) -> IndicatorView:
    """Return one indicator with its target. Raises ``IndicatorNotFound``."""
    found = _views(organisation_id, Indicator.objects.of(organisation_id).filter(pk=indicator_id))
    if not found:
        raise IndicatorNotFound(indicator_id)
    return found[0]


def list_indicators(organisation_id: int, query: ListQuery) -> Slice[IndicatorView]:
    """Return a slice of the indicators by name, with their targets."""
    rows = Indicator.objects.of(organisation_id)
    for name, field in _FILTERS.items():
        if query.filters.get(name):
            value = query.filters[name]
            rows = rows.filter(**{field: key_of(value) if name == "responsible" else value})
    if query.search.strip():
        rows = rows.filter(name__icontains=query.search.strip())
    found = keyset(rows, query=query, sorts=_SORTS, fields=_FIELDS, convert=_view)
    paths = paths_of(organisation_id, [one.id for one in found.rows])
    return found.map(lambda one: _with_target(one, paths.get(one.id)))


def of_subjects(
    organisation_id: int, subject: str, subject_keys: Sequence[int]
) -> Mapping[int, tuple[IndicatorView, ...]]:
    """Return the indicators per key of a subject."""
    rows = Indicator.objects.of(organisation_id).filter(subject=subject, subject_key__in=subject_keys)
    found: dict[int, list[IndicatorView]] = {key: [] for key in subject_keys}
    for view in _views(organisation_id, rows.order_by("subject_key", "pk")):
        found[view.subject_key].append(view)
    return {key: tuple(views) for key, views in found.items()}


def computed(organisation_id: int) -> tuple[IndicatorView, ...]:
    """Return the indicators that the platform computes and that are not closed."""
    rows = Indicator.objects.of(organisation_id).filter(source=Source.COMPUTED.value)
    return tuple(_views(organisation_id, rows.exclude(state=State.CLOSED.value).order_by("pk")))


def standings(organisation_id: int, indicator_ids: tuple[int, ...] | None, on: dt.date) -> tuple[Standing, ...]:
    """Return how indicators stand on a day."""
    rows = Indicator.objects.of(organisation_id)
    if indicator_ids is None:
        rows = rows.exclude(state=State.CLOSED.value).order_by("name", "pk")
    else:
        rows = rows.filter(pk__in=indicator_ids)
    views = _views(organisation_id, rows)
    if indicator_ids is not None:
        place = {key: position for position, key in enumerate(indicator_ids)}
        views.sort(key=lambda view: place[view.id])
    measured = _values(organisation_id, [view.id for view in views], on)
    return tuple(standing(view, measured[view.id], on) for view in views)


def preview_target(organisation_id: int, indicator_id: int, path: TargetPath, on: dt.date) -> Standing:
    """Return how an indicator would stand with another target path."""
    view = indicator(organisation_id, indicator_id)
    checks.check_path(view, path)
    values = _values(organisation_id, [indicator_id], on)
    return standing(_with_target(view, path), values[indicator_id], on)


class Point(NamedTuple):
    """A value in a period with its parts, where it has any."""

    period: Period
    value: Decimal
    part: int | None = None
    whole: int | None = None


def _values(organisation_id: int, ids: Sequence[int], on: dt.date) -> Mapping[int, list[Point]]:
    """Return the values that hold per indicator, oldest period first, of periods that started."""
    found: dict[int, list[Point]] = defaultdict(list)
    rows = Measurement.objects.of(organisation_id).filter(indicator_id__in=ids, is_current=True, period_start__lte=on)
    columns = ("period_start", "period_end", "value_millionths", "numerator_millionths", "denominator_millionths")
    for key, start, end, value, *parts in rows.order_by("period_start", "pk").values_list("indicator_id", *columns):
        found[key].append(Point(Period(start, end), Decimal(value).scaleb(_SCALE), *parts))
    return found


def standing(view: IndicatorView, values: Sequence[Point], on: dt.date) -> Standing:
    """Return how one indicator stands, from its values (oldest first) and its target."""
    newest = values[-1] if values else None
    period = newest.period if newest else figures.last_finished(on, view.frequency)
    actual = newest.value if newest else None
    year, path = period.start.year, view.target
    # A period that is still running says little about a trend: a half year of spend is no year.
    finished = [(one.period, one.value) for one in values if one.period.end is None or one.period.end <= on]
    end_year, end_value = (path.end_year, path.end_value) if path else (None, None)
    trend = figures.trend(figures.yearly(finished), end_year) if end_year is not None else None
    by_growth = figures.forecast(path, actual, year)
    expected = trend if by_growth is None else by_growth
    target = figures.path_value(path, year)
    return Standing(
        indicator=view,
        period=period,
        actual=actual,
        target=target,
        gap=figures.gap(actual, target),
        attainment=figures.attainment(actual, target),
        forecast=expected,
        needed_growth=figures.needed_growth(path, actual, year),
        end_gap=figures.gap(actual, end_value),
        on_track=figures.on_track(path, actual=actual, expected=expected, year=year, direction=view.direction),
        as_of=on,
        target_met=_target_met(view, newest, target),
        trend=trend,
        end_year=end_year,
        end_value=end_value,
        previous=values[-2].value if len(values) > 1 else None,
        values=len(values),
    )


def _target_met(view: IndicatorView, newest: Point | None, target: Decimal | None) -> bool | None:
    """Tell whether the target is met; a share by its parts, so that rounding never decides (CF-05)."""
    if newest is None or target is None:
        return None
    exact = view.kind is IndicatorKind.SHARE and view.direction is Direction.HIGHER
    if exact and newest.part is not None and newest.whole is not None and newest.whole > 0:
        return figures.minimum_met(newest.part, newest.whole, target)
    return figures.met(newest.value, target, view.direction)


def series(organisation_id: int, indicator_id: int) -> tuple[MeasurementView, ...]:
    """Return the measurements that hold, oldest period first."""
    require(organisation_id, indicator_id)
    rows = Measurement.objects.of(organisation_id).filter(indicator_id=indicator_id, is_current=True)
    return tuple(measurement_view(row) for row in rows.order_by("period_start", "pk"))


def measurements(organisation_id: int, indicator_id: int) -> tuple[MeasurementView, ...]:
    """Return all measurements, newest period and newest record first."""
    require(organisation_id, indicator_id)
    rows = Measurement.objects.of(organisation_id).filter(indicator_id=indicator_id)
    return tuple(measurement_view(row) for row in rows.order_by("-period_start", "-pk"))


def targets(organisation_id: int, indicator_id: int) -> tuple[TargetView, ...]:
    """Return the history of the target path, newest first."""
    require(organisation_id, indicator_id)
    rows = TargetPathVersion.objects.of(organisation_id).filter(indicator_id=indicator_id).order_by("-pk")
    return tuple(TargetView(path_of(row), row.set_at, row.set_by_id, row.is_current) for row in rows)


def discussions(organisation_id: int, indicator_id: int) -> tuple[DiscussionView, ...]:
    """Return the talks about an indicator, newest first."""
    require(organisation_id, indicator_id)
    rows = Discussion.objects.of(organisation_id).filter(indicator_id=indicator_id).order_by("-planned_on", "-pk")
    return tuple(DiscussionView(**values) for values in rows.values(*DiscussionView.__dataclass_fields__))


def require(organisation_id: int, indicator_id: int) -> None:
    """Raise ``IndicatorNotFound`` unless the indicator is of this organisation."""
    if not Indicator.objects.of(organisation_id).filter(pk=indicator_id).exists():
        raise IndicatorNotFound(indicator_id)


def paths_of(organisation_id: int, ids: Iterable[int]) -> Mapping[int, TargetPath | None]:
    """Return the current target path per indicator."""
    rows = TargetPathVersion.objects.of(organisation_id).filter(indicator_id__in=list(ids), is_current=True)
    return {row.indicator_id: path_of(row) for row in rows}


def path_of(row: TargetPathVersion) -> TargetPath | None:
    """Return a stored path; ``None`` where the target was taken away."""
    baseline = from_millionths(row.baseline_millionths)
    if row.baseline_year is None or baseline is None:
        return None
    return TargetPath(
        baseline_year=row.baseline_year,
        baseline_value=baseline,
        yearly_growth=from_millionths(row.growth_millionths),
        end_year=row.end_year,
        end_value=from_millionths(row.end_millionths),
    )


def _views(organisation_id: int, rows: QuerySet[Any, Any]) -> list[IndicatorView]:
    found = [_view(**values) for values in rows.values(*_FIELDS)]
    paths = paths_of(organisation_id, [view.id for view in found]) if found else {}
    return [_with_target(view, paths.get(view.id)) for view in found]


def _view(**values: Any) -> IndicatorView:
    return IndicatorView(
        **{
            **values,
            "kind": IndicatorKind(values["kind"]),
            "source": Source(values["source"]),
            "frequency": Frequency(values["frequency"]),
            "direction": Direction(values["direction"]),
            "state": State(values["state"]),
        }
    )


def _with_target(view: IndicatorView, path: TargetPath | None) -> IndicatorView:
    return IndicatorView(**{**{name: getattr(view, name) for name in _FIELDS}, "target": path})


def measurement_view(row: Measurement) -> MeasurementView:
    """Return a stored measurement as it crosses the border."""
    return MeasurementView(
        id=row.pk,
        indicator_id=row.indicator_id,
        period=Period(row.period_start, row.period_end),
        value=Decimal(row.value_millionths).scaleb(_SCALE),
        numerator=from_millionths(row.numerator_millionths),
        denominator=from_millionths(row.denominator_millionths),
        source=row.source,
        remark=row.remark,
        evidence=tuple(row.evidence),
        provenance=row.provenance,
        recorded_at=row.recorded_at,
        recorded_by_id=row.recorded_by_id,
        is_current=row.is_current,
    )
