"""Reads: releases, kept evaluations, and the public catalogue of rules and parameters."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterator
from uuid import UUID

from koopkracht.rules.catalogue.registry import FAMILIES, Family
from koopkracht.rules.engine.rule import Rule
from koopkracht.rules.errors import UnknownEvaluation, UnknownRelease
from koopkracht.rules.models import KeptEvaluation, Release
from koopkracht.rules.tables.loading import build_tables
from koopkracht.rules.tables.tables import Tables
from koopkracht.rules.types import (
    DECIDES_PRACTICE,
    FamilyCard,
    Outcome,
    Parameter,
    ReleaseInfo,
    Reminder,
    RuleCard,
    StoredEvaluation,
)

AHEAD_DAYS = 400
STALE_DAYS = 366


def latest_release() -> ReleaseInfo | None:
    """Return the newest release, if there is one."""
    found = Release.objects.order_by("-number").defer("content").first()
    return release_info(found) if found else None


def release_info(release: Release) -> ReleaseInfo:
    """Return what may be known about a release."""
    return ReleaseInfo(
        number=release.number,
        content_hash=release.content_hash,
        catalogue_hash=release.catalogue_hash,
        created_at=release.created_at,
        note=release.note,
        parameters=release.parameters,
    )


def releases() -> tuple[ReleaseInfo, ...]:
    """Return all releases, newest first."""
    return tuple(release_info(found) for found in Release.objects.order_by("-number").defer("content"))


def release(number: int) -> ReleaseInfo:
    """Return one release. Raises :class:`UnknownRelease`."""
    found = Release.objects.filter(number=number).defer("content").first()
    if found is None:
        raise UnknownRelease(number)
    return release_info(found)


def tables_of(info: ReleaseInfo) -> Tables:
    """Return the tables of a release; they are parsed once per process."""
    return _tables(info.number, info.content_hash)


@functools.lru_cache(maxsize=8)
def _tables(number: int, content_hash: str) -> Tables:
    content = Release.objects.values_list("content", flat=True).get(number=number, content_hash=content_hash)
    return build_tables(json.loads(content), release=number)


def kept(*, organisation_id: int, evaluation_id: UUID) -> StoredEvaluation:
    """Return one kept evaluation. Raises :class:`UnknownEvaluation`."""
    found = KeptEvaluation.objects.of(organisation_id).select_related("release").defer("release__content")
    row = found.filter(id=evaluation_id).first()
    if row is None:
        raise UnknownEvaluation
    return stored(row)


def kept_list(*, organisation_id: int, limit: int) -> tuple[StoredEvaluation, ...]:
    """Return the newest kept evaluations of an organisation."""
    rows = KeptEvaluation.objects.of(organisation_id).select_related("release").defer("release__content")
    return tuple(stored(row) for row in rows.order_by("-created_at", "id")[:limit])


def every_kept() -> Iterator[StoredEvaluation]:
    """Return the kept evaluations of all organisations, for the operator's comparison of two releases."""
    rows = KeptEvaluation.objects.select_related("release").defer("release__content").order_by("created_at", "id")
    return (stored(row) for row in rows.iterator(chunk_size=200))


def catalogue_hash_of(*, organisation_id: int, evaluation_id: UUID) -> str:
    """Return the hash of the rule code with which an answer was made."""
    return str(
        KeptEvaluation.objects.of(organisation_id).values_list("catalogue_hash", flat=True).get(id=evaluation_id)
    )


def stored(row: KeptEvaluation) -> StoredEvaluation:
    """Return a row as it may leave this context."""
    return StoredEvaluation(
        id=row.id,
        title=row.title,
        question=row.question,
        on=row.launch_date,
        facts=row.facts,
        outcome=Outcome(row.outcome),
        release=row.release.number,
        content_hash=row.release.content_hash,
        created_at=row.created_at,
        created_by=row.created_by,
        answer=row.answer,
    )


@functools.cache
def families() -> tuple[FamilyCard, ...]:
    """Return all families with their rules, as the public pages show them."""
    return tuple(_family(family) for family in FAMILIES)


def _family(family: Family) -> FamilyCard:
    return FamilyCard(family.code, family.title, family.purpose, tuple(map(_card, family.rules)), family.required)


def _card(rule: Rule) -> RuleCard:
    return RuleCard(
        code=rule.code,
        family=rule.family,
        statement=rule.statement,
        article=rule.article,
        jurisdiction=rule.jurisdiction,
        kind=rule.kind,
        ground=rule.ground,
        facts=rule.facts,
        parameters=rule.parameters,
        in_force_from=rule.in_force_from,
        in_force_to=rule.in_force_to,
    )


def reminders(tables: Tables, on: dt.date) -> tuple[Reminder, ...]:
    """Return what a person should look at: values that end soon or ended, and old or doubtful checks."""
    found = [reminder for parameter in tables for reminder in _remind(parameter, on)]
    return tuple(sorted(found, key=lambda reminder: (reminder.day, reminder.code)))


def _remind(parameter: Parameter, on: dt.date) -> Iterator[Reminder]:
    last = parameter.values[-1]
    if last.valid_to is not None and (last.valid_to - on).days <= AHEAD_DAYS:
        word = "is gestopt" if last.valid_to < on else "loopt af"
        yield Reminder(parameter.code, parameter.label, f"De laatste waarde {word}.", last.valid_to)
    checked = max(value.checked_on for value in parameter.values)
    if (on - checked).days > STALE_DAYS:
        yield Reminder(parameter.code, parameter.label, "Langer dan een jaar niet nagekeken.", checked)
    if last.confidence not in DECIDES_PRACTICE:
        yield Reminder(parameter.code, parameter.label, "Mag niet beslissen tot iemand de bron leest.", checked)
