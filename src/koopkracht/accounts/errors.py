"""Errors of accounts, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import NotAllowed, NotFound, Rejected


class OwnRole(NotAllowed):
    """Nobody grants or ends a role of their own: a second administrator does."""


class LastAdministrator(Rejected):
    """An organisation keeps at least one administrator."""


class InvitationGone(NotFound):
    """The invitation was used, withdrawn, has expired, or never existed."""


class LinkGone(NotFound):
    """The signed link was withdrawn, has expired, was made for something else, or never existed."""
