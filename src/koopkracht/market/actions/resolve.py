"""Resolving the parties of an import to suppliers, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

from koopkracht.audit import api as audit
from koopkracht.market.models import Supplier, SupplierAlias
from koopkracht.market.queries import suppliers as queries
from koopkracht.market.resolution import Known, Plan, Prepared, plan_resolution, prepare
from koopkracht.market.types.suppliers import SupplierCandidate, SupplierKind, SupplierSize
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed

_ItemT = TypeVar("_ItemT")
_ValueT = TypeVar("_ValueT")

_LOOKUP_CHUNK = 5_000
_SCAN_FROM = 20_000
_WRITE_CHUNK = 2_000
_IMPORT_PERMISSIONS = ("spend.import", "register.import", "invoice.import", "supplier.edit")


def resolve_suppliers(*, actor: Actor, candidates: Iterable[SupplierCandidate], source: str) -> Mapping[str, int]:
    """Return for the key of each candidate the id of its supplier; unknown suppliers are created."""
    _require_import(actor)
    prepared = [prepare(candidate, source=source) for candidate in candidates]
    if not prepared:
        return {}
    with transaction.atomic():
        plan = plan_resolution(prepared, _load_known(actor.organisation_id, prepared), source=source)
        stored = _store_new(actor.organisation_id, plan)
        changed = _store_learnt(actor.organisation_id, plan)
        _store_statements(actor.organisation_id, plan, prepared, stored, source)
        _store_aliases(actor.organisation_id, plan, stored, source)
        if stored or changed:
            audit.record(
                actor=actor,
                action="suppliers.resolved",
                subject="supplier",
                data={"source": source, "candidates": len(prepared), "created": len(stored), "completed": changed},
            )
    return {key: stored.get(supplier, supplier) for key, supplier in plan.supplier_of.items()}


def _require_import(actor: Actor) -> None:
    if not any(actor.may(permission) for permission in _IMPORT_PERMISSIONS):
        raise NotAllowed(
            "U hebt geen recht om gegevens van leveranciers in te voeren. Vraag het aan de beheerder.",
            code="not-allowed",
            permission=_IMPORT_PERMISSIONS[0],
        )


def _chunks(items: Iterable[_ItemT], size: int) -> Iterator[list[_ItemT]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _rows(rows: QuerySet[Any, _ItemT], field: str, values: set[_ValueT]) -> Iterator[_ItemT]:
    """Read the rows whose ``field`` is one of ``values``; for very many values a scan beats long lists."""
    if len(values) > _SCAN_FROM:
        yield from rows.iterator(chunk_size=_LOOKUP_CHUNK)
        return
    for chunk in _chunks(values, _LOOKUP_CHUNK):
        yield from rows.filter(**{f"{field}__in": chunk}).iterator(chunk_size=_LOOKUP_CHUNK)


def _load_known(organisation_id: int, prepared: Sequence[Prepared]) -> Known:
    """Read what is known of the identifiers and names at hand."""
    known = Known(canonical=queries.canonical_ids(organisation_id))
    touched: set[int] = set()
    names = {item.search_name for item in prepared}
    for supplier_id, value in _rows(_aliases(organisation_id, SupplierAlias.Scheme.NAME), "value", names):
        if value in names:
            touched.add(supplier_id)
            known.by_name[value].append(supplier_id)
            known.aliases.add(("name", value, supplier_id))
    externals = {item.external for item in prepared} - {""}
    for supplier_id, value in _rows(_aliases(organisation_id, SupplierAlias.Scheme.EXTERNAL), "value", externals):
        if value in externals:
            touched.add(supplier_id)
            known.by_external.setdefault(value, supplier_id)
            known.aliases.add(("external", value, supplier_id))
    unverified = {item.unverified.upper() for item in prepared} - {""}
    for supplier_id, value in _rows(_aliases(organisation_id, SupplierAlias.Scheme.UNVERIFIED), "value", unverified):
        known.aliases.add(("unverified", value, supplier_id))
    _load_numbers(organisation_id, prepared, known, touched)
    return known


def _aliases(organisation_id: int, scheme: str) -> QuerySet[SupplierAlias, tuple[int, str]]:
    rows = SupplierAlias.objects.of(organisation_id).filter(scheme=scheme).order_by("id")
    return rows.values_list("supplier_id", "value")


def _load_numbers(organisation_id: int, prepared: Sequence[Prepared], known: Known, touched: set[int]) -> None:
    suppliers = Supplier.objects.of(organisation_id).order_by("id").values_list("id", "kbo", "vat")
    wanted: tuple[tuple[str, set[Any]], ...] = (
        ("kbo", {item.kbo for item in prepared} - {""}),
        ("vat", {item.vat for item in prepared} - {""}),
        ("id", touched),
    )
    for field, values in wanted:
        for supplier_id, kbo, vat in _rows(suppliers, field, values):
            known.kbo_of[supplier_id] = kbo
            known.vat_of[supplier_id] = "" if kbo else vat
            if kbo:
                known.by_kbo[kbo] = supplier_id
            elif vat:
                known.by_vat.setdefault(vat, supplier_id)
    externals = _aliases(organisation_id, SupplierAlias.Scheme.EXTERNAL)
    for supplier_id, value in _rows(externals, "supplier_id", touched):
        known.sources_of[supplier_id].add(value.partition(":")[0])


def _country(item: Prepared, kbo: str, vat: str) -> str:
    return "BE" if kbo else vat[:2] or item.candidate.country[:2].upper()


def _store_new(organisation_id: int, plan: Plan) -> dict[int, int]:
    """Create the new suppliers and return the id behind each provisional number.

    Plain SQL with the defaults of the model: objects would cost several times the insert itself, and an import meets
    thousands of suppliers.
    """
    fields = [field for field in Supplier._meta.concrete_fields if not field.primary_key]
    template = Supplier(organisation_id=organisation_id)
    defaults = {field.attname: field.get_db_prep_save(getattr(template, field.attname), connection) for field in fields}
    quote = connection.ops.quote_name
    into = f"{quote(Supplier._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"
    one = f"({', '.join(['%s'] * len(fields))})"
    at_once = min(_WRITE_CHUNK, (connection.features.max_query_params or 2**16) // len(fields))
    stored: dict[int, int] = {}
    with connection.cursor() as cursor:
        for chunk in _chunks(plan.new.items(), at_once):
            parameters: list[Any] = []
            for number, item in chunk:
                parameters += (defaults | _values(number, item, plan)).values()
            sql = f"INSERT INTO {into} VALUES {', '.join([one] * len(chunk))} RETURNING id"  # noqa: S608
            cursor.execute(sql, parameters)
            stored.update((number, row[0]) for (number, _), row in zip(chunk, cursor.fetchall(), strict=True))
    return stored


def _values(number: int, item: Prepared, plan: Plan) -> dict[str, str]:
    """Return what is known of a new supplier; what the plan learnt about it is used up."""
    kbo, vat = plan.learnt_kbo.pop(number, ""), plan.learnt_vat.pop(number, "")
    return {
        "name": item.name,
        "search_name": item.search_name,
        "kbo": kbo,
        "vat": f"BE{kbo}" if kbo else vat,
        "country": _country(item, kbo, vat),
        "municipality": item.candidate.municipality[:120],
        "postal_code": item.candidate.postal_code[:10],
    }


def _store_learnt(organisation_id: int, plan: Plan) -> int:
    """Add enterprise and VAT numbers to suppliers that had none."""
    wanted = plan.learnt_kbo.keys() | plan.learnt_vat.keys()
    for chunk in _chunks(sorted(wanted), _WRITE_CHUNK):
        rows = list(Supplier.objects.of(organisation_id).filter(id__in=chunk))
        for row in rows:
            row.kbo = plan.learnt_kbo.get(row.pk, row.kbo)
            row.vat = f"BE{row.kbo}" if row.kbo else plan.learnt_vat.get(row.pk, row.vat)
            row.country = "BE" if row.kbo else row.vat[:2] or row.country
        Supplier.objects.bulk_update(rows, ["kbo", "vat", "country"], batch_size=500)
    return len(wanted)


def _store_statements(
    organisation_id: int, plan: Plan, prepared: Sequence[Prepared], stored: Mapping[int, int], source: str
) -> None:
    """Keep the size and kind that a source states: the youngest size wins, a kind only fills what was unknown."""
    stated: dict[int, SupplierCandidate] = {}
    for candidate in (item.candidate for item in prepared):
        if candidate.size is not SupplierSize.UNKNOWN or candidate.kind is not SupplierKind.UNKNOWN:
            number = plan.supplier_of[candidate.key]
            supplier_id = stored.get(number, number)
            before = stated.get(supplier_id)
            if before is None or _stated_on(candidate) >= _stated_on(before):
                stated[supplier_id] = candidate
    for chunk in _chunks(stated, _WRITE_CHUNK):
        rows = list(Supplier.objects.of(organisation_id).filter(id__in=chunk))
        for row in rows:
            _state(row, stated[row.pk], source)
        fields = ["size", "size_source", "size_as_of", "kind", "kind_source", "kind_as_of"]
        Supplier.objects.bulk_update(rows, fields, batch_size=500)


def _stated_on(candidate: SupplierCandidate) -> dt.date:
    return candidate.size_as_of or clock.today()


def _state(row: Supplier, candidate: SupplierCandidate, source: str) -> None:
    as_of = _stated_on(candidate)
    if candidate.size is not SupplierSize.UNKNOWN and (row.size_as_of is None or row.size_as_of <= as_of):
        row.size, row.size_source, row.size_as_of = candidate.size.value, source, as_of
    if candidate.kind is not SupplierKind.UNKNOWN and row.kind == SupplierKind.UNKNOWN.value:
        row.kind, row.kind_source, row.kind_as_of = candidate.kind.value, source, clock.today()


def _store_aliases(organisation_id: int, plan: Plan, stored: Mapping[int, int], source: str) -> None:
    """Insert the new aliases. Plain SQL, because objects would cost ten times the insert itself."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    table = connection.ops.quote_name(SupplierAlias._meta.db_table)
    columns = "organisation_id, supplier_id, scheme, value, raw, source, first_seen"
    sql = f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"  # noqa: S608
    rows = (
        (organisation_id, stored.get(supplier, supplier), scheme, value, raw[:300], source[:200], now)
        for (scheme, value, supplier), raw in plan.aliases.items()
    )
    with connection.cursor() as cursor:
        for chunk in _chunks(rows, _WRITE_CHUNK):
            cursor.executemany(sql, chunk)
