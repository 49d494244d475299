"""Reads of the market context. Querysets stay inside; what leaves is plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from koopkracht.market.errors import SupplierNotFound
from koopkracht.market.identifiers import normalise_belgian, normalise_name
from koopkracht.market.models import DuplicatePair, SocialEnterprise, SocialOffer, SocialRecognition, Supplier
from koopkracht.market.models import SupplierAlias as Alias
from koopkracht.market.types.suppliers import (
    AliasView,
    DuplicateView,
    MarketCounts,
    Recognition,
    RecognitionKind,
    SocialEnterpriseView,
    SupplierDetail,
    SupplierKind,
    SupplierRow,
    SupplierSize,
    SupplierView,
)
from koopkracht.shared import text
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_IDS_AT_ONCE = 5_000
_SUPPLIER_SORTS = {"name": "search_name", "kbo": "kbo", "kind": "kind", "size": "size", "municipality": "municipality"}
_SUPPLIER_FIELDS = ("id", "name", "kbo", "kind", "size", "municipality", "country")


def canonical_ids(organisation_id: int) -> Mapping[int, int]:
    """Return for each merged supplier the supplier that speaks for it now, chains followed to their end.

    A ring cannot be made by one person; should people who decide at the same moment ever close one, it ends here.
    """
    direct = dict(
        Supplier.objects.of(organisation_id).filter(merged_into__isnull=False).values_list("id", "merged_into_id")
    )
    resolved = {}
    for supplier_id in direct:
        target, passed = supplier_id, set[int]()
        while target in direct and target not in passed:
            passed.add(target)
            target = direct[target]
        resolved[supplier_id] = target
    return resolved


def to_view(row: Supplier, canonical: Mapping[int, int]) -> SupplierView:
    """Make the view of one supplier row."""
    return SupplierView(
        id=row.pk,
        name=row.name,
        kbo=row.kbo,
        vat=row.vat,
        country=row.country,
        kind=SupplierKind(row.kind),
        kind_source=row.kind_source,
        kind_as_of=row.kind_as_of,
        size=SupplierSize(row.size),
        size_source=row.size_source,
        size_as_of=row.size_as_of,
        municipality=row.municipality,
        postal_code=row.postal_code,
        canonical_id=canonical.get(row.pk, row.pk),
    )


def suppliers_by_ids(organisation_id: int, supplier_ids: Iterable[int]) -> dict[int, SupplierView]:
    """Return the views of the given suppliers; ids of other organisations are simply not there."""
    canonical = canonical_ids(organisation_id)
    ids = sorted(set(supplier_ids))
    views: dict[int, SupplierView] = {}
    for start in range(0, len(ids), _IDS_AT_ONCE):
        rows = Supplier.objects.of(organisation_id).filter(id__in=ids[start : start + _IDS_AT_ONCE])
        views.update((row.pk, to_view(row, canonical)) for row in rows)
    return views


def list_suppliers(organisation_id: int, query: ListQuery) -> Slice[SupplierRow]:
    """Return a slice of the suppliers that speak for themselves."""
    rows = Supplier.objects.of(organisation_id).filter(merged_into__isnull=True)
    filters = {name: query.filters[name] for name in ("kind", "size") if query.filters.get(name)}
    rows = rows.filter(**filters)
    identified = query.filters.get("identified", "")
    if identified:
        rows = rows.exclude(kbo="") if identified == "yes" else rows.filter(kbo="")
    return keyset(
        _searched(rows, organisation_id, query.search),
        query=query,
        sorts=_SUPPLIER_SORTS,
        fields=_SUPPLIER_FIELDS,
        convert=SupplierRow,
    )


def _searched(rows: QuerySet[Supplier], organisation_id: int, words: str) -> QuerySet[Supplier]:
    """Narrow to suppliers with this number, or with these words in one of their names."""
    kbo = normalise_belgian(words)
    if kbo:
        return rows.filter(kbo=kbo)
    name = normalise_name(words) if words.strip() else ""
    if not name:
        return rows
    aliases = Alias.objects.of(organisation_id).filter(
        supplier_id=OuterRef("pk"), scheme=Alias.Scheme.NAME, value__contains=name
    )
    digits = "".join(char for char in words if char.isdigit())
    by_number = Q(kbo__startswith=digits) if len(digits) >= 4 else Q()
    found = Q(search_name__contains=name) | Exists(aliases)
    return rows.filter(found | by_number if by_number else found)


def supplier(organisation_id: int, supplier_id: int) -> SupplierDetail:
    """Return one supplier with the names it goes by and what was merged into it."""
    canonical = canonical_ids(organisation_id)
    row = Supplier.objects.of(organisation_id).filter(pk=supplier_id).first()
    if row is None:
        raise SupplierNotFound(supplier_id)
    speaker = canonical.get(row.pk, row.pk)
    together = [row.pk, *(merged for merged, kept in canonical.items() if kept == row.pk)]
    aliases = Alias.objects.of(organisation_id).filter(supplier_id__in=together).order_by("scheme", "raw")
    pairs = DuplicatePair.objects.of(organisation_id).filter(Q(low=row) | Q(high=row)).order_by("-score", "id")[:20]
    merged = [pk for pk in together if pk != row.pk]
    merged_views = suppliers_by_ids(organisation_id, merged) if merged else {}
    return SupplierDetail(
        supplier=to_view(row, canonical),
        aliases=tuple(AliasView(alias.scheme, alias.raw, alias.source, alias.first_seen) for alias in aliases[:100]),
        merged=tuple(merged_views[pk] for pk in merged),
        pairs=_pair_views(organisation_id, list(pairs)),
        entry=social_enterprise_of(organisation_id, speaker),
    )


def list_duplicates(organisation_id: int, query: ListQuery) -> Slice[DuplicateView]:
    """Return a slice of the work list: pairs in one state, best score first."""
    state = query.filters.get("state") or DuplicatePair.State.OPEN
    rows = DuplicatePair.objects.of(organisation_id).filter(state=state)
    found: Slice[dict[str, Any]] = keyset(
        rows, query=query, sorts={"score": "score", "decided": "decided_at"}, fields=("id",), convert=dict
    )
    ids = [row["id"] for row in found.rows]
    pairs = DuplicatePair.objects.of(organisation_id).in_bulk(ids)
    views = {view.id: view for view in _pair_views(organisation_id, list(pairs.values()))}
    return found.map(lambda row: views[row["id"]])


def duplicate(organisation_id: int, pair_id: int) -> DuplicateView | None:
    """Return one pair."""
    rows = list(DuplicatePair.objects.of(organisation_id).filter(pk=pair_id))
    return next(iter(_pair_views(organisation_id, rows)), None)


def _pair_views(organisation_id: int, pairs: Sequence[DuplicatePair]) -> tuple[DuplicateView, ...]:
    ids = {pk for pair in pairs for pk in (pair.low_id, pair.high_id)}
    views = suppliers_by_ids(organisation_id, ids) if ids else {}
    return tuple(
        DuplicateView(
            id=pair.pk,
            left=views[pair.low_id],
            right=views[pair.high_id],
            score=pair.score,
            reasons=tuple(pair.reasons),
            state=pair.state,
            merged_id=pair.merged_id,
            remark=pair.remark,
            decided_at=pair.decided_at,
        )
        for pair in pairs
    )


def list_social_enterprises(organisation_id: int, query: ListQuery) -> Slice[SocialEnterpriseView]:
    """Return a slice of the directory: by words, region, recognition and what is offered."""
    rows = SocialEnterprise.objects.of(organisation_id)
    for word in text.normalise(query.search).split():
        rows = rows.filter(search_text__contains=word)
    if query.filters.get("region"):
        rows = rows.filter(region=query.filters["region"])
    if query.filters.get("kind"):
        rows = rows.filter(_recognised(organisation_id, query.filters["kind"]))
    if query.filters.get("product_group"):
        offered = SocialOffer.objects.of(organisation_id).filter(
            entry_id=OuterRef("pk"), product_group=query.filters["product_group"]
        )
        rows = rows.filter(Exists(offered))
    sorts = {"name": "supplier__search_name", "region": "region", "date": "source_date"}
    found: Slice[dict[str, Any]] = keyset(rows, query=query, sorts=sorts, fields=("id",), convert=dict)
    views = _entry_views(organisation_id, [row["id"] for row in found.rows])
    return found.map(lambda row: views[row["id"]])


def _recognised(organisation_id: int, kind: str) -> Exists:
    return Exists(SocialRecognition.objects.of(organisation_id).filter(entry_id=OuterRef("pk"), kind=kind))


def social_enterprise_of(organisation_id: int, supplier_id: int) -> SocialEnterpriseView | None:
    """Return the directory entry of a supplier."""
    found = SocialEnterprise.objects.of(organisation_id).filter(supplier_id=supplier_id).values_list("id", flat=True)
    return next(iter(_entry_views(organisation_id, list(found)).values()), None)


def social_enterprises_offering(organisation_id: int, product_group: str, limit: int) -> list[SocialEnterpriseView]:
    """Return the entries that offer a product group."""
    offers = SocialOffer.objects.of(organisation_id).filter(product_group=product_group)
    ids = list(offers.order_by("entry__supplier__search_name").values_list("entry_id", flat=True)[:limit])
    return list(_entry_views(organisation_id, ids).values())


def social_enterprise_counts(organisation_id: int) -> dict[str, int]:
    """Return how many entries offer each product group."""
    rows = SocialOffer.objects.of(organisation_id).exclude(product_group="").values("product_group")
    return {row["product_group"]: row["entries"] for row in rows.annotate(entries=Count("entry", distinct=True))}


def social_economy_periods(organisation_id: int) -> dict[int, tuple[Recognition, ...]]:
    """Return the recognitions by supplier id."""
    rows = SocialRecognition.objects.of(organisation_id).values_list(
        "entry__supplier_id", "kind", "valid_from", "valid_until"
    )
    periods: dict[int, tuple[Recognition, ...]] = {}
    for supplier_id, kind, valid_from, valid_until in rows:
        recognition = Recognition(RecognitionKind(kind), valid_from, valid_until)
        periods[supplier_id] = (*periods.get(supplier_id, ()), recognition)
    return periods


def regions(organisation_id: int) -> list[str]:
    """Return the regions that occur in the directory."""
    rows = SocialEnterprise.objects.of(organisation_id).exclude(region="").order_by("region")
    return list(rows.values_list("region", flat=True).distinct())


def _entry_views(organisation_id: int, ids: Sequence[int]) -> dict[int, SocialEnterpriseView]:
    """Make the views of directory entries, in the order of ``ids``, with three queries in all."""
    rows = (
        SocialEnterprise.objects.of(organisation_id)
        .filter(pk__in=ids)
        .select_related("supplier")
        .prefetch_related("recognitions", "offers")
        .in_bulk()
        if ids
        else {}
    )
    return {pk: _entry_view(rows[pk]) for pk in ids}


def _entry_view(row: Any) -> SocialEnterpriseView:
    offers = list(row.offers.all())
    return SocialEnterpriseView(
        id=row.pk,
        supplier_id=row.supplier_id,
        name=row.supplier.name,
        kbo=row.supplier.kbo,
        recognitions=tuple(
            Recognition(RecognitionKind(item.kind), item.valid_from, item.valid_until)
            for item in row.recognitions.all()
        ),
        activities=row.activities,
        product_groups=tuple(sorted(offer.product_group for offer in offers if offer.product_group)),
        cpv_codes=tuple(sorted(offer.cpv for offer in offers if offer.cpv)),
        region=row.region,
        municipality=row.supplier.municipality,
        capacity=row.capacity,
        website=row.website,
        source=row.source,
        source_date=row.source_date,
    )


def counts(organisation_id: int) -> MarketCounts:
    """Return how large the register is and how much of it is known."""
    rows = Supplier.objects.of(organisation_id).filter(merged_into__isnull=True)
    totals = rows.aggregate(
        suppliers=Count("id"),
        identified=Count("id", filter=~Q(kbo="")),
        kind_known=Count("id", filter=~Q(kind=SupplierKind.UNKNOWN.value)),
        size_known=Count("id", filter=~Q(size=SupplierSize.UNKNOWN.value)),
    )
    return MarketCounts(
        **totals,
        social_enterprises=SocialEnterprise.objects.of(organisation_id).count(),
        open_duplicates=DuplicatePair.objects.of(organisation_id).filter(state=DuplicatePair.State.OPEN).count(),
    )
