"""The content about goals fits its schema, and every code in it means something."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files

import jsonschema
import pytest
import yaml

from koopkracht.catalogue import api as catalogue
from koopkracht.strategy import instruments
from koopkracht.strategy.types.goals import Pillar

FOLDER = files("koopkracht.content") / "goals"


@pytest.mark.parametrize("name", ["themes", "actions", "chains"])
def test_every_file_fits_its_schema(name: str) -> None:
    schema = yaml.safe_load((FOLDER / "schema.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(content, default=str))
    jsonschema.validate(plain, {**schema, "$ref": f"#/$defs/{name}"}, format_checker=jsonschema.FormatChecker())


def test_five_themes_three_examples_four_levers_six_goals_seven_actions() -> None:
    assert len(instruments.themes()) == 5
    assert len(instruments.presets()) == 3
    assert len(instruments.other_levers()) == 4
    assert len(instruments.strategic_goals()) == 6
    assert len(instruments.example_actions()) == 7
    assert Pillar.ECOLOGICAL in {goal.pillar for goal in instruments.presets()}


def test_what_the_forms_start_with() -> None:
    found = instruments.defaults()
    assert (found.scope.value_over, found.scope.months) == (Decimal(450_000), 48)
    assert found.scope.types == ("works", "services")
    assert (found.principle_group, found.principle_minimum) == ("GRN-01", Decimal("0.80"))
    assert found.theme == "werk-grote-afstand"


def test_every_code_in_the_content_exists() -> None:
    themes = {theme.code for theme in instruments.themes()}
    strategic = {goal.code for goal in instruments.strategic_goals()}
    for goal in (*instruments.presets(), *(chain.goal for chain in instruments.chains())):
        assert set(goal.themes) <= themes
        assert set(goal.strategic_goals) <= strategic
    for chain in instruments.chains():
        for code in chain.purpose.product_groups:
            assert catalogue.product_group(code=code).code == code
    for action in instruments.example_actions():
        assert set(action.strategic_goals) <= strategic
    assert instruments.defaults().theme in themes


def test_the_numbers_of_the_example_chains() -> None:
    chains = {chain.code: chain for chain in instruments.chains()}
    (share,) = chains["1a"].indicators
    assert (len(chains["1a"].purpose.product_groups), share.target) == (3, Decimal("0.10"))
    (subcontracted,) = chains["1b"].indicators
    assert chains["1b"].purpose.scope == instruments.defaults().scope
    assert subcontracted.target == Decimal("0.05")
    visits, pupils = chains["2"].indicators
    assert (visits.target, pupils.target, pupils.baseline) == (Decimal(4), None, None)
    (path,) = chains["hasselt"].indicators
    assert (path.baseline, path.growth, path.end_value) == (Decimal("0.125"), Decimal("0.01"), Decimal("0.15"))
    (cleaning,) = chains["gent-schoonmaak"].indicators
    assert (cleaning.baseline, cleaning.end_value) == (Decimal("0.06"), Decimal("0.10"))
    assert chains["merelbeke"].indicators[0].target == Decimal(5)
