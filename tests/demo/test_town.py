"""The invented town: the same each time, with flaws like real exports, and equal to the cent after the import."""

from __future__ import annotations

import io
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from stdnum.be import vat

from koopkracht.accounts import api as accounts
from koopkracht.demo import invoices, load, notices, registers, spend
from koopkracht.demo.town import content, suppliers
from koopkracht.exchange.models import Receipt
from koopkracht.lake import api as lake
from koopkracht.monitoring import api as monitoring


def test_the_files_are_the_same_bytes_each_time() -> None:
    for year in spend.YEARS:
        assert spend.export_file(year, spend.lines_of(year)) == spend.export_file(year, spend.lines_of(year))
    assert notices.archive() == notices.archive()
    assert invoices.archive() == invoices.archive()


def test_every_invented_enterprise_number_is_valid_and_used_once() -> None:
    numbers = Counter(supplier.kbo for supplier in suppliers() if supplier.kbo)
    assert all(vat.is_valid(number) for number in numbers)
    assert max(numbers.values()) == 1
    assert all(number.startswith("1999") for number in numbers)


def test_every_winner_of_a_notice_is_a_supplier() -> None:
    names = {supplier.name for supplier in suppliers()}
    lots = [lot for notice in content("notices")["notices"] for lot in notice["lots"]]
    assert {lot["winner"] for lot in lots if lot.get("winner")} <= names


def test_the_lists_have_a_row_per_entry() -> None:
    assert registers.social_enterprises().count(b"\r\n") == len(content("market")["enterprises"]) + 1
    assert registers.purchasing_plan().count(b"\r\n") == len(content("market")["plan"]) + 1


@pytest.mark.reference
@pytest.mark.contract
def test_every_notice_is_valid_against_the_official_schema(reference_data: Path, tmp_path: Path) -> None:
    with tarfile.open(reference_data / "eforms/sdk-1.15.1-metadata.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    (path,) = tmp_path.rglob("UBL-ContractAwardNotice-2.3.xsd")
    schema = etree.XMLSchema(etree.parse(path))
    for notice in content("notices")["notices"]:
        document = etree.parse(io.BytesIO(notices.notice_xml(notice)))
        assert schema.validate(document), (notice["id"], schema.error_log.last_error)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_town_comes_in_through_the_real_import_and_every_cent_is_there() -> None:
    said: list[str] = []
    load.load(say=said.append)
    assert load.is_loaded()
    town = accounts.organisation_by_slug(slug="lindebeke")
    batches = lake.batches(organisation_id=town.id, table="spend_lines")
    expected = 0
    for year in spend.YEARS:
        lines = spend.lines_of(year)
        unreadable = {2023: (212, 1804, 977), 2024: (1500,)}.get(year, ())
        expected += sum(line.cents for number, line in enumerate(lines) if number not in unreadable)
    assert sum(batch.sum_cents for batch in batches) == expected
    refused = Receipt.objects.of(town.id).exclude(status="applied")
    assert list(refused.order_by("pk").values_list("filename", flat=True)) == []
    assert monitoring.years(organisation_id=town.id) == tuple(reversed(spend.YEARS))
    assert len(said) > 8
