"""What crosses the border of this context."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from koopkracht.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as other contexts see it."""

    id: int
    name: str
    kind: str
    slug: str
    nis_code: str = ""
    kbo_number: str = ""
    ovo_code: str = ""
    inhabitants: int | None = None
    kind_label: str = ""


@dataclass(frozen=True, slots=True)
class RelationView:
    """One relation of an organisation, read from its own side (``label`` says how the other belongs to it)."""

    other: OrganisationView
    relation: str
    label: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role with its Dutch name."""

    role: str
    label: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with their current roles in one organisation."""

    id: int
    name: str
    email: str
    roles: tuple[RoleView, ...] = ()
    since: dt.datetime | None = None
    last_login: dt.datetime | None = None

    @property
    def label(self) -> str:
        """Return the name to show: the person's name, else the e-mail address."""
        return self.name or self.email

    def has(self, role: str) -> bool:
        """Tell whether the person currently has ``role``."""
        return any(one.role == role for one in self.roles)


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that was sent; ``state`` is ``open``, ``accepted``, ``revoked`` or ``expired``."""

    id: int
    organisation: OrganisationView
    email: str
    name: str
    roles: tuple[RoleView, ...]
    state: str
    created_at: dt.datetime
    expires_at: dt.datetime
    mailed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """One place where a person is logged in."""

    id: int
    device: str
    address: str
    created_at: dt.datetime
    last_seen_at: dt.datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class NewSignedLink:
    """A signed link just after it was made; ``token`` is shown once and stored nowhere."""

    id: int
    token: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class SignedLinkView:
    """A signed link as the administrator sees it; ``state`` is ``open``, ``revoked`` or ``expired``."""

    id: int
    scope: str
    subject: str
    subject_key: str
    purpose: str
    state: str
    created_at: dt.datetime
    expires_at: dt.datetime
    uses: int
    last_used_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """What the holder of a valid link may do: ``actor`` holds the scope of the link as its only permission."""

    id: int
    actor: Actor
    scope: str
    subject: str
    subject_key: str
