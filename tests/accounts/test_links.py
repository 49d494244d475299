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
