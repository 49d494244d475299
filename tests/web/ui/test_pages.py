"""The shell, the error pages and the declaration of permissions, through the test client."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from koopkracht.accounts import api as accounts
from koopkracht.accounts.models import Membership, Organisation, User
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Conflict, NotAllowed, TemporaryFailure
from koopkracht.web.home import guide
from koopkracht.web.ui import errors
from koopkracht.web.ui.environment import _chart_data
from koopkracht.web.ui.navigation import NAVIGATION
from koopkracht.web.ui.page import page, public_page
from koopkracht.web.ui.throttle import TooMany, per_minute

pytestmark = pytest.mark.django_db
PLANNED = {"rules"}
"""Entries of the menu whose pages come later; the menu leaves them out until then."""


@pytest.fixture
def buyer(client):
    town = Organisation.objects.create(name="Gemeente Meerbeke", slug="meerbeke", kind="municipality")
    user = User.objects.create_user("koper@voorbeeld.be", "een-lang-wachtwoord")
    Membership.objects.create(organisation=town, user=user, role="buyer")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_front_page_without_data_shows_the_three_steps(client, buyer):
    text = client.get("/").content.decode()
    assert "In drie stappen naar uw eerste diagnose" in text
    assert "Gemeente Meerbeke" in text
    assert "Aankoper" in text
    assert 'aria-current="page"' in text


def test_a_stranger_goes_to_the_login_page(client):
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/"


def test_the_login_page_has_our_shell(client):
    text = client.get("/accounts/login/").content.decode()
    assert 'class="kk-skip"' in text
    assert "Nog geen account?" in text
    assert "Wachtwoord" in text


def test_help_is_open_to_everybody_and_every_topic_reads(client):
    assert client.get("/hulp").status_code == 200
    assert len(guide.topics()) >= 4
    for topic in guide.topics():
        text = client.get(f"/hulp/{topic.slug}").content.decode()
        assert topic.title in text
        assert "<h2>" in text


def test_a_help_page_that_is_not_there_says_what_to_do(client):
    answer = client.get("/hulp/bestaat-niet")
    assert answer.status_code == 404
    assert "Kies een onderwerp" in answer.content.decode()


def test_no_page_holds_anything_the_security_policy_refuses(client, buyer):
    for address in ("/", "/hulp", "/componenten", "/accounts/login/", "/accounts/2fa/", "/accounts/sessions/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert not re.search(r"<style\b|\sstyle=", text), address
        assert not re.findall(r"<script(?![^>]*(?:src=|type=\"application/json\"))", text), address
        assert "unsafe-inline" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 500, 503])
def test_every_error_page_says_what_to_do(status):
    request = RequestFactory().get("/ergens")
    request.user, request.actor = AnonymousUser(), None
    request._messages = []
    answer = errors.error_page(request, status)
    text = answer.content.decode()
    assert answer.status_code == status
    assert "Wat kunt u doen?" in text
    assert text.count("<li>") >= 3


@pytest.mark.parametrize(
    "error",
    [
        Conflict("Jan wijzigde dit om 10 uur.", code="changed"),
        NotAllowed("Alleen de beheerder kan dit.", code="not-allowed"),
        TemporaryFailure("De virusscanner antwoordt niet.", code="scanner-away"),
    ],
)
def test_an_error_raised_on_purpose_speaks_for_itself(error):
    request = RequestFactory().get("/ergens")
    request.user, request.actor, request._messages = AnonymousUser(), None, []
    answer = errors.error_page(request, error.status, error)
    assert answer.status_code == error.status
    assert error.message in answer.content.decode()
    assert error.code in answer.content.decode()


def test_a_view_refuses_who_lacks_its_permission():
    @page("spend.import")
    def view(request):
        return HttpResponse("binnen")

    request = RequestFactory().get("/")
    request.actor = Actor(organisation_id=1, permissions=frozenset({"spend.import"}))
    assert view(request).content == b"binnen"
    request.actor = Actor(organisation_id=1)
    with pytest.raises(NotAllowed):
        view(request)


def test_a_public_page_declares_itself():
    @public_page
    def view(request):
        return HttpResponse("open")

    assert view.permission == "public"
    assert view(RequestFactory().get("/")).content == b"open"


def test_navigation_names_permissions_that_exist():
    assert {entry.permission for entry in NAVIGATION} <= set(accounts.PERMISSIONS)


def test_every_route_in_the_navigation_exists():
    names = set(get_resolver().reverse_dict)
    missing = {entry.route for entry in NAVIGATION if entry.route not in names}
    assert missing <= PLANNED, f"the menu leaves these entries out: {missing}"


def test_chart_data_cannot_end_its_script_element():
    text = _chart_data("bar", ["</script><b>"], [{"name": "a & b", "values": [123456, None]}], "cents_round")
    assert "<" not in text
    assert json.loads(text) == {
        "kind": "bar",
        "categories": ["</script><b>"],
        "series": [{"name": "a & b", "values": [1234.56, None]}],
        "format": "euro",
    }


@pytest.mark.parametrize(("length", "status"), [(6 << 20, 413), ("veel", 400)])
def test_a_stranger_cannot_send_files(client, length, status):
    answer = client.generic("POST", "/accounts/login/", b"x", CONTENT_LENGTH=str(length))
    assert answer.status_code == status


def test_nobody_can_send_more_than_the_largest_upload(client, buyer, settings):
    settings.UPLOAD_LIMITS_MB = {"spend": 20, "notices": 10}
    answer = client.generic("POST", "/inladen/uitgaven", b"x", CONTENT_LENGTH=str(22 << 20))
    assert answer.status_code == 413
    assert "te groot" in answer.content.decode()
    assert client.generic("POST", "/bestaat-niet", b"x", CONTENT_LENGTH=str(10 << 20)).status_code == 404


def test_a_stranger_is_measured_on_a_costly_page_and_a_colleague_is_not(buyer, settings):
    settings.PRODUCTION = True
    costly = per_minute(2)(lambda _request: HttpResponse("paper"))

    def ask(user, forwarded):
        request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
        request.user = user
        return costly(request)

    ask(AnonymousUser(), "203.0.113.7")
    ask(AnonymousUser(), "203.0.113.7")
    with pytest.raises(TooMany):
        ask(AnonymousUser(), "198.51.100.1, 203.0.113.7")
    assert ask(AnonymousUser(), "203.0.113.8").status_code == 200
    assert ask(buyer, "203.0.113.7").status_code == 200


def test_too_many_requests_have_their_own_words():
    assert "Wacht een minuut" in " ".join(errors.words(TooMany.status).steps)


@pytest.mark.parametrize("path", ["/diagnose/leverancier/{}", "/inladen/uitgaven/{}", "/registers/contracten/{}"])
def test_a_number_that_no_database_holds_is_not_found(client, buyer, path):
    assert client.get(path.format(2**63)).status_code == 404
    assert client.get(path.format(2**63 - 1)).status_code == 404
