"""The door of the catalogue: product groups, CPV, areas and municipalities, code names. Stable, keep it small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from koopkracht.catalogue import queries, tables
from koopkracht.catalogue.types import Area, CpvCode, Municipality, ProductGroup, Segment

__all__ = [
    "area",
    "clean_cpv",
    "code_label",
    "cpv",
    "cpv_ancestors",
    "is_social_service",
    "municipalities",
    "municipality",
    "product_group",
    "product_group_for_cpv",
    "product_groups",
    "search_cpv",
    "search_municipalities",
    "search_product_groups",
    "segments",
    "social_service_category",
]


def segments() -> tuple[Segment, ...]:
    """Return the segments of the tree of product groups, in order."""
    return queries.segments()


def product_groups(*, on: dt.date | None = None) -> tuple[ProductGroup, ...]:
    """Return the product groups that hold on ``on`` (today when not given), in the order of the tree."""
    return queries.product_groups(on)


def product_group(*, code: str) -> ProductGroup:
    """Return one product group, also one that no longer holds. Raises ``ProductGroupNotFound``."""
    return queries.product_group(code)


def product_group_for_cpv(*, cpv: str) -> ProductGroup | None:
    """Return the product group of a CPV code (longest beginning wins); ``None`` for what is no CPV code."""
    return queries.product_group_for_cpv(cpv)


def search_product_groups(*, words: str, on: dt.date | None = None, limit: int = 20) -> tuple[ProductGroup, ...]:
    """Return the groups in which all words (or their stems) occur, best first; a CPV code finds its group."""
    return queries.search_product_groups(words, on=on, limit=limit)


def clean_cpv(*, cpv: str) -> str:
    """Return the eight digits of a CPV code written with or without check digit, or an empty text."""
    return queries.clean_cpv(cpv)


def cpv(*, code: str) -> CpvCode | None:
    """Return a CPV code with its names; ``None`` when the list does not have it. Raises ``CpvTableMissing``."""
    return tables.cpv_codes().get(queries.clean_cpv(code))


def cpv_ancestors(*, code: str) -> tuple[CpvCode, ...]:
    """Return the codes above a CPV code, the division first. Raises ``CpvTableMissing``."""
    return queries.cpv_ancestors(code)


def search_cpv(*, words: str, limit: int = 20) -> tuple[CpvCode, ...]:
    """Return CPV codes by Dutch words or first digits, high codes first. Raises ``CpvTableMissing``."""
    return queries.search_cpv(words, limit=limit)


def is_social_service(*, cpv: str) -> bool:
    """Tell whether a CPV code is among the social and other specific services."""
    return bool(queries.social_service_category(cpv))


def social_service_category(*, cpv: str) -> str:
    """Return the Dutch name of the category of social and other specific services, or an empty text."""
    return queries.social_service_category(cpv)


def area(*, code: str) -> Area | None:
    """Return a Belgian NUTS area."""
    return tables.areas().get(code)


def municipality(*, nis: str) -> Municipality | None:
    """Return the municipality of today for a NIS code of now or from before the mergers of 2025."""
    return queries.municipality(nis)


def municipalities() -> Mapping[str, Municipality]:
    """Return the 285 Flemish municipalities by NIS code."""
    return tables.municipalities()


def search_municipalities(*, words: str, limit: int = 10) -> tuple[Municipality, ...]:
    """Return municipalities by part of their name, those that begin with it first."""
    return queries.search_municipalities(words, limit=limit)


def code_label(*, list_name: str, code: str) -> str:
    """Return our Dutch name of an eForms code, or the code itself when it has none."""
    return tables.code_labels().get(list_name, {}).get(code, code)
