"""What monitoring asks of other contexts, through their doors, in the shape the figures need."""

from __future__ import annotations

from collections.abc import Mapping

from koopkracht.market import api as market
from koopkracht.monitoring.rollups import Sums, SupplierFacts


def supplier_facts(organisation_id: int, sums: Sums) -> Mapping[tuple[int, int], SupplierFacts]:
    """Return kind and size of every supplier with spend, per year."""
    pairs = {(supplier, year) for _currency, year, _group, supplier, _cents, _lines in sums.by_supplier}
    known = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=sums.supplier_ids)
    unknown = SupplierFacts()
    return {
        (supplier, year): SupplierFacts(known[supplier].kind, known[supplier].size) if supplier in known else unknown
        for supplier, year in pairs
    }
