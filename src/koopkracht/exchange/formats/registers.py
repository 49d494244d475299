"""Registers as tables: which column is what, and what each row says. Pure; nothing is raised for a bad row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

from koopkracht.exchange.formats.tabular import Row, normalise_header
from koopkracht.exchange.formats.values import parse_amount, parse_date

__all__ = ["RegisterSpec", "RowProblem", "choose_columns", "guess_register", "known_headers", "read_row", "registers"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a register: its name for people, whether it must be there, the headers that point at it."""

    role: str
    label: str
    required: bool
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterSpec:
    """A kind of register that can be imported."""

    code: str
    label: str
    help: str
    columns: Mapping[str, ColumnSpec]

    @property
    def required(self) -> tuple[str, ...]:
        """Return the roles that every file must have."""
        return tuple(role for role, column in self.columns.items() if column.required)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is refused: the role of the cell, a code for the sentence, and what stands there."""

    line: int
    role: str
    code: str
    value: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Read:
    """A row as values by role, or the problem with it."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: RowProblem | None = None


@cache
def _content() -> Mapping[str, Any]:
    text = (resources.files("koopkracht") / "content" / "register_columns.yaml").read_text(encoding="utf-8")
    document: Mapping[str, Any] = yaml.safe_load(text)
    return document


@cache
def registers() -> Mapping[str, RegisterSpec]:
    """Return the registers that can be imported, by code."""
    return {
        code: RegisterSpec(
            code, raw["label"], raw["help"], {role: _column(role, column) for role, column in raw["columns"].items()}
        )
        for code, raw in _content()["registers"].items()
    }


def _column(role: str, raw: Mapping[str, Any]) -> ColumnSpec:
    headers = tuple(normalise_header(header) for header in raw["headers"])
    return ColumnSpec(role, raw["label"], raw.get("required", False), headers)


@cache
def known_headers() -> frozenset[str]:
    """Return all headers we know, to find the header row among titles."""
    specs = registers().values()
    return frozenset(header for spec in specs for column in spec.columns.values() for header in column.headers)


def choose_columns(spec: RegisterSpec, columns: Sequence[str]) -> dict[str, int]:
    """Return the position of the column for each role that is recognised; an earlier header wins."""
    names = [normalise_header(column) for column in columns]
    chosen: dict[str, int] = {}
    for role, column in spec.columns.items():
        for header in column.headers:
            if header in names and names.index(header) not in chosen.values():
                chosen[role] = names.index(header)
                break
    return chosen


def guess_register(columns: Sequence[str]) -> str:
    """Return the register whose columns fit best, or an empty text when none has what it must have."""
    best, best_fit = "", 0.0
    for code, spec in registers().items():
        chosen = choose_columns(spec, columns)
        if set(spec.required) <= chosen.keys():
            fit = len(chosen) + 1.5 * len(spec.required)
            if fit > best_fit:
                best, best_fit = code, fit
    return best


def _word(kind: str, value: str) -> str:
    """Return the code whose words stand in a cell, or an empty text."""
    plain = f" {normalise_header(value)} "
    for code, words in _content()["words"][kind].items():
        if normalise_header(value) == normalise_header(str(code)):
            return str(code)
        if any(f" {normalise_header(str(word))}" in plain for word in words):
            return str(code)
    return ""


class _Bad(Exception):
    """A cell that cannot be taken over; ``args[0]`` is the code of the reason."""


def _date(value: str) -> dt.date | None:
    if not value:
        return None
    if value.isdigit() and len(value) == 4:
        return dt.date(int(value), 1, 1)
    found = parse_date(value)
    if found is None:
        raise _Bad("date-unreadable")
    return found


def _amount(value: str) -> Decimal | None:
    if not value:
        return None
    decimal = "." if value.rfind(".") > value.rfind(",") and len(value) - value.rfind(".") <= 3 else ","
    cents = parse_amount(value, decimal=decimal)
    if cents is None:
        raise _Bad("amount-unreadable")
    return Decimal(cents).scaleb(-2)


def _whole(value: str) -> int | None:
    if not value:
        return None
    plain = value.replace(" ", "").removesuffix(".0").removesuffix(",0")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 7:
        raise _Bad("number-unreadable")
    return int(plain)


def _codes(value: str) -> tuple[str, ...]:
    for sign in ("\n", ";", "|"):
        value = value.replace(sign, ",")
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _coded(kind: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        found = _word(kind, value)
        if value and not found:
            raise _Bad(f"{kind}-unknown")
        return found

    return read


_PARSERS: Mapping[tuple[str, str], Callable[[str], Any]] = {
    ("suppliers", "kind"): _coded("kind"),
    ("suppliers", "size"): _coded("size"),
    ("social-enterprises", "kind"): _coded("recognition"),
    ("social-enterprises", "valid_from"): _date,
    ("social-enterprises", "valid_until"): _date,
    ("social-enterprises", "source_date"): _date,
    ("social-enterprises", "capacity"): _whole,
    ("social-enterprises", "product_groups"): _codes,
    ("social-enterprises", "cpv"): _codes,
    ("purchasing-plan", "amount"): _amount,
    ("purchasing-plan", "start"): _date,
    ("purchasing-plan", "duration"): _whole,
    ("purchasing-plan", "source"): _coded("plan-source"),
}


def read_row(spec: RegisterSpec, chosen: Mapping[str, int], row: Row) -> Read:
    """Read one row: the values by role, or the first problem with it."""
    read = Read(row.line)
    for role in spec.columns:
        position = chosen.get(role)
        cell = row.cells[position].strip() if position is not None and position < len(row.cells) else ""
        try:
            read.values[role] = _value(spec, role, cell)
        except _Bad as bad:
            read.problem = RowProblem(row.line, role, str(bad.args[0]), cell, row.cells)
            return read
    if _ends_before_it_begins(read.values):
        read.problem = RowProblem(row.line, "valid_until", "period-reversed", "", row.cells)
    return read


def _value(spec: RegisterSpec, role: str, cell: str) -> Any:
    if not cell and spec.columns[role].required:
        raise _Bad("cell-missing")
    parser = _PARSERS.get((spec.code, role))
    return parser(cell) if parser else cell


def _ends_before_it_begins(values: Mapping[str, Any]) -> bool:
    begin, end = values.get("valid_from"), values.get("valid_until")
    return bool(begin and end and end <= begin)
