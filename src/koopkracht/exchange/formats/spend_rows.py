"""From records of a spend file to lines for the lake, a block at a time and without a loop over lines. Pure.

A line is taken over when its date and its amount are understood; anything else about it may be missing. Lines that
are not taken over come back with the column and the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from koopkracht.exchange.formats import hashing
from koopkracht.exchange.formats.spend import AMOUNT_ROLES, DATE_ROLES, SUPPLIER_ROLES, Role, SpendMapping
from koopkracht.exchange.formats.tabular import Layout, normalise_header, original
from koopkracht.exchange.formats.text_blocks import Records
from koopkracht.exchange.formats.values import amounts_to_cents, dates_to_days

__all__ = ["NAMELESS", "SEPARATOR", "Converted", "Problem", "convert"]

SEPARATOR = "\x1f"
"""Stands between the parts of the key of a supplier."""
NAMELESS = SEPARATOR * (len(SUPPLIER_ROLES) - 1)
"""The key of a line that names no supplier."""

_TEXT_COLUMNS: Mapping[Role, str] = {
    Role.ACCOUNT_CODE: "account_code",
    Role.ACCOUNT_NAME: "account_name",
    Role.DESCRIPTION: "description",
    Role.DOCUMENT_NUMBER: "document_number",
    Role.DEPARTMENT: "department",
    Role.POLICY_CODE: "policy_code",
    Role.CONTRACT_REFERENCE: "contract_reference",
}
_TEXT = pa.dictionary(pa.int32(), pa.string())
_CURRENCY_SIGNS = {"€": "EUR", "EURO": "EUR", "£": "GBP", "$": "USD"}
_TOTAL_WORDS = ("totaal", "total", "subtotaal", "eindtotaal", "grand total", "algemeen totaal", "sous total")


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not taken over (or not wholly): where, why, and the line as it was."""

    line: int
    column: str
    code: str
    value: str
    cells: tuple[str, ...]
    rejected: bool = True


@dataclass(frozen=True, slots=True)
class Converted:
    """The outcome of one block.

    ``suppliers`` holds the key of each distinct supplier: name, own number, enterprise number and VAT number as
    written, empty where absent. ``supplier`` numbers them per line, -1 for a line that names none.
    """

    lines: pa.Table
    supplier: np.ndarray
    suppliers: pa.Array
    problems: tuple[Problem, ...]
    skipped: int


def convert(records: Records, layout: Layout, mapping: SpendMapping) -> Converted:
    """Return the lines of one block with everything but the supplier's id, and what could not be taken over."""
    texts = {role: _clean(_column(records, number)) for role, number in mapping.columns.items()}
    dates, amounts = _dates(texts, mapping), _amounts(texts, mapping)
    currency, unknown_currency = _currencies(texts.get(Role.CURRENCY), mapping, len(dates))
    bad = _null(dates) | _null(amounts) | unknown_currency
    skip = _skippable(texts, layout, mapping, np.flatnonzero(bad)) if bad.any() else np.zeros(len(bad), dtype=bool)
    problems = [Problem(b.line, "", b.code, "", b.cells) for b in records.broken]
    rejected = np.flatnonzero(bad & ~skip)
    if rejected.size:
        problems += _explain(records, layout, mapping, texts, rejected, dates, amounts)
    vat, vat_problems = _vat(records, layout, mapping, texts, ~bad)
    good = pa.array(~bad) if bad.any() else None
    kept = {role: _kept(column, good) for role, column in texts.items()}
    found = _suppliers(kept, int((~bad).sum()))
    lines = _lines(
        _kept(dates, good),
        _kept(amounts, good),
        _kept(vat, good),
        _kept(currency, good),
        kept,
        _kept(pa.array(records.lines), good),
        found,
    )
    return Converted(lines, found.of_line, found.keys, (*problems, *vat_problems), int(skip.sum()) + records.empty)


def _kept(column: pa.Array, good: pa.Array | None) -> pa.Array:
    """Return the values of the lines that are taken over."""
    return column if good is None else column.filter(good)


def _column(records: Records, number: int) -> pa.Array:
    """Return one column as a single dictionary-encoded array."""
    column = records.table.column(f"c{number}")
    if column.num_chunks == 0:
        return pa.array([], _TEXT)
    array = column.combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array


