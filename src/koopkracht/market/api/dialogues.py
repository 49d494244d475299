"""The door to talks with the market and to being open towards it. Stable, keep it small.

Actions raise ``MarketInputRejected`` (with the field), ``MarketRowNotFound``, ``DialogueClosed`` and ``NotAllowed``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.types import SocialPotential
from koopkracht.market.actions.dialogues import (
    SUBJECT,
    answer_contact,
    cancel_dialogue,
    change_party,
    plan_dialogue,
    put_party,
    report_dialogue,
    request_contact,
)
from koopkracht.market.actions.openness import (
    announce_need,
    log_contact,
    log_information,
    log_obstacle,
    publish_information,
    record_reaction,
    resolve_obstacle,
)
from koopkracht.market.content import settings
from koopkracht.market.models.dialogues import FORM_LABELS, KIND_LABELS, REPLY_LABELS, ROLE_LABELS, STATE_LABELS
from koopkracht.market.queries import dialogues as queries
from koopkracht.market.types.dialogues import Contact, ContactRequest, Dialogue, Information, Need, Obstacle, Party
from koopkracht.shared import clock
from koopkracht.shared.listing import ListQuery, Slice
from koopkracht.shared.periods import months_after

__all__ = [
    "FORM_LABELS",
    "KIND_LABELS",
    "REPLY_LABELS",
    "ROLE_LABELS",
    "STATE_LABELS",
    "SUBJECT",
    "advises_dialogue",
    "announce_need",
    "answer_contact",
    "cancel_dialogue",
    "change_party",
    "contact_requests",
    "contacts_of",
    "dialogue",
    "dialogues_of",
    "information",
    "list_contacts",
    "list_dialogues",
    "log_contact",
    "log_information",
    "log_obstacle",
    "need",
    "needs",
    "obstacle",
    "obstacles",
    "one_information",
    "parties",
    "party",
    "plan_dialogue",
    "planned",
    "publish_information",
    "put_party",
    "record_reaction",
    "report_dialogue",
    "request_contact",
    "resolve_obstacle",
    "settings",
    "talked_about",
]


def advises_dialogue(*, product_group: str, amount: Decimal | None, talked: Collection[str] = ()) -> bool:
    """Tell whether a talk is worth suggesting: a large assignment (EUR without VAT) with much social potential.

    ``talked`` holds the product groups about which there was a talk lately (:func:`talked_about`). A suggestion,
    never an obligation. Raises ``ProductGroupNotFound``.
    """
    if not product_group or amount is None or product_group in talked:
        return False
    group = catalogue.product_group(code=product_group)
    return group.social_potential is SocialPotential.HIGH and amount >= settings().dialogue_amount


def talked_about(*, organisation_id: int, on: dt.date | None = None) -> frozenset[str]:
    """Return the product groups about which there was a talk lately or will be one."""
    since = months_after(on or clock.today(), -settings().dialogue_months)
    return queries.talked_about(organisation_id, since)


def dialogue(*, organisation_id: int, dialogue_id: int) -> Dialogue:
    """Return one talk. Raises ``MarketRowNotFound``."""
    return queries.dialogue(organisation_id, dialogue_id)


def list_dialogues(*, organisation_id: int, query: ListQuery) -> Slice[Dialogue]:
    """Return a slice of the talks. Filters: ``kind``, ``state``, ``product_group``."""
    return queries.list_dialogues(organisation_id, query)


def dialogues_of(*, organisation_id: int, product_group: str) -> tuple[Dialogue, ...]:
    """Return the talks about a product group, the newest first."""
    return queries.dialogues_of(organisation_id, product_group)


def planned(*, organisation_id: int, on: dt.date | None = None) -> tuple[Dialogue, ...]:
    """Return the talks without a report: those whose day passed first, then what comes."""
    return queries.planned(organisation_id, on or clock.today())


def parties(*, organisation_id: int, dialogue_id: int) -> tuple[Party, ...]:
    """Return the parties of a session."""
    return queries.parties(organisation_id, dialogue_id)


def party(*, organisation_id: int, party_id: int) -> tuple[int, Party]:
    """Return the key of the session and the party. Raises ``MarketRowNotFound``."""
    return queries.party(organisation_id, party_id)


def contact_requests(*, organisation_id: int, dialogue_id: int) -> tuple[ContactRequest, ...]:
    """Return the requests for contact of a session."""
    return queries.contact_requests(organisation_id, dialogue_id)


def information(
    *, organisation_id: int, dialogue_id: int | None = None, product_group: str = ""
) -> tuple[Information, ...]:
    """Return what was told to whom, the newest first."""
    return queries.information(organisation_id, dialogue_id, product_group)


def one_information(*, organisation_id: int, information_id: int) -> Information:
    """Return one line of the log of information. Raises ``MarketRowNotFound``."""
    return queries.one_information(organisation_id, information_id)


def needs(*, organisation_id: int) -> tuple[Need, ...]:
    """Return the announced needs with their reactions, the newest first."""
    return queries.needs(organisation_id)


def need(*, organisation_id: int, need_id: int) -> Need:
    """Return one announced need. Raises ``MarketRowNotFound``."""
    return queries.need(organisation_id, need_id)


def list_contacts(*, organisation_id: int, query: ListQuery) -> Slice[Contact]:
    """Return a slice of the contacts. Filters: ``form``, ``product_group``."""
    return queries.list_contacts(organisation_id, query)


def contacts_of(*, organisation_id: int, supplier_id: int) -> tuple[Contact, ...]:
    """Return the contacts with a supplier, the newest first."""
    return queries.contacts_of(organisation_id, supplier_id)


def obstacles(*, organisation_id: int) -> tuple[Obstacle, ...]:
    """Return the obstacles, the open ones first."""
    return queries.obstacles(organisation_id)


def obstacle(*, organisation_id: int, obstacle_id: int) -> Obstacle:
    """Return one obstacle. Raises ``MarketRowNotFound``."""
    return queries.obstacle(organisation_id, obstacle_id)
