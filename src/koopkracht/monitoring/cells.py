"""From lines to cells: per batch the lines added up by what matters for assignment and by month.

A batch never changes, so its cells are computed once and kept in a file beside the lake. Everything in that folder can
be thrown away: it is computed again from the lake. A large batch is added up in pieces, so that memory stays flat; the
same cell may therefore occur once per piece, and whoever reads cells adds them up.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from koopkracht.lake.types import LakeFile
from koopkracht.monitoring import engine
from koopkracht.monitoring.assignment import Assigner
from koopkracht.monitoring.models import KEY_LENGTH
from koopkracht.monitoring.types import EURO, NO_SUPPLIER, Combination

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

CELL_VERSION = 2
KEY = ("supplier_id", "account_code", "description_key", "cpv")
"""What a combination is; lines with the same key are assigned together."""

_NOT_LETTERS = r"[^a-zà-öø-ÿ]+"
_KEPT_GENERATIONS = 2
_AT_ONCE = 65_536
_PIECE = 524_288
_READ = (
    "supplier_id", "account_code", "account_name", "cpv", "currency", "year", "booking_date", "amount_cents",
    "description",
)  # fmt: skip
_PLAIN = bytes(ord(chr(one).lower() if chr(one).isalpha() else " ") if one < 0x80 else one for one in range(0x100))
"""What each byte becomes before descriptions are compared: digits and signs a space, Latin capitals small letters."""
_NUMBERED = ("account_code", "account_name", "cpv", "currency")
_TEXT = pa.dictionary(pa.int32(), pa.string())
_CELL_SCHEMA = pa.schema(
    [
        pa.field("supplier_id", pa.int64()),
        pa.field("account_code", _TEXT),
        pa.field("description_key", _TEXT),
        pa.field("cpv", _TEXT),
        pa.field("currency", _TEXT),
        pa.field("year", pa.int32()),
        pa.field("month", pa.int32()),
        pa.field("account_name", _TEXT),
        pa.field("cents", pa.int64()),
        pa.field("lines", pa.int64()),
    ]
)
_ASSIGNED_SCHEMA = pa.schema(
    [
        pa.field("supplier_id", pa.int64()),
        pa.field("account_code", pa.string()),
        pa.field("description_key", pa.string()),
        pa.field("cpv", pa.string()),
        pa.field("account_name", pa.string()),
        pa.field("cents", pa.int64()),
        pa.field("lines", pa.int64()),
        pa.field("counted_supplier_id", pa.int64()),
        pa.field("product_group", pa.string()),
        pa.field("assigned_by", pa.string()),
        pa.field("rule", pa.string()),
    ]
)


def folder_of(organisation_id: int) -> Path:
    """Return the folder with the derived files of an organisation."""
    return Path(settings.DERIVED_ROOT) / str(organisation_id)


def assigned_path(organisation_id: int, generation: str) -> Path:
    """Return the file with the assigned combinations of one generation."""
    return folder_of(organisation_id) / f"assigned-{generation}.parquet"


def description_key(column: StringValue) -> StringValue:
    """Return a description without numbers and signs, so that recurring lines look the same."""
    return column.fill_null("").lower().re_replace(_NOT_LETTERS, " ").strip().substr(0, KEY_LENGTH).strip()


def with_key(lines: Table) -> Table:
    """Return lines with the columns of their combination, without nulls in them."""
    return lines.mutate(
        supplier_id=lines.supplier_id.fill_null(NO_SUPPLIER),
        account_code=lines.account_code.fill_null(""),
        account_name=lines.account_name.fill_null(""),
        cpv=lines.cpv.fill_null(""),
        description_key=description_key(lines.description),
    )


def ensure(file: LakeFile) -> Path:
    """Return the cells of a batch, computing them when they are not there yet."""
    path = folder_of(file.organisation_id) / f"cells-{file.batch_id}.v{CELL_VERSION}.parquet"
    if not path.exists():
        with (
            engine.new_file(path) as temporary,
            pq.ParquetFile(file.path) as source,
            pq.ParquetWriter(temporary, _CELL_SCHEMA, compression="zstd", store_schema=False) as writer,
        ):
            for piece in source.iter_batches(batch_size=_PIECE, columns=list(_READ)):
                writer.write_table(_cells_of(piece))
    return path


def _cells_of(piece: pa.RecordBatch) -> pa.Table:
    """Add up some lines by combination and month. Texts take part as numbers, which are much quicker to compare."""
    import ibis

    numbers, texts = {}, {}
    numbers["description_key"], texts["description_key"] = keys_of(piece.column("description"))
    for name in _NUMBERED:
        numbers[name], texts[name] = _numbered(piece.column(name))
    others = {name: piece.column(name) for name in _READ if name not in (*numbers, "description")}
    lines = ibis.memtable(pa.table({**others, **numbers}))
    filled = lines.mutate(
        supplier_id=lines.supplier_id.fill_null(NO_SUPPLIER),
        month=lines.booking_date.month().cast("int32"),
    )
    added = filled.group_by([*KEY, "currency", "year", "month"]).agg(
        account_name=filled.account_name.max(),
        cents=filled.amount_cents.sum().cast("int64"),
        lines=filled.count(),
    )
    found = engine.fetch(added)
    columns = {name: found.column(name).combine_chunks() for name in _CELL_SCHEMA.names}
    columns |= {name: pa.DictionaryArray.from_arrays(columns[name], texts[name]) for name in texts}
    return pa.table(columns).cast(_CELL_SCHEMA)


def _numbered(texts: pa.StringArray) -> tuple[pa.Int32Array, pa.StringArray]:
    """Return the texts as places in a sorted list, and that list: the largest place is the last text."""
    encoded = pc.fill_null(texts, "").dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    places = pc.sort_indices(order).cast(pa.int32())
    return places.take(encoded.indices), encoded.dictionary.take(order)


def keys_of(descriptions: pa.StringArray) -> tuple[pa.Int32Array, pa.StringArray]:
    """Return for each description the number of its key, and the keys.

    Working out a key is slow, and numbers make almost every description of a ledger unique. So first every digit and
    sign becomes a space, which is one look-up per byte and changes no key; only what then still differs is worked out.
    """
    import ibis

    plain = _plain(pc.fill_null(descriptions, "")).dictionary_encode()
    texts = ibis.memtable(
        pa.table({"place": pa.array(range(len(plain.dictionary)), pa.int32()), "text": plain.dictionary})
    )
    worked_out = engine.fetch(texts.select("place", key=description_key(texts.text)).order_by("place"))
    keys = worked_out.column("key").cast(pa.string()).combine_chunks().dictionary_encode()
    return keys.indices.take(plain.indices), keys.dictionary


def _plain(texts: pa.StringArray) -> pa.StringArray:
    """Return the texts with ``_PLAIN`` applied to every byte; bytes of other letters stay, so lengths do as well."""
    valid, offsets, data = texts.buffers()
    if data is None:
        return texts
    replaced = pa.py_buffer(data.to_pybytes().translate(_PLAIN))
    return pa.StringArray.from_buffers(len(texts), offsets, replaced, valid, texts.null_count, texts.offset)


def assign(cells: Sequence[Path], *, organisation_id: int, assigner: Assigner) -> tuple[str, int]:
    """Assign every combination in ``cells``; return the new generation and how many combinations it holds."""
    generation = uuid.uuid4().hex
    target = assigned_path(organisation_id, generation)
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with pq.ParquetWriter(target, _ASSIGNED_SCHEMA, compression="zstd") as writer:
        for batch in _combinations(cells):
            writer.write_batch(_assigned(batch, assigner))
            count += batch.num_rows
    return generation, count


def _combinations(cells: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    import ibis

    if not cells:
        return
    with engine.parquet(cells) as table:
        euro = table.currency == EURO
        combinations = (
            table.group_by(list(KEY))
            .agg(
                account_name=table.account_name.max(),
                cents=ibis.ifelse(euro, table.cents, 0).sum().cast("int64"),
                lines=table.lines.sum().cast("int64"),
            )
            .order_by(list(KEY))
        )
        yield from engine.fetch(combinations).to_batches(max_chunksize=_AT_ONCE)


def _assigned(batch: pa.RecordBatch, assigner: Assigner) -> pa.RecordBatch:
    names = ("supplier_id", "account_code", "account_name", "description_key", "cpv")
    columns = [batch.column(name).to_pylist() for name in names]
    answers = [assigner(Combination(*values)) for values in zip(*columns, strict=True)]
    own = {
        "counted_supplier_id": [assigner.speaks_for(supplier) for supplier in columns[0]],
        "product_group": [one.product_group for one in answers],
        "assigned_by": [one.by.value for one in answers],
        "rule": [one.rule for one in answers],
    }
    arrays = [
        pa.array(own[field.name], type=field.type) if field.name in own else batch.column(field.name).cast(field.type)
        for field in _ASSIGNED_SCHEMA
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=_ASSIGNED_SCHEMA)


def clean_up(*, organisation_id: int, generation: str, batch_ids: Collection[str]) -> None:
    """Remove cells of batches that are gone and generations that no reader can still be using."""
    folder = folder_of(organisation_id)
    for path in folder.glob("cells-*.parquet"):
        if path.name.removeprefix("cells-").split(".")[0] not in batch_ids:
            path.unlink(missing_ok=True)
    older = sorted(
        (path for path in folder.glob("assigned-*.parquet") if path != assigned_path(organisation_id, generation)),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in older[_KEPT_GENERATIONS - 1 :]:
        path.unlink(missing_ok=True)
