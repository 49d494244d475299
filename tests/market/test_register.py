"""The register of suppliers and the directory of social enterprises."""

from __future__ import annotations

import datetime as dt

import pytest

from koopkracht.market import api
from koopkracht.market.types.suppliers import (
    Recognition,
    RecognitionKind,
    SocialEnterpriseEntry,
    SupplierCandidate,
    SupplierEdit,
    SupplierKind,
    SupplierSize,
)
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected
from koopkracht.shared.listing import ListQuery
from tests.market import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation())


def entry(name: str = "De Wroeter vzw", **fields: object) -> SocialEnterpriseEntry:
    values: dict[str, object] = {
        "key": name,
        "name": name,
        "identifier": factories.kbo(11),
        "recognitions": (Recognition(RecognitionKind.SHELTERED_WORKSHOP, dt.date(2020, 1, 1), None),),
        "activities": "groenonderhoud en verpakken",
        "product_groups": ("GRN-01", "KAN-12"),
        "cpv_codes": ("77310000",),
        "region": "Limburg",
        "municipality": "Borgloon",
        "capacity": 120,
        "website": "",
        "source": "lijst van de sector",
        "source_date": dt.date(2026, 1, 15),
    }
    return SocialEnterpriseEntry(**values | fields)


def names(found: object) -> list[str]:
    return [row.name for row in found.rows]


@pytest.mark.parametrize("words", ["alfa", "ALFA BV", "janssens", "0475.480.736"])
def test_a_supplier_is_found_by_any_of_its_names_and_its_number(actor, words) -> None:
    api.resolve_suppliers(
        actor=actor,
        candidates=[
            SupplierCandidate(key="a", name="Alfa NV", identifier="0475480736"),
            SupplierCandidate(key="b", name="Janssens & Co", identifier="0475480736"),
            SupplierCandidate(key="c", name="Gamma"),
        ],
        source="spend",
    )

    assert names(api.list_suppliers(actor=actor, query=ListQuery(search=words))) == ["Alfa NV"]


def test_the_register_is_read_page_by_page_without_gap_or_repeat(actor) -> None:
    api.resolve_suppliers(
        actor=actor,
        candidates=[SupplierCandidate(key=str(number), name=f"Zaak {number:03d}") for number in range(25)],
        source="spend",
    )
    seen: list[str] = []
    cursor = ""
    while True:
        page = api.list_suppliers(actor=actor, query=ListQuery(limit=10, cursor=cursor))
        seen += names(page)
        cursor = page.next
        if not cursor:
            break

    assert seen == [f"Zaak {number:03d}" for number in range(25)]


def test_a_list_page_takes_two_queries(actor, django_assert_num_queries) -> None:
    api.resolve_suppliers(
        actor=actor,
        candidates=[SupplierCandidate(key=str(number), name=f"Zaak {number:03d}") for number in range(60)],
        source="spend",
    )

    with django_assert_num_queries(2):
        api.list_suppliers(actor=actor, query=ListQuery())


def test_an_edit_keeps_its_source(actor) -> None:
    supplier_id = api.resolve_suppliers(
        actor=actor, candidates=[SupplierCandidate(key="a", name="Alfa")], source="spend"
    )["a"]
    edit = SupplierEdit("Alfa bv", SupplierKind.ENTERPRISE, SupplierSize.SMALL, "Gent", "website", dt.date(2026, 11, 1))

    api.edit_supplier(actor=actor, supplier_id=supplier_id, edit=edit)

    found = api.supplier(actor=actor, supplier_id=supplier_id).supplier
    assert (found.name, found.size, found.size_source) == ("Alfa bv", SupplierSize.SMALL, "website")
    assert api.counts(organisation_id=actor.organisation_id).size_known == 1


def test_an_edit_without_source_is_refused(actor) -> None:
    edit = SupplierEdit("Alfa", SupplierKind.PERSON, SupplierSize.UNKNOWN, "", " ", dt.date(2026, 11, 1))

    with pytest.raises(Rejected, match="vandaan"):
        api.edit_supplier(actor=actor, supplier_id=1, edit=edit)


def test_a_directory_entry_marks_the_supplier_known_from_spending(actor) -> None:
    known = api.resolve_suppliers(
        actor=actor,
        candidates=[SupplierCandidate(key="a", name="Wroeter", identifier=factories.kbo(11))],
        source="spend",
    )["a"]

    ids = api.put_social_enterprises(actor=actor, entries=[entry()])

    assert ids == {"De Wroeter vzw": known}
    view = api.suppliers_by_ids(organisation_id=actor.organisation_id, supplier_ids=[known])[known]
    assert (view.kind, view.kind_source) == (SupplierKind.SOCIAL_ECONOMY, "lijst van de sector")


@pytest.mark.parametrize(
    "query",
    [
        ListQuery(search="groen"),
        ListQuery(search="VERPAKKEN limburg"),
        ListQuery(filters={"region": "Limburg"}),
        ListQuery(filters={"kind": "maatwerkbedrijf"}),
        ListQuery(filters={"product_group": "GRN-01"}),
    ],
)
def test_the_directory_is_searched_by_words_region_type_and_offer(actor, query) -> None:
    other = entry(
        "Fietspunt",
        identifier=factories.kbo(12),
        recognitions=(Recognition(RecognitionKind.LOCAL_SERVICES, None, None),),
        activities="fietsen herstellen",
        product_groups=("MOB-12",),
        region="Antwerpen",
    )
    api.put_social_enterprises(actor=actor, entries=[entry(), other])

    assert names(api.list_social_enterprises(actor=actor, query=query)) == ["De Wroeter vzw"]


def test_a_younger_entry_replaces_an_older_one_and_not_the_reverse(actor) -> None:
    api.put_social_enterprises(actor=actor, entries=[entry(capacity=10, source_date=dt.date(2026, 5, 1))])
    api.put_social_enterprises(actor=actor, entries=[entry(capacity=99, source_date=dt.date(2025, 5, 1))])

    assert [row.capacity for row in api.list_social_enterprises(actor=actor, query=ListQuery()).rows] == [10]


def test_recognitions_have_a_period(actor) -> None:
    recognition = Recognition(RecognitionKind.SHELTERED_WORKSHOP, dt.date(2020, 1, 1), dt.date(2025, 1, 1))
    ids = api.put_social_enterprises(actor=actor, entries=[entry(recognitions=(recognition,))])

    found = api.social_economy_periods(organisation_id=actor.organisation_id)[ids["De Wroeter vzw"]][0]

    assert found.holds_on(dt.date(2020, 1, 1))
    assert not found.holds_on(dt.date(2019, 12, 31))
    assert not found.holds_on(dt.date(2025, 1, 1))


def test_the_offer_per_product_group_is_counted(actor) -> None:
    api.put_social_enterprises(actor=actor, entries=[entry()])

    assert api.social_enterprise_counts(organisation_id=actor.organisation_id) == {"GRN-01": 1, "KAN-12": 1}
    offering = api.social_enterprises_offering(organisation_id=actor.organisation_id, product_group="GRN-01")
    assert [view.name for view in offering] == ["De Wroeter vzw"]


def test_a_directory_page_takes_few_queries(actor, django_assert_max_num_queries) -> None:
    api.put_social_enterprises(
        actor=actor,
        entries=[entry(f"Zaak {number}", identifier=factories.kbo(100 + number)) for number in range(30)],
    )

    with django_assert_max_num_queries(5):
        assert len(api.list_social_enterprises(actor=actor, query=ListQuery()).rows) == 30
