"""What monitoring asks of other contexts, through their doors, in the shape the figures need."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from koopkracht.award import api as award
from koopkracht.catalogue import api as catalogue
from koopkracht.contracts import api as contracts
from koopkracht.dossiers import api as dossiers
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import Recognition, SocialEnterpriseView, SupplierKind, SupplierView
from koopkracht.monitoring.rollups import Sums, SupplierFacts
from koopkracht.monitoring.types import Candidate, ContractEnding, NoticeFigures
from koopkracht.shared import clock
from koopkracht.shared.periods import Period

_CANDIDATES_SHOWN = 50


def supplier_facts(organisation_id: int, sums: Sums) -> Mapping[tuple[int, int], SupplierFacts]:
    """Return kind and size of every supplier with spend, per year: a recognition holds for a time only."""
    known = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=sums.supplier_ids)
    recognitions = _recognitions(organisation_id)
    return {
        (supplier, year): _facts(known.get(supplier), recognitions.get(supplier), year)
        for supplier, year in {(row[3], row[1]) for row in sums.by_supplier}
    }


def _recognitions(organisation_id: int) -> Mapping[int, list[Recognition]]:
    """Return the recognitions per supplier that counts, those of merged suppliers included."""
    canonical = market.canonical_ids(organisation_id=organisation_id)
    found: dict[int, list[Recognition]] = defaultdict(list)
    for supplier, periods in market.social_economy_periods(organisation_id=organisation_id).items():
        found[canonical.get(supplier, supplier)].extend(periods)
    return found


def _facts(supplier: SupplierView | None, recognitions: Collection[Recognition] | None, year: int) -> SupplierFacts:
    if supplier is None:
        return SupplierFacts()
    if not recognitions:
        return SupplierFacts(supplier.kind, supplier.size)
    if any(_holds_in(one, year) for one in recognitions):
        return SupplierFacts(SupplierKind.SOCIAL_ECONOMY, supplier.size)
    # Outside its recognitions, an enterprise of the social economy is an enterprise like any other.
    lapsed = supplier.kind is SupplierKind.SOCIAL_ECONOMY
    return SupplierFacts(SupplierKind.ENTERPRISE if lapsed else supplier.kind, supplier.size)


def _holds_in(recognition: Recognition, year: int) -> bool:
    period = Period(recognition.valid_from or dt.date.min, recognition.valid_until)
    return period.overlaps(Period.calendar_year(year))


def notice_figures(organisation_id: int, year: int) -> NoticeFigures:
    """Return what the own notices of a year say about competition, goals and reservation."""
    of_year = Period.calendar_year(year)
    tenders = award.tender_figures(organisation_id=organisation_id, start=of_year.start, end=of_year.end)
    lots = dossiers.strategic_figures(organisation_id=organisation_id, start=of_year.start, end=of_year.end)
    return NoticeFigures(
        results=tenders.results,
        results_with_count=tenders.with_count,
        single_tender=tenders.single,
        lots=lots.lots,
        strategic_lots=lots.strategic,
        strategic_stated=lots.strategic_stated,
        reserved_lots=lots.reserved,
        uncoded_counts=tenders.counted_without_code,
    )


def contracts_ending(organisation_id: int, *, product_group: str = "") -> tuple[ContractEnding, ...]:
    """Return the own contracts that end within a year, the first to end in front."""
    start = clock.today()
    rows = contracts.contracts_ending(organisation_id=organisation_id, start=start, end=_a_year_after(start))
    found = tuple(
        ContractEnding(
            contract_id=row.id,
            title=row.title or row.reference,
            supplier_name=row.supplier_name,
            end=row.end_date,
            amount=row.value,
            currency=row.currency,
            product_group=_group_of(row.main_cpv),
            cpv=row.main_cpv,
        )
        for row in rows
        if row.end_date is not None
    )
    return tuple(one for one in found if product_group in ("", one.product_group))


def contracts_ending_per_group(organisation_id: int) -> Mapping[str, int]:
    """Return how many contracts end within a year, per product group of their CPV code."""
    return Counter(one.product_group for one in contracts_ending(organisation_id))


def candidates(organisation_id: int, code: str, *, supplying: Collection[int]) -> tuple[Candidate, ...]:
    """Return the social enterprises that say they offer this product group."""
    found = market.social_enterprises_offering(
        organisation_id=organisation_id, product_group=code, limit=_CANDIDATES_SHOWN
    )
    canonical = market.canonical_ids(organisation_id=organisation_id)
    return tuple(_candidate(one, canonical.get(one.supplier_id, one.supplier_id) in supplying) for one in found)


def candidate_counts(organisation_id: int) -> Mapping[str, int] | None:
    """Return how many social enterprises offer each product group; ``None`` while the directory is empty."""
    if not market.counts(organisation_id=organisation_id).social_enterprises:
        return None
    return market.social_enterprise_counts(organisation_id=organisation_id)


def _candidate(entry: SocialEnterpriseView, already_supplies: bool) -> Candidate:
    today = clock.today()
    holding = [one for one in entry.recognitions if one.holds_on(today)]
    return Candidate(
        supplier_id=entry.supplier_id,
        name=entry.name,
        municipality=entry.municipality,
        activities=entry.activities,
        recognition=_labels(holding or entry.recognitions),
        source=entry.source,
        source_date=entry.source_date,
        already_supplies=already_supplies,
        recognition_ended=bool(entry.recognitions) and not holding,
    )


def _labels(recognitions: Iterable[Recognition]) -> str:
    return ", ".join(dict.fromkeys(str(market.RECOGNITION_LABELS[one.kind]) for one in recognitions))


def _group_of(cpv: str) -> str:
    group = catalogue.product_group_for_cpv(cpv=cpv) if cpv else None
    return group.code if group else ""


def _a_year_after(day: dt.date) -> dt.date:
    """Return the same day next year; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 3, 1)
