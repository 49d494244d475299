"""The traceability file: every row names a known requirement and a test that exists."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs/requirements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_complete_and_stands_once() -> None:
    seen: set[str] = set()
    for row in rows():
        assert row["id"] not in seen, row["id"]
        seen.add(row["id"])
        assert row["status"] in {"done", "partly", "later"}, row["id"]
        if row["status"] != "later":
            assert row["where"], row["id"]
            assert row["test"], row["id"]


def test_every_named_test_exists() -> None:
    for row in rows():
        for name in filter(None, row["test"].split()):
            path, _, function = name.partition("::")
            assert (ROOT / path).exists(), f"{row['id']}: {path}"
            if function:
                assert f"def {function}" in (ROOT / path).read_text(encoding="utf-8"), f"{row['id']}: {name}"


@pytest.mark.reference
def test_every_row_names_a_requirement_of_the_catalogue(reference_data: Path) -> None:
    known: set[str] = set()
    for catalogue in (reference_data.parent / "requirements").glob("*.md"):
        known.update(re.findall(r"\b(?:PG|PL|TB|MA)-[0-9A-Za-z.]+-\d+\b", catalogue.read_text(encoding="utf-8")))
    assert {row["id"] for row in rows()} <= known
