"""Reads about social enterprises: what people added, and who fits a product group."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, Q

from koopkracht.accounts import api as accounts
from koopkracht.catalogue import api as catalogue
from koopkracht.market import fitting
from koopkracht.market.content import settings
from koopkracht.market.models import (
    EnterpriseProfile,
    EnterpriseRating,
    EnterpriseReference,
    EnterpriseTurnover,
    PioneerTag,
    SocialEnterprise,
    SocialOffer,
)
from koopkracht.market.queries import suppliers
from koopkracht.market.types.directory import (
    CapacityPool,
    ClientKind,
    ContractForm,
    EnterpriseExtras,
    GroupCapacity,
    Match,
    Pioneer,
    Profile,
    Rating,
    Reference,
    Supply,
    TurnoverShare,
)
from koopkracht.shared import text

_PREFIXES = ("gemeente ", "stad ", "ocmw ", "provincie ")
_PLENTY = 300
"""More lines of one kind than this are not shown on one page."""
_LATEST = F("valid_from").desc(nulls_last=True)


@lru_cache(maxsize=8)
def _tree(on: dt.date) -> fitting.Tree:
    return fitting.Tree.of(catalogue.product_groups(on=on))


def extras(organisation_id: int, supplier_id: int) -> EnterpriseExtras:
    """Return what people added to an enterprise, the newest first."""
    rows = {"supplier_id": supplier_id}
    profile = EnterpriseProfile.objects.of(organisation_id).filter(**rows).first()
    references = EnterpriseReference.objects.of(organisation_id).filter(**rows).order_by(_LATEST, "-id")
    turnover = EnterpriseTurnover.objects.of(organisation_id).filter(**rows).order_by("-as_of", "client", "id")
    ratings = EnterpriseRating.objects.of(organisation_id).filter(**rows).order_by("-rated_on", "-id")
    tags = PioneerTag.objects.of(organisation_id).filter(**rows).order_by("domain", "id")
    return EnterpriseExtras(
        profile=_profile(profile),
        references=tuple(_reference(row) for row in references[:_PLENTY]),
        turnover=tuple(
            TurnoverShare(ClientKind(row.client), row.share, row.source, row.as_of, row.pk)
            for row in turnover[:_PLENTY]
        ),
        ratings=tuple(_rating(row) for row in ratings.select_related("supplier")[:_PLENTY]),
        pioneer=tuple(_pioneer(row) for row in tags.select_related("supplier")),
    )


def _profile(row: EnterpriseProfile | None) -> Profile:
    if row is None:
        return Profile()
    return Profile(**{name: getattr(row, name) for name in Profile.__dataclass_fields__})


def _reference(row: EnterpriseReference) -> Reference:
    return Reference(
        row.client, row.subject, ContractForm(row.form), row.valid_from, row.valid_until, row.source, row.pk
    )


def _rating(row: EnterpriseRating) -> Rating:
    plain = ("product_group", "price", "quality", "remark", "department", "shared", "rated_on", "supplier_id")
    return Rating(**{name: getattr(row, name) for name in plain}, id=row.pk, supplier=row.supplier.name)


def _pioneer(row: PioneerTag) -> Pioneer:
    return Pioneer(
        domain=row.domain,
        evidence=row.evidence,
        source=row.source,
        as_of=row.as_of,
        id=row.pk,
        supplier_id=row.supplier_id,
        supplier=row.supplier.name,
        municipality=row.supplier.municipality,
    )


def pioneers(organisation_id: int, domain: str) -> tuple[Pioneer, ...]:
    """Return the pioneering suppliers, of one domain when given, by domain and name."""
    rows = PioneerTag.objects.of(organisation_id).select_related("supplier")
    rows = rows.filter(domain=domain) if domain else rows
    return tuple(_pioneer(row) for row in rows.order_by("domain", "supplier__search_name", "id")[:_PLENTY])


def shared_ratings(organisation_id: int, lowest: int) -> tuple[Rating, ...]:
    """Return the good experiences that may be shared: price and quality both at least ``lowest``."""
    rows = EnterpriseRating.objects.of(organisation_id).filter(shared=True, price__gte=lowest, quality__gte=lowest)
    return tuple(_rating(row) for row in rows.select_related("supplier").order_by("-rated_on", "-id")[:_PLENTY])


def promoted(organisation_id: int) -> frozenset[int]:
    """Return the ids of the suppliers that are on the list to recommend to others."""
    rows = EnterpriseProfile.objects.of(organisation_id).filter(promoted=True)
    return frozenset(rows.values_list("supplier_id", flat=True))


def candidates(organisation_id: int) -> list[fitting.Candidate]:
    """Return every directory entry with what the match rests on; six queries, however many entries there are."""
    offers: dict[int, tuple[set[str], list[str]]] = defaultdict(lambda: (set(), []))
    rows = SocialOffer.objects.of(organisation_id).order_by("id").values_list("entry_id", "product_group", "cpv")
    for entry_id, group, cpv in rows:
        if group:
            offers[entry_id][0].add(group)
        if cpv:
            offers[entry_id][1].append(cpv)
    periods = suppliers.social_economy_periods(organisation_id)
    records = _track_records(organisation_id)
    speakers = suppliers.canonical_ids(organisation_id)
    fields = ("id", "supplier_id", "supplier__name", "supplier__municipality", "region", "activities", "capacity")
    found = SocialEnterprise.objects.of(organisation_id).order_by("source_date", "id")
    # The youngest entry speaks when suppliers were merged: an enterprise is one candidate.
    entries = {speakers.get(row[1], row[1]): row for row in found.values_list(*fields, "source", "source_date")}
    return [
        fitting.Candidate(
            supplier_id=speaker,
            name=name,
            municipality=municipality,
            region=region,
            activities=activities,
            capacity=people,
            source=source,
            source_date=day,
            groups=frozenset(offers[pk][0]),
            cpv=tuple(offers[pk][1]),
            recognitions=periods.get(supplier_id, ()),
            track_record=records.get(speaker, 0),
        )
        for speaker, (
            pk,
            supplier_id,
            name,
            municipality,
            region,
            activities,
            people,
            source,
            day,
        ) in entries.items()
    ]


def _track_records(organisation_id: int) -> Mapping[int, int]:
    """Count references and good experiences (quality 4 or 5) per supplier."""
    found: dict[int, int] = defaultdict(int)
    models: tuple[tuple[Any, Q], ...] = ((EnterpriseReference, Q()), (EnterpriseRating, Q(quality__gte=4)))
    for model, only in models:
        rows = model.objects.of(organisation_id).filter(only).values("supplier_id").annotate(number=Count("id"))
        for row in rows.values_list("supplier_id", "number"):
            found[row[0]] += row[1]
    return found


def area(organisation_id: int, region: str) -> fitting.Area:
    """Return what counts as near: the region that was chosen, else the province of the organisation.

    A place that the list of municipalities does not know gives no area: then the whole directory counts.
    """
    if region.strip():
        wanted = text.normalise(region)
        towns = {text.normalise(one.name) for one in catalogue.municipalities().values() if _lies_in(one, wanted)}
        return fitting.Area(region.strip(), frozenset(towns | {wanted}), frozenset({wanted}))
    own = accounts.organisation(organisation_id=organisation_id)
    home = catalogue.municipality(nis=own.nis_code) if own.nis_code else None
    if home is None:
        name = text.normalise(own.name)
        bare = next((name.removeprefix(prefix) for prefix in _PREFIXES if name.startswith(prefix)), name)
        return fitting.Area("", frozenset({bare}))
    province = text.normalise(home.province)
    towns = {text.normalise(one.name) for one in catalogue.municipalities().values() if one.province == home.province}
    return fitting.Area(home.province, frozenset(towns), frozenset({province, text.normalise(home.district)}))


def _lies_in(one: Any, wanted: str) -> bool:
    return wanted in {text.normalise(one.name), text.normalise(one.province), text.normalise(one.district)}


def match(organisation_id: int, product_group: str, on: dt.date, region: str) -> tuple[tuple[Match, ...], Supply]:
    """Return who could do this and how many of them are suitable and near."""
    group = catalogue.product_group(code=product_group)
    place = area(organisation_id, region)
    found = fitting.match(
        group, candidates(organisation_id), tree=_tree(on), area=place, on=on, points=settings().points
    )
    suitable = [one for one in found if one.suitable and (one.near or not place.name)]
    return found, Supply(len(suitable), settings().minimum_enterprises, place.name, len(found))


def supply_by_group(organisation_id: int, on: dt.date, region: str) -> dict[str, int]:
    """Return the number of suitable enterprises per product group."""
    place = area(organisation_id, region)
    return fitting.supply_by_group(candidates(organisation_id), tree=_tree(on), area=place, on=on)


def capacity(organisation_id: int, on: dt.date) -> tuple[dict[str, GroupCapacity], tuple[CapacityPool, ...]]:
    """Return the divided workforce per product group and the workforces themselves."""
    return fitting.capacity(
        candidates(organisation_id), tree=_tree(on), on=on, hours_per_person=settings().hours_per_person
    )
