"""What monitoring asks of other contexts, through their doors, in the shape the figures need."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from koopkracht.market import api as market
from koopkracht.monitoring.rollups import Sums, SupplierFacts
from koopkracht.monitoring.types import Candidate, ContractEnding, NoticeFigures


def supplier_facts(organisation_id: int, sums: Sums) -> Mapping[tuple[int, int], SupplierFacts]:
    """Return kind and size of every supplier with spend, per year."""
    pairs = {(supplier, year) for _currency, year, _group, supplier, _cents, _lines in sums.by_supplier}
    known = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=sums.supplier_ids)
    unknown = SupplierFacts()
    return {
        (supplier, year): SupplierFacts(known[supplier].kind, known[supplier].size) if supplier in known else unknown
        for supplier, year in pairs
    }


def notice_figures(organisation_id: int, year: int) -> NoticeFigures:
    return NoticeFigures()


def contracts_ending(organisation_id: int, *, product_group: str = "") -> tuple[ContractEnding, ...]:
    return ()


def contracts_ending_per_group(organisation_id: int) -> Mapping[str, int]:
    return {}


def candidates(organisation_id: int, code: str, *, supplying: Collection[int]) -> tuple[Candidate, ...]:
    return ()


def candidate_counts(organisation_id: int) -> Mapping[str, int] | None:
    return None
