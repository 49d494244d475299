"""Checking who sits at the table, and which roles are missing there."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.meetings import scripts
from koopkracht.meetings.errors import MeetingRefused
from koopkracht.meetings.types import MemberInput, ParticipantInput
from koopkracht.shared.actor import Actor

LONGEST_NAME = 120


def check(actor: Actor, people: Iterable[ParticipantInput | MemberInput]) -> None:
    """Raise ``MeetingRefused`` unless everybody has a role of the list, and works here or has a name."""
    wanted = set()
    for person in people:
        scripts.check_role(person.role)
        if person.user_id is not None:
            wanted.add(person.user_id)
        elif not person.name.strip() and not person.organisation_name.strip():
            raise MeetingRefused(_("Kies een collega, of vul een naam of organisatie in."), field="name")
    if wanted - _known(actor, wanted):
        raise MeetingRefused(_("Kies iemand die in uw organisatie werkt."), field="person")


def _known(actor: Actor, wanted: Collection[int]) -> set[int]:
    if not wanted:
        return set()
    return {one.id for one in accounts.colleagues(organisation_id=actor.organisation_id)} & set(wanted)


def missing(wanted: Iterable[str], present: Collection[str]) -> tuple[str, ...]:
    """Return the roles that are wanted and not present, in the order in which they are wanted."""
    return tuple(role for role in wanted if role not in present)
