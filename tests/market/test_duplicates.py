"""Merging, keeping apart and undoing, and what other contexts read afterwards."""

from __future__ import annotations

import pytest

from koopkracht.audit.models import Event
from koopkracht.market import api
from koopkracht.market.errors import (
    DifferentEnterpriseNumbers,
    NothingToUndo,
    PairAlreadyDecided,
    PairNotFound,
    SameSupplier,
    SupplierNotFound,
)
from koopkracht.market.models import Supplier
from koopkracht.market.types.suppliers import SupplierCandidate
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from tests.market import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation())


@pytest.fixture
def look_alikes(actor: Actor) -> tuple[int, int]:
    ids = api.resolve_suppliers(
        actor=actor,
        candidates=[
            SupplierCandidate(key="a", name="Schoonmaak Janssens", external_id="1"),
            SupplierCandidate(key="b", name="Schoonmaak Jansens", external_id="2"),
        ],
        source="spend",
    )
    return ids["a"], ids["b"]


def worklist(actor: Actor, state: str = "open") -> list[tuple[int, int]]:
    found = api.list_duplicates(actor=actor, query=ListQuery(filters={"state": state}))
    return [(pair.left.id, pair.right.id) for pair in found.rows]


def test_look_alikes_come_on_the_work_list_once(actor, look_alikes) -> None:
    assert api.propose_duplicates(actor=actor) == 1
    assert api.propose_duplicates(actor=actor) == 0
    assert worklist(actor) == [look_alikes]


def test_a_merge_changes_what_others_read_and_can_be_undone(actor, look_alikes) -> None:
    kept, merged = look_alikes

    pair = api.merge_suppliers(actor=actor, kept_id=kept, merged_id=merged)

    assert api.canonical_ids(organisation_id=actor.organisation_id) == {merged: kept}
    views = api.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=look_alikes)
    assert views[merged].canonical_id == kept
    assert [row.id for row in api.list_suppliers(actor=actor, query=ListQuery()).rows] == [kept]

    api.undo_decision(actor=actor, pair_id=pair)

    assert api.canonical_ids(organisation_id=actor.organisation_id) == {}
    assert worklist(actor) == [look_alikes]


def test_a_chain_of_merges_ends_at_the_last_and_comes_apart_in_any_order(actor) -> None:
    ids = api.resolve_suppliers(
        actor=actor,
        candidates=[SupplierCandidate(key=name, name=name) for name in ("alfa", "beta", "gamma")],
        source="spend",
    )
    first = api.merge_suppliers(actor=actor, kept_id=ids["beta"], merged_id=ids["alfa"])
    api.merge_suppliers(actor=actor, kept_id=ids["gamma"], merged_id=ids["beta"])

    assert api.canonical_ids(organisation_id=actor.organisation_id) == {
        ids["alfa"]: ids["gamma"],
        ids["beta"]: ids["gamma"],
    }

    api.undo_decision(actor=actor, pair_id=first)

    assert api.canonical_ids(organisation_id=actor.organisation_id) == {ids["beta"]: ids["gamma"]}


def test_a_merge_cannot_go_round_in_a_circle(actor, look_alikes) -> None:
    kept, merged = look_alikes
    api.merge_suppliers(actor=actor, kept_id=kept, merged_id=merged)

    with pytest.raises(PairAlreadyDecided):
        api.merge_suppliers(actor=actor, kept_id=merged, merged_id=kept)


def test_a_pair_kept_apart_is_not_proposed_again(actor, look_alikes) -> None:
    api.propose_duplicates(actor=actor)
    pair = api.list_duplicates(actor=actor, query=ListQuery()).rows[0]

    api.keep_apart(actor=actor, pair_id=pair.id, remark="twee zaken")

    assert api.propose_duplicates(actor=actor) == 0
    assert worklist(actor) == []
    assert worklist(actor, "apart") == [look_alikes]
    with pytest.raises(PairAlreadyDecided):
        api.keep_apart(actor=actor, pair_id=pair.id)


def test_two_legal_entities_merge_only_with_a_reason(actor) -> None:
    ids = api.resolve_suppliers(
        actor=actor,
        candidates=[
            SupplierCandidate(key="a", name="Alfa", identifier=factories.kbo(1)),
            SupplierCandidate(key="b", name="Alfa", identifier=factories.kbo(2)),
        ],
        source="eforms",
    )

    with pytest.raises(DifferentEnterpriseNumbers):
        api.merge_suppliers(actor=actor, kept_id=ids["a"], merged_id=ids["b"], despite_numbers=True)

    api.merge_suppliers(actor=actor, kept_id=ids["a"], merged_id=ids["b"], despite_numbers=True, remark="fusie in 2025")
    assert api.canonical_ids(organisation_id=actor.organisation_id) == {ids["b"]: ids["a"]}


def test_every_decision_leaves_a_trace(actor, look_alikes) -> None:
    pair = api.merge_suppliers(actor=actor, kept_id=look_alikes[0], merged_id=look_alikes[1])
    api.undo_decision(actor=actor, pair_id=pair)

    actions = Event.objects.filter(organisation_key=actor.organisation_id).order_by("sequence")
    assert list(actions.values_list("action", flat=True)) == [
        "suppliers.resolved",
        "suppliers.merged",
        "suppliers.decision-undone",
    ]


def test_what_does_not_exist_or_belongs_to_another_is_refused(actor, look_alikes) -> None:
    stranger = factories.actor(factories.organisation())

    with pytest.raises(SupplierNotFound):
        api.merge_suppliers(actor=stranger, kept_id=look_alikes[0], merged_id=look_alikes[1])
    with pytest.raises(PairNotFound):
        api.keep_apart(actor=actor, pair_id=999_999)
    with pytest.raises(SameSupplier):
        api.merge_suppliers(actor=actor, kept_id=look_alikes[0], merged_id=look_alikes[0])


def test_only_who_may_merge_merges(look_alikes, actor) -> None:
    reader = factories.actor_of(actor.organisation_id, permissions=frozenset({"supplier.view"}))

    with pytest.raises(NotAllowed):
        api.merge_suppliers(actor=reader, kept_id=look_alikes[0], merged_id=look_alikes[1])


def test_an_open_pair_has_nothing_to_undo(actor, look_alikes) -> None:
    api.propose_duplicates(actor=actor)
    pair = api.list_duplicates(actor=actor, query=ListQuery()).rows[0]

    with pytest.raises(NothingToUndo):
        api.undo_decision(actor=actor, pair_id=pair.id)


def test_a_ring_of_mergers_ends(actor, look_alikes) -> None:
    one, two = look_alikes
    Supplier.objects.filter(pk=one).update(merged_into=two)
    Supplier.objects.filter(pk=two).update(merged_into=one)
    assert set(api.canonical_ids(organisation_id=actor.organisation_id)) == {one, two}
