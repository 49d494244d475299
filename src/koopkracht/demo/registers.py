"""The lists that a town keeps in spreadsheets: social enterprises, supplier details and the purchasing plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from koopkracht.demo.town import content, enterprise_number, suppliers

_KINDS = {
    "company": "onderneming",
    "social": "sociale economie",
    "public": "overheid",
    "nonprofit": "vzw",
    "person": "persoon",
}
_SIZES = {"micro": "micro", "small": "klein", "medium": "middelgroot", "large": "groot", "": ""}


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def social_enterprises() -> bytes:
    """Return the list of social enterprises in the region."""
    numbers = {supplier.name: supplier.kbo for supplier in suppliers()}
    return _csv(
        [
            "Naam",
            "Ondernemingsnummer",
            "Soort",
            "Gemeente",
            "Activiteiten",
            "CPV-codes",
            "Aantal doelgroepmedewerkers",
            "Erkend vanaf",
            "Bron",
            "Datum bron",
        ],
        (
            [
                row["name"],
                numbers.get(row["name"], "") or enterprise_number(300 + index),
                row["kind"],
                row["place"],
                ", ".join(row["activities"]),
                ", ".join(row["cpv"]),
                row["capacity"],
                "01/01/2019",
                "Rondvraag sociale economie",
                "15/01/2025",
            ]
            for index, row in enumerate(content("market")["enterprises"])
        ),
    )


def supplier_details() -> bytes:
    """Return what the town knows about the kind and size of its suppliers; for many it does not know the size."""
    return _csv(
        ["Leverancier", "Ondernemingsnummer", "Soort", "Grootte"],
        (
            [supplier.name, supplier.kbo, _KINDS[supplier.kind], _SIZES[supplier.size]]
            for supplier in suppliers()
            if supplier.kbo
        ),
    )


def purchasing_plan() -> bytes:
    """Return the purchases that the town plans; two come from a talk in the corridor and are marked as informal."""
    return _csv(
        [
            "Titel",
            "Productgroep",
            "Geraamd bedrag",
            "Looptijd in maanden",
            "Start",
            "Verantwoordelijke",
            "Bron",
            "Gehoord van",
            "Beoogde impact",
        ],
        (
            [
                row["title"],
                row["group"],
                f"{row['amount']},00",
                row["years"] * 12,
                row["start"],
                row["owner"],
                row["source"],
                row.get("contact", ""),
                row.get("impact", ""),
            ]
            for row in content("market")["plan"]
        ),
    )
