"""The reference tables, read once from the content files and kept in memory. No database."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from koopkracht.catalogue.errors import CpvTableMissing
from koopkracht.catalogue.types import (
    Area,
    CpvCode,
    Municipality,
    ProductGroup,
    ProductGroupType,
    Segment,
    SocialPotential,
)

_CONTENT = resources.files("koopkracht") / "content"
_REFERENCE = _CONTENT / "reference"


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Read a reference table; lines that start with ``#`` say where it comes from."""
    lines = (_REFERENCE / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _date(value: str | dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


@cache
def product_groups() -> Mapping[str, ProductGroup]:
    """Return all product groups by code, in the order of the files."""
    groups: dict[str, ProductGroup] = {}
    files = (file for file in (_CONTENT / "product_groups").iterdir() if file.name.endswith(".yaml"))
    for file in sorted(files, key=lambda file: file.name):
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        segment = Segment(**document["segment"])
        groups.update((raw["code"], _group(raw, segment)) for raw in document["groups"])
    return groups


def _group(raw: Mapping[str, Any], segment: Segment) -> ProductGroup:
    return ProductGroup(
        code=raw["code"],
        name=raw["name"],
        description=raw["description"],
        type=ProductGroupType(raw["type"]),
        segment=segment,
        cpv=tuple(raw["cpv"]),
        accounts=tuple(raw["accounts"]),
        words=tuple(raw["words"]),
        synonyms=tuple(raw["synonyms"]),
        social_potential=SocialPotential(raw["social_economy"]["potential"]),
        social_reason=raw["social_economy"]["reason"],
        valid_from=_date(raw["valid_from"]),
        valid_until=_date(raw["valid_until"]) if "valid_until" in raw else None,
    )


@cache
def groups_by_cpv_prefix() -> Mapping[str, str]:
    """Return the code of the product group for each beginning of a CPV code that the tree names."""
    return {prefix: group.code for group in product_groups().values() for prefix in group.cpv}


@cache
def cpv_codes() -> Mapping[str, CpvCode]:
    """Return all CPV codes; raises ``CpvTableMissing`` when set-up has not built the table."""
    table = resources.files("koopkracht") / "catalogue" / "data" / "cpv.csv"
    if not table.is_file():
        raise CpvTableMissing
    with table.open(encoding="utf-8") as file:
        return {row["code"]: CpvCode(**row) for row in csv.DictReader(file)}


@cache
def areas() -> Mapping[str, Area]:
    """Return the Belgian NUTS areas by code."""
    return {row["code"]: Area(row["code"], int(row["level"]), row["parent"], row["name"]) for row in _rows("nuts.csv")}


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return the Flemish municipalities of 2025 by NIS code."""
    districts = {area.name: area.code for area in areas().values() if area.level == 3}
    return {
        row["nis"]: Municipality(
            nis=row["nis"],
            name=row["name"],
            province=row["province"],
            district=row["district"],
            nuts=districts.get(row["district"], ""),
            kbo=row["kbo"],
            kbo_ocmw=row["kbo_ocmw"],
            valid_from=_date(row["valid_from"]),
            predecessors=tuple(row["predecessors"].split()),
            inhabitants_2020=int(row["inhabitants_2020"]) if row["inhabitants_2020"] else None,
        )
        for row in _rows("municipalities.csv")
    }


@cache
def municipality_of_predecessor() -> Mapping[str, str]:
    """Return the NIS code of today for each code that was given up or taken over."""
    return {old: town.nis for town in municipalities().values() for old in town.predecessors}


@cache
def code_labels() -> Mapping[str, Mapping[str, str]]:
    """Return our Dutch names of eForms codes, by list and code."""
    document = yaml.safe_load((_REFERENCE / "codes.yaml").read_text(encoding="utf-8"))
    return {name: {str(code): str(label) for code, label in codes.items()} for name, codes in document["lists"].items()}


@cache
def social_service_ranges() -> tuple[tuple[str, str, str], ...]:
    """Return first code, last code and category of each range of social and other specific services."""
    document = yaml.safe_load((_REFERENCE / "social_services.yaml").read_text(encoding="utf-8"))
    ranges = []
    for entry in document["ranges"]:
        for codes in entry["codes"]:
            first, _, last = codes.partition("-")
            ranges.append((first, last or first, entry["category"]))
    return tuple(ranges)
