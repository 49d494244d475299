"""Read the case files: the sentences a jurist can check, one launch date and one answer each.

A file may hold three forms. ``tables`` vary one fact over rows of date, value and outcome; ``purchases`` give the
expected outcome of several rules for the same facts; ``cases`` are single answers, with results if they matter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"


class _TextLoader(yaml.SafeLoader):
    """Amounts with a decimal point stay text, so that no cent is lost; only true and false are answers."""


_TextLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag not in {"tag:yaml.org,2002:float", "tag:yaml.org,2002:bool"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class Case:
    """One question with its expected answer."""

    name: str
    rule: str
    on: dt.date
    facts: dict[str, Any]
    outcome: str
    results: dict[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def all_cases() -> list[Case]:
    """Return every case of every file, in a stable order."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _file(path)]


def _file(path: Path) -> Iterator[Case]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_TextLoader)
    for table in content.get("tables", ()):
        for on, value, outcome in table["rows"]:
            facts = {**table["facts"], table["vary"]: value}
            yield Case(f"{path.stem}: {table['name']}, {on}, {value}", table["rule"], on, facts, outcome)
    for purchase in content.get("purchases", ()):
        for rule, outcome in purchase["expect"].items():
            yield Case(f"{path.stem}: {purchase['name']}, {rule}", rule, purchase["on"], purchase["facts"], outcome)
    for case in content.get("cases", ()):
        yield Case(
            f"{path.stem}: {case['name']}",
            case["rule"],
            case["on"],
            case.get("facts", {}),
            case["outcome"],
            case.get("results", {}),
            tuple(case.get("missing", ())),
        )
