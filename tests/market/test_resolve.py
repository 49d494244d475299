"""Exact joins of an import's parties to suppliers."""

from __future__ import annotations

import datetime as dt

import pytest

from koopkracht.market import api
from koopkracht.market.types.suppliers import SupplierCandidate, SupplierSize
from koopkracht.shared.errors import NotAllowed
from tests.market import factories

pytestmark = pytest.mark.django_db


def candidate(key: str, name: str = "", **fields: object) -> SupplierCandidate:
    return SupplierCandidate(key=key, name=name, **fields)


def resolve(actor: object, *candidates: SupplierCandidate, source: str = "spend") -> dict[str, int]:
    return dict(api.resolve_suppliers(actor=actor, candidates=candidates, source=source))


@pytest.fixture
def actor() -> object:
    return factories.actor(factories.organisation())


def test_the_same_enterprise_number_is_one_supplier_whatever_the_name(actor) -> None:
    number = factories.kbo(1)

    ids = resolve(
        actor, candidate("a", "Farys", identifier=f"{number}_5748"), candidate("b", "TMVW", identifier=number)
    )

    assert ids["a"] == ids["b"]


def test_importing_twice_creates_nothing_new(actor) -> None:
    first = resolve(actor, candidate("a", "De Kringwinkel vzw"), candidate("b", "Bakker", external_id="12"))

    again = resolve(actor, candidate("a", "VZW DE KRINGWINKEL"), candidate("b", "Bakker", external_id="12"))

    assert again == first


def test_one_name_with_two_enterprise_numbers_stays_two_suppliers(actor) -> None:
    ids = resolve(
        actor,
        candidate("a", "Redacted", identifier=factories.kbo(1)),
        candidate("b", "Redacted", identifier=factories.kbo(2)),
    )

    assert ids["a"] != ids["b"]


def test_one_name_with_two_supplier_numbers_stays_two_suppliers(actor) -> None:
    ids = resolve(actor, candidate("a", "Redacted", external_id="1"), candidate("b", "Redacted", external_id="2"))

    assert ids["a"] != ids["b"]
    assert resolve(actor, candidate("c", "Redacted", external_id="3"))["c"] not in ids.values()


def test_a_supplier_number_joins_only_within_its_source(actor) -> None:
    spend = resolve(actor, candidate("a", "Alfa", external_id="1"))
    invoices = resolve(actor, candidate("a", "Beta", external_id="1"), source="ubl")

    assert spend["a"] != invoices["a"]


def test_an_enterprise_number_is_learnt_later_through_the_supplier_number(actor) -> None:
    first = resolve(actor, candidate("a", "Alfa", external_id="7"))
    second = resolve(actor, candidate("a", "Alfa bv", external_id="7", identifier=factories.kbo(3)))

    supplier = api.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=first.values())[first["a"]]

    assert second == first
    assert (supplier.kbo, supplier.vat) == (factories.kbo(3), "BE" + factories.kbo(3))


def test_a_name_joins_a_supplier_known_from_another_source(actor) -> None:
    notice = resolve(actor, candidate("w", "Alfa NV", identifier=factories.kbo(4)), source="eforms")
    spend = resolve(actor, candidate("s", "ALFA", external_id="99"))

    assert spend["s"] == notice["w"]


def test_the_order_of_the_file_makes_no_difference() -> None:
    candidates = [
        candidate("a", "Alfa"),
        candidate("b", "Alfa bv", external_id="7"),
        candidate("c", "Alfa NV", external_id="7", identifier=factories.kbo(5)),
        candidate("d", "Gamma"),
    ]
    groups = []
    for order in (candidates, candidates[::-1]):
        ids = resolve(factories.actor(factories.organisation()), *order)
        groups.append({frozenset(key for key in ids if ids[key] == value) for value in ids.values()})

    assert groups[0] == groups[1] == {frozenset("abc"), frozenset("d")}


def test_a_wrong_check_digit_never_joins(actor) -> None:
    ids = resolve(
        actor,
        candidate("a", "Alfa", identifier="0475.480.737"),
        candidate("b", "Beta", identifier="0475.480.737"),
    )

    assert ids["a"] != ids["b"]


def test_a_candidate_without_anything_still_gets_a_supplier(actor) -> None:
    ids = resolve(actor, candidate("a"), candidate("b", "  "))

    assert ids["a"] == ids["b"]


def test_organisations_do_not_see_each_others_suppliers() -> None:
    one, other = (factories.actor(factories.organisation()) for _ in range(2))
    number = factories.kbo(6)

    ours = resolve(one, candidate("a", "Alfa", identifier=number))["a"]
    theirs = resolve(other, candidate("a", "Alfa", identifier=number))["a"]

    assert ours != theirs
    assert api.suppliers_by_ids(organisation_id=one.organisation_id, supplier_ids=[theirs]) == {}


def test_the_youngest_statement_of_size_wins(actor) -> None:
    number = factories.kbo(8)
    resolve(
        actor,
        candidate("a", "Alfa", identifier=number, size=SupplierSize.SMALL, size_as_of=dt.date(2025, 5, 1)),
        candidate("b", "Alfa", identifier=number, size=SupplierSize.MICRO, size_as_of=dt.date(2023, 5, 1)),
        source="eforms",
    )
    ids = resolve(
        actor,
        candidate("c", "Alfa", identifier=number, size=SupplierSize.LARGE, size_as_of=dt.date(2022, 1, 1)),
        source="eforms",
    )

    supplier = api.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=ids.values())[ids["c"]]

    assert (supplier.size, supplier.size_source) == (SupplierSize.SMALL, "eforms")


def test_resolving_is_refused_without_a_permission_to_import() -> None:
    reader = factories.actor(factories.organisation(), permissions=frozenset({"supplier.view"}))

    with pytest.raises(NotAllowed):
        resolve(reader, candidate("a", "Alfa"))


def test_a_large_batch_takes_a_bounded_number_of_queries(actor, django_assert_max_num_queries) -> None:
    batch = [candidate(str(number), f"Leverancier {number}", external_id=str(number)) for number in range(5_000)]

    with django_assert_max_num_queries(200):
        first = resolve(actor, *batch)
    with django_assert_max_num_queries(40):
        assert resolve(actor, *batch) == first
