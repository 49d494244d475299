"""What every use case about the market does: check texts and dates, and find rows of the own organisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from koopkracht.catalogue import api as catalogue
from koopkracht.market.errors import MarketInputRejected, MarketRowNotFound, SupplierNotFound
from koopkracht.market.models import Supplier
from koopkracht.shared import clock

_LONGEST = 20_000
_FIRST_YEAR = 1950


def required(value: str, field: str, message: str, length: int = _LONGEST) -> str:
    """Return the text without spaces around it; raises ``MarketInputRejected`` when nothing is left."""
    cleaned = value.strip()
    if not cleaned:
        raise MarketInputRejected(message, field=field)
    return cleaned[:length]


def past(day: dt.date | None, field: str) -> dt.date:
    """Return a date of something that happened; raises ``MarketInputRejected`` without one or for a later day."""
    if day is None:
        raise MarketInputRejected(_("Vul de datum in."), field=field)
    if day > clock.today():
        raise MarketInputRejected(_("Deze datum ligt in de toekomst. Vul de dag in waarop dit zo was."), field=field)
    if day.year < _FIRST_YEAR:
        raise MarketInputRejected(_("Deze datum ligt te ver terug. Kijk het jaartal na."), field=field)
    return day


def group_code(code: str, *, field: str = "product_group", needed: bool = False) -> str:
    """Return the code of an existing product group or nothing; raises ``ProductGroupNotFound`` for another code."""
    if not code:
        if needed:
            raise MarketInputRejected(_("Kies een productgroep."), field=field)
        return ""
    return catalogue.product_group(code=code).code


def period(start: dt.date | None, end: dt.date | None, field: str) -> None:
    """Raise ``MarketInputRejected`` unless the end lies after the start."""
    if start and end and end <= start:
        raise MarketInputRejected(_("De einddatum ligt niet na de begindatum."), field=field)


def own_supplier(organisation_id: int, supplier_id: int) -> Supplier:
    """Return the supplier; raises ``SupplierNotFound`` for one of another organisation."""
    row: Supplier | None = Supplier.objects.of(organisation_id).filter(pk=supplier_id).first()
    if row is None:
        raise SupplierNotFound(supplier_id)
    return row


def own_row(model: Any, organisation_id: int, key: int) -> Any:
    """Return the row, locked for the change; raises ``MarketRowNotFound`` for one of another organisation."""
    row = model.objects.of(organisation_id).select_for_update().filter(pk=key).first()
    if row is None:
        raise MarketRowNotFound(key)
    return row
