"""Which purchases a goal is about: pure comparison of sizes with a scope rule. No Django."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from koopkracht.strategy.types.goals import Fit, ScopeRule

TYPES = {"work": "works", "service": "services", "supply": "supplies"}
"""From the type of a product group (and ``works``, ``services``, ``supplies`` of a notice) to that of a rule."""


def falls_under(rule: ScopeRule, *, nature: str, value: Decimal | None, months: int | None) -> Fit:
    """Tell whether a purchase falls under ``rule``.

    The value must be strictly greater and the duration at least as long (PG-2.2-09): 450 000 euro exactly is
    outside, 48 months exactly is inside. What certainly fails one limit is outside, whatever else is unknown.
    """
    if rule.is_empty:
        return Fit.OUTSIDE
    answers = (_type(rule, nature), _value(rule, value), _months(rule, months))
    if Fit.OUTSIDE in answers:
        return Fit.OUTSIDE
    return Fit.UNKNOWN if Fit.UNKNOWN in answers else Fit.INSIDE


def concerns(
    rule: ScopeRule,
    groups: Collection[str],
    *,
    product_group: str,
    nature: str,
    value: Decimal | None,
    months: int | None,
) -> Fit:
    """Tell whether a purchase belongs to a goal with these product groups and this rule.

    With only groups or only a rule, that decides. With both, a purchase must be in a group and within the rule.
    """
    if not groups:
        return falls_under(rule, nature=nature, value=value, months=months)
    in_group = Fit.INSIDE if product_group in groups else Fit.OUTSIDE if product_group else Fit.UNKNOWN
    if rule.is_empty or in_group is Fit.OUTSIDE:
        return in_group
    sized = falls_under(rule, nature=nature, value=value, months=months)
    return in_group if sized is Fit.INSIDE else sized


def _type(rule: ScopeRule, nature: str) -> Fit:
    if not rule.types:
        return Fit.INSIDE
    if not nature:
        return Fit.UNKNOWN
    return Fit.INSIDE if TYPES.get(nature, nature) in rule.types else Fit.OUTSIDE


def _value(rule: ScopeRule, value: Decimal | None) -> Fit:
    if rule.value_over is None:
        return Fit.INSIDE
    if value is None:
        return Fit.UNKNOWN
    return Fit.INSIDE if value > rule.value_over else Fit.OUTSIDE


def _months(rule: ScopeRule, months: int | None) -> Fit:
    if rule.months is None:
        return Fit.INSIDE
    if months is None:
        return Fit.UNKNOWN
    return Fit.INSIDE if months >= rule.months else Fit.OUTSIDE
