"""The default method of selection and its texts, read once from the content. No Django, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

from koopkracht.scoring.types import Criterion
from koopkracht.strategy.types.selection import (
    ExtraParameter,
    Guidance,
    Note,
    SelectionContent,
    Thresholds,
)

OWN = "F"
"""The code of the parameter that holds what the organisation adds itself."""


@cache
def content() -> SelectionContent:
    """Return the default method with all its texts."""
    file = resources.files("koopkracht") / "content" / "scoring" / "product_group_selection.yaml"
    raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    borders = raw["thresholds"]
    return SelectionContent(
        version=raw["version"],
        source=raw["source"],
        name=raw["name"],
        scale=(raw["scale"]["min"], raw["scale"]["max"]),
        parameters=tuple(_guidance(one) for one in raw["parameters"]),
        thresholds=Thresholds(
            small_below=Decimal(borders["small_below"]),
            large_from=Decimal(borders["large_from"]),
            significant_from=Decimal(borders["significant_from"]),
            urgent_months=borders["urgent_within_months"],
        ),
        small_advantages=_notes(raw["small_advantages"]),
        large_warnings=_notes(raw["large_warnings"]),
        large_proposal=raw["large_proposal"],
        complexity_reason=raw["complexity_reason"],
        urgency_reason=raw["urgency_reason"],
        urgency_unknown=raw["urgency_unknown"],
        dialogue_reason=raw["dialogue_reason"],
        worker_types=_notes(raw["worker_types"]),
        features=_notes(raw["features"]),
        feature_examples=raw["feature_examples"],
        focus_grounds=_notes(raw["focus_grounds"]),
    )


def _notes(raw: Sequence[Mapping[str, str]]) -> tuple[Note, ...]:
    return tuple(Note(**one) for one in raw)


def _guidance(raw: Mapping[str, Any]) -> Guidance:
    values = dict(raw)
    values["questions"] = tuple(values["questions"])
    values["evidence"] = tuple(values["evidence"])
    values["parts"] = tuple(_guidance(part) for part in values.get("parts", ()))
    return Guidance(**values)


def _all(parameters: Sequence[Guidance]) -> Iterator[Guidance]:
    for one in parameters:
        yield one
        yield from _all(one.parts)


@cache
def guidance() -> Mapping[str, Guidance]:
    """Return the words of every parameter of the content by code, parts included."""
    return {one.code: one for one in _all(content().parameters)}


def criteria(weights: Mapping[str, Decimal], extra: Sequence[ExtraParameter] = ()) -> tuple[Criterion, ...]:
    """Return the parameters as criteria, with weight 1 unless given otherwise, and the own ones as parts of F."""
    lowest, highest = content().scale
    found = []
    for parameter in content().parameters:
        for one, parent in ((parameter, ""), *((part, parameter.code) for part in parameter.parts)):
            found.append(
                Criterion(
                    code=one.code,
                    name=one.name,
                    weight=weights.get(one.code, Decimal(1)),
                    inverse=one.inverse,
                    explanation=one.explanation,
                    scale_min=lowest,
                    scale_max=highest,
                    parent=parent,
                )
            )
    found += [
        Criterion(
            code=one.code,
            name=one.name,
            weight=one.weight,
            explanation=one.explanation,
            scale_min=lowest,
            scale_max=highest,
            parent=OWN,
        )
        for one in extra
    ]
    return tuple(found)
