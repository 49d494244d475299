"""The door of the market context: suppliers, duplicates and social enterprises. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from koopkracht.market.actions import directory as _directory
from koopkracht.market.actions import duplicates as _duplicates
from koopkracht.market.actions import resolve as _resolve
from koopkracht.market.actions import suppliers as _suppliers
from koopkracht.market.identifiers import NumberStatus, check_number, normalise_belgian
from koopkracht.market.models import KIND_LABELS, RECOGNITION_LABELS, SIZE_LABELS
from koopkracht.market.queries import suppliers as queries
from koopkracht.market.types.suppliers import (
    DuplicateView,
    MarketCounts,
    Recognition,
    SocialEnterpriseEntry,
    SocialEnterpriseView,
    SupplierCandidate,
    SupplierDetail,
    SupplierEdit,
    SupplierRow,
    SupplierView,
)
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery, Slice

__all__ = [
    "KIND_LABELS",
    "RECOGNITION_LABELS",
    "SIZE_LABELS",
    "canonical_ids",
    "check_enterprise_number",
    "counts",
    "duplicate",
    "edit_supplier",
    "keep_apart",
    "list_duplicates",
    "list_social_enterprises",
    "list_suppliers",
    "merge_suppliers",
    "normalise_belgian",
    "propose_duplicates",
    "put_social_enterprises",
    "regions",
    "resolve_suppliers",
    "social_economy_periods",
    "social_enterprise_counts",
    "social_enterprises_offering",
    "supplier",
    "suppliers_by_ids",
    "undo_decision",
]


def resolve_suppliers(*, actor: Actor, candidates: Iterable[SupplierCandidate], source: str) -> Mapping[str, int]:
    """Return the supplier id for the key of every candidate, creating the suppliers that are new.

    Joins are exact (enterprise number, foreign VAT number, number in the source system, normalised name) and
    never overrule a different enterprise number. ``source`` names the system the candidates come from (``spend``,
    ``eforms``, ``ubl`` …): numbers of one source are compared with numbers of the same source only. The id is that of
    the supplier as met; read merges with :func:`canonical_ids`. Raises ``NotAllowed`` without a permission to import.
    """
    return _resolve.resolve_suppliers(actor=actor, candidates=candidates, source=source)


def check_enterprise_number(*, raw: str) -> bool | None:
    """Tell whether a text is a right (``True``) or wrong (``False``) Belgian number; ``None`` when it is neither."""
    status = check_number(raw).status
    if status is NumberStatus.WRONG_CHECK_DIGIT:
        return False
    return True if status is NumberStatus.VALID else None


def canonical_ids(*, organisation_id: int) -> Mapping[int, int]:
    """Return ``{merged supplier id: id of the supplier that speaks for it}``; suppliers not merged are not in it."""
    return queries.canonical_ids(organisation_id)


def suppliers_by_ids(*, organisation_id: int, supplier_ids: Iterable[int]) -> dict[int, SupplierView]:
    """Return the views of these suppliers by id; unknown ids are left out."""
    return queries.suppliers_by_ids(organisation_id, supplier_ids)


def list_suppliers(*, actor: Actor, query: ListQuery) -> Slice[SupplierRow]:
    """Return a slice of the register. Filters: ``kind``, ``size``, ``identified`` (yes/no); raises ``NotAllowed``."""
    actor.require("supplier.view")
    return queries.list_suppliers(actor.organisation_id, query)


def supplier(*, actor: Actor, supplier_id: int) -> SupplierDetail:
    """Return all that is known of a supplier. Raises ``SupplierNotFound``, ``NotAllowed``."""
    actor.require("supplier.view")
    return queries.supplier(actor.organisation_id, supplier_id)


def edit_supplier(*, actor: Actor, supplier_id: int, edit: SupplierEdit) -> None:
    """Store what a person knows. Raises ``Rejected`` without name or source, ``SupplierNotFound``, ``NotAllowed``."""
    _suppliers.edit_supplier(actor=actor, supplier_id=supplier_id, edit=edit)


def counts(*, organisation_id: int) -> MarketCounts:
    """Return how large the register is and how much of it is known."""
    return queries.counts(organisation_id)


def propose_duplicates(*, actor: Actor) -> int:
    """Put new possible duplicates on the work list and return how many; raises ``NotAllowed``."""
    return _duplicates.propose_duplicates(actor=actor)


def list_duplicates(*, actor: Actor, query: ListQuery) -> Slice[DuplicateView]:
    """Return a slice of the work list; filter ``state`` is open, merged or apart. Raises ``NotAllowed``."""
    actor.require("supplier.view")
    return queries.list_duplicates(actor.organisation_id, query)


def duplicate(*, actor: Actor, pair_id: int) -> DuplicateView | None:
    """Return one pair of the work list, or ``None``."""
    actor.require("supplier.view")
    return queries.duplicate(actor.organisation_id, pair_id)


def merge_suppliers(
    *, actor: Actor, kept_id: int, merged_id: int, remark: str = "", despite_numbers: bool = False
) -> int:
    """Let ``kept_id`` speak for ``merged_id`` and return the id of the pair, with which it can be undone.

    Raises ``DifferentEnterpriseNumbers`` unless ``despite_numbers`` is given with a remark, ``SameSupplier``,
    ``SupplierNotFound``, ``PairAlreadyDecided`` and ``NotAllowed``.
    """
    return _duplicates.merge_suppliers(
        actor=actor, kept_id=kept_id, merged_id=merged_id, remark=remark, despite_numbers=despite_numbers
    )


def keep_apart(*, actor: Actor, pair_id: int, remark: str = "") -> None:
    """Decide that a pair is two suppliers. Raises ``PairNotFound``, ``PairAlreadyDecided``, ``NotAllowed``."""
    _duplicates.keep_apart(actor=actor, pair_id=pair_id, remark=remark)


def undo_decision(*, actor: Actor, pair_id: int) -> None:
    """Take a merge or a keeping apart back. Raises ``PairNotFound``, ``NothingToUndo``, ``NotAllowed``."""
    _duplicates.undo_decision(actor=actor, pair_id=pair_id)


def put_social_enterprises(*, actor: Actor, entries: Sequence[SocialEnterpriseEntry]) -> dict[str, int]:
    """Store directory entries and return the supplier id by entry key; raises ``NotAllowed``."""
    return _directory.put_social_enterprises(actor=actor, entries=entries)


def list_social_enterprises(*, actor: Actor, query: ListQuery) -> Slice[SocialEnterpriseView]:
    """Return a slice of the directory. Filters: ``region``, ``kind``, ``product_group``; raises ``NotAllowed``."""
    actor.require("supplier.view")
    return queries.list_social_enterprises(actor.organisation_id, query)


def social_enterprises_offering(
    *, organisation_id: int, product_group: str, limit: int = 50
) -> list[SocialEnterpriseView]:
    """Return the social enterprises that offer a product group."""
    return queries.social_enterprises_offering(organisation_id, product_group, limit)


def social_enterprise_counts(*, organisation_id: int) -> Mapping[str, int]:
    """Return how many social enterprises offer each product group."""
    return queries.social_enterprise_counts(organisation_id)


def social_economy_periods(*, organisation_id: int) -> Mapping[int, tuple[Recognition, ...]]:
    """Return the recognitions as social economy by supplier id, to count spending by the date of the invoice."""
    return queries.social_economy_periods(organisation_id)


def regions(*, organisation_id: int) -> list[str]:
    """Return the regions that occur in the directory, in order."""
    return queries.regions(organisation_id)
