"""Reads about market sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from koopkracht.accounts import api as accounts
from koopkracht.market.content import settings, sheet_form
from koopkracht.market.errors import MarketRowNotFound
from koopkracht.market.models import MarketConclusion, MarketSheetVersion
from koopkracht.market.readiness import readiness, state_of
from koopkracht.market.types.sheets import Answer, Conclusion, Sheet, SheetRow, SheetState, SheetVersion

_PLENTY = 200


def is_filled(row: MarketSheetVersion) -> bool:
    """Tell whether a version says anything."""
    return bool(row.answered or row.findings or any(row.profile.values()))


def answers_of(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Answer]:
    """Read the stored answers, in the order of the questions; codes that the content dropped are kept at the end."""
    order = [question.code for question in sheet_form().questions]
    codes = [*(code for code in order if code in raw), *(code for code in raw if code not in order)]
    return {code: _answer(raw[code]) for code in codes}


def _answer(raw: Mapping[str, Any]) -> Answer:
    day = raw.get("as_of")
    return Answer(raw.get("text", ""), raw.get("source", ""), dt.date.fromisoformat(day) if day else None)


def sheet(organisation_id: int, product_group: str, on: dt.date, version: int | None) -> Sheet:
    """Return a version of a sheet, the current one when none is asked for."""
    rows = MarketSheetVersion.objects.of(organisation_id).filter(product_group=product_group)
    current = rows.filter(current=True).first()
    latest = current.version if current else 0
    row = current if version is None or version == latest else rows.filter(version=version).first()
    if version is not None and row is None:
        raise MarketRowNotFound(version)
    found = conclusions(organisation_id, product_group)
    if row is None:
        empty = readiness(sheet_form(), {})
        return Sheet(product_group, 0, 0, SheetState.EMPTY, {}, {}, {}, empty, "", "", None, "", None, found)
    people = accounts.names_of(organisation_id=organisation_id, user_ids=[row.saved_by_id]) if row.saved_by_id else {}
    return Sheet(
        product_group=product_group,
        version=row.version,
        latest=latest,
        state=_state(row, on),
        answers=answers_of(row.answers),
        profile=row.profile,
        readiness=row.readiness,
        readiness_result=readiness(sheet_form(), row.readiness),
        findings=row.findings,
        remark=row.remark,
        saved_at=row.saved_at,
        saved_by=people.get(row.saved_by_id, "") if row.saved_by_id else "",
        as_of=row.as_of,
        conclusions=found,
    )


def _state(row: MarketSheetVersion, on: dt.date) -> SheetState:
    return state_of(filled=is_filled(row), as_of=row.as_of, on=on, months=settings().sheet_months)


def sheets(organisation_id: int, on: dt.date) -> dict[str, SheetRow]:
    """Return the current sheet of every product group that has one."""
    rows = MarketSheetVersion.objects.of(organisation_id).filter(current=True).order_by("product_group")
    return {
        row.product_group: SheetRow(
            row.product_group, row.version, _state(row, on), row.answered, row.saved_at, row.as_of
        )
        for row in rows
    }


def versions(organisation_id: int, product_group: str) -> tuple[SheetVersion, ...]:
    """Return the history of a sheet, the newest first."""
    rows = MarketSheetVersion.objects.of(organisation_id).filter(product_group=product_group).order_by("-version")
    found = list(rows[:_PLENTY])
    people = accounts.names_of(
        organisation_id=organisation_id, user_ids=[row.saved_by_id for row in found if row.saved_by_id]
    )
    return tuple(
        SheetVersion(row.version, row.saved_at, people.get(row.saved_by_id or 0, ""), row.remark, row.answered)
        for row in found
    )


def conclusions(organisation_id: int, product_group: str) -> tuple[Conclusion, ...]:
    """Return the conclusions of a product group, those in force first, then the newest."""
    rows = MarketConclusion.objects.of(organisation_id).filter(product_group=product_group)
    return tuple(
        _conclusion(row) for row in rows.order_by(F("withdrawn_on").asc(nulls_first=True), "-as_of", "id")[:_PLENTY]
    )


def conclusions_by_ids(organisation_id: int, ids: Iterable[int]) -> dict[int, Conclusion]:
    """Return conclusions by key, for decisions that point at them; unknown keys are left out."""
    rows = MarketConclusion.objects.of(organisation_id).filter(pk__in=list(ids))
    return {row.pk: _conclusion(row) for row in rows}


def _conclusion(row: MarketConclusion) -> Conclusion:
    return Conclusion(
        id=row.pk,
        product_group=row.product_group,
        text=row.text,
        source=row.source,
        as_of=row.as_of,
        origin=row.origin,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
    )
