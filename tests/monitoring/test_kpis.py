"""The words of the key figures stand in one place; the documentation follows them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
import yaml

from koopkracht.monitoring import kpis
from koopkracht.monitoring.types import Share

CONTENT = files("koopkracht.content") / "kpi"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "kpi.md"


def test_the_content_fits_its_schema() -> None:
    schema = yaml.safe_load((CONTENT / "schema.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_load((CONTENT / "kpi.yaml").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(content, default=str))
    jsonschema.validate(plain, schema, format_checker=jsonschema.FormatChecker())
    codes = [entry["code"] for entry in plain["kpis"]]
    assert len(codes) == len(set(codes))


def test_every_key_figure_has_a_value_and_every_value_a_definition() -> None:
    assert set(kpis.definitions()) == set(kpis._VALUES)


def test_the_page_in_the_documentation_says_the_same() -> None:
    assert PAGE.read_text(encoding="utf-8") == kpis.as_markdown(), "write kpis.as_markdown() to docs/rules/kpi.md"


def test_a_definition_holds_from_its_first_day() -> None:
    assert kpis.in_force(dt.date(2025, 12, 31)) == ()
    assert len(kpis.in_force(dt.date(2026, 1, 1))) == len(kpis.definitions())


@pytest.mark.parametrize(("unknown", "value"), [("0", "0"), ("40", "0"), ("100", None)])
def test_a_share_is_not_zero_when_nothing_is_known(unknown: str, value: str | None) -> None:
    whole = Decimal(100)
    figures = SimpleNamespace(sme=Share(Decimal(0), whole), size_unknown=Share(Decimal(unknown), whole))
    answer = kpis._VALUES["sme-share"](SimpleNamespace(figures=figures, compared=None))
    assert answer[0] == (None if value is None else Decimal(value))
