"""The CPV table that set-up builds."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path

import pytest

from koopkracht.catalogue import api, tables

TOOL = Path(__file__).resolve().parents[2] / "tools" / "build_cpv.py"


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("build_cpv", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_parent_is_the_nearest_code_that_exists(tool) -> None:
    codes = {"30000000": {}, "30192100": {}, "30192121": {}}

    assert tool.parent_of("30192121", codes) == "30192100"
    assert tool.parent_of("30192100", codes) == "30000000"
    assert tool.parent_of("30000000", codes) == ""


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("30000000", "division"),
        ("30100000", "group"),
        ("30190000", "class"),
        ("30192000", "category"),
        ("30192121", "subcategory"),
    ],
)
def test_the_level_follows_the_digits(tool, code: str, level: str) -> None:
    assert tool.level_of(code) == level


def test_an_incomplete_package_is_refused(tool, tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cpv.json").write_text(json.dumps([{"code": "30000000", "labels": {"nl": "x"}}]))
    target = tmp_path / "cpv.csv"
    monkeypatch.setattr("sys.argv", ["build_cpv", "--source", str(tmp_path), "--target", str(target)])

    assert tool.main() == 1
    assert "9454" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.reference
def test_the_built_table_shows_no_difference_with_the_official_list(reference_data: Path) -> None:
    with (reference_data / "codelists" / "cpv-2008.csv").open(encoding="utf-8", newline="") as file:
        official = {row["code"]: row for row in csv.DictReader(file)}
    ours = tables.cpv_codes()

    assert ours.keys() == official.keys()
    for code, row in official.items():
        entry = ours[code]
        assert (entry.level, entry.parent, entry.nl, entry.fr, entry.en) == (
            row["level"],
            row["parent"],
            row["nl"],
            row["fr"],
            row["en"],
        )


@pytest.mark.reference
def test_codes_are_found_by_words_and_digits_and_know_what_is_above_them(reference_data: Path) -> None:
    assert [code.code for code in api.cpv_ancestors(code="30192121")][:2] == ["30000000", "30100000"]
    assert "90911200" in [code.code for code in api.search_cpv(words="reiniging gebouwen")]
    assert {code.code[:3] for code in api.search_cpv(words="773")} == {"773"}
    assert api.cpv(code="90910000-9").nl == "Reinigingsdiensten"
