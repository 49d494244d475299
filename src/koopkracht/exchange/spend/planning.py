"""Plan: what a spend file is and what taking it over will do, shown to a person before anything changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

import pyarrow.compute as pc

from koopkracht.exchange.formats import spend, text_blocks
from koopkracht.exchange.formats.spend import AMOUNT_ROLES, DATE_ROLES, Proposal, Role, SpendMapping, Styles
from koopkracht.exchange.formats.tabular import Layout, fingerprint
from koopkracht.exchange.models import ColumnMapping, Receipt, ReceiptKind
from koopkracht.exchange.spend import overlap, pipeline
from koopkracht.exchange.spend.messages import sentence
from koopkracht.exchange.spend.outcome import Outcome

_SAMPLE_ROWS = 300
_SHOWN_SAMPLES = 3
_SHOWN_LINES = 10
_SHOWN_PROBLEMS = 20
_AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose about a file; ``auto`` leaves it to the evidence in the file."""

    columns: Mapping[Role, int] | None = None
    decimal: str = _AUTOMATIC
    date_order: str = _AUTOMATIC
    currency: str = "EUR"
    negate: bool = False


@dataclass(slots=True)
class Reading:
    """How the file will be read, and what a person must still say."""

    layout: Layout
    mapping: SpendMapping
    proposals: tuple[Proposal, ...]
    samples: tuple[tuple[str, ...], ...]
    questions: tuple[str, ...] = field(default=())


def read(receipt: Receipt, stream: BinaryIO, layout: Layout, choice: Choice | None) -> Reading:
    """Decide how to read the file: the choice of the user, else what was remembered, else a proposal."""
    samples = _samples(stream, layout)
    remembered = None if choice and choice.columns is not None else _remembered(receipt, layout)
    proposals = spend.propose(layout.columns, samples)
    if choice and choice.columns is not None:
        columns = dict(choice.columns)
    elif remembered:
        columns = dict(remembered.columns)
        proposals = tuple(Proposal(role, number, 1.0, "remembered") for role, number in columns.items())
    else:
        columns = {item.role: item.column for item in proposals}
    gaps = spend.gaps(columns)
    start = remembered or SpendMapping(columns)
    mapping, questions = _with_styles(replace(start, columns=columns), stream, layout, choice, bool(remembered))
    return Reading(layout, mapping, proposals, tuple(samples), (*gaps, *questions))


def _remembered(receipt: Receipt, layout: Layout) -> SpendMapping | None:
    row = (
        ColumnMapping.objects.of(receipt.organisation_id)
        .filter(kind=ReceiptKind.SPEND, fingerprint=fingerprint(layout.columns))
        .first()
    )
    return SpendMapping.from_json(row.mapping) if row else None


def _samples(stream: BinaryIO, layout: Layout) -> list[tuple[str, ...]]:
    """Return the first values of each column."""
    width = len(layout.columns)
    for block in text_blocks.blocks(stream, layout, size=256 * 1024):
        table = text_blocks.parse(block, layout, wanted=range(width)).table.slice(0, _SAMPLE_ROWS)
        return [tuple(value.strip() for value in table.column(n).to_pylist()) for n in range(width)]
    return [() for _ in range(width)]


def _with_styles(
    mapping: SpendMapping, stream: BinaryIO, layout: Layout, choice: Choice | None, remembered: bool
) -> tuple[SpendMapping, list[str]]:
    """Decide the decimal sign and the order of day and month; return the questions that remain."""
    found = _evidence(mapping, stream, layout)
    chosen = choice or Choice()
    questions = []
    # Belgian packages separate columns with a semicolon because the comma is their decimal sign.
    usual = "." if layout.delimiter == "," else ","
    decimal = found.amounts.decimal(default=mapping.decimal if remembered else usual)
    if chosen.decimal in {",", "."}:
        decimal = chosen.decimal
    elif found.amounts.ambiguous and not remembered:
        questions.append("decimal-sign")
    day_first = found.dates.day_leads if found.dates.decided or not remembered else mapping.day_first
    if chosen.date_order in {"dmy", "mdy"}:
        day_first = chosen.date_order == "dmy"
    elif found.dates.ambiguous and not remembered and not (decimal == "," and found.amounts.comma):
        # Who writes a decimal comma writes the day first; only with a decimal point both orders are usual.
        questions.append("date-order")
    currency = chosen.currency if choice else mapping.currency
    negate = chosen.negate if choice else mapping.negate
    return replace(mapping, decimal=decimal, day_first=day_first, currency=currency, negate=negate), questions


