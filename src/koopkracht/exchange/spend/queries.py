"""Reads about spend files: the batches that count, and the rejected lines to mend."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from koopkracht.documents import api as documents
from koopkracht.exchange.errors import ReceiptNotFound
from koopkracht.exchange.models import Receipt
from koopkracht.exchange.queries import find
from koopkracht.exchange.types import SpendBatchView
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES


def spend_batches(*, organisation_id: int) -> tuple[SpendBatchView, ...]:
    """Return the batches whose lines count in the analysis, newest first."""
    batches = lake.batches(organisation_id=organisation_id, table=SPEND_LINES)
    names = dict(
        Receipt.objects.of(organisation_id)
        .filter(pk__in=[batch.receipt_id for batch in batches if batch.receipt_id])
        .values_list("pk", "filename")
    )
    return tuple(
        SpendBatchView(
            batch_id=batch.id,
            receipt_id=batch.receipt_id,
            filename=names.get(batch.receipt_id or 0, ""),
            rows=batch.rows,
            sum_cents=batch.sum_cents,
            period_start=batch.period_start,
            period_end=batch.period_end,
            created_at=batch.created_at,
        )
        for batch in batches
    )


def rejected_file(*, organisation_id: int, receipt_id: int) -> tuple[str, Path]:
    """Return the name and the path of the lines to mend. Raises :class:`ReceiptNotFound` when there are none."""
    receipt = find(organisation_id, receipt_id)
    sha256 = receipt.counts.get("rejected_file")
    if not sha256:
        raise ReceiptNotFound(_("Voor dit bestand zijn er geen lijnen te verbeteren."), code="no-rejected-lines")
    name = _("te verbeteren – %(name)s.csv") % {"name": Path(receipt.filename).stem}
    return name, documents.path_of(organisation_id=organisation_id, sha256=sha256)
