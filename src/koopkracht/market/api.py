"""The door of the market context: suppliers, duplicates and social enterprises. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from koopkracht.market import queries
from koopkracht.market.actions import resolve as _resolve
from koopkracht.market.types import SupplierCandidate, SupplierView
from koopkracht.shared.actor import Actor

__all__ = ["canonical_ids", "resolve_suppliers", "suppliers_by_ids"]


def resolve_suppliers(*, actor: Actor, candidates: Iterable[SupplierCandidate], source: str) -> Mapping[str, int]:
    """Return the supplier id for the key of every candidate, creating the suppliers that are new.

    Joins are exact (enterprise number, foreign VAT number, number in the source system, normalised name) and
    never overrule a different enterprise number. ``source`` names the system the candidates come from (``spend``,
    ``eforms``, ``ubl`` …): numbers of one source are compared with numbers of the same source only. The id is that of
    the supplier as met; read merges with :func:`canonical_ids`. Raises ``NotAllowed`` without a permission to import.
    """
    return _resolve.resolve_suppliers(actor=actor, candidates=candidates, source=source)


def canonical_ids(*, organisation_id: int) -> Mapping[int, int]:
    """Return ``{merged supplier id: id of the supplier that speaks for it}``; suppliers not merged are not in it."""
    return queries.canonical_ids(organisation_id)


def suppliers_by_ids(*, organisation_id: int, supplier_ids: Iterable[int]) -> dict[int, SupplierView]:
    """Return the views of these suppliers by id; unknown ids are left out."""
    return queries.suppliers_by_ids(organisation_id, supplier_ids)
