"""How fast a legal question is answered: one full purchase under 2 ms, ten thousand historic ones under 10 s."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from decimal import Decimal
from typing import Any

from koopkracht.rules.catalogue.fact_list import FACTS
from koopkracht.rules.catalogue.registry import PURCHASE, question
from koopkracht.rules.engine.evaluation import evaluate
from koopkracht.rules.engine.facts import parse_facts
from koopkracht.rules.tables.loading import shipped_tables

ONE_BUDGET_MS = 2.0
MANY_BUDGET_S = 10.0
MANY = 10_000
FIRST, LAST = dt.date(2017, 6, 30), dt.date(2027, 12, 31)


def purchase(dice: random.Random) -> tuple[dict[str, Any], dt.date]:
    """Return the facts of one made-up purchase and its launch date."""
    kind = dice.choice(("works", "supplies", "services"))
    facts = {
        "contract_type": kind,
        "estimated_value": str(Decimal(dice.randrange(100_000, 800_000_000)) / 100),
        "buyer_kind": "local",
        "social_aim": dice.choice(("none", "employment", "reserved", "chain", "accessibility")),
        "duration_months": dice.randrange(1, 60),
        "reserved": dice.choice((True, False)),
        "divided_in_lots": dice.choice((True, False)),
    }
    if kind == "services":
        facts["social_service"] = dice.choice((True, False))
    return facts, FIRST + dt.timedelta(days=dice.randrange((LAST - FIRST).days))


def answer(facts: dict[str, Any], on: dt.date) -> int:
    """Answer one purchase from raw facts and return the number of findings."""
    asked = question(PURCHASE)
    typed = parse_facts(facts, FACTS, required=asked.required)
    return len(evaluate(asked, typed, on=on, tables=shipped_tables(), specs=FACTS).findings)


def main() -> int:
    """Print both figures in CPU time of one core; exit code 1 when a budget is exceeded."""
    dice = random.Random(2026)
    shipped_tables()
    history = [purchase(dice) for _ in range(MANY)]
    times = []
    findings = 0
    started = time.process_time()
    for facts, on in history:
        before = time.process_time()
        findings += answer(facts, on)
        times.append((time.process_time() - before) * 1000)
    total = time.process_time() - started
    median, high = statistics.median(times), sorted(times)[int(MANY * 0.99)]
    print(f"one purchase: median {median:.2f} ms, 99 of 100 under {high:.2f} ms (budget {ONE_BUDGET_MS} ms)")
    print(f"{MANY} purchases: {total:.1f} s, {findings / MANY:.0f} findings each (budget {MANY_BUDGET_S} s)")
    return 0 if median < ONE_BUDGET_MS and total < MANY_BUDGET_S else 1


if __name__ == "__main__":
    raise SystemExit(main())
