"""The register of contracts: end dates that are stated or computed, suppliers, and lists."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.contracts import api
from koopkracht.contracts.errors import ContractNotFound
from koopkracht.contracts.settled import computed_end
from koopkracht.contracts.types import ContractInput, ContractPartyInput
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierCandidate
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery
from tests.accounts.factories import bare_actor, organisation


@pytest.mark.parametrize(
    ("start", "duration", "unit", "end"),
    [
        ("2024-03-05", "4", "YEAR", "2028-03-04"),
        ("2024-01-31", "1", "MONTH", "2024-02-28"),
        ("2024-02-29", "1", "YEAR", "2025-02-27"),
        ("2024-01-01", "30", "DAY", "2024-01-30"),
        ("2024-01-01", "2", "WEEK", "2024-01-14"),
        ("2024-01-01", "0.5", "YEAR", "2024-06-30"),
        ("2024-01-01", "1.5", "MONTH", None),
        ("2024-01-01", "99999", "YEAR", None),
        ("2024-01-01", "1", "FORTNIGHT", None),
    ],
)
def test_computed_end(start: str, duration: str, unit: str, end: str | None) -> None:
    found = computed_end(dt.date.fromisoformat(start), Decimal(duration), unit)
    assert found == (dt.date.fromisoformat(end) if end else None)


@pytest.fixture
def actor(db: None) -> Actor:
    return bare_actor(organisation().pk, Role.BUYER)


def record(actor: Actor, key: str = "c-1", **changed: object) -> int:
    plain: dict[str, object] = {
        "key": key,
        "title": "Poetsen",
        "is_own": True,
        "value": Decimal("10.50"),
        "currency": "EUR",
    }
    return api.record_contract(actor=actor, contract=ContractInput(**{**plain, **changed}))[0]  # type: ignore[arg-type]


def test_a_stated_end_wins_from_a_computed_one(actor: Actor) -> None:
    times = {"start_date": dt.date(2024, 1, 1), "duration": Decimal(1), "duration_unit": "YEAR"}
    stated = record(actor, "a", end_date=dt.date(2024, 6, 1), **times)
    computed = record(actor, "b", **times)
    place = actor.organisation_id
    first = api.contract(organisation_id=place, contract_id=stated).row
    second = api.contract(organisation_id=place, contract_id=computed).row
    assert (first.end_date, first.end_basis) == (dt.date(2024, 6, 1), "stated")
    assert (second.end_date, second.end_basis) == (dt.date(2024, 12, 31), "computed")
    ending = api.contracts_ending(organisation_id=place, start=dt.date(2024, 7, 1), end=dt.date(2025, 1, 1))
    assert [row.id for row in ending] == [computed]


def test_all_suppliers_are_kept_and_found(actor: Actor) -> None:
    ids = market.resolve_suppliers(
        actor=actor, candidates=[SupplierCandidate("a", "De Brug"), SupplierCandidate("b", "Het Anker")], source="test"
    )
    parties = (ContractPartyInput("Het Anker", ids["b"]), ContractPartyInput("De Brug", ids["a"], leader=True))
    made = record(actor, parties=parties)
    place = actor.organisation_id
    assert api.contract(organisation_id=place, contract_id=made).row.supplier_name == "De Brug"
    for supplier in ids.values():
        (row,) = api.contracts_of_supplier(organisation_id=place, supplier_ids=(supplier,))
        assert row.id == made


def test_the_same_key_again_changes_nothing(actor: Actor) -> None:
    assert record(actor) == record(actor, title="Iets anders")
    (row,) = api.contracts(organisation_id=actor.organisation_id, query=ListQuery()).rows
    assert row.title == "Poetsen"


def test_contracts_of_another_organisation_do_not_exist(actor: Actor) -> None:
    made = record(actor)
    other = organisation().pk
    assert api.contracts(organisation_id=other, query=ListQuery()).rows == []
    with pytest.raises(ContractNotFound):
        api.contract(organisation_id=other, contract_id=made)
