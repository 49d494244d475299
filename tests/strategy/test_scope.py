"""Which purchases fall under a scope rule: the limits exactly, one step under and one above."""

from __future__ import annotations

from decimal import Decimal

import pytest

from koopkracht.strategy.scope import concerns, falls_under
from koopkracht.strategy.types.goals import Compliance, Fit, ScopeRule

RULE = ScopeRule(("works", "services"), Decimal(450_000), 48)


@pytest.mark.parametrize(
    ("nature", "value", "months", "expected"),
    [
        ("work", "450000.01", 48, Fit.INSIDE),
        ("services", "1000000", 60, Fit.INSIDE),
        ("service", "450000", 48, Fit.OUTSIDE),  # exactly the value: outside
        ("service", "450000.01", 47, Fit.OUTSIDE),
        ("supply", "9000000", 60, Fit.OUTSIDE),
        ("work", None, 48, Fit.UNKNOWN),
        ("work", "500000", None, Fit.UNKNOWN),
        ("", "500000", 48, Fit.UNKNOWN),
        ("work", None, 12, Fit.OUTSIDE),  # too short whatever the value
        ("supply", None, None, Fit.OUTSIDE),
    ],
)
def test_the_rule_of_the_example(nature, value, months, expected) -> None:
    amount = None if value is None else Decimal(value)
    assert falls_under(RULE, nature=nature, value=amount, months=months) is expected


def test_a_rule_without_limits_takes_nothing_and_a_rule_with_one_limit_only_that() -> None:
    assert falls_under(ScopeRule(), nature="work", value=Decimal(1), months=1) is Fit.OUTSIDE
    assert falls_under(ScopeRule(months=12), nature="", value=None, months=12) is Fit.INSIDE


@pytest.mark.parametrize(
    ("groups", "rule", "group", "value", "expected"),
    [
        ((), RULE, "", "500000", Fit.INSIDE),
        (("GRN-01",), ScopeRule(), "GRN-01", None, Fit.INSIDE),
        (("GRN-01",), ScopeRule(), "SCH-01", None, Fit.OUTSIDE),
        (("GRN-01",), ScopeRule(), "", None, Fit.UNKNOWN),
        (("GRN-01",), RULE, "GRN-01", "500000", Fit.INSIDE),
        (("GRN-01",), RULE, "GRN-01", "400000", Fit.OUTSIDE),
        (("GRN-01",), RULE, "SCH-01", "500000", Fit.OUTSIDE),
        (("GRN-01",), RULE, "", "500000", Fit.UNKNOWN),
        ((), ScopeRule(), "GRN-01", "500000", Fit.OUTSIDE),
    ],
)
def test_groups_and_rule_together(groups, rule, group, value, expected) -> None:
    amount = None if value is None else Decimal(value)
    assert concerns(rule, groups, product_group=group, nature="service", value=amount, months=48) is expected


@pytest.mark.parametrize(
    ("social", "whole", "share", "is_met"),
    [
        ("80000", "100000", "0.8", True),  # CF-05
        ("79999.99", "100000", "0.7999999", False),
        ("0", "0", None, None),
    ],
)
def test_a_principle_is_met_from_its_minimum_on(social, whole, share, is_met) -> None:
    found = Compliance(Decimal("0.80"), Decimal(social), Decimal(whole))
    assert found.share == (None if share is None else Decimal(share))
    assert found.is_met is is_met
