"""A batch is there whole or not at all, and the manifest tells the truth about the files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import transaction

from koopkracht.lake import api as lake
from koopkracht.lake import types, upgrades
from koopkracht.lake.errors import BatchExists, BatchNotFound, SchemaMismatch, UnknownTable
from koopkracht.lake.types import SPEND_LINES, TABLES
from tests.accounts.factories import organisation
from tests.lake.factories import lines, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> int:
    return organisation().pk


def paths(town: int) -> list[Path]:
    return [file.path for file in lake.files(organisation_ids=[town], table=SPEND_LINES)]


def stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.LAKE_ROOT).rglob("*") if path.is_file()]


def test_a_batch_is_readable_in_the_published_schema(town: int) -> None:
    info = written(town, [1250, -300])
    (path,) = paths(town)
    table = pq.read_table(path)
    assert table.schema.equals(TABLES[SPEND_LINES].schema)
    assert table["organisation_id"].to_pylist() == [town, town]
    assert table["batch_id"].to_pylist() == [info.id, info.id]
    assert (info.rows, info.sum_cents, str(info.period_start), str(info.period_end)) == (
        2,
        950,
        "2025-03-01",
        "2025-03-02",
    )


def test_dictionary_text_and_plain_text_give_the_same_file_schema(town: int) -> None:
    encoded = lines([1, 2]).set_column(
        lines([]).schema.get_field_index("department"), "department", pa.array(["Groen", None]).dictionary_encode()
    )
    plain = lines([3]).set_column(lines([]).schema.get_field_index("department"), "department", pa.array(["Groen"]))
    with lake.write_batch(organisation_id=town, table=SPEND_LINES) as batch:
        batch.write(encoded)
        batch.write(plain)
        batch.commit()
    table = pq.read_table(paths(town)[0])
    assert table.schema.equals(TABLES[SPEND_LINES].schema)
    assert table["department"].to_pylist() == ["Groen", None, "Groen"]


def test_nobody_sees_a_batch_before_its_commit(town: int, settings: Any) -> None:
    with lake.write_batch(organisation_id=town, table=SPEND_LINES) as batch:
        batch.write(lines([1]))
        assert paths(town) == []
    assert paths(town) == []
    assert stored(settings) == []


def write_and_fail(town: int) -> None:
    with lake.write_batch(organisation_id=town, table=SPEND_LINES) as batch:
        batch.write(lines([1]))
        raise RuntimeError


def test_an_error_while_writing_leaves_nothing(town: int, settings: Any) -> None:
    with pytest.raises(RuntimeError):
        write_and_fail(town)
    assert stored(settings) == []


def commit_and_fail(town: int) -> None:
    with lake.write_batch(organisation_id=town, table=SPEND_LINES) as batch, transaction.atomic():
        batch.write(lines([1]))
        batch.commit()
        raise RuntimeError


def test_a_rolled_back_commit_leaves_an_orphan_that_is_swept(town: int, settings: Any) -> None:
    with pytest.raises(RuntimeError):
        commit_and_fail(town)
    assert paths(town) == []
    assert len(stored(settings)) == 1
    assert lake.sweep() == 0, "a fresh file may belong to a transaction that is about to commit"
    assert lake.sweep(older_than_seconds=0) == 1
    assert stored(settings) == []


def test_a_receipt_has_one_current_batch(town: int) -> None:
    first = written(town, [1], receipt_id=7)
    with pytest.raises(BatchExists):
        written(town, [1], receipt_id=7)
    lake.undo_batch(organisation_id=town, batch_id=first.id)
    written(town, [1], receipt_id=7)
    assert len(paths(town)) == 1


def test_undo_hides_the_batch_and_twice_changes_nothing(town: int) -> None:
    info = written(town, [1])
    undone = lake.undo_batch(organisation_id=town, batch_id=info.id)
    assert lake.undo_batch(organisation_id=town, batch_id=info.id).undone_at == undone.undone_at
    assert paths(town) == []
    assert lake.sweep(older_than_seconds=0) == 1


def test_batches_of_another_organisation_are_out_of_reach(town: int) -> None:
    other = organisation().pk
    info = written(other, [1])
    assert paths(town) == []
    with pytest.raises(BatchNotFound):
        lake.undo_batch(organisation_id=town, batch_id=info.id)
    assert {file.organisation_id for file in lake.files(organisation_ids=[town, other], table=SPEND_LINES)} == {other}


def test_wrong_columns_and_unknown_tables_are_refused(town: int) -> None:
    with pytest.raises(UnknownTable), lake.write_batch(organisation_id=town, table="nonsense"):
        pass
    with lake.write_batch(organisation_id=town, table=SPEND_LINES) as batch:
        with pytest.raises(SchemaMismatch):
            batch.write(lines([1]).drop_columns(["currency"]))
        index = lines([]).schema.get_field_index("currency")
        nameless = lines([1]).set_column(index, "currency", pa.array([None], pa.string()))
        with pytest.raises(SchemaMismatch):
            batch.write(nameless)


def test_verify_finds_a_missing_a_changed_and_a_wrong_file(town: int) -> None:
    good, missing, changed, wrong = (written(town, [n]) for n in (1, 2, 3, 4))
    assert lake.verify().ok
    at = {file.batch_id: file.path for file in lake.files(organisation_ids=[town], table=SPEND_LINES)}
    at[missing.id].unlink()
    at[changed.id].write_bytes(at[changed.id].read_bytes() + b"x")
    from koopkracht.lake.models import Batch

    Batch.objects.filter(pk=wrong.id).update(sum_cents=5)
    report = lake.verify(organisation_id=town)
    assert {problem.batch_id: problem.code for problem in report.problems} == {
        missing.id: "lake-file-missing",
        changed.id: "lake-file-changed",
        wrong.id: "lake-totals-differ",
    }
    assert good.id not in {problem.batch_id for problem in report.problems}


def test_an_old_batch_is_upgraded_when_it_is_read(town: int, monkeypatch: pytest.MonkeyPatch) -> None:
    info = written(town, [100, 200])
    old_path = paths(town)[0]
    schema = TABLES[SPEND_LINES].schema.append(pa.field("doubled", pa.int64()))
    newer = replace(TABLES[SPEND_LINES], version=2, schema=schema)
    monkeypatch.setattr(types, "TABLES", {SPEND_LINES: newer})
    monkeypatch.setattr("koopkracht.lake.actions.TABLES", {SPEND_LINES: newer})
    step = {
        (SPEND_LINES, 1): lambda rows: rows.append_column(
            "doubled", pa.array([2 * n for n in rows["amount_cents"].to_pylist()])
        )
    }
    monkeypatch.setattr(upgrades, "STEPS", step)
    (path,) = paths(town)
    assert pq.read_table(path)["doubled"].to_pylist() == [200, 400]
    assert path != old_path
    assert lake.batch(organisation_id=town, batch_id=info.id).schema_version == 2
    assert paths(town) == [path], "the second read finds the upgraded file"
    assert lake.verify().ok
    assert lake.sweep(older_than_seconds=0) == 1


def test_scan_reads_chosen_columns_in_pieces(town: int) -> None:
    written(town, [1, 2, 3])
    info = written(town, [4])
    found = [
        part.column(0).to_pylist()
        for part in lake.scan(organisation_id=town, table=SPEND_LINES, columns=["amount_cents"], rows_at_once=2)
    ]
    assert found == [[1, 2], [3], [4]]
    (only,) = lake.scan(organisation_id=town, table=SPEND_LINES, columns=["amount_cents"], batch_ids=[info.id])
    assert only.column(0).to_pylist() == [4]
