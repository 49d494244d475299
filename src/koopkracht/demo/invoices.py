"""Electronic invoices to the town in Peppol BIS 3, of which two are wrong on purpose: the inbox must refuse them."""

from __future__ import annotations

import datetime as dt
import io
import random
import tarfile
from decimal import Decimal
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from koopkracht.demo.town import Supplier, content, enterprise_number, suppliers

YEAR = 2026
COUNT = 36
WRONG_TOTAL, WRONG_VAT = 7, 23


@cache
def _template() -> Template:
    text = resources.files("koopkracht").joinpath("demo", "invoice.xml.jinja").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )


def invoice_xml(index: int, supplier: Supplier, chance: random.Random) -> bytes:
    """Return one invoice of ``supplier``; the two wrong ones ask a wrong amount or a wrong tax."""
    town = content("town")["town"]
    issued = dt.date(YEAR, 1, 5) + dt.timedelta(days=index * 8)
    share = supplier.yearly / supplier.lines
    amounts = [Decimal(round(share * chance.uniform(30, 80))).scaleb(-2) for _ in supplier.texts[:3]]
    net = sum(amounts, Decimal())
    vat = (net * Decimal("0.21")).quantize(Decimal("0.01"))
    text = _template().render(
        number=f"{YEAR}-{1000 + index}",
        issued=issued,
        due=issued + dt.timedelta(days=30),
        account=supplier.account,
        department=supplier.department,
        supplier=supplier,
        buyer={"name": town["name"], "kbo": enterprise_number(town["kbo_seed"])},
        lines=[{"text": text, "amount": amount} for text, amount in zip(supplier.texts, amounts, strict=False)],
        net=net,
        vat=vat + (1 if index == WRONG_VAT else 0),
        gross=net + vat + (100 if index == WRONG_TOTAL else 0),
    )
    return text.encode()


def archive() -> bytes:
    """Return all invoices in one tar archive, the same bytes each time."""
    chance = random.Random("facturen")  # noqa: S311 - invented data, must be the same each time
    senders = [supplier for supplier in suppliers() if supplier.kbo and supplier.kind in {"company", "social"}][:60]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for index in range(COUNT):
            data = invoice_xml(index, chance.choice(senders), chance)
            entry = tarfile.TarInfo(f"factuur-{YEAR}-{1000 + index}.xml")
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return out.getvalue()