def _clean(column: pa.Array) -> pa.Array:
    """Return text without surrounding blanks, without the apostrophe of an inert cell, empty text as null."""
    if pa.types.is_dictionary(column.type):
        values = _clean_text(column.dictionary)
        if values.equals(column.dictionary):
            return column
        # Values may have become equal; a dictionary must not hold one value twice.
        return values.take(column.indices).dictionary_encode()
    return _clean_text(column)


def _clean_text(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    if pc.any(pc.starts_with(trimmed, "'")).as_py():
        trimmed = pa.array([original(value) for value in trimmed.to_pylist()], pa.string())
    empty = pc.equal(pc.binary_length(trimmed), 0)
    return pc.if_else(empty, None, trimmed) if pc.any(empty).as_py() else trimmed


def _null(column: pa.Array) -> np.ndarray:
    if not column.null_count:
        return np.zeros(len(column), dtype=bool)
    nulls: np.ndarray = column.is_null().to_numpy(zero_copy_only=False)
    return nulls


# --- columns --------------------------------------------------------------------------------------------------


def _dates(texts: Mapping[Role, pa.Array], mapping: SpendMapping) -> pa.Array:
    """Return the booking date; the date of the document where the booking date is empty."""
    found = [
        (texts[role], dates_to_days(texts[role], day_first=mapping.day_first)) for role in DATE_ROLES if role in texts
    ]
    first_text, first = found[0]
    if len(found) == 1 or not first.null_count:
        return first
    return pc.if_else(first_text.is_null(), found[1][1], first)


def _amounts(texts: Mapping[Role, pa.Array], mapping: SpendMapping) -> pa.Array:
    """Return the amount without VAT in cents, positive for what was spent."""
    cents = {
        role: amounts_to_cents(texts[role], decimal=mapping.decimal)
        for role in (*AMOUNT_ROLES, Role.VAT)
        if role in texts
    }
    if Role.AMOUNT in cents:
        amounts = cents[Role.AMOUNT]
    elif Role.AMOUNT_INCL in cents:
        amounts = cents[Role.AMOUNT_INCL]
        if Role.VAT in cents:
            amounts = pc.subtract(amounts, _zero_where_empty(cents[Role.VAT], texts[Role.VAT]))
    else:
        amounts = _debit_less_credit(texts, cents)
    if Role.SIDE in texts:
        amounts = pc.if_else(_is_credit(texts[Role.SIDE]), pc.negate(amounts), amounts)
    return pc.negate(amounts) if mapping.negate else amounts


def _debit_less_credit(texts: Mapping[Role, pa.Array], cents: Mapping[Role, pa.Array]) -> pa.Array:
    """Return debit less credit; a line in which both are empty has no amount."""
    present = [role for role in (Role.DEBIT, Role.CREDIT) if role in cents]
    filled = {role: _zero_where_empty(cents[role], texts[role]) for role in present}
    if len(present) == 1:
        return cents[present[0]] if present[0] is Role.DEBIT else pc.negate(cents[present[0]])
    both_empty = pc.and_(texts[Role.DEBIT].is_null(), texts[Role.CREDIT].is_null())
    return pc.if_else(both_empty, None, pc.subtract(filled[Role.DEBIT], filled[Role.CREDIT]))


def _zero_where_empty(cents: pa.Array, text: pa.Array) -> pa.Array:
    """Count an empty cell as nothing; a cell that is not understood stays null."""
    return pc.if_else(text.is_null(), pa.scalar(0, pa.int64()), cents) if cents.null_count else cents


def _is_credit(side: pa.Array) -> pa.Array:
    letters = pc.utf8_upper(side.cast(pa.string())).fill_null("")
    return pc.is_in(letters, value_set=pa.array(["C", "K", "CR", "H", "CREDIT"]))


def _vat(
    records: Records, layout: Layout, mapping: SpendMapping, texts: Mapping[Role, pa.Array], good: np.ndarray
) -> tuple[pa.Array, list[Problem]]:
    """Return the VAT in cents; where it is not understood the line is kept without it, with a warning."""
    if Role.VAT not in texts:
        return pa.nulls(len(good), pa.int64()), []
    text = texts[Role.VAT]
    cents = amounts_to_cents(text, decimal=mapping.decimal)
    unread = np.flatnonzero(_null(cents) & ~_null(text) & good)
    column = layout.columns[mapping.columns[Role.VAT]]
    cells = records.raw(unread.tolist()) if unread.size else {}
    problems = [
        Problem(int(records.lines[row]), column, "vat-unreadable", str(text[row].as_py()), cells[row], rejected=False)
        for row in unread.tolist()
    ]
    return (pc.negate(cents) if mapping.negate else cents), problems


def _currencies(text: pa.Array | None, mapping: SpendMapping, size: int) -> tuple[pa.Array, np.ndarray]:
    """Return the currency of each line and where it is not understood."""
    if text is None:
        return pa.repeat(pa.scalar(mapping.currency), size), np.zeros(size, dtype=bool)
    encoded = text if pa.types.is_dictionary(text.type) else text.dictionary_encode()
    codes = []
    for value in encoded.dictionary.to_pylist():
        code = _CURRENCY_SIGNS.get((value or "").upper(), (value or mapping.currency).upper())
        codes.append(code if len(code) == 3 and code.isalpha() and code.isascii() else None)
    currencies = pa.array(codes, pa.string()).take(encoded.indices)
    currencies = pc.if_else(text.is_null(), mapping.currency, currencies)
    return currencies, _null(currencies)


@dataclass(frozen=True, slots=True)
class _Suppliers:
    """The distinct suppliers of a block, and which one each line names (-1 for none)."""

    keys: pa.Array
    names: pa.Array
    references: pa.Array
    of_line: np.ndarray


def _suppliers(texts: Mapping[Role, pa.Array], size: int) -> _Suppliers:
    """Give each distinct supplier of a block a number, and each line the number of its supplier."""
    code = np.zeros(size, dtype=np.int64)
    values_of: dict[Role, pa.Array] = {}
    for role in SUPPLIER_ROLES:
        if role in texts:
            column = texts[role]
            encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            # A null index, and a null inside the dictionary, both mean an empty cell.
            written = pc.replace_substring(encoded.dictionary.fill_null(""), SEPARATOR, " ")
            values_of[role] = pa.concat_arrays([written, pa.array([""])])
            indices = encoded.indices.fill_null(len(written)).to_numpy(zero_copy_only=False)
            code = code * len(values_of[role]) + indices
    combined = pa.array(code).dictionary_encode()
    rest = combined.dictionary.to_numpy(zero_copy_only=False)
    parts = {role: pa.repeat(pa.scalar(""), len(rest)) for role in SUPPLIER_ROLES}
    for role, values in reversed(values_of.items()):
        rest, index = np.divmod(rest, len(values))
        parts[role] = values.take(pa.array(index))
    keys = pc.binary_join_element_wise(*(parts[role] for role in SUPPLIER_ROLES), SEPARATOR)
    filled = {role: pc.if_else(pc.equal(part, ""), None, part) for role, part in parts.items()}
    references = pc.coalesce(filled[Role.ENTERPRISE_NUMBER], filled[Role.VAT_NUMBER], filled[Role.SUPPLIER_NUMBER])
    numbers = combined.indices.to_numpy(zero_copy_only=False)
    nameless = pc.equal(keys, NAMELESS).to_numpy(zero_copy_only=False)
    of_line = np.where(nameless[numbers], -1, numbers) if nameless.any() else numbers
    return _Suppliers(keys, filled[Role.SUPPLIER_NAME], references, of_line)


def _lines(
    dates: pa.Array,
    amounts: pa.Array,
    vat: pa.Array,
    currency: pa.Array,
    texts: Mapping[Role, pa.Array],
    line_numbers: pa.Array,
    suppliers: _Suppliers,
) -> pa.Table:
    """Put the columns of the lake together, the supplier's id excepted."""
    size = len(dates)
    columns: dict[str, pa.Array] = {
        "line_no": line_numbers,
        "booking_date": dates,
        "year": pc.year(dates).cast(pa.int32()),
        "amount_cents": amounts,
        "vat_cents": vat,
        "currency": currency,
        "supplier_name_raw": _spread(suppliers.names, suppliers.of_line),
        "supplier_ref_raw": _spread(suppliers.references, suppliers.of_line),
    }
    for role, name in _TEXT_COLUMNS.items():
        columns[name] = texts.get(role, pa.nulls(size, pa.string()))
    columns["cpv"] = _cpv(texts[Role.CPV]) if Role.CPV in texts else pa.nulls(size, pa.string())
    columns["line_hash"] = _line_hashes(columns, suppliers)
    return pa.table(columns)


def _spread(values: pa.Array, of_line: np.ndarray) -> pa.Array:
    """Spread a value per supplier over the lines."""
    return values.dictionary_encode().take(pa.array(of_line, pa.int32(), mask=of_line < 0))


def _cpv(column: pa.Array) -> pa.Array:
    """Return CPV codes as eight digits without check digit; what is no code becomes null."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    codes = []
    for value in encoded.dictionary.to_pylist():
        digits = (value or "").split("-")[0].strip()
        codes.append(digits if len(digits) == 8 and digits.isdigit() else None)
    return pa.array(codes, pa.string()).take(encoded.indices)


def _line_hashes(columns: Mapping[str, pa.Array], suppliers: _Suppliers) -> pa.Array:
    """Hash what makes a line itself: date, amount, supplier, document and account."""
    hashes = hashing.hash_numbers(columns["booking_date"].cast(pa.int32()).to_numpy(zero_copy_only=False))
    hashes = hashing.combine(hashes, hashing.hash_numbers(columns["amount_cents"].to_numpy(zero_copy_only=False)))
    # The last one, for lines without a supplier, is what -1 points at.
    of_supplier = hashing.hash_text(pa.concat_arrays([suppliers.keys, pa.array([""])]))
    hashes = hashing.combine(hashes, of_supplier[suppliers.of_line])
    for name in ("document_number", "account_code"):
        hashes = hashing.combine(hashes, hashing.hash_text(columns[name]))
    return pa.array(hashes.view(np.int64))


# --- lines that stay out --------------------------------------------------------------------------------------


def _skippable(texts: Mapping[Role, pa.Array], layout: Layout, mapping: SpendMapping, rows: np.ndarray) -> np.ndarray:
    """Tell which unusable lines are no lines at all: empty ones and repeated headers."""
    skip = np.zeros(len(next(iter(texts.values()))), dtype=bool)
    headers = {role: normalise_header(layout.columns[number]) for role, number in mapping.columns.items()}
    index = pa.array(rows)
    values = {role: column.take(index).to_pylist() for role, column in texts.items()}
    for position, row in enumerate(rows.tolist()):
        cells = {role: column[position] for role, column in values.items() if column[position]}
        skip[row] = not cells or all(normalise_header(cell) == headers[role] for role, cell in cells.items())
    return skip


def _explain(
    records: Records,
    layout: Layout,
    mapping: SpendMapping,
    texts: Mapping[Role, pa.Array],
    rows: np.ndarray,
    dates: pa.Array,
    amounts: pa.Array,
) -> list[Problem]:
    """Say per rejected line which column is to blame and why."""
    cells = records.raw(rows.tolist())
    problems = []
    for row in rows.tolist():
        roles, kind = _to_blame(dates[row].is_valid, amounts[row].is_valid, mapping)
        filled = [role for role in roles if texts[role][row].as_py()]
        role = filled[0] if filled else roles[0]
        value = texts[role][row].as_py() or ""
        code = f"{kind}-unreadable" if value else f"{kind}-missing"
        if kind == "date" and any(normalise_header(cell).startswith(_TOTAL_WORDS) for cell in cells[row]):
            code = "row-total"
        column = layout.columns[mapping.columns[role]]
        problems.append(Problem(int(records.lines[row]), column, code, value, cells[row]))
    return problems


def _to_blame(has_date: bool, has_amount: bool, mapping: SpendMapping) -> tuple[list[Role], str]:
    """Return the roles behind the first thing that is wrong with a line."""
    if not has_date:
        return [role for role in DATE_ROLES if role in mapping.columns], "date"
    if not has_amount:
        return [role for role in (*AMOUNT_ROLES, Role.VAT) if role in mapping.columns], "amount"
    return [Role.CURRENCY], "currency"
