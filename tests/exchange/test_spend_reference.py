"""Every real spend file gives exactly the lines and totals that the facts state."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from koopkracht.exchange import api
from koopkracht.exchange.models import ReceiptStatus
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from tests.accounts.factories import actor as make_actor
from tests.exchange.spend_files import applied

pytestmark = [pytest.mark.reference, pytest.mark.django_db]
CENT = Decimal("0.01")
ARCHIVES = ("devon-2023-24.zip", "devon-format-variants.zip")


def lake_lines(organisation_id: int) -> pa.Table:
    files = lake.files(organisation_ids=[organisation_id], table=SPEND_LINES)
    return pa.concat_tables([pq.read_table(file.path) for file in files])


def cents_by(lines: pa.Table, column: str) -> dict[str, int]:
    grouped = lines.group_by(column).aggregate([("amount_cents", "sum")])
    return dict(zip(grouped[column].to_pylist(), grouped["amount_cents_sum"].to_pylist(), strict=True))


def amounts_of(content: bytes, encoding: str) -> list[Decimal]:
    """Read the amounts of an English file with the plain reader of Python."""
    text = content.decode("cp1252" if encoding == "cp1252" else "utf-8-sig")
    reader = csv.DictReader(io.StringIO(text))
    column = next(name for name in reader.fieldnames or () if name.strip().lower() == "amount")
    amounts = (row[column].replace(",", "").strip() for row in reader)
    return [Decimal(amount) for amount in amounts if amount]


def devon_files(folder: Path) -> list[tuple[str, bytes]]:
    found = []
    for archive in ARCHIVES:
        with zipfile.ZipFile(folder / "spend" / archive) as opened:
            found += [(name, opened.read(name)) for name in sorted(opened.namelist()) if name.endswith(".csv")]
    return found


def test_devon_archives_equal_their_facts(reference_data: Path) -> None:
    facts = json.loads((reference_data / "spend" / "devon-facts.json").read_text(encoding="utf-8"))
    actor = make_actor()
    receipts = []
    for archive in ARCHIVES:
        with (reference_data / "spend" / archive).open("rb") as stream:
            receipts += api.receive_spend(actor=actor, filename=archive, stream=stream)
    assert {receipt.filename for receipt in receipts} == set(facts)
    originals = dict(devon_files(reference_data))
    for receipt in receipts:
        fact = facts[receipt.filename]
        plan = api.plan_spend(actor=actor, receipt_id=receipt.id).plan
        assert plan["questions"] == []
        assert plan["encoding"] == {"utf-8-bom": "utf-8-sig"}.get(fact["encoding"], fact["encoding"])
        result = api.apply_spend(actor=actor, receipt_id=receipt.id)
        assert result.status == ReceiptStatus.APPLIED
        counts = result.counts
        amounts = amounts_of(originals[receipt.filename], fact["encoding"])
        assert abs(sum(amounts) - Decimal(fact["total"])) < Decimal("0.000001")
        exact = [int(amount.quantize(CENT, ROUND_HALF_EVEN) * 100) for amount in amounts]
        cents = sum(exact)
        assert (counts["rows"], counts["rejected"], counts["cents"]) == (fact["rows"], 0, {"EUR": cents})
        # An amount such as -1.1E-13 is negative in the file and nothing in cents.
        assert counts["negative"] == sum(cent < 0 for cent in exact)
        assert 0 <= fact["negative_amounts"] - counts["negative"] <= exact.count(0)
        check_lines(actor.organisation_id, counts["batch_id"], fact)


def check_lines(organisation_id: int, batch_id: str, fact: dict[str, object]) -> None:
    files = lake.files(organisation_ids=[organisation_id], table=SPEND_LINES)
    lines = pq.read_table(next(file.path for file in files if file.batch_id == batch_id))
    assert len(pc.unique(lines["account_code"])) == fact["expense_codes"]
    assert len(pc.unique(lines["supplier_id"])) <= fact["suppliers"]
    for column, key in (("account_code", "top_expense_codes"), ("department", "by_area")):
        found = cents_by(lines, column)
        for value, total in fact[key]:
            assert abs(found[value] - Decimal(total) * 100) <= 2, (column, value)
    months = pc.strftime(lines["booking_date"], "%Y-%m").to_pylist()
    assert {month: months.count(month) for month in set(months)} == fact["rows_by_month"]


@pytest.mark.parametrize("name", ["vlaams-formaat-afgeleid-1.csv", "vlaams-formaat-afgeleid-2.csv"])
def test_flemish_layout_equals_its_facts(reference_data: Path, name: str) -> None:
    facts = json.loads((reference_data / "spend" / "vlaams-formaat-afgeleid-facts.json").read_text(encoding="utf-8"))
    actor = make_actor()
    result = applied(actor, reference_data / "spend" / name, name)
    lines = lake_lines(actor.organisation_id)
    assert result.counts["cents"] == {"EUR": int(Decimal(facts[name]["total"]) * 100)}
    assert result.counts["rows"] == facts[name]["rows"] == lines.num_rows
    assert result.plan["mapping"]["decimal"] == ","
    text = (reference_data / "spend" / name).read_text(encoding=facts[name]["encoding"])
    parties = {(row[0], row[1], row[2]) for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]}
    assert result.counts["spellings"] == len(parties)
    assert len({number for number, _, _ in parties}) == facts[name]["suppliers"]
    assert pc.sum(pc.is_null(lines["supplier_name_raw"])).as_py() == 0
    assert pc.count(lines["contract_reference"]).as_py() > 0
