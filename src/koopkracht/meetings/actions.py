"""Use cases of meetings: planning, inviting, holding, writing down, deciding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.meetings import people, scripts
from koopkracht.meetings.errors import GroupNotFound, MeetingNotFound, MeetingRefused, WrongState
from koopkracht.meetings.models import AgendaItem, Decision, Group, Meeting, Member, Minutes, Participant
from koopkracht.meetings.types import (
    COMING,
    AgendaInput,
    DecisionInput,
    Held,
    MeetingInput,
    MeetingKind,
    MeetingState,
    ParticipantInput,
)
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound

_LONGEST_TITLE = 160


def plan(*, actor: Actor, meeting: MeetingInput) -> int:
    """Plan a meeting and return its number; planned twice the same is one meeting."""
    actor.require("meeting.edit")
    kind = scripts.kind(meeting.kind)
    title = (meeting.title.strip() or kind.name)[:_LONGEST_TITLE]
    _check_hours(meeting.starts, meeting.ends)
    _check_agenda(kind, meeting.agenda)
    people.check(actor, meeting.participants)
    known = _same(actor, meeting, title)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _plan(actor, meeting, title)
    except IntegrityError:  # somebody pressed the same button a moment sooner
        known = _same(actor, meeting, title)
        if known is None:
            raise
        return known


def _plan(actor: Actor, meeting: MeetingInput, title: str) -> int:
    invited = meeting.participants
    if meeting.group_id is not None:
        group = _open_group(actor, meeting.group_id)
        invited = invited or _members(actor, group, meeting.date)
    made = Meeting.objects.create(
        organisation_id=actor.organisation_id,
        kind=meeting.kind,
        title=title,
        date=meeting.date,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place.strip()[:_LONGEST_TITLE],
        group_id=meeting.group_id,
        subject=meeting.subject,
        subject_key=meeting.subject_key,
    )
    for person in invited:
        _invite(actor, made, person)
    _write_agenda(actor, made, meeting.agenda)
    audit.record(
        actor=actor,
        action="meeting.planned",
        subject="meeting",
        subject_key=made.pk,
        data={"kind": meeting.kind, "date": meeting.date, "invited": len(invited)},
    )
    return made.pk


def change(
    *,
    actor: Actor,
    meeting_id: int,
    title: str,
    date: dt.date,
    place: str = "",
    starts: dt.time | None = None,
    ends: dt.time | None = None,
) -> None:
    """Move or rename a coming meeting; calendars see it by the sequence."""
    actor.require("meeting.edit")
    _check_hours(starts, ends)
    if not title.strip():
        raise MeetingRefused(_("Geef de bijeenkomst een titel."), field="title")
    try:
        with transaction.atomic():
            found = _coming(actor, meeting_id)
            new = {
                "title": title.strip()[:_LONGEST_TITLE],
                "date": date,
                "place": place.strip()[:_LONGEST_TITLE],
                "starts": starts,
                "ends": ends,
            }
            if all(getattr(found, name) == value for name, value in new.items()):
                return
            for name, value in new.items():
                setattr(found, name, value)
            _touch(found)
            audit.record(
                actor=actor, action="meeting.changed", subject="meeting", subject_key=found.pk, data={"date": date}
            )
    except IntegrityError as error:
        raise MeetingRefused(_("Op die dag staat al dezelfde bijeenkomst in de agenda."), field="date") from error


def confirm(*, actor: Actor, meeting_id: int) -> None:
    """Say that it goes on; refused while somebody who must be there is not invited."""
    actor.require("meeting.edit")
    with transaction.atomic():
        found = _coming(actor, meeting_id)
        if found.state == MeetingState.CONFIRMED:
            return
        kind = scripts.kind(found.kind)
        present = set(found.participants.values_list("role", flat=True))
        lacking = people.missing(kind.must_attend, present)
        if lacking:
            raise MeetingRefused(
                _("Nodig eerst nog iemand uit: %(roles)s. Zonder gaat dit niet door.")
                % {"roles": scripts.role_names(lacking)},
                field="participants",
            )
        found.state = MeetingState.CONFIRMED.value
        _touch(found)
        audit.record(actor=actor, action="meeting.confirmed", subject="meeting", subject_key=found.pk)


def cancel(*, actor: Actor, meeting_id: int) -> None:
    """Take a coming meeting out of the calendar; twice is once."""
    actor.require("meeting.edit")
    with transaction.atomic():
        found = _locked(actor, meeting_id)
        if found.state == MeetingState.CANCELLED:
            return
        if found.state not in COMING:
            raise WrongState(_("Deze bijeenkomst is al geweest en kan niet meer geschrapt worden."))
        found.state = MeetingState.CANCELLED.value
        _touch(found)
        audit.record(actor=actor, action="meeting.cancelled", subject="meeting", subject_key=found.pk)


def invite(*, actor: Actor, meeting_id: int, participant: ParticipantInput) -> int:
    """Invite somebody, also afterwards when somebody came along; the same person twice is once."""
    actor.require("meeting.edit")
    people.check(actor, [participant])
    with transaction.atomic():
        found = _living(actor, meeting_id)
        row, is_new = _invite(actor, found, participant)
        if is_new:
            audit.record(actor=actor, action="meeting.invited", subject="meeting", subject_key=found.pk)
    return row


def uninvite(*, actor: Actor, meeting_id: int, participant_id: int) -> None:
    """Take somebody off the list of a coming meeting."""
    actor.require("meeting.edit")
    with transaction.atomic():
        found = _coming(actor, meeting_id)
        removed, _by_model = found.participants.filter(pk=participant_id).delete()
        if removed:
            if found.state == MeetingState.CONFIRMED:
                _back_when_lacking(found)
            audit.record(actor=actor, action="meeting.uninvited", subject="meeting", subject_key=found.pk)


def set_agenda(*, actor: Actor, meeting_id: int, agenda: Sequence[AgendaInput]) -> None:
    """Replace the agenda of a coming meeting."""
    actor.require("meeting.edit")
    with transaction.atomic():
        found = _coming(actor, meeting_id)
        _check_agenda(scripts.kind(found.kind), agenda)
        found.agenda.all().delete()
        _write_agenda(actor, found, agenda)
        audit.record(actor=actor, action="meeting.agenda-set", subject="meeting", subject_key=found.pk)


def hold(*, actor: Actor, meeting_id: int, held: Held) -> None:
    """Write down a meeting: who was there and what was said; afterwards corrections are new versions."""
    actor.require("meeting.edit")
    with transaction.atomic():
        found = _coming(actor, meeting_id)
        kind = scripts.kind(found.kind)
        if found.date > clock.today():
            raise MeetingRefused(_("Deze bijeenkomst moet nog plaatsvinden. Schrijf het verslag daarna."))
        if kind.must_attend and found.state != MeetingState.CONFIRMED:
            raise MeetingRefused(_("Bevestig de bijeenkomst eerst: bij deze soort is iemand verplicht aanwezig."))
        for participant_id, attended in held.attendance.items():
            found.participants.filter(pk=participant_id).update(attended=attended)
        found.state = MeetingState.HELD.value
        _touch(found)
        _write(actor, found, held.minutes, version=1)
        audit.record(actor=actor, action="meeting.held", subject="meeting", subject_key=found.pk)


def correct(*, actor: Actor, meeting_id: int, minutes: Mapping[str, str]) -> int:
    """Write a new version of the minutes and return its number; the older ones are kept. Nothing new is no version."""
    actor.require("meeting.edit")
    with transaction.atomic():
        found = _held(actor, meeting_id)
        last = found.minutes.order_by("-version").first()
        if last is not None and last.parts == _cleaned(found, minutes):
            return int(last.version)
        version = last.version + 1 if last else 1
        _write(actor, found, minutes, version=version)
        audit.record(
            actor=actor,
            action="meeting.minutes-corrected",
            subject="meeting",
            subject_key=found.pk,
            data={"version": version},
        )
    return version


def decide(*, actor: Actor, meeting_id: int, decision: DecisionInput) -> int:
    """Write down a decision of a meeting that was held; the same text twice is one decision."""
    actor.require("meeting.edit")
    text = decision.text.strip()
    if not text:
        raise MeetingRefused(_("Schrijf wat er beslist is."), field="text")
    if decision.owner_id is not None:
        _check_owner(actor, decision.owner_id)
    with transaction.atomic():
        found = _held(actor, meeting_id)
        known = found.decisions.filter(text=text).first()
        if known is not None:
            return int(known.pk)
        made = Decision.objects.create(
            organisation_id=actor.organisation_id,
            meeting=found,
            text=text,
            owner_id=decision.owner_id,
            due=decision.due,
        )
        audit.record(
            actor=actor,
            action="meeting.decided",
            subject="meeting",
            subject_key=found.pk,
            data={"decision": made.pk, "due": decision.due},
        )
    return made.pk


def _check_owner(actor: Actor, owner_id: int) -> None:
    try:
        accounts.person(organisation_id=actor.organisation_id, user_id=owner_id)
    except NotFound as error:
        raise MeetingRefused(_("Kies iemand die in uw organisatie werkt."), field="owner") from error


def _check_hours(starts: dt.time | None, ends: dt.time | None) -> None:
    if ends is not None and (starts is None or ends <= starts):
        raise MeetingRefused(_("Het einde valt niet na het begin. Kijk de uren na."), field="ends")


def _check_agenda(kind: MeetingKind, agenda: Sequence[AgendaInput]) -> None:
    if kind.agenda_limit is not None and len(agenda) > kind.agenda_limit:
        raise MeetingRefused(
            _("Er passen hoogstens %(limit)s punten op deze agenda. Zet de rest op de volgende bijeenkomst.")
            % {"limit": kind.agenda_limit},
            field="agenda",
        )
    codes = {part.code: part.title for part in kind.parts}
    if any(item.part and item.part not in codes for item in agenda):
        raise MeetingRefused(_("Kies een deel van het draaiboek van deze bijeenkomst."), field="agenda")
    if any(not item.title.strip() for item in agenda):
        raise MeetingRefused(_("Geef elk punt van de agenda een titel."), field="agenda")
    lacking = people.missing(kind.agenda_parts, {item.part for item in agenda})
    if lacking:
        raise MeetingRefused(
            _("Op deze agenda hoort nog: %(parts)s.") % {"parts": ", ".join(codes[code].lower() for code in lacking)},
            field="agenda",
        )


def _same(actor: Actor, meeting: MeetingInput, title: str) -> int | None:
    found = Meeting.objects.of(actor.organisation_id).filter(
        kind=meeting.kind,
        date=meeting.date,
        title=title,
        subject=meeting.subject,
        subject_key=meeting.subject_key,
        state__in=[state for state in MeetingState if state is not MeetingState.CANCELLED],
    )
    key: int | None = found.values_list("pk", flat=True).first()
    return key


def _open_group(actor: Actor, group_id: int) -> Group:
    found: Group | None = Group.objects.of(actor.organisation_id).filter(pk=group_id).first()
    if found is None:
        raise GroupNotFound(group_id)
    if found.closed_on is not None:
        raise WrongState(_("Deze groep is afgesloten en komt niet meer samen."))
    return found


def _members(actor: Actor, group: Group, on: dt.date) -> tuple[ParticipantInput, ...]:
    rows = Member.objects.of(actor.organisation_id).filter(group=group, valid_from__lte=on).order_by("-leads", "id")
    return tuple(
        ParticipantInput(
            role=row.role, user_id=row.user_id, name=row.name, organisation_name=row.organisation_name
        )
        for row in rows
        if row.valid_until is None or row.valid_until >= on
    )  # fmt: skip


def _invite(actor: Actor, meeting: Meeting, person: ParticipantInput) -> tuple[int, bool]:
    name = person.name.strip()[: people.LONGEST_NAME]
    place = person.organisation_name.strip()[: people.LONGEST_NAME]
    same = meeting.participants.filter(user=person.user_id)
    if person.user_id is None:
        same = same.filter(name=name, organisation_name=place)
    known = same.first()
    if known is not None:
        return known.pk, False
    made = Participant.objects.create(
        organisation_id=actor.organisation_id,
        meeting=meeting,
        role=person.role,
        user_id=person.user_id,
        name="" if person.user_id is not None else name,
        organisation_name=place,
    )
    return made.pk, True


def _back_when_lacking(found: Meeting) -> None:
    """Put a confirmed meeting back to planned when it loses somebody who must be there."""
    present = set(found.participants.values_list("role", flat=True))
    if people.missing(scripts.kind(found.kind).must_attend, present):
        found.state = MeetingState.PLANNED.value
        _touch(found)


def _write_agenda(actor: Actor, meeting: Meeting, agenda: Sequence[AgendaInput]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            organisation_id=actor.organisation_id,
            meeting=meeting,
            position=position,
            title=item.title.strip()[:200],
            part=item.part,
            detail=item.detail.strip(),
            reference=item.reference.strip()[: people.LONGEST_NAME],
            requested_on=item.requested_on,
        )
        for position, item in enumerate(agenda, 1)
    )


def _cleaned(meeting: Meeting, minutes: Mapping[str, str]) -> dict[str, str]:
    parts = scripts.kind(meeting.kind).parts
    return {part.code: minutes[part.code].strip() for part in parts if minutes.get(part.code, "").strip()}


def _write(actor: Actor, meeting: Meeting, minutes: Mapping[str, str], *, version: int) -> None:
    parts = _cleaned(meeting, minutes)
    if not parts:
        raise MeetingRefused(_("Schrijf bij minstens één deel wat er gezegd is."), field="minutes")
    Minutes.objects.create(
        organisation_id=actor.organisation_id, meeting=meeting, version=version, parts=parts, by_id=actor.user_id
    )


def _touch(meeting: Meeting) -> None:
    """Store a change that calendars must see."""
    meeting.sequence += 1
    meeting.changed_at = clock.now()
    meeting.save()


def _locked(actor: Actor, meeting_id: int) -> Meeting:
    found: Meeting | None = (
        Meeting.objects.of(actor.organisation_id).select_for_update().filter(pk=meeting_id).first()
    )  # fmt: skip
    if found is None:
        raise MeetingNotFound(meeting_id)
    return found


def _living(actor: Actor, meeting_id: int) -> Meeting:
    found = _locked(actor, meeting_id)
    if found.state == MeetingState.CANCELLED:
        raise WrongState(_("Deze bijeenkomst is geschrapt."))
    return found


def _coming(actor: Actor, meeting_id: int) -> Meeting:
    found = _living(actor, meeting_id)
    if found.state not in COMING:
        raise WrongState(_("Deze bijeenkomst is al geweest. Het verslag kunt u nog aanvullen."))
    return found


def _held(actor: Actor, meeting_id: int) -> Meeting:
    found = _living(actor, meeting_id)
    if found.state != MeetingState.HELD:
        raise WrongState(_("Schrijf eerst het verslag van deze bijeenkomst."))
    return found
