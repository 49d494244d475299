"""Addresses of the own account, the choice of organisation, invitations, and the management of people and links."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.accounts import invitations, links, own, people

urlpatterns = [
    path("organisatie", own.choose_organisation, name="choose-organisation"),
    path("geen-organisatie", own.no_organisation, name="no-organisation"),
    path("mijn-account", own.profile, name="profile"),
    path("mijn-account/sessies/<int:session_id>/beeindigen", own.end_session, name="session-end"),
    path("mijn-account/sessies/beeindigen", own.end_other_sessions, name="sessions-end"),
    path("uitnodiging/<str:token>", invitations.accept, name="invitation-accept"),
    path("beheer", people.administration, name="administration"),
    path("beheer/mensen", people.people, name="people"),
    path("beheer/mensen/uitnodigen", invitations.invite, name="invitation-new"),
    path("beheer/mensen/<int:user_id>", people.person, name="person"),
    path("beheer/mensen/<int:user_id>/rol-geven", people.grant_role, name="role-grant"),
    path("beheer/mensen/<int:user_id>/rol-beeindigen", people.end_role, name="role-end"),
    path("beheer/mensen/<int:user_id>/beeindigen", people.end_membership, name="membership-end"),
    path("beheer/uitnodigingen/<int:invitation_id>/opnieuw", invitations.send_again, name="invitation-again"),
    path("beheer/uitnodigingen/<int:invitation_id>/intrekken", invitations.revoke, name="invitation-revoke"),
    path("beheer/links", links.links, name="signed-links"),
    path("beheer/links/<int:link_id>/intrekken", links.revoke, name="signed-link-revoke"),
]
