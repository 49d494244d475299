"""The door of accounts: stable, keep it small."""

from __future__ import annotations

from koopkracht.accounts.actions.invitations import (
    accept_as,
    accept_as_new_person,
    has_account,
    invitation_for,
    invitations,
    invite,
    revoke_invitation,
    send_again,
)
from koopkracht.accounts.actions.links import (
    create_own_link,
    create_signed_link,
    own_links,
    resolve_signed_link,
    revoke_own_link,
    revoke_signed_link,
    signed_links,
)
from koopkracht.accounts.actions.organisations import create_organisation, link_organisations
from koopkracht.accounts.actions.people import create_person, end_membership, end_role, grant_role
from koopkracht.accounts.actions.sessions import change_name, end_session, end_sessions, sessions_of
from koopkracht.accounts.people import account, all_roles, colleagues, names_of, people, person
from koopkracht.accounts.permissions import PERMISSIONS, ROLE_LABELS, permissions_of
from koopkracht.accounts.queries import (
    actor_for,
    operator_actor,
    organisation,
    organisation_by_slug,
    organisations,
    organisations_of,
    own_kbo_numbers,
    relations_of,
    system_actor,
)

__all__ = [
    "PERMISSIONS",
    "ROLE_LABELS",
    "accept_as",
    "accept_as_new_person",
    "account",
    "actor_for",
    "all_roles",
    "change_name",
    "colleagues",
    "create_organisation",
    "create_own_link",
    "create_person",
    "create_signed_link",
    "end_membership",
    "end_role",
    "end_session",
    "end_sessions",
    "grant_role",
    "has_account",
    "invitation_for",
    "invitations",
    "invite",
    "link_organisations",
    "names_of",
    "operator_actor",
    "organisation",
    "organisation_by_slug",
    "organisations",
    "organisations_of",
    "own_kbo_numbers",
    "own_links",
    "people",
    "permissions_of",
    "person",
    "relations_of",
    "resolve_signed_link",
    "revoke_invitation",
    "revoke_own_link",
    "revoke_signed_link",
    "send_again",
    "sessions_of",
    "signed_links",
    "system_actor",
]
