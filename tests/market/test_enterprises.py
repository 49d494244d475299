"""Who can do this: the match, the supply against the minimum, the divided workforce, and pages per enterprise."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.market import api as market
from koopkracht.market.api import directory
from koopkracht.market.errors import MarketInputRejected, MarketRowNotFound, SupplierNotFound
from koopkracht.market.fitting import divide
from koopkracht.market.types.directory import (
    ClientKind,
    ContractForm,
    EnterpriseEdit,
    Fit,
    Item,
    Pioneer,
    Rating,
    Reference,
    TurnoverShare,
)
from koopkracht.market.types.suppliers import Recognition, RecognitionKind, SocialEnterpriseEntry
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from tests.market import factories

pytestmark = pytest.mark.django_db
SINCE = dt.date(2019, 1, 1)
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def actor() -> Actor:
    # NIS code 44021 is Gent, in Oost-Vlaanderen.
    return factories.actor(factories.organisation(nis_code="44021"))


def entry(name: str, **fields: object) -> SocialEnterpriseEntry:
    defaults: dict[str, object] = {
        "key": name,
        "name": name,
        "identifier": None,
        "recognitions": (Recognition(RecognitionKind.SHELTERED_WORKSHOP, SINCE, None),),
        "activities": "",
        "product_groups": (),
        "cpv_codes": (),
        "region": "",
        "municipality": "Gent",
        "capacity": None,
        "website": "",
        "source": "lijst van de sector",
        "source_date": dt.date(2025, 1, 15),
    }
    return SocialEnterpriseEntry(**defaults | fields)


def put(actor: Actor, *entries: SocialEnterpriseEntry) -> dict[str, int]:
    return market.put_social_enterprises(actor=actor, entries=entries)


def fits(found: object) -> list[Fit]:
    return [reason.fit for reason in found.reasons]


def edit(**fields: object) -> EnterpriseEdit:
    defaults: dict[str, object] = {
        "name": "Groenploeg vzw",
        "identifier": "",
        "municipality": "Gent",
        "region": "",
        "recognitions": (Recognition(RecognitionKind.WORK_CARE, SINCE, None),),
        "activities": "maaien",
        "product_groups": ("GRN-02",),
        "cpv_codes": (),
        "capacity": 12,
        "website": "",
        "certificates": "",
        "equipment": "",
        "target_share": None,
        "target_share_date": None,
        "target_share_evidence": "",
        "promoted": False,
        "source": "gesprek",
        "source_date": dt.date(2026, 5, 4),
    }
    return EnterpriseEdit(**defaults | fields)


def test_candidates_are_ranked_and_every_reason_is_told(actor) -> None:
    put(
        actor,
        entry("Zegt het zelf", product_groups=("GRN-02",), capacity=40),
        entry("Code eronder", cpv_codes=("77313000",)),
        entry("Code erboven", cpv_codes=("77310000",)),
        entry("Enkel woorden", activities="gras maaien"),
        entry("Iets anders", cpv_codes=("90910000",), activities="poetsen"),
    )

    found = directory.match(organisation_id=actor.organisation_id, product_group="GRN-02", on=DAY)

    assert [one.name for one in found] == ["Zegt het zelf", "Code eronder", "Code erboven", "Enkel woorden"]
    assert fits(found[0]) == [Fit.OFFERS, Fit.NEAR, Fit.RECOGNISED, Fit.CAPACITY]
    assert fits(found[1])[0] is Fit.CPV
    assert fits(found[2])[0] is Fit.CPV_ABOVE
    assert found[3].reasons[0].detail == "gras, maaien"
    assert [one.suitable for one in found] == [True, True, True, False]
    assert found[0].score == 40 + 15 + 15 + 10


def test_two_suitable_enterprises_in_the_region_give_a_warning_and_three_do_not(actor) -> None:
    put(
        actor,
        entry("Een", product_groups=("SCH-01",)),
        entry("Twee", product_groups=("SCH-01",), municipality="Aalst"),
        entry("Ver weg", product_groups=("SCH-01",), municipality="Hasselt"),
        entry("Niet meer erkend", product_groups=("SCH-01",)),
    )
    put(
        actor,
        entry(
            "Niet meer erkend",
            product_groups=("SCH-01",),
            recognitions=(Recognition(RecognitionKind.SHELTERED_WORKSHOP, SINCE, DAY),),
        ),
    )
    where = {"organisation_id": actor.organisation_id, "product_group": "SCH-01"}

    two = directory.supply(**where, on=DAY)
    assert (two.suitable, two.minimum, two.warning, two.area) == (2, 3, True, "Oost-Vlaanderen")
    # The day before its end the recognition still counts.
    three = directory.supply(**where, on=DAY - dt.timedelta(days=1))
    assert (three.suitable, three.warning) == (3, False)
    assert directory.supply(**where, on=DAY, region="Limburg").suitable == 1


def test_counting_all_groups_at_once_means_the_same_as_matching_each(actor) -> None:
    put(
        actor,
        entry("Een", product_groups=("SCH-01", "GRN-02"), cpv_codes=("90911300",)),
        entry("Twee", cpv_codes=("77310000", "77314000"), municipality="Aalst"),
        entry("Ver", product_groups=("GRN-02",), municipality="Brugge"),
    )

    counts = directory.supply_by_group(organisation_id=actor.organisation_id, on=DAY)

    assert counts["GRN-02"] == 2
    for code, number in counts.items():
        found = directory.supply(organisation_id=actor.organisation_id, product_group=code, on=DAY)
        assert found.suitable == number, code


def test_a_town_that_is_not_on_the_list_counts_its_whole_directory() -> None:
    actor = factories.actor(factories.organisation(name="Gemeente Lindebeke"))
    put(
        actor,
        entry("Thuis", product_groups=("SCH-01",), municipality="Lindebeke"),
        entry("Elders", product_groups=("SCH-01",), municipality="Oeverdam"),
    )

    found, supply = directory.match_with_supply(organisation_id=actor.organisation_id, product_group="SCH-01", on=DAY)

    assert [(one.name, one.near) for one in found] == [("Thuis", True), ("Elders", False)]
    assert (supply.suitable, supply.area) == (2, "")


def test_a_shared_workforce_is_divided_and_never_counted_twice(actor) -> None:
    put(
        actor,
        entry("Breed", product_groups=("SCH-01", "GRN-02", "GRN-03"), capacity=10),
        entry("Smal", product_groups=("SCH-01",), capacity=6),
        entry("Onbekend", product_groups=("SCH-01",)),
        entry("Niet erkend", product_groups=("SCH-01",), capacity=99, recognitions=()),
    )

    found = directory.capacity_by_group(organisation_id=actor.organisation_id, on=DAY)

    assert sum(one.people for one in found.values()) == 16
    cleaning = found["SCH-01"]
    assert (cleaning.enterprises, cleaning.people, cleaning.reachable, cleaning.unknown) == (
        3,
        Decimal("9.33"),
        16,
        1,
    )
    assert cleaning.hours == Decimal(13062)  # 9.33 people at 1 400 hours
    pools = directory.capacity_pools(organisation_id=actor.organisation_id, on=DAY)
    assert [(pool.name, pool.people, len(pool.product_groups)) for pool in pools] == [("Breed", 10, 3), ("Smal", 6, 1)]


@pytest.mark.parametrize(("people", "parts"), [(10, 3), (1, 7), (0, 2), (64, 1)])
def test_parts_add_up_to_the_whole(people, parts) -> None:
    assert sum(divide(people, parts)) == people


def test_merged_suppliers_are_one_candidate(actor) -> None:
    made = put(
        actor,
        entry("De Brug", product_groups=("SCH-01",)),
        entry("Brug Schoonmaak", product_groups=("SCH-01",)),
    )
    market.merge_suppliers(actor=actor, kept_id=made["De Brug"], merged_id=made["Brug Schoonmaak"])

    found = directory.match(organisation_id=actor.organisation_id, product_group="SCH-01", on=DAY)
    assert [one.supplier_id for one in found] == [made["De Brug"]]


def test_matching_five_hundred_enterprises_asks_the_database_a_handful_of_times(
    actor, django_assert_max_num_queries
) -> None:
    put(actor, *(entry(f"Onderneming {number}", product_groups=("SCH-01",), capacity=3) for number in range(500)))

    with django_assert_max_num_queries(8):
        found = directory.match(organisation_id=actor.organisation_id, product_group="SCH-01", on=DAY)
    assert len(found) == 500
    with django_assert_max_num_queries(7):
        assert directory.capacity_by_group(organisation_id=actor.organisation_id, on=DAY)["SCH-01"].people == 1500


def test_an_unknown_product_group_is_not_found(actor) -> None:
    with pytest.raises(ProductGroupNotFound):
        directory.match(organisation_id=actor.organisation_id, product_group="XXX-99")


def test_an_entry_by_hand_needs_a_source_and_a_date_that_has_been(actor) -> None:
    for wrong, field in (
        (edit(source=" "), "source"),
        (edit(source_date=clock.today() + dt.timedelta(days=1)), "source_date"),
        (edit(name=""), "name"),
        (edit(target_share=Decimal("0.8")), "target_share_date"),
        (edit(target_share=Decimal("1.2")), "target_share"),
        (edit(capacity=-1), "capacity"),
    ):
        with pytest.raises(MarketInputRejected) as caught:
            directory.put_enterprise(actor=actor, edit=wrong)
        assert caught.value.details["field"] == field
    assert market.counts(organisation_id=actor.organisation_id).social_enterprises == 0


def test_an_entry_by_hand_is_found_changed_and_kept_when_a_file_comes(actor) -> None:
    made = directory.put_enterprise(
        actor=actor,
        edit=edit(
            certificates="VCA",
            target_share=Decimal("0.65"),
            target_share_date=dt.date(2026, 1, 31),
            target_share_evidence="attest",
            promoted=True,
        ),
    )
    assert directory.put_enterprise(actor=actor, edit=edit(capacity=14), supplier_id=made) == made
    with pytest.raises(MarketInputRejected, match="jongere informatie"):
        directory.put_enterprise(actor=actor, edit=edit(source_date=dt.date(2020, 1, 1)), supplier_id=made)

    directory.put_enterprise(actor=actor, edit=edit(certificates="VCA", promoted=True), supplier_id=made)
    put(actor, entry("Groenploeg vzw", capacity=20, source_date=dt.date(2026, 6, 1)))
    assert directory.extras(organisation_id=actor.organisation_id, supplier_id=made).profile.certificates == "VCA"
    assert directory.promoted(organisation_id=actor.organisation_id) == {made}
    assert market.supplier(actor=actor, supplier_id=made).entry.capacity == 20


def test_references_turnover_ratings_and_pioneers_are_kept_once_and_shown(actor) -> None:
    made = directory.put_enterprise(actor=actor, edit=edit())
    reference = Reference(
        "Museum aan de Leie", "Onkruid branden", ContractForm.FRAMEWORK, SINCE, dt.date(2022, 1, 1), "website"
    )
    for _twice in range(2):
        directory.add_reference(actor=actor, supplier_id=made, reference=reference)
    for client in (ClientKind.LOCAL, ClientKind.PUBLIC):
        directory.put_turnover(
            actor=actor,
            supplier_id=made,
            turnover=TurnoverShare(client, Decimal("0.15"), "jaarverslag", dt.date(2025, 12, 31)),
        )
    good = Rating("GRN-02", 3, 5, "Netjes", "Groendienst", shared=True, rated_on=dt.date(2026, 2, 1))
    directory.rate(actor=actor, supplier_id=made, rating=good)
    directory.rate(actor=actor, supplier_id=made, rating=replace(good, price=4, quality=4))
    directory.rate(actor=actor, supplier_id=made, rating=replace(good, price=5, shared=False))
    directory.tag_pioneer(
        actor=actor,
        supplier_id=made,
        pioneer=Pioneer("circular", "Composteert alles zelf", "bezoek", dt.date(2026, 3, 1)),
    )

    found = directory.extras(organisation_id=actor.organisation_id, supplier_id=made)
    assert [(one.client, one.form) for one in found.references] == [("Museum aan de Leie", ContractForm.FRAMEWORK)]
    assert [(one.client, one.share) for one in found.turnover] == [
        (ClientKind.LOCAL, Decimal("0.15")),
        (ClientKind.PUBLIC, Decimal("0.15")),
    ]
    assert [one.evidence for one in found.pioneer] == ["Composteert alles zelf"]
    # Only what is good on both counts and may be shared is shared.
    shared = directory.shared_ratings(organisation_id=actor.organisation_id)
    assert [(one.price, one.quality) for one in shared] == [(4, 4)]
    assert [one.supplier for one in directory.pioneers(organisation_id=actor.organisation_id, domain="circular")] == [
        "Groenploeg vzw"
    ]
    assert directory.pioneers(organisation_id=actor.organisation_id, domain="food") == ()

    directory.remove_item(actor=actor, supplier_id=made, item=Item.REFERENCE, key=found.references[0].id)
    assert directory.extras(organisation_id=actor.organisation_id, supplier_id=made).references == ()


def test_another_organisation_sees_and_changes_nothing(actor) -> None:
    made = directory.put_enterprise(actor=actor, edit=edit())
    stranger = factories.actor(factories.organisation())
    reader = factories.actor_of(actor.organisation_id, permissions=frozenset({"market.view"}))
    tag = Pioneer("circular", "x", "y", dt.date(2026, 3, 1))

    with pytest.raises(SupplierNotFound):
        directory.tag_pioneer(actor=stranger, supplier_id=made, pioneer=tag)
    with pytest.raises(NotAllowed):
        directory.tag_pioneer(actor=reader, supplier_id=made, pioneer=tag)
    with pytest.raises(MarketRowNotFound):
        directory.remove_item(actor=actor, supplier_id=made, item=Item.PIONEER, key=12345)
    assert directory.pioneers(organisation_id=stranger.organisation_id) == ()
    assert directory.match(organisation_id=stranger.organisation_id, product_group="GRN-02") == ()
