"""Neutral records of a procurement notice, whatever format it came in.

Readers of formats make these, the import use case applies them. Every record says with ``pointer`` where in the
document it stands. Values are kept as published: nothing is repaired, what contradicts itself is an ``Issue``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

__all__ = [
    "AwardCriterion",
    "BuyerRecord",
    "ContractRecord",
    "CriterionParameter",
    "Issue",
    "LotRecord",
    "LotResultRecord",
    "Money",
    "NoticeRecord",
    "Organisation",
    "PublishedDate",
    "Quantity",
    "Statistic",
    "StrategicCodes",
    "TenderRecord",
    "TermValue",
    "Texts",
    "Winner",
    "preferred_text",
]

Texts = Mapping[str, str]
"""Text per language code as published; an empty code where the document names none."""

IssueLevel = Literal["info", "warning", "error"]
WinnerBasis = Literal["contract", "listed-tenders", "award-block", ""]
CountBasis = Literal["coded", "uncoded", "award-block", ""]

_LANGUAGE_ORDER = ("NLD", "NL", "ENG", "EN", "FRA", "FR", "")


def preferred_text(texts: Texts) -> str:
    """Return the text a Flemish reader wants first: Dutch, then English, French, and whatever there is."""
    for language in _LANGUAGE_ORDER:
        if texts.get(language):
            return texts[language]
    return next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the reader noticed: contradiction, gap or an element it does not know."""

    level: IssueLevel
    code: str
    message: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency it was published in; ``text`` is the figure as written."""

    text: str
    currency: str

    @property
    def amount(self) -> Decimal | None:
        """Return the figure as a number, or ``None`` where what was published is not one."""
        return decimal_or_none(self.text)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with a unit, such as 4 YEAR."""

    text: str
    unit: str

    @property
    def value(self) -> Decimal | None:
        """Return the figure as a number, or ``None`` where what was published is not one."""
        return decimal_or_none(self.text)


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A date as published: the day, and the zone that was written behind it."""

    text: str

    @property
    def day(self) -> str:
        """Return ``YYYY-MM-DD``, or an empty string where the text is no such date."""
        head = self.text[:10]
        return head if len(head) == 10 and head[4] == head[7] == "-" and head.replace("-", "").isdigit() else ""

    @property
    def zone(self) -> str:
        """Return the zone, such as ``+02:00`` or ``Z``, or an empty string."""
        return self.text[10:]


def decimal_or_none(text: str) -> Decimal | None:
    """Read a figure written with a decimal point; anything else is not guessed at."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


