"""Reading a whole register: the rows that can be taken over and those that cannot, checked against what we know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.exchange.errors import FileUnreadable
from koopkracht.exchange.formats.registers import (
    Read,
    RegisterSpec,
    RowProblem,
    choose_columns,
    guess_register,
    read_row,
    registers,
)
from koopkracht.exchange.formats.tabular import Layout, Row, read_rows
from koopkracht.exchange.registers.messages import columns_missing, not_a_register
from koopkracht.market.api import check_enterprise_number
from koopkracht.market.types.suppliers import (
    Recognition,
    RecognitionKind,
    SocialEnterpriseEntry,
    SupplierCandidate,
    SupplierKind,
    SupplierSize,
)
from koopkracht.strategy.types.plan import PlannedPurchaseEntry, PlanSource

MAX_ROWS = 250_000

Entry = SupplierCandidate | SocialEnterpriseEntry | PlannedPurchaseEntry


class _Refused(Exception):
    """A row that fits the columns but not what we know: role, code and value."""


@dataclass(slots=True)
class Register:
    """A register as it was read."""

    spec: RegisterSpec
    columns: Mapping[str, int]
    entries: list[Entry] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_register(stream: BinaryIO, layout: Layout, *, register: str, source: str, today: dt.date) -> Register:
    """Read all rows. Raises ``FileUnreadable`` when the columns fit no register, or not the one that was chosen."""
    code = register or guess_register(layout.columns)
    if code not in registers():
        raise FileUnreadable(not_a_register(), code="register-unknown")
    spec = registers()[code]
    found = Register(spec, choose_columns(spec, layout.columns))
    missing = [spec.columns[role].label for role in spec.required if role not in found.columns]
    if missing:
        raise FileUnreadable(columns_missing(missing), code="register-columns-missing")
    seen: dict[object, int] = {}
    for count, row in enumerate(read_rows(stream, layout)):
        if count >= MAX_ROWS:
            break
        _take(found, row, seen, source=source, today=today)
    return found


def _take(found: Register, row: Row, seen: dict[object, int], *, source: str, today: dt.date) -> None:
    read = read_row(found.spec, found.columns, row)
    entry = None
    if read.problem is None:
        try:
            entry = _BUILDERS[found.spec.code](read, source, today)
        except _Refused as refused:
            role, code, value = refused.args
            read.problem = RowProblem(row.line, role, code, value, row.cells)
    if entry is not None:
        earlier = seen.setdefault(_identity(entry), row.line)
        if earlier == row.line:
            found.entries.append(entry)
            return
        read.problem = RowProblem(row.line, found.spec.required[0], "row-repeated", str(earlier), row.cells)
    if read.problem is not None:
        found.problems.append(read.problem)


def _identity(entry: Entry) -> object:
    """Return what makes a row the same as an earlier one."""
    if isinstance(entry, PlannedPurchaseEntry):
        return entry.title.casefold()
    if isinstance(entry, SocialEnterpriseEntry):
        return entry.identifier or entry.name.casefold()
    return (entry.name.casefold(), entry.identifier, entry.external_id)


def _checked_number(value: str) -> str | None:
    """Return the identifier as written; a Belgian number with a wrong check digit is refused."""
    if value and check_enterprise_number(raw=value) is False:
        raise _Refused("identifier", "wrong-check-digit", value)
    return value or None


def _supplier(read: Read, source: str, today: dt.date) -> SupplierCandidate:
    values = read.values
    size = SupplierSize(values["size"] or SupplierSize.UNKNOWN)
    return SupplierCandidate(
        key=str(read.line),
        name=values["name"],
        identifier=_checked_number(values["identifier"]),
        external_id=values["external_id"] or None,
        country=values["country"][:2].upper(),
        municipality=values["municipality"],
        postal_code=values["postal_code"],
        size=size,
        size_as_of=today if size is not SupplierSize.UNKNOWN else None,
        kind=SupplierKind(values["kind"] or SupplierKind.UNKNOWN),
    )


def _social_enterprise(read: Read, source: str, today: dt.date) -> SocialEnterpriseEntry:
    values = read.values
    cpv_codes = tuple(_cpv(code) for code in values["cpv"])
    groups = {_group(text) for text in values["product_groups"]}
    mapped = (catalogue.product_group_for_cpv(cpv=code) for code in cpv_codes)
    groups |= {group.code for group in mapped if group}
    if not groups:
        groups = {group.code for group in _groups_of_activities(values["activities"])}
    recognition = Recognition(RecognitionKind(values["kind"]), values["valid_from"], values["valid_until"])
    return SocialEnterpriseEntry(
        key=str(read.line),
        name=values["name"],
        identifier=_checked_number(values["identifier"]),
        recognitions=(recognition,),
        activities=values["activities"],
        product_groups=tuple(sorted(groups)),
        cpv_codes=cpv_codes,
        region=values["region"],
        municipality=values["municipality"],
        capacity=values["capacity"],
        website=values["website"],
        source=values["source"] or source,
        source_date=values["source_date"] or today,
    )


def _groups_of_activities(activities: str) -> list[Any]:
    """Return the product group of each activity that names one outright (the best fit of its words)."""
    parts = [part for part in activities.replace(" en ", ",").replace(";", ",").split(",") if part.strip()]
    found = (catalogue.search_product_groups(words=part, limit=1) for part in parts)
    return [groups[0] for groups in found if groups]


def _cpv(value: str) -> str:
    code = catalogue.clean_cpv(cpv=value)
    if not code or catalogue.product_group_for_cpv(cpv=code) is None:
        raise _Refused("cpv", "product-group-unknown", value)
    return code


def _group(value: str) -> str:
    """Return the code of a product group written as code, as CPV code or as name."""
    by_cpv = catalogue.product_group_for_cpv(cpv=value)
    if by_cpv:
        return by_cpv.code
    try:
        return catalogue.product_group(code=value.strip().upper()).code
    except ProductGroupNotFound:
        found = catalogue.search_product_groups(words=value, limit=1)
    if not found:
        raise _Refused("product_group", "product-group-unknown", value)
    return found[0].code


def _planned_purchase(read: Read, source: str, today: dt.date) -> PlannedPurchaseEntry:
    values = read.values
    if values["amount"] < 0:
        raise _Refused("amount", "amount-negative", str(values["amount"]))
    heard_from = PlanSource(values["source"] or PlanSource.PLAN)
    if heard_from is PlanSource.INFORMAL and not values["contact"]:
        raise _Refused("contact", "contact-missing", values["source"])
    return PlannedPurchaseEntry(
        title=values["title"][:200],
        product_group=_group(values["product_group"]) if values["product_group"] else "",
        amount=values["amount"],
        start=values["start"],
        duration_months=values["duration"],
        responsible=values["responsible"],
        source=heard_from,
        contact=values["contact"],
        source_date=today,
        intended_impact=values["impact"],
    )


_BUILDERS: Mapping[str, Callable[[Read, str, dt.date], Entry]] = {
    "suppliers": _supplier,
    "social-enterprises": _social_enterprise,
    "purchasing-plan": _planned_purchase,
}
