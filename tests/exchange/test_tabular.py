"""Tables of any make are recognised and cut the same way, fast or record by record."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopkracht.exchange.formats import tabular, text_blocks
from koopkracht.exchange.formats.encodings import detect_encoding
from koopkracht.exchange.formats.spend import known_headers
from koopkracht.exchange.formats.tabular import Layout, Unreadable, detect_layout, inert, original, read_rows
from koopkracht.exchange.formats.workbooks import workbook_to_csv
from tests.exchange.spend_files import HEADER, LINES, csv_bytes, xlsx_bytes


def layout_of(data: bytes) -> Layout:
    return detect_layout(io.BytesIO(data), known_headers=known_headers())


def cells(
    data: bytes, layout: Layout, size: int = 1 << 20
) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, str]]]:
    """Return (line, cells) of every record by way of the blocks, and (line, code) of what is broken."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    broken: list[tuple[int, str]] = []
    for block in text_blocks.blocks(io.BytesIO(data), layout, size=size):
        found = text_blocks.parse(block, layout, wanted=range(len(layout.columns)))
        columns = [found.table.column(f"c{n}").to_pylist() for n in range(len(layout.columns))]
        rows += list(zip(found.lines.tolist(), zip(*columns, strict=True), strict=True))
        broken += [(record.line, record.code) for record in found.broken]
    return rows, broken


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "cp850", "mac_roman"]
)
def test_encoding_is_found(encoding: str) -> None:
    rows = [("21/11/2025", "Café Désiré — één ïdee", "1", "5,00 ", "6", "é")] * 30
    if encoding in {"cp850", "mac_roman"}:
        rows = [("21/11/2025", "Café Désiré één ïdee", "1", "5,00", "6", "é")] * 30
    data = csv_bytes(rows, encoding=encoding)
    layout = layout_of(data)
    assert layout.encoding == encoding
    assert cells(data, layout)[0][0][1][1] == rows[0][1]


def test_one_damaged_line_does_not_mangle_the_others() -> None:
    good = csv_bytes([("1/1/2025", "Coöperatie één", "1", "5,00", "6", "é")] * 50)
    data = good.replace("Coöperatie".encode(), b"Co\xf6peratie", 1)
    layout = layout_of(data)
    assert layout.encoding == "utf-8"
    rows, broken = cells(data, layout)
    assert broken == [(2, "row-damaged-characters")]
    assert len(rows) == 49
    assert rows[0][1][1] == "Coöperatie één"


def test_accents_after_megabytes_of_plain_text_decide() -> None:
    assert detect_encoding(io.BytesIO(b"a;b\n" * 3_000_000 + "é;b\n".encode("cp1252"))) == "cp1252"
    assert detect_encoding(io.BytesIO(b"a;b\n" * 3_000_000 + "é;b\n".encode())) == "utf-8"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    rows = [(a, b, c, d.replace(",", ".") if delimiter == "," else d, e, f) for a, b, c, d, e, f in LINES]
    layout = layout_of(
        csv_bytes([(*row[:3], row[3].replace(".", "", 1), *row[4:]) for row in rows], delimiter=delimiter)
    )
    assert layout.delimiter == delimiter
    assert layout.columns == HEADER


def test_titles_above_the_header_and_a_sep_line_are_passed_over() -> None:
    layout = layout_of(csv_bytes(before="sep=;\r\nUitgaven gemeente;;;;;\r\nPeriode: 2025;;;;;\r\n\r\n"))
    assert (layout.header_line, layout.columns) == (5, HEADER)


def test_a_table_without_header_gets_numbered_columns() -> None:
    data = "\r\n".join(";".join(row) for row in LINES * 3).encode()
    layout = layout_of(data)
    assert (layout.header_line, layout.columns[0]) == (0, "Kolom 1")
    assert len(cells(data, layout)[0]) == 9


def test_old_mac_line_ends() -> None:
    data = csv_bytes().replace(b"\r\n", b"\r")
    layout = layout_of(data)
    assert [line for line, _ in cells(data, layout)[0]] == [2, 3, 4]


def test_double_and_nameless_columns_get_names() -> None:
    layout = layout_of(b"Datum;Omschrijving;Omschrijving;;Bedrag\n1/1/2025;a;b;c;1,00\n")
    assert layout.columns == ("Datum", "Omschrijving", "Omschrijving (2)", "Kolom 4", "Bedrag")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\r\n\r\n", "file-empty"),
        (b"%PDF-1.7 ...", "file-not-text"),
        (b"\x89PNG\r\n\x1a\n", "file-not-text"),
        (b"PK\x03\x04rest", "file-not-text"),
        (bytes(range(256)) * 40, "file-not-text"),
        (random.Random(1).randbytes(5000), "file-not-text"),
        ((";".join(f"k{n}" for n in range(600)) + "\n").encode(), "too-many-columns"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        layout_of(data)
    assert caught.value.code == code


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_blocks, "_MAX_LINE_BYTES", 1000)
    data = b"a;b\n1;2\n" + b"x" * 5000
    with pytest.raises(Unreadable, match="line-too-long"):
        list(text_blocks.blocks(io.BytesIO(data), Layout("utf-8", ";", 1, ("a", "b")), size=500))


