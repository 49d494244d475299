"""Use cases of OCDS: receive, plan, apply, into the same register as published notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.exchange import workflow
from koopkracht.exchange.artefacts.actions import ocds_schemas
from koopkracht.exchange.errors import NothingUsable, WrongState
from koopkracht.exchange.models import Receipt, ReceiptKind, ReceiptStatus
from koopkracht.exchange.notices import planning
from koopkracht.exchange.notices.applying import apply_document
from koopkracht.exchange.notices.documents import NoticeDocument
from koopkracht.exchange.ocds.documents import read_processes
from koopkracht.exchange.queries import find, view_of
from koopkracht.exchange.receive import receive
from koopkracht.exchange.types import ReceiptView
from koopkracht.jobs import api as jobs
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected

__all__ = ["APPLY_JOB", "apply_ocds", "plan_ocds", "receive_ocds", "start_apply_ocds"]

PERMISSION = "register.import"
APPLY_JOB = "exchange.apply_ocds"
_AT_ONCE = 25

Progress = Callable[[int, int], None]


def receive_ocds(*, actor: Actor, filename: str, stream: BinaryIO, source: str = "") -> ReceiptView:
    """Keep an OCDS package, a file of JSON lines, or an archive of them, and return its receipt."""
    actor.require(PERMISSION)
    return receive(actor=actor, kind=ReceiptKind.OCDS, filename=filename, stream=stream, source=source)


def plan_ocds(*, actor: Actor, receipt_id: int) -> ReceiptView:
    """Read every process in a received file and store what taking it over will do.

    Raises :class:`NothingUsable` when nothing in the file is OCDS.
    """
    actor.require(PERMISSION)
    receipt = _of_ocds(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    own_numbers = accounts.own_kbo_numbers(organisation_id=actor.organisation_id)
    try:
        plan = planning.planned(actor.organisation_id, _documents(receipt), own_numbers)
        if plan.counts["documents"] == plan.counts[planning.REFUSED]:
            raise _nothing_usable(plan)
    except Rejected as error:
        with transaction.atomic():
            workflow.move(receipt, ReceiptStatus.REJECTED, message=error.message)
            receipt.save(update_fields=["status", "status_message"])
        raise
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.PLANNED)
        receipt.plan = plan.as_json()
        receipt.save(update_fields=["status", "status_message", "plan"])
        planning.store_issues(actor.organisation_id, receipt.pk, plan.issues)
    return view_of(receipt)


def apply_ocds(*, actor: Actor, receipt_id: int, progress: Progress | None = None) -> ReceiptView:
    """Take the processes of a planned file over, one transaction each; what is registered is skipped."""
    actor.require(PERMISSION)
    receipt = _of_ocds(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    total = _planned_documents(receipt)
    workflow.move(receipt, ReceiptStatus.APPLYING)
    receipt.save(update_fields=["status", "status_message"])
    own_numbers = accounts.own_kbo_numbers(organisation_id=actor.organisation_id)
    counts: Counter[str] = Counter()
    for number, document in enumerate(_documents(receipt), start=1):
        counts[apply_document(actor=actor, receipt_id=receipt.pk, document=document, own_numbers=own_numbers)] += 1
        if progress is not None:
            progress(number, total)
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLIED)
        receipt.counts = dict(counts)
        receipt.applied_at = clock.now()
        receipt.save(update_fields=["status", "status_message", "counts", "applied_at"])
        audit.record(actor=actor, action="ocds.applied", subject="receipt", subject_key=receipt.pk, data=dict(counts))
    return view_of(receipt)


def start_apply_ocds(*, actor: Actor, receipt_id: int) -> int | None:
    """Apply a small file at once (returns ``None``), or hand a large one to a job and return its number."""
    actor.require(PERMISSION)
    receipt = _of_ocds(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return None
    if _planned_documents(receipt) <= _AT_ONCE:
        apply_ocds(actor=actor, receipt_id=receipt_id)
        return None
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLYING)
        receipt.save(update_fields=["status", "status_message"])
        return jobs.enqueue(
            kind=APPLY_JOB, actor=actor, payload={"receipt_id": receipt_id}, message=_("OCDS-gegevens inladen")
        )


def _documents(receipt: Receipt) -> Iterator[NoticeDocument]:
    path = documents.path_of(organisation_id=receipt.organisation_id, sha256=receipt.content_hash)
    return read_processes(path, receipt.filename, ocds_schemas())


def _of_ocds(actor: Actor, receipt_id: int) -> Receipt:
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.kind != ReceiptKind.OCDS:
        raise WrongState(_("Dit bestand bevat geen OCDS-gegevens."), code="receipt-kind")
    return receipt


def _planned_documents(receipt: Receipt) -> int:
    if "counts" not in receipt.plan:
        raise WrongState(_("Dit bestand is nog niet nagekeken."), code="receipt-not-planned")
    return int(receipt.plan["counts"]["documents"])


def _nothing_usable(plan: planning.Planning) -> NothingUsable:
    first = plan.issues[0][1] if plan.issues else None
    if first:
        return NothingUsable(first.message, code=first.code)
    return NothingUsable(_("In dit bestand zit geen enkele opdracht."), code="ocds-none")
