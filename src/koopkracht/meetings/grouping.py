"""Use cases of groups: setting up, changing, members, closing."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.meetings import people, scripts
from koopkracht.meetings.errors import GroupNotFound, MeetingRefused, WrongState
from koopkracht.meetings.models import Group, Member
from koopkracht.meetings.types import MemberInput
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

LONGEST_RHYTHM = 24


def create_group(
    *,
    actor: Actor,
    kind: str,
    name: str,
    rhythm_months: int | None = None,
    purpose: str = "",
    members: tuple[MemberInput, ...] = (),
    started_on: dt.date | None = None,
) -> int:
    """Set up a group and return its number; the same kind and name twice is one group."""
    actor.require("meeting.edit")
    _check(kind, name, rhythm_months)
    people.check(actor, members)
    with transaction.atomic():
        group, is_new = Group.objects.get_or_create(
            organisation_id=actor.organisation_id,
            kind=kind,
            name=name.strip()[: people.LONGEST_NAME],
            defaults={
                "rhythm_months": rhythm_months,
                "purpose": purpose.strip(),
                "started_on": started_on or clock.today(),
            },
        )
        if is_new:
            for member in members:
                _add(actor, group, member)
            audit.record(actor=actor, action="group.created", subject="group", subject_key=group.pk)
    return int(group.pk)


def change_group(*, actor: Actor, group_id: int, name: str, rhythm_months: int | None, purpose: str = "") -> None:
    """Change name, rhythm or purpose."""
    actor.require("meeting.edit")
    with transaction.atomic():
        group = _open(actor, group_id)
        _check(group.kind, name, rhythm_months)
        group.name = name.strip()[: people.LONGEST_NAME]
        group.rhythm_months = rhythm_months
        group.purpose = purpose.strip()
        try:
            with transaction.atomic():
                group.save(update_fields=["name", "rhythm_months", "purpose"])
        except IntegrityError as error:
            message = _("Er is al een groep met deze naam. Kies een andere naam.")
            raise MeetingRefused(message, field="name") from error
        audit.record(
            actor=actor,
            action="group.changed",
            subject="group",
            subject_key=group_id,
            data={"rhythm_months": rhythm_months},
        )


def close_group(*, actor: Actor, group_id: int) -> None:
    """Close a group: what was decided stays, no new meetings are due."""
    actor.require("meeting.edit")
    with transaction.atomic():
        group = _open(actor, group_id)
        group.closed_on = clock.today()
        group.save(update_fields=["closed_on"])
        audit.record(actor=actor, action="group.closed", subject="group", subject_key=group_id)


def add_member(*, actor: Actor, group_id: int, member: MemberInput) -> int:
    """Add a member and return their number; the same person in the same role twice is once."""
    actor.require("meeting.edit")
    people.check(actor, [member])
    with transaction.atomic():
        group = _open(actor, group_id)
        row = _add(actor, group, member)
        audit.record(
            actor=actor, action="group.member-added", subject="group", subject_key=group_id, data={"role": member.role}
        )
    return row


def end_member(*, actor: Actor, group_id: int, member_id: int, on: dt.date | None = None) -> None:
    """Let somebody leave; ``on`` is the last day (yesterday unless given), the past stays as it was."""
    actor.require("meeting.edit")
    last = on or clock.today() - dt.timedelta(days=1)
    with transaction.atomic():
        group = _open(actor, group_id)
        rows = group.members.filter(pk=member_id, valid_until__isnull=True)
        if rows.update(valid_until=last):
            audit.record(actor=actor, action="group.member-ended", subject="group", subject_key=group_id)


def _check(kind: str, name: str, rhythm_months: int | None) -> None:
    described = scripts.group_kind(kind)
    if not name.strip():
        raise MeetingRefused(_("Geef de groep een naam."), field="name")
    if described.rhythm_required and not rhythm_months:
        raise MeetingRefused(
            _("Kies om de hoeveel maanden de groep samenkomt. Een vaste groep heeft een vast ritme nodig."),
            field="rhythm_months",
        )
    if rhythm_months is not None and not 1 <= rhythm_months <= LONGEST_RHYTHM:
        raise MeetingRefused(
            _("Kies een ritme van 1 tot %(most)s maanden.") % {"most": LONGEST_RHYTHM}, field="rhythm_months"
        )


def _open(actor: Actor, group_id: int) -> Group:
    found: Group | None = Group.objects.of(actor.organisation_id).select_for_update().filter(pk=group_id).first()
    if found is None:
        raise GroupNotFound(group_id)
    if found.closed_on is not None:
        raise WrongState(_("Deze groep is afgesloten."))
    return found


def _add(actor: Actor, group: Group, member: MemberInput) -> int:
    name = "" if member.user_id is not None else member.name.strip()[: people.LONGEST_NAME]
    place = member.organisation_name.strip()[: people.LONGEST_NAME]
    same = group.members.filter(role=member.role, user=member.user_id, name=name, organisation_name=place)
    known = same.filter(valid_until__isnull=True).first()
    if known is not None:
        if known.leads != member.leads:
            known.leads = member.leads
            known.save(update_fields=["leads"])
        return int(known.pk)
    made = Member.objects.create(
        organisation_id=actor.organisation_id,
        group=group,
        role=member.role,
        user_id=member.user_id,
        name=name,
        organisation_name=place,
        leads=member.leads,
        valid_from=member.valid_from or clock.today(),
    )
    return made.pk
