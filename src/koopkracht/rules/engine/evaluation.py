"""Evaluate one question: facts, a launch date and tables in; outcome and findings with their sources out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from koopkracht.rules.engine.facts import LAST_YEAR
from koopkracht.rules.engine.rule import REGIME_START, Ask, Decision, MissingFacts, Rule, Unsure, undetermined
from koopkracht.rules.errors import NotInForce
from koopkracht.rules.tables.tables import Tables, long_date
from koopkracht.rules.types import Evaluation, Facts, FactSpec, Finding, Outcome, Source


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: one rule, one family, or everything about a purchase.

    ``combine`` says how the findings become one outcome: ``one`` (the rule itself), ``all`` (every condition),
    ``any`` (one open way is enough) or ``report`` (met when nothing is left undetermined).
    """

    code: str
    rules: tuple[Rule, ...]
    combine: str
    required: tuple[str, ...] = ()


def evaluate(
    question: Question, facts: Facts, *, on: dt.date, tables: Tables, specs: dict[str, FactSpec]
) -> Evaluation:
    """Answer ``question`` on the launch date ``on``.

    Raises :class:`NotInForce` when the day lies outside the law, the rule or a value it needs.
    """
    if on < REGIME_START:
        raise NotInForce(
            f"Deze regels gelden vanaf {long_date(REGIME_START)}. Een opdracht van {long_date(on)} valt onder de wet "
            "van 15 juni 2006. Vraag een jurist om hulp.",
            on=on,
            what="title2_start",
        )
    if on.year > LAST_YEAR:
        raise NotInForce(
            f"Er zijn nog geen regels voor {long_date(on)}. Kies een vroegere datum.", on=on, what="launch date"
        )
    single = question.combine == "one"
    jurisdiction = facts.get("jurisdiction", "be")
    findings: list[Finding] = []
    looking = Ask(facts, on, tables)
    for rule in question.rules:
        if not rule.in_force(on):
            if single:
                raise NotInForce(_rule_outside(rule, on), on=on, what=rule.code)
            continue
        if not single and rule.jurisdiction not in ("any", jurisdiction):
            continue
        if single or rule.applies(looking):
            findings.append(_finding(rule, Ask(facts, on, tables, rule.ground), specs))
    return Evaluation(
        question=question.code,
        on=on,
        facts=facts,
        outcome=_combine(question.combine, findings),
        findings=tuple(findings),
        release=tables.release,
        content_hash=tables.content_hash,
    )


def _finding(rule: Rule, ask: Ask, specs: dict[str, FactSpec]) -> Finding:
    decision = _decision(rule, ask, specs)
    used = tuple(ask.used.values())
    return Finding(
        rule=rule.code,
        family=rule.family,
        kind=rule.kind,
        ground=rule.ground,
        outcome=decision.outcome,
        statement=rule.statement,
        reason=decision.reason,
        article=rule.article,
        sources=_sources(parameter.sources for parameter in used),
        parameters=used,
        missing_facts=decision.missing,
        results=decision.results,
    )


def _decision(rule: Rule, ask: Ask, specs: dict[str, FactSpec]) -> Decision:
    try:
        return rule.decide(ask)
    except MissingFacts as missing:
        labels = ", ".join(specs[name].label.lower() for name in missing.names)
        return undetermined(f"Dit gegeven ontbreekt nog: {labels}.", *missing.names)
    except Unsure as doubt:
        return undetermined(doubt.reason)


def _sources(groups: Iterable[tuple[Source, ...]]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for group in groups:
        for source in group:
            found[source.code] = source
    return tuple(found.values())


def _combine(how: str, findings: list[Finding]) -> Outcome:
    outcomes = {finding.outcome for finding in findings}
    if not outcomes:
        return Outcome.UNDETERMINED
    if how == "one":
        return findings[0].outcome
    if how == "any" and Outcome.MET in outcomes:
        return Outcome.MET
    if how == "all" and Outcome.NOT_MET in outcomes:
        return Outcome.NOT_MET
    if Outcome.UNDETERMINED in outcomes:
        return Outcome.UNDETERMINED
    return Outcome.NOT_MET if how == "any" else Outcome.MET


def _rule_outside(rule: Rule, on: dt.date) -> str:
    if on < rule.in_force_from:
        return f"Regel {rule.code} geldt pas vanaf {long_date(rule.in_force_from)}, niet op {long_date(on)}."
    last = rule.in_force_to or on
    return f"Regel {rule.code} gold tot en met {long_date(last)}, niet op {long_date(on)}."
