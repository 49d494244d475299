"""Apply: one transaction per notice, only through the doors of the contexts that own the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.award import api as award
from koopkracht.contracts import api as contracts
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.dossiers import api as dossiers
from koopkracht.dossiers.errors import NoticeConflict
from koopkracht.dossiers.types import NoticeInput, RegisteredNotice
from koopkracht.exchange.formats.notice_records import NoticeRecord
from koopkracht.exchange.models import Provenance
from koopkracht.exchange.notices import translation
from koopkracht.exchange.notices.documents import NoticeDocument
from koopkracht.exchange.notices.planning import CONFLICT, CREATE, REFUSED, SKIP
from koopkracht.market import api as market
from koopkracht.shared.actor import Actor

__all__ = ["apply_document"]

SOURCE = "eforms"


def apply_document(*, actor: Actor, receipt_id: int, document: NoticeDocument, own_numbers: frozenset[str]) -> str:
    """Take one notice over and return what happened: ``create``, ``skip``, ``conflict`` or ``refused``."""
    notice = document.notice
    if notice is None:
        return REFUSED
    key = translation.notice_key(notice, document.sha256)
    known = dossiers.notice_states(organisation_id=actor.organisation_id, notice_ids=[key[0]])
    state = known.get(key)
    if state is not None:
        return SKIP if state.document_hash == document.sha256 else CONFLICT
    # The raw document is kept by itself, also when it came in an archive; an orphan after a crash does no harm.
    purpose = Purpose.OCDS if notice.format == "ocds" else Purpose.NOTICES
    documents.store(filename=document.name, purpose=purpose, data=document.data, actor=actor)
    try:
        with transaction.atomic():
            _apply(actor, receipt_id, document, notice, own_numbers)
    except NoticeConflict:
        return CONFLICT
    return CREATE


def _apply(
    actor: Actor, receipt_id: int, document: NoticeDocument, notice: NoticeRecord, own_numbers: frozenset[str]
) -> None:
    suppliers = market.resolve_suppliers(actor=actor, candidates=translation.candidates(notice), source=_source(notice))
    stated = translation.notice_input(
        notice,
        sha256=document.sha256,
        procedure_key=_procedure_key(actor.organisation_id, notice, document.sha256),
        own_numbers=own_numbers,
    )
    registered = dossiers.register_notice(actor=actor, notice=stated, lots=translation.lot_inputs(notice))
    result_ids = award.record_results(
        actor=actor,
        procedure_id=registered.procedure_id,
        notice_id=registered.id,
        is_own=stated.is_own,
        counts=registered.is_current,
        results=translation.result_inputs(notice, lot_ids=registered.lot_ids, suppliers=suppliers),
    )
    contract_ids = _contracts(actor, notice, stated, registered, suppliers)
    if registered.replaced:
        award.set_aside(actor=actor, notice_ids=registered.replaced)
        contracts.set_contracts_aside(actor=actor, notice_ids=registered.replaced)
    _remember_origins(actor, receipt_id, notice, registered, result_ids, contract_ids, suppliers)
    audit.record(
        actor=actor,
        action="notice.registered",
        subject="notice",
        subject_key=registered.id,
        data={
            "receipt": receipt_id,
            "notice": stated.notice_id,
            "version": stated.version,
            "sha256": document.sha256,
            "replaced": list(registered.replaced),
            "lots": len(registered.lot_ids),
            "results": len(result_ids),
            "contracts": len(contract_ids),
        },
    )


def _source(notice: NoticeRecord) -> str:
    return "ocds" if notice.format == "ocds" else SOURCE


def _procedure_key(organisation_id: int, notice: NoticeRecord, sha256: str) -> str:
    """Return the procedure of a notice: its own id, else that of the notice it continues, else a key of itself."""
    if notice.procedure_id:
        return notice.procedure_id[:120]
    previous = translation.previous_publications(notice)
    known = dossiers.procedure_keys(organisation_id=organisation_id, publication_ids=previous)
    for number in previous:
        if number in known:
            return known[number]
    if previous and notice.format == "ted-legacy":
        return f"ted:{previous[0]}"
    own = notice.publication_id or notice.notice_id or f"sha256:{sha256}"
    return f"{'ted' if notice.format == 'ted-legacy' else 'notice'}:{own}"[:120]


def _contracts(
    actor: Actor,
    notice: NoticeRecord,
    stated: NoticeInput,
    registered: RegisteredNotice,
    suppliers: Mapping[str, int],
) -> tuple[int, ...]:
    inputs = translation.contract_inputs(
        notice,
        registered=stated,
        procedure_id=registered.procedure_id,
        notice_pk=registered.id,
        suppliers=suppliers,
    )
    return tuple(
        contracts.record_contract(actor=actor, contract=replace(contract, counts=registered.is_current))[0]
        for contract in inputs
    )


def _remember_origins(
    actor: Actor,
    receipt_id: int,
    notice: NoticeRecord,
    registered: RegisteredNotice,
    result_ids: Iterable[int],
    contract_ids: Iterable[int],
    suppliers: Mapping[str, int],
) -> None:
    """Link every object that this notice made to the receipt and its place in the document."""
    lot_pointers = {lot.id: lot.pointer for lot in notice.lots}
    made = set(registered.created_lots)
    origins = [("notice", registered.id, notice.pointer)]
    if registered.created_procedure:
        origins.append(("procedure", registered.procedure_id, notice.pointer))
    origins += [("lot", pk, lot_pointers.get(number, "")) for number, pk in registered.lot_ids.items() if pk in made]
    origins += [("lot_result", pk, result.pointer) for pk, result in zip(result_ids, notice.results, strict=True)]
    origins += [("contract", pk, contract.pointer) for pk, contract in zip(contract_ids, notice.contracts, strict=True)]
    origins += [
        ("supplier", pk, body.pointer) for number, pk in suppliers.items() if (body := notice.organisation(number))
    ]
    Provenance.objects.bulk_create(
        (
            Provenance(
                organisation_id=actor.organisation_id,
                object_type=kind,
                object_id=str(pk),
                receipt_id=receipt_id,
                pointer=place[:500],
            )
            for kind, pk, place in origins
        ),
        ignore_conflicts=True,
    )
