"""A signed link opens one thing for somebody without an account, until it ends, and every use is logged."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from koopkracht.accounts import api
from koopkracht.accounts.errors import LinkGone
from koopkracht.accounts.models import SignedLink
from koopkracht.accounts.permissions import Role
from koopkracht.audit.models import Event
from koopkracht.shared import clock
from koopkracht.shared.errors import NotAllowed, NotFound, Rejected
from tests.accounts import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    return factories.actor(factories.organisation(), Role.BUYER)


def make(actor, days: float = 10):
    return api.create_signed_link(
        actor=actor, scope="questionnaire.answer", subject="questionnaire", subject_key=12, purpose="Marktbevraging",
        expires_at=clock.now() + dt.timedelta(days=days),
    )  # fmt: skip


def test_the_holder_may_do_exactly_one_thing_in_one_organisation(buyer) -> None:
    link = make(buyer)
    found = api.resolve_signed_link(token=link.token, scope="questionnaire.answer")
    assert (found.subject, found.subject_key) == ("questionnaire", "12")
    assert found.actor.organisation_id == buyer.organisation_id
    assert found.actor.permissions == {"questionnaire.answer"}
    assert found.actor.user_id is None
    assert link.token not in str(SignedLink.objects.get().__dict__)


def test_every_use_is_counted_and_logged(buyer) -> None:
    link = make(buyer)
    for _ in range(3):
        api.resolve_signed_link(token=link.token, scope="questionnaire.answer")
    admin = factories.bare_actor(buyer.organisation_id)
    (shown,) = api.signed_links(actor=admin)
    assert (shown.uses, shown.state) == (3, "open")
    assert Event.objects.filter(action="signed-link.used", subject_key=str(link.id)).count() == 3


def test_a_link_ends_with_time_withdrawal_another_scope_or_a_changed_letter(buyer) -> None:
    link = make(buyer)
    admin = factories.bare_actor(buyer.organisation_id)
    for token, scope in ((link.token, "spend.view"), (link.token[:-1] + "!", "questionnaire.answer"), ("", "x")):
        with pytest.raises(LinkGone):
            api.resolve_signed_link(token=token, scope=scope)
    with time_machine.travel(clock.now() + dt.timedelta(days=11)):
        with pytest.raises(LinkGone):
            api.resolve_signed_link(token=link.token, scope="questionnaire.answer")
        assert api.signed_links(actor=admin)[0].state == "expired"
    with pytest.raises(NotFound):
        api.revoke_signed_link(actor=factories.actor(), link_id=link.id)
    api.revoke_signed_link(actor=admin, link_id=link.id)
    with pytest.raises(LinkGone):
        api.resolve_signed_link(token=link.token, scope="questionnaire.answer")
    with pytest.raises(NotFound):
        api.revoke_signed_link(actor=admin, link_id=link.id)


def test_the_end_lies_in_the_coming_year_and_not_everybody_makes_links(buyer) -> None:
    for days in (0, -1, 400):
        with pytest.raises(Rejected):
            make(buyer, days)
    auditor = factories.bare_actor(buyer.organisation_id, Role.AUDITOR)
    for attempt in (
        lambda: make(auditor),
        lambda: api.signed_links(actor=buyer),
        lambda: api.revoke_signed_link(actor=buyer, link_id=1),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def make_own(actor, days: float = 365):
    expires_at = clock.now() + dt.timedelta(days=days)
    return api.create_own_link(actor=actor, scope="calendar.read", purpose="Agenda", expires_at=expires_at)


def test_everybody_makes_sees_and_withdraws_an_own_link(buyer) -> None:
    auditor = factories.actor(None, Role.AUDITOR)
    link = make_own(auditor)
    found = api.resolve_signed_link(token=link.token, scope="calendar.read")
    assert (found.subject, found.subject_key) == ("person", str(auditor.user_id))
    assert [one.id for one in api.own_links(actor=auditor, scope="calendar.read")] == [link.id]
    assert api.own_links(actor=buyer, scope="calendar.read") == ()

    with pytest.raises(NotFound):
        api.revoke_own_link(actor=buyer, link_id=link.id)
    api.revoke_own_link(actor=auditor, link_id=link.id)
    assert api.own_links(actor=auditor, scope="calendar.read") == ()
    with pytest.raises(LinkGone):
        api.resolve_signed_link(token=link.token, scope="calendar.read")


def test_a_new_own_link_replaces_the_former(buyer) -> None:
    first, second = make_own(buyer), make_own(buyer)
    with pytest.raises(LinkGone):
        api.resolve_signed_link(token=first.token, scope="calendar.read")
    assert [one.id for one in api.own_links(actor=buyer, scope="calendar.read")] == [second.id]


def test_an_own_link_is_for_the_own_things_of_a_person_for_at_most_a_year(buyer) -> None:
    expires_at = clock.now() + dt.timedelta(days=10)
    with pytest.raises(NotAllowed):
        api.create_own_link(actor=buyer, scope="spend.view", purpose="x", expires_at=expires_at)
    with pytest.raises(NotAllowed):
        api.create_own_link(
            actor=factories.bare_actor(buyer.organisation_id), scope="calendar.read", purpose="x", expires_at=expires_at
        )
    with pytest.raises(NotAllowed):
        api.create_signed_link(
            actor=buyer, scope="calendar.read", subject="person", subject_key=1, purpose="x", expires_at=expires_at
        )
    with pytest.raises(Rejected, match="komende jaar"):
        make_own(buyer, days=400)


def test_a_program_that_comes_back_every_hour_leaves_one_line_a_day(buyer) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), tick=False) as traveller:
        link = make_own(buyer)
        for hours in (0, 1, 1, 24):
            traveller.shift(dt.timedelta(hours=hours))
            api.resolve_signed_link(token=link.token, scope="calendar.read", once_a_day=True)
    assert Event.objects.filter(action="signed-link.used").count() == 2
    assert SignedLink.objects.get(pk=link.id).uses == 4
