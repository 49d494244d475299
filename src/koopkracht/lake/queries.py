"""Reads of the manifest, and the check of the manifest against the files."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from koopkracht.lake import storage
from koopkracht.lake.errors import BatchNotFound
from koopkracht.lake.models import Batch, BatchStatus
from koopkracht.lake.types import TABLES, BatchInfo, VerifyProblem, VerifyReport


def info_of(batch: Batch) -> BatchInfo:
    """Return the manifest row as a value."""
    return BatchInfo(
        id=batch.pk,
        organisation_id=batch.organisation_id,
        table=batch.table,
        schema_version=batch.schema_version,
        file_name=batch.file_name,
        sha256=batch.sha256,
        rows=batch.rows,
        sum_cents=batch.sum_cents,
        period_start=batch.period_start,
        period_end=batch.period_end,
        status=batch.status,
        receipt_id=batch.receipt_id,
        created_at=batch.created_at,
        undone_at=batch.undone_at,
    )


def current_batches(organisation_ids: Sequence[int], table: str) -> list[Batch]:
    """Return the manifest rows that readers may see, in a stable order."""
    return list(
        Batch.objects.filter(organisation_id__in=organisation_ids, table=table, status=BatchStatus.CURRENT).order_by(
            "organisation_id", "created_at", "pk"
        )
    )


def batches(*, organisation_id: int, table: str, with_undone: bool = False) -> tuple[BatchInfo, ...]:
    """Return the batches of an organisation, newest first."""
    rows = Batch.objects.of(organisation_id).filter(table=table)
    if not with_undone:
        rows = rows.filter(status=BatchStatus.CURRENT)
    return tuple(info_of(batch) for batch in rows.order_by("-created_at", "pk"))


def batch(*, organisation_id: int, batch_id: str) -> BatchInfo:
    """Return one batch. Raises :class:`BatchNotFound`."""
    found = Batch.objects.of(organisation_id).filter(pk=batch_id).first()
    if found is None:
        raise BatchNotFound(_("Deze gegevens bestaan niet (meer)."), code="batch-not-found", batch_id=batch_id)
    return info_of(found)


def verify(*, organisation_id: int | None = None) -> VerifyReport:
    """Compare every current batch with its file: present, unchanged, same number of rows, same sum."""
    wanted = Batch.objects.filter(status=BatchStatus.CURRENT).order_by("organisation_id", "pk")
    if organisation_id is not None:
        wanted = wanted.filter(organisation_id=organisation_id)
    problems: list[VerifyProblem] = []
    count = rows = 0
    for found in wanted.iterator():
        count += 1
        rows += found.rows
        problem = _check(found)
        if problem:
            problems.append(problem)
    return VerifyReport(batches=count, rows=rows, problems=tuple(problems))


def _check(found: Batch) -> VerifyProblem | None:
    """Return what is wrong with one batch, the gravest first."""
    path = storage.path_of(found.organisation_id, found.table, found.file_name)
    if not path.exists():
        return VerifyProblem("lake-file-missing", found.pk, _("Het bestand %(name)s ontbreekt.") % {"name": path.name})
    if storage.hash_of(path) != found.sha256:
        return VerifyProblem(
            "lake-file-changed", found.pk, _("Het bestand %(name)s is gewijzigd na het inladen.") % {"name": path.name}
        )
    amount_column = TABLES[found.table].amount_column
    total = 0
    with pq.ParquetFile(path) as source:
        rows = source.metadata.num_rows
        if amount_column:
            total = sum(_sum(part.column(0)) for part in source.iter_batches(columns=[amount_column]))
    if (rows, total) != (found.rows, found.sum_cents):
        return VerifyProblem(
            "lake-totals-differ",
            found.pk,
            _("Aantal of som van %(name)s verschilt van het register.") % {"name": path.name},
        )
    return None


def _sum(values: pa.Array) -> int:
    return int(pc.sum(values).as_py() or 0)
