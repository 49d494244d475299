"""Logging in: second steps, lockout without hints, sessions that end, and the organisation's identity provider."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from koopkracht.accounts import api
from koopkracht.accounts.permissions import Role
from koopkracht.audit.models import Event
from tests.accounts import factories

pytestmark = pytest.mark.django_db
PASSWORD = "test-wachtwoord-1"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Forget the attempts of other tests."""
    cache.clear()


@pytest.fixture
def person():
    return factories.member(factories.organisation(), Role.BUYER)


def log_in(client: Client, login: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def is_in(client: Client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def totp(secret: str, at: float) -> str:
    """Return the code of RFC 6238 for a moment: what an app on a telephone shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at // 30)), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def confirm(client: Client) -> None:
    """Give the password once more: changing how one logs in asks for it."""
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def with_totp(client: Client) -> str:
    """Add a second step to the person who is logged in and return its secret."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp(secret, time.time())})
    return secret


def test_logging_in_with_password_alone_and_in_any_case(client: Client, person) -> None:
    assert not is_in(client)
    assert log_in(client, person.email.upper()).status_code == 302
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_nobody_signs_up(client: Client) -> None:
    answer = client.post(
        reverse("account_signup"), {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.status_code == 200
    from koopkracht.accounts.models import User

    assert not User.objects.exists()


def test_the_session_gets_another_key_at_login(client: Client, person) -> None:
    client.get(reverse("account_login"))
    planted = client.session
    planted["planted"] = True
    planted.save()
    log_in(client, person.email)
    assert is_in(client)
    assert client.session.session_key != planted.session_key


@pytest.mark.django_db(transaction=True)  # the library tells of a second step after the commit
def test_a_second_step_is_asked_for_checked_and_logged(client: Client, person) -> None:
    log_in(client, person.email)
    secret = with_totp(client)
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert Event.objects.filter(action="second-factor.added").exists()

    other = Client()
    assert log_in(other, person.email).url == reverse("mfa_authenticate")
    assert not is_in(other)
    other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_in(other)
    cache.clear()  # the code above was used in this half minute already
    other.post(reverse("mfa_authenticate"), {"code": totp(secret, time.time())})
    assert is_in(other)


def test_a_recovery_code_works_once(client: Client, person) -> None:
    log_in(client, person.email)
    with_totp(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    for code, gets_in in ((codes[0], True), (codes[0], False), (codes[1], True)):
        cache.clear()
        other = Client()
        log_in(other, person.email)
        other.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(other) is gets_in


def test_a_security_key_can_be_registered(client: Client, person) -> None:
    log_in(client, person.email)
    confirm(client)
    page = client.get(reverse("mfa_add_webauthn"))
    assert page.status_code == 200
    assert "publicKey" in page.content.decode()


def test_attempts_are_limited_with_one_sentence_for_known_and_unknown(person) -> None:
    pages = {}
    for login in (person.email, "niemand@example.org"):
        guest = Client()
        answers = []
        for _ in range(11):
            cache.clear()  # so that only the lockout in the database counts, as with many servers
            answers.append(log_in(guest, login, "fout wachtwoord"))
        assert [answer.status_code for answer in answers] == [200] * 9 + [429] * 2
        assert "15 minuten" in answers[-1].content.decode()
        assert answers[-1]["Retry-After"] == "900"
        pages[login] = answers[-1].content
        cache.clear()
        assert log_in(guest, login.upper()).status_code == 429  # the right password does not help now
    assert len(set(pages.values())) == 1


def test_known_and_unknown_names_cost_the_same_work(person) -> None:
    """Counted, not timed: the slow step of a login is the password hash."""
    counts = []
    for login in (person.email, "niemand@example.org"):
        with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashing:
            answer = log_in(Client(), login, "fout wachtwoord")
        counts.append((hashing.call_count, answer.status_code))
    assert counts[0] == counts[1]


def test_a_changed_password_ends_every_other_session_at_once(person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client, person.email)
        assert is_in(client)
    answer = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "heel andere woorden 9", "password2": "heel andere woorden 9"},
    )
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert [one.is_current for one in api.sessions_of(user_id=person.pk, current_key=here.session.session_key)] == [
        True
    ]
    assert set(Event.objects.values_list("action", flat=True)) >= {"password.changed", "session.ended"}


def test_a_person_ends_one_or_all_other_sessions_but_not_those_of_others(person) -> None:
    here, there, third, stranger = Client(), Client(), Client(), Client()
    other = factories.member(factories.organisation(), Role.BUYER)
    for client in (here, there, third):
        log_in(client, person.email)
    log_in(stranger, other.email)
    (foreign,) = api.sessions_of(user_id=other.pk)
    assert here.post(reverse("session-end", kwargs={"session_id": foreign.id})).status_code == 404
    mine = api.sessions_of(user_id=person.pk)
    ending = next(one for one in mine if one.id == max(session.id for session in mine))
    here.post(reverse("session-end", kwargs={"session_id": ending.id}))
    assert not is_in(third)
    here.post(reverse("sessions-end"))
    assert is_in(here)
    assert not is_in(there)
    assert is_in(stranger)


def test_somebody_without_any_role_left_is_logged_out_everywhere(person) -> None:
    client = Client()
    log_in(client, person.email)
    (place,) = api.organisations_of(user_id=person.pk)
    api.end_membership(actor=factories.bare_actor(place.id), user_id=person.pk)
    assert not is_in(client)
    log_in(client, person.email)
    assert client.get("/").url == reverse("no-organisation")
    assert "uitnodiging" in client.get(reverse("no-organisation")).content.decode()


def test_choosing_an_organisation_of_somebody_else_is_refused(client: Client, person) -> None:
    foreign, second = factories.organisation("Vreemd"), factories.organisation("Tweede")
    from koopkracht.accounts.models import Membership

    Membership.objects.create(organisation=second, user=person, role=Role.FINANCE)
    client.force_login(person)
    assert client.post(reverse("choose-organisation"), {"organisation": foreign.pk}).status_code == 404
    assert client.post(reverse("choose-organisation"), {"organisation": second.pk}).status_code == 302
    assert client.session["organisation_id"] == second.pk
    Membership.objects.filter(organisation=second).delete()
    assert is_in(client)
    assert client.get("/").status_code == 200  # back in the other organisation, not in a dead end


class _Discovery(BaseHTTPRequestHandler):
    """The well-known document of an identity provider."""

    def do_GET(self) -> None:
        """Answer with the addresses of this provider."""
        own = f"http://127.0.0.1:{self.server.server_address[1]}"
        body = json.dumps(
            {"issuer": own, "authorization_endpoint": f"{own}/login", "token_endpoint": f"{own}/token", "jwks_uri": own}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be silent."""


@pytest.fixture
def provider() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Discovery)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_identity_provider_of_the_organisation_appears_and_login_starts(client: Client, provider, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {"provider_id": "organisatie", "name": "Digitaal loket", "client_id": "kk", "secret": "geheim",
                 "settings": {"server_url": provider}}
            ]
        }
    }  # fmt: skip
    assert "Digitaal loket" in client.get(reverse("account_login")).content.decode()
    start = reverse("openid_connect_login", kwargs={"provider_id": "organisatie"})
    assert client.get(start).status_code == 200  # a link alone logs nobody in
    answer = client.post(start)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{provider}/login?")
    assert "client_id=kk" in answer.url
    assert "geheim" not in answer.url


@pytest.mark.parametrize(
    ("agent", "text"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari op iPhone"),
        ("curl/8", "Onbekend toestel"),
    ],
)
def test_a_device_is_named_in_words(agent: str, text: str) -> None:
    from koopkracht.web.accounts.own import device_text

    assert device_text(agent) == text
