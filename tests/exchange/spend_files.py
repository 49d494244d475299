"""Builds spend files of many makes for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from koopkracht.exchange import api
from koopkracht.exchange.types import ReceiptView
from koopkracht.shared.actor import Actor

HEADER = ("Boekdatum", "Naam leverancier", "Leveranciersnummer", "Bedrag excl. btw", "Algemene rekening", "Stuknummer")
LINES = (
    ("21/11/2025", "Bouwwerken Peeters bv", "100", "1.234,56", "613000", "F-1"),
    ("22/11/2025", "Maatwerkbedrijf De Kring vzw", "200", "-34,50", "613100", "F-2"),
    ("23/11/2025", "Bouwwerken Peeters bv", "100", "1.000,00", "613000", "F-3"),
)


def csv_bytes(
    rows: Sequence[Sequence[str]] = LINES,
    *,
    header: Sequence[str] = HEADER,
    delimiter: str = ";",
    encoding: str = "utf-8",
    before: str = "",
    after: str = "",
) -> bytes:
    """Return a text table."""
    lines = [delimiter.join(row) for row in (header, *rows)]
    return (before + "\r\n".join(lines) + "\r\n" + after).encode(encoding)


def xlsx_bytes(rows: Sequence[Sequence[object]], *, header: Sequence[str] = HEADER) -> bytes:
    """Return a workbook with a title above the header and a second, smaller sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Uitgaven"
    sheet.append(["Uitgaven 2025"])
    sheet.append([])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    book.create_sheet("Toelichting").append(["niets"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def received(actor: Actor, content: bytes | Path, name: str = "uitgaven.csv") -> ReceiptView:
    """Receive one file."""
    data = content.read_bytes() if isinstance(content, Path) else content
    (receipt,) = api.receive_spend(actor=actor, filename=name, stream=io.BytesIO(data))
    return receipt


def applied(actor: Actor, content: bytes | Path, name: str = "uitgaven.csv") -> ReceiptView:
    """Receive, plan and apply one file."""
    receipt = received(actor, content, name)
    api.plan_spend(actor=actor, receipt_id=receipt.id)
    return api.apply_spend(actor=actor, receipt_id=receipt.id)
