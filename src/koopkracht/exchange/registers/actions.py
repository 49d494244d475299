"""Use cases of registers: receive, plan, apply. Small tables, so all of it happens while the user waits."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.exchange import workflow
from koopkracht.exchange.errors import NothingUsable, WrongState
from koopkracht.exchange.formats.registers import RowProblem, known_headers, registers
from koopkracht.exchange.formats.tabular import Layout, inert
from koopkracht.exchange.models import ImportIssue, Receipt, ReceiptKind, ReceiptStatus
from koopkracht.exchange.queries import find, view_of
from koopkracht.exchange.receive import receive
from koopkracht.exchange.registers.messages import sentence
from koopkracht.exchange.registers.reading import Register, read_register
from koopkracht.exchange.spend.tables import open_table
from koopkracht.exchange.types import ReceiptView
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SocialEnterpriseEntry, SupplierCandidate
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected
from koopkracht.strategy import api as strategy
from koopkracht.strategy.types.plan import PlannedPurchaseEntry

PERMISSION = "register.import"
_KEPT_PROBLEMS = 1_000
_PREVIEW_ROWS = 10


def receive_register(*, actor: Actor, filename: str, stream: BinaryIO, source: str = "") -> ReceiptView:
    """Keep a register file and return its receipt. The same file again returns the receipt that was there."""
    actor.require(PERMISSION)
    return receive(actor=actor, kind=ReceiptKind.REGISTER, filename=filename, stream=stream, source=source)


def plan_register(*, actor: Actor, receipt_id: int, register: str = "") -> ReceiptView:
    """Read a received file and store what taking it over will do; ``register`` overrules what we recognise.

    Raises ``FileUnreadable`` for what is no such register, ``WrongState`` when the file was taken over already.
    """
    actor.require(PERMISSION)
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        raise WrongState(_("Dit bestand is al ingeladen."), code="receipt-applied")
    try:
        found, layout = _read(receipt, register)
    except Rejected as error:
        with transaction.atomic():
            workflow.move(receipt, ReceiptStatus.REJECTED, message=error.message)
            receipt.save(update_fields=["status", "status_message"])
        raise
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.PLANNED)
        receipt.plan = _plan(found, layout)
        receipt.save(update_fields=["status", "status_message", "plan"])
        _store_issues(receipt, found)
    return view_of(receipt)


def apply_register(*, actor: Actor, receipt_id: int) -> ReceiptView:
    """Take the usable rows over; the others come back as a file. Applying twice changes nothing.

    Raises ``NothingUsable`` and ``WrongState``; after a refusal nothing has changed.
    """
    actor.require(PERMISSION)
    receipt = find(actor.organisation_id, receipt_id)
    if receipt.status == ReceiptStatus.APPLIED:
        return view_of(receipt)
    found, layout = _read(receipt, str(receipt.plan.get("register", "")))
    if not found.entries:
        raise NothingUsable(
            _("Geen enkele rij van dit bestand is bruikbaar. Verbeter de rijen en laad het bestand opnieuw."),
            code="nothing-usable",
        )
    rejected = _keep_rejected(actor, receipt, found, layout) if found.problems else ""
    with transaction.atomic():
        workflow.move(receipt, ReceiptStatus.APPLYING)
        _hand_over(actor, found)
        _store_issues(receipt, found)
        workflow.move(receipt, ReceiptStatus.APPLIED)
        receipt.applied_at = clock.now()
        receipt.counts = {"rows": len(found.entries), "rejected": len(found.problems), "rejected_file": rejected}
        receipt.save(update_fields=["status", "status_message", "counts", "applied_at"])
        audit.record(
            actor=actor,
            action="register.applied",
            subject="receipt",
            subject_key=receipt.pk,
            data={"register": found.spec.code, "rows": len(found.entries), "rejected": len(found.problems)},
        )
    return view_of(receipt)


def _read(receipt: Receipt, register: str) -> tuple[Register, Layout]:
    today = clock.today()
    source = receipt.source or receipt.filename
    with open_table(receipt, known_headers=known_headers()) as (stream, layout):
        return read_register(stream, layout, register=register, source=source, today=today), layout


def _plan(found: Register, layout: Layout) -> dict[str, Any]:
    """Return what a person sees before deciding: the columns, the first rows, and the counts."""
    return {
        "register": found.spec.code,
        "label": found.spec.label,
        "columns": {role: layout.columns[position] for role, position in found.columns.items()},
        "unused": [name for position, name in enumerate(layout.columns) if position not in found.columns.values()],
        "rows": len(found.entries),
        "rejected": len(found.problems),
        "preview": [_preview(entry) for entry in found.entries[:_PREVIEW_ROWS]],
    }


def _preview(entry: object) -> list[str]:
    if isinstance(entry, PlannedPurchaseEntry):
        return [entry.title, entry.product_group, str(entry.amount)]
    if isinstance(entry, SocialEnterpriseEntry):
        return [entry.name, entry.identifier or "", ", ".join(entry.product_groups)]
    if isinstance(entry, SupplierCandidate):
        return [entry.name, entry.identifier or "", entry.external_id or ""]
    return []


def _hand_over(actor: Actor, found: Register) -> None:
    """Give the entries to the context that owns them."""
    suppliers = [entry for entry in found.entries if isinstance(entry, SupplierCandidate)]
    if suppliers:
        market.resolve_suppliers(actor=actor, candidates=suppliers, source="spend")
    enterprises = [entry for entry in found.entries if isinstance(entry, SocialEnterpriseEntry)]
    if enterprises:
        market.put_social_enterprises(actor=actor, entries=enterprises)
    purchases = [entry for entry in found.entries if isinstance(entry, PlannedPurchaseEntry)]
    if purchases:
        strategy.put_planned_purchases(actor=actor, entries=purchases)


def _store_issues(receipt: Receipt, found: Register) -> None:
    ImportIssue.objects.of(receipt.organisation_id).filter(receipt=receipt).delete()
    ImportIssue.objects.bulk_create(
        [
            ImportIssue(
                organisation_id=receipt.organisation_id,
                receipt=receipt,
                severity=ImportIssue.Severity.ERROR,
                code=problem.code,
                message=sentence(found.spec, problem),
                line=problem.line,
                column=_label(found, problem),
                raw_row=[cell[:200] for cell in problem.cells[:60]],
            )
            for problem in found.problems[:_KEPT_PROBLEMS]
        ],
        batch_size=500,
    )


def _label(found: Register, problem: RowProblem) -> str:
    return found.spec.columns[problem.role].label if problem.role in found.spec.columns else ""


def _keep_rejected(actor: Actor, receipt: Receipt, found: Register, layout: Layout) -> str:
    """Keep the refused rows as a CSV file with place and reason, and return its hash."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=layout.delimiter)
    writer.writerow([*map(inert, layout.columns), _("Regel in bestand"), _("Reden van weigering")])
    width = len(layout.columns)
    for problem in found.problems:
        cells = [inert(cell) for cell in problem.cells[:width]]
        cells += [""] * (width - len(cells))
        writer.writerow([*cells, str(problem.line), inert(sentence(found.spec, problem))])
    content = io.BytesIO(text.getvalue().encode("utf-8-sig"))
    name = _("te verbeteren – %(name)s.csv") % {"name": receipt.filename.rsplit(".", 1)[0]}
    return documents.store(actor=actor, filename=name, purpose=Purpose.REGISTERS, stream=content).sha256


def register_template(*, register: str) -> bytes:
    """Return an empty CSV file with the columns of a register, ready for a spreadsheet. Raises ``KeyError``."""
    spec = registers()[register]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow([column.label for column in spec.columns.values()])
    return text.getvalue().encode("utf-8-sig")


def register_kinds() -> Sequence[tuple[str, str, str]]:
    """Return code, name and explanation of each register that can be imported."""
    return [(spec.code, spec.label, spec.help) for spec in registers().values()]
