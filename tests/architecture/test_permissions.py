"""Who may call what: every address, every role, the own and another organisation, and nobody at all.

``permissions.yaml`` is the written expectation: one line per address. It is written by hand, next to the
declaration in the view, so that a declaration that is changed or forgotten is noticed here.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from koopkracht.accounts.api import PERMISSIONS
from koopkracht.accounts.models import Membership, Organisation, User
from koopkracht.accounts.permissions import Role
from koopkracht.rules import api as rules
from koopkracht.rules.models import Release
from koopkracht.web.ui.page import PUBLIC, SIGNED_IN
from tests.accounts import factories
from tests.architecture.routes import Route, routes
from tests.architecture.rows import RowMaker

HERE = Path(__file__).parent
WRITTEN: dict[str, str] = yaml.safe_load((HERE / "permissions.yaml").read_text(encoding="utf-8"))
EXPECTED_OF_API = {name: permission for name, permission in WRITTEN.items() if name.startswith("api ")}
EXPECTED = {name: permission for name, permission in WRITTEN.items() if name not in EXPECTED_OF_API}
OURS = [route for route in routes() if not route.is_library]
GUARDED = [route for route in OURS if EXPECTED.get(route.name) not in {None, PUBLIC, SIGNED_IN}]
FOREIGN, UNKNOWN = 777_001, 999_999_001
METHODS = ("get", "post")
REFUSED, NO_SUCH_METHOD = 403, 405
LOGIN = "/accounts/login/"
IDS = [route.name for route in GUARDED]


def test_every_address_has_a_written_expectation_that_its_view_declares() -> None:
    declared = {route.name: route.permission for route in OURS}
    missing = {name: permission for name, permission in declared.items() if name not in EXPECTED}
    assert not missing, "add to permissions.yaml, after thinking:\n" + yaml.safe_dump(missing)
    assert declared == EXPECTED, "permissions.yaml and the views differ"


def test_names_of_addresses_are_unique() -> None:
    names = [route.name for route in OURS]
    assert len(names) == len(set(names))


def test_every_expectation_is_a_permission_that_exists() -> None:
    assert set(EXPECTED.values()) <= {*PERMISSIONS, PUBLIC, SIGNED_IN}


def test_every_role_that_is_granted_exists() -> None:
    assert set().union(*PERMISSIONS.values()) == set(Role)


@dataclass(frozen=True)
class Town:
    """A person per role, and the tables in which no row could be made for the other organisation."""

    people: dict[Role, User]
    refused: dict[str, str]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Make, once for all addresses, a person per role here and a row in every table of another organisation."""
    with django_db_blocker.unblock():
        here, elsewhere = factories.organisation("Hier"), factories.organisation("Elders")
        people = {role: factories.member(here, role) for role in Role}
        User.objects.bulk_create([User(pk=FOREIGN, email="elders@example.org")])
        rules.load_release(note="test")
        maker = RowMaker(elsewhere.pk, FOREIGN, FOREIGN)
        maker.make_all()
        yield Town(people, maker.refused)
        with transaction.atomic():
            for model in {*(model for model, _ in maker.made), Membership, User, Organisation, Session, Release}:
                model._default_manager.all()._raw_delete(using="default")


@pytest.fixture
def clients(town, db) -> dict[Role, Client]:
    made = {}
    for role, person in town.people.items():
        made[role] = Client(raise_request_exception=False)
        made[role].force_login(person)
    return made


def test_every_table_holds_a_row_of_another_organisation(town: Town, db) -> None:
    assert not town.refused, "teach tests/architecture/rows.py how to make these rows"


def allowed(route: Route, role: Role) -> bool:
    return role in PERMISSIONS[EXPECTED[route.name]]


@pytest.mark.parametrize("route", GUARDED, ids=IDS)
def test_nobody_without_an_account_gets_in(route: Route, db) -> None:
    for method in METHODS:
        answer = getattr(Client(), method)(route.address(UNKNOWN))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, LOGIN), (method, route.template)


@pytest.mark.parametrize("route", GUARDED, ids=IDS)
def test_each_role_gets_exactly_what_the_table_says(route: Route, clients: dict[Role, Client]) -> None:
    for role, client in clients.items():
        statuses = [getattr(client, method)(route.address(UNKNOWN)).status_code for method in METHODS]
        if allowed(route, role):
            assert not {REFUSED, 500} & set(statuses), (role, route.template, statuses)
        else:
            # A method that the address does not know may be refused before anybody is asked who calls.
            assert REFUSED in statuses, (role, route.template, statuses)
            assert set(statuses) <= {REFUSED, NO_SUCH_METHOD}, (role, route.template, statuses)


