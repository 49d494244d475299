"""Use cases of spend files: receive, plan, choose, apply, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.exchange import workflow
from koopkracht.exchange.errors import FileUnreadable, MappingIncomplete, WrongState
from koopkracht.exchange.formats import spend
from koopkracht.exchange.models import ColumnMapping, Receipt, ReceiptKind, ReceiptStatus
from koopkracht.exchange.queries import find, view_of
from koopkracht.exchange.receive import receive_tables
from koopkracht.exchange.spend import applying, planning
from koopkracht.exchange.spend.messages import question
from koopkracht.exchange.spend.planning import Choice
from koopkracht.exchange.spend.tables import open_table
from koopkracht.exchange.types import ReceiptView
from koopkracht.jobs import api as jobs
from koopkracht.lake import api as lake
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected

PERMISSION = "spend.import"
PLAN_JOB, APPLY_JOB = "exchange.plan_spend", "exchange.apply_spend"
_PLAN_AT_ONCE_BYTES = 12 * 1024 * 1024

Progress = Callable[[int], None]


def receive_spend(*, actor: Actor, filename: str, stream: BinaryIO, source: str = "") -> tuple[ReceiptView, ...]:
    """Keep a spend file (or each table in a ZIP archive) and return the receipts."""
    actor.require(PERMISSION)
    return receive_tables(actor=actor, kind=ReceiptKind.SPEND, filename=filename, stream=stream, source=source)


def plan_spend(
    *, actor: Actor, receipt_id: int, choice: Choice | None = None, progress: Progress | None = None
) -> ReceiptView:
    """Look at a received file and store what taking it over will do. Raises what makes the file unreadable."""
    actor.require(PERMISSION)
    receipt = _plannable(actor, receipt_id)
    try:
        with open_table(receipt, known_headers=spend.known_headers()) as (stream, layout):
            reading = planning.read(receipt, stream, layout, choice)
            plan = planning.trial(receipt, stream, reading, progress or _no_progress)
    except Rejected as error:
        _store_refusal(actor, receipt, error)
        raise
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.PLANNED)
        receipt.plan = plan
        receipt.save(update_fields=["status", "status_message", "plan"])
        if choice and choice.columns is not None and not reading.questions:
            _remember(receipt)
    return view_of(receipt)


def start_plan(*, actor: Actor, receipt_id: int, choice: Choice | None = None) -> int | None:
    """Plan a small file at once (returns ``None``) or hand a large one to a job and return its number."""
    actor.require(PERMISSION)
    receipt = _plannable(actor, receipt_id)
    if receipt.size <= _PLAN_AT_ONCE_BYTES:
        plan_spend(actor=actor, receipt_id=receipt_id, choice=choice)
        return None
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.PLANNING)
        payload = {"receipt_id": receipt_id, "choice": choice_to_json(choice)}
        return _hand_over(actor, receipt, PLAN_JOB, payload, _("Bestand nakijken"))


def start_apply(*, actor: Actor, receipt_id: int) -> int:
    """Hand the apply of a planned file to a job and return its number.

    Raises :class:`MappingIncomplete` while something must be chosen, :class:`WrongState` when it is not planned.
    """
    actor.require(PERMISSION)
    with transaction.atomic():
        receipt = _ready(actor, receipt_id)
        _remember(receipt)
        return _hand_over(actor, receipt, APPLY_JOB, {"receipt_id": receipt_id}, _("Uitgaven inladen"))


def apply_spend(*, actor: Actor, receipt_id: int, progress: Progress | None = None) -> ReceiptView:
    """Take a planned file over into the lake. A file that is applied already is left as it is.

    Raises :class:`MappingIncomplete`, :class:`WrongState`, ``NothingUsable``; after a refusal nothing has changed.
    """
    actor.require(PERMISSION)
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    receipt = _ready(actor, receipt_id)
    receipt.save(update_fields=["status", "status_message"])
    try:
        with open_table(receipt, known_headers=spend.known_headers()) as (stream, layout):
            applying.apply(
                actor=actor, receipt=receipt, stream=stream, layout=layout, progress=progress or _no_progress
            )
    except Rejected as error:
        workflow.move(receipt, ReceiptStatus.FAILED, message=error.message)
        receipt.save(update_fields=["status", "status_message"])
        raise
    return view_of(receipt)


def undo_spend(*, actor: Actor, receipt_id: int) -> ReceiptView:
    """Take the lines of a file out of the analysis; the file itself stays and can be applied again."""
    actor.require(PERMISSION)
    with transaction.atomic():
        receipt = _of_spend(actor, receipt_id)
        workflow.move(receipt, ReceiptStatus.UNDONE)
        batch = lake.undo_batch(organisation_id=actor.organisation_id, batch_id=receipt.counts["batch_id"])
        receipt.save(update_fields=["status", "status_message"])
        audit.record(
            actor=actor,
            action="spend.undone",
            subject="receipt",
            subject_key=receipt.pk,
            data={"batch": batch.id, "rows": batch.rows, "sum_cents": batch.sum_cents},
        )
    return view_of(receipt)


def choice_to_json(choice: Choice | None) -> dict[str, object] | None:
    """Return a choice as plain values for a job."""
    if choice is None:
        return None
    columns = None if choice.columns is None else {role.value: number for role, number in choice.columns.items()}
    return {
        "columns": columns,
        "decimal": choice.decimal,
        "date_order": choice.date_order,
        "currency": choice.currency,
        "negate": choice.negate,
    }


def _hand_over(actor: Actor, receipt: Receipt, kind: str, payload: dict[str, Any], message: str) -> int:
    """Give the work to a job and note its number on the receipt, so that the page can show the progress."""
    number = jobs.enqueue(kind=kind, actor=actor, payload=payload, message=message)
    receipt.plan = {**receipt.plan, "job_id": number}
    receipt.save(update_fields=["status", "status_message", "plan"])
    return number


def _ready(actor: Actor, receipt_id: int) -> Receipt:
    """Return the receipt, moved to applying but not saved, or raise why it cannot be applied."""
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.kind != ReceiptKind.SPEND or "mapping" not in receipt.plan:
        raise WrongState(_("Dit bestand is nog niet nagekeken."), code="receipt-not-planned")
    questions = receipt.plan.get("questions", [])
    if questions:
        raise MappingIncomplete(question(questions[0]), code="mapping-incomplete", questions=questions)
    workflow.move(receipt, ReceiptStatus.APPLYING)
    return receipt


def _of_spend(actor: Actor, receipt_id: int) -> Receipt:
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.kind != ReceiptKind.SPEND:
        raise WrongState(_("Dit bestand bevat geen uitgaven."), code="receipt-kind")
    return receipt


def _plannable(actor: Actor, receipt_id: int) -> Receipt:
    receipt = _of_spend(actor, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        raise WrongState(
            _("Dit bestand is al ingeladen. Maak dat eerst ongedaan als u het anders wilt inladen."),
            code="receipt-applied",
        )
    return receipt


def _store_refusal(actor: Actor, receipt: Receipt, error: Rejected) -> None:
    """Remember why a file was refused, so that the list of files tells it too."""
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.REJECTED, message=error.message)
        receipt.save(update_fields=["status", "status_message"])
        if isinstance(error, FileUnreadable):
            audit.record(
                actor=actor,
                action="receipt.rejected",
                subject="receipt",
                subject_key=receipt.pk,
                data={"code": error.code},
            )


def _remember(receipt: Receipt) -> None:
    """Keep the mapping for the next file of this layout."""
    ColumnMapping.objects.update_or_create(
        organisation_id=receipt.organisation_id,
        kind=ReceiptKind.SPEND,
        fingerprint=receipt.plan["fingerprint"],
        defaults={"mapping": receipt.plan["mapping"], "updated_at": clock.now()},
    )


def _no_progress(_done: int) -> None:
    """Nobody is watching."""
