"""The order in which a combination finds its product group."""

from __future__ import annotations

import pytest

from koopkracht.monitoring.assignment import Assigner
from koopkracht.monitoring.rulebook import default_rules
from koopkracht.monitoring.types import AssignedBy, Combination, ManualDecision, Rules, RuleSpec


def combination(
    description: str = "", account: str = "", name: str = "", supplier: int = 1, cpv: str = ""
) -> Combination:
    return Combination(supplier, account, name, description, cpv)


def own(group: str, **conditions: object) -> RuleSpec:
    return RuleSpec(group, AssignedBy.OWN_RULE, group, **conditions)


def assigner(
    *rules: RuleSpec, decisions: tuple[ManualDecision, ...] = (), canonical: dict[int, int] | None = None
) -> Assigner:
    by_description, by_account = default_rules(disabled=frozenset())
    return Assigner(rules=Rules(rules, by_description, by_account), decisions=decisions, canonical=canonical or {})


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (combination("schoonmaakproducten"), "SCH-01"),
        (combination("poetsen van school"), "SCH-01"),
        (combination("kopieerpapier"), "KAN-01"),
        (combination("gras", account="6103"), "GRN-02"),
        (combination("gras", account="6010"), "GRN-06"),
        (combination("diversen", cpv="30197630"), "KAN-01"),
        (combination("schoonmaak", cpv="30197630"), "KAN-01"),
        (combination("diversen", account="6120"), "ENE-01"),
        (combination("diversen", account="6999", name="Elektriciteit"), "ENE-01"),
        (combination("papier", account="6999", name="Elektriciteit"), "KAN-01"),
        (combination("diversen", account="6999"), ""),
    ],
)
def test_standard_rules(one: Combination, group: str) -> None:
    assert assigner()(one).product_group == group


def test_the_first_own_rule_wins_and_goes_before_standard_rules() -> None:
    assign = assigner(own("A", words=("papier",)), own("B", account_prefix="60"))
    assert assign(combination("papier", account="6010")).product_group == "A"
    assert assign(combination("gras", account="6010")).product_group == "B"
    assert assign(combination("gras", account="6103")).product_group == "GRN-02"


def test_all_conditions_of_a_rule_must_hold_and_one_word_is_enough() -> None:
    assign = assigner(own("A", words=("zand", "rode kiezel"), account_prefix="22", supplier_id=7))
    assert assign(combination("rode kiezel", account="2240", supplier=7)).product_group == "A"
    assert assign(combination("zand", account="2240", supplier=7)).product_group == "A"
    for other in (
        combination("rode verf", account="2240", supplier=7),
        combination("zand", account="6100", supplier=7),
        combination("zand", account="2240", supplier=8),
    ):
        assert assign(other).product_group != "A"


def test_a_decision_of_a_person_goes_first_and_a_precise_one_before_a_general_one() -> None:
    decisions = (ManualDecision("6010", 1, None, "B"), ManualDecision("6010", 1, "papier", "C"))
    assign = assigner(own("A", words=("papier",)), decisions=decisions)
    assert assign(combination("papier", account="6010")).product_group == "C"
    assert assign(combination("gras", account="6010")).product_group == "B"
    assert assign(combination("papier", account="6011")).product_group == "A"


def test_decisions_and_rules_about_a_merged_supplier_hold_for_the_one_that_counts() -> None:
    assign = assigner(own("A", supplier_id=2), decisions=(ManualDecision("1", 2, None, "B"),), canonical={2: 9})
    assert assign(combination(supplier=9)).product_group == "A"
    assert assign(combination(supplier=2)).product_group == "A"
    assert assign(combination(account="1", supplier=9)).product_group == "B"


def test_a_disabled_product_group_has_no_standard_rules() -> None:
    for rules in default_rules(disabled=frozenset({"KAN-01"})):
        assert "KAN-01" not in {rule.product_group for rule in rules}
