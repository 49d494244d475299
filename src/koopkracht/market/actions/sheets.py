"""Keeping market sheets: every save is a new version; nothing that was known is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.market.actions.keeping import group_code, own_row, past, required
from koopkracht.market.content import sheet_form
from koopkracht.market.errors import MarketInputRejected, SheetChanged
from koopkracht.market.models import MarketConclusion, MarketSheetVersion
from koopkracht.market.readiness import TOP
from koopkracht.market.types.sheets import Answer, SheetInput
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

_CONTENT = ("answers", "profile", "readiness", "findings")


def save_sheet(*, actor: Actor, product_group: str, sheet: SheetInput) -> int:
    """Store a new version and return its number; a sheet that says the same again stays as it is."""
    actor.require("market.edit")
    code = group_code(product_group, needed=True)
    answers = _answers(sheet.answers)
    values: dict[str, Any] = {
        "answers": answers,
        "profile": _profile(sheet.profile),
        "readiness": _readiness(sheet.readiness),
        "findings": sheet.findings.strip(),
    }
    try:
        with transaction.atomic():
            return _store(actor, code, values, sheet)
    except IntegrityError as error:  # two people stored the same number at the same moment
        raise SheetChanged(sheet.based_on + 1) from error


def _store(actor: Actor, code: str, values: dict[str, Any], sheet: SheetInput) -> int:
    rows = MarketSheetVersion.objects.of(actor.organisation_id).filter(product_group=code)
    current = rows.select_for_update().filter(current=True).first()
    if current is not None:
        if all(getattr(current, name) == values[name] for name in _CONTENT):
            return int(current.version)
        if current.version != sheet.based_on:
            raise SheetChanged(current.version)
        rows.filter(pk=current.pk).update(current=False)
    row = MarketSheetVersion.objects.create(
        organisation_id=actor.organisation_id,
        product_group=code,
        version=(current.version if current else 0) + 1,
        **values,
        answered=sum(1 for answer in values["answers"].values() if answer["text"]),
        as_of=_youngest(values, current),
        remark=sheet.remark.strip()[:300],
        saved_by_id=actor.user_id,
    )
    audit.record(
        actor=actor,
        action="market-sheet.saved",
        subject="market-sheet",
        subject_key=row.pk,
        data={"product_group": code, "version": row.version, "answered": row.answered},
    )
    return int(row.version)


def _youngest(values: Mapping[str, Any], current: MarketSheetVersion | None) -> dt.date | None:
    """Return the date of the youngest information.

    Answers carry their own date. What has no date of its own (profile, findings) is of today when it changed.
    """
    days = [dt.date.fromisoformat(one["as_of"]) for one in values["answers"].values() if one["as_of"]]
    for name in ("profile", "findings"):
        before = getattr(current, name) if current else None
        if values[name] and values[name] != before:
            days.append(clock.today())
    if current is not None and current.as_of and not days:
        return current.as_of
    return max(days, default=None)


def _answers(answers: Mapping[str, Answer]) -> dict[str, dict[str, str]]:
    known = {question.code: question for question in sheet_form().questions}
    found = {}
    for code, answer in answers.items():
        if code not in known:
            raise MarketInputRejected(_("Deze vraag bestaat niet (meer)."), field=code)
        text = answer.text.strip()
        if not text:
            continue
        source = required(answer.source, f"{code}-source", _("Vul bij dit antwoord de bron in."), 200)
        found[code] = {"text": text, "source": source, "as_of": past(answer.as_of, f"{code}-as_of").isoformat()}
    return found


def _profile(profile: Mapping[str, str]) -> dict[str, str]:
    fields = {field.code: field for field in sheet_form().fields}
    found = {}
    for code, value in profile.items():
        if code not in fields:
            raise MarketInputRejected(_("Dit veld van het marktprofiel bestaat niet (meer)."), field=code)
        options = dict(fields[code].options)
        if value and options and value not in options:
            raise MarketInputRejected(_("Kies een waarde uit de lijst."), field=f"profile-{code}")
        if value.strip():
            found[code] = value.strip()
    return found


def _readiness(scores: Mapping[str, int]) -> dict[str, int]:
    known = {one.code for one in sheet_form().statements}
    for code, score in scores.items():
        if code not in known or not 0 <= score <= TOP:
            raise MarketInputRejected(_("Kies een score van 0 tot 4."), field=f"readiness-{code}")
    return dict(scores)


def add_findings(*, actor: Actor, product_group: str, findings: str, source: str, as_of: dt.date) -> int:
    """Add findings, of a survey or a talk, below what the sheet says already; return the number of the version.

    The same findings of the same source twice are kept once.
    """
    actor.require("market.edit")
    code = group_code(product_group, needed=True)
    text = required(findings, "findings", _("Er zijn geen bevindingen om over te nemen."))
    origin = required(source, "source", _("Vul in waar de bevindingen vandaan komen."), 200)
    block = f"{origin} ({past(as_of, 'as_of'):%d-%m-%Y}):\n{text}"
    try:
        with transaction.atomic():
            return _add_findings(actor, code, block, origin)
    except IntegrityError as error:  # two people stored the same number at the same moment
        raise SheetChanged(_latest(actor, code)) from error


def _add_findings(actor: Actor, code: str, block: str, origin: str) -> int:
    rows = MarketSheetVersion.objects.of(actor.organisation_id).filter(product_group=code)
    current = rows.select_for_update().filter(current=True).first()
    before = current.findings if current else ""
    sheet = SheetInput(remark=_("Overgenomen uit: %(source)s") % {"source": origin}, based_on=_number(current))
    values = {name: getattr(current, name) if current else {} for name in ("answers", "profile", "readiness")}
    values["findings"] = before if block in before else "\n\n".join(part for part in (before, block) if part)
    return _store(actor, code, values, sheet)


def _latest(actor: Actor, code: str) -> int:
    rows = MarketSheetVersion.objects.of(actor.organisation_id).filter(product_group=code, current=True)
    return _number(rows.first())


def _number(current: MarketSheetVersion | None) -> int:
    return current.version if current else 0


def add_conclusion(*, actor: Actor, product_group: str, text: str, source: str, as_of: dt.date) -> int:
    """Record a conclusion to which later decisions can refer; the same twice is kept once."""
    actor.require("market.edit")
    code = group_code(product_group, needed=True)
    values = {
        "text": required(text, "text", _("Schrijf het besluit op in één of twee zinnen.")),
        "source": required(source, "source", _("Vul in waarop dit besluit steunt."), 200),
        "as_of": past(as_of, "as_of"),
    }
    return _conclude(actor, code, values, origin="")


def adopt_conclusion(*, actor: Actor, product_group: str, origin: str) -> int:
    """Take over a conclusion of earlier market research for this product group."""
    actor.require("market.edit")
    code = group_code(product_group, needed=True)
    found = next((one for one in sheet_form().conclusions if one.code == origin), None)
    if found is None:
        raise MarketInputRejected(_("Dit besluit staat niet in de lijst."), field="origin")
    values = {"text": found.text, "source": found.source[:200], "as_of": clock.today()}
    return _conclude(actor, code, values, origin=origin)


def _conclude(actor: Actor, code: str, values: dict[str, Any], *, origin: str) -> int:
    with transaction.atomic():
        same = MarketConclusion.objects.of(actor.organisation_id).filter(
            product_group=code, text=values["text"], withdrawn_on__isnull=True
        )
        row = same.first()
        if row is None:
            row = MarketConclusion.objects.create(
                organisation_id=actor.organisation_id, product_group=code, origin=origin, **values
            )
            audit.record(
                actor=actor,
                action="market-conclusion.recorded",
                subject="market-conclusion",
                subject_key=row.pk,
                data={"product_group": code, "origin": origin},
            )
    return int(row.pk)


def withdraw_conclusion(*, actor: Actor, conclusion_id: int, reason: str) -> str:
    """Withdraw a conclusion with a reason and return its product group; it stays readable for older decisions."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(MarketConclusion, actor.organisation_id, conclusion_id)
        why = required(reason, "reason", _("Schrijf waarom dit besluit niet meer geldt."), 300)
        if row.withdrawn_on is None:
            row.withdrawn_on, row.withdrawn_reason = clock.today(), why
            row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
            audit.record(
                actor=actor,
                action="market-conclusion.withdrawn",
                subject="market-conclusion",
                subject_key=row.pk,
                data={"reason": why},
            )
    return str(row.product_group)
