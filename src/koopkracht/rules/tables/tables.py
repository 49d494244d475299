"""Look up the value of a parameter on a day: a value that is known for that day, or an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from koopkracht.rules.errors import NotInForce
from koopkracht.rules.types import Parameter, ParameterValue, Source, UsedParameter

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def long_date(day: dt.date) -> str:
    """Return a date as a person writes it: ``21 november 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class _Series:
    parameter: Parameter
    entries: tuple[tuple[ParameterValue, UsedParameter], ...]


class Tables:
    """All parameters of one release, indexed by code."""

    __slots__ = ("_series", "content_hash", "release", "sources")

    def __init__(
        self, parameters: tuple[Parameter, ...], sources: Mapping[str, Source], *, release: int, content_hash: str
    ) -> None:
        self.release = release
        self.content_hash = content_hash
        self.sources = sources
        self._series = {parameter.code: _series(parameter) for parameter in parameters}

    def __iter__(self) -> Iterator[Parameter]:
        return (series.parameter for series in self._series.values())

    def __contains__(self, code: str) -> bool:
        return code in self._series

    def __len__(self) -> int:
        return len(self._series)

    def parameter(self, code: str) -> Parameter:
        """Return the whole series; an unknown code is a bug and raises ``KeyError``."""
        return self._series[code].parameter

    def on(self, code: str, day: dt.date) -> tuple[ParameterValue, UsedParameter]:
        """Return the value that holds on ``day``; :class:`NotInForce` when none is known."""
        series = self._series[code]
        for entry in series.entries:
            if entry[0].holds_on(day):
                return entry
        raise NotInForce(_outside(series.parameter, day), on=day, what=code)


def _series(parameter: Parameter) -> _Series:
    entries = tuple(
        (
            value,
            UsedParameter(
                code=parameter.code,
                label=parameter.label,
                value=value.value,
                unit=parameter.unit,
                valid_from=value.valid_from,
                valid_to=value.valid_to,
                confidence=value.confidence,
                article=parameter.article,
                checked_on=value.checked_on,
                note=value.note or parameter.note,
                sources=value.sources,
            ),
        )
        for value in reversed(parameter.values)
    )
    return _Series(parameter, entries)


def _outside(parameter: Parameter, day: dt.date) -> str:
    known = [value for value in parameter.values if value.valid_from is not None]
    if not known:
        return f"“{parameter.label}” heeft geen bekende begindatum. Er is dus geen waarde voor {long_date(day)}."
    last = known[-1]
    if last.valid_to is not None and day > last.valid_to:
        return (
            f"“{parameter.label}” is bekend tot en met {long_date(last.valid_to)}. Voor {long_date(day)} is nog geen "
            "waarde geladen. Kies een vroegere datum, of laat de nieuwe bedragen eerst laden."
        )
    return f"“{parameter.label}” heeft geen waarde voor {long_date(day)}."
