"""Apply: the usable lines become one batch in the lake, all at once; the others come back with their reasons."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.exchange import workflow
from koopkracht.exchange.errors import NothingUsable
from koopkracht.exchange.formats.spend import SpendMapping
from koopkracht.exchange.formats.tabular import Layout
from koopkracht.exchange.models import ImportIssue, Receipt, ReceiptStatus
from koopkracht.exchange.receive import remember_origin
from koopkracht.exchange.spend import pipeline
from koopkracht.exchange.spend.messages import sentence
from koopkracht.exchange.spend.outcome import Outcome, RejectedLines
from koopkracht.exchange.spend.suppliers import SupplierIds
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

Progress = Callable[[int], None]
BATCH_TYPE = "lake.Batch"


def apply(*, actor: Actor, receipt: Receipt, stream: BinaryIO, layout: Layout, progress: Progress) -> None:
    """Write the batch, the issues and the file of rejected lines; the receipt becomes applied in the same transaction.

    Killed at any moment, this leaves no line: suppliers met on the way are in the register already, and running
    again finds them back.
    """
    mapping = SpendMapping.from_json(receipt.plan["mapping"])
    outcome, suppliers = Outcome(), SupplierIds(actor)
    with (
        _garbage_of_its_own(),
        tempfile.TemporaryDirectory(prefix="koopkracht-") as folder,
        lake.write_batch(organisation_id=actor.organisation_id, table=SPEND_LINES, receipt_id=receipt.pk) as batch,
    ):
        rejected = RejectedLines(Path(folder) / "rejected.csv", layout)
        for part in pipeline.stream(stream, layout, mapping):
            outcome.add(part.converted)
            rejected.add(part.converted.problems)
            batch.write(suppliers.complete(part.converted))
            progress(part.bytes_done)
        rejected.close()
        if not outcome.rows:
            raise NothingUsable(
                _("Geen enkele lijn van dit bestand is bruikbaar. Kijk na of de juiste kolommen gekozen zijn."),
                code="nothing-usable",
            )
        counts = {**outcome.to_json(), "suppliers": suppliers.distinct()}
        if rejected.count:
            counts["rejected_file"] = _keep(actor, receipt, rejected.path)
        _commit(actor, receipt, batch, outcome, counts)


@contextmanager
def _garbage_of_its_own() -> Iterator[None]:
    """Let the collector of cycles look at what the import makes, and not, over and over, at the whole platform."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _keep(actor: Actor, receipt: Receipt, path: Path) -> str:
    """Keep the file of rejected lines and return its hash."""
    name = _("te verbeteren – %(name)s.csv") % {"name": Path(receipt.filename).stem}
    with path.open("rb") as stream:
        return documents.store(actor=actor, filename=name, purpose=Purpose.SPEND, stream=stream).sha256


def _commit(actor: Actor, receipt: Receipt, batch: lake.BatchWriter, outcome: Outcome, counts: dict[str, Any]) -> None:
    """Let everything become true together."""
    with transaction.atomic():
        info = batch.commit()
        ImportIssue.objects.of(actor.organisation_id).filter(receipt=receipt).delete()
        ImportIssue.objects.bulk_create(_issues(receipt, outcome), batch_size=500)
        remember_origin(
            organisation_id=actor.organisation_id, object_type=BATCH_TYPE, object_id=info.id, receipt_id=receipt.pk
        )
        workflow.move(receipt, ReceiptStatus.APPLIED)
        receipt.counts = {**counts, "batch_id": info.id}
        receipt.applied_at = clock.now()
        receipt.save(update_fields=["status", "status_message", "counts", "applied_at"])
        audit.record(
            actor=actor,
            action="spend.applied",
            subject="receipt",
            subject_key=receipt.pk,
            data={"batch": info.id, "rows": info.rows, "sum_cents": info.sum_cents, "rejected": outcome.rejected},
        )


def _issues(receipt: Receipt, outcome: Outcome) -> list[ImportIssue]:
    return [
        ImportIssue(
            organisation_id=receipt.organisation_id,
            receipt=receipt,
            severity=ImportIssue.Severity.ERROR if problem.rejected else ImportIssue.Severity.WARNING,
            code=problem.code,
            message=sentence(problem),
            line=problem.line,
            column=problem.column[:200],
            raw_row=[cell[:200] for cell in problem.cells[:60]],
        )
        for problem in outcome.problems
    ]
