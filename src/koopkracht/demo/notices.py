"""Award notices of the town and its neighbours, as the official service would hand them out (eForms SDK 1.14)."""

from __future__ import annotations

import datetime as dt
import io
import tarfile
import uuid
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, Template, Undefined

from koopkracht.demo.town import content, enterprise_number, suppliers

NAMESPACE = uuid.UUID("6f0e2a52-90a5-4a43-9a3c-9a1f6a7c2f11")
_SIZES = {"micro": "micro", "small": "small", "medium": "medium", "large": "large"}


@cache
def _template() -> Template:
    text = resources.files("koopkracht").joinpath("demo", "award_notice.xml.jinja").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=Undefined, trim_blocks=True, lstrip_blocks=True).from_string(text)


def buyers() -> dict[str, dict[str, Any]]:
    """Return the organisations that publish, by short name."""
    described = content("town")
    return {row["slug"]: row for row in [described["town"], *described["neighbours"]]}


def notice_xml(notice: dict[str, Any]) -> bytes:
    """Return one award notice as XML."""
    buyer = buyers()[notice["buyer"]]
    winners = sorted({lot["winner"] for lot in notice["lots"] if lot.get("winner")})
    known = {supplier.name: supplier for supplier in suppliers()}
    organisations = [
        {"id": "ORG-0001", "name": buyer["name"], "number": enterprise_number(buyer["kbo_seed"]), "size": ""},
        {"id": "ORG-0002", "name": "Raad van State", "number": enterprise_number(99), "size": ""},
        *(
            {
                "id": f"ORG-{number:04d}",
                "name": name,
                "number": known[name].kbo,
                "size": _SIZES.get(known[name].size, ""),
            }
            for number, name in enumerate(winners, 3)
        ),
    ]
    issued = dt.date.fromisoformat(str(notice["issued"]))
    text = _template().render(
        notice=notice,
        notice_id=uuid.uuid5(NAMESPACE, f"{notice['id']} 01"),
        procedure_id=uuid.uuid5(NAMESPACE, notice["id"]),
        lots=[(number, {**lot, **_period(issued, lot["months"])}) for number, lot in enumerate(notice["lots"], 1)],
        organisations=organisations,
        winner_ids={row["name"]: row["id"] for row in organisations},
        issued=f"{issued}+01:00",
        published=f"{issued + dt.timedelta(days=4)}+01:00",
        publication=f"00{600_000 + int(issued.strftime('%j')) * 97:06d}-{issued.year}",
        gazette=f"{issued.isocalendar().week * 5}/{issued.year}",
        awarded=f"{notice['awarded']}+01:00",
        total=sum(lot["amount"] for lot in notice["lots"] if lot.get("winner")),
    )
    return text.encode()


def _period(issued: dt.date, months: int) -> dict[str, str]:
    """Return the first and last day of a contract that starts in the month after the notice."""
    start = dt.date(issued.year + issued.month // 12, issued.month % 12 + 1, 1)
    after = start.year * 12 + start.month - 1 + months
    end = dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)
    return {"start": f"{start}+01:00", "end": f"{end}+01:00"}


def archive() -> bytes:
    """Return all notices in one tar archive, the same bytes each time."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for notice in content("notices")["notices"]:
            data = notice_xml(notice)
            entry = tarfile.TarInfo(f"{notice['id']}.xml")
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return out.getvalue()
