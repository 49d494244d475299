"""An invitation works once, for one address, until it ends; and it never opens somebody else's account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from koopkracht.accounts import api
from koopkracht.accounts.errors import InvitationGone
from koopkracht.accounts.models import Invitation, User
from koopkracht.shared import clock
from koopkracht.shared.errors import NotFound, Rejected
from tests.accounts import factories

pytestmark = pytest.mark.django_db
PASSWORD = "een zin van een paar woorden"


@pytest.fixture
def place():
    return factories.organisation()


@pytest.fixture
def admin(place):
    return factories.actor(place)


@pytest.fixture
def token(admin, django_capture_on_commit_callbacks) -> str:
    return invited(admin, django_capture_on_commit_callbacks)


def invited(admin, commit, email: str = "nieuw@example.org", **more: object) -> str:
    with commit(execute=True):
        api.invite(actor=admin, email=email, roles=["buyer"], link_of="https://test/{}".format, **more)
    found = re.search(r"https://test/(\S+)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def test_the_mail_goes_to_the_address_and_the_token_is_not_stored(token: str) -> None:
    assert mail.outbox[-1].to == ["nieuw@example.org"]
    assert "Voorbeeldegem" in mail.outbox[-1].subject
    row = Invitation.objects.get()
    assert row.mailed_at is not None
    assert token not in str(row.__dict__)


def test_a_new_person_chooses_a_password_once(token: str, place) -> None:
    user_id = api.accept_as_new_person(token=token, name="Nieuw", password=PASSWORD)
    assert api.actor_for(user_id=user_id, organisation_id=place.pk).roles == {"buyer"}
    for attempt in (lambda: api.invitation_for(token=token), lambda: api.has_account(token=token),
                    lambda: api.accept_as_new_person(token=token, name="x", password=PASSWORD),
                    lambda: api.accept_as(token=token, user_id=user_id)):  # fmt: skip
        with pytest.raises(InvitationGone):
            attempt()


@pytest.mark.parametrize("password", ["kort", "nieuw@example.org", "password1234"])
def test_a_weak_password_is_refused_and_the_invitation_stays(token: str, password: str) -> None:
    with pytest.raises(Rejected):
        api.accept_as_new_person(token=token, name="Nieuw", password=password)
    assert api.invitation_for(token=token).state == "open"
    assert not User.objects.filter(email="nieuw@example.org").exists()


def test_an_invitation_never_sets_the_password_of_an_account_that_exists(
    admin, place, django_capture_on_commit_callbacks
) -> None:
    owner = factories.user("bestaat@example.org")
    token = invited(admin, django_capture_on_commit_callbacks, "Bestaat@Example.org")
    with pytest.raises(Rejected):
        api.accept_as_new_person(token=token, name="Dief", password=PASSWORD)
    with pytest.raises(Rejected):
        api.accept_as(token=token, user_id=factories.user().pk)
    owner.refresh_from_db()
    assert owner.check_password("test-wachtwoord-1")
    api.accept_as(token=token, user_id=owner.pk)
    assert api.actor_for(user_id=owner.pk, organisation_id=place.pk).roles == {"buyer"}


def test_a_token_ends_with_time_with_withdrawal_and_with_a_newer_one(
    admin, token: str, django_capture_on_commit_callbacks
) -> None:
    with time_machine.travel(clock.now() + dt.timedelta(days=8)), pytest.raises(InvitationGone):
        api.invitation_for(token=token)
    newer = invited(admin, django_capture_on_commit_callbacks)
    with pytest.raises(InvitationGone):
        api.invitation_for(token=token)
    (waiting,) = api.invitations(actor=admin)
    api.revoke_invitation(actor=admin, invitation_id=waiting.id)
    for wrong in (newer, newer[:-1] + "A", "verzonnen", ""):
        with pytest.raises(InvitationGone):
            api.invitation_for(token=wrong)


def test_an_invitation_of_somebody_who_left_is_worth_nothing(admin, place, token: str) -> None:
    second = factories.actor(place)
    api.end_membership(actor=second, user_id=admin.user_id)
    with pytest.raises(InvitationGone):
        api.accept_as_new_person(token=token, name="Nieuw", password=PASSWORD)


def test_another_organisation_cannot_touch_an_invitation(token: str) -> None:
    stranger = factories.actor(factories.organisation())
    number = Invitation.objects.get().pk
    assert api.invitations(actor=stranger) == ()
    with pytest.raises(NotFound):
        api.revoke_invitation(actor=stranger, invitation_id=number)
    with pytest.raises(NotFound):
        api.send_again(actor=stranger, invitation_id=number, link_of=str)


def test_a_mail_server_that_fails_is_told_and_can_be_tried_again(
    admin, settings, django_capture_on_commit_callbacks
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        api.invite(actor=admin, email="nieuw@example.org", roles=["buyer"], link_of=str)
    (waiting,) = api.invitations(actor=admin)
    assert waiting.mailed_at is None


def test_from_mail_to_first_page(admin, client: Client, place, django_capture_on_commit_callbacks) -> None:
    client.force_login(User.objects.get(pk=admin.user_id))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("invitation-new"), {"email": "nieuw@example.org", "roles": ["buyer"]}, follow=True)
    assert "nieuw@example.org" in answer.content.decode()
    link = re.search(r"http\S+", mail.outbox[-1].body)[0]
    guest = Client()
    assert "Welkom bij Koopkracht" in guest.get(link).content.decode()
    wrong = guest.post(link, {"name": "Nieuw", "password": PASSWORD, "again": "anders"})
    assert wrong.status_code == 422
    assert "niet gelijk" in wrong.content.decode()
    guest.post(link, {"name": "Nieuw", "password": PASSWORD, "again": PASSWORD})
    assert guest.get(link).status_code == 404
    guest.post(reverse("account_login"), {"login": "nieuw@example.org", "password": PASSWORD})
    assert guest.get(reverse("profile")).status_code == 200
    assert place.name in guest.get(reverse("choose-organisation")).content.decode()


def test_somebody_with_an_account_takes_it_up_when_logged_in(admin, place, django_capture_on_commit_callbacks) -> None:
    owner = factories.user("bestaat@example.org")
    token = invited(admin, django_capture_on_commit_callbacks, "bestaat@example.org")
    page = reverse("invitation-accept", kwargs={"token": token})
    guest = Client()
    assert reverse("account_login") in guest.get(page).content.decode()
    guest.post(page)
    assert not api.organisations_of(user_id=owner.pk)
    guest.force_login(factories.user())
    assert "ander adres" in guest.get(page).content.decode()
    assert guest.post(page).status_code == 422
    guest.force_login(owner)
    guest.post(page)
    assert [one.id for one in api.organisations_of(user_id=owner.pk)] == [place.pk]
