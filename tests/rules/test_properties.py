"""What must hold for every question, whatever the facts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koopkracht.rules.catalogue.fact_list import FACTS
from koopkracht.rules.catalogue.registry import FAMILIES, PURCHASE, RULES, question
from koopkracht.rules.engine.answers import answer_json
from koopkracht.rules.engine.evaluation import evaluate
from koopkracht.rules.engine.facts import parse_facts
from koopkracht.rules.errors import NotInForce
from koopkracht.rules.tables.loading import shipped_tables
from koopkracht.rules.types import (
    DECIDES_LAW,
    DECIDES_PRACTICE,
    Evaluation,
    FactSpec,
    Finding,
    Ground,
    Outcome,
)

pytestmark = pytest.mark.rules
quiet = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

LAUNCH = st.dates(dt.date(2017, 6, 30), dt.date(2027, 12, 31))
AMOUNT = st.decimals(0, 10_000_000, places=2)
# From the lightest to the heaviest: each of these may only disappear when the value grows.
LIGHTER = ("BE-PROC-01", "BE-PROC-02", "BE-PROC-06", "BE-PROC-07", "BE-PROC-08", "BE-PROC-32")


def _percents(places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, 100, places=places)


KINDS = {
    "amount": AMOUNT,
    "percent": _percents(2),
    "integer": st.integers(0, 5000),
    "date": st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31)),
    "flag": st.booleans(),
    "amounts": st.lists(AMOUNT, min_size=1, max_size=5),
    "percents": st.lists(_percents(1), min_size=1, max_size=5),
    "cpv": st.just("85320000"),
    "text": st.just("Eén werf, één planning"),
}


def _values(spec: FactSpec) -> st.SearchStrategy[Any]:
    one = st.sampled_from([code for code, _ in spec.choices]) if spec.choices else st.nothing()
    return {**KINDS, "choice": one, "choices": st.lists(one, min_size=1, max_size=3)}[spec.kind]


@st.composite
def purchases(draw: st.DrawFn) -> dict[str, Any]:
    """Any mixture of facts with the two that a purchase needs."""
    facts = {"contract_type": draw(_values(FACTS["contract_type"])), "estimated_value": draw(AMOUNT)}
    for name in draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=25, unique=True)):
        facts[name] = draw(_values(FACTS[name]))
    return facts


def _answer(facts: dict[str, Any], on: dt.date, asked: str = PURCHASE) -> Evaluation:
    return evaluate(question(asked), parse_facts(facts, FACTS), on=on, tables=shipped_tables(), specs=FACTS)


def _decided(finding: Finding) -> bool:
    return finding.outcome is not Outcome.UNDETERMINED


@quiet
@given(facts=purchases(), on=LAUNCH, today=st.dates(dt.date(2001, 1, 1), dt.date(2060, 1, 1)))
def test_the_answer_never_depends_on_the_day_of_asking(facts: dict[str, Any], on: dt.date, today: dt.date) -> None:
    here = answer_json(_answer(facts, on))
    with time_machine.travel(today):
        there = answer_json(_answer(facts, on))

    assert here == there


@quiet
@given(facts=purchases(), on=LAUNCH, more=AMOUNT)
def test_raising_the_value_never_opens_a_lighter_procedure(facts: dict[str, Any], on: dt.date, more: Decimal) -> None:
    facts.pop("expenditure", None)
    facts.pop("lot_values", None)
    higher = {**facts, "estimated_value": facts["estimated_value"] + more}
    for rule in LIGHTER:
        low, high = _answer(facts, on, rule).outcome, _answer(higher, on, rule).outcome
        if high is Outcome.MET:
            assert low is Outcome.MET, rule


@quiet
@given(facts=purchases(), on=LAUNCH)
def test_every_finding_says_why(facts: dict[str, Any], on: dt.date) -> None:
    for finding in _answer(facts, on).findings:
        assert finding.article or finding.sources, finding.rule
        assert finding.reason, finding.rule
        assert finding.statement.endswith("."), finding.rule
        assert all(parameter.sources for parameter in finding.parameters), finding.rule


@quiet
@given(facts=purchases(), on=LAUNCH)
def test_doubtful_values_never_decide(facts: dict[str, Any], on: dt.date) -> None:
    cited_only = {"sas_categories", "art15_art60_case", "optional_duration_conflict_doc", "turnover_max_factor"}
    for finding in _answer(facts, on).findings:
        allowed = DECIDES_PRACTICE if finding.ground is Ground.PRACTICE else DECIDES_LAW
        if _decided(finding):
            doubtful = {used.code for used in finding.parameters if used.confidence not in allowed}
            assert doubtful <= cited_only, finding.rule


@quiet
@given(facts=purchases(), on=LAUNCH)
def test_parameters_used_hold_on_the_launch_date(facts: dict[str, Any], on: dt.date) -> None:
    for finding in _answer(facts, on).findings:
        for used in finding.parameters:
            assert used.valid_from is not None
            assert used.valid_from <= on
            assert used.valid_to is None or on <= used.valid_to


@quiet
@given(facts=purchases(), on=LAUNCH, rule=st.sampled_from(sorted(RULES)))
def test_every_single_rule_answers_or_says_it_is_not_in_force(facts: dict[str, Any], on: dt.date, rule: str) -> None:
    try:
        answer = _answer(facts, on, rule)
    except NotInForce:
        return
    assert [finding.rule for finding in answer.findings] == [rule]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_declares_what_it_needs(rule: Any) -> None:
    assert set(rule.facts) <= set(FACTS)
    assert all(code in shipped_tables() for code in rule.parameters)
    assert rule.family in {family.code for family in FAMILIES}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_is_silent_the_day_before_it_starts(rule: Any) -> None:
    with pytest.raises(NotInForce):
        _answer({}, rule.in_force_from - dt.timedelta(days=1), rule.code)
