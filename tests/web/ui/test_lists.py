"""Lists as pages: the address, the fragment, the pages and the exports."""

import csv
import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
import pytest
from django.test import RequestFactory

from koopkracht.shared.cells import original
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import Slice
from koopkracht.web.ui.exports import EXPORTS
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to
from tests.shared.test_cells import PAYLOADS


@dataclass
class Supplier:
    id: int
    name: str
    cents: int | None
    day: dt.date | None = None


LISTING = Listing(
    name="leveranciers",
    caption="Leveranciers",
    columns=(
        Column("name", "Naam", sort=True),
        Column("cents", "Bedrag", format="cents", sort=True),
        Column("day", "Datum", format="date_short"),
        Column("id", "Nummer", format="number", export_only=True),
    ),
    sort="name",
    filters=(Filter("soort", "Soort", options=lambda: [("m", "Maatwerk"), ("a", "Ander")]),),
    search="Zoek",
    empty_title="Nog geen leveranciers",
    empty_text="Laad een lijst in.",
)
ROWS = [Supplier(1, "Beta <b>", 123456, dt.date(2026, 3, 1)), Supplier(2, "Alfa", None)]


def ask(address="/lijst", htmx=False):
    request = RequestFactory().get(address)
    request.htmx = htmx
    return request


def page(address="/lijst", rows=ROWS, **part):
    request = ask(address)
    query = LISTING.query(request.GET)
    return query, LISTING.page(request, query, Slice(rows, **part))


def test_the_address_becomes_a_query():
    query, _ = page("/lijst?zoek=+groen+&soort=m&sorteer=-cents&vanaf=abc&onbekend=1")
    assert (query.search, dict(query.filters)) == ("groen", {"soort": "m"})
    assert (query.sort, query.descending, query.cursor) == ("cents", True, "abc")


def test_an_unknown_sort_is_refused():
    with pytest.raises(Rejected):
        page("/lijst?sorteer=password")


def test_every_link_keeps_the_question():
    _, made = page("/lijst?zoek=groen&soort=m", next="N", previous="P")
    assert made.next == "/lijst?soort=m&zoek=groen&vanaf=N"
    assert made.previous == "/lijst?soort=m&zoek=groen&vanaf=P"
    assert ("CSV", "/lijst?soort=m&zoek=groen&formaat=csv") in made.exports
    assert made.heads[1].href == "/lijst?soort=m&zoek=groen&sorteer=-cents"
    assert made.cleared == "/lijst"


def test_the_sorted_column_turns_around():
    _, made = page("/lijst?sorteer=-cents")
    assert made.heads[1].order == "descending"
    assert made.heads[1].href == "/lijst?sorteer=cents"
    assert made.heads[0].href == "/lijst?sorteer=name"
    assert made.heads[2].href == ""


def test_unknown_is_shown_as_unknown():
    _, made = page()
    first, second = made.rows.splitlines()
    assert '<td class="kk-num kk-unknown">onbekend</td>' in second
    assert first.count("<td") == 3, "a column for exports only is not on the screen"


def test_text_from_outside_is_never_markup():
    columns = (Column("name", "Naam", href=lambda row: row["href"]),)
    request = ask()
    listing = Listing(name="x", caption="x", columns=columns, sort="name")
    rows = [{"name": "<script>'\"&", "href": '/x?"onclick=1'}]
    made = listing.page(request, listing.query(request.GET), Slice(rows))
    assert made.rows == '<tr><td><a href="/x?&quot;onclick=1">&lt;script&gt;&#x27;&quot;&amp;</a></td></tr>\n'


def test_count_says_when_it_stopped():
    assert page(total=1)[1].count_text == "1 resultaat"
    assert page(total=1000, more_than_total=True)[1].count_text == "Meer dan 1.000 resultaten"


def fetch_in_two(query):
    assert query.limit > 100
    return Slice(ROWS[1:]) if query.cursor else Slice(ROWS[:1], next="verder")


def body(answer):
    return b"".join(answer.streaming_content)


def test_csv_walks_through_all_pages():
    answer = LISTING.respond(ask("/lijst?formaat=csv"), fetch_in_two, "unused.html")
    text = body(answer).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        ["Naam", "Bedrag", "Datum", "Nummer"],
        ["Beta <b>", "1234,56", "2026-03-01", "1"],
        ["Alfa", "", "", "2"],
    ]
    assert "leveranciers-" in answer["Content-Disposition"]


def test_xlsx_has_types():
    answer = LISTING.respond(ask("/lijst?formaat=xlsx"), fetch_in_two, "unused.html")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    assert [cell.value for cell in sheet[2]] == ["Beta <b>", 1234.56, dt.datetime(2026, 3, 1), 1]  # noqa: DTZ001 - sheets know no zones


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_export_holds_an_active_cell(payload):
    columns = (Column("name", payload),)
    rows = [{"name": payload}]
    text = body(EXPORTS["csv"].respond("x", columns, rows)).decode("utf-8-sig")
    (head,), (cell,) = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert cell.startswith("'")
    assert head.startswith("'")
    assert original(cell) == payload.replace("\x00", "") or "\x00" in payload

    book = openpyxl.load_workbook(io.BytesIO(body(EXPORTS["xlsx"].respond("x", columns, rows))))
    assert [cell.data_type for row in book.active for cell in row if cell.value is not None] in (["s", "s"], [])


def test_a_full_sheet_goes_on_to_the_next(monkeypatch):
    monkeypatch.setattr("koopkracht.web.ui.exports.MAX_ROWS", 2)
    rows = [{"name": str(place)} for place in range(5)]
    answer = EXPORTS["xlsx"].respond("x", (Column("name", "Naam"),), rows)
    book = openpyxl.load_workbook(io.BytesIO(body(answer)))
    assert [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in book] == [["0", "1"], ["2", "3"], ["4"]]


def test_amounts_in_a_csv_keep_their_sign():
    assert EXPORTS["csv"].cell(Decimal("-12.50")) == "-12,50"


def test_a_link_is_looked_up_once():
    href = link_to("help-topic", topic="id")
    assert href(Supplier(7, "x", 0)) == "/hulp/7"
    assert href({"id": 8}) == "/hulp/8"
    assert href({"id": None}) == ""


def test_a_sign_that_no_database_can_hold_is_left_out_of_the_question(rf) -> None:
    query = LISTING.query(rf.get("/", {"zoek": "po\x00ets"}).GET)
    assert "\x00" not in query.search
