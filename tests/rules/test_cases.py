"""Every case of the case files gets exactly the answer that a jurist wrote down."""

from __future__ import annotations

import pytest

from koopkracht.rules.catalogue.fact_list import FACTS
from koopkracht.rules.catalogue.registry import RULES, question
from koopkracht.rules.engine.evaluation import evaluate
from koopkracht.rules.engine.facts import parse_facts
from koopkracht.rules.tables.loading import shipped_tables
from tests.rules.case_files import Case, all_cases

pytestmark = pytest.mark.rules

CASES = all_cases()
LEAST = 250


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    facts = parse_facts(case.facts, FACTS)
    answer = evaluate(question(case.rule), facts, on=case.on, tables=shipped_tables(), specs=FACTS)

    assert answer.outcome.value == case.outcome, answer.findings[0].reason
    results = answer.findings[0].results
    for name, expected in case.results.items():
        assert str(results[name]) == str(expected), name
    if case.missing:
        assert set(answer.findings[0].missing_facts) == set(case.missing)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= LEAST


def test_every_rule_has_a_case() -> None:
    assert set(RULES) == {case.rule for case in CASES}


def test_no_two_cases_share_a_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
