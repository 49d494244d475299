"""The rules of one organisation in the order in which they are tried: its own first, then the standard ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache

from koopkracht.monitoring import groups
from koopkracht.monitoring.models import AssignmentRule, DisabledDefault
from koopkracht.monitoring.types import AssignedBy, Rules, RuleSpec
from koopkracht.shared import clock

ASSIGNMENT_VERSION = 2
"""Goes up when the same rules would assign differently, so that all figures are built again after an upgrade."""


def rules_of(organisation_id: int) -> Rules:
    """Return all rules that are in use."""
    by_description, by_account = default_rules(disabled=disabled_defaults(organisation_id))
    return Rules(own_rules(organisation_id), by_description, by_account)


def release() -> str:
    """Return what identifies the standard rules and the way of assigning of this installation, today."""
    return _release(clock.today())


@lru_cache(maxsize=2)
def _release(_day: dt.date) -> str:
    content = repr((ASSIGNMENT_VERSION, default_rules(disabled=frozenset())))
    return hashlib.sha256(content.encode()).hexdigest()


def own_rules(organisation_id: int) -> tuple[RuleSpec, ...]:
    """Return the rules that people of the organisation made."""
    return tuple(
        RuleSpec(
            product_group=rule.product_group,
            by=AssignedBy.OWN_RULE,
            label=str(rule.pk),
            account_prefix=rule.account_prefix,
            supplier_id=rule.supplier_id,
            words=tuple(rule.words),
            cpv_prefix=rule.cpv_prefix,
        )
        for rule in AssignmentRule.objects.of(organisation_id).order_by("position", "pk")
    )


def disabled_defaults(organisation_id: int) -> frozenset[str]:
    """Return the product groups of which the organisation does not use the standard rules."""
    return frozenset(
        DisabledDefault.objects.of(organisation_id).order_by("product_group").values_list("product_group", flat=True)
    )


def default_rules(*, disabled: frozenset[str]) -> tuple[tuple[RuleSpec, ...], tuple[RuleSpec, ...]]:
    """Return the standard rules about the description, and those about the account.

    A CPV code was chosen by a person for this purchase and goes first; an account number alone decides last, and only
    when it belongs to one product group. Within a kind the longest condition goes first, because it is the most
    precise one; for the same words, the product group whose account fits goes before one whose account does not.
    """
    enabled = [group for group in groups.all_groups() if group.code not in disabled]
    by_cpv = [_rule(group.code, cpv_prefix=prefix) for group in enabled for prefix in group.cpv_prefixes]
    by_words = [
        _rule(group.code, words=(word,), account_prefix=account)
        for group in enabled
        for word in group.words
        for account in (*group.accounts, "")
    ]
    by_account = [_rule(group.code, account_prefix=prefix) for group in enabled for prefix in group.sure_accounts]
    by_cpv.sort(key=lambda rule: (-len(rule.cpv_prefix), rule.cpv_prefix, rule.product_group))
    by_words.sort(key=_word_order)
    by_account.sort(key=lambda rule: (-len(rule.account_prefix), rule.account_prefix, rule.product_group))
    return (*by_cpv, *by_words), (*by_words, *by_account)


def _word_order(rule: RuleSpec) -> tuple[int, int, str, int, str]:
    phrase = rule.words[0]
    return (-len(phrase.split()), -len(phrase), phrase, -len(rule.account_prefix), rule.product_group)


def _rule(group: str, *, words: tuple[str, ...] = (), account_prefix: str = "", cpv_prefix: str = "") -> RuleSpec:
    return RuleSpec(
        product_group=group,
        by=AssignedBy.DEFAULT_RULE,
        label=cpv_prefix or " ".join(words) or account_prefix,
        words=words,
        account_prefix=account_prefix,
        cpv_prefix=cpv_prefix,
    )
