"""Who acts: the identity that every use case receives and that the audit trail records."""

from __future__ import annotations

from dataclasses import dataclass, field

from koopkracht.shared.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system) acting for one organisation.

    ``permissions`` are the names granted by the person's roles in that organisation; use cases ask for
    them with :meth:`require`. ``user_id`` is ``None`` for the system and for a person with a signed link.
    """

    organisation_id: int
    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = field(default_factory=frozenset)
    label: str = ""

    def may(self, permission: str) -> bool:
        """Tell whether this actor holds ``permission`` in its organisation."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise :class:`NotAllowed` unless this actor holds ``permission``."""
        if not self.may(permission):
            raise NotAllowed(
                "U hebt geen recht om dit te doen. Vraag het aan de beheerder van uw organisatie.",
                code="not-allowed",
                permission=permission,
            )
