"""The rules page: own rules in their order, and the standard rules per product group."""

from __future__ import annotations

from koopkracht.market import api as market
from koopkracht.monitoring import groups
from koopkracht.monitoring.errors import RuleNotFound
from koopkracht.monitoring.models import AssignmentRule
from koopkracht.monitoring.rulebook import disabled_defaults
from koopkracht.monitoring.types import RuleView


def own_rules(*, organisation_id: int) -> tuple[RuleView, ...]:
    """Return the rules of the organisation in the order in which they are tried."""
    found = list(AssignmentRule.objects.of(organisation_id).order_by("position", "pk"))
    names = market.suppliers_by_ids(
        organisation_id=organisation_id, supplier_ids=[rule.supplier_id for rule in found if rule.supplier_id]
    )
    return tuple(
        RuleView(
            id=rule.pk,
            position=position,
            product_group=rule.product_group,
            account_prefix=rule.account_prefix,
            supplier_id=rule.supplier_id,
            supplier_name=names[rule.supplier_id].name if rule.supplier_id in names else "",
            words=tuple(rule.words),
            cpv_prefix=rule.cpv_prefix,
            remark=rule.remark,
        )
        for position, rule in enumerate(found, start=1)
    )


def own_rule(*, organisation_id: int, rule_id: int) -> RuleView:
    """Return one rule. Raises :class:`RuleNotFound`."""
    for rule in own_rules(organisation_id=organisation_id):
        if rule.id == rule_id:
            return rule
    raise RuleNotFound("Deze regel bestaat niet meer. Laad de lijst opnieuw.", code="rule-not-found")


def standard_rules(*, organisation_id: int) -> tuple[tuple[str, tuple[RuleView, ...]], ...]:
    """Return per segment what the standard rules of each product group look at, and whether they are used."""
    disabled = disabled_defaults(organisation_id)
    found: dict[str, list[RuleView]] = {}
    for group in groups.all_groups():
        view = RuleView(
            id=None,
            position=0,
            product_group=group.code,
            account_prefix=", ".join(group.sure_accounts),
            supplier_id=None,
            supplier_name="",
            words=group.words,
            cpv_prefix=", ".join(group.cpv_prefixes),
            remark="",
            enabled=group.code not in disabled,
        )
        found.setdefault(group.segment, []).append(view)
    return tuple((segment, tuple(views)) for segment, views in found.items())
