"""The content about goals, read once: themes, example chains, example actions, values to start from. No database."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.strategy.types.goals import (
    Chain,
    ChainIndicator,
    Defaults,
    Effect,
    ExampleAction,
    Named,
    Pillar,
    PurposeInput,
    ScopeRule,
    SocialGoalInput,
)

_FIGURES = ("target", "baseline", "growth", "end_value")


@cache
def _file(name: str) -> dict[str, Any]:
    text = (files("koopkracht.content") / "goals" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def themes() -> tuple[Named, ...]:
    """Return the preset themes."""
    return tuple(Named(**row) for row in _file("themes")["themes"])


@cache
def strategic_goals() -> tuple[Named, ...]:
    """Return the six strategic goals under which actions and goals are reported."""
    return tuple(Named(**row) for row in _file("themes")["strategic_goals"])


@cache
def other_levers() -> tuple[Named, ...]:
    """Return what can help a goal better than purchases."""
    return tuple(Named(**row) for row in _file("themes")["other_levers"])


@cache
def presets() -> tuple[SocialGoalInput, ...]:
    """Return the example goals."""
    return tuple(_goal(row) for row in _file("themes")["presets"])


@cache
def defaults() -> Defaults:
    """Return the values that forms start from."""
    row = _file("themes")["defaults"]
    return Defaults(
        theme=_file("themes")["default_theme"],
        scope=ScopeRule(tuple(row["scope_types"]), Decimal(row["scope_value_over"]), row["scope_months"]),
        principle_minimum=Decimal(row["principle_minimum"]),
        principle_group=row["principle_group"],
        reference=row["reference"],
    )


@cache
def example_actions() -> tuple[ExampleAction, ...]:
    """Return the example actions."""
    rows = _file("actions")["actions"]
    return tuple(ExampleAction(**{**row, "strategic_goals": tuple(row["strategic_goals"])}) for row in rows)


@cache
def chains() -> tuple[Chain, ...]:
    """Return the example chains."""
    return tuple(_chain(row) for row in _file("chains")["chains"])


def _goal(row: dict[str, Any]) -> SocialGoalInput:
    return SocialGoalInput(
        title=row["title"],
        description=row["description"],
        pillar=Pillar(row["pillar"]),
        themes=tuple(row["themes"]),
        strategic_goals=tuple(row.get("strategic_goals", ())),
    )


def _scope(row: dict[str, Any]) -> ScopeRule:
    value = row.get("value_over")
    return ScopeRule(tuple(row.get("types", ())), None if value is None else Decimal(value), row.get("months"))


def _indicator(row: dict[str, Any]) -> ChainIndicator:
    figures = {name: Decimal(row[name]) for name in _FIGURES if name in row}
    return ChainIndicator(**{**row, **figures})


def _chain(row: dict[str, Any]) -> Chain:
    purpose = row["purpose"]
    return Chain(
        code=row["code"],
        name=row["name"],
        story=row["story"],
        source=row["source"],
        goal=_goal(row["goal"]),
        effect=Effect(row["effect"]),
        purpose=PurposeInput(
            title=purpose["title"],
            description=purpose["description"],
            product_groups=tuple(purpose.get("product_groups", ())),
            scope=_scope(purpose.get("scope", {})),
        ),
        indicators=tuple(_indicator(one) for one in row["indicators"]),
    )