def _evidence(mapping: SpendMapping, stream: BinaryIO, layout: Layout) -> Styles:
    """Read on until the styles are certain, to the end of the file if need be."""
    wanted = sorted({number for role, number in mapping.columns.items() if role in _STYLED})
    found = Styles()
    if not wanted:
        return found
    for block in text_blocks.blocks(stream, layout):
        table = text_blocks.parse(block, layout, wanted=wanted).table
        values = {number: pc.unique(table.column(f"c{number}")).to_pylist() for number in wanted}
        part = spend.styles(mapping.columns, values)
        found.amounts.add(part.amounts)
        found.dates.add(part.dates)
        if not found.amounts.ambiguous and not found.dates.ambiguous and (found.amounts.comma or found.amounts.point):
            break
    return found


_STYLED = frozenset({*DATE_ROLES, *AMOUNT_ROLES, Role.VAT})


def trial(receipt: Receipt, stream: BinaryIO, reading: Reading, progress: Any) -> dict[str, Any]:
    """Pass over the whole file as applying would and return the plan as plain values."""
    plan = _described(reading)
    if reading.questions and any(code.endswith("missing") for code in reading.questions):
        return plan
    outcome = Outcome()
    preview: list[dict[str, Any]] = []
    for part in pipeline.stream(stream, reading.layout, reading.mapping):
        outcome.add(part.converted)
        if len(preview) < _SHOWN_LINES:
            preview += list(itertools.islice(_shown(part.converted.lines), _SHOWN_LINES - len(preview)))
        progress(part.bytes_done)
    plan.update(outcome.to_json())
    plan["preview"] = preview
    plan["problems"] = [
        {"line": found.line, "column": found.column, "code": found.code, "message": sentence(found)}
        for found in outcome.problems[:_SHOWN_PROBLEMS]
    ]
    plan["overlaps"] = _overlaps(receipt, outcome)
    return plan


def _shown(lines: Any) -> Iterator[dict[str, Any]]:
    """Yield the first lines as they will be, in plain values."""
    for row in lines.slice(0, _SHOWN_LINES).to_pylist():
        row["booking_date"] = row["booking_date"].isoformat()
        row.pop("line_hash")
        yield row


def _described(reading: Reading) -> dict[str, Any]:
    layout = reading.layout
    return {
        "columns": list(layout.columns),
        "encoding": layout.encoding,
        "delimiter": layout.delimiter,
        "header_line": layout.header_line,
        "fingerprint": fingerprint(layout.columns),
        "mapping": reading.mapping.to_json(),
        "proposals": [
            {"role": item.role.value, "column": item.column, "confidence": item.confidence, "reason": item.reason}
            for item in reading.proposals
        ],
        "samples": [_first_filled(values) for values in reading.samples],
        "questions": list(reading.questions),
    }


def _first_filled(values: Sequence[str]) -> list[str]:
    """Return the first different values that are not empty."""
    return [value[:60] for value in itertools.islice(dict.fromkeys(filter(None, values)), _SHOWN_SAMPLES)]


def _overlaps(receipt: Receipt, outcome: Outcome) -> list[dict[str, Any]]:
    if not outcome.period:
        return []
    found = overlap.overlaps(
        organisation_id=receipt.organisation_id,
        sample=outcome.sample,
        start=outcome.period[0],
        end=outcome.period[1],
        except_receipt=receipt.pk,
    )
    names = Receipt.objects.of(receipt.organisation_id).in_bulk([item.receipt_id for item in found if item.receipt_id])
    return [
        {
            "batch_id": item.batch_id,
            "receipt_id": item.receipt_id,
            "lines": item.lines,
            "filename": names[item.receipt_id].filename if item.receipt_id in names else "",
        }
        for item in found
    ]
