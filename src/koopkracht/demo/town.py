"""The demonstration town as described in ``content/demo``: organisations, people and suppliers, all invented."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

FIRST_EIGHT = 19_990_000
"""First eight digits of the invented enterprise numbers: a range that is not in use."""

_FIRST = "Peeters Claes Maes Jacobs Willems Goossens Wouters Smets Michiels Aerts Hermans Pauwels Cools Bogaert".split()
_TRADES = (
    ("Schrijnwerkerij", "61001100", "Herstelling deuren en ramen"),
    ("Slotenmaker", "61001100", "Vervangen cilinders"),
    ("Bloemen", "61006200", "Boeket huldiging"),
    ("IJzerwaren", "61001100", "Klein materiaal"),
    ("Fotografie", "61003200", "Foto's infoblad"),
    ("Muziekgroep", "61008200", "Optreden"),
    ("Grafisch bureau", "61003200", "Opmaak folder"),
    ("Café", "61006200", "Vergaderkosten"),
    ("Sporthandel", "61008300", "Sportmateriaal turnzaal"),
    ("Vertaalbureau", "61005100", "Vertaling brief"),
    ("Dierenarts", "61005100", "Opvang zwerfdieren"),
    ("Grondwerken", "61001300", "Graafwerken begraafplaats"),
)


@dataclass(frozen=True, slots=True)
class Supplier:
    """An invented supplier and what it invoices the town in one year (EUR without VAT, number of lines)."""

    name: str
    kind: str
    size: str
    account: str
    department: str
    yearly: int
    lines: int
    growth: float
    texts: tuple[str, ...]
    kbo: str
    variants: tuple[str, ...] = ()
    cpv: str = ""
    foreign: str = ""


def enterprise_number(index: int) -> str:
    """Return the ``index``-th invented enterprise number, with a valid check number."""
    first = FIRST_EIGHT + index
    return f"{first}{97 - first % 97:02d}"


@cache
def content(name: str) -> dict[str, Any]:
    """Return one file of ``content/demo``."""
    text = resources.files("koopkracht").joinpath("content", "demo", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def suppliers() -> tuple[Supplier, ...]:
    """Return all suppliers: the described ones, and a long tail of small ones that every town has."""
    described = tuple(
        Supplier(
            **{**row, "texts": tuple(row["texts"]), "variants": tuple(row.get("variants", ()))},
            kbo="" if row.get("foreign") or row["kind"] == "person" else enterprise_number(100 + number),
        )
        for number, row in enumerate(
            {key: value for key, value in row.items() if key not in {"region", "activities"}}
            for row in content("town")["suppliers"]
        )
    )
    return described + _long_tail()


def _long_tail() -> tuple[Supplier, ...]:
    chance = random.Random("lange staart")  # noqa: S311 - invented data, must be the same each time
    departments = content("town")["town"]["departments"]
    made = []
    for number, (trade, account, text) in enumerate(_TRADES * 8):
        name = f"{trade} {_FIRST[(number * 5) % len(_FIRST)]}-{_FIRST[(number * 3 + 1) % len(_FIRST)]}"
        made.append(
            Supplier(
                name=name,
                kind="company" if chance.random() < 0.6 else "person",
                size="micro" if chance.random() < 0.5 else "",
                account=account,
                department=chance.choice(departments),
                yearly=chance.randrange(250, 6200),
                lines=chance.randrange(1, 7),
                growth=chance.uniform(-0.2, 0.25),
                texts=(text,),
                kbo=enterprise_number(1000 + number) if chance.random() < 0.6 else "",
            )
        )
    return tuple(made)
