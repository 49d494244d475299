"""Talks with the market: plan, report, invite, bring parties together, and tell everybody the same."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.market.actions.keeping import group_code, own_row, own_supplier, required
from koopkracht.market.errors import DialogueClosed, MarketInputRejected
from koopkracht.market.models import MarketDialogue, SessionContactRequest, SessionParty
from koopkracht.market.types.dialogues import (
    DialogueInput,
    DialogueKind,
    DialogueReport,
    DialogueState,
    Party,
)
from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import COMING, AgendaInput, Held, MeetingInput
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

SUBJECT = "market-dialogue"
"""The name under which the meeting of a talk is found."""
_MOST_PEOPLE = 100_000


def plan_dialogue(*, actor: Actor, dialogue: DialogueInput) -> int:
    """Plan a talk, with its meeting in the calendar; the same plan twice is one talk."""
    actor.require("market.edit")
    title = required(dialogue.title, "title", _("Geef het gesprek een titel."), 200)
    values = _planned(dialogue, title)
    with transaction.atomic():
        same = MarketDialogue.objects.of(actor.organisation_id).filter(
            kind=dialogue.kind.value, title=title, date=dialogue.date, state=DialogueState.PLANNED.value
        )
        known = same.first()
        if known is not None:
            return int(known.pk)
        row = MarketDialogue.objects.create(organisation_id=actor.organisation_id, **values)
        row.meeting_id = meetings.plan(
            actor=actor,
            meeting=MeetingInput(
                kind=dialogue.kind.value,
                title=title,
                date=dialogue.date,
                place=values["place"],
                subject=SUBJECT,
                subject_key=row.pk,
                agenda=_agenda(dialogue),
            ),
        )
        row.save(update_fields=["meeting_id"])
        audit.record(
            actor=actor,
            action="market-dialogue.planned",
            subject="market-dialogue",
            subject_key=row.pk,
            data={"kind": dialogue.kind.value, "date": dialogue.date.isoformat()},
        )
    return int(row.pk)


def _planned(dialogue: DialogueInput, title: str) -> dict[str, Any]:
    return {
        "kind": dialogue.kind.value,
        "title": title,
        "product_group": group_code(dialogue.product_group),
        "date": dialogue.date,
        "place": dialogue.place.strip()[:200],
        "participants": dialogue.participants.strip(),
        "purpose": dialogue.purpose.strip(),
        "part_one": dialogue.part_one.strip(),
        "part_two": dialogue.part_two.strip(),
        "purchase_id": dialogue.purchase_id,
    }


def _agenda(dialogue: DialogueInput) -> tuple[AgendaInput, ...]:
    if dialogue.kind is not DialogueKind.SESSION:
        return ()
    parts = ((_("Eerste deel: wat het bestuur vraagt"), dialogue.part_one), (_("Tweede deel"), dialogue.part_two))
    return tuple(AgendaInput(title=title, detail=text.strip()) for title, text in parts if text.strip())


def report_dialogue(*, actor: Actor, dialogue_id: int, report: DialogueReport) -> None:
    """Write down what a talk gave; a later report replaces the text, the meeting keeps its first minutes."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(MarketDialogue, actor.organisation_id, dialogue_id)
        if row.state == DialogueState.CANCELLED:
            raise DialogueClosed
        if row.date > clock.today():
            raise MarketInputRejected(
                _("Dit gesprek moet nog plaatsvinden. Schrijf het verslag daarna."), field="notes"
            )
        if report.present is not None and not 0 <= report.present <= _MOST_PEOPLE:
            raise MarketInputRejected(_("Kijk het aantal aanwezigen na."), field="present")
        first = row.state == DialogueState.PLANNED
        row.approach = required(report.approach, "approach", _("Schrijf op welke aanpak het best past."))
        row.lot_tasks, row.tactic = report.lot_tasks.strip(), report.tactic.strip()
        row.notes, row.present, row.state = report.notes.strip(), report.present, DialogueState.HELD.value
        row.save()
        if first:
            _hold(actor, row)
        audit.record(actor=actor, action="market-dialogue.reported", subject="market-dialogue", subject_key=row.pk)


def _hold(actor: Actor, row: MarketDialogue) -> None:
    if row.meeting_id is None or not _is_coming(actor, row):
        return
    last = meetings.kinds()[row.kind].parts[-1].code
    text = "\n\n".join(part for part in (row.notes, row.approach, row.lot_tasks, row.tactic) if part)
    meetings.hold(actor=actor, meeting_id=row.meeting_id, held=Held(minutes={last: text}))


def _is_coming(actor: Actor, row: MarketDialogue) -> bool:
    """Tell whether the meeting still stands in the calendar: somebody may have written it down there already."""
    if row.meeting_id is None:
        return False
    found = meetings.meeting(organisation_id=actor.organisation_id, meeting_id=row.meeting_id)
    return found.meeting.state in COMING


