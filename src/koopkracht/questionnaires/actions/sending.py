"""Bringing invitations and summaries: one job, each party once, also when the program stops half-way.

A delivery is marked as leaving before the mail goes and as sent after it. When the program stops in between nobody
knows whether the mail left: that one is shown as unsure and only a person sends it again. All others continue.
The address with the token is made for each mail and never stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.jobs import api as jobs
from koopkracht.jobs.types import JobContext
from koopkracht.questionnaires import mails, queries
from koopkracht.questionnaires.actions.common import SUBJECT, locked, move
from koopkracht.questionnaires.errors import QuestionnaireNotReady
from koopkracht.questionnaires.models import Delivery, Questionnaire, Recipient
from koopkracht.questionnaires.types import (
    DELIVERED,
    LINK_SUBJECT,
    PERMISSION_BY_LINK,
    TOKEN_MARK,
    DeliveryKind,
    DeliveryState,
    QuestionnaireFinished,
    RecipientView,
    State,
)
from koopkracht.shared import clock, events
from koopkracht.shared.actor import Actor

JOB = "questionnaires.send"
LINK_DAYS = 365
_MAY_SEND = {
    DeliveryKind.INVITATION: (State.OPEN,),
    DeliveryKind.SUMMARY: (State.SUMMARISED, State.FINISHED),
}


def plan(row: Questionnaire, kind: DeliveryKind, *, everybody: bool) -> int:
    """Put a delivery on the list for each party, or each that answered; who has one keeps it."""
    people = Recipient.objects.of(row.organisation_id).filter(questionnaire_id=row.pk)
    if not everybody:
        people = people.filter(answered_at__isnull=False)
    made = [
        Delivery(organisation_id=row.organisation_id, recipient_id=key, kind=kind.value)
        for key in people.order_by("id").values_list("pk", flat=True)
    ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def start(actor: Actor, row: Questionnaire, kind: DeliveryKind, link_pattern: str) -> int:
    """Put the sending in the queue."""
    actor.require("questionnaire.edit")
    if TOKEN_MARK not in link_pattern:
        raise ValueError(f"the address of a link needs {TOKEN_MARK}")
    return jobs.enqueue(
        kind=JOB,
        actor=actor,
        payload={"questionnaire_id": row.pk, "what": kind.value, "link_pattern": link_pattern},
        message="Berichten versturen",
    )


@jobs.job(JOB)
def send_job(context: JobContext, *, questionnaire_id: int, what: str, link_pattern: str) -> dict[str, int]:
    """Send what is waiting; running it again sends only what was not sent."""
    kind = DeliveryKind(what)
    total = queries.undelivered(context.actor.organisation_id, questionnaire_id, kind)
    sent = failed = 0
    while True:
        outcome = send_next(
            actor=context.actor, questionnaire_id=questionnaire_id, kind=kind, link_pattern=link_pattern
        )
        if outcome is None:
            break
        sent, failed = (sent + 1, failed) if outcome else (sent, failed + 1)
        context.progress(sent + failed, total, "Berichten versturen")
    if kind is DeliveryKind.SUMMARY:
        finish_when_complete(actor=context.actor, questionnaire_id=questionnaire_id)
    return {"sent": sent, "failed": failed}


def send_next(*, actor: Actor, questionnaire_id: int, kind: DeliveryKind, link_pattern: str) -> bool | None:
    """Send one waiting mail: ``True`` when it went, ``False`` when not, ``None`` when nothing waits."""
    actor.require("questionnaire.edit")
    claimed = _claim(actor.organisation_id, questionnaire_id, kind)
    if claimed is None:
        return None
    row, recipient = claimed.recipient.questionnaire, claimed.recipient
    problem = ""
    if not recipient.email:
        problem = "Geen e-mailadres. Bezorg de link zelf."
    elif queries.state_of(row) not in _MAY_SEND[kind]:
        problem = "De vragenlijst was intussen afgesloten."
    else:
        token = make_link(actor, row, recipient.pk)
        if not mails.send(kind, row, recipient, link_pattern.replace(TOKEN_MARK, token)):
            problem = "De mailserver nam dit bericht niet aan. Probeer opnieuw of bezorg de link zelf."
    state = DeliveryState.FAILED if problem else DeliveryState.SENT
    Delivery.objects.filter(pk=claimed.pk).update(state=state.value, at=clock.now(), problem=problem)
    return not problem


def _claim(organisation_id: int, questionnaire_id: int, kind: DeliveryKind) -> Delivery | None:
    """Take one waiting delivery; of two who try, one gets it."""
    waiting = Delivery.objects.of(organisation_id).filter(
        recipient__questionnaire_id=questionnaire_id, kind=kind.value, state=DeliveryState.WAITING.value
    )
    while True:
        found: Delivery | None = waiting.select_related("recipient__questionnaire").order_by("id").first()
        if found is None:
            return None
        mine = Delivery.objects.filter(pk=found.pk, state=DeliveryState.WAITING.value)
        if mine.update(state=DeliveryState.SENDING.value, at=clock.now(), problem=""):
            return found


def make_link(actor: Actor, row: Questionnaire, recipient_id: int) -> str:
    """Return a fresh token for one party; it outlives the closing day, so that the summary can be read with it."""
    actor.require("questionnaire.edit")
    # Who may edit a list may make its links: the two permissions are held by the same people.
    maker = replace(actor, permissions=actor.permissions | {"links.create"})
    return accounts.create_signed_link(
        actor=maker,
        scope=PERMISSION_BY_LINK,
        subject=LINK_SUBJECT,
        subject_key=recipient_id,
        purpose=f"Vragenlijst {row.pk}",
        expires_at=clock.now() + dt.timedelta(days=LINK_DAYS),
    ).token


def hand_out_links(*, actor: Actor, questionnaire_id: int, link_pattern: str) -> tuple[tuple[RecipientView, str], ...]:
    """Return a fresh address for every party, to bring by hand; only while the list is open or summarised."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.OPEN, State.SUMMARISED, State.FINISHED)
        made = tuple(
            (one, link_pattern.replace(TOKEN_MARK, make_link(actor, row, one.id)))
            for one in queries.recipients(actor.organisation_id, row.pk)
        )
        audit.record(
            actor=actor,
            action="questionnaire.links-handed-out",
            subject=SUBJECT,
            subject_key=row.pk,
            data={"links": len(made)},
        )
    return made


