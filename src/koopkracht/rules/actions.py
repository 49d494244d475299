"""Use cases that write: load a release, keep an evaluation."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from koopkracht.audit import api as audit
from koopkracht.rules import queries
from koopkracht.rules.catalogue.fact_list import FACTS
from koopkracht.rules.catalogue.registry import FAMILIES, RULES, catalogue_hash, question
from koopkracht.rules.engine.answers import answer_json, differences, plain
from koopkracht.rules.engine.evaluation import evaluate as run
from koopkracht.rules.engine.facts import parse_facts
from koopkracht.rules.errors import ContentInvalid, NotInForce
from koopkracht.rules.models import KeptEvaluation, Release
from koopkracht.rules.tables.checking import check_document
from koopkracht.rules.tables.loading import content_hash, read_document
from koopkracht.rules.tables.tables import Tables
from koopkracht.rules.types import Comparison, Evaluation, Problem, ReleaseInfo, Replay, StoredEvaluation
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

TITLE_LENGTH = 200


def current_release() -> ReleaseInfo:
    """Return the newest release; the first question of an installation records the shipped content as release 1."""
    return queries.latest_release() or load_release(note="Eerste uitgave, uit de meegeleverde gegevens")


def current_tables() -> Tables:
    """Return the tables of the newest release."""
    return queries.tables_of(current_release())


def load_release(*, note: str) -> ReleaseInfo:
    """Record the shipped content as a new release; the same content again returns the release that has it.

    Raises :class:`ContentInvalid`.
    """
    document = read_document()
    problems = check_document(document, on=clock.today())
    errors = tuple(f"{problem.where}: {problem.message}" for problem in problems if problem.level == "error")
    if errors:
        raise ContentInvalid(errors)
    digest = content_hash(document)
    existing = Release.objects.filter(content_hash=digest).defer("content").first()
    if existing:
        return queries.release_info(existing)
    newest = queries.latest_release()
    try:
        with transaction.atomic():
            made = Release.objects.create(
                number=newest.number + 1 if newest else 1,
                content_hash=digest,
                catalogue_hash=catalogue_hash(),
                content=json.dumps(document, ensure_ascii=False),
                parameters=sum(len(theme["parameters"]) for theme in document["themes"]),
                note=note[:TITLE_LENGTH],
                created_at=clock.now(),
            )
    except IntegrityError:
        # Another process recorded the same content a moment earlier.
        return queries.release_info(Release.objects.get(content_hash=digest))
    return queries.release_info(made)


def evaluate(*, asked: str, facts: Mapping[str, Any], on: dt.date, release: int | None) -> Evaluation:
    """Parse the facts and answer on the newest or the given release."""
    tables = current_tables() if release is None else queries.tables_of(queries.release(release))
    return _answer(asked, facts, on, tables)


def _answer(asked: str, facts: Mapping[str, Any], on: dt.date, tables: Tables) -> Evaluation:
    wanted = question(asked)
    return run(wanted, parse_facts(facts, FACTS, required=wanted.required), on=on, tables=tables, specs=FACTS)


def keep(*, actor: Actor, asked: str, facts: Mapping[str, Any], on: dt.date, title: str) -> StoredEvaluation:
    """Answer and keep the answer for the actor's organisation, with an entry in the audit log."""
    actor.require("rules.ask")
    release = current_release()
    answer = _answer(asked, facts, on, queries.tables_of(release))
    with transaction.atomic():
        row = KeptEvaluation.objects.create(
            organisation_id=actor.organisation_id,
            title=title.strip()[:TITLE_LENGTH] or f"Vraag van {clock.today().isoformat()}",
            question=asked,
            launch_date=on,
            facts=plain(answer.facts),
            outcome=answer.outcome.value,
            answer=answer_json(answer),
            release=Release.objects.get(number=release.number),
            catalogue_hash=catalogue_hash(),
            created_at=clock.now(),
            created_by=actor.label[:TITLE_LENGTH],
        )
        audit.record(
            actor=actor,
            action="rules.evaluation-kept",
            subject="rules.evaluation",
            subject_key=str(row.id),
            data={"question": asked, "on": on.isoformat(), "release": release.number},
        )
    return queries.stored(row)


def replay(*, stored: StoredEvaluation, made_with: str, release: int) -> Replay:
    """Answer kept facts again on one release and say what differs."""
    tables = queries.tables_of(queries.release(release))
    again = _answer(stored.question, stored.facts, stored.on, tables)
    return Replay(
        stored=stored,
        again=again,
        differences=differences(stored.answer, answer_json(again)),
        rules_changed=made_with != catalogue_hash(),
    )


def compare(*, before: int, after: int) -> tuple[Comparison, ...]:
    """Answer every kept evaluation on two releases and return those that differ."""
    old, new = (queries.tables_of(queries.release(number)) for number in (before, after))
    found = (_compare(stored, old, new) for stored in queries.every_kept())
    return tuple(comparison for comparison in found if comparison.differences or comparison.problem)


def _compare(stored: StoredEvaluation, old: Tables, new: Tables) -> Comparison:
    try:
        answers = [answer_json(_answer(stored.question, stored.facts, stored.on, tables)) for tables in (old, new)]
    except NotInForce as error:
        return Comparison(stored.id, stored.title, stored.on, (), error.message)
    return Comparison(stored.id, stored.title, stored.on, differences(*answers))


def check(*, on: dt.date, pages: Path | None, cases: Path | None) -> tuple[Problem, ...]:
    """Check the shipped content; with folders given, also that each rule has a page in words and cases."""
    problems = check_document(read_document(), on=on)
    if pages is not None:
        problems += tuple(_without_page(pages))
    if cases is not None:
        text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(cases.glob("*.yaml")))
        silent = (code for code in RULES if code not in text)
        problems += tuple(Problem("error", code, "Deze regel heeft geen voorbeelden.") for code in silent)
    return problems


def _without_page(pages: Path) -> Iterator[Problem]:
    for family in FAMILIES:
        page = pages / f"{family.code}.md"
        text = page.read_text(encoding="utf-8") if page.is_file() else ""
        for rule in family.rules:
            if rule.code not in text:
                yield Problem("error", rule.code, f"Deze regel staat niet op de pagina {page.name}.")
