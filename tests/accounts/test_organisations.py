"""Organisations, how they belong together, and under which numbers they buy."""

from __future__ import annotations

import pytest

from koopkracht.accounts import api
from koopkracht.accounts.models import OrganisationKind
from koopkracht.audit.models import Event
from koopkracht.shared.errors import Conflict, NotAllowed, Rejected
from tests.accounts import factories

pytestmark = pytest.mark.django_db
TOWN, OCMW, OLD, BODY = "0207501212", "0212346955", "0207463796", "0244142664"


def create(name: str = "Gemeente Voorbeeldegem", **more: object):
    return api.create_organisation(operator="test", **{"name": name, "kind": "municipality", **more})


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_every_kind_of_organisation_can_be_created_and_is_logged(kind: str) -> None:
    made = create(kind=kind, kbo_number="0207.501.212", nis_code="44021")
    assert (made.slug, made.kbo_number, made.nis_code) == ("gemeente-voorbeeldegem", TOWN, "44021")
    assert api.organisation_by_slug(slug=made.slug) == made == api.organisation(organisation_id=made.id)
    (event,) = Event.objects.filter(organisation_key=made.id)
    assert (event.action, event.actor_label) == ("organisation.created", "test")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("kind", "kerk", "organisation-kind-unknown"),
        ("kbo_number", "0207501213", "kbo-invalid"),
        ("nis_code", "4402", "nis-invalid"),
        ("name", "  ", "organisation-name-missing"),
    ],
)
def test_wrong_input_is_refused_with_a_code(field: str, value: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        create(**{field: value})
    assert refused.value.code == code


def test_a_short_name_or_number_that_is_taken_is_a_conflict_and_leaves_nothing() -> None:
    create(kbo_number=TOWN)
    for more in ({"kbo_number": TOWN, "slug": "anders"}, {}):
        with pytest.raises(Conflict):
            create(**more)
    assert Event.objects.count() == 1


def test_own_numbers_follow_parts_and_predecessors_but_not_members() -> None:
    town, ocmw = create(kbo_number=TOWN), create("OCMW", kind="ocmw", kbo_number=OCMW)
    old, body = create("Oud", kbo_number=OLD), create("Aankoopcentrale", kind="purchasing-body", kbo_number=BODY)
    part_of_ocmw = create("Woonzorgcentrum", kind="autonomous-company", kbo_number="0417497106")
    for source, target, relation in (
        (ocmw, town, "part-of"),
        (part_of_ocmw, ocmw, "part-of"),
        (town, old, "successor"),
        (town, body, "member"),
        (town, ocmw, "part-of"),  # a circle must not hang
    ):
        actor = api.operator_actor(organisation_id=source.id, label="test")
        api.link_organisations(actor=actor, source_id=source.id, target_id=target.id, relation=relation)
    assert api.own_kbo_numbers(organisation_id=town.id) == {TOWN, OCMW, OLD, "0417497106"}
    assert api.own_kbo_numbers(organisation_id=body.id) == {BODY}
    assert api.own_kbo_numbers(organisation_id=10**9) == frozenset()
    labels = {(one.other.name, one.label) for one in api.relations_of(organisation_id=town.id)}
    assert {("OCMW", "omvat"), ("Aankoopcentrale", "is lid van"), ("Oud", "is opvolger van")} <= labels


def test_stating_a_relation_twice_changes_nothing_and_needs_the_operator() -> None:
    town, ocmw = create(), create("OCMW", kind="ocmw")
    operator = api.operator_actor(organisation_id=town.id, label="test")
    for _ in range(2):
        api.link_organisations(actor=operator, source_id=ocmw.id, target_id=town.id, relation="part-of")
    assert Event.objects.filter(action="organisation.linked").count() == 1
    for source, target, relation in ((town.id, town.id, "member"), (ocmw.id, 10**9, "member"), (town.id, ocmw.id, "x")):
        with pytest.raises(Rejected):
            api.link_organisations(actor=operator, source_id=source, target_id=target, relation=relation)
    with pytest.raises(NotAllowed):
        api.link_organisations(
            actor=factories.bare_actor(town.id), source_id=ocmw.id, target_id=town.id, relation="member"
        )
