"""Three years of invoice lines of the town, as three exports with the flaws that real exports have.

Each year comes from another version of the accounting package: 2023 in Windows letters with title lines, 2024 in
UTF-8 with other headers, 2025 as a workbook of a new package. Lines carry missing and wrong enterprise numbers, names
in several spellings, credit notes, and a few rows that nobody can read.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

import xlsxwriter

from koopkracht.demo.town import Supplier, content, suppliers

YEARS = (2023, 2024, 2025)


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice line; ``cents`` without VAT."""

    date: dt.date
    supplier: str
    number: str
    account: str
    account_name: str
    text: str
    cents: int
    vat_cents: int
    department: str
    document: str


def lines_of(year: int, *, factor: float = 1.0, social: float = 1.0, seed: str = "lindebeke") -> list[Line]:
    """Return the lines of one year, by date; ``factor`` scales all amounts, ``social`` those of social enterprises."""
    chance = random.Random(f"{seed} {year}")  # noqa: S311 - invented data, must be the same each time
    made = [
        line
        for supplier in suppliers()
        for line in _lines_of_supplier(supplier, year, factor * (social if supplier.kind == "social" else 1), chance)
    ]
    return sorted(made, key=lambda line: (line.date, line.document))


def _lines_of_supplier(supplier: Supplier, year: int, factor: float, chance: random.Random) -> Iterator[Line]:
    amount = supplier.yearly * factor * (1 + supplier.growth) ** (year - YEARS[-1]) * chance.uniform(0.94, 1.06)
    shares = [chance.uniform(0.4, 1.6) for _ in range(supplier.lines)]
    accounts = content("town")["accounts"]
    for share in shares:
        cents = round(amount * share / sum(shares) * 100)
        if chance.random() < 0.012:
            cents = -abs(cents) // 3
        yield Line(
            date=dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(365)),
            supplier=_spelling(supplier, chance),
            number=_number(supplier, chance),
            account=supplier.account,
            account_name=accounts[supplier.account],
            text=chance.choice(supplier.texts),
            cents=cents,
            vat_cents=round(cents * 0.21),
            department=supplier.department,
            document=f"{year}/{chance.randrange(10_000, 99_999)}",
        )


def _spelling(supplier: Supplier, chance: random.Random) -> str:
    if supplier.variants and chance.random() < 0.25:
        return chance.choice(supplier.variants)
    return supplier.name.upper() if chance.random() < 0.08 else supplier.name


def _number(supplier: Supplier, chance: random.Random) -> str:
    if not supplier.kbo or chance.random() < 0.12:
        return ""
    if chance.random() < 0.015:
        return supplier.kbo[:-1] + str((int(supplier.kbo[-1]) + 1) % 10)
    plain = supplier.kbo
    return chance.choice(
        [f"{plain[:4]}.{plain[4:7]}.{plain[7:]}", f"BE{plain}", f"BE {plain[:4]}.{plain[4:7]}.{plain[7:]}", plain]
    )


def export_file(year: int, lines: list[Line]) -> tuple[str, bytes]:
    """Return the file name and the bytes of one year's export, in the layout of that year."""
    return {2023: _old_package, 2024: _newer_package}.get(year, _workbook)(year, lines)


def _flemish(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"


def _old_package(year: int, lines: list[Line]) -> tuple[str, bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Gemeente Lindebeke - Uitgavenlijst per leverancier"])
    writer.writerow([f"Boekjaar {year}"])
    writer.writerow([])
    writer.writerow(
        [
            "Boekdatum",
            "Stuknr.",
            "Leverancier",
            "Ond.nr.",
            "Alg. rekening",
            "Naam rekening",
            "Omschrijving",
            "Bedrag excl. BTW",
            "Dienst",
        ]
    )
    for number, line in enumerate(lines):
        amount = "n.v.t." if number in {212, 1804} else _flemish(line.cents)
        date = "31/02/2023" if number == 977 else f"{line.date:%d/%m/%Y}"
        writer.writerow(
            [
                date,
                line.document,
                line.supplier,
                line.number,
                line.account,
                line.account_name,
                line.text,
                amount,
                line.department,
            ]
        )
    writer.writerow(["", "", "", "", "", "", "Totaal", _flemish(sum(line.cents for line in lines)), ""])
    writer.writerows([[""] * 9] * 4)
    return f"uitgaven-lindebeke-{year}.csv", text.getvalue().encode("cp1252", errors="replace")


def _newer_package(year: int, lines: list[Line]) -> tuple[str, bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            "Boekjaar",
            "Factuurdatum",
            "Factuurnummer",
            "Crediteur",
            "BTW-nummer",
            "Rekeningnummer",
            "Rekening",
            "Mededeling",
            "Netto",
            "BTW",
            "Dienst",
        ]
    )
    for number, line in enumerate(lines):
        netto = "" if number == 1500 else _flemish(line.cents)
        writer.writerow(
            [
                year,
                f"{line.date:%d-%m-%Y}",
                line.document,
                line.supplier,
                line.number,
                line.account,
                line.account_name,
                line.text,
                netto,
                _flemish(line.vat_cents),
                line.department,
            ]
        )
    return f"uitgaven-lindebeke-{year}.csv", text.getvalue().encode("utf-8-sig")


def _workbook(year: int, lines: list[Line]) -> tuple[str, bytes]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": dt.datetime(year + 1, 1, 15, tzinfo=dt.UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Facturen")
        headers = [
            "Datum",
            "Docnr",
            "Leveranciersnaam",
            "KBO-nummer",
            "Grootboek",
            "Grootboek omschrijving",
            "Omschrijving",
            "Bedrag (excl. btw)",
            "Btw-bedrag",
            "Kostenplaats",
        ]
        sheet.write_row(0, 0, headers)
        for row, line in enumerate(lines, 1):
            sheet.write_datetime(row, 0, dt.datetime.combine(line.date, dt.time()))
            sheet.write_row(
                row, 1, [line.document, line.supplier, line.number, line.account, line.account_name, line.text]
            )
            sheet.write_number(row, 7, line.cents / 100)
            sheet.write_number(row, 8, line.vat_cents / 100)
            sheet.write_string(row, 9, line.department)
    return f"uitgaven-lindebeke-{year}.xlsx", out.getvalue()