QUIRKS = (
    '1;"tekst over\r\ntwee regels";x\r\n'
    "2;gewoon;y\r\n"
    '3;buis 5" pvc;z\r\n'
    '4;"hij zei ""ja""; en ging";w\r\n'
    "\r\n"
    "5;te weinig\r\n"
    "6;te;veel;velden\r\n"
    "7;lege;staart;\r\n"
    '8;"nooit gesloten;v\r\n'
    "9;laatste;u"
)


def test_quirks_cost_only_their_own_line() -> None:
    data = ("nr;tekst;code\r\n" + QUIRKS).encode()
    rows, broken = cells(data, Layout("utf-8", ";", 1, ("nr", "tekst", "code")))
    assert rows == [
        (2, ("1", "tekst over\ntwee regels", "x")),
        (4, ("2", "gewoon", "y")),
        (5, ("3", 'buis 5" pvc', "z")),
        (6, ("4", 'hij zei "ja"; en ging', "w")),
        (10, ("7", "lege", "staart")),
        (11, ("8", '"nooit gesloten', "v")),
        (12, ("9", "laatste", "u")),
    ]
    assert broken == [(8, "row-too-few-fields"), (9, "row-too-many-fields")]


@pytest.mark.parametrize("size", [7, 23, 64, 1000])
def test_blocks_never_lose_or_cut_a_record(size: int) -> None:
    text = "".join(f'{n};"naam {n}";{"a" * (n % 9)}\r\n' for n in range(200))
    data = ("nr;naam;x\r\n" + text).encode()
    rows, broken = cells(data, Layout("utf-8", ";", 1, ("nr", "naam", "x")), size=size)
    assert broken == []
    assert [(line, row[0]) for line, row in rows] == [(n + 2, str(n)) for n in range(200)]


SAFE_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r\n", exclude_categories=("Cs",)), max_size=12
)


@given(st.lists(st.tuples(SAFE_TEXT, SAFE_TEXT, SAFE_TEXT), min_size=1, max_size=20), st.integers(20, 400))
def test_what_pythons_writer_writes_is_read_back(rows: list[tuple[str, str, str]], size: int) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b", "c"), *rows])
    found, broken = cells(stream.getvalue().encode(), Layout("utf-8", ";", 1, ("a", "b", "c")), size=size)
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    if any("\ufffd" in cell for row in rows for cell in row):
        return
    assert broken == []
    assert [row for _, row in found if any(cell.strip() for cell in row)] == expected


def test_small_tables_are_read_row_by_row() -> None:
    data = csv_bytes(before="Titel\r\n", after=";;;;;\r\n")
    rows = list(read_rows(io.BytesIO(data), layout_of(data)))
    assert [row.line for row in rows] == [3, 4, 5]
    assert rows[0].cells == LINES[0]


FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =1",
    "\x00=1",
    "'=1",
    "-",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_go_out_inert_and_come_back(text: str) -> None:
    assert inert(text).startswith("'")
    assert original(inert(text)) == text


@pytest.mark.parametrize("text", ["-12,50", "1.234,56-", "+32 9 123", "12-03-2025", "gewoon"])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert inert(text) == text


def test_fingerprint_ignores_case_accents_and_our_report_columns() -> None:
    plain = tabular.fingerprint(["Boekdatum", "Bedrag excl. btw"])
    assert plain == tabular.fingerprint(["BOEKDATUM", "bedrag EXCL btw", "Regel in bestand", "Reden van weigering"])
    assert plain != tabular.fingerprint(["Bedrag excl. btw", "Boekdatum"])


def test_a_workbook_becomes_a_table_with_the_same_line_numbers(tmp_path: Path) -> None:
    import datetime as dt

    source, target = tmp_path / "a.xlsx", tmp_path / "a.csv"
    source.write_bytes(xlsx_bytes([(dt.date(2025, 11, 21), "Peeters\nbv", 100, 1234.56, 613000, "=1+1"), (None,) * 6]))
    told = workbook_to_csv(path=str(source), target=str(target))
    assert told == {"sheet": "Uitgaven", "others": ["Toelichting"]}
    layout = detect_layout(target.open("rb"), known_headers=known_headers())
    assert (layout.header_line, layout.columns) == (3, HEADER)
    (row,) = read_rows(target.open("rb"), layout)
    assert row.line == 4
    assert row.cells[:5] == ("2025-11-21", "Peeters bv", "100", "1234.56", "613000")
