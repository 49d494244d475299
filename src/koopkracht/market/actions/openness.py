"""Being open towards the market: equal information, announced needs, contacts and obstacles."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.market.actions.keeping import group_code, own_row, own_supplier, past, required
from koopkracht.market.content import settings
from koopkracht.market.errors import MarketInputRejected
from koopkracht.market.models import (
    AnnouncedNeed,
    InformationGiven,
    MarketContact,
    MarketDialogue,
    MarketObstacle,
    ReactionToNeed,
)
from koopkracht.market.types.dialogues import Contact, Information, Need, NeedReaction, Obstacle
from koopkracht.shared.actor import Actor
from koopkracht.shared.tenancy import kept_once


def _channel(code: str, field: str) -> str:
    if code not in settings().channels:
        raise MarketInputRejected(_("Kies een kanaal uit de lijst."), field=field)
    return code


def log_information(*, actor: Actor, information: Information) -> int:
    """Write down what was told to one market party; the same twice is kept once."""
    actor.require("market.edit")
    with transaction.atomic():
        dialogue = (
            own_row(MarketDialogue, actor.organisation_id, information.dialogue_id)
            if information.dialogue_id is not None
            else None
        )
        row, new = kept_once(
            InformationGiven,
            actor.organisation_id,
            product_group=group_code(information.product_group),
            dialogue=dialogue,
            party=required(information.party, "party", _("Vul in aan wie dit verteld is."), 200),
            content=required(information.content, "content", _("Schrijf op wat u verteld hebt.")),
            given_on=past(information.given_on, "given_on"),
            channel=_channel(information.channel, "channel"),
        )
        if new:
            audit.record(
                actor=actor, action="market-information.logged", subject="market-information", subject_key=row.pk
            )
    return int(row.pk)


def publish_information(*, actor: Actor, information_id: int, channel: str, on: dt.date) -> None:
    """Write down when and through which channel everybody could read the same. The first day stays."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(InformationGiven, actor.organisation_id, information_id)
        chosen, day = _channel(channel, "channel"), past(on, "on")
        if day < row.given_on:
            raise MarketInputRejected(_("Dit kan niet voor de dag waarop u het vertelde."), field="on")
        if row.published_on is not None:
            return
        row.published_on, row.published_channel = day, chosen
        row.save(update_fields=["published_on", "published_channel"])
        audit.record(
            actor=actor,
            action="market-information.published",
            subject="market-information",
            subject_key=row.pk,
            data={"channel": chosen, "on": day.isoformat()},
        )


def announce_need(*, actor: Actor, need: Need) -> int:
    """Note that a need was made known to the market; the same twice is kept once."""
    actor.require("market.edit")
    announced = past(need.announced_on, "announced_on")
    if need.reactions_until and need.reactions_until < announced:
        raise MarketInputRejected(_("Reageren moet kunnen na de bekendmaking."), field="reactions_until")
    with transaction.atomic():
        row, new = kept_once(
            AnnouncedNeed,
            actor.organisation_id,
            title=required(need.title, "title", _("Geef de nood een titel."), 200),
            announced_on=announced,
            defaults={
                "product_group": group_code(need.product_group),
                "description": required(need.description, "description", _("Schrijf op wat er nodig is.")),
                "expected_start": need.expected_start,
                "channel": _channel(need.channel, "channel"),
                "reactions_until": need.reactions_until,
            },
        )
        if new:
            audit.record(actor=actor, action="market-need.announced", subject="market-need", subject_key=row.pk)
    return int(row.pk)


def record_reaction(*, actor: Actor, need_id: int, reaction: NeedReaction) -> int:
    """Keep how a market party reacted to a need; the same twice is kept once."""
    actor.require("market.edit")
    with transaction.atomic():
        need = own_row(AnnouncedNeed, actor.organisation_id, need_id)
        row, new = kept_once(
            ReactionToNeed,
            actor.organisation_id,
            need=need,
            party=required(reaction.party, "party", _("Vul in van wie de reactie komt."), 200),
            content=required(reaction.content, "content", _("Schrijf de reactie op.")),
            received_on=past(reaction.received_on, "received_on"),
        )
        if new:
            audit.record(actor=actor, action="market-need.reaction", subject="market-need", subject_key=need.pk)
    return int(row.pk)


def log_contact(*, actor: Actor, contact: Contact) -> int:
    """Keep a contact with a party outside, by function; the same twice is kept once."""
    actor.require("market.edit")
    with transaction.atomic():
        supplier = own_supplier(actor.organisation_id, contact.supplier_id) if contact.supplier_id else None
        party = contact.party.strip() or (supplier.name if supplier else "")
        row, new = kept_once(
            MarketContact,
            actor.organisation_id,
            supplier=supplier,
            party=required(party, "party", _("Vul in met wie u contact had."), 200),
            contact_function=contact.contact_function.strip()[:120],
            form=contact.form.value,
            content=required(contact.content, "content", _("Schrijf op waarover het ging.")),
            held_on=past(contact.held_on, "held_on"),
            defaults={
                "product_group": group_code(contact.product_group),
                "follow_up": contact.follow_up.strip()[:500],
            },
        )
        if new:
            audit.record(actor=actor, action="market-contact.logged", subject="market-contact", subject_key=row.pk)
    return int(row.pk)


def log_obstacle(*, actor: Actor, obstacle: Obstacle) -> int:
    """Note a rule, demand or protocol that seems to stand in the way; the same twice is kept once."""
    actor.require("market.edit")
    with transaction.atomic():
        row, new = kept_once(
            MarketObstacle,
            actor.organisation_id,
            title=required(obstacle.title, "title", _("Zeg kort wat er in de weg staat."), 200),
            product_group=group_code(obstacle.product_group),
            raised_on=past(obstacle.raised_on, "raised_on"),
            defaults={
                "why": required(obstacle.why, "why", _("Schrijf waarom dit een goede oplossing tegenhoudt.")),
                "raised_by": required(obstacle.raised_by, "raised_by", _("Vul in wie dit meldde."), 200),
                "follow_up": obstacle.follow_up.strip()[:500],
            },
        )
        if new:
            audit.record(actor=actor, action="market-obstacle.logged", subject="market-obstacle", subject_key=row.pk)
    return int(row.pk)


def resolve_obstacle(*, actor: Actor, obstacle_id: int, outcome: str, on: dt.date) -> None:
    """Write down what became of an obstacle. The first outcome stays."""
    actor.require("market.edit")
    with transaction.atomic():
        row = own_row(MarketObstacle, actor.organisation_id, obstacle_id)
        result = required(outcome, "outcome", _("Schrijf wat er beslist is."), 500)
        day = past(on, "on")
        if row.resolved_on is not None:
            return
        row.resolved_on, row.outcome = day, result
        row.save(update_fields=["resolved_on", "outcome"])
        audit.record(actor=actor, action="market-obstacle.resolved", subject="market-obstacle", subject_key=row.pk)
