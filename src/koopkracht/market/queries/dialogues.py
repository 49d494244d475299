"""Reads about talking with the market."""

from __future__ import annotations

import datetime as dt
from typing import Any

from koopkracht.market.errors import MarketRowNotFound
from koopkracht.market.models import (
    AnnouncedNeed,
    InformationGiven,
    MarketContact,
    MarketDialogue,
    MarketObstacle,
    SessionContactRequest,
    SessionParty,
)
from koopkracht.market.types.dialogues import (
    Contact,
    ContactForm,
    ContactRequest,
    Dialogue,
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
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_MANY = 500
"""More lines than this do not fit one page; the lists of talks and contacts go on with pages."""


def _dialogue(row: MarketDialogue) -> Dialogue:
    plain = {name: getattr(row, name) for name in DialogueInput.__dataclass_fields__ if name != "kind"}
    return Dialogue(
        id=row.pk,
        plan=DialogueInput(kind=DialogueKind(row.kind), **plain),
        state=DialogueState(row.state),
        report=DialogueReport(**{name: getattr(row, name) for name in DialogueReport.__dataclass_fields__}),
        meeting_id=row.meeting_id,
        cancelled_reason=row.cancelled_reason,
    )


def dialogue(organisation_id: int, dialogue_id: int) -> Dialogue:
    """Return one talk."""
    row = MarketDialogue.objects.of(organisation_id).filter(pk=dialogue_id).first()
    if row is None:
        raise MarketRowNotFound(dialogue_id)
    return _dialogue(row)


def list_dialogues(organisation_id: int, query: ListQuery) -> Slice[Dialogue]:
    """Return a slice of the talks. Filters: ``kind``, ``state``, ``product_group``."""
    rows = MarketDialogue.objects.of(organisation_id)
    for name in ("kind", "state", "product_group"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if query.search.strip():
        rows = rows.filter(title__icontains=query.search.strip())
    sorts = {"date": "date", "title": "title", "kind": "kind", "state": "state"}
    found: Slice[dict[str, Any]] = keyset(rows, query=query, sorts=sorts, fields=("id",), convert=dict)
    by_id = MarketDialogue.objects.of(organisation_id).in_bulk([row["id"] for row in found.rows])
    return found.map(lambda row: _dialogue(by_id[row["id"]]))


def dialogues_of(organisation_id: int, product_group: str) -> tuple[Dialogue, ...]:
    """Return the talks about a product group, the newest first."""
    rows = MarketDialogue.objects.of(organisation_id).filter(product_group=product_group).order_by("-date", "-id")
    return tuple(_dialogue(row) for row in rows[:_MANY])


def planned(organisation_id: int, start: dt.date) -> tuple[Dialogue, ...]:
    """Return the talks that are planned and not reported, the oldest first."""
    rows = MarketDialogue.objects.of(organisation_id).filter(state=DialogueState.PLANNED.value)
    late = rows.filter(date__lt=start).order_by("date", "id")[:20]
    coming = rows.filter(date__gte=start).order_by("date", "id")[:20]
    return tuple(_dialogue(row) for row in (*late, *coming))


def talked_about(organisation_id: int, since: dt.date) -> frozenset[str]:
    """Return the product groups about which there was or will be a talk since a day."""
    rows = MarketDialogue.objects.of(organisation_id).filter(date__gte=since)
    rows = rows.exclude(state=DialogueState.CANCELLED.value)
    return frozenset(rows.values_list("product_group", flat=True))


def parties(organisation_id: int, dialogue_id: int) -> tuple[Party, ...]:
    """Return the invited parties of a session by role and name."""
    rows = SessionParty.objects.of(organisation_id).filter(dialogue_id=dialogue_id).order_by("role", "name", "id")
    return tuple(_party(row) for row in rows[:_MANY])


def party(organisation_id: int, party_id: int) -> tuple[int, Party]:
    """Return the key of the session and the party."""
    row = SessionParty.objects.of(organisation_id).filter(pk=party_id).first()
    if row is None:
        raise MarketRowNotFound(party_id)
    return row.dialogue_id, _party(row)


def _party(row: SessionParty) -> Party:
    return Party(
        row.name,
        PartyRole(row.role),
        row.supplier_id,
        row.contact_function,
        Reply(row.reply),
        row.people,
        row.pitch,
        row.pk,
    )


def contact_requests(organisation_id: int, dialogue_id: int) -> tuple[ContactRequest, ...]:
    """Return the requests for contact of a session, in the order in which they came."""
    rows = SessionContactRequest.objects.of(organisation_id).filter(dialogue_id=dialogue_id)
    return tuple(
        ContactRequest(
            row.pk, row.asker.name, row.asked.name, row.message, row.asked_on, row.agreed_on, row.declined_on
        )
        for row in rows.select_related("asker", "asked").order_by("asked_on", "id")[:_MANY]
    )


def information(organisation_id: int, dialogue_id: int | None, product_group: str) -> tuple[Information, ...]:
    """Return what was told to whom, the newest first: of one talk, of one product group, or all."""
    rows = InformationGiven.objects.of(organisation_id)
    if dialogue_id is not None:
        rows = rows.filter(dialogue_id=dialogue_id)
    if product_group:
        rows = rows.filter(product_group=product_group)
    return tuple(_information(row) for row in rows.order_by("-given_on", "-id")[:_MANY])


def one_information(organisation_id: int, information_id: int) -> Information:
    """Return one line of the log."""
    row = InformationGiven.objects.of(organisation_id).filter(pk=information_id).first()
    if row is None:
        raise MarketRowNotFound(information_id)
    return _information(row)


def _information(row: InformationGiven) -> Information:
    plain = {name: getattr(row, name) for name in Information.__dataclass_fields__}
    return Information(**plain)


def needs(organisation_id: int) -> tuple[Need, ...]:
    """Return the announced needs with their reactions, the newest first."""
    rows = AnnouncedNeed.objects.of(organisation_id).order_by("-announced_on", "-id").prefetch_related("reactions")
    return tuple(_need(row) for row in rows[:_MANY])


def need(organisation_id: int, need_id: int) -> Need:
    """Return one announced need."""
    row = AnnouncedNeed.objects.of(organisation_id).filter(pk=need_id).prefetch_related("reactions").first()
    if row is None:
        raise MarketRowNotFound(need_id)
    return _need(row)


def _need(row: AnnouncedNeed) -> Need:
    plain = {name: getattr(row, name) for name in Need.__dataclass_fields__ if name != "reactions"}
    reactions = sorted(row.reactions.all(), key=lambda one: (one.received_on, one.pk))
    return Need(
        **plain,
        reactions=tuple(NeedReaction(one.party, one.content, one.received_on, one.pk) for one in reactions),
    )


def list_contacts(organisation_id: int, query: ListQuery) -> Slice[Contact]:
    """Return a slice of the contacts. Filters: ``form``, ``product_group``."""
    rows = MarketContact.objects.of(organisation_id)
    for name in ("form", "product_group"):
        if query.filters.get(name):
            rows = rows.filter(**{name: query.filters[name]})
    if query.search.strip():
        rows = rows.filter(party__icontains=query.search.strip())
    sorts = {"date": "held_on", "party": "party", "form": "form"}
    fields = tuple(Contact.__dataclass_fields__)
    return keyset(rows, query=query, sorts=sorts, fields=fields, convert=_contact)


def _contact(*, form: str, **plain: Any) -> Contact:
    return Contact(form=ContactForm(form), **plain)


def contacts_of(organisation_id: int, supplier_id: int) -> tuple[Contact, ...]:
    """Return the contacts with a supplier, the newest first."""
    rows = MarketContact.objects.of(organisation_id).filter(supplier_id=supplier_id).order_by("-held_on", "-id")
    return tuple(_contact(**row) for row in rows.values(*Contact.__dataclass_fields__)[:_MANY])


def obstacles(organisation_id: int) -> tuple[Obstacle, ...]:
    """Return the obstacles, the open ones first."""
    rows = MarketObstacle.objects.of(organisation_id).order_by("-raised_on", "-id")[:_MANY]
    found = [Obstacle(**{name: getattr(row, name) for name in Obstacle.__dataclass_fields__}) for row in rows]
    return tuple(sorted(found, key=lambda one: one.resolved_on is not None))


def obstacle(organisation_id: int, obstacle_id: int) -> Obstacle:
    """Return one obstacle."""
    row = MarketObstacle.objects.of(organisation_id).filter(pk=obstacle_id).first()
    if row is None:
        raise MarketRowNotFound(obstacle_id)
    return Obstacle(**{name: getattr(row, name) for name in Obstacle.__dataclass_fields__})
