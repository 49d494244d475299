"""The content about building support, read once: suggestions to start from and the matrix of activities."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.strategy.types.support import (
    AgreementInput,
    Audience,
    Cell,
    LinkSheetInput,
    Phase,
    Priority,
    QuestionInput,
    StakeholderInput,
    StakeholderKind,
    StatementInput,
    StatementKind,
    Suggestion,
)


@cache
def file(name: str) -> dict[str, Any]:
    """Return one file of content, as plain data."""
    text = (files("koopkracht.content") / "support" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def setting(name: str) -> int:
    """Return a value to start from: ``report_months``, ``quiet_days``, ``flagship_limit``, ``agreement_months``."""
    return int(file("start")["settings"][name])


def goal_suggestion() -> str:
    """Return the text that a first goal statement starts from."""
    return str(file("start")["goal_suggestion"])


@cache
def core_groups() -> tuple[StakeholderInput, ...]:
    """Return the two groups that every organisation starts with."""
    return tuple(
        StakeholderInput(
            name=row["name"],
            kind=StakeholderKind(row["kind"]),
            interest=row["interest"],
            priority=Priority(row["priority"]),
        )
        for row in file("start")["core_groups"]
    )


@cache
def link_examples() -> Mapping[str, LinkSheetInput]:
    """Return the example link sheets by code."""
    rows = file("start")["link_examples"]
    return {row["code"]: LinkSheetInput(**{key: row[key] for key in row if key != "code"}) for row in rows}


@cache
def agreement() -> AgreementInput:
    """Return the agreement in principle to start from, with its goals and the three questions."""
    row = file("start")["agreement"]
    questions = tuple(QuestionInput(one["question"], one["measure"]) for one in row["questions"])
    return AgreementInput(row["title"], row["text"], row["body"], tuple(row["goals"]), questions)


@cache
def statement(kind: StatementKind) -> StatementInput:
    """Return the statement of this kind to start from."""
    row = file("start")[kind.value]
    return StatementInput(kind, row["title"], row["text"], tuple(row.get("commitments", ())))


@cache
def matrix() -> tuple[Cell, ...]:
    """Return the six cells: phase by phase, the executive before the buyers."""
    rows = {(row["phase"], row["audience"]): row for row in file("matrix")["cells"]}
    return tuple(_cell(rows[phase.value, audience.value]) for phase in Phase for audience in Audience)


def kinds() -> Mapping[str, str]:
    """Return the kinds of activity by code; the same kind may stand in more than one cell."""
    found = {one.code: one.title for cell in matrix() for one in cell.suggestions}
    return {**found, "andere": "Iets anders"}


def _cell(row: Mapping[str, Any]) -> Cell:
    suggestions = tuple(Suggestion(**one) for one in row["suggestions"])
    return Cell(Phase(row["phase"]), Audience(row["audience"]), row["aim"], suggestions)
