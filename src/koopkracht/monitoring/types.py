"""What crosses the border of monitoring. Money is ``Decimal`` in the stated currency, excluding VAT; no Django here.

A share is never given without its numerator and denominator, so that a screen can always show what it is a share of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

EURO = "EUR"
NO_SUPPLIER = 0
"""Stands for the supplier of a line that names none (a journal entry); it is money, but never counted as a supplier."""

UNASSIGNED_GROUP = ""
"""Product group of money that nobody and no rule assigned; always shown as such."""


class AssignedBy(StrEnum):
    """Who or what put a combination in its product group."""

    NOBODY = "nobody"
    PERSON = "person"
    OWN_RULE = "own-rule"
    DEFAULT_RULE = "default-rule"


# --- assignment ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Combination:
    """What lines have in common that are assigned together; the key of a description leaves out its numbers."""

    supplier_id: int
    account_code: str
    account_name: str
    description_key: str
    cpv: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """The product group of a combination, who put it there, and by which rule."""

    product_group: str
    by: AssignedBy
    rule: str


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule ready to be tried: empty conditions hold for everything, one of the words is enough."""

    product_group: str
    by: AssignedBy
    label: str
    account_prefix: str = ""
    supplier_id: int | None = None
    words: tuple[str, ...] = ()
    cpv_prefix: str = ""

    def for_supplier(self, supplier_id: int) -> RuleSpec:
        """Return the same rule about another supplier (the one that speaks for a merged one)."""
        return replace(self, supplier_id=supplier_id)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of an organisation, in the order in which they are tried.

    Own rules look for words in the description and in the name of the account. Standard rules first look at the CPV
    code and the description, which say what was bought, and only then at the account, which says where it was booked.
    """

    own: tuple[RuleSpec, ...]
    by_description: tuple[RuleSpec, ...]
    by_account: tuple[RuleSpec, ...]


@dataclass(frozen=True, slots=True)
class ManualDecision:
    """A decision of a person; without ``description_key`` it holds for every description."""

    account_code: str
    supplier_id: int
    description_key: str | None
    product_group: str


@dataclass(frozen=True, slots=True)
class RuleInput:
    """What a person fills in for a rule."""

    product_group: str
    account_prefix: str = ""
    supplier_id: int | None = None
    words: tuple[str, ...] = ()
    cpv_prefix: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as the rules page shows it; ``id`` is ``None`` for a standard rule."""

    id: int | None
    position: int
    product_group: str
    account_prefix: str
    supplier_id: int | None
    supplier_name: str
    words: tuple[str, ...]
    cpv_prefix: str
    remark: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """What a suggestion is based on: supplier, account and words."""

    supplier_id: int
    supplier_name: str
    account_code: str
    account_name: str
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed product group. ``reasons``: feature, how often it went there, out of how many decisions."""

    product_group: str
    confidence: Decimal
    reasons: tuple[tuple[str, int, int], ...]
    support: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Unassigned money on one account for one supplier (or one description of it), perhaps with a suggestion."""

    supplier_id: int
    supplier_name: str
    account_code: str
    account_name: str
    description_key: str | None
    descriptions: tuple[str, ...]
    description_count: int
    amount: Decimal
    lines: int
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class WorkList:
    """The work that is left, biggest money first."""

    items: Sequence[WorkItem]
    count: int
    unassigned: Decimal
    total: Decimal
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """An earlier decision of a person, for the list where it can be taken back."""

    id: int
    product_group: str
    supplier_id: int
    supplier_name: str
    account_code: str
    account_name: str
    description_key: str | None
    assigned_at: dt.datetime


# --- figures ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole. ``ratio`` is empty, never 0, when there is no whole."""

    part: Decimal
    whole: Decimal

    @property
    def ratio(self) -> Decimal | None:
        """Return the part divided by the whole, with four decimals."""
        if not self.whole:
            return None
        return (self.part / self.whole).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Growth:
    """The change of an amount since another period; ``ratio`` is empty without an amount to compare with."""

    before: Decimal
    now: Decimal

    @property
    def difference(self) -> Decimal:
        """Return now minus before."""
        return self.now - self.before

    @property
    def ratio(self) -> Decimal | None:
        """Return the change divided by the amount before, with four decimals."""
        if self.before <= 0:
            return None
        return (self.difference / self.before).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class KpiDefinition:
    """One key figure in words, from ``content/kpi``."""

    code: str
    name: str
    definition: str
    unit: str
    numerator: str
    denominator: str
    period: str
    source: str
    caveats: tuple[str, ...]
    valid_from: dt.date
    valid_until: dt.date | None
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchSource:
    """One import behind a figure."""

    batch_id: str
    imported_at: dt.datetime
    rows: int
    first_day: dt.date | None
    last_day: dt.date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the figures come from, and whether a newer computation is under way."""

    batches: tuple[BatchSource, ...]
    lines: int
    first_day: dt.date | None
    last_day: dt.date | None
    built_at: dt.datetime | None
    stale: bool


@dataclass(frozen=True, slots=True)
class SpendRow:
    """One row of a breakdown: what, how much, how much in the compared year."""

    key: str
    label: str
    amount: Decimal
    lines: int
    suppliers: int
    share: Share
    growth: Growth | None = None
    social: Share | None = None
    sme: Share | None = None
    size_unknown: Share | None = None


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """One supplier in a list of spend."""

    supplier_id: int
    name: str
    kind: str
    size: str
    amount: Decimal
    lines: int
    share: Share
    social: bool = False
    growth: Growth | None = None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of one year in one currency."""

    year: int
    currency: str
    total: Decimal
    lines: int
    suppliers: int
    unassigned: Share
    social: Share
    sme: Share
    size_unknown: Share
    kind_unknown: Share
    top5: Share
    top10: Share
    hhi: Decimal | None


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """What the notices of the own procedures say about one year. Counts of lots, never money."""

    results: int = 0
    results_with_count: int = 0
    single_tender: int = 0
    lots: int = 0
    strategic_lots: int = 0
    strategic_stated: int = 0
    reserved_lots: int = 0
    uncoded_counts: int = 0


