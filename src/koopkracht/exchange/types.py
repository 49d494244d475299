"""What crosses the border of the exchange: receipts, issues and plans as values. No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A received file, for screens and commands."""

    id: int
    organisation_id: int
    kind: str
    filename: str
    size: int
    content_hash: str
    source: str
    received_at: datetime
    status: str
    status_label: str
    status_message: str
    plan: Mapping[str, Any]
    counts: Mapping[str, Any]
    applied_at: datetime | None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class IssueView:
    """Something that could not be taken over as it is."""

    line: int | None
    column: str
    pointer: str
    severity: str
    code: str
    message: str
    raw_row: Sequence[str]


@dataclass(frozen=True, slots=True)
class SpendBatchView:
    """One batch of spend lines that counts in the analysis, with the file it came from."""

    batch_id: str
    receipt_id: int | None
    filename: str
    rows: int
    sum_cents: int
    period_start: date | None
    period_end: date | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeTerm:
    """One value of one business term of a notice, with its Dutch label."""

    block: str
    number: str
    label: str
    value: str
    qualifier: str


@dataclass(frozen=True, slots=True)
class NoticeIssue:
    """Something that was noticed while a notice was read."""

    level: str
    code: str
    message: str
    pointer: str


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """Everything a stored notice says, except what is about persons."""

    terms: tuple[NoticeTerm, ...]
    hidden_terms: int
    issues: tuple[NoticeIssue, ...]
