"""What the pages about a spend file show, worked out from its plan and counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koopkracht.exchange import api as exchange
from koopkracht.exchange.types import ReceiptView
from koopkracht.web.ui.formats import FORMATS

_CERTAINTY = {
    "name": ("success", "zeker"),
    "remembered": ("success", "onthouden van vorige keer"),
    "similar": ("info", "waarschijnlijk"),
    "words": ("warning", "kijk na"),
    "content": ("warning", "kijk na"),
}


def figures(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the totals of a plan or a report in words and figures."""
    period = counts.get("period")
    return {
        "rows": counts.get("rows", 0),
        "rejected": counts.get("rejected", 0),
        "skipped": counts.get("skipped", 0),
        "suppliers": counts.get("suppliers", 0),
        "spellings": counts.get("spellings", 0),
        "totals": [money(cents, currency) for currency, cents in counts.get("cents", {}).items()],
        "period": _period(*(date.fromisoformat(day) for day in period)) if period else "",
        "years": [{"year": year, "rows": rows} for year, rows in counts.get("years", {}).items()],
    }


def money(cents: int, currency: str) -> str:
    """Return an amount in its own currency."""
    written = FORMATS["cents"](cents)
    return written if currency == "EUR" else written.replace("€", currency)


def checksum(digest: str) -> str:
    """Return a hash in groups of eight, so that it can be compared by eye and wraps on a small screen."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _period(start: date, end: date) -> str:
    return _("%(start)s tot en met %(end)s") % {"start": FORMATS["date"](start), "end": FORMATS["date"](end)}


def remarks(plan: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what a person should look at before importing."""
    found: list[dict[str, str]] = []
    rows, rejected = plan.get("rows", 0), plan.get("rejected", 0)
    for overlap in plan.get("overlaps", []):
        text = ngettext(
            "%(lines)s lijn van dit bestand zit al in “%(name)s”. Als u doorgaat, telt ze dubbel.",
            "%(lines)s lijnen van dit bestand zitten al in “%(name)s”. Als u doorgaat, tellen ze dubbel.",
            overlap["lines"],
        ) % {"lines": FORMATS["number"](overlap["lines"]), "name": overlap["filename"]}
        found.append({"kind": "warning", "title": _("Overlapt met een eerder bestand"), "text": text})
    if rejected:
        text = ngettext(
            "%(count)s lijn kan niet mee. U krijgt ze na het inladen terug als bestand om te verbeteren.",
            "%(count)s lijnen kunnen niet mee. U krijgt ze na het inladen terug als bestand om te verbeteren.",
            rejected,
        ) % {"count": FORMATS["number"](rejected)}
        found.append({"kind": "warning", "title": _("Niet alle lijnen zijn bruikbaar"), "text": text})
    if rows and plan.get("negative", 0) > rows / 2:
        found.append(
            {
                "kind": "warning",
                "title": _("De meeste bedragen zijn negatief"),
                "text": _("Staan uitgaven in dit bestand met een minteken? Pas dat aan bij de kolommen."),
            }
        )
    return found + _notes(plan)


def _notes(plan: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what is good to know but needs no action."""
    found = []
    if plan.get("repeated"):
        text = _("%(count)s lijnen zijn gelijk aan een andere lijn. We laden ze allemaal in.")
        found.append(
            {
                "kind": "info",
                "title": _("Gelijke lijnen in dit bestand"),
                "text": text % {"count": FORMATS["number"](plan["repeated"])},
            }
        )
    if plan.get("nameless"):
        text = _("%(count)s lijnen noemen geen leverancier. Ze tellen mee als “onbekend”.")
        found.append(
            {
                "kind": "info",
                "title": _("Lijnen zonder leverancier"),
                "text": text % {"count": FORMATS["number"](plan["nameless"])},
            }
        )
    return found


def columns(plan: Mapping[str, Any], form: Any) -> list[dict[str, Any]]:
    """Return the rows of the table in which a person says what each column means."""
    proposed = {item["column"]: item["reason"] for item in plan["proposals"]}
    chosen = set(plan["mapping"]["columns"].values())
    rows = []
    for number, name in enumerate(plan["columns"]):
        kind, text = _CERTAINTY.get(proposed.get(number, ""), ("default", ""))
        rows.append(
            {
                "name": name,
                "samples": plan["samples"][number],
                "field": form[f"column_{number}"],
                "kind": kind,
                "certainty": text if number in chosen else "",
            }
        )
    return rows


def questions(receipt: ReceiptView) -> list[str]:
    """Return what a person must still choose, in sentences."""
    return [exchange.spend_question(code) for code in receipt.plan.get("questions", [])]


def preview_rows(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the first lines as they will be stored."""
    return [
        {
            "line": row["line_no"],
            "date": date.fromisoformat(row["booking_date"]),
            "amount": money(row["amount_cents"], row["currency"]),
            "supplier": row["supplier_name_raw"] or _("onbekend"),
            "reference": row["supplier_ref_raw"] or "",
            "account": " ".join(filter(None, (row["account_code"], row["account_name"]))),
            "description": row["description"] or row["document_number"] or "",
        }
        for row in plan.get("preview", [])
    ]
