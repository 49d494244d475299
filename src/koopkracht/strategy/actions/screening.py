"""Use cases of the early look: ask for it, answer it, note a talk. It informs the buyer and never stops one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.errors.plan import PlannedPurchaseNotFound
from koopkracht.strategy.errors.screening import ScreeningRefused
from koopkracht.strategy.models import PlannedPurchase, RequesterTalk, Screening
from koopkracht.strategy.planning import terms
from koopkracht.strategy.types.screening import RoleOfSocialEconomy

_SUBJECT = "planned-purchase"
_LONGEST_TEXT = 4_000


def ask_screening(*, actor: Actor, purchase_id: int, days: int | None = None) -> None:
    """Ask the officer for an early look; asking again changes nothing, so nobody's term is moved by a second click."""
    actor.require("plan.edit")
    today = clock.today()
    with transaction.atomic():
        _line(actor, purchase_id)
        look, _made = Screening.objects.get_or_create(
            organisation_id=actor.organisation_id, purchase_id=purchase_id, defaults={}
        )
        if look.asked_on is not None or look.answer:
            return
        look.asked_on = today
        look.due = today + dt.timedelta(days=terms().screening_days if days is None else days)
        look.asked_by_id = actor.user_id
        look.save(update_fields=["asked_on", "due", "asked_by"])
        audit.record(
            actor=actor,
            action="screening.asked",
            subject=_SUBJECT,
            subject_key=purchase_id,
            data={"due": look.due},
        )


def answer_screening(*, actor: Actor, purchase_id: int, answer: RoleOfSocialEconomy, reason: str) -> None:
    """Say whether the social economy can play a part, also unasked; a later answer replaces the earlier one."""
    actor.require("plan.screen")
    text = _text(reason, "reason", _("Leg in één zin uit waarom. De aankoper moet ermee verder kunnen."))
    with transaction.atomic():
        _line(actor, purchase_id)
        Screening.objects.update_or_create(
            organisation_id=actor.organisation_id,
            purchase_id=purchase_id,
            defaults={
                "answer": answer.value,
                "reason": text,
                "answered_by_id": actor.user_id,
                "answered_on": clock.today(),
            },
        )
        audit.record(
            actor=actor,
            action="screening.answered",
            subject=_SUBJECT,
            subject_key=purchase_id,
            data={"answer": answer.value},
        )


def note_talk(*, actor: Actor, purchase_id: int, on: dt.date, contact: str, result: str) -> int:
    """Keep what was discussed with the service that needs the purchase, and return its number."""
    actor.require("plan.screen")
    if on > clock.today():
        raise ScreeningRefused(_("Deze datum ligt in de toekomst. Vul in wanneer u elkaar sprak."), field="on")
    with_whom = _text(contact, "contact", _("Vul in met wie u sprak: een functie of dienst volstaat."))[:120]
    text = _text(result, "result", _("Vul in wat er mogelijk is. Eén zin volstaat."))
    with transaction.atomic():
        _line(actor, purchase_id)
        talk = RequesterTalk.objects.create(
            organisation_id=actor.organisation_id,
            purchase_id=purchase_id,
            on=on,
            contact=with_whom,
            result=text,
            recorded_by_id=actor.user_id,
        )
        audit.record(actor=actor, action="screening.talk-noted", subject=_SUBJECT, subject_key=purchase_id)
    return int(talk.pk)


def set_intended_impact(*, actor: Actor, purchase_id: int, text: str) -> None:
    """Say what a purchase should mean for people; only then it counts as buying with social impact."""
    actor.require("plan.edit")
    with transaction.atomic():
        line = _line(actor, purchase_id)
        line.intended_impact = text.strip()[:300]
        line.save(update_fields=["intended_impact"])
        audit.record(actor=actor, action="purchasing-plan.impact-set", subject=_SUBJECT, subject_key=purchase_id)


def _line(actor: Actor, purchase_id: int) -> PlannedPurchase:
    line: PlannedPurchase | None = PlannedPurchase.objects.of(actor.organisation_id).filter(pk=purchase_id).first()
    if line is None:
        raise PlannedPurchaseNotFound(purchase_id)
    return line


def _text(value: str, field: str, message: str) -> str:
    text = value.strip()
    if not text:
        raise ScreeningRefused(message, field=field)
    if len(text) > _LONGEST_TEXT:
        raise ScreeningRefused(
            _("Deze tekst is te lang. Houd het bij %(most)s tekens.") % {"most": _LONGEST_TEXT}, field=field
        )
    return text
