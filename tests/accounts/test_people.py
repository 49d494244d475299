"""Roles are granted and ended with four eyes, within one organisation, and never without a trace."""

from __future__ import annotations

import pytest

from koopkracht.accounts import api
from koopkracht.accounts.errors import LastAdministrator, OwnRole
from koopkracht.accounts.models import Membership, User
from koopkracht.accounts.permissions import Role
from koopkracht.audit.models import Event
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed, NotFound, Rejected
from tests.accounts import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return factories.organisation()


@pytest.fixture
def admin(place) -> Actor:
    return factories.actor(place)


def roles(place, person) -> set[str]:
    return set(api.actor_for(user_id=person.pk, organisation_id=place.pk).roles)


def test_a_person_holds_several_roles_and_the_permissions_of_all(place, admin) -> None:
    person = factories.member(place, Role.FINANCE)
    api.grant_role(actor=admin, user_id=person.pk, role="lawyer")
    api.grant_role(actor=admin, user_id=person.pk, role="lawyer")
    actor = api.actor_for(user_id=person.pk, organisation_id=place.pk)
    assert actor.roles == {"finance", "lawyer"}
    assert actor.may("spend.import")
    assert actor.may("rules.manage")
    assert Event.objects.filter(action="role.granted").count() == 1


def test_nobody_grants_or_ends_a_role_of_their_own(place, admin) -> None:
    factories.member(place, Role.ADMINISTRATOR)
    for attempt in (
        lambda: api.grant_role(actor=admin, user_id=admin.user_id, role="finance"),
        lambda: api.end_role(actor=admin, user_id=admin.user_id, role="administrator"),
        lambda: api.end_membership(actor=admin, user_id=admin.user_id),
        lambda: api.invite(actor=admin, email=api.account(user_id=admin.user_id).email, roles=["finance"], link_of=str),
    ):
        with pytest.raises(OwnRole):
            attempt()


def test_the_last_administrator_stays(place, admin) -> None:
    operator = api.operator_actor(organisation_id=place.pk, label="test")
    with pytest.raises(LastAdministrator):
        api.end_role(actor=operator, user_id=admin.user_id, role="administrator")
    second = factories.member(place, Role.ADMINISTRATOR)
    api.end_membership(actor=admin, user_id=second.pk)
    assert not roles(place, second)


def test_ending_a_role_takes_effect_at_once_and_can_be_granted_again(place, admin) -> None:
    person = factories.member(place, Role.BUYER, Role.FINANCE)
    api.end_role(actor=admin, user_id=person.pk, role="buyer")
    assert roles(place, person) == {"finance"}
    api.grant_role(actor=admin, user_id=person.pk, role="buyer")
    api.end_membership(actor=admin, user_id=person.pk)
    assert roles(place, person) == set()
    assert Membership.objects.filter(user=person).count() == 3  # history stays
    assert [event.action for event in Event.objects.order_by("sequence")].count("role.ended") == 3
    with pytest.raises(NotFound):
        api.end_role(actor=admin, user_id=person.pk, role="buyer")


def test_people_of_another_organisation_do_not_exist_here(admin) -> None:
    stranger = factories.member(factories.organisation(), Role.BUYER)
    for attempt in (
        lambda: api.person(organisation_id=admin.organisation_id, user_id=stranger.pk),
        lambda: api.grant_role(actor=admin, user_id=stranger.pk, role="finance"),
        lambda: api.end_role(actor=admin, user_id=stranger.pk, role="buyer"),
        lambda: api.end_membership(actor=admin, user_id=stranger.pk),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert stranger.pk not in {one.id for one in api.people(actor=admin)}
    assert api.names_of(organisation_id=admin.organisation_id, user_ids=[stranger.pk]) == {}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_manages_people(place, role: Role) -> None:
    actor, person = factories.actor(place, role), factories.member(place, Role.BUYER)
    for attempt in (
        lambda: api.people(actor=actor),
        lambda: api.invitations(actor=actor),
        lambda: api.grant_role(actor=actor, user_id=person.pk, role="finance"),
        lambda: api.end_role(actor=actor, user_id=person.pk, role="buyer"),
        lambda: api.end_membership(actor=actor, user_id=person.pk),
        lambda: api.invite(actor=actor, email="x@example.org", roles=["buyer"], link_of=str),
        lambda: api.create_person(actor=actor, email="x@example.org", roles=["buyer"]),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_no_role_holds_what_only_the_operator_may() -> None:
    for name in ("organisations.manage", "people.create"):
        assert api.PERMISSIONS[name] == frozenset()


def test_the_operator_creates_people_once(place) -> None:
    operator = api.operator_actor(organisation_id=place.pk, label="test")
    made = api.create_person(
        actor=operator,
        email=" Jan@Example.org ",
        name="Jan",
        roles=["buyer", "finance"],
        password="een lang wachtwoord",
    )
    again = api.create_person(
        actor=operator, email="jan@example.org", roles=["auditor"], password="iets helemaal anders"
    )
    assert again.id == made.id
    assert [role.role for role in again.roles] == ["buyer", "finance", "auditor"]
    assert User.objects.get(pk=made.id).check_password("een lang wachtwoord")
    for wrong in ({"roles": []}, {"roles": ["koning"]}, {"roles": ["buyer"], "email": "geen adres"}):
        with pytest.raises(Rejected):
            api.create_person(**{"actor": operator, "email": "x@example.org", **wrong})


def test_nothing_personal_is_written_to_the_log(place, admin) -> None:
    api.invite(actor=admin, email="canary@example.org", name="Kanarie", roles=["buyer"], link_of=str)
    operator = api.operator_actor(organisation_id=place.pk, label="test")
    api.create_person(actor=operator, email="canary2@example.org", name="Kanarie", roles=["buyer"])
    for event in Event.objects.all():
        assert "anar" not in f"{event.data}{event.subject_key}{event.actor_label}".lower()
