"""Talks with the market: plan, report, sessions, contact with consent, equal information, needs and obstacles."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from koopkracht.market.api import dialogues
from koopkracht.market.errors import DialogueClosed, MarketInputRejected, MarketRowNotFound, SupplierNotFound
from koopkracht.market.models import MarketContact
from koopkracht.market.types.dialogues import (
    Contact,
    ContactForm,
    DialogueInput,
    DialogueKind,
    DialogueReport,
    DialogueState,
    Information,
    Need,
    NeedReaction,
    Obstacle,
    Party,
    PartyRole,
    Reply,
)
from koopkracht.meetings import api as meetings
from koopkracht.meetings.types import MeetingState
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from tests.market import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
REPORT = DialogueReport("Open omschrijven", "Ramen en vloeren", "Vroeg aankondigen", "Goed gesprek", 12)


@pytest.fixture
def actor() -> Actor:
    return factories.actor(factories.organisation())


def talk(**fields: object) -> DialogueInput:
    defaults: dict[str, object] = {
        "kind": DialogueKind.GROUP,
        "title": "Schoonmaak samen bekijken",
        "product_group": "SCH-01",
        "date": DAY,
    }
    return DialogueInput(**defaults | fields)


def one(actor: Actor, key: int) -> object:
    return dialogues.dialogue(organisation_id=actor.organisation_id, dialogue_id=key)


def test_a_talk_stands_in_the_calendar_and_planned_twice_is_one(actor) -> None:
    keys = {dialogues.plan_dialogue(actor=actor, dialogue=talk()) for _twice in range(2)}
    assert len(keys) == 1
    found = meetings.of_subjects(
        organisation_id=actor.organisation_id, subject=dialogues.SUBJECT, subject_keys=list(keys)
    )
    assert [(row.kind, row.date) for row in found[keys.pop()]] == [("group-dialogue", DAY)]


def test_a_report_has_three_outputs_and_holds_the_meeting(actor) -> None:
    key = dialogues.plan_dialogue(actor=actor, dialogue=talk())
    with pytest.raises(MarketInputRejected):
        dialogues.report_dialogue(actor=actor, dialogue_id=key, report=replace(REPORT, approach=" "))
    dialogues.report_dialogue(actor=actor, dialogue_id=key, report=REPORT)

    found = one(actor, key)
    assert (found.state, found.report) == (DialogueState.HELD, REPORT)
    meeting = meetings.meeting(organisation_id=actor.organisation_id, meeting_id=found.meeting_id)
    assert meeting.meeting.state is MeetingState.HELD
    assert "Open omschrijven" in " ".join(meeting.minutes[-1].parts.values())
    with pytest.raises(DialogueClosed):
        dialogues.cancel_dialogue(actor=actor, dialogue_id=key, reason="te laat")


def test_a_talk_to_come_has_no_report_yet_and_a_cancelled_one_never(actor) -> None:
    coming = talk(date=clock.today() + dt.timedelta(days=3))
    key = dialogues.plan_dialogue(actor=actor, dialogue=coming)
    with pytest.raises(MarketInputRejected, match="moet nog plaatsvinden"):
        dialogues.report_dialogue(actor=actor, dialogue_id=key, report=REPORT)
    dialogues.cancel_dialogue(actor=actor, dialogue_id=key, reason="Te weinig volk")
    assert one(actor, key).cancelled_reason == "Te weinig volk"
    with pytest.raises(DialogueClosed):
        dialogues.report_dialogue(actor=actor, dialogue_id=key, report=REPORT)


def test_a_talk_is_suggested_for_a_large_assignment_with_much_potential(actor) -> None:
    large, limit = Decimal(140_000), {"product_group": "SCH-01"}
    assert dialogues.advises_dialogue(**limit, amount=large)
    assert not dialogues.advises_dialogue(**limit, amount=large - 1)
    assert not dialogues.advises_dialogue(**limit, amount=None)
    assert not dialogues.advises_dialogue(product_group="FIN-01", amount=large)

    dialogues.plan_dialogue(actor=actor, dialogue=talk())
    lately = dialogues.talked_about(organisation_id=actor.organisation_id, on=dt.date(2028, 3, 2))
    assert not dialogues.advises_dialogue(**limit, amount=large, talked=lately)
    # Two years and a day later the talk is too old to count.
    assert dialogues.talked_about(organisation_id=actor.organisation_id, on=dt.date(2028, 3, 3)) == frozenset()


def test_a_session_invites_counts_who_came_and_brings_parties_together_with_consent_of_both(actor) -> None:
    session = talk(kind=DialogueKind.SESSION, part_one="Eisen en rondgang", part_two="Voorstellingen")
    key = dialogues.plan_dialogue(actor=actor, dialogue=session)
    social = Party("Maatwerk De Brug", PartyRole.SOCIAL_ENTERPRISE, reply=Reply.YES, people=3, pitch="Wij poetsen.")
    asked = dialogues.put_party(actor=actor, dialogue_id=key, party=social)
    asker = dialogues.put_party(actor=actor, dialogue_id=key, party=Party("Poets NV", PartyRole.COMPANY, people=2))
    assert dialogues.put_party(actor=actor, dialogue_id=key, party=social) == asked
    parties = dialogues.parties(organisation_id=actor.organisation_id, dialogue_id=key)
    assert [(party.name, party.people) for party in parties] == [("Poets NV", 2), ("Maatwerk De Brug", 3)]
    meeting = meetings.meeting(organisation_id=actor.organisation_id, meeting_id=one(actor, key).meeting_id)
    assert len(meeting.agenda) == 2

    with pytest.raises(MarketInputRejected):
        dialogues.request_contact(actor=actor, dialogue_id=key, asker_id=asker, asked_id=asker, message="")
    ask = {"actor": actor, "dialogue_id": key, "asker_id": asker, "asked_id": asked, "message": "Samen indienen?"}
    request = dialogues.request_contact(**ask)
    assert dialogues.request_contact(**ask) == request
    (waiting,) = dialogues.contact_requests(organisation_id=actor.organisation_id, dialogue_id=key)
    assert (waiting.agreed_on, waiting.declined_on) == (None, None)
    dialogues.answer_contact(actor=actor, request_id=request, agrees=True)
    dialogues.answer_contact(actor=actor, request_id=request, agrees=False)
    (answered,) = dialogues.contact_requests(organisation_id=actor.organisation_id, dialogue_id=key)
    assert (answered.agreed_on, answered.declined_on) == (clock.today(), None)


def test_what_one_party_was_told_is_made_available_to_all_once(actor) -> None:
    told = Information("SCH-01", "Poets NV", "De sleutels liggen aan de balie.", DAY, "talk")
    key = dialogues.log_information(actor=actor, information=told)
    assert dialogues.log_information(actor=actor, information=told) == key
    share = {"actor": actor, "information_id": key}
    with pytest.raises(MarketInputRejected):
        dialogues.publish_information(**share, channel="website", on=DAY - dt.timedelta(days=1))
    with pytest.raises(MarketInputRejected):
        dialogues.publish_information(**share, channel="postduif", on=DAY)
    dialogues.publish_information(**share, channel="website", on=DAY)
    dialogues.publish_information(**share, channel="mail", on=DAY + dt.timedelta(days=1))
    (found,) = dialogues.information(organisation_id=actor.organisation_id)
    assert (found.published_on, found.published_channel) == (DAY, "website")


def test_a_need_is_announced_and_gathers_reactions(actor) -> None:
    need = Need("Poetsen 2028", "SCH-01", "Vier scholen", dt.date(2028, 1, 1), DAY, "website")
    key = dialogues.announce_need(actor=actor, need=need)
    assert dialogues.announce_need(actor=actor, need=need) == key
    dialogues.record_reaction(actor=actor, need_id=key, reaction=NeedReaction("De Brug", "Wij willen mee.", DAY))
    assert [one.party for one in dialogues.need(organisation_id=actor.organisation_id, need_id=key).reactions] == [
        "De Brug"
    ]
    with pytest.raises(MarketInputRejected):
        dialogues.announce_need(actor=actor, need=replace(need, reactions_until=DAY - dt.timedelta(days=1)))


def test_contacts_and_obstacles_are_logged_and_followed_up(actor) -> None:
    contact = Contact("Poets NV", "zaakvoerder", ContactForm.TALK, "Wat is haalbaar?", DAY, "SCH-01")
    dialogues.log_contact(actor=actor, contact=contact)
    dialogues.log_contact(actor=actor, contact=contact)
    rows = dialogues.list_contacts(organisation_id=actor.organisation_id, query=ListQuery()).rows
    assert [(row.party, row.form) for row in rows] == [("Poets NV", ContactForm.TALK)]
    with pytest.raises(SupplierNotFound):
        dialogues.log_contact(actor=actor, contact=replace(contact, supplier_id=99_999))

    key = dialogues.log_obstacle(
        actor=actor, obstacle=Obstacle("Omzeteis", "SCH-01", "Kleine zaken vallen af", "De Brug", DAY)
    )
    dialogues.resolve_obstacle(actor=actor, obstacle_id=key, outcome="Eis geschrapt", on=DAY)
    (found,) = dialogues.obstacles(organisation_id=actor.organisation_id)
    assert (found.outcome, found.resolved_on) == ("Eis geschrapt", DAY)


def test_another_organisation_and_a_reader_change_nothing(actor) -> None:
    key = dialogues.plan_dialogue(actor=actor, dialogue=talk())
    stranger = factories.actor(factories.organisation())
    reader = factories.actor_of(actor.organisation_id, permissions=frozenset({"market.view"}))

    for attempt in (
        lambda: dialogues.report_dialogue(actor=stranger, dialogue_id=key, report=REPORT),
        lambda: dialogues.put_party(actor=stranger, dialogue_id=key, party=Party("X", PartyRole.COMPANY)),
        lambda: dialogues.dialogue(organisation_id=stranger.organisation_id, dialogue_id=key),
    ):
        with pytest.raises(MarketRowNotFound):
            attempt()
    with pytest.raises(NotAllowed):
        dialogues.plan_dialogue(actor=reader, dialogue=talk())


def test_a_line_that_two_requests_kept_at_once_breaks_nothing_later(actor) -> None:
    contact = Contact("Poets NV", "zaakvoerder", ContactForm.TALK, "Wat is haalbaar?", DAY, "SCH-01")
    first = dialogues.log_contact(actor=actor, contact=contact)
    again = MarketContact.objects.get(pk=first)
    again.pk = None
    again.save()
    assert dialogues.log_contact(actor=actor, contact=contact) == first
