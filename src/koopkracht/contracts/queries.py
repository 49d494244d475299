"""Reads of contracts; querysets stay in here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from koopkracht.contracts.errors import ContractNotFound
from koopkracht.contracts.models import Contract, ContractSupplier
from koopkracht.contracts.types import ContractDetail, ContractPartyView, ContractRow
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_FIELDS = tuple(ContractRow.__dataclass_fields__)
_WHOSE = {"eigen": {"is_own": True}, "markt": {"is_own": False}}


def _counting(organisation_id: int) -> QuerySet[Any, Any]:
    return Contract.objects.of(organisation_id).filter(counts=True)


def contracts(*, organisation_id: int, query: ListQuery) -> Slice[ContractRow]:
    """Return a part of the list of contracts that count. Filters: ``van``, ``raam``, ``eindigt_voor``, ``cpv``."""
    rows = _counting(organisation_id).filter(**_WHOSE.get(query.filters.get("van", ""), {}))
    if frame := query.filters.get("raam"):
        rows = rows.filter(is_framework=frame == "ja")
    if before := _date(query.filters.get("eindigt_voor", "")):
        rows = rows.filter(end_date__lt=before)
    if cpv := query.filters.get("cpv"):
        rows = rows.filter(main_cpv__startswith=cpv)
    for word in query.search.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(reference__icontains=word)
            | Q(supplier_name__icontains=word)
            | Q(buyer_name__icontains=word)
        )
    return keyset(
        rows,
        query=query,
        sorts={
            "conclusion_date": "conclusion_date",
            "end_date": "end_date",
            "value": "value",
            "title": "title",
            "supplier_name": "supplier_name",
        },
        fields=_FIELDS,
        convert=ContractRow,
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def contract(*, organisation_id: int, contract_id: int) -> ContractDetail:
    """Return one contract. Raises :class:`ContractNotFound`."""
    row = Contract.objects.of(organisation_id).filter(pk=contract_id).first()
    if row is None:
        raise ContractNotFound(_("Dit contract bestaat niet (meer)."), code="contract-not-found")
    parties = ContractSupplier.objects.of(organisation_id).filter(contract=row).order_by("position", "pk")
    plain = {name for name in ContractDetail.__dataclass_fields__ if name not in {"row", "lots", "parties"}}
    return ContractDetail(
        row=ContractRow(**{name: getattr(row, name) for name in _FIELDS}),
        lots=tuple(row.lots),
        parties=tuple(ContractPartyView(*values) for values in parties.values_list("supplier_id", "name", "leader")),
        **{name: getattr(row, name) for name in plain},
    )


def contracts_of(
    *, organisation_id: int, procedure_id: int | None = None, notice_id: int | None = None
) -> tuple[ContractRow, ...]:
    """Return the contracts of a procedure (those that count) or of one notice (all)."""
    rows = Contract.objects.of(organisation_id)
    if procedure_id is not None:
        rows = rows.filter(procedure_id=procedure_id, counts=True)
    if notice_id is not None:
        rows = rows.filter(notice_id=notice_id)
    return tuple(ContractRow(**values) for values in rows.order_by("-conclusion_date", "pk").values(*_FIELDS))


def contracts_ending(
    *, organisation_id: int, start: dt.date, end: dt.date, own: bool = True, limit: int = 200
) -> tuple[ContractRow, ...]:
    """Return the contracts that end from ``start`` up to but not including ``end``, the first to end in front."""
    rows = _counting(organisation_id).filter(is_own=own, end_date__gte=start, end_date__lt=end)
    return tuple(ContractRow(**values) for values in rows.order_by("end_date", "pk").values(*_FIELDS)[:limit])


def contracts_of_supplier(
    *, organisation_id: int, supplier_ids: tuple[int, ...], limit: int = 200
) -> tuple[ContractRow, ...]:
    """Return the contracts in which one of these suppliers takes part, the newest first."""
    members = ContractSupplier.objects.of(organisation_id).filter(supplier_id__in=supplier_ids).values("contract_id")
    rows = _counting(organisation_id).filter(pk__in=members).order_by("-conclusion_date", "-pk")
    return tuple(ContractRow(**values) for values in rows.values(*_FIELDS)[:limit])
