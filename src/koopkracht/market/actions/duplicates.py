"""Possible duplicates: proposing them, and a person's decision to merge, keep apart or undo."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.market.errors import (
    DifferentEnterpriseNumbers,
    NothingToUndo,
    PairAlreadyDecided,
    PairNotFound,
    SameSupplier,
    SupplierNotFound,
)
from koopkracht.market.matching import Proposal, Record, find_duplicates
from koopkracht.market.models import DuplicatePair, Supplier, SupplierAlias
from koopkracht.market.queries import suppliers as queries
from koopkracht.market.types.suppliers import SuppliersChanged
from koopkracht.shared import clock, events
from koopkracht.shared.actor import Actor

_LARGEST_WORKLIST = 5_000


def propose_duplicates(*, actor: Actor) -> int:
    """Look for suppliers that may be one and put the new pairs on the work list; return how many were added."""
    actor.require("supplier.merge")
    organisation_id = actor.organisation_id
    proposals = find_duplicates(_records(organisation_id))[:_LARGEST_WORKLIST]
    with transaction.atomic():
        known = set(DuplicatePair.objects.of(organisation_id).values_list("low_id", "high_id"))
        rows = [_pair(organisation_id, item) for item in proposals if (item.low, item.high) not in known]
        DuplicatePair.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
        if rows:
            audit.record(actor=actor, action="duplicates.proposed", subject="supplier", data={"pairs": len(rows)})
    return len(rows)


def _pair(organisation_id: int, item: Proposal) -> DuplicatePair:
    return DuplicatePair(
        organisation_id=organisation_id,
        low_id=item.low,
        high_id=item.high,
        score=Decimal(str(item.score)),
        reasons=list(item.reasons),
    )


def _records(organisation_id: int) -> list[Record]:
    unverified = dict(_unverified(organisation_id))
    rows = (
        Supplier.objects.of(organisation_id)
        .filter(merged_into__isnull=True)
        .values_list("id", "search_name", "kbo", "postal_code")
    )
    return [Record(pk, name, kbo, postal, unverified.get(pk, "")) for pk, name, kbo, postal in rows.iterator()]


def _unverified(organisation_id: int) -> Iterable[tuple[int, str]]:
    aliases = SupplierAlias.objects.of(organisation_id).filter(scheme=SupplierAlias.Scheme.UNVERIFIED)
    return ((pk, value) for pk, value in aliases.values_list("supplier_id", "value") if len(value) >= 6)


def merge_suppliers(
    *, actor: Actor, kept_id: int, merged_id: int, remark: str = "", despite_numbers: bool = False
) -> int:
    """Let one supplier speak for another; return the id of the pair, with which it can be undone."""
    actor.require("supplier.merge")
    if kept_id == merged_id:
        raise SameSupplier
    with transaction.atomic():
        kept, merged = _both(actor.organisation_id, kept_id, merged_id)
        if kept.kbo and merged.kbo and not (despite_numbers and remark.strip()):
            raise DifferentEnterpriseNumbers
        if _speaker(actor.organisation_id, kept) == merged.pk or merged.merged_into_id is not None:
            raise PairAlreadyDecided(0)
        pair = _decide(actor, kept, merged, state=DuplicatePair.State.MERGED, remark=remark)
        merged.merged_into = kept
        merged.save(update_fields=["merged_into"])
        audit.record(
            actor=actor,
            action="suppliers.merged",
            subject="supplier",
            subject_key=kept.pk,
            data={"kept": kept.pk, "merged": merged.pk, "pair": pair.pk},
        )
        events.announce(SuppliersChanged(actor.organisation_id))
    return pair.pk


def keep_apart(*, actor: Actor, pair_id: int, remark: str = "") -> None:
    """Decide that two suppliers are two; the pair is not proposed again."""
    actor.require("supplier.merge")
    with transaction.atomic():
        pair = _open_pair(actor.organisation_id, pair_id)
        _decide(actor, pair.low, pair.high, state=DuplicatePair.State.APART, remark=remark)
        audit.record(actor=actor, action="suppliers.kept-apart", subject="duplicate", subject_key=pair.pk)


def undo_decision(*, actor: Actor, pair_id: int) -> None:
    """Put a decided pair back on the work list; a merge is taken apart again, also when others came after it."""
    actor.require("supplier.merge")
    with transaction.atomic():
        pair = _pair_row(actor.organisation_id, pair_id)
        if pair.state == DuplicatePair.State.OPEN:
            raise NothingToUndo(pair_id)
        was = pair.state
        if pair.merged_id is not None:
            Supplier.objects.of(actor.organisation_id).filter(pk=pair.merged_id).update(merged_into=None)
        pair.state, pair.merged, pair.decided_by_id, pair.decided_at = DuplicatePair.State.OPEN, None, None, None
        pair.save()
        audit.record(
            actor=actor,
            action="suppliers.decision-undone",
            subject="duplicate",
            subject_key=pair.pk,
            data={"was": was},
        )
        events.announce(SuppliersChanged(actor.organisation_id))


def _both(organisation_id: int, kept_id: int, merged_id: int) -> tuple[Supplier, Supplier]:
    rows = Supplier.objects.of(organisation_id).select_for_update().in_bulk([kept_id, merged_id])
    for supplier_id in (kept_id, merged_id):
        if supplier_id not in rows:
            raise SupplierNotFound(supplier_id)
    return rows[kept_id], rows[merged_id]


def _speaker(organisation_id: int, row: Supplier) -> int:
    return queries.canonical_ids(organisation_id).get(row.pk, row.pk)


def _decide(actor: Actor, kept: Supplier, other: Supplier, *, state: str, remark: str) -> DuplicatePair:
    low, high = sorted((kept, other), key=lambda row: row.pk)
    pair, _ = DuplicatePair.objects.select_for_update().get_or_create(
        organisation_id=actor.organisation_id,
        low=low,
        high=high,
        defaults={"score": Decimal(1), "reasons": ["by-hand"]},
    )
    pair.state, pair.remark = state, remark.strip()[:500]
    pair.merged = other if state == DuplicatePair.State.MERGED else None
    pair.decided_by_id, pair.decided_at = actor.user_id, clock.now()
    pair.save()
    return pair


def _pair_row(organisation_id: int, pair_id: int) -> DuplicatePair:
    rows = DuplicatePair.objects.of(organisation_id).select_related("low", "high")
    row = rows.select_for_update(of=("self",)).filter(pk=pair_id).first()
    if row is None:
        raise PairNotFound(pair_id)
    return row


def _open_pair(organisation_id: int, pair_id: int) -> DuplicatePair:
    row = _pair_row(organisation_id, pair_id)
    if row.state != DuplicatePair.State.OPEN:
        raise PairAlreadyDecided(pair_id)
    return row
