"""The library of ready questions for a market survey, read once from ``content``. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.market.types.surveys import LibraryQuestion
from koopkracht.questionnaires.types import QuestionInput, QuestionKind


@cache
def _content() -> Any:
    path = files("koopkracht.content") / "questionnaires" / "market_survey.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def library() -> tuple[LibraryQuestion, ...]:
    """Return the ready questions in their order."""
    return tuple(
        LibraryQuestion(
            code=row["code"],
            theme=row["theme"],
            topic=row["topic"],
            question=QuestionInput(
                text=row["text"],
                kind=QuestionKind(row["kind"]),
                options=tuple(row.get("options", ())),
                required=row["required"],
                help=row.get("help", ""),
            ),
        )
        for row in _content()["questions"]
    )


def themes() -> Mapping[str, str]:
    """Return the themes of the library with their name."""
    return dict(_content()["themes"])
