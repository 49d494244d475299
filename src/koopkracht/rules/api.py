"""The door of the dated law: stable, keep it small.

Everybody may ask; answers carry their release, parameters and sources. ``facts`` are named in :func:`fact_specs`;
amounts are ``Decimal`` or text, dates ``date`` or ISO text. ``on`` is the launch date of the contract, never today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from koopkracht.rules import actions, queries
from koopkracht.rules.catalogue.fact_list import FACTS
from koopkracht.rules.catalogue.registry import PURCHASE
from koopkracht.rules.engine import answers
from koopkracht.rules.engine.answers import DISCLAIMER, answer_json
from koopkracht.rules.types import (
    Comparison,
    Difference,
    Evaluation,
    FactSpec,
    FamilyCard,
    Parameter,
    Problem,
    ReleaseInfo,
    Reminder,
    Replay,
    StoredEvaluation,
)
from koopkracht.shared.actor import Actor

__all__ = [
    "DISCLAIMER",
    "PURCHASE",
    "answer_json",
    "check",
    "checked_by",
    "compare",
    "current_release",
    "differences",
    "evaluate",
    "fact_specs",
    "families",
    "keep",
    "kept",
    "kept_list",
    "last_checked_on",
    "load_release",
    "parameters",
    "releases",
    "reminders",
    "replay",
]


def evaluate(*, question: str, facts: Mapping[str, Any], on: dt.date, release: int | None = None) -> Evaluation:
    """Answer a question: ``PURCHASE``, a family code or a rule code, on the newest release or the given one.

    Raises ``UnknownQuestion``, ``BadFacts`` (a Dutch sentence per fact), ``NotInForce`` (the day lies outside the
    law, the rule or a value it needs; there is never a default) and ``UnknownRelease``.
    """
    return actions.evaluate(asked=question, facts=facts, on=on, release=release)


def differences(*, before: Evaluation, after: Evaluation) -> tuple[Difference, ...]:
    """Return the rules whose outcome differs between two evaluations, for example on two launch dates."""
    return answers.differences(answer_json(before), answer_json(after), results=False)


def keep(*, actor: Actor, question: str, facts: Mapping[str, Any], on: dt.date, title: str = "") -> StoredEvaluation:
    """Answer and keep the answer for the actor's organisation.

    Raises what :func:`evaluate` raises, and ``NotAllowed``.
    """
    return actions.keep(actor=actor, asked=question, facts=facts, on=on, title=title)


def kept(*, organisation_id: int, evaluation_id: UUID) -> StoredEvaluation:
    """Return one kept answer as it was. Raises ``UnknownEvaluation``."""
    return queries.kept(organisation_id=organisation_id, evaluation_id=evaluation_id)


def kept_list(*, organisation_id: int, limit: int = 50) -> tuple[StoredEvaluation, ...]:
    """Return the newest kept answers of an organisation."""
    return queries.kept_list(organisation_id=organisation_id, limit=limit)


def replay(*, organisation_id: int, evaluation_id: UUID, release: int | None = None) -> Replay:
    """Answer kept facts again on their own release, or on another one, and say what differs.

    Raises ``UnknownEvaluation``, ``UnknownRelease`` and ``NotInForce``.
    """
    stored = queries.kept(organisation_id=organisation_id, evaluation_id=evaluation_id)
    made_with = queries.catalogue_hash_of(organisation_id=organisation_id, evaluation_id=evaluation_id)
    return actions.replay(stored=stored, made_with=made_with, release=release or stored.release)


def compare(*, before: int, after: int) -> tuple[Comparison, ...]:
    """Return the kept answers of all organisations that differ between two releases. Raises ``UnknownRelease``."""
    return actions.compare(before=before, after=after)


def current_release() -> ReleaseInfo:
    """Return the newest release."""
    return actions.current_release()


def releases() -> tuple[ReleaseInfo, ...]:
    """Return all releases, newest first."""
    return queries.releases()


def load_release(*, note: str = "") -> ReleaseInfo:
    """Record the shipped content as a numbered release (once per content). Raises ``ContentInvalid``."""
    return actions.load_release(note=note)


def check(*, on: dt.date, pages: Path | None = None, cases: Path | None = None) -> tuple[Problem, ...]:
    """Return what is wrong or doubtful in the shipped content; ``pages`` and ``cases`` are folders of a checkout."""
    return actions.check(on=on, pages=pages, cases=cases)


def families() -> tuple[FamilyCard, ...]:
    """Return all rules by family, for the public pages."""
    return queries.families()


def fact_specs() -> Mapping[str, FactSpec]:
    """Return every fact that a rule may ask for, by name."""
    return FACTS


def parameters() -> tuple[Parameter, ...]:
    """Return all parameters of the newest release with their history."""
    return tuple(actions.current_tables())


def last_checked_on() -> dt.date:
    """Return the day on which a value of the newest release was last checked by a person."""
    return max(value.checked_on for parameter in actions.current_tables() for value in parameter.values)


def checked_by() -> str:
    """Return who checked the newest release last."""
    return ", ".join(dict.fromkeys(parameter.checked_by for parameter in actions.current_tables()))


def reminders(*, on: dt.date) -> tuple[Reminder, ...]:
    """Return the parameters that end within about a year, ended, are doubtful, or were checked over a year ago."""
    return queries.reminders(actions.current_tables(), on)
