"""Use cases of published notices: receive, plan, apply."""

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
from koopkracht.exchange.errors import NothingUsable, WrongState
from koopkracht.exchange.models import Receipt, ReceiptKind, ReceiptStatus
from koopkracht.exchange.notices import planning
from koopkracht.exchange.notices.applying import apply_document
from koopkracht.exchange.notices.documents import NoticeDocument, read_documents
from koopkracht.exchange.queries import find, view_of
from koopkracht.exchange.receive import receive
from koopkracht.exchange.types import ReceiptView
from koopkracht.jobs import api as jobs
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected

__all__ = ["APPLY_JOB", "apply_notices", "plan_notices", "receive_notices", "start_apply_notices"]

PERMISSION = "register.import"
APPLY_JOB = "exchange.apply_notices"
_AT_ONCE = 25

Progress = Callable[[int, int], None]


def receive_notices(*, actor: Actor, filename: str, stream: BinaryIO, source: str = "") -> ReceiptView:
    """Keep one notice or an archive of notices and return its receipt."""
    actor.require(PERMISSION)
    return receive(actor=actor, kind=ReceiptKind.NOTICES, filename=filename, stream=stream, source=source)


def plan_notices(*, actor: Actor, receipt_id: int) -> ReceiptView:
    """Read every notice in a received file and store what taking it over will do.

    Raises ``HostileFile`` for a dangerous archive and :class:`NothingUsable` when no document in it is a notice.
    """
    actor.require(PERMISSION)
    receipt = _of_notices(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    own_numbers = accounts.own_kbo_numbers(organisation_id=actor.organisation_id)
    try:
        plan = planning.planned(actor.organisation_id, _documents(receipt), own_numbers)
        if plan.counts["documents"] == plan.counts[planning.REFUSED]:
            raise _nothing_usable(plan)
    except Rejected as error:
        _store_refusal(receipt, error)
        raise
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.PLANNED)
        receipt.plan = plan.as_json()
        receipt.save(update_fields=["status", "status_message", "plan"])
        planning.store_issues(actor.organisation_id, receipt.pk, plan.issues)
    return view_of(receipt)


def apply_notices(*, actor: Actor, receipt_id: int, progress: Progress | None = None) -> ReceiptView:
    """Take the notices of a planned file over, one transaction each.

    A file that is applied already is left as it is; an apply that was cut off goes on where it was, because what is
    registered is skipped. Raises :class:`WrongState` for a file that was not planned.
    """
    actor.require(PERMISSION)
    receipt = _of_notices(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    total = _planned_documents(receipt)
    workflow.move(receipt, ReceiptStatus.APPLYING)
    receipt.save(update_fields=["status", "status_message"])
    own_numbers = accounts.own_kbo_numbers(organisation_id=actor.organisation_id)
    counts: Counter[str] = Counter()
    for number, document in enumerate(_documents(receipt), start=1):
        outcome = apply_document(actor=actor, receipt_id=receipt.pk, document=document, own_numbers=own_numbers)
        counts[outcome] += 1
        if progress is not None:
            progress(number, total)
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLIED)
        receipt.counts = dict(counts)
        receipt.applied_at = clock.now()
        receipt.save(update_fields=["status", "status_message", "counts", "applied_at"])
        audit.record(
            actor=actor, action="notices.applied", subject="receipt", subject_key=receipt.pk, data=dict(counts)
        )
    return view_of(receipt)


def start_apply_notices(*, actor: Actor, receipt_id: int) -> int | None:
    """Apply a small file at once (returns ``None``), or hand a large one to a job and return its number."""
    actor.require(PERMISSION)
    receipt = _of_notices(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return None
    if _planned_documents(receipt) <= _AT_ONCE:
        apply_notices(actor=actor, receipt_id=receipt_id)
        return None
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLYING)
        receipt.save(update_fields=["status", "status_message"])
        return jobs.enqueue(
            kind=APPLY_JOB, actor=actor, payload={"receipt_id": receipt_id}, message=_("Aankondigingen inladen")
        )


def _of_notices(actor: Actor, receipt_id: int) -> Receipt:
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.kind != ReceiptKind.NOTICES:
        raise WrongState(_("Dit bestand bevat geen aankondigingen."), code="receipt-kind")
    return receipt


def _planned_documents(receipt: Receipt) -> int:
    if "counts" not in receipt.plan:
        raise WrongState(_("Dit bestand is nog niet nagekeken."), code="receipt-not-planned")
    return int(receipt.plan["counts"]["documents"])


def _documents(receipt: Receipt) -> Iterator[NoticeDocument]:
    path = documents.path_of(organisation_id=receipt.organisation_id, sha256=receipt.content_hash)
    return read_documents(path, receipt.filename)


def _nothing_usable(plan: planning.Planning) -> NothingUsable:
    first = plan.issues[0][1].message if plan.issues else ""
    return NothingUsable(
        first or _("In dit bestand zit geen enkele aankondiging. Plaats er XML-bestanden van aankondigingen in."),
        code="notices-none",
    )


def _store_refusal(receipt: Receipt, error: Rejected) -> None:
    """Remember why a file was refused, so that the list of files tells it too."""
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.REJECTED, message=error.message)
        receipt.save(update_fields=["status", "status_message"])
