"""Use cases of award: record the outcomes that a notice states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from koopkracht.award.models import LotResult, Winner
from koopkracht.award.types import LotResultInput
from koopkracht.shared.actor import Actor

_NAME = 500


@transaction.atomic
def record_results(
    *,
    actor: Actor,
    procedure_id: int,
    notice_id: int,
    is_own: bool,
    counts: bool,
    results: Sequence[LotResultInput],
) -> tuple[int, ...]:
    """Keep the outcomes of one notice; recording the same notice again changes nothing."""
    actor.require("register.import")
    known = LotResult.objects.of(actor.organisation_id).filter(notice_id=notice_id).order_by("position", "pk")
    if ids := tuple(known.values_list("pk", flat=True)):
        return ids
    made: list[int] = []
    for position, result in enumerate(results):
        row = LotResult.objects.create(
            organisation_id=actor.organisation_id,
            procedure_id=procedure_id,
            notice_id=notice_id,
            lot_id=result.lot_pk,
            position=position,
            result_id=result.result_id,
            lot_reference=result.lot_reference,
            is_own=is_own,
            counts=counts,
            decided_on=result.decided_on,
            status=result.status,
            reason=result.reason,
            tenders_received=result.tenders_received,
            tenders_received_sme=result.tenders_received_sme,
            count_basis=result.count_basis,
            statistics=list(result.statistics),
            value=result.value,
            lowest=result.lowest,
            highest=result.highest,
            currency=result.currency,
            winner_basis=result.winner_basis,
        )
        _winners(actor.organisation_id, row, result)
        made.append(row.pk)
    return tuple(made)


def _winners(organisation_id: int, row: LotResult, result: LotResultInput) -> None:
    Winner.objects.bulk_create(
        Winner(
            organisation_id=organisation_id,
            lot_result=row,
            position=position,
            supplier_id=winner.supplier_id,
            name=winner.name[:_NAME],
            tender_id=winner.tender_id,
            leader=winner.leader,
            proven=winner.proven,
            size=winner.size,
            value=winner.value,
            currency=winner.currency,
        )
        for position, winner in enumerate(result.winners)
    )


@transaction.atomic
def set_aside(*, actor: Actor, notice_ids: Iterable[int]) -> int:
    """Let the outcomes of replaced notices no longer count. Returns how many."""
    actor.require("register.import")
    rows = LotResult.objects.of(actor.organisation_id).filter(notice_id__in=list(notice_ids), counts=True)
    return int(rows.update(counts=False))
