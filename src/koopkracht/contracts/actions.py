"""Use cases of the contract register: record a settled contract, set replaced ones aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from koopkracht.contracts.models import Contract, ContractSupplier
from koopkracht.contracts.settled import computed_end
from koopkracht.contracts.types import ContractInput
from koopkracht.shared.actor import Actor

_NAME = 500


@transaction.atomic
def record_contract(*, actor: Actor, contract: ContractInput) -> tuple[int, bool]:
    """Keep a contract and its suppliers; the same key again changes nothing. Returns id and whether it is new."""
    actor.require("register.import")
    known = Contract.objects.of(actor.organisation_id).filter(key=contract.key).first()
    if known is not None:
        return known.pk, False
    main = next((party for party in contract.parties if party.leader), next(iter(contract.parties), None))
    end, basis = _end(contract)
    row = Contract.objects.create(
        organisation_id=actor.organisation_id,
        key=contract.key,
        reference=contract.reference[:300],
        title=contract.title,
        procedure_id=contract.procedure_id,
        notice_id=contract.notice_id,
        lots=list(contract.lots),
        counts=contract.counts,
        buyer_kbo=contract.buyer_kbo,
        buyer_name=contract.buyer_name[:_NAME],
        is_own=contract.is_own,
        supplier_id=main.supplier_id if main else None,
        supplier_name=main.name[:_NAME] if main else "",
        nature=contract.nature,
        main_cpv=contract.main_cpv,
        value=contract.value,
        currency=contract.currency,
        is_framework=contract.is_framework,
        framework_maximum=contract.framework_maximum,
        decision_date=contract.decision_date,
        conclusion_date=contract.conclusion_date,
        start_date=contract.start_date,
        end_date=end,
        end_basis=basis,
        duration=contract.duration,
        duration_unit=contract.duration_unit,
    )
    ContractSupplier.objects.bulk_create(
        ContractSupplier(
            organisation_id=actor.organisation_id,
            contract=row,
            position=position,
            supplier_id=party.supplier_id,
            name=party.name[:_NAME],
            leader=party.leader,
        )
        for position, party in enumerate(contract.parties)
    )
    return row.pk, True


def _end(contract: ContractInput) -> tuple[dt.date | None, str]:
    if contract.end_date is not None:
        return contract.end_date, Contract.EndBasis.STATED
    if contract.start_date is not None and contract.duration is not None:
        end = computed_end(contract.start_date, contract.duration, contract.duration_unit)
        if end is not None:
            return end, Contract.EndBasis.COMPUTED
    return None, Contract.EndBasis.UNKNOWN


@transaction.atomic
def set_contracts_aside(*, actor: Actor, notice_ids: Iterable[int]) -> int:
    """Let the contracts of replaced notices no longer count. Returns how many."""
    actor.require("register.import")
    rows = Contract.objects.of(actor.organisation_id).filter(notice_id__in=list(notice_ids), counts=True)
    return int(rows.update(counts=False))
