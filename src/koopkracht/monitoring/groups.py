"""The product groups of the catalogue as assignment and figures use them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.catalogue.types import ProductGroup, SocialPotential
from koopkracht.monitoring import words as names_of_codes

_SHORTEST_ACCOUNT = 3


@dataclass(frozen=True, slots=True)
class Feature:
    """Something the content says about a product group, and where it has that from."""

    code: str
    holds: bool
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """A product group with what its standard rules look at.

    ``accounts`` support a word ("gras" on a purchase account is grass seed, on a service account it is mowing);
    only ``sure_accounts`` decide on their own.
    """

    code: str
    name: str
    segment: str
    words: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    sure_accounts: tuple[str, ...] = ()
    cpv_prefixes: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()


def all_groups() -> tuple[Group, ...]:
    """Return the product groups of today in the order of the catalogue."""
    found = catalogue.product_groups()
    shared = Counter(prefix for group in found for prefix in group.accounts)
    return tuple(_group(group, shared) for group in found)


def names() -> Mapping[str, str]:
    """Return the names of the product groups that can be chosen today, by code."""
    return {group.code: group.name for group in catalogue.product_groups()}


def choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the product groups of today per segment, as a list to choose from."""
    found: dict[str, list[tuple[str, str]]] = {}
    for group in catalogue.product_groups():
        found.setdefault(group.segment.name, []).append((group.code, group.name))
    return tuple((segment, tuple(members)) for segment, members in found.items())


def name_of(code: str) -> str:
    """Return the name of a product group, also of one that is no longer used; money without one has a name too."""
    if not code:
        return names_of_codes.unassigned()
    try:
        return catalogue.product_group(code=code).name
    except ProductGroupNotFound:
        return code


def exists(code: str) -> bool:
    """Tell whether a product group is or was in the catalogue."""
    try:
        catalogue.product_group(code=code)
    except ProductGroupNotFound:
        return False
    return True


def features_of(code: str) -> tuple[Feature, ...]:
    """Return what the content says about a product group."""
    try:
        return _features(catalogue.product_group(code=code))
    except ProductGroupNotFound:
        return ()


def _group(group: ProductGroup, shared: Mapping[str, int]) -> Group:
    sure = tuple(one for one in group.accounts if shared[one] == 1 and len(one) >= _SHORTEST_ACCOUNT)
    return Group(
        code=group.code,
        name=group.name,
        segment=group.segment.name,
        words=tuple(dict.fromkeys((*group.words, *group.synonyms))),
        accounts=group.accounts,
        sure_accounts=sure,
        cpv_prefixes=group.cpv,
        features=_features(group),
    )


def _features(group: ProductGroup) -> tuple[Feature, ...]:
    texts = {
        SocialPotential.HIGH: _("De indeling noemt de ruimte voor sociale economie hoog"),
        SocialPotential.MIDDLE: _("De indeling noemt de ruimte voor sociale economie gemiddeld"),
        SocialPotential.LOW: _("De indeling noemt de ruimte voor sociale economie laag"),
    }
    holds = group.social_potential is SocialPotential.HIGH
    return (Feature("potential", holds, texts[group.social_potential], group.social_reason),)