@dataclass(frozen=True, slots=True)
class ContractEnding:
    """A contract that ends soon."""

    contract_id: int
    title: str
    supplier_name: str
    end: dt.date
    amount: Decimal | None
    currency: str
    product_group: str = ""
    cpv: str = ""


@dataclass(frozen=True, slots=True)
class BenchmarkFigure:
    """One comparison: ours beside the middle of those who share; ``None`` while too few share."""

    code: str
    ours: Decimal | None
    low: Decimal | None
    median: Decimal | None
    high: Decimal | None
    organisations: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Comparison with other organisations of the same kind that share their totals."""

    shares: bool
    inhabitants: int | None
    organisations: int
    needed: int
    figures: tuple[BenchmarkFigure, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page of the diagnosis."""

    year: int
    compare: int | None
    years: tuple[int, ...]
    figures: YearFigures | None
    compared: YearFigures | None
    trend: tuple[YearFigures, ...]
    groups: tuple[SpendRow, ...]
    kinds: tuple[SpendRow, ...]
    sizes: tuple[SpendRow, ...]
    top_suppliers: tuple[SupplierRow, ...]
    other_currencies: Mapping[str, Decimal]
    notices: NoticeFigures
    contracts_ending: tuple[ContractEnding, ...]
    benchmark: Benchmark
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Everything on the page of one product group."""

    code: str
    year: int
    compare: int | None
    years: tuple[int, ...]
    row: SpendRow | None
    trend: tuple[SpendRow, ...]
    months: tuple[tuple[int, int, Decimal], ...]
    suppliers: tuple[SupplierRow, ...]
    supplier_count: int
    contracts_ending: tuple[ContractEnding, ...]
    candidates: tuple[Candidate, ...]
    features: tuple[Reason, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Candidate:
    """A social enterprise that offers this, with the source of that knowledge."""

    supplier_id: int
    name: str
    municipality: str
    activities: str
    recognition: str
    source: str
    source_date: dt.date
    already_supplies: bool
    recognition_ended: bool = False


@dataclass(frozen=True, slots=True)
class SupplierPage:
    """Everything on the spend page of one supplier."""

    supplier_id: int
    name: str
    kind: str
    size: str
    kbo: str
    year: int
    years: tuple[SpendRow, ...]
    groups: tuple[SpendRow, ...]
    rank: int | None
    social: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Reason:
    """One visible reason why a product group deserves attention; ``met`` is ``None`` when it is not known."""

    code: str
    met: bool | None
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A product group where buying differently may be worth looking into, with the reasons."""

    product_group: str
    amount: Decimal
    social: Share
    candidates: int
    contracts_ending: int
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """Return how many reasons are met."""
        return sum(1 for reason in self.reasons if reason.met)


@dataclass(frozen=True, slots=True)
class LineFilter:
    """How the page with source lines is narrowed."""

    year: int | None = None
    product_group: str | None = None
    supplier_id: int | None = None
    account: str = ""
    words: str = ""
    batch_id: str = ""
    currency: str = EURO
    month: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line as it stands in the imported file."""

    batch_id: str
    line_no: int
    booking_date: dt.date
    amount: Decimal
    currency: str
    supplier_id: int
    supplier_name: str
    account_code: str
    account_name: str
    description: str
    document_number: str
    department: str
    product_group: str
    assigned_by: AssignedBy
    rule: str


@dataclass(frozen=True, slots=True)
class LinePage:
    """One page of source lines, and the totals of all lines that pass the filter."""

    lines: Sequence[SourceLine]
    count: int
    amount: Decimal
    page: int
    pages: int
    imported: Mapping[str, dt.datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KpiValue:
    """A key figure with its value; money and counts as they are, a share as numerator and denominator."""

    definition: KpiDefinition
    value: Decimal | None
    share: Share | None = None
    previous: Decimal | None = None
    beside: tuple[tuple[str, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did."""

    organisation_id: int
    lines: int
    combinations: int
    changed_rows: int
    skipped: bool = False


# --- measures: figures that indicators follow ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """One ready measure in words, from ``content/measures``; with ``entry`` people enter the numerator."""

    code: str
    name: str
    definition: str
    kind: str
    unit: str
    theme: str
    numerator: str
    denominator: str
    source: str
    parameters: tuple[str, ...]
    caveats: tuple[str, ...]
    valid_from: dt.date
    based_on: tuple[str, ...]
    valid_until: dt.date | None = None
    direction: str = "higher"
    entry: str = ""
    entry_label: str = ""


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """A measure in one year: exact, with its parts and the pages with the lines behind it.

    ``value`` is empty while the numerator must still be entered. ``pages`` are (page, arguments, parameters, label).
    """

    year: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    pages: tuple[Mapping[str, Any], ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)