def retry(*, actor: Actor, questionnaire_id: int, kind: DeliveryKind, link_pattern: str) -> int:
    """Send again what failed, and what is unsure; return how many."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, *_MAY_SEND[kind])
        again = [one.pk for one in _open_ends(row, kind)]
        Delivery.objects.filter(pk__in=again).update(state=DeliveryState.WAITING.value, problem="")
        start(actor, row, kind, link_pattern)
        _record(actor, row, "questionnaire.sent-again", kind, len(again))
    return len(again)


def brought_by_hand(
    *, actor: Actor, questionnaire_id: int, kind: DeliveryKind, recipient_ids: Sequence[int] | None = None
) -> int:
    """Note that parties got their message in another way (``None``: all that did not get it yet); return how many."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, *_MAY_SEND[kind])
        ends = [
            one.pk
            for one in _open_ends(row, kind, waiting=True)
            if recipient_ids is None or one.recipient_id in recipient_ids
        ]
        Delivery.objects.filter(pk__in=ends).update(state=DeliveryState.BY_HAND.value, at=clock.now(), problem="")
        _record(actor, row, "questionnaire.brought-by-hand", kind, len(ends))
    if kind is DeliveryKind.SUMMARY:
        finish_when_complete(actor=actor, questionnaire_id=questionnaire_id)
    return len(ends)


def _open_ends(row: Questionnaire, kind: DeliveryKind, *, waiting: bool = False) -> Iterable[Delivery]:
    wanted = {DeliveryState.FAILED, DeliveryState.UNSURE} | ({DeliveryState.WAITING} if waiting else set())
    rows = Delivery.objects.of(row.organisation_id).filter(recipient__questionnaire_id=row.pk, kind=kind.value)
    return [one for one in rows if queries.delivery_state(one) in wanted]


def _record(actor: Actor, row: Questionnaire, action: str, kind: DeliveryKind, count: int) -> None:
    audit.record(
        actor=actor, action=action, subject=SUBJECT, subject_key=row.pk, data={"what": kind.value, "count": count}
    )


def finish(*, actor: Actor, questionnaire_id: int) -> None:
    """Finish a list; raises ``QuestionnaireNotReady`` until the summary reached everybody who answered."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.SUMMARISED)
        missing = _not_reached(row)
        if missing:
            raise QuestionnaireNotReady(missing)
        row.finished_at = clock.now()
        dates = Delivery.objects.of(row.organisation_id).filter(
            recipient__questionnaire_id=row.pk,
            kind=DeliveryKind.SUMMARY.value,
            state__in=[state.value for state in DELIVERED],
        )
        move(actor, row, "finish", "questionnaire.finished", summaries=dates.count())
        events.announce(
            QuestionnaireFinished(
                organisation_id=row.organisation_id,
                questionnaire_id=row.pk,
                subject=row.subject,
                subject_key=row.subject_key,
            )
        )


def _not_reached(row: Questionnaire) -> list[str]:
    without = queries.participants_without_summary(row.organisation_id, row.pk)
    planned = queries.undelivered(row.organisation_id, row.pk, DeliveryKind.SUMMARY)
    if not without and not planned:
        return []
    count = max(without, planned)
    return [f"De samenvatting is nog niet bij iedereen: {count} te bezorgen. Verstuur ze eerst."]


def finish_when_complete(*, actor: Actor, questionnaire_id: int) -> bool:
    """Finish when the last summary arrived; tell whether that happened now."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id)
        if State(row.state) is not State.SUMMARISED or _not_reached(row):
            return False
        finish(actor=actor, questionnaire_id=questionnaire_id)
    return True
