"""Reads of procedures, lots and notices; querysets stay in here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from koopkracht.dossiers.errors import NoticeNotFound, ProcedureNotFound
from koopkracht.dossiers.models import Lot, Notice, Procedure
from koopkracht.dossiers.types import (
    LotRow,
    NoticeDetail,
    NoticeRow,
    NoticeState,
    ProcedureDetail,
    ProcedureRow,
    StrategicFigures,
)
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_WHOSE = {"eigen": {"is_own": True}, "markt": {"is_own": False}}
_GOALS = {"sociaal": "is_social", "groen": "is_green", "innovatie": "is_innovative", "voorbehouden": "is_reserved"}


def _fields(row: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(row))


def _search(rows: QuerySet[Any, Any], text: str, *names: str) -> QuerySet[Any, Any]:
    for word in text.split():
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


def _whose(rows: QuerySet[Any, Any], query: ListQuery) -> QuerySet[Any, Any]:
    return rows.filter(**_WHOSE.get(query.filters.get("van", ""), {}))


def notices(*, organisation_id: int, query: ListQuery) -> Slice[NoticeRow]:
    """Return a part of the list of notices; replaced versions only when the filter ``versies`` asks for them."""
    rows = _whose(Notice.objects.of(organisation_id), query)
    if query.filters.get("versies") != "alle":
        rows = rows.filter(is_current=True)
    if kind := query.filters.get("soort"):
        rows = rows.filter(form_type=kind)
    return keyset(
        _search(rows, query.search, "title", "buyer_name", "publication_id"),
        query=query,
        sorts={
            "publication_date": "publication_date",
            "title": "title",
            "buyer_name": "buyer_name",
            "issue_count": "issue_count",
        },
        fields=_fields(NoticeRow),
        convert=NoticeRow,
    )


def procedures(*, organisation_id: int, query: ListQuery) -> Slice[ProcedureRow]:
    """Return a part of the list of procedures."""
    rows = _whose(Procedure.objects.of(organisation_id), query)
    for name, field in (("fase", "stage"), ("aard", "nature")):
        if value := query.filters.get(name):
            rows = rows.filter(**{field: value})
    return keyset(
        _search(rows, query.search, "title", "buyer_name", "internal_id", "main_cpv"),
        query=query,
        sorts={
            "last_published": "last_published",
            "title": "title",
            "buyer_name": "buyer_name",
            "estimated_value": "estimated_value",
        },
        fields=_fields(ProcedureRow),
        convert=ProcedureRow,
    )


def lots(*, organisation_id: int, query: ListQuery) -> Slice[LotRow]:
    """Return a part of the list of lots."""
    rows = _whose(Lot.objects.of(organisation_id).filter(kind="Lot"), query)
    if field := _GOALS.get(query.filters.get("doel", "")):
        rows = rows.filter(**{field: True})
    if cpv := query.filters.get("cpv"):
        rows = rows.filter(main_cpv__startswith=cpv)
    return keyset(
        _search(rows, query.search, "title", "lot_id", "main_cpv"),
        query=query,
        sorts={
            "last_published": "last_published",
            "title": "title",
            "estimated_value": "estimated_value",
            "tender_deadline": "tender_deadline",
        },
        fields=_fields(LotRow),
        convert=LotRow,
    )


def notice_states(*, organisation_id: int, notice_ids: Iterable[str]) -> Mapping[tuple[str, str], NoticeState]:
    """Return what is registered under these notice numbers, by number and version."""
    found: dict[tuple[str, str], NoticeState] = {}
    wanted = sorted(set(notice_ids))
    for start in range(0, len(wanted), 500):
        rows = Notice.objects.of(organisation_id).filter(notice_id__in=wanted[start : start + 500])
        for row in rows.order_by("pk").values_list("id", "notice_id", "version", "document_hash", "is_current"):
            state = NoticeState(*row)
            found[state.notice_id, state.version] = state
    return found


def procedure_keys(*, organisation_id: int, publication_ids: Iterable[str]) -> Mapping[str, str]:
    """Return the key of the procedure that each of these publications belongs to; unknown ones are left out."""
    rows = Notice.objects.of(organisation_id).filter(publication_id__in=list(publication_ids))
    return dict(rows.values_list("publication_id", "procedure__key"))


def notice(*, organisation_id: int, notice_pk: int) -> NoticeDetail:
    """Return one notice. Raises :class:`NoticeNotFound`."""
    row = Notice.objects.of(organisation_id).select_related("procedure").filter(pk=notice_pk).first()
    if row is None:
        raise NoticeNotFound(_("Deze aankondiging bestaat niet (meer)."), code="notice-not-found")
    plain = {name: getattr(row, name) for name in _fields(NoticeDetail) if name not in {"procedure_key", "change_of"}}
    return NoticeDetail(**plain, procedure_key=row.procedure.key, change_of=tuple(row.change_of))


def procedure(*, organisation_id: int, procedure_id: int) -> ProcedureDetail:
    """Return one procedure with its lots and notices. Raises :class:`ProcedureNotFound`."""
    row = Procedure.objects.of(organisation_id).filter(pk=procedure_id).first()
    if row is None:
        raise ProcedureNotFound(_("Deze procedure bestaat niet (meer)."), code="procedure-not-found")
    lot_rows = Lot.objects.of(organisation_id).filter(procedure_id=procedure_id).order_by("kind", "lot_id", "pk")
    notice_rows = Notice.objects.of(organisation_id).filter(procedure_id=procedure_id)
    return ProcedureDetail(
        procedure=ProcedureRow(**{name: getattr(row, name) for name in _fields(ProcedureRow)}),
        key=row.key,
        buyer_kbo=row.buyer_kbo,
        internal_id=row.internal_id,
        legal_basis=row.legal_basis,
        lots=tuple(LotRow(**values) for values in lot_rows.values(*_fields(LotRow))),
        notices=tuple(
            NoticeRow(**values)
            for values in notice_rows.order_by("-publication_date", "-pk").values(*_fields(NoticeRow))
        ),
    )


def strategic_figures(
    *, organisation_id: int, own: bool = True, start: dt.date | None = None, end: dt.date | None = None
) -> StrategicFigures:
    """Return how many lots state a goal or a reservation, last published in a period that ends before ``end``.

    Parts and groups of lots do not count.
    """
    rows = Lot.objects.of(organisation_id).filter(is_own=own, kind="Lot")
    if start is not None:
        rows = rows.filter(last_published__gte=start)
    if end is not None:
        rows = rows.filter(last_published__lt=end)
    values = rows.filter(is_reserved=True, currency="EUR", estimated_value__isnull=False)
    reserved = [value or Decimal(0) for value in values.order_by().values_list("estimated_value", flat=True)]
    return StrategicFigures(
        reserved_value=sum(reserved, Decimal(0)),  # added here: a database may add decimals as binary fractions
        reserved_valued=len(reserved),
        **rows.aggregate(
            lots=Count("id"),
            strategic_stated=Count("id", filter=Q(strategic_stated=True)),
            strategic=Count("id", filter=Q(is_social=True) | Q(is_green=True) | Q(is_innovative=True)),
            social=Count("id", filter=Q(is_social=True)),
            green=Count("id", filter=Q(is_green=True)),
            innovative=Count("id", filter=Q(is_innovative=True)),
            reserved=Count("id", filter=Q(is_reserved=True)),
            sustainable=Count("id", filter=Q(is_social=True, is_green=True)),
        ),
    )