@pytest.mark.parametrize("route", [one for one in GUARDED if one.has_parameters])
def test_what_belongs_to_another_organisation_does_not_exist(route: Route, clients: dict[Role, Client]) -> None:
    """The key is that of a row in every table of the other organisation: the answer is as for a key of nothing."""
    role = next(iter(sorted(PERMISSIONS[EXPECTED[route.name]])))
    for method in METHODS:
        call = getattr(clients[role], method)
        foreign, unknown = call(route.address(FOREIGN)), call(route.address(UNKNOWN))
        assert foreign.status_code == unknown.status_code, (method, route.template)
        assert foreign.status_code in {404, 405, 410, 422}, (method, route.template, foreign.status_code)
        assert "Elders" not in foreign.content.decode()


LIBRARY_PUBLIC = {
    "account_confirm_email", "account_email_verification_sent", "account_inactive", "account_login", "account_logout",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_signup", "mfa_authenticate", "openid_connect_callback",
    "openid_connect_login", "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup",
    "mfa_login_webauthn", "mfa_trust", "mfa_signup_webauthn",
    "api-v1:openapi-json", "api-v1:api-root",
    # addresses of an older version of the library, which lead to the ones above
    "accounts/social/login/cancelled/", "accounts/social/login/error/", "accounts/social/signup/",
    "accounts/social/connections/", "account_confirm_login_code",
}  # fmt: skip


def test_what_the_libraries_leave_open_is_written_here(db) -> None:
    """Everything else that a library offers asks for a login first."""
    for route in routes():
        if not route.is_library or route.name in LIBRARY_PUBLIC or route.name.startswith("api-v1:"):
            continue  # the operations of the API have a test of their own
        answer = Client().get(route.address(UNKNOWN))
        assert answer.status_code in {302, 401}, (route.name, answer.status_code)
        if answer.status_code == 302:
            assert answer.url.startswith(LOGIN), (route.name, answer.url)


def test_every_operation_of_the_api_declares_a_permission_that_is_written_here() -> None:
    from koopkracht.rest.v1.api import api

    declared = {
        f"api {'/'.join(sorted(operation.methods))} {prefix}{path}": getattr(operation.view_func, "permission", None)
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    }
    assert declared == EXPECTED_OF_API, "permissions.yaml and the operations of the API differ"


ACTIONS = sorted((HERE.parents[1] / "src" / "koopkracht").glob("*/actions.py"))
ACTIONS += sorted((HERE.parents[1] / "src" / "koopkracht").glob("*/actions/*.py"))


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_use_case_asks_for_its_permission_itself(path: Path) -> None:
    """Pages ask too, but commands and other contexts come in through the same door."""
    exempt = set(EXEMPT.get(path.relative_to(path.parents[1]).as_posix(), ())) | set(
        EXEMPT.get(path.relative_to(path.parents[2]).as_posix(), ())
    )
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.name in exempt:
            continue
        arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        if "actor" in arguments:
            names = {getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(node)}
            asked = "may" in names or any(name.lstrip("_").startswith("require") for name in names)
            assert asked, f"{node.name} never asks actor.require(...)"


# Functions that take an actor for another reason, with that reason.
EXEMPT = {
    "strategy/actions/goals.py": ("who", "locked"),  # inner halves of use cases that have asked
    "strategy/actions/selection.py": ("method_in_use",),  # puts the default in use for whoever starts; callers ask
    "strategy/actions/support.py": ("remind", "done", "record", "put", "workspace"),  # inner halves, as above
    "strategy/actions/support_decisions.py": (
        "submit_agreement",
        "agree",
        "refuse",
        "redraft",
        "expire",  # each step asks for what the table of states says
    ),
    "audit/actions.py": ("record",),  # writes down what the caller was allowed to do
    "accounts/actions/people.py": ("give_role",),  # the inner half of use cases that have asked
    "documents/actions.py": ("store",),  # a mechanism: the owner of the document has asked
    "jobs/actions.py": ("enqueue",),  # a mechanism: the job keeps the permissions and its use case asks again
    "monitoring/actions.py": ("announce_change",),  # recomputes what the caller was allowed to change
}
