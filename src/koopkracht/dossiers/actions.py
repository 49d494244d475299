"""Use cases of the register of procedures: register what a published notice says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.dossiers.errors import NoticeConflict
from koopkracht.dossiers.models import Lot, Notice, Procedure
from koopkracht.dossiers.types import LotInput, NoticeInput, RegisteredNotice
from koopkracht.shared.actor import Actor

_STAGES = {"planning": 1, "consultation": 1, "competition": 2, "dir-awa-pre": 3, "result": 4, "cont-modif": 5}
_PROCEDURE_FIELDS = ("title", "internal_id", "procedure_type", "nature", "main_cpv", "legal_basis", "estimated_value")
_BUYER_FIELDS = ("buyer_kbo", "buyer_name", "buyer_country")
_EMPTY: tuple[Any, ...] = ("", None, [], {}, ())


@transaction.atomic
def register_notice(*, actor: Actor, notice: NoticeInput, lots: Sequence[LotInput]) -> RegisteredNotice:
    """Put one notice and its lots in the register, and let it replace the versions it supersedes."""
    actor.require("register.import")
    organisation_id = actor.organisation_id
    known = Notice.objects.of(organisation_id).filter(notice_id=notice.notice_id, version=notice.version).first()
    if known is not None and known.document_hash != notice.document_hash:
        raise NoticeConflict(
            _("Het register heeft al versie %(version)s van deze aankondiging, met een andere inhoud.")
            % {"version": notice.version},
            code="notice-other-content",
            notice_id=notice.notice_id,
        )
    procedure, created = _procedure(organisation_id, notice)
    row = known or _create_notice(organisation_id, procedure, notice, len(lots))
    replaced = _replace(organisation_id, row, notice)
    lot_ids, created_lots = _lots(organisation_id, procedure, notice, lots)
    if created_lots:
        procedure.lot_count = Lot.objects.of(organisation_id).filter(procedure=procedure, kind="Lot").count()
        procedure.save(update_fields=["lot_count"])
    return RegisteredNotice(
        id=row.pk,
        procedure_id=procedure.pk,
        created_procedure=created,
        is_current=row.is_current,
        lot_ids=lot_ids,
        created_lots=created_lots,
        replaced=replaced,
    )


def _procedure(organisation_id: int, notice: NoticeInput) -> tuple[Procedure, bool]:
    """Find or make the procedure; a later publication overwrites what it states, an earlier one fills gaps."""
    found = Procedure.objects.of(organisation_id).filter(key=notice.procedure_key).first()
    procedure = found or Procedure(organisation_id=organisation_id, key=notice.procedure_key)
    later = notice.as_of >= procedure.as_of
    _take_over(procedure, notice, (*_PROCEDURE_FIELDS, *_BUYER_FIELDS), later=later)
    if notice.estimated_value is not None and procedure.estimated_value == notice.estimated_value:
        procedure.currency = notice.estimated_currency
    procedure.is_own = procedure.is_own or notice.is_own
    if _STAGES.get(notice.form_type, 0) >= _STAGES.get(procedure.stage, 0):
        procedure.stage = notice.form_type if notice.form_type in _STAGES else procedure.stage
    published = notice.publication_date or notice.issue_date
    if published is not None:
        procedure.first_published = min(published, procedure.first_published or published)
        procedure.last_published = max(published, procedure.last_published or published)
    procedure.as_of = max(procedure.as_of, notice.as_of)
    procedure.save()
    return procedure, found is None


def _take_over(row: Any, source: Any, names: Iterable[str], *, later: bool) -> None:
    for name in names:
        value = getattr(source, name)
        if value in _EMPTY:
            continue
        if later or getattr(row, name) in _EMPTY:
            setattr(row, name, list(value) if isinstance(value, tuple) else value)


def _create_notice(organisation_id: int, procedure: Procedure, notice: NoticeInput, lot_count: int) -> Notice:
    return Notice.objects.create(
        organisation_id=organisation_id,
        procedure=procedure,
        notice_id=notice.notice_id,
        version=notice.version,
        publication_id=notice.publication_id,
        document_hash=notice.document_hash,
        format=notice.format,
        sdk=notice.sdk[:200],
        title=notice.title,
        titles=dict(notice.titles),
        form_type=notice.form_type,
        notice_type=notice.notice_type,
        subtype=notice.subtype,
        language=notice.language,
        publication_date=notice.publication_date,
        issue_date=notice.issue_date,
        buyer_kbo=notice.buyer_kbo,
        buyer_name=notice.buyer_name,
        is_own=notice.is_own,
        value=notice.value,
        currency=notice.currency,
        lot_count=lot_count,
        issue_count=notice.issue_count,
        change_of=list(notice.change_of),
        corrects=notice.replaces_changed and bool(notice.change_of),
    )


def _replace(organisation_id: int, row: Notice, notice: NoticeInput) -> tuple[int, ...]:
    """Let the latest version speak for all versions, and a correction for what it corrects."""
    versions = list(Notice.objects.of(organisation_id).filter(notice_id=notice.notice_id).order_by("version", "pk"))
    latest = versions[-1]
    replaced = [version for version in versions if version.pk != latest.pk]
    if notice.replaces_changed:
        replaced += [
            found for found in _changed(organisation_id, notice.change_of) if found.pk not in {row.pk, latest.pk}
        ]
    newly: list[int] = []
    for old in replaced:
        if old.is_current or old.replaced_by_id is None:
            newly.append(old.pk)
            old.is_current = False
            old.replaced_by = latest
            old.save(update_fields=["is_current", "replaced_by"])
    row.is_current = row.pk == latest.pk and row.replaced_by_id is None and not _is_corrected(organisation_id, row)
    row.save(update_fields=["is_current"])
    return tuple(newly)


def _changed(organisation_id: int, references: Iterable[str]) -> list[Notice]:
    """Find the notices that references name: a number with version, a number, or a publication number."""
    found: list[Notice] = []
    rows = Notice.objects.of(organisation_id).order_by("pk")
    for reference in references:
        number, _, version = reference.rpartition("-")
        found += rows.filter(notice_id=number, version=version) if len(version) == 2 else []
        found += rows.filter(notice_id=reference)
        found += rows.filter(publication_id__in=_publication_numbers(reference))
    return list({row.pk: row for row in found}.values())


def _publication_numbers(reference: str) -> tuple[str, ...]:
    """Return the ways to write a publication number: with and without leading zeros."""
    number, dash, year = reference.partition("-")
    if dash and number.isdigit() and year.isdigit():
        return (reference, f"{number.zfill(8)}-{year}", f"{int(number)}-{year}")
    return (reference,)


def _is_corrected(organisation_id: int, row: Notice) -> bool:
    """Tell whether a correction that arrived earlier already speaks for this notice."""
    names = {f"{row.notice_id}-{row.version}", row.notice_id}
    if row.publication_id:
        names |= set(_publication_numbers(row.publication_id))
    corrections = Notice.objects.of(organisation_id).filter(procedure_id=row.procedure_id, corrects=True)
    for correction in corrections.exclude(pk=row.pk).order_by("-pk"):
        if names & set(correction.change_of):
            row.replaced_by = correction
            row.save(update_fields=["replaced_by"])
            return True
    return False


def _lots(
    organisation_id: int, procedure: Procedure, notice: NoticeInput, lots: Sequence[LotInput]
) -> tuple[dict[str, int], tuple[int, ...]]:
    known = {(lot.kind, lot.lot_id): lot for lot in Lot.objects.of(organisation_id).filter(procedure=procedure)}
    ids: dict[str, int] = {}
    created: list[int] = []
    names = tuple(LotInput.__dataclass_fields__)
    flags = ("is_green", "is_social", "is_innovative", "is_reserved")
    for source in lots:
        key = (source.kind, source.lot_id)
        row = known.get(key) or Lot(organisation_id=organisation_id, procedure=procedure, kind=source.kind)
        later = notice.as_of >= row.as_of
        _take_over(row, source, [name for name in names if name not in flags], later=later)
        for flag in flags:
            setattr(row, flag, getattr(row, flag) or getattr(source, flag))
        row.lot_id = source.lot_id
        row.strategic_stated = row.strategic_stated or bool(source.strategic)
        row.is_own = procedure.is_own
        published = notice.publication_date or notice.issue_date
        row.last_published = max(filter(None, (published, row.last_published)), default=None)
        row.as_of = max(row.as_of, notice.as_of)
        is_new = row.pk is None
        row.save()
        known[key] = row
        ids[source.lot_id] = row.pk
        if is_new:
            created.append(row.pk)
    return ids, tuple(created)
