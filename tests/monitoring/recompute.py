"""The second, independent way to the same figures: line by line, without DuckDB, cells or rule bits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from koopkracht.accounts.models import Organisation
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.market.models import Supplier
from koopkracht.monitoring.models import (
    AssignmentRule,
    DisabledDefault,
    GroupMonth,
    GroupSupplierYear,
    GroupYear,
    KindYear,
    ManualAssignment,
    SupplierYear,
    YearTotal,
)
from koopkracht.shared.text import normalise, stems
from tests.monitoring.factories import GROUPS

SMALL = {"micro", "small", "medium", "sme"}


@dataclass(frozen=True)
class Condition:
    """A rule, read naively."""

    group: str
    account: str
    supplier: int | None
    words: tuple[str, ...]
    cpv: str


def speaker(supplier_id: int | None) -> int:
    """Follow merges to their end; no supplier is 0."""
    if supplier_id is None:
        return 0
    row = Supplier.objects.filter(pk=supplier_id).first()
    while row is not None and row.merged_into_id:
        row = row.merged_into
    return row.pk if row is not None else supplier_id


def key_of(description: str | None) -> str:
    """Letters only, at most eighty signs."""
    return re.sub(r"[^a-zà-öø-ÿ]+", " ", (description or "").lower()).strip()[:80].strip()


def conditions(of: Organisation) -> tuple[list[Condition], list[Condition], list[Condition]]:
    """Own rules; standard ones about the description; standard ones about the account. Long before short."""
    own = [
        Condition(r.product_group, r.account_prefix, r.supplier_id, tuple(r.words), r.cpv_prefix)
        for r in AssignmentRule.objects.filter(organisation=of).order_by("position", "pk")
    ]
    off = set(DisabledDefault.objects.filter(organisation=of).values_list("product_group", flat=True))
    used = [group for group in GROUPS if group.code not in off]
    cpv = sorted((-len(c), c, g.code) for g in used for c in g.cpv_prefixes)
    word = sorted(
        (-len(w.split()), -len(w), w, -len(a), g.code, a) for g in used for w in g.words for a in (*g.accounts, "")
    )
    account = sorted((-len(a), a, g.code) for g in used for a in g.sure_accounts)
    phrases = [Condition(code, prefix, None, (phrase,), "") for _n, _m, phrase, _k, code, prefix in word]
    return (
        own,
        [*(Condition(code, "", None, (), prefix) for _n, prefix, code in cpv), *phrases],
        [*phrases, *(Condition(code, prefix, None, (), "") for _n, prefix, code in account)],
    )


def holds(rule: Condition, line: Mapping[str, Any], texts: list[str], known: frozenset[str]) -> bool:
    """Try one rule on one line."""
    account = line["account_code"] or ""
    if not account.startswith(rule.account) or not (line["cpv"] or "").startswith(rule.cpv):
        return False
    if rule.supplier is not None and speaker(rule.supplier) != speaker(line["supplier_id"]):
        return False
    return not rule.words or any(
        stems(phrase) and stems(phrase) <= stems(text, known=known) for phrase in rule.words for text in texts
    )


def combination(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """The key under which a line is assigned."""
    return line["supplier_id"] or 0, line["account_code"] or "", key_of(line["description"]), line["cpv"] or ""


def group_of(
    line: Mapping[str, Any], rules: list[Condition], decided: Mapping[Any, str], names: Mapping[Any, str]
) -> str:
    """People first, then the first rule that holds."""
    who, account = speaker(line["supplier_id"]), line["account_code"] or ""
    for key in ((account, who, key_of(line["description"])), (account, who, None)):
        if key in decided:
            return decided[key]
    description, name = key_of(line["description"]), names[combination(line)]
    for tier, texts in zip(rules, ([description, name], [description], [name]), strict=True):
        known = frozenset(word for rule in tier for phrase in rule.words for word in normalise(phrase).split())
        for rule in tier:
            if holds(rule, line, texts, known):
                return rule.group
    return ""


def lines_of(of: Organisation) -> list[dict[str, Any]]:
    """All current lines, read one file after the other."""
    files = lake.files(organisation_ids=[of.pk], table=SPEND_LINES)
    return [row for file in files for row in pq.read_table(file.path).to_pylist()]


def figures(of: Organisation) -> dict[type, dict[tuple[Any, ...], tuple[Any, ...]]]:
    """Return every rollup table as it should be: from key to values."""
    lines = lines_of(of)
    names: dict[Any, str] = defaultdict(str)
    for line in lines:
        names[combination(line)] = max(names[combination(line)], line["account_name"] or "")
    rules = conditions(of)
    decided = {}
    for row in ManualAssignment.objects.filter(organisation=of).order_by("assigned_at", "pk"):
        key = None if row.any_description else row.description_key
        decided[row.account_code, speaker(row.supplier_id), key] = row.product_group
    flat = [
        (line["currency"], line["year"], line["booking_date"].month, group_of(line, rules, decided, names),
         speaker(line["supplier_id"]), line["amount_cents"])
        for line in lines
    ]  # fmt: skip
    facts = {row.pk: (row.kind, row.size) for row in Supplier.objects.filter(organisation=of)}
    facts[0] = ("unknown", "unknown")
    return {
        GroupSupplierYear: counted(((c, y, g, s), a) for c, y, _m, g, s, a in flat),
        SupplierYear: {
            k: (*v, *facts[k[2]]) for k, v in counted(((c, y, s), a) for c, y, _m, _g, s, a in flat if s).items()
        },
        GroupMonth: counted(((c, y, m, g), a) for c, y, m, g, _s, a in flat),
        GroupYear: shares(((c, y, g), s, a) for c, y, _m, g, s, a in flat)(facts),
        KindYear: {
            k: (cents, n, len({s for c, y, _m, _g, s, _a in flat if s and (c, y, *facts[s]) == k}))
            for k, (cents, n) in counted(((c, y, *facts[s]), a) for c, y, _m, _g, s, a in flat).items()
        },
        YearTotal: year_totals(flat, facts),
    }


def counted(rows: Iterable[tuple[tuple[Any, ...], int]]) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Add up amounts and count lines per key."""
    found: dict[tuple[Any, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, cents in rows:
        found[key] = (found[key][0] + cents, found[key][1] + 1)
    return dict(found)


def shares(rows: Iterable[tuple[tuple[Any, ...], int, int]]) -> Any:
    """Add up amounts per key and what part goes to whom."""
    kept = list(rows)

    def with_facts(facts: Mapping[int, tuple[str, str]]) -> dict[tuple[Any, ...], tuple[int, ...]]:
        found = {}
        for key in {row[0] for row in kept}:
            mine = [(s, a) for k, s, a in kept if k == key]
            found[key] = (
                sum(a for _s, a in mine),
                len(mine),
                len({s for s, _a in mine} - {0}),
                sum(a for s, a in mine if facts[s][0] == "social-economy"),
                sum(a for s, a in mine if facts[s][1] in SMALL),
                sum(a for s, a in mine if facts[s][1] == "unknown"),
                sum(a for s, a in mine if facts[s][0] == "unknown"),
            )
        return found

    return with_facts


def year_totals(flat: list[Any], facts: Mapping[int, tuple[str, str]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Totals of a year with its concentration, in fractions instead of whole-number arithmetic."""
    from decimal import ROUND_HALF_UP, Decimal
    from fractions import Fraction

    found = {}
    for key, values in shares(((c, y), s, a) for c, y, _m, _g, s, a in flat)(facts).items():
        per_supplier = counted(((s,), a) for c, y, _m, _g, s, a in flat if (c, y) == key and s)
        largest = sorted((cents for cents, _n in per_supplier.values() if cents > 0), reverse=True)
        whole = sum(largest)
        index = None
        if whole:
            exact = sum(Fraction(one, whole) ** 2 for one in largest) * 10_000
            index = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        open_cents = sum(a for c, y, _m, g, _s, a in flat if (c, y) == key and not g)
        found[key] = (*values, open_cents, sum(largest[:5]), sum(largest[:10]), whole, index)
    return found
