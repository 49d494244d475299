"""Use cases of invoices: receive, plan, apply, judge again.

An invoice that breaks a rule is kept too, refused with its reasons: that is what the inbox is for. Only a file that is
no invoice at all is left out, with an issue on the receipt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.contracts import api as contracts
from koopkracht.contracts.types import InvoiceDetail, InvoiceInput
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.exchange import workflow
from koopkracht.exchange.artefacts.actions import invoice_rules
from koopkracht.exchange.errors import NothingUsable, WrongState
from koopkracht.exchange.formats.ubl_batch import JudgedDocument
from koopkracht.exchange.invoices.judging import judged_batch, judged_documents
from koopkracht.exchange.invoices.translation import SOURCE, candidate, invoice_input
from koopkracht.exchange.models import ImportIssue, Receipt, ReceiptKind, ReceiptStatus
from koopkracht.exchange.queries import find, view_of
from koopkracht.exchange.receive import receive, remember_origin
from koopkracht.exchange.types import ReceiptView
from koopkracht.jobs import api as jobs
from koopkracht.market import api as market
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import Member

__all__ = [
    "APPLY_JOB",
    "apply_invoices",
    "judge_invoice_again",
    "plan_invoices",
    "receive_invoices",
    "start_apply_invoices",
]

PERMISSION = "invoice.import"
APPLY_JOB = "exchange.apply_invoices"
REFUSED, ACCEPTABLE, KNOWN, UNREADABLE = "refused", "acceptable", "known", "unreadable"
_AT_ONCE = 200
_BATCH = 200
_SHOWN = 2_000

Progress = Callable[[int, int], None]
Judged = tuple[Member, JudgedDocument]


def receive_invoices(*, actor: Actor, filename: str, stream: BinaryIO, source: str = "") -> ReceiptView:
    """Keep one invoice or an archive of invoices and return its receipt."""
    actor.require(PERMISSION)
    return receive(actor=actor, kind=ReceiptKind.INVOICES, filename=filename, stream=stream, source=source)


def plan_invoices(*, actor: Actor, receipt_id: int) -> ReceiptView:
    """Judge every invoice in a received file and store what taking it over will do.

    Raises ``HostileFile`` for a dangerous archive and :class:`NothingUsable` when no document in it is an invoice.
    """
    actor.require(PERMISSION)
    receipt = _of_invoices(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    try:
        counts, lines, issues = _planned(receipt)
        if counts["documents"] == counts[UNREADABLE]:
            raise _nothing_usable(issues)
    except Rejected as error:
        with transaction.atomic():
            workflow.move(receipt, ReceiptStatus.REJECTED, message=error.message)
            receipt.save(update_fields=["status", "status_message"])
        raise
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.PLANNED)
        receipt.plan = {"counts": dict(counts), "documents": lines[:_SHOWN], "not_shown": max(0, len(lines) - _SHOWN)}
        receipt.save(update_fields=["status", "status_message", "plan"])
        _store_issues(receipt, issues)
    return view_of(receipt)


def apply_invoices(*, actor: Actor, receipt_id: int, progress: Progress | None = None) -> ReceiptView:
    """Put the invoices of a planned file in the inbox, one transaction each.

    An apply that was cut off goes on where it was, because what is in the inbox is skipped. Raises
    :class:`WrongState` for a file that was not planned.
    """
    actor.require(PERMISSION)
    receipt = _of_invoices(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    total = _planned_documents(receipt)
    workflow.move(receipt, ReceiptStatus.APPLYING)
    receipt.save(update_fields=["status", "status_message"])
    counts: Counter[str] = Counter()
    judged = _judged(receipt)
    while batch := list(islice(judged, _BATCH)):
        _apply_batch(actor, receipt, batch, counts)
        if progress is not None:
            progress(counts.total(), total)
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLIED)
        receipt.counts = dict(counts)
        receipt.applied_at = clock.now()
        receipt.save(update_fields=["status", "status_message", "counts", "applied_at"])
        audit.record(
            actor=actor, action="invoices.applied", subject="receipt", subject_key=receipt.pk, data=dict(counts)
        )
    return view_of(receipt)


def start_apply_invoices(*, actor: Actor, receipt_id: int) -> int | None:
    """Apply a small file at once (returns ``None``), or hand a large one to a job and return its number."""
    actor.require(PERMISSION)
    receipt = _of_invoices(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return None
    if _planned_documents(receipt) <= _AT_ONCE:
        apply_invoices(actor=actor, receipt_id=receipt_id)
        return None
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLYING)
        receipt.save(update_fields=["status", "status_message"])
        return jobs.enqueue(
            kind=APPLY_JOB, actor=actor, payload={"receipt_id": receipt_id}, message=_("Facturen inladen")
        )


def judge_invoice_again(*, actor: Actor, invoice_id: int) -> InvoiceDetail:
    """Hold an invoice against the rules that are loaded now, and return it as it stands then."""
    actor.require(PERMISSION)
    detail = contracts.invoice(organisation_id=actor.organisation_id, invoice_id=invoice_id)
    with documents.open_document(organisation_id=actor.organisation_id, sha256=detail.content_hash) as stream:
        member = Member(name=detail.row.number or "factuur.xml", data=stream.read())
    judged = judged_batch([member], invoice_rules())[0]
    if judged.verdict is None:
        raise Rejected(judged.refusal, code=judged.refusal_code)
    stated = invoice_input(judged.verdict, sha256=detail.content_hash, supplier_id=detail.row.supplier_id)
    contracts.record_invoice(actor=actor, invoice=stated)
    return contracts.invoice(organisation_id=actor.organisation_id, invoice_id=invoice_id)


def _apply_batch(actor: Actor, receipt: Receipt, batch: list[Judged], counts: Counter[str]) -> None:
    hashes = [judged.sha256 for _, judged in batch]
    known = contracts.known_hashes(organisation_id=actor.organisation_id, hashes=hashes)
    fresh = {
        judged.sha256: (member, judged.verdict)
        for member, judged in batch
        if judged.verdict is not None and judged.sha256 not in known
    }
    counts[UNREADABLE] += sum(judged.verdict is None for _, judged in batch)
    counts[KNOWN] += len(batch) - len(fresh) - sum(judged.verdict is None for _, judged in batch)
    suppliers = market.resolve_suppliers(
        actor=actor,
        candidates=[candidate(key, verdict.invoice.seller) for key, (_, verdict) in fresh.items()],
        source=SOURCE,
    )
    for sha256, (member, verdict) in fresh.items():
        stated = invoice_input(verdict, sha256=sha256, supplier_id=suppliers.get(sha256))
        counts[_apply_one(actor, receipt, member, stated)] += 1


def _apply_one(actor: Actor, receipt: Receipt, member: Member, stated: InvoiceInput) -> str:
    # The bytes are kept by themselves, also when they came in an archive; an orphan after a crash does no harm.
    documents.store(filename=member.name, purpose=Purpose.INVOICES, data=member.data, actor=actor)
    with transaction.atomic():
        invoice_id, state = contracts.record_invoice(actor=actor, invoice=stated)
        remember_origin(
            organisation_id=actor.organisation_id,
            object_type="invoice",
            object_id=invoice_id,
            receipt_id=receipt.pk,
            pointer=member.name,
        )
    return state


def _planned(receipt: Receipt) -> tuple[Counter[str], list[dict[str, Any]], list[ImportIssue]]:
    counts: Counter[str] = Counter()
    lines: list[dict[str, Any]] = []
    issues: list[ImportIssue] = []
    judged = _judged(receipt)
    while batch := list(islice(judged, _BATCH)):
        hashes = [document.sha256 for _, document in batch]
        known = contracts.known_hashes(organisation_id=receipt.organisation_id, hashes=hashes)
        for member, document in batch:
            line = _plan_line(member, document, is_known=document.sha256 in known)
            counts["documents"] += 1
            counts[line["outcome"]] += 1
            lines.append(line)
            if document.verdict is None:
                issues.append(_issue(receipt, member, document))
    return counts, lines, issues


def _plan_line(member: Member, document: JudgedDocument, *, is_known: bool) -> dict[str, Any]:
    line = {"name": member.name, "sha256": document.sha256, "outcome": UNREADABLE, "message": document.refusal}
    verdict = document.verdict
    if verdict is None:
        return line
    record = verdict.invoice
    fatal = [reason.rule for reason in verdict.reasons if reason.is_fatal]
    return line | {
        "outcome": KNOWN if is_known else REFUSED if fatal else ACCEPTABLE,
        "number": record.number or "",
        "seller": record.seller.name or "",
        "date": record.issue_date or "",
        "payable": record.totals.payable or "",
        "currency": record.currency or "",
        "rules": sorted(set(fatal)),
    }


def _issue(receipt: Receipt, member: Member, document: JudgedDocument) -> ImportIssue:
    return ImportIssue(
        organisation_id=receipt.organisation_id,
        receipt=receipt,
        severity=ImportIssue.Severity.ERROR,
        code=document.refusal_code[:60],
        message=document.refusal,
        column=member.name[-200:],
    )


def _store_issues(receipt: Receipt, issues: list[ImportIssue]) -> None:
    ImportIssue.objects.of(receipt.organisation_id).filter(receipt_id=receipt.pk).delete()
    ImportIssue.objects.bulk_create(issues, batch_size=500)


def _judged(receipt: Receipt) -> Iterator[Judged]:
    path = documents.path_of(organisation_id=receipt.organisation_id, sha256=receipt.content_hash)
    return judged_documents(path, receipt.filename, invoice_rules())


def _of_invoices(actor: Actor, receipt_id: int) -> Receipt:
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.kind != ReceiptKind.INVOICES:
        raise WrongState(_("Dit bestand bevat geen facturen."), code="receipt-kind")
    return receipt


def _planned_documents(receipt: Receipt) -> int:
    if "counts" not in receipt.plan:
        raise WrongState(_("Dit bestand is nog niet nagekeken."), code="receipt-not-planned")
    return int(receipt.plan["counts"]["documents"])


def _nothing_usable(issues: list[ImportIssue]) -> NothingUsable:
    if len(issues) == 1:
        return NothingUsable(issues[0].message, code=issues[0].code)
    return NothingUsable(
        _("In dit bestand zit geen enkele factuur. Plaats er UBL-facturen (XML) in."), code="invoices-none"
    )
