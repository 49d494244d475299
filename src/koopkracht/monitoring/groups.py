"""The product groups of the catalogue as assignment and figures use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from koopkracht.monitoring import words


@dataclass(frozen=True, slots=True)
class Feature:
    """Something the content says about a product group, and where it has that from."""

    code: str
    holds: bool
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """A product group with what its standard rules look at."""

    code: str
    name: str
    parent: str
    words: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    cpv_prefixes: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()


@lru_cache(maxsize=1)
def all_groups() -> tuple[Group, ...]:
    """Return all product groups in the order of the catalogue."""
    raise NotImplementedError


def names() -> Mapping[str, str]:
    """Return the names of the product groups by code; those with children can be chosen as well."""
    return {group.code: group.name for group in all_groups()}


def name_of(code: str) -> str:
    """Return the name of a product group; money without one has a name too."""
    return names().get(code, code) if code else words.unassigned()


def features_of(code: str) -> tuple[Feature, ...]:
    """Return what the content says about a product group."""
    return next((group.features for group in all_groups() if group.code == code), ())