@dataclass(frozen=True, slots=True)
class TermValue:
    """One value of one business term, for the page that shows all of them."""

    block: str
    number: str
    label: str
    value: str
    qualifier: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body named in the notice: buyer, winner, review body, ..."""

    id: str
    names: Texts
    company_ids: tuple[str, ...] = ()
    country: str | None = None
    nuts: str | None = None
    city: str | None = None
    postal_code: str | None = None
    website: str | None = None
    size: str | None = None
    natural_person: str | None = None
    pointer: str = ""

    @property
    def name(self) -> str:
        """Return the name for a Flemish reader."""
        return preferred_text(self.names)


@dataclass(frozen=True, slots=True)
class BuyerRecord:
    """A buyer's role in the notice, pointing at an organisation."""

    organisation_id: str
    legal_types: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionParameter:
    """A figure that goes with an award criterion: weight, threshold or fixed value."""

    kind: str
    code: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class AwardCriterion:
    """One award criterion of a lot."""

    type: str | None
    names: Texts
    descriptions: Texts
    parameters: tuple[CriterionParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class StrategicCodes:
    """The strategic fields of a lot; the detail lists stand on their own and may come without the goal."""

    goals: tuple[str, ...] = ()
    green: tuple[str, ...] = ()
    social: tuple[str, ...] = ()
    innovation: tuple[str, ...] = ()
    gpp_criteria: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    goal_descriptions: tuple[str, ...] = ()

    @property
    def is_green(self) -> bool:
        """Tell whether a reduction of environmental impact is stated, in the goal or in its details."""
        return bool(self.green) or "env-imp" in self.goals

    @property
    def is_social(self) -> bool:
        """Tell whether a social objective is stated, in the goal or in its details."""
        return bool(self.social) or "soc-obj" in self.goals

    @property
    def is_innovative(self) -> bool:
        """Tell whether innovation is stated, in the goal or in its details."""
        return bool(self.innovation) or "inn-pur" in self.goals


@dataclass(frozen=True, slots=True)
class LotRecord:
    """A lot, a part of a planning notice or a group of lots (``kind``)."""

    id: str
    kind: str
    titles: Texts
    descriptions: Texts = field(default_factory=dict)
    internal_id: str | None = None
    nature: str | None = None
    main_cpv: str | None = None
    additional_cpv: tuple[str, ...] = ()
    estimated_value: Money | None = None
    framework_maximum: Money | None = None
    nuts: tuple[str, ...] = ()
    strategic: StrategicCodes = StrategicCodes()
    reserved_participation: tuple[str, ...] = ()
    reserved_execution: tuple[str, ...] = ()
    performance_terms: Texts = field(default_factory=dict)
    staff_qualification: str | None = None
    legal_form: str | None = None
    sme_suitable: str | None = None
    framework: tuple[str, ...] = ()
    dynamic_purchasing: tuple[str, ...] = ()
    eu_funds: tuple[str, ...] = ()
    tender_deadline: PublishedDate | None = None
    request_deadline: PublishedDate | None = None
    start: PublishedDate | None = None
    end: PublishedDate | None = None
    duration: Quantity | None = None
    renewals_max: str | None = None
    criteria: tuple[AwardCriterion, ...] = ()
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Statistic:
    """How many tenders were received, with the code of what was counted, or ``None`` where none was given."""

    code: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class TenderRecord:
    """A tender named in the result."""

    id: str
    lot_id: str | None = None
    value: Money | None = None
    party_id: str | None = None
    reference: str | None = None
    rank: str | None = None
    variant: str | None = None
    subcontracting: str | None = None
    members: tuple[str, ...] = ()
    """References of the organisations behind the tender, the leader of a group in front."""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """A contract that was concluded."""

    id: str
    reference: str | None = None
    titles: Texts = field(default_factory=dict)
    decision_date: PublishedDate | None = None
    conclusion_date: PublishedDate | None = None
    tender_ids: tuple[str, ...] = ()
    framework: str | None = None
    value: Money | None = None
    url: str | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Winner:
    """An organisation of the party behind a winning tender."""

    organisation_id: str
    tender_id: str
    leader: bool = False
    size: str | None = None


@dataclass(frozen=True, slots=True)
class LotResultRecord:
    """The outcome of one lot.

    ``winner_basis`` says how the winners were found: ``contract`` when the contract of this result names the tender,
    ``listed-tenders`` when no contract does and only the tenders listed with the result are left: then they are
    candidates and no proof. ``tenders_received`` counts, ``count_basis`` says from which kind of statistic.
    """

    id: str
    lot_id: str
    status: str | None = None
    reason: str | None = None
    statistics: tuple[Statistic, ...] = ()
    lowest: Money | None = None
    highest: Money | None = None
    framework_maximum: Money | None = None
    tender_ids: tuple[str, ...] = ()
    tenders_of_other_lot: tuple[str, ...] = ()
    contract_ids: tuple[str, ...] = ()
    winning_tender_ids: tuple[str, ...] = ()
    winning_values: tuple[Money, ...] = ()
    winners: tuple[Winner, ...] = ()
    winner_basis: WinnerBasis = ""
    pointer: str = ""

    @property
    def tenders_received(self) -> int | None:
        """Return the number of tenders received: the coded total, else the figure without a code."""
        return _count(self.statistics, "tenders", whole=True)

    @property
    def tenders_received_sme(self) -> int | None:
        """Return the number of tenders of small and medium-sized enterprises, where stated."""
        return _count(self.statistics, "t-sme", whole=False)

    @property
    def count_basis(self) -> CountBasis:
        """Tell how ``tenders_received`` was counted."""
        if any(statistic.code == "tenders" and _whole(statistic.value) is not None for statistic in self.statistics):
            return "coded"
        return "uncoded" if self.tenders_received is not None else ""


def _count(statistics: tuple[Statistic, ...], code: str, *, whole: bool) -> int | None:
    for wanted in (code, None) if whole else (code,):
        found = [_whole(statistic.value) for statistic in statistics if statistic.code == wanted]
        known = [value for value in found if value is not None]
        if known:
            return sum(known)
    return None


def _whole(text: str | None) -> int | None:
    value = decimal_or_none(text) if text else None
    return int(value) if value is not None and value == value.to_integral_value() else None


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One version of one notice with everything the product uses from it, and all issues found while reading."""

    format: str
    root: str
    notice_id: str
    version: str
    sdk: str = ""
    procedure_id: str | None = None
    publication_id: str | None = None
    publication_date: PublishedDate | None = None
    issue_date: PublishedDate | None = None
    subtype: str | None = None
    notice_type: str | None = None
    form_type: str | None = None
    legal_basis: str | None = None
    language: str | None = None
    additional_languages: tuple[str, ...] = ()
    procedure_type: str | None = None
    nature: str | None = None
    main_cpv: str | None = None
    additional_cpv: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    internal_id: str | None = None
    titles: Texts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    estimated_value: Money | None = None
    cross_border_law: bool = False
    buyers: tuple[BuyerRecord, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    beneficial_owners: int = 0
    lots: tuple[LotRecord, ...] = ()
    previous_notices: tuple[str, ...] = ()
    changed_notices: tuple[str, ...] = ()
    change_reasons: tuple[str, ...] = ()
    modified_notices: tuple[str, ...] = ()
    modification_reasons: tuple[str, ...] = ()
    withheld_fields: tuple[str, ...] = ()
    has_result: bool = False
    notice_values: tuple[Money, ...] = ()
    framework_notice_maximum: Money | None = None
    results: tuple[LotResultRecord, ...] = ()
    tenders: tuple[TenderRecord, ...] = ()
    contracts: tuple[ContractRecord, ...] = ()
    issues: tuple[Issue, ...] = ()
    pointer: str = ""

    @property
    def title(self) -> str:
        """Return the title for a Flemish reader; several titles in one language stand side by side."""
        return preferred_text(self.titles).replace("\n", " / ")

    def organisation(self, organisation_id: str) -> Organisation | None:
        """Return the organisation with this reference, or ``None`` where the notice does not describe it."""
        return next((found for found in self.organisations if found.id == organisation_id), None)

    def lots_of_kind(self, kind: str) -> tuple[LotRecord, ...]:
        """Return the lots (``Lot``), parts (``Part``) or groups of lots (``LotsGroup``)."""
        return tuple(lot for lot in self.lots if lot.kind == kind)