def cancel_dialogue(*, actor: Actor, dialogue_id: int, reason: str) -> None:
    """Call a planned talk off."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(MarketDialogue, actor.organisation_id, dialogue_id)
        why = required(reason, "reason", _("Schrijf waarom het gesprek niet doorgaat."), 300)
        if row.state == DialogueState.CANCELLED:
            return
        if row.state != DialogueState.PLANNED:
            raise DialogueClosed
        row.state, row.cancelled_reason = DialogueState.CANCELLED.value, why
        row.save(update_fields=["state", "cancelled_reason"])
        if row.meeting_id is not None and _is_coming(actor, row):
            meetings.cancel(actor=actor, meeting_id=row.meeting_id)
        audit.record(actor=actor, action="market-dialogue.cancelled", subject="market-dialogue", subject_key=row.pk)


def put_party(*, actor: Actor, dialogue_id: int, party: Party) -> int:
    """Invite a party to a session, or change what is known of it; the name is its key within the session."""
    actor.require("market.edit")
    with transaction.atomic():
        dialogue = own_row(MarketDialogue, actor.organisation_id, dialogue_id)
        if party.people is not None and not 0 <= party.people <= _MOST_PEOPLE:
            raise MarketInputRejected(_("Kijk het aantal aanwezigen na."), field="people")
        supplier = own_supplier(actor.organisation_id, party.supplier_id) if party.supplier_id else None
        row, new = SessionParty.objects.of(actor.organisation_id).update_or_create(
            organisation_id=actor.organisation_id,
            dialogue=dialogue,
            name=required(party.name, "name", _("Vul de naam van de partij in."), 200),
            defaults={
                "role": party.role.value,
                "supplier": supplier,
                "contact_function": party.contact_function.strip()[:120],
                "reply": party.reply.value,
                "people": party.people,
                "pitch": party.pitch.strip(),
            },
        )
        audit.record(
            actor=actor,
            action="market-session.party-kept",
            subject="market-dialogue",
            subject_key=dialogue.pk,
            data={"new": new, "reply": party.reply.value},
        )
    return int(row.pk)


def change_party(*, actor: Actor, party_id: int, party: Party) -> int:
    """Write down the answer, the attendance or the presentation of a party; return the key of its session."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(SessionParty, actor.organisation_id, party_id)
        if party.people is not None and not 0 <= party.people <= _MOST_PEOPLE:
            raise MarketInputRejected(_("Kijk het aantal aanwezigen na."), field="people")
        row.reply, row.people, row.pitch = party.reply.value, party.people, party.pitch.strip()
        row.role, row.contact_function = party.role.value, party.contact_function.strip()[:120]
        row.save()
        audit.record(
            actor=actor,
            action="market-session.party-kept",
            subject="market-dialogue",
            subject_key=row.dialogue_id,
            data={"new": False, "reply": party.reply.value},
        )
    return int(row.dialogue_id)


def request_contact(*, actor: Actor, dialogue_id: int, asker_id: int, asked_id: int, message: str) -> int:
    """Note that one party asks for contact with another. The asker agrees by asking."""
    actor.require("market.edit")
    with transaction.atomic():
        dialogue = own_row(MarketDialogue, actor.organisation_id, dialogue_id)
        parties = {
            row.pk: row
            for row in SessionParty.objects.of(actor.organisation_id).filter(
                dialogue=dialogue, pk__in=(asker_id, asked_id)
            )
        }
        if asker_id not in parties:
            raise MarketInputRejected(_("Kies wie contact vraagt."), field="asker")
        if asked_id not in parties or asked_id == asker_id:
            raise MarketInputRejected(_("Kies een andere partij, met wie contact gevraagd wordt."), field="asked")
        row, new = SessionContactRequest.objects.of(actor.organisation_id).get_or_create(
            organisation_id=actor.organisation_id,
            dialogue=dialogue,
            asker=parties[asker_id],
            asked=parties[asked_id],
            defaults={"message": message.strip()[:500], "asked_on": clock.today()},
        )
        if new:
            audit.record(
                actor=actor,
                action="market-session.contact-asked",
                subject="market-dialogue",
                subject_key=dialogue.pk,
            )
    return int(row.pk)


def answer_contact(*, actor: Actor, request_id: int, agrees: bool) -> int:
    """Write down the answer of the party that was asked; return the key of the session. The first answer counts."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(SessionContactRequest, actor.organisation_id, request_id)
        if row.agreed_on is None and row.declined_on is None:
            if agrees:
                row.agreed_on = clock.today()
            else:
                row.declined_on = clock.today()
            row.save(update_fields=["agreed_on", "declined_on"])
            audit.record(
                actor=actor,
                action="market-session.contact-answered",
                subject="market-dialogue",
                subject_key=row.dialogue_id,
                data={"agrees": agrees},
            )
    return int(row.dialogue_id)
